"""How a comment sounds: what is heard, and that silence is not called neutral."""

import nltk
import pytest

from engage.adapters.sentiment import CHILD_WORDS, NO_SIGNAL, NoSentiment, Sentiment, TextBlobSentiment

BLOB: Sentiment = TextBlobSentiment()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The staff are lovely", 1),
        ("everyone is kind and helpful", 1),
        ("My worker is peng, she listens", 1),
        ("great :)", 1),
        ("I was never scared there", 1),
        ("I get bullied", -1),
        ("I don't feel safe", -1),
        ("I DONT FEEL SAFE", -1),
        ("I don’t feel safe here at night", -1),
        ("they do not make me feel safe", -1),
        ("it's not very good", -1),
        ("not peng", -1),
        ("she never listens", -1),
        ("They didn't listen", -1),
        ("I don't like it", -1),
        ("so sad :(", -1),
    ],
)
def test_a_known_phrase_gives_a_signal_and_says_which(text: str, sign: int) -> None:
    signal = BLOB.signal(text)
    assert signal.polarity is not None
    assert signal.polarity * sign > 0
    assert -1 <= signal.polarity <= 1
    assert signal.because


@pytest.mark.parametrize(
    "text", ["", "   ", "Nothing.", "the bus is at 5", "cat", "أحب المدرسة", "12345", "not", "\x00", "🙂"]
)
def test_without_a_known_word_there_is_no_signal_never_neutral(text: str) -> None:
    assert BLOB.signal(text) == NO_SIGNAL
    assert BLOB.signal(text).polarity is None


def test_good_and_bad_in_one_comment_are_weighed() -> None:
    mixed, bad, good = (BLOB.signal(text).polarity for text in ("lovely staff, horrible food", "horrible", "lovely"))
    assert mixed is not None
    assert bad is not None
    assert good is not None
    assert bad < mixed < good


@pytest.mark.parametrize("word", sorted(CHILD_WORDS))
def test_every_word_of_our_own_is_heard(word: str) -> None:
    assert BLOB.signal(f"it was {word}").polarity == pytest.approx(CHILD_WORDS[word])


def test_it_needs_no_downloaded_data(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object, **__: object) -> None:
        raise LookupError

    monkeypatch.setattr(nltk.data, "find", absent)
    monkeypatch.setattr(nltk.data, "path", [])
    assert BLOB.signal("lovely").polarity == pytest.approx(0.5)


def test_the_null_one_hears_nothing() -> None:
    assert NoSentiment().signal("horrible") == NO_SIGNAL


@pytest.mark.parametrize("text", ["a" * 100_000, "not " * 20_000, "!" * 20_000, ":" * 20_000, "don't-" * 20_000])
def test_long_and_odd_texts_come_back(text: str) -> None:
    assert BLOB.signal(text).polarity is None
