"""Somebody asks to be contacted: a lane of its own, by name, with its own consent.

Whoever a request is about sees nothing of it; while nobody opens it the next is told, as for flags.
Nothing here may know of answers, voices, flags or receipts, nor read the answering cookie: no key, no transaction and
no order leads from a request to what the same person said elsewhere.
"""
