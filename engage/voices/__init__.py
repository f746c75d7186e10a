"""Everything that was heard, in one shape: a Voice, whatever channel it came through, and the reading of it.

No comment reaches an analyst before a trained reader or the safeguarding lead marked it read. Nothing here knows
which channel wrote a voice but by its kind and an id.
"""
