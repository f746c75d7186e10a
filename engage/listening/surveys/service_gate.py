"""What the publish gate says of a survey, with what only the partnership knows."""

from collections.abc import Sequence

from engage.core.scope import current
from engage.listening.library import queries as library
from engage.listening.library.queries import ItemRow
from engage.listening.surveys import service_impact
from engage.listening.surveys.queries import Overridden
from engage.listening.surveys.spoken import spoken_here
from engage.people import queries as people
from engage.rules.questionnaire.checks import Facts, Finding, Shown, check, musts
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.signed import library_names
from engage.web.access import Permission


def everything(definition: Definition) -> tuple[Finding, ...]:
    """All that the gate finds: what must be put right, and what somebody should look at."""
    return check(definition, _facts(definition))


def findings(definition: Definition) -> tuple[Finding, ...]:
    """What must be put right before the survey may go live; () when nothing."""
    return musts(everything(definition))


def unanswered(definition: Definition, overridden: Sequence[Overridden]) -> list[Finding]:
    """What the gate finds and nobody gave a reason for."""
    answered = {(each.code, each.question, each.place) for each in overridden}
    return [each for each in findings(definition) if (each.code, each.question, each.place) not in answered]


def _facts(definition: Definition) -> Facts:
    """What the gate has to know of the present partnership, and of what the survey shows of its library."""
    shown = library.shown(library_names(definition))
    here = people.get_partnership_by_id(current())
    return Facts(
        has_readers=people.can_anybody(current(), Permission.READ_VOICES),
        brand=here.brand if here is not None else None,
        has_impact=service_impact.is_current(definition),
        speech=spoken_here(),
        library={slug: _shown(row) for slug, row in shown.items()},
    )


def _shown(row: ItemRow) -> Shown:
    return Shown(row.kind.value, row.language, frozenset(row.words), frozenset(row.captions))
