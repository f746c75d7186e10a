"""What a report rests on, made by the verbs that the pages call; and one report to look at."""

import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from flask import Flask

from engage.answering.you_said import service as you_said
from engage.answering.you_said.kinds import Reason, Verdict
from engage.answering.you_said.service import AnswerText
from engage.assurance.reports import queries, service, sources
from engage.assurance.reports.queries import ReportRow
from engage.assurance.reports.service import Chosen
from engage.core import clock
from engage.core.transaction import transaction
from engage.people.kinds import Role
from engage.rules.themes import Group
from engage.understanding.releases import service as releases
from engage.understanding.themes import service_quotes as quotes
from engage.understanding.themes.service_quotes import QuoteText
from tests.factories.cases import closed_case
from tests.factories.responses import add_responses
from tests.factories.surveys import open_survey
from tests.support.apps import within
from tests.support.inspections import planned, published, scored
from tests.support.people import staff
from tests.support.themes import code, count, heard, theme

TEXTS = {
    "period": "April to September 2026",
    "data": "Fewer children were reported missing than a year ago.\nThe police hold the figures.",
    "indicators": "CLA 12; Children who changed social worker; 41 of 312\nMSN 3; Return interviews within 3 days",
    "quality": "Twelve case files were audited in June.",
    "concerns": "- Caseloads are too high\n- Thresholds differ",
    "strengths": "Joint visits work",
    "children": "Children feel safest at home.",
    "gaps": "Children not in school: ask through the inclusion team",
    "development": "Tell children before a worker changes",
    "actions": "Police; Ring back within two days; March 2027\nHealth; Share the clinic list",
}


def freeze_results(app: Flask, partnership: uuid.UUID, folder: Path, slug: str, people: int) -> uuid.UUID:
    """Answers to one survey, frozen; the release's id."""
    open_survey(app, partnership, slug)
    add_responses(app, partnership, slug, people)
    with within(app, partnership), transaction():
        return releases.make_release(slug, releases.Place(folder / "snapshots", 1), None)


def spoken_theme(
    app: Flask, partnership: uuid.UUID, name: str, people: int, coder: uuid.UUID, **said: Any
) -> uuid.UUID:
    """A theme of which this many people spoke, counted."""
    made = theme(app, partnership, name)
    voices = (
        heard(app, partnership, *[f"{name}, says person {number}" for number in range(people)], **said)
        if people
        else []
    )
    code(app, partnership, [voice.id for voice in voices], [made], coder)
    count(app, partnership)
    return made


def quote(
    app: Flask,
    partnership: uuid.UUID,
    theme_id: uuid.UUID,
    text: str,
    by: tuple[uuid.UUID, uuid.UUID | None],
    **said_by: Any,
) -> uuid.UUID:
    """Words of somebody who spoke of the theme, prepared by one person and released by the second if there is one."""
    [voice] = heard(app, partnership, text, **said_by)
    code(app, partnership, [voice.id], [theme_id], by[0])
    with within(app, partnership), transaction():
        made = quotes.prepare(voice.id, QuoteText(text, theme_id, is_paraphrase=False), by[0])
        if by[1] is not None:
            quotes.release(made, by[1])
    return made


def answer(app: Flask, partnership: uuid.UUID, theme_id: uuid.UUID, by: uuid.UUID, **said_in: Any) -> uuid.UUID:
    """A published answer to the children who spoke of a theme."""
    given = {"you_said": "You said it", "decided_by": "The partnership", "decided_on": clock.today()} | said_in
    with within(app, partnership), transaction():
        made = you_said.add(theme_id, AnswerText(audience=Group.CHILDREN, **given), by)
        you_said.publish(made, by)
    return made


def evidence(app: Flask, partnership: uuid.UUID, folder: Path, coder: uuid.UUID) -> None:
    """Three releases, four themes (one too small to show), a star, a lesson."""
    for slug, people in (("your-voice", 60), ("staff-voice", 45), ("parents-carers", 25)):
        freeze_results(app, partnership, folder, slug, people)
    late = spoken_theme(app, partnership, "Told late that a worker changes", 25, coder)
    spoken_theme(app, partnership, "Nobody rings back", 15, coder)
    buses = spoken_theme(app, partnership, "Buses at night", 3, coder)
    staff_said = {"audience": "practitioners", "source_key": "staff-voice"}
    loads = spoken_theme(app, partnership, "Caseloads", 14, coder, **staff_said)
    for name in ("Supervision", "Thresholds"):
        spoken_theme(app, partnership, name, 2, coder, **staff_said)
    second = staff(app, partnership, "second", Role.SAFEGUARDING_LEAD)
    quote(app, partnership, late, "I was told on the day", (coder, second))
    quote(app, partnership, late, "Nobody has released this", (coder, None))
    quote(app, partnership, loads, "I see each child too seldom", (coder, second), **staff_said)
    answer(app, partnership, late, coder, we_did="A letter goes out two weeks before.", verdict=Verdict.DID)
    answer(
        app, partnership, buses, coder,
        verdict=Verdict.DID_NOT, reason=Reason.MONEY, because="A night bus costs more than we have.",
        we_did="We ask again next year.",
    )  # fmt: skip
    visit = planned(app, partnership)
    scored(app, partnership, visit, 4, 4, 3)
    published(app, partnership, visit)
    closed_case(app, partnership, "Ring back within two days, also when there is no news.")


def report(
    app: Flask,
    partnership: uuid.UUID,
    by: uuid.UUID | None,
    *,
    title: str = "Feeling listened to",
    texts: dict[str, str] | None = None,
    themes: Sequence[uuid.UUID] | None = None,
) -> ReportRow:
    """A draft resting on everything there is, with a text in every section."""
    with within(app, partnership):
        with transaction():
            chosen = Chosen(**sources.newest())
            if themes is not None:
                chosen = Chosen(chosen.releases, tuple(themes), chosen.lessons)
            made = service.start_report("thematic", title, chosen, by)
            service.save_report(made, title=title, texts=TEXTS if texts is None else texts, chosen=chosen, revision=1)
        return found(made)


def found(report_id: uuid.UUID) -> ReportRow:
    """A report as it is kept; inside a scope."""
    row = queries.get_report(report_id)
    assert row is not None
    return row


def texts_in(value: Any) -> Iterator[str]:
    """Every text anywhere in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


def section(content: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The blocks of one section."""
    found_blocks: list[dict[str, Any]] = next(part["blocks"] for part in content["sections"] if part["key"] == key)
    return found_blocks


def said(content: dict[str, Any], key: str) -> str:
    """Every text of one section, one to a line."""
    return "\n".join(texts_in(section(content, key)))
