"""Every table of the product, imported so that the metadata is whole."""

from engage.answering.you_said import models as you_said
from engage.assurance.accessibility import models as accessibility
from engage.assurance.reports import models as reports
from engage.core import audit, erasing, holds, jobs, outbox, retention
from engage.listening.ballots import models as ballots
from engage.listening.casework import models as casework
from engage.listening.inspections import models as inspections
from engage.listening.invited import models as invited
from engage.listening.kiosk import models as kiosk
from engage.listening.library import models as library
from engage.listening.making import models as making
from engage.listening.reach import models as reach
from engage.listening.surveys import models as surveys
from engage.listening.surveys import models_impact as impact
from engage.people import models as people
from engage.safeguarding import models as safeguarding
from engage.safeguarding import models_duty as duty
from engage.safeguarding.contact import models as contact
from engage.understanding.releases import models as releases
from engage.understanding.themes import models as themes
from engage.voices import models as voices

ALL = (
    audit,
    jobs,
    outbox,
    holds,
    retention,
    erasing,
    people,
    voices,
    safeguarding,
    duty,
    contact,
    ballots,
    invited,
    surveys,
    impact,
    reach,
    library,
    kiosk,
    making,
    casework,
    inspections,
    releases,
    themes,
    you_said,
    reports,
    accessibility,
)
