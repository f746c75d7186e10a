"""A person answering over real HTTP: one connection, the cookie they were given, the token of the page they see.

`Sheet` holds what somebody will say and what must then be stored; `Visitor` walks and, where told to, starts again
from whatever the server still knows.
"""

import http.client
import random
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode

from engage.rules.questionnaire.answers import Answer, skipped
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.path import path_for

SURVEY = "/larkmoor/surveys/your-voice"
# The server closes a connection that was idle for two seconds; a request on its way then would be lost.
IDLE_SECONDS = 1.0
_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]*)"')
_WORDS = ("nobody", "listened", "my", "worker", "was", "kind", "the", "bus", "late", "again", "swing", "purple", "dog")


class Unreachable(Exception):
    """The server did not answer, or not to the end."""


@dataclass(frozen=True)
class Reply:
    """One response; `location` and `cookie` are empty where there is none."""

    status: int
    location: str
    cookie: str
    body: bytes

    @property
    def token(self) -> str:
        """The token of the form on this page."""
        found = _TOKEN.search(self.body)
        return found.group(1).decode() if found else ""


@dataclass
class Sheet:
    """What one person says, question by question, believable and never twice the same."""

    definition: Definition
    answers: dict[str, Answer] = field(default_factory=dict)

    @classmethod
    def made(cls, definition: Definition, chance: random.Random) -> Self:
        """Answers to every question on their own path."""
        sheet = cls(definition)
        for question in definition.asked:
            if question.id in path_for(definition, sheet.answers):
                sheet.answers[question.id] = sheet._answer(question.id, chance)
        return sheet

    def _answer(self, question_id: str, chance: random.Random) -> Answer:
        question = self.definition.question(question_id)
        options = [option.id for option in question.options() or () if not option.exclusive and not option.other]
        if question.skippable and chance.random() < 0.1:
            return skipped()
        if not options:
            return {"text": " ".join(chance.choices(_WORDS, k=12)) + f" {chance.getrandbits(40):x}"}
        if question.kind == "multiple":
            return {"values": sorted(chance.sample(options, 2), key=options.index)}
        return {"value": chance.choice(options)}

    def saying(self, words: str) -> Self:
        """The same person, who writes `words` in answer to every question that asks for words; "" changes nothing."""
        if words:
            for question_id in self.answers:
                if self.definition.question(question_id).kind == "text":
                    self.answers[question_id] = {"text": words}
        return self

    def form(self, question_id: str) -> dict[str, Sequence[str]]:
        """The fields with which a browser would send that answer."""
        return dict(self.definition.question(question_id).filled(self.answers[question_id]))


class Visitor:
    """One browser without a window."""

    def __init__(self, port: int, survey: str = SURVEY, cookie_name: str = "engage-answer") -> None:
        self.port, self.survey, self.cookie = port, survey, ""
        self._cookie_name = cookie_name
        self._connection: http.client.HTTPConnection | None = None
        self._asked_at = 0.0

    def ask(self, path: str, form: Mapping[str, str | Sequence[str]] | None = None) -> Reply:
        """GET `path`, or POST `form` to it; Unreachable where the answer did not come whole."""
        headers = {"Cookie": f"{self._cookie_name}={self.cookie}"} if self.cookie else {}
        body = None
        if form is not None:
            body = urlencode(form, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
            headers["Sec-Fetch-Site"] = "same-origin"
        try:
            reply = self._ask("GET" if form is None else "POST", path, body, headers)
        except (OSError, http.client.HTTPException) as error:
            self.leave()
            raise Unreachable from error
        self.cookie = reply.cookie or self.cookie
        return reply

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Reply:
        if time.monotonic() - self._asked_at > IDLE_SECONDS:
            self.leave()
        self._asked_at = time.monotonic()
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        whole = response.read()
        given = re.search(f"{self._cookie_name}=([^;]+)", response.getheader("Set-Cookie", ""))
        return Reply(response.status, response.getheader("Location", ""), given.group(1) if given else "", whole)

    def leave(self) -> None:
        """Close the connection; the cookie stays."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def start(self) -> str:
        """Press Start; the address of the first question."""
        return self.ask(f"{self.survey}/start", {}).location

    def walk(self, sheet: Sheet, address: str) -> Reply:
        """Answer everything from `address` on; the check page."""
        page = self.ask(address)
        while "/q/" in address:
            question = question_in(address)
            address = self.ask(address, {"csrf_token": page.token, **sheet.form(question)}).location
            page = self.ask(address)
        return page

    def send(self, check: Reply) -> Reply:
        """Press Send on the check page."""
        return self.ask(f"{self.survey}/send", {"csrf_token": check.token})


@dataclass
class Patient:
    """Somebody who does not give up: whatever breaks, they try the same thing again with the same cookie.

    `acknowledged` is set by the redirect to "Sent" or by that page itself, `asked_again` counts questions that were
    asked once more after their answer had been taken.
    """

    visitor: Visitor
    sheet: Sheet
    until: float
    acknowledged: bool = False
    retries: int = 0
    asked_again: int = 0
    refusals: list[int] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def go(self) -> None:
        """Start, answer, send, read the receipt."""
        address = self._insist(f"{self.visitor.survey}/start", {}).location
        while not address.endswith("/sent"):
            address = self._step(address)
        page = self._insist(address)
        assert page.status == 200, page.status
        self.acknowledged = True
        self.visitor.leave()

    def _step(self, address: str) -> str:
        page = self._insist(address)
        if page.location:
            return page.location
        if address.endswith("/check"):
            reply = self._insist(f"{self.visitor.survey}/send", {"csrf_token": page.token})
            self.acknowledged = self.acknowledged or reply.location.endswith("/sent")
            return reply.location
        if address.endswith("/how"):
            return self._insist(address, {"csrf_token": page.token}).location
        question = question_in(address)
        self.asked_again += question in self._taken
        reply = self._insist(address, {"csrf_token": page.token, **self.sheet.form(question)})
        self._taken.add(question)
        return reply.location

    def _insist(self, path: str, form: Mapping[str, str | Sequence[str]] | None = None) -> Reply:
        while time.monotonic() < self.until:
            try:
                reply = self.visitor.ask(path, form)
            except Unreachable:
                self.retries += 1
                time.sleep(0.05)
                continue
            if reply.status < 500:
                assert reply.status in {200, 303}, (path, reply.status)
                return reply
            self.refusals.append(reply.status)
            time.sleep(0.05)
        raise AssertionError(f"no answer from {path} in time")


def question_in(address: str) -> str:
    """The question's id in an address, or the name of the page."""
    return address.split("?", maxsplit=1)[0].rsplit("/", 1)[-1]
