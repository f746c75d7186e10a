"""Larkmoor, an invented partnership for trying things out: its texts (data/), and what builds it through the services.

Nothing here may be needed by a real partnership, and nothing in it speaks of a real person or place.
"""
