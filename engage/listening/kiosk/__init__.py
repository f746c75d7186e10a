"""A shared tablet: its own address, a start page between two people, and answering where there is no network.

Here: tablets of a survey, the start page, clearing up after each person, the one document for answering offline and
the taking in of what was answered so. Not here: questions and their rules, what becomes of answers (the surveys'
sender), and anything about who held the tablet.
"""
