"""Assurance: what was heard, understood and answered, put before a board, a scrutineer or an inspector."""
