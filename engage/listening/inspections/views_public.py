"""What anybody may see of inspections: one card a service, with its star, why, the findings, and what came before."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from engage.core.errors import NotFound
from engage.listening.inspections.criteria import get_set
from engage.listening.inspections.kinds import InspectionState
from engage.listening.inspections.queries import Visit, by_service
from engage.listening.inspections.views import Reader
from engage.listening.inspections.views_together import NO_STAR, criterion_words, must_have_missing


class Standing(StrEnum):
    """How a service stands today."""

    STARS = "stars"
    RUN_OUT = "run-out"
    SAID_NO = "said-no"
    NOT_SEEN = "not-seen"


@dataclass(frozen=True)
class Dated:
    """A date with the words before it."""

    text: str
    value: str
    after: str = ""


@dataclass(frozen=True)
class Card:
    """One service as the ratings page shows it; `stars` None means none that count today."""

    service_id: uuid.UUID
    agency_id: uuid.UUID
    agency: str
    standing: Standing
    name: str
    what: str
    stars: int | None = None
    phrase: str = ""
    off: str = ""
    off_kind: str = "plain"
    notes: tuple[str, ...] = ()
    dates: tuple[Dated, ...] = ()
    strengths: tuple[str, ...] = ()
    considerations: tuple[str, ...] = ()


def cards(visits: Sequence[Visit], today: date, who: Reader) -> list[Card]:
    """One card a service: those with most stars first, then those without, by name. `visits` newest first."""
    made = [_card(history, today, who) for history in by_service(visits).values()]
    return sorted(made, key=lambda card: (-(card.stars or 0), card.name.casefold()))


def _card(history: Sequence[Visit], today: date, who: Reader) -> Card:
    published = [visit for visit in history if visit.state is InspectionState.PUBLISHED]
    refused = [visit for visit in history if visit.state is InspectionState.DECLINED]
    if not published:
        return _said_no(refused[0])
    latest, earlier = published[0], published[1:]
    later = [_refusal(visit) for visit in refused if _day(visit) > _day(latest)]
    if latest.is_expired(today):
        return _run_out(latest, later)
    if latest.stars is None:
        return _not_seen(latest, later)
    return _with_stars(latest, earlier, [*_reasons(latest, who), *later])


def _with_stars(visit: Visit, earlier: Sequence[Visit], notes: Sequence[str]) -> Card:
    before = next((one for one in earlier if one.stars is not None), None)
    after = ""
    if before is not None and before.published_on is not None:
        after = ngettext(
            "Was %(num)s star in %(year)s", "Was %(num)s stars in %(year)s", before.stars, year=before.published_on.year
        )
    inspectors = (visit.result or {}).get("inspectors", visit.locked)
    return replace(
        _base(visit, Standing.STARS),
        stars=visit.stars,
        phrase=_(visit.phrase) if visit.phrase else "",
        notes=tuple(notes),
        dates=(
            Dated(_("Visited"), _month(visit.visit_on), after),
            Dated(_("Published"), _month(visit.published_on)),
            Dated(_("Lasts until"), _month(visit.expires_on)),
            Dated(_("Inspectors"), str(inspectors)),
        ),
    )


def _run_out(visit: Visit, notes: Sequence[str]) -> Card:
    had = ngettext("Had %(num)s star from", "Had %(num)s stars from", visit.stars) if visit.stars else _("Judged")
    return replace(
        _base(visit, Standing.RUN_OUT),
        phrase=_("This rating has run out"),
        off=_("Run out"),
        off_kind="quiet",
        notes=tuple(notes),
        dates=(Dated(had, _month(visit.published_on)), Dated(_("Ran out"), _month(visit.expires_on))),
    )


def _not_seen(visit: Visit, notes: Sequence[str]) -> Card:
    reason = NO_STAR.get((visit.result or {}).get("no_star", ""))
    return replace(
        _base(visit, Standing.NOT_SEEN),
        phrase=_(visit.phrase) if visit.phrase else "",
        off=_("No stars yet"),
        notes=(*([str(reason)] if reason else []), *notes),
        dates=(Dated(_("Visited"), _month(visit.visit_on)),),
    )


def _said_no(visit: Visit) -> Card:
    return replace(
        _base(visit, Standing.SAID_NO),
        phrase=_("This service said no to a visit"),
        off=_("Said no"),
        off_kind="no",
        notes=(_("They said: “%(words)s”", words=visit.declined_because),),
        dates=(Dated(_("Said no"), _month(visit.declined_on)),),
    )


def _base(visit: Visit, standing: Standing) -> Card:
    has_findings = standing in {Standing.STARS, Standing.NOT_SEEN}
    return Card(
        visit.service_id,
        visit.agency_id,
        visit.agency,
        standing,
        visit.service,
        ". ".join(part for part in (visit.about.rstrip("."), visit.agency) if part),
        strengths=tuple(visit.strengths) if has_findings else (),
        considerations=tuple(visit.considerations) if has_findings else (),
    )


def _reasons(visit: Visit, who: Reader) -> list[str]:
    """The must-haves that failed, in the page's language where that version of the set is still at hand."""
    return [must_have_missing(_named(visit, cap, who)) for cap in (visit.result or {}).get("caps", [])]


def _named(visit: Visit, cap: dict[str, str], who: Reader) -> str:
    try:
        return criterion_words(get_set(visit.criteria_key, visit.criteria_version), cap["criterion"], who)
    except NotFound:
        return cap["words"]


def _refusal(visit: Visit) -> str:
    words = _(
        "It said no to another visit in %(when)s: “%(words)s”",
        when=_month(visit.declined_on),
        words=visit.declined_because,
    )
    return str(words)


def _day(visit: Visit) -> date:
    return visit.published_on or visit.declined_on or date.min


def _month(value: date | None) -> str:
    return str(format_date(value, "MMMM y")) if value else ""
