"""Pure rules: questionnaire, disclosure control, screening, receipts, deadlines, stars.

Nothing here imports another engage package, Flask, WTForms or SQLAlchemy; everything is a function of its arguments.
"""
