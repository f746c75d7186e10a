"""How long words, files, conversations and decided flags are kept. What belongs to a case goes with its case; what
somebody still has to decide on, or to read, is never old.
"""

import uuid

import sqlalchemy as sa

from engage.core import erasing
from engage.core.database import db
from engage.core.holds import Held
from engage.core.retention import Kind
from engage.people import service_erasing
from engage.rules.keeping import Cutoff
from engage.safeguarding import queries_apart, withdrawals
from engage.safeguarding.models import Flag, Receipt
from engage.safeguarding.receipts import SOURCE
from engage.voices import keeping as voices

_CASE, _RESPONSE = "case", "response"


@service_erasing.needs
def _is_in_an_open_matter(account_id: uuid.UUID) -> bool:
    """Whether somebody still has to decide on a flag about whoever has this account, or to look at it again."""
    mine = sa.select(Flag.origin_id).where(Flag.origin_id.in_(queries_apart.about(account_id)))
    return db.session.scalar(mine.where(Flag.origin_id.in_(withdrawals.open_origins())).limit(1)) is not None


def _sources(held: Held) -> frozenset[str]:
    """What is held: while any survey is, what was written through receipts too, for it does not know its survey."""
    return held.slugs | {SOURCE} if held.slugs else held.slugs


def _words(old: Cutoff, held: Held) -> sa.Select[uuid.UUID]:
    still_open = withdrawals.open_origins()
    return voices.old(old.week, but_kind=_CASE, but_sources=_sources(held), but_origins=still_open)


def _count_words(old: Cutoff, held: Held) -> int:
    return voices.count(_words(old, held))


def _delete_words(old: Cutoff, held: Held) -> int:
    return voices.delete(_words(old, held))


def _count_files(old: Cutoff, held: Held) -> int:
    return voices.count_files(_words(old, held))


def _delete_files(old: Cutoff, held: Held) -> int:
    return voices.delete_files(_words(old, held))


def _talks(old: Cutoff, held: Held) -> tuple[sa.ColumnElement[bool], ...]:
    # A receipt does not know its survey: while any survey is held, those of all surveys stay.
    kept = (_CASE, _RESPONSE) if held.surveys else (_CASE,)
    is_open = Receipt.origin_id.in_(withdrawals.open_origins())
    return Receipt.week < old.week, Receipt.origin_kind.not_in(kept), ~is_open


def _count_talks(old: Cutoff, held: Held) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Receipt).where(*_talks(old, held))) or 0


def _delete_talks(old: Cutoff, held: Held) -> int:
    return erasing.delete(Receipt.id, *_talks(old, held))


def _flags(old: Cutoff, held: Held) -> tuple[sa.ColumnElement[bool], ...]:
    mine = (Flag.week < old.week, Flag.origin_kind != _CASE, Flag.origin_id.not_in(withdrawals.open_origins()))
    return *mine, Flag.source_key.not_in(_sources(held))


def _count_flags(old: Cutoff, held: Held) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Flag).where(*_flags(old, held))) or 0


def _delete_flags(old: Cutoff, held: Held) -> int:
    return erasing.delete(Flag.id, *_flags(old, held))


WORDS = Kind("words", 24, _count_words, _delete_words)
FILES = Kind("files", 12, _count_files, _delete_files)
TALKS = Kind("talks", 24, _count_talks, _delete_talks)
FLAGS = Kind("flags", 72, _count_flags, _delete_flags)
