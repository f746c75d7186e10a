"""What the worker does for people's rights."""

from engage.core import retention
from engage.core.jobs import job
from engage.core.transaction import transaction
from engage.desk.rights import taking_back
from engage.desk.rights.kinds import KINDS


@job("finish-taking-back", every_minutes=5)
def finish_taking_back() -> None:
    """Delete what somebody took back and that had to wait for a decision."""
    with transaction():
        taking_back.finish_asked()


@job("delete-old", every_minutes=5)
def delete_old() -> None:
    """Do the run that two people have said yes to."""
    retention.perform(KINDS)
