"""What the publish gate found, gathered by what it is about, with a way to each place."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from engage.listening.surveys import service_gate
from engage.rules.questionnaire.checks import Finding
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.texts import ENGLISH


@dataclass(frozen=True)
class Where:
    """One place: what is wrong there, and the form where it can be put right."""

    text: str
    where: str
    href: str


@dataclass(frozen=True)
class Group:
    """Every finding of one code. `is_must`: it stops publishing until it is put right or somebody gives a reason."""

    code: str
    why: str
    write: str
    is_must: bool
    places: tuple[Where, ...]


def gathered(name: str, definition: Definition) -> list[Group]:
    """Findings of the working copy of survey `name`, those that stop it first."""
    found = service_gate.everything(name, definition)
    by_code: dict[str, list[Finding]] = {}
    for finding in sorted(found, key=lambda each: each.weight != "must"):
        by_code.setdefault(finding.code, []).append(finding)
    return [
        Group(
            code,
            findings[0].why,
            findings[0].write,
            findings[0].weight == "must",
            tuple(_where(name, definition, finding) for finding in findings),
        )
        for code, findings in by_code.items()
    ]


def _where(name: str, definition: Definition, finding: Finding) -> Where:
    if finding.question is None or finding.question not in definition:
        return Where(finding.message, _("Before and after the questions"), url_for("making_forms.header", name=name))
    question = definition.question(finding.question)
    href = url_for("making_forms.question", name=name, question=question.id)
    return Where(finding.message, question.text.say(ENGLISH).text, href)
