"""Measuring the screening on a test set nobody who wrote the lists has seen (SAFETY S1-S4, S8, S9).

Here: the frozen set, its hashes, the log of every run, and the program: `python -m tests.measure`. Not here: the
development sets the lists were tuned on (tests/unit/screening). Nobody who works on the lists reads what is in `test/`.
"""
