"""The page about how somebody answered, and its line on the page to check."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engage.listening.surveys.journey import Journey
from engage.listening.surveys.links import Links
from engage.rules.questionnaire.answers import SKIP
from engage.rules.questionnaire.how import ASKED, field
from engage.web.appearance import appearance
from engage.web.kept import render_kept

_WORDS: Mapping[str, Mapping[str, Any]] = {
    "company": {
        "alone": _l("I answered alone"),
        "friend": _l("A friend"),
        "carer": _l("A parent or carer"),
        "worker": _l("A worker, for instance a teacher or a social worker"),
        "interpreter": _l("An interpreter"),
    },
    "adult": {"yes": _l("Yes"), "no": _l("No")},
}
_PICTURES: Mapping[str, str] = {
    "alone": "child",
    "friend": "two-children",
    "carer": "family",
    "worker": "worker",
    "interpreter": "interpreter-person",
}
_QUESTIONS = {"company": _l("Who was with you when you answered?"), "adult": _l("Was an adult with you?")}


def how_page(journey: Journey, links: Links, said: Mapping[str, str], trouble: str = "") -> str:
    """Two short questions, with what was said before in place."""
    last = journey.path.ids[-1] if journey.path.ids else None
    chosen = tuple((name, said.get(name, "")) for name in ASKED)
    around = {
        "back_href": links.to_question(last) if last else links.to("intro"),
        "action": links.to("tell"),
        "trouble": trouble,
        "clash": clash() if trouble == "clash" else "",
    }

    def context() -> dict[str, Any]:
        return {"groups": groups(dict(chosen)), **around}

    return render_kept("surveys/how.html", (journey.flow.version_id, chosen, *around.values()), context)


def groups(said: Mapping[str, str]) -> list[dict[str, Any]]:
    """The short questions, with what was said before chosen: name, title, cards and selected of each."""
    return [_group(name, said.get(name, "")) for name in ASKED]


def for_a_pen() -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """The short questions on paper: (field, question, its (value, words)). What is left empty was left out."""
    return [
        (field(name), str(_QUESTIONS[name]), tuple((value, str(words)) for value, words in _WORDS[name].items()))
        for name in ASKED
    ]


def picture_of(value: str) -> str | None:
    """The symbol beside one of the words; None where there is none."""
    return _PICTURES.get(value)


def clash() -> str:
    """What is said to somebody who answered alone with an adult there."""
    return str(
        _(
            "You said that you answered alone, and also that an adult was with you. Please choose again. "
            "If you leave it like this, we keep neither."
        )
    )


def with_an_adult() -> dict[str, str]:
    """What was said about an adult, as it reads by itself on the page to check: "yes" and "no"."""
    return {"yes": _("An adult was with you"), "no": _("No adult was with you")}


def _group(name: str, said: str) -> dict[str, Any]:
    drawn = _PICTURES if appearance().symbols else {}
    items = [{"value": value, "label": _WORDS[name][value], "symbol": drawn.get(value, "")} for value in ASKED[name]]
    items.append({"value": SKIP, "label": _("I would rather not say"), "skip": True, "id": f"{field(name)}-skip"})
    return {"name": field(name), "title": _QUESTIONS[name], "cards": items, "selected": [said] if said else []}


def how_row(journey: Journey, links: Links) -> list[dict[str, Any]]:
    """What was said of it, to check; nothing where it is not asked."""
    if not journey.flow.definition.asks_how:
        return []
    said = journey.held.how or {}
    words = [str(_WORDS[name][value]) for name, value in said.items() if name == "company"]
    if said.get("adult"):
        words.append(with_an_adult()[said["adult"]])
    return [{"question": _("How did you answer?"), "answers": words or [_("Not provided")], "href": links.to("how")}]
