"""What waits, and nobody in a partnership may open or be told of: for whoever runs the host (C6, C7)."""

from engage.core import scope
from engage.people import queries as people
from engage.safeguarding import service_apart
from engage.safeguarding.contact import queries


def places_without() -> list[str]:
    """Where a flag, a request for contact or what went to a room waits that nobody may open, and every administrator is
    kept from it: the slug of each, but of invented ones. Outside of any scope: nothing of what it is, nor how many.
    """
    return sorted(place.slug for place in people.list_partnerships() if not place.is_invented and _is_untold(place))


def _is_untold(place: people.PartnershipRow) -> bool:
    scope.enter(place.id)
    try:
        return service_apart.is_anything_untold([row.id for row in queries.list_open()])
    finally:
        scope.leave()
