"""Decision records have a number each, the one in their name in their heading too: other pages name them by it."""

from collections import Counter

from tests.conventions.tree import ROOT

RECORDS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_no_number_is_given_twice_and_none_is_left_out() -> None:
    numbers = Counter(int(path.name[:4]) for path in RECORDS)
    assert numbers == Counter(range(1, len(RECORDS) + 1))


def test_a_heading_says_the_number_of_its_file() -> None:
    wrong = [p.name for p in RECORDS if not p.read_text(encoding="utf-8").startswith(f"# {int(p.name[:4])}. ")]
    assert wrong == []
