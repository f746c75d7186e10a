"""What the worker does for releases: delete exact numbers whose day is over."""

from engage.core.jobs import job
from engage.core.transaction import transaction
from engage.understanding.releases import service_restricted


@job("end-restricted-releases", every_minutes=24 * 60)
def end_restricted() -> None:
    """Delete the counts of restricted releases that have ended and that no hold keeps."""
    with transaction():
        service_restricted.delete_ended()
