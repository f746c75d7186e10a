"""A partnership's own pictures, recordings and films, each with its words and with who said yes to showing it.

Here: taking them in, keeping them, serving them, withdrawing them, and sound that was rendered from a survey's words.
Not here: which question shows which of them (a definition names them by slug), and nothing that answers hold.
"""
