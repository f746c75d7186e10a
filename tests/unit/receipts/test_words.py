"""Codes of picture-words: their strength, their fairness and the list they come from."""

import hashlib
import json
from collections import Counter
from operator import itemgetter
from xml.etree import ElementTree

import pytest

from engage.core import languages
from engage.rules.receipts import COUNT, MINIMUM_BITS, WordList, WordListError, bits, draw, fold
from tests.unit.receipts.shipped import FOLDER, shipped


def test_n4_six_words_of_the_shipped_list_hold_at_least_51_bits() -> None:
    assert shipped().size == 512
    assert bits(COUNT, shipped().size) == pytest.approx(54)
    assert bits(COUNT, shipped().size) >= MINIMUM_BITS
    assert bits(COUNT, 361) < MINIMUM_BITS < bits(COUNT, 363)


def test_n4_a_million_codes_have_no_duplicate_and_every_word_is_as_likely() -> None:
    size, codes = shipped().size, 1_000_000
    secrets = hashlib.shake_256(b"a million codes").digest(32 * codes)
    drawn = [draw(secrets[start : start + 32], COUNT, size) for start in range(0, len(secrets), 32)]
    for place in range(COUNT):
        counter = Counter(map(itemgetter(place), drawn))
        # 511 degrees of freedom: mean 511, standard deviation 32; six of them away is one chance in 10**8.
        expected = codes / size
        chi_square = sum((counter[index] - expected) ** 2 / expected for index in range(size))
        assert 511 - 6 * 32 < chi_square < 511 + 6 * 32
    # n**2 / 2N = 3 in 100,000 pairs are expected among a million codes of 54 bits.
    assert len(set(drawn)) == codes


@pytest.mark.parametrize("size", [3, 450, 511, 40_000, 65_536])
def test_n4_no_index_is_favoured_where_the_size_is_no_power_of_two(size: int) -> None:
    drawn = [index for number in range(3_000) for index in draw(number.to_bytes(32), 20, size)]
    assert min(drawn) >= 0
    assert max(drawn) < size
    low = sum(index < size // 3 for index in drawn)
    expected = len(drawn) * (size // 3) / size
    assert abs(low - expected) < 5 * (len(drawn) * 2 / 9) ** 0.5


def test_a_code_is_the_same_for_the_same_secret_and_another_for_another() -> None:
    first, second = bytes(32), bytes(31) + b"\1"
    assert shipped().words_from(first) == shipped().words_from(first)
    assert len({shipped().words_from(first), shipped().words_from(second)}) == 2
    assert shipped().words_from(first, 7)[:COUNT] == shipped().words_from(first)


def test_a_short_secret_and_an_impossible_size_are_refused() -> None:
    with pytest.raises(ValueError, match="32 secret bytes, not 31"):
        draw(bytes(31), 6, 512)
    with pytest.raises(ValueError, match="65537"):
        draw(bytes(32), 6, 65_537)


def test_a_receipt_outlives_a_new_order_and_new_words_of_the_list() -> None:
    entries = json.loads((FOLDER / "words.json").read_text(encoding="utf-8"))
    later = WordList.from_json(json.dumps([*reversed(entries[100:]), *entries[:100]]))
    code = shipped().words_from(bytes(32))
    again = later.normalise(" ".join(shipped().names(code, "pl")), "pl")
    assert again is not None
    assert later.canonical(again) == shipped().canonical(code)


def test_every_word_speaks_every_language_of_the_product() -> None:
    assert set(shipped().languages) == set(languages.codes())
    for word in shipped().words:
        assert all(name == name.strip() and len(name) <= 24 for name in word.names.values()), word.key


@pytest.mark.parametrize("language", languages.codes())
def test_n4_no_two_words_of_a_language_are_the_same_and_none_is_two_others(language: str) -> None:
    folded = [fold(word.names[language]) for word in shipped().words]
    assert len(set(folded)) == len(folded)
    known = set(folded)
    joined = [one for one in folded for cut in range(1, len(one)) if one[:cut] in known and one[cut:] in known]
    assert joined == []


def test_an_unknown_language_is_shown_english() -> None:
    assert shipped().names((0, 1), "fr") == shipped().names((0, 1), "en")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("{}", "array of objects"),
        ("[]", "array of objects"),
        ('["fox"]', "not an object of texts"),
        ('[{"en": "fox"}]', "without a key"),
        ('[{"key": "fox", "ar": "ثعلب"}]', "English among them"),
        ('[{"key": "fox", "en": "fox"}, {"key": "cat", "en": "cat", "ar": "قطة"}]', "same languages.*cat"),
        ('[{"key": "fox", "en": "fox"}, {"key": "fox", "en": "cat"}]', "a key stands twice"),
        ('[{"key": "fox", "en": "fox"}, {"key": "cat", "en": "F-ox"}]', "stands twice"),
        ('[{"key": "fox", "en": "123"}]', "empty"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(text: str, message: str) -> None:
    with pytest.raises(WordListError, match=message):
        WordList.from_json(text)


def test_a14_every_word_has_its_own_drawing_and_the_set_its_licence() -> None:
    drawings = {
        word.key: (FOLDER / "words" / f"{word.key}.svg").read_text(encoding="utf-8") for word in shipped().words
    }
    assert {path.stem for path in (FOLDER / "words").glob("*.svg")} == drawings.keys()
    assert len(set(drawings.values())) == len(drawings)
    assert sum(map(len, drawings.values())) < 1_500_000
    for key, drawing in drawings.items():
        root = ElementTree.fromstring(drawing)  # noqa: S314 - our own file
        assert root.get("viewBox") == "0 0 72 72", key
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {"svg", "g", "path", "line", "circle", "rect", "polyline", "polygon", "ellipse"}, key
        names = {name for element in root.iter() for name in element.attrib}
        assert not names & {"id", "class", "style", "href"}, key
        assert not any(name.startswith("on") or "}" in name for name in names), key
    assert "Attribution-ShareAlike 4.0" in (FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert (FOLDER / "CREDITS").read_text(encoding="utf-8").startswith("All emojis designed by OpenMoji")
    sources = [line.split() for line in (FOLDER / "words" / "SOURCES.txt").read_text(encoding="utf-8").splitlines()]
    assert [key for key, _ in sources] == [word.key for word in shipped().words]
    assert len({name for _, name in sources}) == len(sources)
