"""Who was invited to a survey, and which reminders went out to all of them.

Knows no answers and no codes, and may not: it imports neither (a contract of the build says so). Everybody who was
invited is written to, whether or not they have answered, because nobody can tell.
"""
