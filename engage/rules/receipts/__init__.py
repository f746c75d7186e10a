"""Receipts: the picture-words with which a person without an account comes back.

Here: a code of words from random bytes, how many bits it holds, and reading back what somebody typed. Not here: the
secret itself, the slow hash of a code, limits on guessing, the drawings, and who may read what a code opens.
"""

from engage.rules.receipts.reading import Lexicon, fold
from engage.rules.receipts.words import COUNT, MINIMUM_BITS, Word, WordList, WordListError, bits, draw

__all__ = ["COUNT", "MINIMUM_BITS", "Lexicon", "Word", "WordList", "WordListError", "bits", "draw", "fold"]
