"""Making surveys: the one working copy beside a live survey, its steps, the gate, and publishing it as a version.

Holds no answers and nothing about people; what was published lives in `surveys`, where it never changes.
"""
