"""One response a person without identity: access codes and the ballots they are exchanged for.

Here: batches of codes, the exchange, who holds a ballot. Not here: responses, drafts, pages, or anything that says
when a code was used or what was answered with it.
"""
