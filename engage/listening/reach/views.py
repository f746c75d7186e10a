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
from engage.core import languages
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
    """One card: the code in groups, and the picture of its address."""

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


def ways(row: SurveyRow) -> list[tuple[str, str, str]]:
    """(name, what for, address) of every way in; each keeps only which way somebody came, for a release."""
    kinds = (
        ("link", _("Link"), _("For a website, a message or a newsletter.")),
        ("qr", _("QR code"), _("The QR card carries it.")),
        ("poster", _("Poster"), _("The posters below carry it.")),
        ("handed-out", _("Handed out by an agency"), _("For agencies that pass it on to people they work with.")),
        ("kiosk", _("Shared tablet"), _("For a tablet that stays in a waiting room.")),
    )
    return [(name, about, link(row) if via == "link" else link(row, via=via)) for via, name, about in kinds]


def printable(codes_offered: list[str]) -> list[tuple[str, str, str]]:
    """(code, its own name, its direction) of the languages a survey can be printed in."""
    found = [languages.get(code) for code in codes_offered]
    return [(each.code, each.name, each.direction.value) for each in found]


def short(address: str) -> str:
    """An address as it is read out and typed: without its beginning."""
    return address.split("://", 1)[-1]


def _picture(address: str) -> Markup:
    return picture(qr.qr_svg(address, ""))
