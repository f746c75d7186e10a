"""C6: whose name a text says, and who stands above them."""

import pytest

from engage.rules.lines import line_above
from engage.rules.namings import named_in

NAMES = {1: "Lena Hart", 2: "José O’Neill", 3: "Priya", 4: "Ann Mary Field", 5: "Will Short"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("lena hart shouted at me", {1}),
        ("HART, LENA", {1}),
        ("Mrs Hart and mr. oneill", {1, 2}),
        ("jose o'neill hits us", {2}),
        ("miss priya locked the door", {3}),
        ("ann field", {4}),
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
