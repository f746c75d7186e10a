"""Measuring the screening on a test set nobody who wrote the lists has seen (SAFETY S1-S4, S8, S9).

Here: the frozen set, its hashes, the log of every run, the program `python -m tests.measure`; in `development/` the
sets that were used up, what was written to learn from, and what was kept back from that. Not here: the first
development sets (tests/unit/screening).
Nobody who works on the lists reads what is in `test/`; when three runs have used it up it moves to `development/`, and
`python -m tests.measure.shape` says whether the next one may be frozen.
"""
