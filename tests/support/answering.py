"""Walking through a survey as a browser does: follow redirects, fill the form that is there, keep the cookie."""

import re
from collections.abc import Mapping
from typing import Any

from werkzeug.test import TestResponse

from tests.support.client import PageClient, token_of

SURVEY = "/larkmoor/surveys/your-voice"
# One answer to each question of your-voice, the short way (no worker).
ANSWERS: dict[str, dict[str, Any]] = {
    "safe_home": {"safe_home": "4"},
    "safe_school": {"safe_school": "3"},
    "safe_outside": {"safe_outside": "rather-not"},
    "safe_online": {"safe_online": "5"},
    "tell": {"tell": ["family", "friend"]},
    "listened": {"listened": "dont_know"},
    "helped": {"helped": "no"},
    "going_well": {"going_well": "My dog and the purple swing"},
    "safer": {"safer-skip": "rather-not"},
    "age": {"age": "11-13"},
    "care": {"care": "never"},
    "extra_help": {"extra_help": "no"},
}
WITH_WORKER: dict[str, dict[str, Any]] = {
    **ANSWERS,
    "helped": {"helped": "yes"},
    "know_why": {"know_why": "a-bit"},
    "same_worker": {"same_worker": "2"},
    "told_back": {"told_back": "1"},
    "help_good": {"help_good": "4"},
}


def question_in(address: str) -> str:
    """The question's id in an address, or the name of the page."""
    return address.split("?", maxsplit=1)[0].rsplit("/", 1)[-1]


def start(client: PageClient, survey: str = SURVEY, **form: str) -> str:
    """Press Start; the address of the page that follows."""
    answer = client.post(f"{survey}/start", data=form)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def answer_page(client: PageClient, address: str, data: Mapping[str, Any]) -> TestResponse:
    """Fill the form at `address` and press Continue."""
    return client.submit(address, dict(data))


def walk(client: PageClient, address: str, answers: Mapping[str, Mapping[str, Any]] = ANSWERS) -> str:
    """Answer from `address` on until the check page; its address."""
    seen = set()
    while question_in(address) != "check":
        assert address not in seen, address
        seen.add(address)
        if question_in(address) == "how":
            address = answer_page(client, address, {}).headers["Location"]
            continue
        page = answer_page(client, address, answers[question_in(address)])
        assert page.status_code == 303, page.get_data(as_text=True)
        address = page.headers["Location"]
    return address


def send(client: PageClient, survey: str = SURVEY) -> TestResponse:
    """Press Send on the check page."""
    return client.post(f"{survey}/send", data={"csrf_token": token_of(client.get(f"{survey}/check"))})


def words_on(page: TestResponse) -> list[str]:
    """The words of the receipt on a Sent page, or of the way back on the page for those who stop."""
    found = re.search(r'id="receipt-words">(.*?)</ol>', page.get_data(as_text=True), re.DOTALL)
    assert found, page.get_data(as_text=True)
    return re.findall(r"<span[^>]*>([^<]+)</span>", found.group(1))
