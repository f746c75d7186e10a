"""W1, W2: who may open the pages of themes and answers, role by role; ids of others lead nowhere."""

import uuid
from datetime import date

import pytest
from flask import Flask

from engage.answering.you_said import service as answers
from engage.answering.you_said.kinds import Verdict
from engage.answering.you_said.service import AnswerText
from engage.core.transaction import transaction
from engage.people import service as people
from engage.people.kinds import Role
from engage.rules.themes import Group
from engage.understanding.themes import service_quotes
from engage.understanding.themes.service_quotes import QuoteText
from tests.support import themes
from tests.support.apps import within
from tests.support.client import PageClient, browser_of, token_of
from tests.support.people import sign_in, staff

pytestmark = pytest.mark.one_database

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
    ("/staff/themes/known-names", False, CODES | RELEASES | {Role.ADMINISTRATOR}),
    ("/staff/themes/known-names", True, CODES | RELEASES | {Role.ADMINISTRATOR}),
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


def test_w2_what_belongs_to_another_partnership_is_not_there(app: Flask, partnership: uuid.UUID) -> None:
    """Theme, comment, quote and answer of one place by the addresses an analyst of another may try: all 404."""
    coder = staff(app, partnership, "coder", Role.ANALYST)
    theme = themes.theme(app, partnership, "Night staff")
    (voice,) = themes.heard(app, partnership, "canary")
    themes.code(app, partnership, [voice.id], [theme], coder)
    with within(app, partnership), transaction():
        quote = service_quotes.prepare(voice.id, QuoteText("canary", theme, is_paraphrase=False), coder)
        said = AnswerText(Group.CHILDREN, "canary", Verdict.DID, "us", date(2026, 5, 1), we_did="canary")
        answer = answers.add(theme, said, coder)
        answers.publish(answer, coder)
    with app.app_context(), transaction():
        other = people.add_partnership("saltby", "Saltby", "Saltby", ["en"])
    staff(app, other, "olu", Role.ANALYST, Role.RESPONDER)
    olu = browser_of(app)
    sign_in(olu, "olu")
    olu.submit("/staff/themes/coding", to="/staff/themes/coding/open")
    token = token_of(olu.get("/staff/account"))
    for address in (
        f"/staff/themes/{theme}", f"/staff/themes/coding?voice={voice.id}", f"/staff/themes/quotes/{quote}",
        f"/staff/themes/quotes/new/{voice.id}", f"/staff/answers/{answer}", f"/staff/answers/new/{theme}",
    ):  # fmt: skip
        assert olu.get(address).status_code == 404, address
    for address in (
        f"/staff/themes/{theme}/open", f"/staff/themes/coding/{voice.id}", f"/staff/themes/coding/{voice.id}/worry",
        f"/staff/themes/quotes/{quote}/release", f"/staff/themes/quotes/{quote}/original",
        f"/staff/answers/{answer}/publish",
    ):  # fmt: skip
        assert olu.post(address, data={"csrf_token": token}).status_code == 404, address
    for address in ("/staff/themes", "/staff/themes/coding?show=all", "/staff/themes/quotes", "/saltby/you-said"):
        text = olu.get(address).get_data(as_text=True)
        assert "canary" not in text
        assert "Night staff</a>" not in text
