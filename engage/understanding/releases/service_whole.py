"""The verb that looks whether releases still are what was frozen: nothing of a release is ever changed."""

from engage.listening.surveys import queries as surveys
from engage.understanding.releases import queries
from engage.understanding.releases.service import digest


def not_whole() -> list[str]:
    """Every release whose tables, rule, day or audit no longer fit the fingerprint it was stored with, in words."""
    return [
        f"Release {release.number} of {survey.slug} is not what was frozen."
        for survey in surveys.list_surveys()
        for release in queries.rows_of(survey.id)
        if digest(release, queries.frozen(release)) != release.sha256
    ]
