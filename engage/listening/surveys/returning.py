"""Coming back: words that open a draft again, on any device, in any tab, with the same secret.

Until somebody asks for them the secret lies in their cookie only. Then the words (the ones their receipt will have)
give by Argon2id, with the site's salt and pepper, a place to find the draft and a key that opens the secret sealed
there. Neither the words nor the key are stored; without the words the draft stays closed to everybody.
"""

import json
from dataclasses import dataclass

from engage.core import crypto
from engage.core.crypto import SealError, keyring
from engage.core.database import begin_rows
from engage.listening.surveys import drafts
from engage.listening.surveys import journey as journeys
from engage.listening.surveys.flow import Flow
from engage.listening.surveys.journey import Journey
from engage.listening.surveys.links import Links
from engage.safeguarding import codebooks
from engage.safeguarding.codebooks import Book

_PURPOSE = "come-back"
_WORKERS = frozenset({"staff", "practitioners"})


@dataclass(frozen=True)
class Way:
    """Where words lead: the secret they opened, and the journey's address (its blueprint and what it carries)."""

    secret: bytes
    links: Links


def book_of(flow: Flow) -> Book:
    """Picture-words, or for those who work with children seven words (90 bits)."""
    return Book.WORDS if flow.definition.audience in _WORKERS else Book.PICTURES


def words_of(flow: Flow, secret: bytes, language: str) -> list[tuple[str, str]]:
    """Somebody's words for this flow, as (word, key of its picture or ""): to go on with, and later the receipt."""
    return codebooks.words_of(journeys.receipt_secret(flow, secret), language, book_of(flow))


def ask(journey: Journey, links: Links) -> Journey:
    """Make the way back: slow first, then in this request's write transaction; the journey as it then is."""
    book = book_of(journey.flow)
    code = codebooks.canonical(codebooks.draw(journeys.receipt_secret(journey.flow, journey.secret), book), book)
    lookup, key = _lookup_and_key(code)
    data = json.dumps({"secret": journey.secret.hex(), "name": links.name, "where": links.where}).encode()
    begin_rows()
    kept = journeys.keep(journey)
    flow_key = journey.flow.key
    drafts.open_way(flow_key, journey.secret, lookup, lambda row_id: crypto.seal_with(key, data, aad=row_id))
    return kept


def find(typed: str, language: str) -> Way | None:
    """Where the typed words lead; None for words that never were a way and for one that is gone.

    Either way the same work is done: one slow hash and one look (N4).
    """
    lookup, key = _lookup_and_key(codebooks.read(typed, language))
    found = drafts.by_way(lookup)
    if found is None:
        return None
    row_id, sealed = found
    try:
        data = json.loads(crypto.unseal_with(key, sealed, aad=row_id))
    except SealError:
        return None  # a damaged row opens nothing
    return Way(bytes.fromhex(data["secret"]), Links(data["name"], data["where"]))


def _lookup_and_key(code: str) -> tuple[bytes, bytes]:
    slow = keyring().slow_hash(code, purpose=_PURPOSE)
    return crypto.derive(slow, "come-back-lookup"), crypto.derive(slow, "come-back-key")
