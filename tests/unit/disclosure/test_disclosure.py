"""What may be seen of a count: the tests suppression must pass, one by one, and an attacker against any population."""

import json
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.rules.disclosure import (
    RawTable,
    Rule,
    Table,
    Tables,
    TooManyFilters,
    from_json,
    mean,
    publish,
    quote_allowed,
    reason_words,
    share,
    words_for,
)
from tests.unit.disclosure.attacker import attack, cross

CHILDREN = Rule.for_audience("children")
STAFF = Rule.for_audience("staff")


def only(counts: dict[str, int], rule: Rule = CHILDREN, base: int | None = None) -> Table:
    """The published form of one unfiltered table; with a `base` it is a multiple choice."""
    raw = RawTable.make("q", counts, base=base, multiple=base is not None)
    return publish([raw], rule, total=raw.base).tables[0]


def by_place(groups: dict[str, dict[str, int]], rule: Rule = CHILDREN) -> Tables:
    """Published tables of one question cut by place; the unfiltered table is the sum."""
    options = list(next(iter(groups.values())))
    whole = {option: sum(group[option] for group in groups.values()) for option in options}
    raw = [RawTable.make("q", whole)]
    raw += [RawTable.make("q", counts, filters={"place": place}) for place, counts in groups.items()]
    return publish(raw, rule, total=sum(whole.values()))


def shown(table: Table | None) -> dict[str, int | None]:
    assert table is not None
    return {cell.option: cell.count for cell in table.cells}


@pytest.mark.parametrize(("rule", "threshold"), [(CHILDREN, 10), (STAFF, 11)])
def test_d1_threshold_less_one_is_hidden_and_threshold_is_shown(rule: Rule, threshold: int) -> None:
    """D1, first of the suppression list."""
    assert rule.threshold == threshold
    assert rule.gated(threshold - 1) is None
    assert rule.gated(threshold) == 10
    hidden = by_place({"a": {"yes": threshold - 1, "no": 0}, "b": {"yes": 60, "no": 50}}, rule).find(
        "q", {"place": "a"}
    )
    assert hidden is not None
    assert hidden.base is None
    assert set(shown(hidden).values()) == {None}
    assert hidden.reason == "small"


def test_list_2_total_less_a_shown_group_leaves_three_so_a_second_group_is_hidden_too() -> None:
    two = by_place({"a": {"yes": 20, "no": 20}, "b": {"yes": 3, "no": 0}})
    assert [(table.base, table.reason) for table in two.tables[1:]] == [(None, "complement"), (None, "small")]
    three = by_place({"a": {"yes": 40, "no": 40}, "b": {"yes": 3, "no": 0}, "c": {"yes": 15, "no": 15}})
    assert [table.base for table in three.tables[1:]] == [80, None, None]


def test_list_3_a_second_filter_that_leaves_out_two_people_is_refused() -> None:
    people = {("x", "m", "yes"): 15, ("x", "m", "no"): 12, ("x", "f", "yes"): 2, ("x", "f", "no"): 0}
    people |= {("y", "m", "yes"): 30, ("y", "m", "no"): 30, ("y", "f", "yes"): 30, ("y", "f", "no"): 30}
    domains = {"place": ["x", "y"], "sex": ["m", "f"]}
    tables = publish(cross(people, domains, ["yes", "no"]), CHILDREN, total=sum(people.values()))
    place = tables.find("q", {"place": "x"})
    both = tables.find("q", {"place": "x", "sex": "m"})
    assert place is not None
    assert both is not None
    assert place.base == 30
    assert both.base is None
    assert both.reason == "complement"


def test_list_5_all_fourteen_gave_the_same_answer_so_no_cell_is_shown_and_the_reason_is() -> None:
    table = only({"agree": 0, "disagree": 14, "not sure": 0}, STAFF)
    assert set(shown(table).values()) == {None}
    assert table.base == 15
    assert table.reason == "same_answer"
    assert "same answer" in reason_words("same_answer", STAFF)


@pytest.mark.parametrize("most", [27, 28, 29, 30])
def test_all_but_a_few_looks_like_all(most: int) -> None:
    """Saying "not quite everybody" would tell each of the few about all the rest."""
    assert only({"yes": most, "no": 30 - most}) == only({"yes": 30, "no": 0})


def test_list_6_three_filters_at_once_are_refused() -> None:
    whole = RawTable.make("q", {"yes": 60, "no": 60})
    deep = RawTable.make("q", {"yes": 20, "no": 20}, filters={"ward": "w", "ethnicity": "e", "care": "c"})
    with pytest.raises(TooManyFilters):
        publish([whole, deep], CHILDREN, total=120)
    with pytest.raises(ValueError, match="max_filters"):
        Rule(max_filters=3)


def test_list_9_a_share_of_a_hidden_or_small_base_cannot_be_turned_back_into_a_count() -> None:
    hidden = only({"yes": 4, "no": 4})
    small = only({"yes": 14, "no": 0, "maybe": 2})
    mostly = only({"a": 11, "b": 0}, base=17)
    assert share(hidden, "yes", CHILDREN).words == "fewer than 10"
    assert small.base == 15
    assert [share(table, option, CHILDREN).percent for table in (hidden, small) for option in ("yes", "no")] == [
        None
    ] * 4
    assert (share(mostly, "a", CHILDREN).percent, share(mostly, "a", CHILDREN).words) == (None, "most")
    big = only({"yes": 71, "no": 31})
    assert share(big, "yes", CHILDREN).words == "70%"  # 70 of 100, never 71 of 102


def test_list_10_every_form_is_made_from_the_published_table() -> None:
    """D4: zero and hidden look alike; words, shares, means and JSON know no more than the table does."""
    nobody, some = only({"a": 50, "b": 40, "c": 0}), only({"a": 50, "b": 40, "c": 3})
    assert shown(nobody) == shown(some) == {"a": 50, "b": 40, "c": None}
    assert nobody.reason == some.reason == "small"
    assert words_for(nobody.count("c"), CHILDREN) == words_for(some.count("c"), CHILDREN) == "fewer than 10"
    assert mean(some, {"a": 5, "b": 3, "c": 1}) is None
    assert mean(some, {"a": 5, "b": 3}) == 4.1
    assert "reason" not in json.dumps(some.to_json())


def test_a_lone_hidden_cell_of_a_single_choice_is_not_left_to_subtraction() -> None:
    table = only({"a": 25, "b": 32, "c": 9})  # 65 - 25 - 30 would leave about 10: somebody is there
    assert shown(table) == {"a": None, "b": 30, "c": None}
    assert table.base == 65
    assert table.reason == "secondary"
    assert words_for(None, CHILDREN, table.reason) == "hidden to protect people"


def test_what_a_hidden_cell_says_about_itself_never_tells_it_from_its_neighbours() -> None:
    exact = Rule(rounding=1)
    table = only({"a": 25, "b": 32, "c": 9}, exact)
    assert shown(table) == {"a": None, "b": 32, "c": None}
    assert not hasattr(table.cells[0], "reason")


def test_a_slice_nobody_is_in_is_published_hidden_rather_than_left_out() -> None:
    raw = [RawTable.make("q", {"yes": 40, "no": 40})]
    raw += [RawTable.make("q", {"yes": 20, "no": 20}, filters={"place": place}) for place in ("a", "b")]
    tables = publish(raw, CHILDREN, total=80, dimensions={"place": ["a", "b", "c"]})
    empty = tables.find("q", {"place": "c"})
    assert empty is not None
    assert (empty.base, empty.reason, len(empty.cells)) == (None, "small", 2)


@pytest.mark.parametrize(("rule", "size"), [(Rule(rounding=1), 40), (CHILDREN, 13)])
def test_a_group_nobody_is_in_is_not_proved_empty(rule: Rule, size: int) -> None:
    """D4: four groups of 13 read as 15 each beside a total of 50 would leave room for nobody else."""
    groups = {place: {"yes": size // 2, "no": size - size // 2} for place in "abcd"}
    tables = by_place(groups | {"e": {"yes": 0, "no": 0}}, rule)
    assert sum(table.base is None for table in tables.tables) == 2


def test_the_parts_of_a_hidden_group_are_hidden_with_it() -> None:
    people = {(place, sex, option): 10 for place in "xy" for sex in "mf" for option in ("yes", "no")}
    people |= {("z", "m", "yes"): 4, ("z", "m", "no"): 0, ("z", "f", "yes"): 0, ("z", "f", "no"): 0}
    domains = {"place": ["x", "y", "z"], "sex": ["m", "f"]}
    tables = publish(cross(people, domains, ["yes", "no"]), CHILDREN, total=sum(people.values()))
    places = [tables.find("q", {"place": place}) for place in "xyz"]
    assert [table and table.base for table in places] == [None, 40, None]
    parts = [tables.find("q", {"place": "x", "sex": sex}) for sex in "mf"]
    assert [table and table.base for table in parts] == [None, None]


def test_multiple_choice_hides_an_option_that_all_or_all_but_a_few_ticked() -> None:
    assert shown(only({"mum": 95, "dad": 50, "nan": 4}, base=100)) == {"mum": 95, "dad": 50, "nan": None}
    assert set(shown(only({"mum": 98, "dad": 50, "nan": 4}, base=100)).values()) == {None}


@pytest.mark.parametrize(
    ("counts", "base", "message"),
    [({"a": 3, "b": 4}, 8, "add up"), ({"a": 9}, 8, "outside"), ({"a": -1, "b": 9}, 8, "outside")],
)
def test_counts_that_do_not_fit_together_are_refused(counts: dict[str, int], base: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RawTable.make("q", counts, base=base)


def test_a_threshold_under_five_is_refused() -> None:
    with pytest.raises(ValueError, match="below 5"):
        Rule(threshold=4)


def test_stored_tables_come_back_the_same_and_the_hash_follows_the_content() -> None:
    tables = by_place({"a": {"yes": 20, "no": 20}, "b": {"yes": 3, "no": 0}})
    again = from_json(tables.canonical(), tables.reasons())
    assert again == tables
    assert again.sha256 == tables.sha256
    other = by_place({"a": {"yes": 20, "no": 30}, "b": {"yes": 3, "no": 0}})
    assert other.sha256 != tables.sha256
    with pytest.raises(ValueError, match="rule"):
        from_json('{"tables": []}')


def test_a_quote_needs_a_group_as_large_as_a_count_would() -> None:
    """D5 in part: the group beside a quote."""
    assert [quote_allowed(size, 10) for size in (9, 10)] == [False, True]


DOMAINS = {"age": ["8", "12", "15"], "place": ["n", "s"]}
OPTIONS = ["yes", "a bit", "no"]
PEOPLE = st.one_of(st.integers(0, 4), st.integers(0, 30), st.sampled_from([0, 9, 10, 11, 12, 13, 90]))
LEAVES = [*product(*DOMAINS.values(), OPTIONS)]


@settings(max_examples=150, deadline=None)
@given(
    people=st.lists(PEOPLE, min_size=len(LEAVES), max_size=len(LEAVES)),
    rule=st.sampled_from([CHILDREN, STAFF, Rule(threshold=5), Rule(rounding=1)]),
)
def test_d3_no_subtraction_gives_away_a_small_number(people: list[int], rule: Rule) -> None:
    """D3 in part: total less shown cells, and all less group slices, over the whole lattice of two filters."""
    tables = publish(cross(dict(zip(LEAVES, people, strict=True)), DOMAINS, OPTIONS), rule, total=sum(people))
    assert attack(tables, DOMAINS) == []


@settings(max_examples=60, deadline=None)
@given(people=st.lists(PEOPLE, min_size=len(LEAVES), max_size=len(LEAVES)))
def test_nothing_published_is_small_unrounded_or_far_from_the_truth(people: list[int]) -> None:
    raw = cross(dict(zip(LEAVES, people, strict=True)), DOMAINS, OPTIONS)
    truth = {table.filters: table for table in raw}
    for table in publish(raw, CHILDREN, total=sum(people)).tables:
        true = truth[table.filters]
        pairs = [(cell.count, dict(true.counts)[cell.option]) for cell in table.cells] + [(table.base, true.base)]
        for seen, real in pairs:
            assert seen is None or (seen % 5 == 0 and real >= 10 and abs(seen - real) <= 2)


def test_a_large_survey_loses_nothing_but_its_small_cells() -> None:
    """So that a rule that hid everything could not pass."""
    counts = {"always": 900, "mostly": 600, "sometimes": 300, "never": 196, "rather not say": 4}
    assert shown(only(counts)) == {"always": 900, "mostly": 600, "sometimes": 300, "never": 195, "rather not say": None}
