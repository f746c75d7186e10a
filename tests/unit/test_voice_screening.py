"""S7: a detector that crashes, hangs or is given too much leaves "not checked", never "clear"; nothing is lost."""

import threading

import pytest

from engage.rules.screening import LONGEST_TEXT, Screening, categories
from engage.safeguarding import words
from engage.voices import screening
from engage.voices.kinds import Concern


def _crash(_text: str, _language: str) -> Screening:
    raise ValueError("it quoted the words")


def _nonsense(_text: str, _language: str) -> Screening:
    return Screening("fine")  # type: ignore[arg-type] # what an outdated detector may say


def test_s7_a_crash_is_not_checked(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("my canary words", "my canary words " * 100):
        assert screening.screen(text, "en", _crash) == screening.NOT_CHECKED
        assert screening.screen(text, "en", _nonsense) == screening.NOT_CHECKED
    logged = capsys.readouterr().err
    assert "canary" not in logged
    assert "quoted" not in logged


def test_s7_too_much_text_is_not_checked() -> None:
    asked: list[str] = []

    def note(text: str, _language: str) -> Screening:
        asked.append(text)
        return Screening("none")

    assert screening.screen("x" * (LONGEST_TEXT + 1), "en", note) == screening.NOT_CHECKED
    assert asked == []
    assert screening.screen("x" * LONGEST_TEXT, "en", note).concern is Concern.NONE


def test_s7_detectors_that_hang_are_not_waited_for_and_cannot_pile_up() -> None:
    """Each hanging one holds a place; with all places taken, texts are still kept, as not checked."""
    go, started = threading.Event(), []

    def hang(_text: str, _language: str) -> Screening:
        started.append(1)
        go.wait(60)
        return Screening("none")

    try:
        long = "words " * screening.SHORT
        found = [screening.screen(long, "en", hang, seconds=0.01) for _ in range(screening.MOST_AT_ONCE + 3)]
        assert set(found) == {screening.NOT_CHECKED}
        assert len(started) == screening.MOST_AT_ONCE
    finally:
        go.set()


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("my dad hits me", "en", Concern.RED),
        ("My bus was late and nobody told us", "en", Concern.NONE),
        ("الحافلة تأخرت", "ar", Concern.AMBER),
    ],
)
def test_the_shipped_lists_order_a_text(text: str, language: str, expected: Concern) -> None:
    assert screening.screen(text, language).concern is expected


def test_every_kind_of_harm_has_words() -> None:
    """A screening key without plain words would reach the safeguarding lead as a key."""
    assert set(words.HARMS) == set(categories())
