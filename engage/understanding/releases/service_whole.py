"""The verb that looks whether releases still are what was frozen: nothing of a release is ever changed."""

from engage.listening.surveys import queries as surveys
from engage.understanding.releases import queries
from engage.understanding.releases.service import digest


def not_whole() -> list[str]:
    """Every release whose tables, rule, day or audit no longer fit the fingerprint it was stored with, in words."""
    return [
        f"Release {release.number} of {survey.slug} is not what was frozen."
        for survey in surveys.list_surveys()
        for version_id in sorted({row.version_id for row in queries.list_releases(survey.id)})
        for release, frozen in queries.frozen_tables(version_id)
        if digest(release, frozen) != release.sha256
    ]
