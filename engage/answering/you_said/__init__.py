"""You said, we did, we did not do: an answer to a theme, with its outcome, reason, person and date.

An answer that something was not done must say why; nothing is shown to the public before it is published.
"""
