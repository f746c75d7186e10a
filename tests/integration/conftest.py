"""Releases are frozen without the solver, unless a test asks for `audited`."""

from tests.support.unaudited import audited, quick_release

__all__ = ["audited", "quick_release"]
