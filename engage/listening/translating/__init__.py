"""Translating surveys: English and another language side by side, files for translators, and who checked what.

Everything is saved to the survey's working copy through `making`; nothing here owns a table.
"""
