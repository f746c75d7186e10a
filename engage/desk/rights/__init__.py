"""People's rights over their data: taking back, keeping no longer than needed, what is held on somebody, erasure.

Owns no tables: each package below says what it keeps and deletes it. Nothing here finds an anonymous person.
"""
