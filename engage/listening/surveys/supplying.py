"""The lists that a partnership keeps, as answers to choose: what `options_from` of a question names."""

from engage.people import queries as people
from engage.rules.questionnaire import supplied
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.kinds.base import Option
from engage.rules.questionnaire.texts import Text


def services() -> tuple[Option, ...]:
    """The services that are open now, by name. A name is a name: it stands in English in every language."""
    return tuple(Option(id=str(row.id), text=Text.english(row.name)) for row in people.list_services())


def filled(definition: Definition) -> Definition:
    """The definition with the lists of today where it waits for them; a version keeps those of its own day."""
    if not supplied.is_waiting(definition):
        return definition
    return supplied.write_in(definition, {"services": services()})


def of_today(definition: Definition) -> Definition:
    """The definition with the lists of today, whatever was written into it before: what a new version asks."""
    return filled(supplied.leave_open(definition))
