"""Reading back what somebody typed: every language, any separators, a slip of a finger, and never another's code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.core import languages
from engage.rules.receipts import fold
from engage.rules.receipts.reading import is_one_slip
from tests.unit.receipts.shipped import shipped

CODES = st.tuples(*[st.integers(0, 511)] * 6)
LANGUAGE = st.sampled_from(languages.codes())


@given(CODES, LANGUAGE, LANGUAGE, st.sampled_from([" ", "\n", ", ", " - ", "/", "•", "\t|\t", ". "]))
def test_n4_a_code_comes_back_in_every_language_whatever_parts_its_words(
    code: tuple[int, ...], shown: str, page: str, separator: str
) -> None:
    typed = separator.join(shipped().names(code, shown))
    for way in (typed, typed.upper(), typed.title(), f"  {typed}. "):
        assert shipped().normalise(way, page) == code


@given(CODES, LANGUAGE)
def test_a_code_comes_back_without_accents_hyphens_or_apostrophes(code: tuple[int, ...], shown: str) -> None:
    assert shipped().normalise(" ".join(fold(name) for name in shipped().names(code, shown)), shown) == code


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("foxicecreamkoalafootballmoonkite", "en"),
        ("1. fox 2. ice cream 3. koala 4. foot ball 5. moon 6. kite", "en"),
        ("Lis, lody, koala, pilka, ksiezyc, latawiec", "pl"),
        ("ثَعْلَب ايس كريم كوالا كره قدم قمر طائره ورقيه", "ar"),
        ("لومڑي ايس كريم كوالا فٹبال چاند پتنگ", "ur"),
        ("llwynog hufen ia coala peldroed lleuad barcud", "cy"),
    ],
)
def test_what_a_keyboard_lacks_is_not_asked_for(typed: str, language: str) -> None:
    meant = shipped().normalise("fox ice-cream koala football moon kite", "en")
    assert meant is not None
    assert shipped().normalise(typed, language) == meant


def slips(word: str) -> set[str]:
    """Every word one letter left out, doubled, changed to "x" or swapped with its neighbour away."""
    out = {word[:at] + word[at + 1 :] for at in range(len(word))}
    doubled = {word[:at] + word[at] + word[at:] for at in range(len(word))}
    changed = {word[:at] + "x" + word[at + 1 :] for at in range(len(word))}
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return (out | doubled | changed | swapped) - {word}


@given(CODES, st.data())
def test_one_slip_in_english_is_forgiven_or_refused_and_never_another_code(
    code: tuple[int, ...], data: st.DataObject
) -> None:
    words = [fold(name) for name in shipped().names(code, "en")]
    place = data.draw(st.integers(0, 5))
    words[place] = data.draw(st.sampled_from(sorted(slips(words[place]))))
    assert shipped().normalise(" ".join(words), "en") in {code, None}


@pytest.mark.parametrize(("language", "share"), [("en", 0.97), ("ar", 0.85), ("cy", 0.95), ("pl", 0.95), ("ur", 0.85)])
def test_most_slips_are_forgiven(language: str, share: float) -> None:
    lexicon = shipped().lexicons[language]
    words = [fold(word.names[language]) for word in shipped().words]
    found = [lexicon.forgiving(slip) == index for index, word in enumerate(words) for slip in slips(word)]
    assert sum(found) / len(found) >= share


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_a_slip_is_one_edit(left: str, right: str) -> None:
    alphabet = "abc"
    inserted = {left[:at] + sign + left[at:] for at in range(len(left) + 1) for sign in alphabet}
    changed = {left[:at] + sign + left[at + 1 :] for at in range(len(left)) for sign in alphabet}
    removed = {left[:at] + left[at + 1 :] for at in range(len(left))}
    swapped = {left[:at] + left[at + 1] + left[at] + left[at + 2 :] for at in range(len(left) - 1)}
    assert is_one_slip(left, right) == (right in (inserted | changed | removed | swapped) - {left})


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "fox",
        "fox fox fox fox fox",
        "fox fox fox fox fox fox fox",
        "fox moon kite koala football qqqqqq",
        "123456",
        "fox " * 500,
        "a" * 100_000,
        "\x00\ud800 fox moon",
    ],
)
def test_n15_what_is_no_code_gets_none(typed: str) -> None:
    assert shipped().normalise(typed, "en") is None


@given(st.text(max_size=120), st.text(max_size=5))
def test_n15_nothing_that_is_typed_raises(typed: str, language: str) -> None:
    found = shipped().normalise(typed, language)
    assert found is None or len(found) == 6


@given(CODES)
def test_words_of_two_languages_in_one_code_are_not_guessed_at(code: tuple[int, ...]) -> None:
    english, arabic = shipped().names(code, "en"), shipped().names(code, "ar")
    assert shipped().normalise(" ".join((*english[:3], *arabic[3:])), "en") is None
