"""Who may do what: every view carries its access policy as metadata, and one place enforces it.

A view without a policy stops the product from starting. `app` plugs in the loader of the person signed in.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from engage.core import scope
from engage.core.context import asked, kept, product

View = TypeVar("View", bound=Callable[..., object])


class Permission(StrEnum):
    """One thing a role may do. A role's permissions are in people."""

    MANAGE_PEOPLE = "manage_people"
    MANAGE_PARTNERSHIP = "manage_partnership"
    MANAGE_SURVEYS = "manage_surveys"
    MAKE_RELEASES = "make_releases"
    SEE_RESULTS = "see_results"
    READ_VOICES = "read_voices"
    ENTER_PAPER = "enter_paper"
    TRIAGE_FLAGS = "triage_flags"
    READ_ALLEGATIONS = "read_allegations"
    READ_WHISTLEBLOWING = "read_whistleblowing"
    CODE_VOICES = "code_voices"
    RELEASE_QUOTES = "release_quotes"
    WRITE_ANSWERS = "write_answers"
    HANDLE_CASES = "handle_cases"
    SEE_CASES = "see_cases"
    PLAN_INSPECTIONS = "plan_inspections"
    SCORE_INSPECTIONS = "score_inspections"
    MAKE_REPORTS = "make_reports"
    SEE_REPORTS = "see_reports"
    SEE_AUDIT = "see_audit"


class Principal(Protocol):
    """The person signed in, as pages see them."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def partnership_id(self) -> uuid.UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def is_inspector(self) -> bool: ...
    def can(self, permission: str) -> bool: ...


class Door(StrEnum):
    """What kind of page a view is."""

    PUBLIC = "public"
    RESPONDENT = "respondent"
    SIGNED_IN = "signed_in"
    MACHINE = "machine"
    KEYED = "keyed"


@dataclass(frozen=True)
class Access:
    """A view's policy: the door, and for a signed-in page the permissions of which one is enough (none: any person)."""

    door: Door
    permissions: tuple[Permission, ...] = ()


def _with(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access_policy = access  # type: ignore[attr-defined]  # functions take any attribute
        return view

    return mark


def public(view: View) -> View:
    """Anybody may read this page; it sets no cookie and writes nothing."""
    return _with(Access(Door.PUBLIC))(view)


def respondent(view: View) -> View:
    """Anybody answering: the secret in their own cookie is all there is."""
    return _with(Access(Door.RESPONDENT))(view)


def machine(view: View) -> View:
    """For any machine: health checks, what the interface is."""
    return _with(Access(Door.MACHINE))(view)


def keyed(view: View) -> View:
    """Only for a machine that brings a working key of the partnership in the view's address."""
    return _with(Access(Door.KEYED))(view)


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Only somebody signed in who holds one of `permissions`; with none, anybody signed in."""
    return _with(Access(Door.SIGNED_IN, permissions))


def policy_of(view: Callable[..., object]) -> Access | None:
    """The access policy a view carries."""
    policy: Access | None = getattr(view, "access_policy", None)
    return policy


def principal() -> Principal | None:
    """The person signed in, if any."""
    who: Principal | None = kept().get("engage_principal")
    return who


def signed_in() -> Principal:
    """The person signed in; only for views that require it."""
    who = principal()
    if who is None:
        abort(403)
    return who


def init_app(app: Flask, load_principal: Callable[[], Principal | None], check_key: Callable[[], None]) -> None:
    """Enforce the policies; `load_principal` says who is signed in on this request, `check_key` raises Unauthorized
    where it brings no working key.
    """
    app.extensions["engage_principal_loader"] = load_principal
    app.extensions["engage_key_check"] = check_key
    app.before_request(_enforce)


def check(app: Flask) -> None:
    """Refuse to start with a view that has no policy."""
    missing = [name for name, view in app.view_functions.items() if policy_of(view) is None]
    if missing:
        raise RuntimeError(f"no access policy: {', '.join(sorted(missing))}")


def _enforce() -> ResponseReturnValue | None:
    endpoint = asked().endpoint
    if endpoint is None:
        return None
    policy = policy_of(product().view_functions[endpoint])
    if policy is None:
        abort(403)
    if policy.door is Door.KEYED:
        current_app.extensions["engage_key_check"]()
    if policy.door is not Door.SIGNED_IN:
        return None
    who = current_app.extensions["engage_principal_loader"]()
    if who is None:
        return _to_sign_in()
    g.engage_principal, g.engage_actor = who, who.id
    scope.enter(who.partnership_id)
    if policy.permissions and not any(who.can(permission) for permission in policy.permissions):
        abort(403)
    return None


def _to_sign_in() -> Response:
    inspector = request.path.startswith("/inspect")
    return redirect(url_for("people.inspector_sign_in" if inspector else "people.sign_in"), 303)
