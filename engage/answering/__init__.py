"""Answers to those who spoke."""
