"""What the staff pages of reach are given: batches and links in words. No number about people."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from engage.adapters import qr
from engage.adapters.documents.paper import picture
from engage.listening.ballots.queries import BatchRow
from engage.listening.surveys.queries import SurveyRow
from engage.rules import codes


@dataclass(frozen=True)
class Batch:
    """A batch as the page lists it."""

    id: UUID
    for_whom: str
    count: str
    made: str
    expires: str
    state: str
    kind: str
    can_print: bool
    can_stop: bool


@dataclass(frozen=True)
class Card:
    """One card: the code in two groups, and the picture of its address."""

    groups: tuple[str, ...]
    picture: Markup


def batches(rows: list[BatchRow]) -> list[Batch]:
    """All batches with what can be done with each."""
    return [
        Batch(
            row.id,
            row.for_whom,
            ngettext("%(num)s card", "%(num)s cards", row.count),
            str(format_date(row.made_on, "d MMMM y")),
            str(format_date(row.expires_on, "d MMMM y")),
            _("Work now") if row.is_good else _("Do not work any more"),
            "good" if row.is_good else "quiet",
            row.can_print,
            row.is_good,
        )
        for row in rows
    ]


def cards(row: SurveyRow, drawn: list[str]) -> list[Card]:
    """A card for each code; its picture leads to the survey with the code filled in."""
    return [Card(tuple(codes.shown(code).split()), _picture(link(row, via="qr", code=code))) for code in drawn]


def link(row: SurveyRow, **values: str) -> str:
    """The whole address that people are given."""
    address: dict[str, Any] = {"survey": row.slug, **values}
    return request.host_url.rstrip("/") + url_for("surveys.intro", **address)


def short(address: str) -> str:
    """An address as it is read out and typed: without its beginning."""
    return address.split("://", 1)[-1]


def _picture(address: str) -> Markup:
    return picture(qr.qr_svg(address, ""))
