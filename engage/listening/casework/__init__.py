"""Complaints, compliments, worries and ideas: the case, its clocks, its outcome and what was learned.

The words themselves are a voice; regimes and their clocks are data read by the deadline rules.
"""
