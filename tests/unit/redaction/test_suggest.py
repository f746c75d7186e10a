"""D6: what may show who wrote something is suggested, and can be taken out; a person decides."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.rules.redaction import KINDS, Entry, Gazetteer, PlaceKind, find, hide

OURS = Gazetteer([
    Entry(PlaceKind.SCHOOL, "Larkmoor High School"),
    Entry(PlaceKind.HOME, "Garden Lodge"),
    Entry(PlaceKind.STREET, "Tannery Lane"),
    Entry(PlaceKind.PERSON, "Shabnam Mirza"),
])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mr smith shouts", [("name", "mr smith")]),
        ("Auntie Bea came and so did Jamal", [("name", "Auntie Bea"), ("name", "Jamal")]),
        ("my name is priya", [("name", "priya")]),
        ("ZAINAB AND ME", [("name", "ZAINAB")]),
        ("i miss you and i miss tomos", [("name", "tomos")]),
        ("i hope will may help", []),
        ("my worker is hope and so is grace", [("name", "hope"), ("name", "grace")]),
        ("Larkmoor High School is ok", [("place", "Larkmoor High School")]),
        ("i live at 12 oak street", [("address", "12 oak street")]),
        ("im 12 and in year 6", [("age", "12"), ("year", "year 6")]),
        ("ring 07700 900123", [("phone", "07700 900123")]),
        ("a.b@c.co.uk or @jam_99", [("email", "a.b@c.co.uk"), ("handle", "@jam_99")]),
        ("it was 3rd of March, then 12/04/2026", [("date", "3rd of March"), ("date", "12/04/2026")]),
        ("LS1 4AB see www.me.example", [("postcode", "LS1 4AB"), ("link", "www.me.example")]),
        ("my nhs number is 943 476 5919", [("phone", "943 476 5919")]),
        ("my twin has a wheelchair", [("rare", "my twin"), ("rare", "wheelchair")]),
        ("i like the zorbing", [("unknown", "zorbing")]),
        ("The bus was late. Nobody told us and I was cold, SO COLD", []),
    ],
)
def test_d6_places_to_look_at(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in find(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("larkmor is too big", [("place", "larkmor")]),
        ("i go to lark moor high", [("place", "lark moor high")]),
        ("garden lodge is cold, the garden is nice", [("place", "garden lodge")]),
        ("we are at 4 tanery lane", [("address", "4 tanery lane")]),
        ("shabnum came", [("name", "shabnum")]),
        ("Ms Mirzah came", [("name", "Ms Mirzah")]),
    ],
)
def test_d6_a_partnerships_own_names_are_found_with_a_slip(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in find(text, OURS)] == found


def test_d6_direct_and_indirect_are_told_apart() -> None:
    text = "i am 12, ring 07700 900123, i am at St Marys School with priya"
    assert [(one.kind, one.is_direct) for one in find(text)] == [
        ("age", False), ("phone", True), ("place", False), ("name", True),
    ]  # fmt: skip


def test_d6_findings_can_be_taken_out() -> None:
    text = "Mr Smith rang 07700 900123 on Monday"
    words = {kind: f"[{kind}]" for kind in KINDS}
    assert hide(text, find(text), words) == "[name] rang [phone] on [unknown]"


@given(st.text(max_size=200))
def test_any_text_is_safe_and_findings_never_overlap(text: str) -> None:
    found = find(text)
    assert all(0 <= one.start < one.end <= len(text) and one.kind in KINDS for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    "text", ["a" * 20_000, "A" * 20_000, "1 " * 10_000, "Ab " * 6_000, "mr " * 6_000, "@" * 20_000]
)
def test_long_texts_come_to_an_end(text: str) -> None:
    """No pattern tries the same letters again and again: the run's own time limit would end it."""
    assert all(one.kind in KINDS for one in find(text))
