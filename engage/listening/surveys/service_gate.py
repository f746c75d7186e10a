"""What the publish gate says of a survey, with what only the partnership knows."""

from collections.abc import Sequence
from typing import Final

from engage.core import clock
from engage.core.scope import current
from engage.listening.library import queries as library
from engage.listening.library.queries import ItemRow
from engage.listening.surveys import queries, service_impact, supplying
from engage.listening.surveys.queries import Overridden, SurveyRow
from engage.listening.surveys.spoken import spoken_here
from engage.people import queries as people
from engage.rules.questionnaire.checks import Facts, Finding, Shown, check, musts
from engage.rules.questionnaire.checks.basis import NO_IMPACT
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.signed import library_names
from engage.web.access import Permission

BEFORE_OPENING: Final = frozenset({NO_IMPACT.name})
"""What stops a survey from opening, and no version from being published of one that is not live."""


def everything(slug: str, definition: Definition) -> tuple[Finding, ...]:
    """All that the gate finds in a definition of survey `slug`: what must be put right, what is worth a look.

    Lists kept elsewhere count as they are now, unless they are written in already, as in a version.
    """
    definition = supplying.filled(definition)
    return check(definition, _facts(slug, definition))


def is_unassessed(row: SurveyRow) -> bool:
    """Whether a survey cannot open because nobody signed an assessment of what it asks, nor gave a reason."""
    if row.version is None or row.definition is None or service_impact.is_current(row.slug, row.definition):
        return False
    return NO_IMPACT.name not in {each.code for each in queries.list_overrides(row.version.id)}


def findings(slug: str, definition: Definition, *, is_live: bool = True) -> tuple[Finding, ...]:
    """What must be put right before the survey may go live; () when nothing. Where it is not live, only what stops a
    version from being published: the assessment may be signed for it until it opens.
    """
    found = musts(everything(slug, definition))
    return found if is_live else tuple(each for each in found if each.code not in BEFORE_OPENING)


def unanswered(slug: str, definition: Definition, overridden: Sequence[Overridden]) -> list[Finding]:
    """What the gate finds and nobody gave a reason for."""
    answered = {(each.code, each.question, each.place) for each in overridden}
    return [each for each in findings(slug, definition) if (each.code, each.question, each.place) not in answered]


def _facts(slug: str, definition: Definition) -> Facts:
    """What the gate has to know of the present partnership, and of what the survey shows of its library."""
    shown = library.shown(library_names(definition))
    here = people.get_partnership_by_id(current())
    return Facts(
        has_readers=people.can_anybody(current(), Permission.READ_VOICES),
        has_deciders=people.can_anybody(current(), Permission.TRIAGE_FLAGS),
        brand=here.brand if here is not None else None,
        has_impact=service_impact.is_current(slug, definition),
        speech=spoken_here(),
        today=clock.today(),
        library={slug: _shown(row) for slug, row in shown.items()},
    )


def _shown(row: ItemRow) -> Shown:
    return Shown(row.kind.value, row.language, frozenset(row.words), frozenset(row.captions))
