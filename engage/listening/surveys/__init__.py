"""Surveys: their versions, opening and closing, and the journey of one person's answers from start to receipt.

Counts nothing for anybody to see: numbers leave only through a release.
"""
