"""Small definitions for tests: every kind once, in words that do not matter."""

from hypothesis import HealthCheck, settings

from engage.rules.questionnaire.definition import Definition

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The tables of Unicode are built by the first example: on a busy machine that takes seconds."""


def words(plain: str) -> dict[str, dict[str, str]]:
    return {"en": {"plain": plain, "easy": f"{plain} (easy)"}}


def option(option_id: str, **more: object) -> dict[str, object]:
    return {"id": option_id, "text": words(option_id), **more}


QUESTIONS: list[dict[str, object]] = [
    {"id": "safe", "kind": "faces", "scale": "five", "safety": ["1", "2"]},
    {"id": "service", "kind": "stars", "words": [words(str(n)) for n in range(1, 6)]},
    {"id": "told", "kind": "single", "options": [option("yes"), option("no"), option("else", other=True)]},
    {
        "id": "tell",
        "kind": "multiple",
        "most": 2,
        "options": [option("family"), option("friend"), option("else", other=True), option("none", exclusive=True)],
    },
    {"id": "heard", "kind": "agreement", "scale": "agree"},
    {"id": "better", "kind": "text", "most": 50},
    {"id": "you", "kind": "contact", "name_label": words("name"), "reach_label": words("reach")},
]


def tree(*questions: dict[str, object], **more: object) -> dict[str, object]:
    """A definition as plain data with these questions (each gets a text), or with one of every kind."""
    asked = [{"text": words(f"Ask {q['id']}?"), **q} for q in questions or QUESTIONS]
    return {
        "survey": "sample",
        "audience": "children",
        "threshold": "children",
        "title": words("Title"),
        "intro": {
            **{name: words(name) for name in ("who", "why", "reads", "limits", "expectation")},
            "minutes": 5,
        },
        "thanks": words("Thanks"),
        "scales": {"five": [words(str(n)) for n in range(5)], "agree": [words(str(n)) for n in range(6)]},
        "questions": asked,
        **more,
    }


def sample(*questions: dict[str, object], **more: object) -> Definition:
    return Definition.model_validate(tree(*questions, **more))
