"""Ratios, never times: the product beside the smallest program that does the same work, in one run. Asserts nothing.

`python -m tests.bench` prints them. The floors are in `floors.py`; both sides run under the same server with the same
workers, take turns, and are compared by the processor time of their server processes.
"""
