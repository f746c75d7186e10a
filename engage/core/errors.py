"""What a service may answer instead of a result; the web turns each into a page, the command line into a line."""


class EngageError(Exception):
    """Base of every refusal that is part of the domain (a programming error is not one of these)."""


class NotFound(EngageError):
    """There is no such thing, or it is not in the asker's partnership: the two are never told apart."""


class Conflict(EngageError):
    """Somebody else changed it first; what the decision rested on is no longer so. `reason` as in `Refused`."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(EngageError):
    """A rule says no.

    `reason` is the key of a message in the catalogues (never free text), `params` fill its placeholders.
    """

    def __init__(self, reason: str, **params: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params
