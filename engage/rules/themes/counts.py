"""When a theme may be counted again, and when a person's words may stand beside it. Nothing is counted live."""

from datetime import date
from typing import Literal

from engage.rules.disclosure import Rule, next_release_day, quote_allowed

QuoteRefusal = Literal["too_few", "too_few_themes"]

# l-diversity: where a group said fewer kinds of things, to know that somebody is in it is to know what they said.
FEWEST_THEMES = 3


def may_recount(rule: Rule, *, people: int, counted: int | None, counted_on: date, today: date, fixed_day: int) -> bool:
    """May a theme's frozen number be replaced by today's?

    people: who said it now. counted: people when it was last frozen, on `counted_on`; None before the first time.
    A first number needs a whole group. A later one needs the fixed day of the month and a whole group of change, up or
    down, so that two numbers never differ by a few people who could be guessed.
    """
    if counted is None:
        return people >= rule.threshold
    if today < next_release_day(counted_on, fixed_day):
        return False
    return abs(people - counted) >= rule.threshold


def may_show_quote(rule: Rule, *, people: int | None, themes: int) -> QuoteRefusal | None:
    """Why words of one person may not be shown beside a theme; None when they may.

    people: the theme's frozen number in the person's group (None: hidden). themes: how many themes the group spoke
    about. Source: k-anonymity of the threshold and l-diversity of three for quotes.
    """
    if people is None or not quote_allowed(people, rule.threshold):
        return "too_few"
    if themes < FEWEST_THEMES:
        return "too_few_themes"
    return None
