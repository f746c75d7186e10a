"""Stars: young inspectors' criteria as data, and the published way from locked scores to a star.

Here: criteria sets, the award, its expiry. Not here: visits, who may score, moderation, and any survey's answers
(they are shown beside a star, never averaged into it).
"""

from engage.rules.stars.award import (
    ESSENTIAL_CAP,
    ESSENTIAL_PASSES_AT,
    PHRASES,
    SEEN_BY,
    Award,
    Cap,
    CriterionResult,
    DomainResult,
    NoStar,
    Phrase,
    Score,
    award,
    expires_on,
)
from engage.rules.stars.criteria import (
    CriteriaSet,
    Criterion,
    Domain,
    Text,
    Wording,
    load_criteria,
    say,
    shipped_criteria,
)

__all__ = [
    "ESSENTIAL_CAP",
    "ESSENTIAL_PASSES_AT",
    "PHRASES",
    "SEEN_BY",
    "Award",
    "Cap",
    "CriteriaSet",
    "Criterion",
    "CriterionResult",
    "Domain",
    "DomainResult",
    "NoStar",
    "Phrase",
    "Score",
    "Text",
    "Wording",
    "award",
    "expires_on",
    "load_criteria",
    "say",
    "shipped_criteria",
]
