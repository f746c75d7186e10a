"""What translating reads: a survey as it will be asked next, and what an English text said before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engage.core.errors import NotFound
from engage.listening.making import queries as copies
from engage.listening.surveys import queries as surveys
from engage.listening.surveys.queries import SurveyRow
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.texts import ENGLISH, Words
from engage.rules.questionnaire.translations import units

_STEPS_LOOKED_AT = 30


@dataclass(frozen=True)
class Standing:
    """What is translated now: the working copy, or (`revision` 0) the newest version where there is none."""

    survey: SurveyRow
    definition: Definition
    revision: int


def standing(slug: str) -> Standing:
    """The survey as it will be asked next; raises NotFound."""
    survey = surveys.get_survey(slug)
    if survey is None:
        raise NotFound(slug)
    copy = copies.copy_of(survey.id)
    if copy is not None:
        return Standing(survey, copy.definition, copy.revision)
    if survey.definition is None:
        raise NotFound(slug)
    return Standing(survey, survey.definition, 0)


def past_english(found: Standing, wanted: Mapping[str, str]) -> dict[str, Words]:
    """Unit key -> the English whose fingerprint is wanted for it, from published versions and the copy's last steps."""
    there: dict[str, Words] = {}
    for definition in _earlier(found):
        if len(there) == len(wanted):
            break
        for unit in units(definition):
            english = unit.text.root[ENGLISH]
            if wanted.get(unit.key) == english.fingerprint:
                there.setdefault(unit.key, english)
    return there


def _earlier(found: Standing) -> Iterator[Definition]:
    """Published versions, newest first, then what the working copy said before its last changes."""
    yield from (surveys.definition_of(version.id) for version in surveys.list_versions(found.survey.id))
    copy = copies.copy_of(found.survey.id)
    if copy is None:
        return
    for number in range(copy.revision - 1, max(0, copy.revision - _STEPS_LOOKED_AT), -1):
        definition = copies.definition_at(copy.id, number)
        if definition is not None:
            yield definition
