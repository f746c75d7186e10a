"""Addresses of one journey: the same views stand under different addresses for different flows."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from engage.core.context import asked
from engage.web.places import place

STOP = "stop-here"
"""The button that keeps the answer and leads out: no question can have this field."""


@lru_cache(maxsize=4096)
def _address(endpoint: str, values: tuple[tuple[str, str], ...], _here: tuple[str, str]) -> str:
    """Asked for several times on every page. `_here`: what else the address hangs on, below which path and whose."""
    given: dict[str, Any] = dict(values)
    return url_for(endpoint, **given)


def _here() -> tuple[str, str]:
    found = place()
    return asked().script_root, found.slug if found else ""


@dataclass(frozen=True)
class Links:
    """`name` is the blueprint's, `where` what its address carries (the survey's slug)."""

    name: str
    where: dict[str, str]

    def to(self, view: str, **values: str) -> str:
        """The address of one of the journey's views."""
        if values:  # what somebody typed may be among them: not kept
            address: dict[str, Any] = {**self.where, **values}
            return url_for(f"{self.name}.{view}", **address)
        return _address(f"{self.name}.{view}", tuple(self.where.items()), _here())

    def to_question(self, question_id: str, *, changing: bool = False) -> str:
        """The address of a question; `changing` leads back to the check page afterwards."""
        asked = (*self.where.items(), ("question", question_id), *((("change", "1"),) if changing else ()))
        return _address(f"{self.name}.question", asked, _here())

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
