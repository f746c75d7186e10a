"""The verb of XLSForm: begin a survey from a workbook."""

import uuid

from engage.core.errors import Refused
from engage.listening.making import service as making
from engage.listening.surveys import queries as surveys
from engage.listening.surveys import service as survey_service
from engage.rules.questionnaire.definition import Definition
from engage.rules.xlsform.reading import Imported, read_xlsform


def take_in(content: bytes, like: str, slug: str | None, by: uuid.UUID | None) -> Imported:
    """A new survey with a working copy, from a workbook; the import, whose definition is None where it is refused.

    `like` names the ready-made survey whose first and last pages are borrowed; `slug` the address, the form's own
    name where it is None. Refused where there is a survey of that name.
    """
    found = read_xlsform(content, survey_service.ready_made(like))
    if found.definition is None:
        return found
    named = found.definition if slug is None else _named(found.definition, slug)
    if surveys.get_survey(named.survey) is not None:
        raise Refused("survey-exists")
    making.create(named.survey, named, by)
    return Imported(named, found.findings)


def _named(definition: Definition, slug: str) -> Definition:
    tree = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return Definition.model_validate({**tree, "survey": slug})
