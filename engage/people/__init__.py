"""Who: partnerships, their agencies and services, accounts, roles and sign-in, and the help numbers they show.

Nobody who answers anonymously is a person here; nothing in this package may know of a response.
"""
