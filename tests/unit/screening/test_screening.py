"""Screening: the development set, transforms that must not drop a flag, and what happens when it cannot say.

None of this measures recall on children's words: the set was written by the list's own authors.
"""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.rules.screening import LONGEST_TEXT, Screening, categories, order_key, screen
from engage.rules.screening.normalise import Normaliser
from engage.rules.screening.words import shipped_lexicon

SET, SLICES, ORDINARY = (
    yaml.safe_load(Path(__file__).with_name(f"{name}.yaml").read_text(encoding="utf-8"))
    for name in ("development", "slices", "hard_negatives")
)
RED = [(category, text) for category, texts in SET["red"].items() for text in texts]
AMBER = [(category, text) for category, texts in SET["amber"].items() for text in texts]
HARD = SET["hard_negatives"]
NEAR = (
    ("my worker keeps texting me at night and says not to tell", "My worker texts the club about the minibus."),
    ("they say I have to marry a man I never met", "The date was wrong so we never met the band but had a good day."),
    ("he comes in my room at night and gets in with me", "I share my room with my sister and we get on okay."),
    ("he picks me up in a taxi and his mates are waiting", "The taxi was late but they waited for me."),
    ("my brother keeps a knife under his bed for them", "Lessons on drugs and the knife arch at the fair were useful"),
    ("I am hungry at night and there is nothing in the house", "The sessions make you hungry so bring a snack."),
)


@pytest.mark.parametrize(("category", "text"), RED)
def test_red_of_the_development_set(category: str, text: str) -> None:
    result = screen(text)
    assert result.level == "red"
    assert category in result.categories


@pytest.mark.parametrize(("category", "text"), AMBER)
def test_amber_of_the_development_set(category: str, text: str) -> None:
    result = screen(text)
    assert result.level in {"red", "amber"}
    assert category in result.categories


def test_every_category_has_examples() -> None:
    assert {category for category, _ in RED + AMBER} == set(categories())


@pytest.mark.parametrize("text", SET["none"])
def test_plain_feedback_is_not_flagged(text: str) -> None:
    assert screen(text) == Screening("none", (), ())


@pytest.mark.parametrize("way", SLICES)
def test_s3_every_way_of_saying_it_is_flagged(way: str) -> None:
    """S3: misspelt, without spaces, in slang, in pictures, hinted at, very young, negated, in other tongues."""
    texts = [text for texts in SLICES[way].values() for text in texts]
    missed = [text for text in texts if screen(text).level == "none"]
    assert len(missed) <= (0.15 if way.startswith("hinted") else 0.06) * len(texts), missed


def test_s4_hard_negatives_do_not_crowd_out_the_red() -> None:
    """S4 in part: football, food, games, names and staff-speak."""
    texts = HARD + [text for texts in ORDINARY.values() for text in texts]
    levels = [screen(text).level for text in texts]
    assert levels.count("red") <= len(texts) * 0.05
    assert levels.count("amber") <= len(texts) * 0.16


LOOK_ALIKES = str.maketrans("aceiopsxyABCEHKMOPTX", "асеіорѕхуАВСЕНКМОРТХ")
WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "abcdefghijklmnopqrstuvwxyz"}
BOLD = {ord(letter): 0x1D41A + ord(letter) - ord("a") for letter in "abcdefghijklmnopqrstuvwxyz"}


DISGUISED: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "title": str.title,
    "swapcase": str.swapcase,
    "zero-width": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "joiners": lambda text: text.replace(" ", " \u2060\ufeff"),
    "look-alikes": lambda text: text.translate(LOOK_ALIKES),
    "wide": lambda text: text.lower().translate(WIDE),
    "bold": lambda text: text.lower().translate(BOLD),
    "accents": lambda text: "".join(letter + "\u0301" if letter.isalpha() else letter for letter in text),
    "entities": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "curly": lambda text: text.replace("'", "’"),
    "quoted": lambda text: f"“{text}!!!”",
    "gaps": lambda text: text.replace(" ", "   \n "),
}


@pytest.mark.parametrize("name", DISGUISED)
def test_s5_disguise_never_drops_a_flag(name: str) -> None:
    """S5: case, zero-width and look-alike letters keep every flag, at its level and in its category."""
    for category, text in RED:
        result = screen(DISGUISED[name](text))
        assert (result.level, category in result.categories) == ("red", True), text


def swap_in_longest(text: str) -> str:
    longest = max(text.split(), key=len)
    if len(longest) < 5:
        return text
    return text.replace(longest, longest[:2] + longest[3] + longest[2] + longest[4:])


MANGLED: dict[str, Callable[[str], str]] = {
    "leet": lambda text: text.translate(str.maketrans("eosOS", "30505")),
    "signs": lambda text: text.replace("a", "@").replace("s", "$"),
    "repeats": lambda text: "".join(letter * 3 if letter in "aeiou" else letter for letter in text),
    "spelt out": lambda text: " ".join(text.replace(" ", "")),
    "dotted": lambda text: ".".join(text.replace(" ", "")),
    "together": lambda text: text.replace(" ", ""),
    "typo": swap_in_longest,
    "filler": lambda text: f"I like the club and the people. {text} and also the food is good",
    "long": lambda text: "The park is nice and I go there with my friends. " * 40 + text,
    "pictures": lambda text: f"😀 {text} 😭😭",
    "hyphens": lambda text: text.replace(" ", "-"),
}


@pytest.mark.parametrize("name", MANGLED)
def test_s5_mangling_keeps_nearly_every_flag(name: str) -> None:
    """S5: at least 97 in 100 are still flagged."""
    dropped = [text for _, text in RED if screen(MANGLED[name](text)).level not in {"red", "amber"}]
    assert len(dropped) <= 0.03 * len(RED), dropped


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I don't want to die", "suicide:red:negation"),
        ("my dad does not hit me", "physical_abuse:red:negation"),
        ("i want to die lol", "suicide:red:joke"),
        ("he used to touch me", "sexual_abuse:red:past"),
        ("my best friend has been self harming", "self_harm:red:third_person"),
        ("in the song he wants to kill myself", "suicide:red:quotation"),
        ("i cut my hand by accident when cooking", "self_harm:red:accident"),
    ],
)
def test_what_lowers_never_drops(text: str, reason: str) -> None:
    result = screen(text)
    assert result.level == "amber"
    assert reason in result.reasons


@pytest.mark.parametrize("said", ["lol {}", "{} haha only joking", "{} but not any more", "in the song: {}"])
def test_what_lowers_drops_nothing_where_words_only_stand_near_each_other(said: str) -> None:
    """SAFETY 6.2: whether the rest of a text sounds like a worry is asked without the words that only lower."""
    dropped = [text for _, text in AMBER + RED if screen(said.format(text)).level == "none"]
    assert not dropped


def test_s4_words_near_each_other_are_half_of_a_finding() -> None:
    """S4: the same words of a line, in a text that sounds like a worry and in one that does not."""
    for worry, ordinary in NEAR:
        assert screen(worry).level != "none", worry
        assert screen(ordinary).level == "none", ordinary


@pytest.mark.parametrize(
    "text",
    [
        "he wont stop touching my private parts",
        "it is not fair my dad hits me",
        "no my dad hits me",
        "my uncle touches me lol",
        "my dad hits me when his football team lose the game",
        "I don't want to go home because my stepdad beats me",
        "I don't want to die but I do want to kill myself",
    ],
)
def test_what_only_looks_like_lowering_leaves_red(text: str) -> None:
    assert screen(text).level == "red"


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("I like it", "pl", "needs_person:language"),
        ("dobrze się tu czuję", "pl", "needs_person:language"),
        ("moj tata mnie bije kablem", "en", "needs_person:language"),
        ("тато б'є мене", "en", "needs_person:script"),
        ("нет", "en", "needs_person:script"),
        ("أبي يضربني", "ar", "needs_person:script"),
        ("打我", "en", "needs_person:script"),
        ("🜚🜛", "en", "needs_person:unreadable"),
    ],
)
def test_words_nobody_has_measured_need_a_person(text: str, language: str, reason: str) -> None:
    result = screen(text, language)
    assert result.level == "amber"
    assert reason in result.reasons


def test_english_by_any_tag_is_measured_and_english_words_still_count_elsewhere() -> None:
    assert screen("I like it", "en-GB").level == "none"
    assert screen("my dad hits me", "pl").level == "red"


def test_an_answer_that_means_something_only_under_its_question_needs_a_person_there() -> None:
    assert screen("at home").level == "none"
    assert screen("at home", question_context="safety") == Screening("amber", (), ("needs_person:safety",))
    assert screen("at home", question_context="food").level == "none"


def test_s7_oversized_text_is_not_checked() -> None:
    """S7: "not checked", never "clear"."""
    assert screen("a" * (LONGEST_TEXT + 1)) == Screening("not_checked", (), ("not_checked:too_long",))
    assert screen("nice " * (LONGEST_TEXT // 5)).level == "none"


def test_s7_a_crash_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """S7: whatever breaks inside, `screen` does not raise and does not say clear."""

    def broken(self: Normaliser, text: str) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr(Normaliser, "plain", broken)
    assert screen("nice") == Screening("not_checked", (), ("not_checked:failed",))


def test_s7_a_timeout_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """S7: out of time with something half found is "not checked"."""
    monkeypatch.setattr("engage.rules.screening.verdict.SECONDS_ALLOWED", -1.0)
    assert screen("my dad hits me") == Screening("not_checked", (), ("not_checked:timeout",))


@pytest.mark.parametrize("text", [None, 7, b"my dad hits me"])
def test_s7_what_is_no_text_is_not_checked(text: str) -> None:
    assert screen(text).level == "not_checked"


ANY_TEXT = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="aeiklmst 013*@$!.-'\u200b\u0456", max_size=80),
    st.lists(st.sampled_from([text for _, text in RED] + HARD), max_size=5).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(text=ANY_TEXT)
def test_no_text_breaks_it_and_reasons_carry_no_words_of_it(text: str) -> None:
    result = screen(text)
    assert result.level != "not_checked"
    assert (result.level == "none") == (not result.reasons)
    kinds = {*shipped_lexicon().lowering, "red", "amber", "needs_person", "language", "script", "unreadable", "leaning"}
    assert {code for reason in result.reasons for code in reason.split(":")} <= kinds | set(categories())


@settings(max_examples=100, deadline=None)
@given(text=st.sampled_from([text for _, text in RED]), before=st.sampled_from(HARD), after=st.sampled_from(HARD))
def test_other_sentences_around_it_never_drop_a_flag(text: str, before: str, after: str) -> None:
    assert screen(f"{before}. {text}. {after}").level in {"red", "amber"}


def test_the_queue_puts_the_gravest_first_and_what_was_not_checked_never_last() -> None:
    order = [
        screen("i want to kill myself"),
        screen("my uncle touches me"),
        screen("my dad hits me"),
        screen("i want to run away"),
        screen("a" * (LONGEST_TEXT + 1)),
        screen("I don't want to die"),
        screen("i get bullied"),
        screen("тато"),
        screen("nice club"),
    ]
    keys = [order_key(one) for one in order]
    assert all(first < second for first, second in pairwise(keys))
    mixed = [order[place] for place in (4, 0, 8, 2, 6, 1, 3, 5, 7)]
    assert sorted(mixed, key=order_key) == order
