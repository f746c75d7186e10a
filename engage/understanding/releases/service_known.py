"""The verb of known totals: write down how many people there are in each group, and who says so."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from engage.core import audit
from engage.core.database import begin_write
from engage.understanding.releases.models import KnownTotal
from engage.understanding.releases.queries_known import Known

LARGEST = 10_000_000


def set_known(survey_id: uuid.UUID, known: Sequence[Known], *, threshold: int) -> None:
    """Replace what is known for a survey. ValueError for a group under `threshold` people, or over `LARGEST`.

    Smaller groups are not kept: beside a release the mere size of one could point at people.
    """
    if any(not threshold <= one.people <= LARGEST for one in known):
        raise ValueError(f"a known total is {threshold} to {LARGEST}")
    session = begin_write()
    session.execute(sa.delete(KnownTotal).where(KnownTotal.survey_id == survey_id))
    session.add_all(
        KnownTotal(
            survey_id=survey_id,
            question=one.question,
            option=one.option,
            people=one.people,
            source=one.source,
            counted_on=one.counted_on,
        )
        for one in known
    )
    audit.record("known-totals-set", "survey", survey_id, groups=len(known))
