"""Legal holds: what must be kept until somebody says otherwise, whatever its period or its person says.

A hold stands on the whole partnership, on one survey or on one case. It is asked about before anything is deleted.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core import audit, clock
from engage.core.crypto import keyring
from engage.core.database import Base, Key, begin_write, db
from engage.core.errors import Conflict, NotFound, Refused
from engage.core.ids import new_id
from engage.core.scope import Scoped

_REASON = "hold-reason"
LONGEST = 500


class HoldOn(StrEnum):
    """What a hold stands on."""

    PARTNERSHIP = "partnership"
    SURVEY = "survey"
    CASE = "case"


class LegalHold(Scoped, Base):
    """One hold. `target_id` is the survey or case, `target_key` its slug or reference; the reason is sealed, for it may
    name somebody.
    """

    __tablename__ = "legal_hold"
    __table_args__ = (
        sa.CheckConstraint("(target = 'partnership') = (target_id IS NULL)", name="target_known"),
        sa.CheckConstraint("(lifted_on IS NULL) = (lifted_by IS NULL)", name="lifter_known"),
    )

    id: Mapped[Key]
    target: Mapped[HoldOn]
    target_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    target_key: Mapped[str]
    reason_sealed: Mapped[bytes]
    placed_by: Mapped[uuid.UUID]
    placed_on: Mapped[date]
    lifted_by: Mapped[uuid.UUID | None]
    lifted_on: Mapped[date | None]


@dataclass(frozen=True)
class HoldRow:
    """A hold as its page shows it, the reason opened."""

    id: uuid.UUID
    target: HoldOn
    target_id: uuid.UUID | None
    target_key: str
    reason: str
    placed_by: uuid.UUID
    placed_on: date
    lifted_by: uuid.UUID | None
    lifted_on: date | None


@dataclass(frozen=True)
class Held:
    """What may not be deleted now: all of it, or these surveys (by id and by slug) and cases."""

    everything: bool = False
    surveys: frozenset[uuid.UUID] = frozenset()
    slugs: frozenset[str] = frozenset()
    cases: frozenset[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class Target:
    """What a hold is to stand on: `key` is a survey's slug or a case's reference."""

    on: HoldOn
    id: uuid.UUID | None = None
    key: str = ""


def place(target: Target, reason: str, by: uuid.UUID) -> uuid.UUID:
    """Keep something from now on; the hold's id. Refused without a reason ("hold-reason")."""
    words = reason.strip()
    if not words or len(words) > LONGEST:
        raise Refused("hold-reason")
    hold_id = new_id()
    sealed = keyring().seal(words, row=hold_id, purpose=_REASON)
    facts = {"id": hold_id, "target": target.on, "target_id": target.id, "target_key": target.key}
    begin_write().add(LegalHold(**facts, reason_sealed=sealed, placed_by=by, placed_on=clock.today()))
    audit.record("hold-placed", target.on.value, target.id)
    return hold_id


def lift(hold_id: uuid.UUID, by: uuid.UUID, hidden: Collection[uuid.UUID] = ()) -> None:
    """End a hold; who and when stays. NotFound for one on a case in `hidden`, Conflict where it has ended."""
    hold = begin_write().get(LegalHold, hold_id, with_for_update=True)
    if hold is None or hold.target_id in hidden:
        raise NotFound
    if hold.lifted_on is not None:
        raise Conflict
    hold.lifted_by, hold.lifted_on = by, clock.today()
    db.session.flush()
    audit.record("hold-lifted", hold.target.value, hold.target_id)


def list_holds(hidden: Collection[uuid.UUID] = ()) -> list[HoldRow]:
    """All holds, but those on a case in `hidden`: those that stand first, then the newest."""
    order = (LegalHold.lifted_on.is_not(None), LegalHold.placed_on.desc(), LegalHold.id)
    rows = db.session.scalars(sa.select(LegalHold).order_by(*order))
    return [_row(hold) for hold in rows if hold.target_id not in hidden]


def held() -> Held:
    """What stands under a hold now."""
    rows = list(db.session.scalars(sa.select(LegalHold).where(LegalHold.lifted_on.is_(None))))
    return Held(
        everything=any(row.target is HoldOn.PARTNERSHIP for row in rows),
        surveys=frozenset(row.target_id for row in rows if row.target is HoldOn.SURVEY and row.target_id),
        slugs=frozenset(row.target_key for row in rows if row.target is HoldOn.SURVEY),
        cases=frozenset(row.target_id for row in rows if row.target is HoldOn.CASE and row.target_id),
    )


def is_held(target: HoldOn, target_id: uuid.UUID) -> bool:
    """Whether a hold stands on this survey or case, or on everything."""
    now = held()
    return now.everything or target_id in (now.surveys if target is HoldOn.SURVEY else now.cases)


def _row(hold: LegalHold) -> HoldRow:
    reason = keyring().unseal(hold.reason_sealed, row=hold.id, purpose=_REASON)
    when = (hold.placed_by, hold.placed_on, hold.lifted_by, hold.lifted_on)
    return HoldRow(hold.id, hold.target, hold.target_id, hold.target_key, reason, *when)
