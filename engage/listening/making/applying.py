"""One edit of a working copy by one person, though somebody else may have changed another part of it meanwhile."""

import uuid

from engage.core.errors import Conflict
from engage.listening.making import queries, service
from engage.listening.making.editing import Edit, part_of
from engage.listening.making.queries import CopyRow
from engage.rules.questionnaire.load import load


def apply(slug: str, revision: int, touched: str, edit: Edit, by: uuid.UUID | None) -> CopyRow:
    """Make `edit` on the working copy as it is now.

    `revision` is what the person saw. Raises Conflict where what they `touched` (a question's id, or the header) is not
    as they saw it; DefinitionError where the edit gives nothing that holds together.
    """
    copy = service.working_copy(slug)
    if copy.revision != revision and part_of(copy.definition, touched) != _seen(copy, revision, touched):
        raise Conflict("survey-changed")
    return service.change(slug, copy.revision, edit(copy.definition), by)


def _seen(copy: CopyRow, revision: int, touched: str) -> dict[str, object] | None:
    text = queries.step_text(copy.id, revision)
    if text is None:
        raise Conflict("survey-changed")
    return part_of(load(text, "working copy"), touched)
