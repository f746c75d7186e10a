"""Who tried the product with what, and what they met: the register of what only people can test (A22).

Here: tests by people, their findings, what was mended. Not here: what programs check (the test suite), anybody's name,
and anything about a person's health: a test says with what somebody tried, and how many, never who.
"""
