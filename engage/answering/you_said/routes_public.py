"""What was heard and what came of it, for everybody: what was not done stands as proudly as what was."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.answering.you_said import queries, views
from engage.answering.you_said.kinds import Verdict
from engage.answering.you_said.words import _
from engage.rules.themes import Group
from engage.understanding.themes import queries_quotes
from engage.understanding.themes.words import GROUPS
from engage.web.access import public as anybody
from engage.web.paging import page_number

bp = Blueprint("you_said", __name__)

_PAGE = 10


@dataclass(frozen=True)
class Narrowed:
    """What the page is narrowed to by its address."""

    verdict: Verdict | None
    group: Group | None

    def href(self, verdict: Verdict | None, group: Group | None, page: int = 1) -> str:
        """The address of the page narrowed so."""
        wanted: dict[str, Any] = {"outcome": verdict, "for": group, "page": page if page > 1 else None}
        return url_for("you_said.public", **{name: value for name, value in wanted.items() if value})


@bp.get("/<slug:partnership>/you-said")
@anybody
def public() -> ResponseReturnValue:
    """The published answers, the newest first."""
    outcome, group = request.args.get("outcome", ""), request.args.get("for", "")
    now = Narrowed(Verdict(outcome) if outcome in set(Verdict) else None, Group(group) if group in set(Group) else None)
    at = page_number()
    counts = queries.count_published()
    rows = queries.list_published(now.group, _PAGE + 1, verdict=now.verdict, skipped=(at - 1) * _PAGE)
    quotes = queries_quotes.quotes_of_themes({row.theme_id for row in rows})
    return render_template(
        "you_said/public.html",
        cards=[views.card(row, quotes.get((row.theme_id, row.audience), ())) for row in rows[:_PAGE]],
        counts={verdict.value: _count(counts, verdict, now.group) for verdict in Verdict},
        hrefs={each.value: now.href(None if each is now.verdict else each, now.group) for each in Verdict},
        current=now.verdict.value if now.verdict else "",
        groups=_groups(counts, now),
        has_answers=bool(counts),
        older=now.href(now.verdict, now.group, at + 1) if len(rows) > _PAGE else "",
        newer=now.href(now.verdict, now.group, at - 1) if at > 1 else "",
    )


def _count(counts: dict[tuple[Group, Verdict], int], verdict: Verdict, group: Group | None) -> int:
    return sum(count for key, count in counts.items() if key[1] is verdict and group in {None, key[0]})


def _groups(counts: dict[tuple[Group, Verdict], int], now: Narrowed) -> list[dict[str, object]]:
    """Links to the answers for one group each; none where there is only one group."""
    present = [group for group in Group if any(key[0] is group for key in counts)]
    if len(present) < 2:
        return []
    chips: list[dict[str, object]] = [
        {"label": _("All"), "href": now.href(now.verdict, None), "current": now.group is None}
    ]
    chips.extend(
        {"label": str(GROUPS[group]), "href": now.href(now.verdict, group), "current": now.group is group}
        for group in present
    )
    return chips
