"""What a new survey and a new question begin with: words right for most, so that nobody faces an empty page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from engage.listening.making.fill import Tree
from engage.listening.surveys.service import ready_made
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import from_tree, tree_of
from engage.rules.questionnaire.texts import ENGLISH

_PROMISES: Final[Mapping[str, str]] = {
    "children": "your-voice",
    "young": "your-voice",
    "anyone": "your-voice",
    "parents": "parents-carers",
    "staff": "staff-voice",
    "practitioners": "staff-voice",
}
"""The ready-made survey whose promise before question 1 fits an audience."""


def _said(*words: tuple[str, str]) -> list[Tree]:
    return [{ENGLISH: {"plain": plain, "easy": easy}} for plain, easy in words]


_FACES = _said(
    ("Very bad", "Very bad"), ("Bad", "Bad"), ("In between", "OK"), ("Good", "Good"), ("Very good", "Very good")
)
_STARS = _said(
    ("1 star: very bad", "Very bad"),
    ("2 stars: bad", "Bad"),
    ("3 stars: in between", "OK"),
    ("4 stars: good", "Good"),
    ("5 stars: very good", "Very good"),
)
_AGREEMENT = _said(
    ("I disagree a lot", "No, never"),
    ("I disagree a bit", "Not much"),
    ("In the middle", "Sometimes"),
    ("I agree a bit", "Yes, mostly"),
    ("I agree a lot", "Yes, always"),
    ("I do not know", "I do not know"),
)
_NAME, _REACH = _said(("Your name", "Your name"), ("Phone number or email", "Phone or email"))

_QUESTIONS: Final[Mapping[str, Tree]] = {
    "faces": {"words": _FACES},
    "stars": {"words": _STARS},
    "agreement": {"words": _AGREEMENT},
    "contact": {"name_label": _NAME, "reach_label": _REACH},
}

_LAST: Final[Tree] = {
    "id": "anything_else",
    "kind": "text",
    "text": {
        ENGLISH: {
            "plain": "Is there anything else you want to tell us?",
            "easy": "Do you want to tell us anything else?",
        }
    },
}

BLANK_ROWS: Final = 2


def question(kind: str) -> Tree:
    """A new question of this kind, as plain data without an id."""
    return {"kind": kind, **_QUESTIONS.get(kind, {})}


def survey(slug: str, title: str, audience: str, ages: Sequence[int | None] = (None, None)) -> Definition:
    """A new survey for an audience: the promise that fits it, in English, and one last question to begin with."""
    model = tree_of(ready_made(_PROMISES[audience]))
    youngest, oldest = ages
    tree: dict[str, Any] = {
        **{name: model[name] for name in ("intro", "thanks")},
        **{name: model[name] for name in ("lawful_basis",) if name in model},
        "survey": slug,
        "audience": audience,
        "threshold": "staff" if audience in {"staff", "practitioners"} else "children",
        **({"age_min": youngest} if youngest is not None else {}),
        **({"age_max": oldest} if oldest is not None else {}),
        "title": {ENGLISH: {"plain": title, "easy": title}},
        "questions": [_LAST],
    }
    return from_tree({**tree, "intro": _in_english(tree["intro"]), "thanks": _in_english(tree["thanks"])})


def _in_english(value: Any) -> Any:
    """The same data with English only in every text."""
    if not isinstance(value, dict):
        return value
    if ENGLISH in value:
        return {ENGLISH: value[ENGLISH]}
    return {name: _in_english(inner) for name, inner in value.items()}
