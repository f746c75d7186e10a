"""Words of results that need no page."""

from engage.understanding.releases.views_words import label_of


def test_groups_put_together_are_called_by_all_their_names() -> None:
    labels = {"8": "8 years", "9": "9 years"}
    assert [label_of(labels, option) for option in ("8", "8+9", "x")] == ["8 years", "8 years / 9 years", "x"]
