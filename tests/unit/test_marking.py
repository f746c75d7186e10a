"""Sentences that still know what they were made of (A18): English as they are, in any language on a page."""

import pytest

from engage.rules.exchange.po import read_po
from engage.rules.exchange.xliff_read import read_xliff
from engage.rules.marking import Worded, in_words, joined, worded, worded_of
from engage.rules.questionnaire.load import DefinitionError, load
from engage.rules.xlsform.reading import read_xlsform
from tests.unit.questionnaire.samples import QUESTIONS, sample
from tests.unit.xlsform.books import survey

ARABIC = {
    "needs {count}": "يحتاج {count}",
    "is there twice": "مكرر",
    "{id} is wrong": "خطأ في {id}",
}


def arabic(sentence: str) -> str:
    return in_words(sentence, lambda english: ARABIC.get(english, english), "⟨{}⟩".format)


@pytest.mark.parametrize(
    ("sentence", "english", "said"),
    [
        (worded("is there twice"), "is there twice", "مكرر"),
        (worded("needs {count}", count=3), "needs 3", "يحتاج ⟨3⟩"),
        (worded("{id} is wrong", id=worded("is there twice")), "is there twice is wrong", "خطأ في مكرر"),
        (worded("write {en: ...}"), "write {en: ...}", "write {en: ...}"),
        (joined(["{not}", worded("is there twice")]), "{not}; is there twice", "⟨{not}⟩; مكرر"),
        (worded_of(ValueError(worded("is there twice"))), "is there twice", "مكرر"),
        (worded_of(ValueError("of a library")), "of a library", "of a library"),
        (worded_of(ValueError()), "", ""),
    ],
)
def test_a18_a_sentence_is_english_and_can_be_said_otherwise(sentence: str, english: str, said: str) -> None:
    assert sentence == english
    assert arabic(sentence) == said


def test_a18_all_that_loading_a_file_says_can_be_translated() -> None:
    """What the libraries below say too, which stands inside a sentence of ours."""
    said: list[str] = []
    for text in ("", "a: [", "x: &y 1", "survey: X\nage_min: a\nquestions: 3\n"):
        with pytest.raises(DefinitionError) as raised:
            load(text, "x")
        said += [words for fault in raised.value.problems for words in (fault.message, fault.write) if words]
    for content in (b"", b"<!DOCTYPE x>", b"<a>", b"\xff"):
        said += [problem.reason for problem in read_xliff(content).problems]
    said += [problem.reason for text in ("msgid", 'msgid "a"\nmsgstr "b"\n') for problem in read_po(text).problems]
    for book in (b"", survey({"type": "geopoint", "name": "1"}), survey({"type": "select_one no", "name": "a b"})):
        said += [finding.reason for finding in read_xlsform(book, sample(*QUESTIONS)).findings]
    assert len(said) > 15
    assert [each for each in said if not isinstance(each, Worded)] == []
