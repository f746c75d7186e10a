"""Ready-made surveys and the bank of single questions: to look through, to use. Owns no tables.

Using one begins a working copy; from then on it is the partnership's own, and `making` has it.
"""
