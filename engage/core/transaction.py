"""One transaction a view or a job: `@transactional` decides whether what a service wrote is kept.

It opens nothing: the service calls `begin_write()` when its slow work is done.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import make_response
from flask.typing import ResponseReturnValue

from engage.core.context import kept
from engage.core.database import begin_write, end_write

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Saved:
    """A page that is shown and whose work is kept: the explicit word where a view saves without redirecting."""

    page: ResponseReturnValue


def transactional(view: Callable[P, ResponseReturnValue | Saved]) -> Callable[P, ResponseReturnValue]:
    """Commit before the response leaves, and only on a redirect or an explicit `Saved`; anything else rolls back.

    A failing commit propagates: nothing is acknowledged that is not stored. Nested use is a no-op.
    """

    @wraps(view)
    def decided(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        here = kept()
        if here.get("engage_transaction", False):
            answer = view(*args, **kwargs)
            return answer.page if isinstance(answer, Saved) else answer
        here.engage_transaction = True
        keep = False
        try:
            answer = view(*args, **kwargs)
            keep = isinstance(answer, Saved) or 300 <= make_response(answer).status_code < 400
        finally:
            here.pop("engage_transaction", None)
            end_write(commit=keep)
        return answer.page if isinstance(answer, Saved) else answer

    return decided


@contextmanager
def transaction() -> Generator[None]:
    """The same for a job or a command: begin to write, commit at the end, roll back on an error."""
    begin_write()
    keep = False
    try:
        yield
        keep = True
    finally:
        end_write(commit=keep)
