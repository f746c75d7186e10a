"""What the publish gate found, gathered by what it is about, with a way to each place."""

from dataclasses import dataclass
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from engage.listening.surveys import gate_words, service_gate
from engage.rules.questionnaire.checks import Finding
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.texts import ENGLISH

_TRANSLATING: Final = frozenset({"no_language", "stale_translation", "no_easy_words"})
_ELSEWHERE: Final = frozenset({"no_readers", "no_deciders", "low_contrast"})
"""Put right by an administrator, not in the survey."""


@dataclass(frozen=True)
class Where:
    """One place: what is wrong there, and the form where it can be put right ("": none of the builder's).

    `write`: what to write instead, where that is not the same at every place of its group.
    """

    text: str
    where: str
    href: str
    write: str


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
    return [_group(name, definition, findings) for findings in by_code.values()]


def way(name: str, definition: Definition, finding: Finding) -> str:
    """The form where a finding can be put right; "" where that is not done in the survey."""
    language = dict(finding.params).get("language", ENGLISH)
    kind, *rest = finding.place.split(".")
    if finding.code in _ELSEWHERE:
        return ""
    if finding.code in _TRANSLATING and language != ENGLISH:
        return url_for("translating.one", name=name, code=language)
    if finding.code == "no_impact_assessment":
        return url_for("impact.page", name=name)
    if kind == "scales" and rest:
        return url_for("making_forms.scale", name=name, scale=rest[0])
    if kind == "sections":
        return url_for("making_forms.sections", name=name)
    if kind == "intro" or finding.question not in definition:
        return url_for("making_forms.header", name=name)
    return url_for("making_forms.question", name=name, question=finding.question)


def _group(name: str, definition: Definition, findings: list[Finding]) -> Group:
    said = [gate_words.said(finding) for finding in findings]
    is_one = len({words.write for words in said}) == 1
    places = tuple(
        Where(
            words.what,
            gate_words.whereabouts(finding, definition) or _("The survey as a whole"),
            way(name, definition, finding),
            "" if is_one else words.write,
        )
        for finding, words in zip(findings, said, strict=True)
    )
    is_must = any(finding.weight == "must" for finding in findings)
    return Group(findings[0].code, said[0].why, said[0].write if is_one else "", is_must, places)
