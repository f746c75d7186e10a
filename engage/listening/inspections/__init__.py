"""Young inspections: a team visits a service, each scores alone and locked, then the star is given and published.

The arithmetic is in the star rules; criteria sets are data.
"""
