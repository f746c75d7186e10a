"""N5: whoever writes their own secret words into a message is told to leave them out, and nothing of it is kept."""

import uuid

import pytest
from flask import Flask

from engage.core import crypto
from engage.core.errors import Refused
from engage.core.transaction import transaction
from engage.safeguarding import codebooks, receipts
from engage.safeguarding.codebooks import Book
from tests.factories.surveys import open_survey
from tests.support.answering import SURVEY, send, start, walk, words_on
from tests.support.apps import within
from tests.support.client import PageClient


@pytest.mark.parametrize("book", list(Book))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_n5_a_message_with_its_own_words_is_refused(
    app: Flask, partnership: uuid.UUID, book: Book, language: str
) -> None:
    """In the middle of a sentence, in capitals, with commas; the words of somebody else, and most words, are let in."""
    secret, other = (crypto.derive(crypto.new_secret(), "receipt:x") for _ in range(2))
    with within(app, partnership):
        made = receipts.prepare_receipt(secret, book)
        with transaction():
            receipt = receipts.store_receipt(made, origin_kind="response", origin_id=uuid.uuid4())
        words = [word for word, _ in made.words(language)]
        for between in (" ", ", ", " - "):
            text = f"my words are {between.join(words).upper()} ok bye"
            with pytest.raises(Refused, match="message-holds-code"):
                receipts.say(receipt, text, author_id=None, language=language)
        assert receipts.conversation(receipt) == []
        theirs = " ".join(word for word, _ in receipts.prepare_receipt(other, book).words(language))
        for fine in (theirs, " ".join(words[:-1]), "The bus was late and the dog was happy"):
            with transaction():
                receipts.say(receipt, fine, author_id=None, language=language)
        assert len(receipts.conversation(receipt)) == 3


def test_n5_a_long_message_of_nothing_but_pictures_costs_little() -> None:
    """The work is bounded, whatever somebody pastes: at most four codes are ever hashed."""
    words = codebooks.word_list().names(range(codebooks.word_list().size), "en")
    assert len(codebooks.codes_within(" ".join(words), ("en", "ar"))) <= 4


def test_n5_the_page_says_what_to_do_and_keeps_the_message(
    app: Flask, client: PageClient, partnership: uuid.UUID
) -> None:
    open_survey(app, partnership)
    walk(client, start(client))
    send(client)
    words = " ".join(words_on(client.get(f"{SURVEY}/sent")))
    story = client.post("/larkmoor/codes", data={"words": words}).get_data(as_text=True)
    ticket = story.split('name="ticket" value="')[1].split('"')[0]
    answer = client.post("/larkmoor/codes/say", data={"ticket": ticket, "text": f"Hello, {words}, are you there"})
    assert answer.status_code == 422
    assert "Leave your secret words out" in answer.get_data(as_text=True)
    assert "are you there" in answer.get_data(as_text=True)
