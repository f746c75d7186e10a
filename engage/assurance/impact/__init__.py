"""Data protection impact assessments as documents: what a survey keeps, why, what could go wrong, who signed (P7).

Not here: whether a survey may go live (its gate), or any number about people.
"""
