"""Access codes: what is drawn can be typed by a child, and a slip is found."""

import random
from collections import Counter

import pytest

from engage.rules import codes

NEXT = random.Random(7).randrange


def test_codes_are_short_different_and_hold_nothing_ambiguous() -> None:
    drawn = codes.draw_many(500)
    assert len(set(drawn)) == 500
    assert {len(code) for code in drawn} == {codes.LENGTH}
    assert not set("".join(drawn)) & set("01258BIOLQSUVZAEG")


def test_every_sign_comes_as_often_as_any_other() -> None:
    counted = Counter("".join(codes.draw(NEXT) for _ in range(4000)))
    expected = 4000 * codes.LENGTH / len(codes.ALPHABET)
    chi_square = sum((counted[sign] - expected) ** 2 / expected for sign in codes.ALPHABET)
    assert chi_square < 42.3  # 18 degrees of freedom, one in a thousand


@pytest.mark.parametrize("write", [str.lower, codes.shown, lambda c: f" {c[:3]}-{c[3:6]}.{c[6:]} ", "\u200f".join])
def test_case_spaces_and_marks_are_forgiven(write: object) -> None:
    code = codes.draw(NEXT)
    assert callable(write)
    assert codes.normalise(write(code)) == code


def test_digits_of_other_scripts_and_the_look_alike_are_read() -> None:
    code = next(c for c in (codes.draw(NEXT) for _ in range(1000)) if {"3", "6"} <= set(c))
    assert codes.normalise(code.replace("3", "٣")) == code
    assert codes.normalise(code.replace("6", "g")) == code


def test_every_wrong_sign_and_every_swap_is_found() -> None:
    code = codes.draw(NEXT)
    for place in range(codes.LENGTH):
        for sign in codes.ALPHABET:
            other = code[:place] + sign + code[place + 1 :]
            assert (codes.normalise(other) == code) == (other == code)
            assert other == code or codes.normalise(other) is None
    for place in range(codes.LENGTH - 1):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert swapped == code or codes.normalise(swapped) is None


@pytest.mark.parametrize("typed", ["", " ", "x" * 5000, "34679CDFH", "0000000000", "\x00", "🦊" * 10, "AAAAAAAAAA"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.normalise(typed) is None


def test_a_card_printed_when_codes_had_ten_signs_is_still_read() -> None:
    assert codes.normalise("FYX9M TY636") == "FYX9MTY636"
    assert codes.normalise("FYX9M TY633") is None
