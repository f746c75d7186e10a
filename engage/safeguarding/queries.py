"""Selects on flags. What belongs to one origin (a response, a case) is one matter: one person, one decision."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engage.core.database import db
from engage.safeguarding.kinds import APART, Decision, FlagReason
from engage.safeguarding.models import Flag
from engage.safeguarding.queries_apart import kept_apart
from engage.voices.kinds import CONCERN_ORDER, Concern


@dataclass(frozen=True)
class FlagRow:
    """One flag. `raised_at` is a tick (UTC), gone once it is decided; then only `week` tells when."""

    id: uuid.UUID
    origin_kind: str
    origin_id: uuid.UUID
    level: Concern
    reason: FlagReason
    categories: tuple[str, ...]
    source_key: str
    language: str
    week: str
    raised_at: datetime | None
    opened_by: uuid.UUID | None
    decision: Decision | None
    decided_by: uuid.UUID | None


@dataclass(frozen=True)
class Matter:
    """All flags on one origin that stand together, the worst first; there is at least one."""

    flags: tuple[FlagRow, ...]

    @property
    def worst(self) -> FlagRow:
        """The flag that the matter is known by."""
        return self.flags[0]

    @property
    def raised_at(self) -> datetime | None:
        """Since when somebody waits: the oldest tick; None once decided."""
        return min((flag.raised_at for flag in self.flags if flag.raised_at), default=None)

    @property
    def wait(self) -> "Wait":
        """Since when it waits, and since when nobody has opened something of it."""
        unopened = [flag.raised_at for flag in self.flags if flag.raised_at and flag.opened_by is None]
        return Wait(self.worst.level, self.raised_at, min(unopened, default=None))

    @property
    def ids(self) -> frozenset[uuid.UUID]:
        """Its flags: what a decision says it has seen."""
        return frozenset(flag.id for flag in self.flags)


@dataclass(frozen=True)
class Waiting:
    """How many matters wait for a decision, how many of them nobody opened, and since when (a tick, UTC)."""

    matters: int
    unopened: int
    oldest: datetime | None


Origins = Collection[uuid.UUID]
ABOUT_STAFF = "staff_allegation"
_OPEN = Flag.decision.is_(None)
_ORIGIN = (Flag.origin_kind, Flag.origin_id)
TOGETHER = tuple(decision for decision in Decision if decision not in APART)
_HARM = sa.case(CONCERN_ORDER, value=Flag.level, else_=len(CONCERN_ORDER))


def list_open(limit: int, skipped: int = 0, *, without: Origins = (), only: Origins | None = None) -> list[Matter]:
    """Undecided matters in order of harm, whoever waits longest first inside; none of the origins in `without`, and of
    no others than `only` (None: of any).
    """
    grouped = sa.select(*_ORIGIN).where(_OPEN, *_not(without, only)).group_by(*_ORIGIN)
    order = (sa.func.min(_HARM), sa.func.min(Flag.raised_at), Flag.origin_id)
    rows = db.session.execute(grouped.order_by(*order).limit(limit).offset(skipped))
    origins = [(row.origin_kind, row.origin_id) for row in rows]
    mine = sa.select(Flag).where(_OPEN, Flag.origin_id.in_([origin_id for _, origin_id in origins]))
    found: dict[tuple[str, uuid.UUID], list[FlagRow]] = {origin: [] for origin in origins}
    for flag in db.session.scalars(mine.order_by(_HARM, Flag.id)):
        found.get((flag.origin_kind, flag.origin_id), []).append(_row(flag))
    return [Matter(tuple(flags)) for flags in found.values() if flags]


def count_open(*, without: Origins = (), only: Origins | None = None) -> Waiting:
    """What waits in triage, for Today and for the head of the list; `without` and `only` as in `list_open`."""
    unopened = sa.func.max(sa.case((Flag.opened_by.is_(None), 1), else_=0))
    matters = sa.select(unopened.label("unopened"), sa.func.min(Flag.raised_at).label("oldest"))
    one = matters.where(_OPEN, *_not(without, only)).group_by(*_ORIGIN).subquery()
    query = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(one.c.unopened), 0), sa.func.min(one.c.oldest))
    return Waiting(*db.session.execute(query).one())


@dataclass(frozen=True)
class Wait:
    """Since when one undecided matter waits, and since when nobody has opened something of it (ticks, UTC)."""

    level: Concern
    since: datetime | None
    unopened_since: datetime | None


def waits(*, without: Origins = (), only: Origins | None = None) -> list[Wait]:
    """The wait of every undecided matter; `without` and `only` as in `list_open`."""
    unopened = sa.func.min(sa.case((Flag.opened_by.is_(None), Flag.raised_at)))
    columns = sa.select(sa.func.min(_HARM).label("harm"), sa.func.min(Flag.raised_at), unopened)
    rows = db.session.execute(columns.where(_OPEN, *_not(without, only)).group_by(*_ORIGIN))
    levels = {place: level for level, place in CONCERN_ORDER.items()}
    return [Wait(levels.get(harm, Concern.AMBER), since, first) for harm, since, first in rows]


def decided_on(origins: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of these origins whose flags were all decided on (and that have any)."""
    query = sa.select(Flag.origin_id).where(Flag.origin_id.in_(origins)).group_by(Flag.origin_id)
    return frozenset(db.session.scalars(query.having(sa.func.count(Flag.id) == sa.func.count(Flag.decision))))


def matter_of(flag_id: uuid.UUID, *, lock: bool = False) -> Matter | None:
    """The matter a flag belongs to: its undecided flags, or the flag alone once it is decided. `lock` holds the rows
    until the transaction ends (where the database locks rows).
    """
    flag = db.session.get(Flag, flag_id)
    if flag is None:
        return None
    mine = sa.select(Flag).where(_OPEN, Flag.origin_kind == flag.origin_kind, Flag.origin_id == flag.origin_id)
    query = mine.order_by(_HARM, Flag.id).execution_options(populate_existing=True)
    rows = tuple(_row(each) for each in db.session.scalars(query.with_for_update() if lock else query))
    if flag_id in {row.id for row in rows}:
        return Matter(rows)
    db.session.refresh(flag)  # decided, perhaps while this waited for the lock
    return Matter((_row(flag),))


def list_decided(
    limit: int, skipped: int = 0, *, made: Collection[Decision] = TOGETHER, without: Origins = ()
) -> list[FlagRow]:
    """Flags with one of the decisions `made`, the newest week first; none of the origins in `without`."""
    query = sa.select(Flag).where(Flag.decision.in_(made), *_not(without)).order_by(Flag.week.desc(), Flag.id)
    return [_row(flag) for flag in db.session.scalars(query.limit(limit).offset(skipped))]


def count_decided(*, made: Collection[Decision] = TOGETHER, without: Origins = ()) -> int:
    """How many flags have one of the decisions `made`."""
    query = sa.select(sa.func.count()).select_from(Flag).where(Flag.decision.in_(made), *_not(without))
    return db.session.scalar(query) or 0


def open_origins() -> set[uuid.UUID]:
    """Where every undecided flag came from."""
    return set(db.session.scalars(sa.select(Flag.origin_id).where(_OPEN).distinct()))


def of_origins(origins: Origins) -> frozenset[uuid.UUID]:
    """Every flag, decided or not, on these origins."""
    return frozenset(db.session.scalars(sa.select(Flag.id).where(Flag.origin_id.in_(origins))) if origins else ())


def open_flag(origin_kind: str, origin_id: uuid.UUID, reason: FlagReason) -> uuid.UUID | None:
    """The flag that already stands on an origin for this reason and is not decided."""
    mine = (Flag.origin_kind == origin_kind, Flag.origin_id == origin_id, Flag.reason == reason)
    return db.session.scalar(sa.select(Flag.id).where(*mine, _OPEN).limit(1))


def with_the_lead() -> frozenset[uuid.UUID]:
    """Origins whose words are left out of the reading list: a reader passed them on and nobody decided yet, or it
    may be about somebody who works here, or it is kept apart.
    """
    about_staff = sa.cast(Flag.categories, sa.Text).contains(f'"{ABOUT_STAFF}"')
    mine = sa.select(Flag.origin_id).where(_OPEN, sa.or_(Flag.reason == FlagReason.READER, about_staff))
    return frozenset(db.session.scalars(mine)) | kept_apart()


def passed_on() -> frozenset[uuid.UUID]:
    """Origins that a reader passed on and nobody decided yet."""
    return frozenset(db.session.scalars(sa.select(Flag.origin_id).where(_OPEN, Flag.reason == FlagReason.READER)))


def sealed_note(flag_id: uuid.UUID) -> bytes | None:
    """The sealed reason of a decision; None while there is none."""
    return db.session.scalar(sa.select(Flag.note_sealed).where(Flag.id == flag_id))


def _not(origins: Origins, only: Origins | None = None) -> list[sa.ColumnElement[bool]]:
    left_out: list[sa.ColumnElement[bool]] = [Flag.origin_id.not_in(origins)] if origins else []
    return left_out if only is None else [*left_out, Flag.origin_id.in_(only)]


def _row(flag: Flag) -> FlagRow:
    return FlagRow(
        id=flag.id,
        origin_kind=flag.origin_kind,
        origin_id=flag.origin_id,
        level=flag.level,
        reason=flag.reason,
        categories=tuple(flag.categories),
        source_key=flag.source_key,
        language=flag.language,
        week=flag.week,
        raised_at=flag.raised_at,
        opened_by=flag.opened_by,
        decision=flag.decision,
        decided_by=flag.decided_by,
    )
