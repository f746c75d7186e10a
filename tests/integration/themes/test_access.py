"""W1, W2: who may open the pages of themes and answers, role by role; ids of others lead nowhere."""

import uuid

import pytest
from flask import Flask

from engage.people.kinds import Role
from tests.support.client import PageClient, token_of
from tests.support.people import sign_in, staff

LOOKS = {
    Role.ADMINISTRATOR,
    Role.SURVEY_MANAGER,
    Role.ANALYST,
    Role.SAFEGUARDING_LEAD,
    Role.SCRUTINEER,
    Role.VIEWER,
}
CODES = {Role.ANALYST}
RELEASES = {Role.RESPONDER, Role.SAFEGUARDING_LEAD}
ANY = uuid.uuid4()
# (address, is a POST, the roles that get past the door)
PAGES: list[tuple[str, bool, set[Role]]] = [
    ("/staff/themes", False, LOOKS),
    (f"/staff/themes/{ANY}", False, LOOKS),
    ("/staff/themes", True, CODES),
    ("/staff/themes/count", True, CODES),
    (f"/staff/themes/{ANY}", True, CODES),
    (f"/staff/themes/{ANY}/open", True, CODES),
    ("/staff/themes/coding", False, CODES),
    ("/staff/themes/coding/open", True, CODES),
    (f"/staff/themes/coding/{ANY}", True, CODES),
    (f"/staff/themes/coding/{ANY}/worry", True, CODES),
    ("/staff/themes/quotes", False, LOOKS | RELEASES),
    (f"/staff/themes/quotes/{ANY}", False, CODES | RELEASES),
    (f"/staff/themes/quotes/new/{ANY}", True, CODES),
    (f"/staff/themes/quotes/{ANY}/release", True, RELEASES),
    (f"/staff/themes/quotes/{ANY}/original", True, RELEASES),
    (f"/staff/themes/quotes/{ANY}/withdraw", True, CODES),
    ("/staff/answers", False, CODES),
    (f"/staff/answers/{ANY}", False, CODES),
    (f"/staff/answers/new/{ANY}", False, CODES),
    (f"/staff/answers/new/{ANY}", True, CODES),
    (f"/staff/answers/{ANY}", True, CODES),
    (f"/staff/answers/{ANY}/publish", True, CODES),
    (f"/staff/answers/{ANY}/take-down", True, CODES),
    (f"/staff/answers/{ANY}/remove", True, CODES),
]


@pytest.mark.parametrize("role", list(Role))
def test_w2_roles_and_pages(app: Flask, client: PageClient, partnership: uuid.UUID, role: Role) -> None:
    staff(app, partnership, "somebody", role)
    sign_in(client, "somebody")
    token = token_of(client.get("/staff/account"))
    for address, is_post, allowed in PAGES:
        answer = client.post(address, data={"csrf_token": token}) if is_post else client.get(address)
        assert (answer.status_code == 403) == (role not in allowed), (address, is_post, answer.status_code)
        if role in allowed and str(ANY) in address:
            assert answer.status_code == 404, address


def test_w2_nobody_gets_in_without_signing_in(client: PageClient, partnership: uuid.UUID) -> None:
    for address, is_post, _ in PAGES:
        if not is_post:
            assert client.get(address).location.endswith("/staff/sign-in")
