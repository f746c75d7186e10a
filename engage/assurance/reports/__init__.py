"""Reports: frozen, reproducible documents whose every number comes from a release and every quote from a person.

Nothing here counts anything.
"""
