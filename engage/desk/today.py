"""Today: what needs me now, in order of harm. Each part is shown to whoever may act on it."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _

from engage.answering.you_said import queries as you_said
from engage.core import clock
from engage.core.clock import LONDON
from engage.desk import today_glass, today_news, today_surveys
from engage.desk.parts import FEW, Part, day, rest
from engage.listening.casework import queries as casework
from engage.listening.casework import views as case_views
from engage.listening.inspections import queries as inspections
from engage.listening.inspections.kinds import InspectionState
from engage.listening.surveys import queries as surveys
from engage.listening.surveys.kinds import SurveyState
from engage.people import queries as people
from engage.safeguarding import alerts, service_apart, words_hours
from engage.safeguarding import queries as safeguarding
from engage.safeguarding import queries_apart as apart
from engage.safeguarding import queries_duty as flag_duty
from engage.safeguarding import queries_rooms as rooms
from engage.safeguarding import views as flag_views
from engage.safeguarding.contact import queries as contact
from engage.safeguarding.contact import service_together as contact_together
from engage.safeguarding.contact import views as contact_views
from engage.safeguarding.routes import OPENS
from engage.safeguarding.views_reading import unread
from engage.understanding.releases import queries as releases
from engage.understanding.themes import queries_coding, queries_quotes, words
from engage.understanding.themes.queries_coding import Wanted
from engage.understanding.themes.queries_quotes import State
from engage.voices import queries as voices
from engage.voices.queries import Narrowed
from engage.web.access import Permission, Principal, requires, signed_in
from engage.web.layout import language

bp = Blueprint("today", __name__)


@bp.get("/staff/")
@requires()
def door() -> ResponseReturnValue:
    """What somebody types who knows no more of the address."""
    return redirect(url_for("today.page"), 303)


@bp.get("/staff/today")
@requires()
def page() -> ResponseReturnValue:
    """What waits for the person signed in."""
    who = signed_in()
    parts = [made for permissions, make in PARTS if _may(who, permissions) and (made := make()).items]
    minds_numbers = who.can(Permission.MANAGE_PARTNERSHIP) or who.can(Permission.TRIAGE_FLAGS)
    stale = _stale_numbers() if minds_numbers else []
    gives_roles = who.can(Permission.MANAGE_PEOPLE)
    alone, undecided = (_nobody_left(who.id), today_glass.nobody_decides(who.id)) if gives_roles else ([], "")
    silent = alerts.silent(who.id) if minds_numbers or gives_roles else None
    return render_template(
        "desk/today.html",
        now=format_datetime(clock.now().astimezone(LONDON), "EEEE d MMMM y, HH:mm"),
        parts=parts,
        lede=_lede(parts, stale, len(alone) + bool(undecided) + (silent is not None)),
        silent=silent,
        stale=stale,
        nobody=words_hours.nobody_there(flag_duty.duty().hours) if who.can(Permission.TRIAGE_FLAGS) else "",
        nobody_left=alone,
        nobody_decides=undecided,
    )


def _nobody_left(asking: uuid.UUID) -> list[str]:
    """What waits and nobody here may open: nothing of it but that it is there (C6)."""
    flags = service_apart.count_without_anybody(asking)
    requests = service_apart.count_without_anybody(asking, [row.id for row in contact.list_open()])
    said = [
        ngettext("A flag waits that nobody here may open", "%(num)s flags wait that nobody here may open", flags)
        if flags
        else "",
        ngettext(
            "Somebody who wants to be contacted waits, and nobody here may open it",
            "%(num)s people who want to be contacted wait, and nobody here may open it",
            requests,
        )
        if requests
        else "",
    ]
    unread_rooms = service_apart.rooms_without_anybody(asking)
    said += [_("Nobody here reads what went to %(room)s", room=flag_views.decision(room)) for room in unread_rooms]
    return [str(each) for each in said if each]


def _may(who: Principal, permissions: tuple[Permission, ...]) -> bool:
    return any(who.can(permission) for permission in permissions)


def _lede(parts: list[Part], stale: list[str], alone: int) -> str:
    waits = alone + sum(part.cannot_wait for part in parts)
    if waits:
        return str(ngettext("%(num)s thing cannot wait.", "%(num)s things cannot wait.", waits))
    if stale:
        return str(_("Help numbers want checking."))
    return str(_("Nothing here is late.")) if parts else str(_("Nothing waits for you."))


def _flags() -> Part:
    seen, duty = rooms.seen_by(signed_in().id), flag_duty.duty()
    waiting = safeguarding.count_open(without=seen.without_new, only=seen.only)
    matters = safeguarding.list_open(FEW, without=seen.without_new, only=seen.only)
    groups = flag_views.flag_groups(matters, people.names_of(signed_in().partnership_id), duty)
    late = flag_views.count_late(safeguarding.waits(without=seen.without_new, only=seen.only), duty)
    items = [
        {
            "what": item.what,
            "why": item.why,
            "action": _("Open") if item.is_opened else _("Read now"),
            "href": url_for("safeguarding.flag", flag_id=item.flag_id),
            "post": True,
            "strong": item.is_first,
            "clock": item.clock,
        }
        for group in groups
        for item in group.lines
    ]
    count = ngettext("%(num)s waits", "%(num)s wait", waiting.matters)
    cannot_wait, more = max(waiting.unopened, late), rest(waiting.matters, "safeguarding.flags")
    return Part("flags", _("Someone may not be safe"), "harm", "stop", items, str(count), cannot_wait, more)


def _contact() -> Part:
    hidden = apart.hidden_from(signed_in().id)
    waiting = contact.list_waiting(contact.Narrowed(without=hidden), contact_together.strange_hours(without=hidden))
    lines = contact_views.lines(waiting, people.names_of(signed_in().partnership_id))
    items = [
        {
            "what": line.what,
            "why": line.why,
            "action": _("Open"),
            "href": url_for("contact_queue.open_request", request_id=line.id),
            "post": True,
            "clock": line.clock,
        }
        for line in lines[:FEW]
    ]
    count = ngettext("%(num)s waits", "%(num)s wait", len(lines))
    cannot_wait = sum(not line.is_opened or bool(line.clock and line.clock.is_late) for line in lines)
    more = rest(len(lines), "contact_queue.waiting")
    return Part("contact", _("People who want to be contacted"), "harm", "flag", items, str(count), cannot_wait, more)


def _again() -> Part:
    seen, names = rooms.seen_by(signed_in().id), people.names_of(signed_in().partnership_id)
    rows = [row for row in flag_duty.follow_ups(clock.today()) if seen.opens(row.origin_id, row.decision)]
    items = [
        {
            "what": flag_views.decision(row.decision) or "",
            "why": _("Decided by %(name)s.", name=names.get(row.decided_by, "")),
            "action": _("Look again"),
            "href": url_for("safeguarding.flag", flag_id=row.flag_id),
            "post": True,
            "clock": _promised(row.due_on, is_late=row.due_on < clock.today()),
        }
        for row in rows[:FEW]
    ]
    return Part("again", _("Flags to look at again"), "wait", "hourglass", items, str(len(rows)), len(rows))


def _reading() -> Part:
    lines = unread(voices.count_unread_by_concern(Narrowed(without=safeguarding.with_the_lead())))
    items = [
        {
            "what": line.level,
            "why": _("%(count)s, oldest %(week)s", count=line.count, week=line.oldest),
            "action": _("Read"),
            "href": url_for("reading.waiting"),
        }
        for line in lines
    ]
    return Part("reading", _("Comments not yet read"), "wait", "talk", items)


def _cases() -> Part:
    hidden = apart.hidden_from(signed_in().id)
    found = [case for case in casework.list_cases(casework.Narrowed(is_open=True)) if case.id not in hidden]
    items = case_views.queue_items(found, lambda case: url_for("cases.case", case_id=case.id))
    late = sum(item["clock"] is not None and item["clock"].state == "late" for item in items)
    count = ngettext("%(num)s open", "%(num)s open", len(items))
    more = rest(len(items), "cases.cases")
    return Part("clocks", _("Clocks running out"), "wait", "hourglass", items[:FEW], str(count), late, more)


def _owed() -> Part:
    rows = you_said.owed()
    items = [
        {
            "what": row.theme,
            "why": "; ".join(words.heard_from(row.heard)) or _("Fewer people than may be shown spoke of it."),
            "action": _("Write the answer"),
            "href": url_for("answers.answer", answer_id=row.draft_id)
            if row.draft_id
            else url_for("answers.new", theme_id=row.theme_id),
            "clock": _promised(row.promised_on, is_late=row.is_late) if row.promised_on else None,
        }
        for row in rows[:FEW]
    ]
    late = sum(row.is_late for row in rows)
    more = rest(len(rows), "answers.answers")
    return Part("owed", _("Answers owed"), "quiet", "talk", items, str(len(rows)), late, more)


def _promised(on: date, *, is_late: bool) -> dict[str, Any]:
    big = _("Late") if is_late else day(on)
    small = _("promised %(day)s", day=day(on))
    return {"big": big, "small": small, "gone": 1 if is_late else 0.5, "kind": "harm" if is_late else ""}


def _coding() -> Part:
    progress = queries_coding.progress(Wanted())
    waiting = progress.total - progress.done
    if not waiting:
        return Part("coding", _("Themes waiting"), "quiet", "themes")
    what = ngettext("%(num)s comment to code", "%(num)s comments to code", waiting)
    item = {
        "what": str(what),
        "why": _("Each was read by a trained reader first."),
        "action": _("Code"),
        "href": url_for("coding.page"),
    }
    return Part("coding", _("Themes waiting"), "quiet", "themes", [item])


def _quotes() -> Part:
    waiting = queries_quotes.count_quotes(State.WAITING)
    item = {
        "what": str(ngettext("%(num)s quote waits", "%(num)s quotes wait", waiting)),
        "why": _("A second person decides whether it is shown."),
        "action": _("Decide"),
        "href": url_for("quotes.quotes"),
    }
    return Part("quotes", _("Quotes to decide on"), "quiet", "talk", [item] if waiting else [])


def _visits() -> Part:
    hidden = apart.hidden_from(signed_in().id)
    items = [
        {
            "what": visit.service,
            "why": _("The team is looking at it together.")
            if visit.state is InspectionState.TOGETHER
            else _("%(locked)s of %(team)s have locked their scores.", locked=visit.locked, team=visit.team),
            "action": _("Open"),
            "href": url_for("inspection_planning.visit", inspection_id=visit.id),
        }
        for visit in inspections.list_visits_to_do(clock.today())
        if visit.id not in hidden
    ]
    return Part("visits", _("Visits"), "", "flag", items[:FEW])


def _releases() -> Part:
    released = {row.survey_id for row in releases.list_releases()}
    items = []
    for row in surveys.list_surveys():
        definition = row.definition
        if row.state is SurveyState.CLOSED and row.id not in released and definition is not None:
            items.append({
                "what": definition.title.say(language()).text,
                "why": _("Closed and not released yet. Nobody sees numbers before a release."),
                "action": _("Freeze a release"),
                "href": url_for("releases.survey_results", survey=row.slug),
            })
    return Part("releases", _("Releases ready"), "", "seal", items)


def _stale_numbers() -> list[str]:
    limit = clock.in_days(-180)
    return [row.name for row in people.list_help_numbers() if row.checked_on < limit]


PARTS: tuple[tuple[tuple[Permission, ...], Callable[[], Part]], ...] = (
    (OPENS, _flags),
    ((Permission.TRIAGE_FLAGS,), _contact),
    (OPENS, _again),
    ((Permission.READ_VOICES,), _reading),
    ((Permission.HANDLE_CASES, Permission.TRIAGE_FLAGS), today_glass.requests),
    ((Permission.HANDLE_CASES, Permission.SEE_CASES), _cases),
    ((Permission.MANAGE_SURVEYS,), today_surveys.tablets),
    ((Permission.MANAGE_SURVEYS,), today_surveys.closing),
    ((Permission.WRITE_ANSWERS,), _owed),
    ((Permission.CODE_VOICES,), _coding),
    ((Permission.RELEASE_QUOTES,), _quotes),
    ((Permission.MANAGE_SURVEYS,), today_surveys.drafts),
    ((Permission.MANAGE_SURVEYS,), today_surveys.stale),
    ((Permission.MAKE_RELEASES,), _releases),
    ((Permission.PLAN_INSPECTIONS,), _visits),
    ((Permission.SEE_RESULTS,), today_news.results),
    ((Permission.SEE_REPORTS,), today_news.answers),
    ((Permission.SEE_REPORTS,), today_news.papers),
)
