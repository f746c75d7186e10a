"""Questionnaires as values: a definition, the path through it, the answers given, and the checks before it goes live.

What lives here: the model of a survey (`definition`, `texts`, `kinds`, `conditions`), reading and writing it as YAML
(`load`), the path a set of answers makes (`path`), what is kept where (`split`), the publish gate (`checks`) and bulk
answers from a table (`import_rows`). What must not: pages, tables, requests, translations of the interface.
"""
