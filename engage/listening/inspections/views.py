"""What the pages of inspections are given: frozen, in the page's language, with easy words where they are wanted."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.core.errors import Conflict, Refused
from engage.listening.inspections.criteria import get_set, list_sets
from engage.listening.inspections.kinds import NOT_SEEN, InspectionState
from engage.listening.inspections.notes import ORIGIN
from engage.listening.inspections.queries import OwnScore, Visit
from engage.rules.stars import CriteriaSet, Text, say
from engage.voices import sources
from engage.web.appearance import appearance
from engage.web.layout import language

REFUSALS = {
    "scores-locked": _l("Your scores are locked. Nobody can change them now, not even you."),
    "scoring-closed": _l("Scoring has ended for this visit."),
    "scores-missing": _l("Some points have no score yet. Score every point, then lock."),
    "scores-alone": _l("The scores open when everybody on the team has locked theirs."),
    "score-out-of-range": _l("That is not one of the scores."),
    "note-too-long": _l("The note is too long."),
    "too-few-locked": _l("At least %(needed)s inspectors must have locked their scores first."),
    "team-too-small": _l("A team needs at least %(needed)s young inspectors."),
    "already-on-team": _l("That person is already on the team."),
    "scores-locked-already": _l("An inspector has locked scores already: the visit has taken place."),
    "finding-length": _l("Write between 1 and %(most)s letters."),
    "findings-full": _l("The list has %(most)s lines already. Take one off first."),
    "reason-length": _l("Write between 1 and %(most)s letters."),
    "visit-is-planned": _l("This visit is still being scored."),
    "visit-is-together": _l("Scoring has ended for this visit."),
    "visit-is-published": _l("The star is published. Nothing about it can be changed now."),
    "visit-is-declined": _l("The service said no to this visit."),
}


def refusal(error: Refused | Conflict) -> str:
    """Why a rule said no, in words."""
    if isinstance(error, Conflict):
        return str(_("You changed a score in another tab. Look at your scores again, then lock them."))
    words = REFUSALS.get(error.reason)
    return str(words) % error.params if words else str(_("This cannot be done now. Nothing was changed."))


@dataclass(frozen=True)
class Reader:
    """In which language and with which words a page speaks of criteria."""

    language: str
    easy: bool

    def say(self, text: Text) -> str:
        """The words of one text."""
        return say(text, self.language, easy=self.easy)


def reader() -> Reader:
    """The reader of this page."""
    return Reader(language(), appearance().easy)


def day(value: date | None) -> str:
    """A date as it is said: 27 March 2027."""
    return str(format_date(value, "d MMMM y")) if value else ""


@dataclass(frozen=True)
class Point:
    """One criterion as a page shows it: `choices` are cards, the last one is "could not see"."""

    key: str
    number: int
    of: int
    name: str
    look_for: str
    essential: bool
    symbol: str
    choices: tuple[dict[str, object], ...]


def point(criteria: CriteriaSet, key: str, who: Reader) -> Point | None:
    """The criterion `key`, or none."""
    keys = [criterion.key for criterion in criteria.criteria]
    if key not in keys:
        return None
    found = criteria.criteria[keys.index(key)]
    levels: list[dict[str, object]] = [
        {"value": score, "score": score, "label": who.say(criteria.scale[score]), "hint": who.say(text)}
        for score, text in enumerate(found.descriptors)
    ]
    not_seen: dict[str, object] = {"value": NOT_SEEN, "label": _("I could not see this today"), "skip": True}
    return Point(
        key,
        keys.index(key) + 1,
        len(keys),
        who.say(found.text),
        who.say(found.look_for),
        found.essential,
        found.symbol or "",
        (*levels, not_seen),
    )


@dataclass(frozen=True)
class Checked:
    """One line of "check my scores"."""

    key: str
    name: str
    answers: tuple[str, ...]
    done: bool


def checked(criteria: CriteriaSet, scores: Mapping[str, OwnScore], who: Reader) -> list[Checked]:
    """Every criterion with one's own score in words, in the order of the visit."""
    return [
        Checked(one.key, who.say(one.text), _answers(criteria, scores.get(one.key), who), one.key in scores)
        for one in criteria.criteria
    ]


def _answers(criteria: CriteriaSet, score: OwnScore | None, who: Reader) -> tuple[str, ...]:
    if score is None:
        return (_("No score yet"),)
    if score.value is None:
        words = _("I could not see this today")
    else:
        words = _("%(score)s: %(words)s", score=score.value, words=who.say(criteria.scale[score.value]))
    shared = (_("You shared a note"),) if score.note_is_shared else ()
    return (words, *((score.note,) if score.note else shared))


@dataclass(frozen=True)
class MyVisit:
    """One visit on an inspector's own page."""

    id: uuid.UUID
    name: str
    about: str
    when: str
    state: str
    kind: str
    why: str
    action: str

    @property
    def is_to_score(self) -> bool:
        """Whether it still waits for this inspector."""
        return bool(self.action)


def my_visit(visit: Visit, *, scored: int, is_locked: bool) -> MyVisit:
    """How one visit stands for one inspector."""
    state, kind, why = _standing(visit, scored=scored, is_locked=is_locked)
    action = ""
    if visit.state is InspectionState.PLANNED and not is_locked:
        action = _("Check and lock") if scored == _points_of(visit) else _("Score this visit")
    return MyVisit(visit.id, visit.service, visit.about, day(visit.visit_on), state, kind, why, action)


def by_urgency(visit: MyVisit) -> int:
    """What is still to do comes first; otherwise the order stays."""
    return {"wait": 0 if visit.is_to_score else 1}.get(visit.kind, 2)


def _standing(visit: Visit, *, scored: int, is_locked: bool) -> tuple[str, str, str]:
    if visit.state is InspectionState.DECLINED:
        return _("Said no"), "no", _("The service said no to this visit.")
    if visit.state is InspectionState.PUBLISHED:
        return _("Published"), "good", _(visit.phrase) if visit.phrase else ""
    if visit.state is InspectionState.TOGETHER:
        return _("Look at it together"), "wait", _("Everybody's scores are open to the team now.")
    if is_locked:
        return _("Locked"), "good", waiting(visit)
    return _("To score"), "wait", _("%(done)s of %(total)s points done", done=scored, total=_points_of(visit))


def _points_of(visit: Visit) -> int:
    return len(get_set(visit.criteria_key, visit.criteria_version).criteria)


def waiting(visit: Visit) -> str:
    """How many of a team have locked; never who, on a young page."""
    words = ngettext(
        "%(num)s inspector of %(team)s has locked their scores.",
        "%(num)s inspectors of %(team)s have locked their scores.",
        visit.locked,
        team=visit.team,
    )
    return str(words)


@sources.names(ORIGIN)
def name_points(asked: Collection[sources.Asked]) -> dict[sources.Asked, sources.Named]:
    """What a shared note was about, for readers of voices."""
    who = reader()
    points = {
        (one.key, criterion.key): (who.say(one.name), who.say(criterion.text))
        for one in list_sets()
        for criterion in one.criteria
    }
    named = {one.key: who.say(one.name) for one in list_sets()}
    return {
        (source, key): sources.Named(*points.get((source, key), (named[source], "")))
        for source, key in asked
        if source in named
    }
