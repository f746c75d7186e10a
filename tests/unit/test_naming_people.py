"""C6: whose name a text says, and who stands above them."""

import pytest

from engage.rules.lines import line_above
from engage.rules.namings import named_in

NAMES = {
    1: "Lena Hart",
    2: "José O’Neill",
    3: "Priya",
    4: "Ann Mary Field",
    5: "Will Short",
    6: "Mary-Jane Cole-Winter",
    7: "Dr Łucja Nowak (she/her)",
    8: "Okoro, Sam",
    9: "Ada Bell, safeguarding lead",
}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("lena hart shouted at me", {1}),
        ("HART, LENA", {1}),
        ("Mrs Hart and mr. oneill", {1, 2}),
        ("jose o'neill hits us", {2}),
        ("miss priya locked the door", {3}),
        ("ann field", {4}),
        ("Miss Hart’s room", {1}),
        ("in mr harts room", {1}),
        ("it was lena hart's idea", {1}),
        ("Doctor Hart and Pani O'Neill", {1, 2}),
        ("السيدة Hart", {1}),
        ("Ann Mary Field", {4}),
        ("Field, Ann Mary", {4}),
        ("Mary-Jane Cole-Winter", {6}),
        ("mary jane cole winter", {6}),
        ("mrs cole-winter", {6}),
        ("mary winter and Mrs Winter", {6}),
        ("Mary Cole", {6}),
        ("Mr L Hart", {1}),
        ("Lena J. Hart", {1}),
        ("lucja nowak and Miss Nowak", {7}),
        ("Miss Okoro", {8}),
        ("sam okoro", {8}),
        ("ada bell", {9}),
        ("Auntie Bell", {9}),
        ("will a short talk help", set()),
        ("Mary Jane is my friend", set()),
        ("a cold winter", set()),
        ("Lena is kind and my hart hurts", set()),
        ("will you come in a short time", set()),
        ("", set()),
    ],
)
def test_c6_a_name_is_found_as_people_write_it(text: str, named: set[int]) -> None:
    assert named_in(text, NAMES) == named


def test_c6_the_line_is_everybody_above_and_a_circle_ends() -> None:
    managers = {1: 2, 2: 3, 4: 3, 5: 6, 6: 5}
    assert line_above({1}, managers) == {2, 3}
    assert line_above({1, 4}, managers) == {2, 3}
    assert line_above({5}, managers) == {6}
    assert line_above({3}, managers) == set()
