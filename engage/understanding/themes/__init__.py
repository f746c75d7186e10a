"""Themes: a codebook, who gave which voice which theme, suggestions beside it, and quotes a person has released.

Only voices that were read come here; a suggestion is never a finding.
"""
