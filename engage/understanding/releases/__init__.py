"""Releases: closed answers frozen, counted once, suppressed by the disclosure rules and stored as what may be seen.

No other package may read responses for output; everything that shows a number reads the stored tables (D1).
"""
