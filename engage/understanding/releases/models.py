"""Tables of releases and their published tables."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import Base, Key
from engage.core.scope import Scoped
from engage.rules.disclosure.overlap import Relation


class Release(Scoped, Base):
    """One frozen result of one survey: immutable and hashed. `counted` is private and never shown.

    `rung`: how far the ladder of coarsenings was walked down. `audit`: every rung tried, with what was asked and found.
    """

    __tablename__ = "release"
    __table_args__ = (sa.UniqueConstraint("survey_id", "number"),)

    id: Mapped[Key]
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey_version.id"))
    number: Mapped[int]
    frozen_on: Mapped[date]
    made_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    version_sha256: Mapped[str]
    rule: Mapped[dict[str, Any]]
    base: Mapped[int | None]
    counted: Mapped[int]
    rung: Mapped[str] = mapped_column(server_default="full")
    audit: Mapped[list[Any]] = mapped_column(server_default="[]")
    sha256: Mapped[str]


class PublishedTable(Scoped, Base):
    """One table of a release, exactly as it may be seen. `hidden` says in codes what was hidden and why."""

    __tablename__ = "published_table"
    __table_args__ = (sa.UniqueConstraint("release_id", "position"),)

    id: Mapped[Key]
    release_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("release.id"), index=True)
    position: Mapped[int]
    question: Mapped[str] = mapped_column(index=True)
    is_multiple: Mapped[bool]
    filters: Mapped[dict[str, Any]]
    cells: Mapped[list[Any]]
    base: Mapped[int | None]
    hidden: Mapped[list[str]]


class KnownTotal(Scoped, Base):
    """How many people there are in a group, from elsewhere: beside it a release says who has not been heard from.

    `question` and `option` are empty for everybody whom a survey is for.
    """

    __tablename__ = "known_total"
    __table_args__ = (sa.UniqueConstraint("survey_id", "question", "option"),)

    id: Mapped[Key]
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    question: Mapped[str]
    option: Mapped[str]
    people: Mapped[int]
    source: Mapped[str]
    counted_on: Mapped[date]


class Overlap(Scoped, Base):
    """A person's word that two surveys were answered by the same people, or one by some of the other's.

    `relation` is of `survey_id` to `other_id`, which come in the order of their ids, so that a pair stands here once.
    One person asks to take it back, another agrees: the row stays, with the ids of the releases of both that were out
    by then. Their tables are held to each other for ever.
    """

    __tablename__ = "release_overlap"
    __table_args__ = (
        sa.CheckConstraint("ended_by <> given_up_by", name="second_person"),
        sa.CheckConstraint("ended_by IS NULL OR given_up_by IS NOT NULL", name="ended_is_given_up"),
        sa.CheckConstraint("(ended_by IS NULL) = (ended_on IS NULL)", name="ended_has_day"),
    )

    id: Mapped[Key]
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"))
    other_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    relation: Mapped[Relation]
    declared_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    declared_on: Mapped[date]
    given_up_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    given_up_on: Mapped[date | None]
    ended_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    ended_on: Mapped[date | None]
    stood_for: Mapped[list[Any]] = mapped_column(server_default="[]", default=list)


_STANDS = Overlap.ended_on.is_(None)
sa.Index(
    "uq_release_overlap_standing",
    Overlap.survey_id,
    Overlap.other_id,
    unique=True,
    sqlite_where=_STANDS,
    postgresql_where=_STANDS,
)


class Restricted(Scoped, Base):
    """Unrounded counts for a few people by name: asked for, agreed to by a second person, made with the next release.

    `sealed` holds the tables, encrypted, until the day it ends; the row and its hash stay. `is_seen`: somebody read
    them, and what was seen cannot be unseen: then they stay after the day, for the audit alone and opened by nobody.
    `refused`: made at its time it would have given somebody away. The purpose is sealed, for it may name somebody.
    """

    __tablename__ = "restricted_release"
    __table_args__ = (
        sa.CheckConstraint("agreed_by <> asked_by", name="second_person"),
        sa.CheckConstraint("release_id IS NULL OR agreed_by IS NOT NULL", name="made_is_agreed"),
        sa.CheckConstraint(
            "sealed IS NULL OR (release_id IS NOT NULL AND (deleted_on IS NULL OR is_seen))", name="sealed_is_made"
        ),
    )

    id: Mapped[Key]
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    purpose_sealed: Mapped[bytes]
    ends_on: Mapped[date]
    asked_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    asked_on: Mapped[date]
    agreed_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    agreed_on: Mapped[date | None]
    release_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("release.id"), index=True)
    refused: Mapped[bool] = mapped_column(default=False)
    rung: Mapped[str] = mapped_column(default="")
    audit: Mapped[list[Any]] = mapped_column(default=list)
    sealed: Mapped[bytes | None]
    sha256: Mapped[str] = mapped_column(default="")
    deleted_on: Mapped[date | None]
    is_seen: Mapped[bool] = mapped_column(server_default=sa.true(), default=False)


class RestrictedReader(Scoped, Base):
    """One of the people by name who may read a restricted release."""

    __tablename__ = "restricted_reader"
    __table_args__ = (sa.UniqueConstraint("restricted_id", "account_id"),)

    id: Mapped[Key]
    restricted_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("restricted_release.id"), index=True)
    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"), index=True)
