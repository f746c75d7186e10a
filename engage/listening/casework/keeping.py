"""How long cases are kept: deleting one with its contact details and what was learned from it."""

import uuid

import sqlalchemy as sa

from engage.core.database import begin_write
from engage.listening.casework.models import Case


def delete_case(case_id: uuid.UUID) -> None:
    """Delete the row of a case, in the present write transaction; its words, flags and receipt are not here."""
    begin_write().execute(sa.delete(Case).where(Case.id == case_id))
