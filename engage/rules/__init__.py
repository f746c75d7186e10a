"""Pure rules: questionnaire, disclosure control, screening, redaction, receipts, deadlines, keeping, themes, stars.

Nothing here imports another engage package, Flask, WTForms or SQLAlchemy; everything is a function of its arguments.
"""
