"""Tables of surveys, versions, drafts and responses."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from engage.core.database import UNORDERED, Base, Key
from engage.core.scope import Scoped
from engage.listening.ballots.kinds import Entry
from engage.listening.surveys.kinds import SurveyState


class Survey(Scoped, Base):
    """A survey of a partnership: what is asked is in its versions."""

    __tablename__ = "survey"
    __table_args__ = (sa.UniqueConstraint("partnership_id", "slug"),)

    id: Mapped[Key]
    slug: Mapped[str]
    state: Mapped[SurveyState] = mapped_column(default=SurveyState.DRAFT)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    tell_by: Mapped[date | None]
    archived_on: Mapped[date | None]
    entry: Mapped[Entry] = mapped_column(default=Entry.OPEN, server_default=Entry.OPEN.value)
    quota: Mapped[int | None]


class SurveyVersion(Scoped, Base):
    """One published definition: immutable, with its SHA-256. Editing makes a new version."""

    __tablename__ = "survey_version"
    __table_args__ = (sa.UniqueConstraint("survey_id", "number"),)

    id: Mapped[Key]
    survey_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey.id"), index=True)
    number: Mapped[int]
    definition: Mapped[str]
    sha256: Mapped[str]
    published_on: Mapped[date]


class Override(Scoped, Base):
    """Why a version was published although the gate found this: a named person's reason, kept with the version."""

    __tablename__ = "survey_override"

    id: Mapped[Key]
    version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey_version.id"), index=True)
    position: Mapped[int]
    code: Mapped[str]
    question: Mapped[str | None]
    place: Mapped[str]
    message: Mapped[str]
    reason: Mapped[str]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))


class Draft(Scoped, Base):
    """Answers on their way, encrypted under a key that only the respondent holds. The id is a hash of their secret.

    `version_id` is empty where the questionnaire has no published versions. `way_lookup` and `way_sealed` are there
    once somebody asked to come back: a slow hash of their words, and their secret sealed by it (see `returning`).
    """

    __tablename__ = "draft"
    __table_args__ = (UNORDERED,)

    id: Mapped[bytes] = mapped_column(primary_key=True)
    version_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("survey_version.id"), index=True)
    sealed: Mapped[bytes]
    week: Mapped[str]
    way_lookup: Mapped[bytes | None] = mapped_column(index=True, unique=True)
    way_sealed: Mapped[bytes | None]


class DraftFile(Scoped, Base):
    """A file that belongs to a draft, padded and encrypted under the respondent's own key; it goes with its draft.

    Sent, it becomes an attachment of a voice under another id: nothing ties the two rows together.
    """

    __tablename__ = "draft_file"
    __table_args__ = (UNORDERED,)

    id: Mapped[Key]
    draft_id: Mapped[bytes] = mapped_column(sa.ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    size: Mapped[int]
    sealed: Mapped[bytes]
    week: Mapped[str]


class Response(Scoped, Base):
    """One person's closed answers: no name, no text, no time but the ISO week. Words are voices, elsewhere.

    From `language` on, all but `week` says how it was given, for releases only; "" is not known, or blanked when the
    survey closed because too few had answered so.
    """

    __tablename__ = "response"
    __table_args__ = (sa.UniqueConstraint("version_id", "submission_key"), UNORDERED)

    id: Mapped[Key]
    version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey_version.id"), index=True)
    submission_key: Mapped[bytes]
    answers: Mapped[dict[str, Any]]
    language: Mapped[str]
    channel: Mapped[str]
    company: Mapped[str] = mapped_column(default="", server_default="")
    adult: Mapped[str] = mapped_column(default="", server_default="")
    easy: Mapped[str] = mapped_column(default="", server_default="")
    symbols: Mapped[str] = mapped_column(default="", server_default="")
    read_aloud: Mapped[str] = mapped_column(default="", server_default="")
    large_print: Mapped[str] = mapped_column(default="", server_default="")
    bsl: Mapped[str] = mapped_column(default="", server_default="")
    week: Mapped[str]


class Forgotten(Scoped, Base):
    """How much of a version's answers is no more: how many were deleted, how often each background was blanked.

    Releases need it, to know what earlier ones counted that later ones do not. It says nothing of whom, or when.
    """

    __tablename__ = "answers_forgotten"
    __table_args__ = (sa.UniqueConstraint("version_id"),)

    id: Mapped[Key]
    version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("survey_version.id"))
    deleted: Mapped[int]
    blanked: Mapped[dict[str, Any]]
