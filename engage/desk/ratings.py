"""The stars that young inspectors gave, for anybody: also what ran out, who said no, and what could not be judged."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.core import clock
from engage.listening.inspections import queries
from engage.listening.inspections.views import reader
from engage.listening.inspections.views_public import Card, Standing, cards
from engage.listening.inspections.words import one_line
from engage.web.access import public

bp = Blueprint("ratings", __name__)

PER_PAGE = 20


@dataclass(frozen=True)
class Narrowed:
    """What the page is narrowed to by its address."""

    standing: Standing | None
    agency: uuid.UUID | None
    words: str
    page: int

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Narrowed":
        """From the address; what makes no sense is left out."""
        show, page = args.get("show", ""), args.get("page", "1")
        return cls(
            Standing(show) if show in set(Standing) else None,
            _uuid(args.get("agency", "")),
            one_line(args.get("q"))[:100],
            min(int(page), 10_000) if page.isascii() and page.isdigit() and int(page) else 1,
        )

    def fits(self, card: Card) -> bool:
        """Whether a card belongs to the agency and has the words; the standing is narrowed apart."""
        words = self.words.casefold()
        is_named = not words or words in f"{card.name}\n{card.what}".casefold()
        return is_named and self.agency in {None, card.agency_id}

    def address(self, *, show: str | None = None, page: int = 1) -> str:
        """The address of this list with another standing or page."""
        kept = self.standing.value if self.standing else ""
        asked: dict[str, str | int] = {"show": kept if show is None else show, "q": self.words}
        asked |= {"agency": str(self.agency) if self.agency else "", "page": page if page > 1 else ""}
        kept_only: dict[str, Any] = {name: value for name, value in asked.items() if value}
        return url_for("ratings.page", **kept_only)


@bp.get("/<slug:partnership>/ratings")
@public
def page() -> ResponseReturnValue:
    """Every service that was visited, or was asked and said no."""
    narrowed = Narrowed.read(request.args)
    everything = cards(queries.list_published_ratings(), clock.today(), reader())
    fitting = [card for card in everything if narrowed.fits(card)]
    shown = [card for card in fitting if narrowed.standing in {None, card.standing}]
    first = (narrowed.page - 1) * PER_PAGE
    return render_template(
        "desk/ratings.html",
        cards=shown[first : first + PER_PAGE],
        total=len(shown),
        pages=max(1, ceil(len(shown) / PER_PAGE)),
        is_empty=not everything,
        narrowed=narrowed,
        chips=_chips(fitting, narrowed),
        agencies=_agencies(everything),
    )


def _chips(fitting: Sequence[Card], narrowed: Narrowed) -> list[dict[str, object]]:
    counted = Counter(card.standing for card in fitting)
    labels = {
        Standing.STARS: _("With stars"),
        Standing.RUN_OUT: _("Run out"),
        Standing.SAID_NO: _("Said no"),
        Standing.NOT_SEEN: _("No stars yet"),
    }
    every: dict[str, object] = {
        "label": _("All %(count)s", count=len(fitting)),
        "href": narrowed.address(show=""),
        "current": narrowed.standing is None,
    }
    return [every] + [
        {
            "label": f"{label} ({counted[standing]})",
            "href": narrowed.address(show=standing.value),
            "current": narrowed.standing is standing,
        }
        for standing, label in labels.items()
        if counted[standing] or narrowed.standing is standing
    ]


def _agencies(everything: Sequence[Card]) -> list[dict[str, str]]:
    named = sorted({(card.agency, str(card.agency_id)) for card in everything})
    return [{"value": "", "label": _("All")}] + [{"value": value, "label": name} for name, value in named]


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
