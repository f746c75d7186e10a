"""Addresses of one journey: the same views stand under different addresses for different flows."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from engage.web.places import place

STOP = "stop-here"
"""The button that keeps the answer and leads out: no question can have this field."""


@lru_cache(maxsize=4096)
def _question_address(
    name: str, where: tuple[tuple[str, str], ...], question_id: str, _here: tuple[str, str], *, changing: bool
) -> str:
    """Asked for three times on every page. `_here`: what else the address hangs on, below which path and whose."""
    values: dict[str, Any] = {**dict(where), "question": question_id, **({"change": "1"} if changing else {})}
    return url_for(f"{name}.question", **values)


@dataclass(frozen=True)
class Links:
    """`name` is the blueprint's, `where` what its address carries (the survey's slug)."""

    name: str
    where: dict[str, str]

    def to(self, view: str, **values: str) -> str:
        """The address of one of the journey's views."""
        address: dict[str, Any] = {**self.where, **values}
        return url_for(f"{self.name}.{view}", **address)

    def to_question(self, question_id: str, *, changing: bool = False) -> str:
        """The address of a question; `changing` leads back to the check page afterwards."""
        found = place()
        here = (request.script_root, found.slug if found else "")
        return _question_address(self.name, tuple(self.where.items()), question_id, here, changing=changing)

    def sound(self, question_id: str | None = None) -> str:
        """The address of a question, or of the promise, as one sound; "" for a flow that has none."""
        if self.name != "surveys":
            return ""
        view = "survey_sound.question" if question_id else "survey_sound.promise"
        address: dict[str, Any] = {**self.where, **({"question": question_id} if question_id else {})}
        return url_for(view, **address)

    def go(self, view: str, **values: str) -> Response:
        """On to a view."""
        return redirect(self.to(view, **values), 303)

    def go_on(self, question_id: str | None, *, changing: bool = False) -> Response:
        """On to a question, or to the check page when there is none left."""
        if question_id is None:
            return self.go("check")
        return redirect(self.to_question(question_id, changing=changing), 303)
