"""Backups: one sealed file that holds the whole database, and putting it back into an empty home.

Here: the file's format, copying out of and into both databases, what is checked before anything is believed. Not here:
the key file, logs and snapshots, which are in no backup; and what was erased since, which is `core.erasing`.
"""
