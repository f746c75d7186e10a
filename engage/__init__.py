"""Engage: what children, families and practitioners say is heard, kept safe, understood, answered and becomes evidence.

The packages stand in that order (see docs/architecture.md). Nothing lives here but the floors themselves.
"""
