"""The closed lists of words that people uses: stored by value, free for upper floors."""

import uuid
from enum import StrEnum

NOBODY = "Somebody who left"
"""The name of an account whose person was erased."""

KEY_DAYS = (30, 90, 365)
"""For how many days a machine's key may be made."""


def erased_sign_in(account_id: uuid.UUID) -> str:
    """What an account is called once who it was is erased: nobody signs in by it, and it is never opened again."""
    return f"erased-{account_id.hex}"


class AgencyKind(StrEnum):
    """What an agency is to the partnership (Children Act 2004, sections 16E and 16G)."""

    STATUTORY = "statutory"
    RELEVANT = "relevant"
    SCHOOL = "school"
    VOLUNTARY = "voluntary"


class Role(StrEnum):
    """What a person does here; a person may hold several."""

    ADMINISTRATOR = "administrator"
    SURVEY_MANAGER = "survey-manager"
    ANALYST = "analyst"
    RESPONDER = "responder"
    SAFEGUARDING_LEAD = "safeguarding-lead"
    ALLEGATIONS_LEAD = "allegations-lead"
    WHISTLEBLOWING_LEAD = "whistleblowing-lead"
    SCRUTINEER = "scrutineer"
    VIEWER = "viewer"
    YOUNG_INSPECTOR = "young-inspector"
    SUPPORTER = "supporter"
