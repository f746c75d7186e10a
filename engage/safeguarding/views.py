"""What the pages of triage show, ready to be drawn."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext, ngettext

from engage.core import clock, languages
from engage.core.audit import AuditEvent
from engage.safeguarding import clocks, words, words_duty
from engage.safeguarding.kinds import ASKED_FOR_HELP, Decision, FlagReason
from engage.safeguarding.queries import FlagRow, Matter, Wait, Waiting
from engage.safeguarding.queries_duty import DutyRow
from engage.safeguarding.receipts import Line
from engage.safeguarding.service_files import Ticket
from engage.safeguarding.service_triage import Opened
from engage.safeguarding.views_reading import NO_FILES, Words, said
from engage.voices.kinds import CONCERN_ORDER, Concern
from engage.voices.sources import Named, named
from engage.web.layout import language
from engage.web.words import language_name

# Where an origin has a page of its own; the channel above it owns the page, a flag knows only its name.
_ENDPOINTS = {"case": "cases.case"}


@dataclass(frozen=True)
class Clock:
    """A wait in words; `gone` fills the ring from 0 to 1."""

    big: str
    small: str
    gone: float
    kind: str
    is_late: bool = False


@dataclass(frozen=True)
class FlagItem:
    """One line of the triage queue."""

    flag_id: uuid.UUID
    level: Concern
    what: str
    why: str
    clock: Clock
    is_opened: bool
    is_first: bool = False


@dataclass(frozen=True)
class FlagGroup:
    """Flags of one level of concern, in order; `kind` and `shape` are how the queue is drawn."""

    concern: Concern
    title: str
    kind: str
    shape: str
    lines: tuple[FlagItem, ...]


@dataclass(frozen=True)
class Said:
    """One message written through a receipt."""

    who: str
    week: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class FlagPage:
    """A flag with everything the safeguarding lead decides by."""

    title: str
    over: str
    origin_kind: str
    origin_endpoint: str
    origin_id: uuid.UUID
    level: Concern
    level_text: str
    reasons: tuple[str, ...]
    has_low_answer: bool
    said: tuple[Words, ...]
    seen: tuple[str, ...]
    can_reply: bool
    conversation: tuple[Said, ...]
    note: str | None
    is_lost: bool
    decision: str | None
    decided_by: str
    clock: Clock


@dataclass(frozen=True)
class Step:
    """One act in a trail."""

    what: str
    when: str
    iso: str
    who: str


def flag_groups(matters: Sequence[Matter], names: Mapping[uuid.UUID, str], duty: DutyRow) -> list[FlagGroup]:
    """The triage queue by level of concern; inside one, what is late first, else in the order given.

    `names` are those of accounts; `duty` says when something is late.
    """
    asked = _named(flag for matter in matters for flag in matter.flags)
    items = [_item(matter, asked, names, duty) for matter in matters]
    items.sort(key=lambda item: (CONCERN_ORDER[item.level], not item.clock.is_late))
    if items:
        items[0] = replace(items[0], is_first=True)
    looks = {
        Concern.RED: (gettext("Read these first"), "harm", "stop"),
        Concern.NOT_CHECKED: (gettext("Not checked by anything yet"), "wait", "hidden"),
        Concern.AMBER: (gettext("Read these next"), "wait", "warning"),
    }
    return [
        FlagGroup(level, *look, lines=lines)
        for level, look in looks.items()
        if (lines := tuple(item for item in items if item.level is level))
    ]


def lede(waiting: Waiting, late: int) -> str:
    """What waits, in a few sentences; `late` are past the time that was set."""
    if not waiting.matters:
        return ""
    said = [_waits(waiting)]
    if late:
        said.append(str(ngettext("One is late.", "%(num)s are late.", late)))
    return " ".join(said)


def count_late(waits: Iterable[Wait], duty: DutyRow) -> int:
    """How many matters are past the time that was set for opening them or for deciding."""
    now = clock.now()
    found = (clocks.due(wait, duty, now) for wait in waits)
    return sum(due is not None and due.is_late for due in found)


def _waits(waiting: Waiting) -> str:
    total = ngettext("One flag waits for a decision.", "%(num)s flags wait for a decision.", waiting.matters)
    if not waiting.unopened:
        return str(total)
    unread = ngettext("One was not opened yet.", "%(num)s were not opened yet.", waiting.unopened)
    return f"{total} {unread}"


def _item(
    matter: Matter, asked: Mapping[tuple[str, str, str], Named], names: Mapping[uuid.UUID, str], duty: DutyRow
) -> FlagItem:
    worst = matter.worst
    why = [_reason(flag, asked) for flag in matter.flags]
    if worst.language and worst.language != languages.DEFAULT:
        why.append(gettext("In %(language)s.", language=language_name(worst.language, language())))
    if worst.opened_by:
        why.append(gettext("Opened by %(name)s.", name=names.get(worst.opened_by, "")))
    is_opened = worst.opened_by is not None
    return FlagItem(worst.id, worst.level, origin(worst, asked), " ".join(why), wait(matter, duty), is_opened)


def wait(matter: Matter, duty: DutyRow) -> Clock:
    """How long a matter has waited, and until when it is to be opened or decided on."""
    since, due = matter.raised_at, clocks.due(matter.wait, duty, clock.now())
    if since is None or due is None:
        return Clock(words.waited(None), words.week(matter.worst.week), 0, "")
    kind = "harm" if due.is_late or matter.worst.level is Concern.RED else "wait"
    until = words_duty.until(words.moment(due.at), is_first_read=due.is_first_read, is_late=due.is_late)
    has_begun = since <= clock.now()  # the tick may still be to come: nobody waits since a moment that is not there yet
    began = gettext("Since %(moment)s.", moment=words.moment(since)) if has_begun else ""
    return Clock(words.waited(since), f"{began} {until}".strip(), due.gone, kind, due.is_late)


def origin(flag: FlagRow, asked: Mapping[tuple[str, str, str], Named]) -> str:
    """Where a flag comes from, in words: 'An answer to "Your voice"'."""
    if flag.source_key == words.MESSAGE_SOURCE:
        return str(gettext("Somebody wrote again with their code"))
    source = asked[flag.origin_kind, flag.source_key, ""].source or gettext("a survey")
    template = words.ORIGINS.get(flag.origin_kind)
    return str(template) % {"source": source} if template else source


def flag_page(
    opened: Opened,
    names: Mapping[uuid.UUID, str],
    duty: DutyRow,
    files: Mapping[uuid.UUID, Sequence[Ticket]] = NO_FILES,
) -> FlagPage:
    """The page of one flag; `files` are those that came with its words."""
    matter, worst = opened.matter, opened.matter.worst
    asked = _named(matter.flags)
    return FlagPage(
        title=origin(worst, asked),
        over=gettext("Came in the %(week)s", week=words.week(worst.week)),
        origin_kind=worst.origin_kind,
        origin_endpoint=_ENDPOINTS.get(worst.origin_kind, ""),
        origin_id=worst.origin_id,
        level=worst.level,
        level_text=str(words.LEVELS[worst.level]),
        reasons=tuple(_reason(flag, asked) for flag in matter.flags),
        has_low_answer=any(_low(flag) for flag in matter.flags),
        said=said(opened.said, files),
        seen=tuple(sorted(str(each) for each in matter.ids | {row.id for row, _text in opened.said})),
        can_reply=opened.receipt_id is not None,
        conversation=tuple(_line(line) for line in opened.lines),
        note=opened.note,
        is_lost=opened.is_lost,
        decision=decision(worst.decision),
        decided_by=names.get(worst.decided_by, "") if worst.decided_by else "",
        clock=wait(matter, duty),
    )


def trail(events: Sequence[AuditEvent], names: Mapping[uuid.UUID, str]) -> list[Step]:
    """Who did what to a flag, and when."""
    what = {"flag-raised": gettext("Passed on by a person"), "flag-opened": gettext("Opened")}
    what["flag-decided"] = gettext("Decided")
    return [
        Step(
            what=what.get(event.action, event.action),
            when=words.moment(event.happened_at),
            iso=event.happened_at.isoformat(timespec="minutes"),
            who=names.get(event.actor_id, "") if event.actor_id else "",
        )
        for event in events
    ]


def decision(made: Decision | None) -> str | None:
    return str(words.DECISIONS[made]) if made else None


@dataclass(frozen=True)
class DecidedLine:
    """One line of the list of decided flags."""

    flag_id: uuid.UUID
    what: str
    who: str
    week: str
    why: str


def decided_lines(flags: Sequence[FlagRow], names: Mapping[uuid.UUID, str]) -> list[DecidedLine]:
    """The list of decided flags, in the order given."""
    asked = _named(flags)
    return [
        DecidedLine(
            flag_id=flag.id,
            what=gettext("%(decision)s: %(what)s", decision=decision(flag.decision), what=origin(flag, asked)),
            who=names.get(flag.decided_by, "") if flag.decided_by else "",
            week=words.week(flag.week),
            why=_reason(flag, asked),
        )
        for flag in flags
    ]


def _line(line: Line) -> Said:
    who = gettext("This person") if line.is_from_person else line.author or gettext("Somebody who has left")
    return Said(who, words.week(line.week), tuple(part for part in line.text.splitlines() if part.strip()))


def _named(flags: Iterable[FlagRow]) -> dict[tuple[str, str, str], Named]:
    asked = set()
    for flag in flags:
        asked |= {(flag.origin_kind, flag.source_key, key) for key in ("", *_low(flag))}
    return named(asked)


def _low(flag: FlagRow) -> list[str]:
    """The questions with their lowest answer that raised a flag."""
    return [key for key in flag.categories if key != ASKED_FOR_HELP] if flag.reason is FlagReason.LOW_ANSWER else []


def _reason(flag: FlagRow, asked: Mapping[tuple[str, str, str], Named]) -> str:
    if flag.reason is not FlagReason.LOW_ANSWER:
        return words.reason(flag.reason, flag.categories)
    questions = [asked[flag.origin_kind, flag.source_key, key].question for key in _low(flag)]
    return words.reason(flag.reason, flag.categories, questions)
