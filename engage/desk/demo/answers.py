"""A year of invented answers: uneven, as answers are. School is harder than home, the clinic is the weak service."""

from collections.abc import Callable, Iterator, Mapping

from engage.core import clock
from engage.desk.demo import texts
from engage.desk.demo.chance import Chance, Words
from engage.rules.questionnaire.answers import Answer, skipped
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.import_rows import ImportedRow
from engage.rules.questionnaire.kinds.agreement import DONT_KNOW
from engage.rules.questionnaire.path import on_path

WEEKS = 52
# How many of a year's answers come in each month: few in the holidays, many when schools set a lesson aside.
_MONTHS = (6, 9, 8, 4, 6, 9, 4, 1, 6, 8, 12, 5)

_NEW, _NEW_WEEKS = 9, 3

Answers = dict[str, Answer]


def rows(definition: Definition, count: int, person: Callable[[Chance], Answers], said: "Said") -> list[ImportedRow]:
    """So many responses of invented people, with what they wrote, over the last 52 ISO weeks."""
    chance = Chance(definition.survey)
    weeks = _weeks()
    return [_row(definition, line, person(chance), said, (chance, weeks)) for line in range(2, count + 2)]


def _row(
    definition: Definition, line: int, given: Answers, said: "Said", drawn: tuple[Chance, Mapping[str, float]]
) -> ImportedRow:
    chance, weeks = drawn
    language = "ar" if "ar" in definition.languages and chance.happens(0.025) else "en"
    for question, words in said.draw(chance, given, language):
        given[question] = {"text": words}
    channel = chance.pick({"link": 6, "qr": 3, "kiosk": 1, "paper": 1})
    return ImportedRow(line, on_path(definition, given), language, channel, chance.pick(weeks))


def _weeks() -> dict[str, float]:
    days = [clock.in_days(-7 * ago) for ago in range(WEEKS)]
    usual = [_MONTHS[day.month - 1] for day in days]
    # Somebody always has just answered, also in the holidays: every queue has something in it.
    now = [max(weight, _NEW) for weight in usual[:_NEW_WEEKS]]
    weights = [*now, *usual[_NEW_WEEKS:]]
    return {clock.iso_week(day): float(weight) for day, weight in zip(days, weights, strict=True)}


class Said:
    """What people wrote under each question: how often, about what, in which language."""

    def __init__(self, survey: str, often: Mapping[str, float], about: Callable[[Answers, str], float]) -> None:
        """`often` is question -> share of people who write there; `about` weighs a theme for what somebody answered."""
        chance = Chance(f"{survey} words")
        self._often, self._about = often, about
        self._words = {
            (language, question): Words(written, chance)
            for language, questions in texts.comments(survey).items()
            for question, written in questions.items()
        }

    def draw(self, chance: Chance, given: Answers, language: str) -> Iterator[tuple[str, str]]:
        """(question, words) of one person; nothing where they wrote nothing."""
        for question, share in self._often.items():
            if not chance.happens(share):
                continue
            words = self._words[language, question]
            drawn = words.draw(chance.pick({theme: self._about(given, theme) for theme in words.themes}))
            if drawn:
                yield question, drawn


def chosen(value: str) -> Answer:
    """One option."""
    return {"value": value}


def level(chance: Chance, middle: float, *, knows: float = 1.0) -> Answer:
    """A point from 1 to 5 around `middle`; sometimes "rather not say", or "I do not know" where `knows` leaves room."""
    if chance.happens(0.03):
        return skipped()
    if not chance.happens(knows):
        return chosen(DONT_KNOW)
    return chosen(str(min(max(round(chance.bell(middle, 0.65)), 1), 5)))


def several(chance: Chance, shares: Mapping[str, float], nobody: str) -> Answer:
    """Each option for its share of people; `nobody` for whoever chose none."""
    values = [option for option, share in shares.items() if chance.happens(share)]
    return {"values": values or [nobody]}


def is_low(given: Answers, question: str) -> bool:
    """Whether somebody answered in the lower part of a scale of five."""
    return given.get(question, {}).get("value") in {"1", "2", "3"}
