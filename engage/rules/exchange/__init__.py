"""Translations out to the files translators work in, and back: XLIFF and PO.

Pure: text in, text out. Nothing here opens a file, and a file that does not fit changes nothing.
"""
