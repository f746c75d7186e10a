"""The channels through which people are heard: surveys, young inspections, complaints and compliments.

A channel writes voices and never reads what was made of them.
"""
