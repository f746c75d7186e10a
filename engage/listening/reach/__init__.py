"""How people come to a survey: codes on cards, posters, paper, and reminders to those who were invited.

Knows who was invited and what was handed out; never who answered, what, or how many.
"""
