"""What the worker does for people's rights."""

from engage.core import wiping
from engage.core.jobs import job
from engage.core.transaction import transaction
from engage.desk.rights import taking_back


@job("finish-taking-back", every_minutes=5)
def finish_taking_back() -> None:
    """Delete what somebody took back and that had to wait for a decision."""
    with transaction():
        taking_back.finish_asked()


@job("wipe-traces", every_minutes=60, scoped=False)
def wipe_traces() -> None:
    """Leave nothing of what was deleted beside the database either."""
    wiping.wipe()
