"""Ground floor: database, transaction, clock, ids, encryption, audit chain, outbox, logging, errors, languages, jobs.

What every floor above needs and nothing that knows a feature: no survey, no voice, no page lives here.
"""
