"""Somebody who can be recognised by everything a browser sends says all that can be said here without a name."""

import base64
from io import BytesIO

from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.integration.anonymity.canaries import CONTACT, HEADERS, MARK, PEER, TEXT
from tests.integration.test_casework import NAMED, TELL_US
from tests.support.answering import ANSWERS, SURVEY, send, start, walk, words_on
from tests.support.client import PageClient, browser_of, token_of
from tests.support.pictures import telling_photo

UPLOAD = "/larkmoor/surveys/upload"
WORDS = {**ANSWERS, "going_well": {"going_well": TEXT}, "safer": {"safer": f"{TEXT} again"}}
TOLD = {
    **NAMED,
    "words": {"words": TEXT},
    "contact": {"contact-name": CONTACT, "contact-reach": f"{CONTACT}@mail.example"},
}


def somebody(app: Flask) -> PageClient:
    """A browser with the canaries in everything it sends, at an address of its own."""
    client = browser_of(app)
    sent = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in HEADERS.items() if name != "Cookie"}
    client.environ_base.update({**sent, "REMOTE_ADDR": PEER})
    client.set_cookie(f"{MARK}cookie", f"{MARK}crumb")
    return client


def secret_of(client: PageClient) -> list[bytes]:
    """The answering cookie as it is, and the sixteen bytes in it."""
    cookie = client.get_cookie("engage-answer")
    assert cookie is not None
    value = cookie.value.removesuffix(".")
    return [value.encode(), base64.urlsafe_b64decode(value + "==")]


def say_everything(app: Flask) -> list[bytes]:
    """A survey with words, a message by receipt, a case with a way to be reached, photos; the secrets it was under."""
    client = somebody(app)
    walk(client, start(client), WORDS)
    secrets = secret_of(client)
    assert send(client).status_code == 303
    words = words_on(client.get(f"{SURVEY}/sent"))
    story = client.post("/larkmoor/codes", data={"words": " ".join(words)})
    ticket = story.get_data(as_text=True).split('name="ticket" value="')[1].split('"')[0]
    assert client.post("/larkmoor/codes/say", data={"ticket": ticket, "text": TEXT}).status_code == 200
    teller = somebody(app)
    walk(teller, start(teller, TELL_US), TOLD)
    assert send(teller, TELL_US).status_code == 303
    return [*secrets, *secret_of(teller), *_give_photos(app)]


def _give_photos(app: Flask) -> list[bytes]:
    client = somebody(app)
    address = start(client, UPLOAD)
    while "/q/" in address:
        name = address.rsplit("/", 1)[-1]
        photo = FileStorage(BytesIO(telling_photo()), f"{MARK}text.jpg")
        data = {"csrf_token": token_of(client.get(address)), f"{name}-file": photo, name: TEXT}
        boundary, body = encode_multipart(data)
        answer = client.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}")
        assert answer.status_code == 303
        address = answer.headers["Location"]
    assert send(client, UPLOAD).status_code == 303
    return secret_of(client)


def be_refused(app: Flask) -> set[int]:
    """Everything that ends in a page for a mistake of the asker's; the statuses that came."""
    client = somebody(app)
    page = start(client)
    elsewhere = {"Origin": f"https://{MARK}referrer.example", "Sec-Fetch-Site": "cross-site"}
    answers = (
        client.post(page, data={"csrf_token": f"{MARK}crumb", "going_well": TEXT}),
        client.post(f"{SURVEY}/q/going_well", data={"csrf_token": "x", "going_well": TEXT}, follow_redirects=True),
        client.post(f"{SURVEY}/start", data={"code": TEXT}, headers=elsewhere),
        client.post(page, data={"going_well": TEXT * 3000}),
        client.post("/larkmoor/codes", data={"words": TEXT}),
        client.post("/larkmoor/codes/say", data={"ticket": f"{MARK}crumb", "text": TEXT}),
        client.get(f"/larkmoor/{MARK}text?q={MARK}text"),
        client.get(f"/{MARK}text/surveys/x"),
        client.get(f"/larkmoor/?q={MARK}text%00"),
        client.open(SURVEY, method="PUT", data=TEXT),
        client.post("/staff/sign-in", data={"sign_in": f"{MARK}text", "password": CONTACT}),
    )
    return {answer.status_code for answer in answers}
