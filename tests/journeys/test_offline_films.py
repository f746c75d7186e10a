"""Films, pictures and documents on a tablet without a network: put by whole, and gone when they are taken back (F9)."""

import base64
import uuid

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from engage import paths
from engage.adapters.media import pdfs
from engage.adapters.media.kinds import NotTaken, NotThis
from engage.core import clock, database
from engage.core.database import db
from engage.listening.kiosk import service
from engage.listening.library import service as library_service
from engage.listening.library.kinds import ItemKind
from engage.listening.surveys.models import Response
from tests.factories import library
from tests.factories.surveys import open_as_it_is
from tests.support.apps import within
from tests.support.browser import Live, assert_accessible, assert_fits
from tests.support.pictures import PDF, picture
from tests.unit.questionnaire.samples import option, sample, words

pytestmark = pytest.mark.browser
DEFINITION = sample(
    {"id": "hello", "kind": "video", "film": "hello-film", "bsl": "hello-film", "hint": words("Two people say hello.")},
    {
        "id": "door",
        "kind": "single",
        "options": [option("blue", picture="door", alt=words("A blue door")), option("none")],
    },
    {"id": "paper", "kind": "upload", "takes": ["photo", "pdf"]},
    audience="parents",
    ask_how=False,
)
WHOLE = """async () => { const href = document.querySelector("#stage source").src;
    const whole = await (await fetch(href)).arrayBuffer();
    const piece = await fetch(href, { headers: { Range: "bytes=5-104" } });
    const beyond = await fetch(href, { headers: { Range: "bytes=99999999-" } });
    const same = new Uint8Array(await piece.arrayBuffer()).join() === new Uint8Array(whole.slice(5, 105)).join();
    const said = piece.headers.get("Content-Range").split("/")[0];
    return [whole.byteLength > 1000, piece.status, said, same, beyond.status];
}"""
SHELF = """async () => { const shelf = await caches.open(`engage-${location.pathname.split("/")[3]}`);
    return (await shelf.keys()).filter((one) => new URL(one.url).pathname.includes("/media/")).length; }"""


@pytest.fixture
def tablet(live: Live) -> str:
    for kind, title in ((ItemKind.FILM, "Hello film"), (ItemKind.PICTURE, "Door")):
        library.add(live.app, live.partnership, kind, title)
    open_as_it_is(live.app, live.partnership, DEFINITION, "films")
    with within(live.app, live.partnership):
        found: uuid.UUID = service.set_up("films", "Hall", clock.in_days(3), works_offline=True)
        database.end_write(commit=True)
    return f"{live}/larkmoor/tablet/{found}"


def begin(page: Page) -> None:
    expect(page.locator("html[data-ready=yes]")).to_be_attached()
    for screen in ("start", "intro"):
        expect(page.locator(f"#stage[data-screen={screen}]")).to_be_visible()
        page.locator("#stage").get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ask hello?")


def next_(page: Page, heading: str) -> None:
    page.locator("#stage").get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def give(page: Page, name: str, kind: str, data: bytes) -> None:
    page.set_input_files("input[type=file]", {"name": name, "mimeType": kind, "buffer": data})
    page.locator("#stage").get_by_role("button", name="Continue", exact=True).click()


def test_f9_films_pictures_and_documents_are_there_without_a_network(window: Page, live: Live, tablet: str) -> None:
    page = window
    page.goto(tablet)
    expect(page.locator("html[data-ready=yes]")).to_be_attached()
    page.context.set_offline(True)
    try:
        page.reload()
        begin(page)
        assert page.evaluate(WHOLE) == [True, 206, "bytes 5-104", True, 416]
        expect(page.get_by_text("Two people say hello.")).to_be_visible()
        expect(page.get_by_text("Watch in BSL")).to_be_visible()
        expect(page.locator("#stage track")).to_have_count(2)
        page.locator("#stage .engage-tells source").dispatch_event("error")  # a film that this device cannot play
        expect(page.locator("#stage .engage-tells").get_by_text("Words of Hello film")).to_be_visible()
        assert_fits(page)
        assert_accessible(page)
        page.locator("#stage .engage-bsl video").dispatch_event("play")
        next_(page, "Ask door?")
        expect(page.get_by_role("img", name="A blue door")).to_have_js_property("naturalWidth", 64)
        page.get_by_label("blue", exact=False).check()
        next_(page, "Ask paper?")
        said = page.locator("#stage").get_by_role("alert")
        give(page, "letter.pdf", "application/pdf", PDF[:-20])
        expect(said).to_contain_text("Something is wrong with this file")
        give(page, "letter.pdf", "application/pdf", b"no document at all")
        expect(said).to_contain_text("This is not a photo or PDF we can take")
        give(page, "letter.pdf", "application/pdf", PDF)
        expect(page.get_by_text("One file that you added")).to_be_visible()
        page.locator("#stage").get_by_role("button", name="Send my answers").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        page.locator("#stage").get_by_role("button", name="Finish").click()
    finally:
        page.context.set_offline(False)
    expect(page.get_by_text("No answers wait on this tablet.")).to_be_visible()
    with within(live.app, live.partnership):
        ((answers, *modes),) = db.session.execute(sa.select(Response.answers, Response.bsl, Response.read_aloud)).all()
    assert modes == ["yes", ""]
    assert answers == {"door": {"value": "blue"}, "paper": {"value": "given"}}


def test_n8_a_film_that_was_taken_back_leaves_the_tablet_when_it_next_meets_the_site(
    window: Page, live: Live, tablet: str
) -> None:
    """Whoever is seen in it has said no: nothing of it stays, and the words stand without it."""
    page = window
    page.goto(tablet)
    expect(page.locator("html[data-ready=yes]")).to_be_attached()
    assert page.evaluate(SHELF) == 3  # the film, its captions, the picture
    with within(live.app, live.partnership):
        library_service.withdraw("hello-film")
        database.end_write(commit=True)
    page.locator("#stage").get_by_role("button", name="Send what waits").click()
    expect(page.locator("template[data-screen=q-hello]").locator("video")).to_have_count(0)
    begin(page)
    expect(page.get_by_text("Two people say hello.")).to_be_visible()
    expect(page.locator("#stage video")).to_have_count(0)
    assert page.evaluate(SHELF) == 1


def test_the_twin_takes_the_documents_that_the_site_takes(window: Page) -> None:
    kinds: list[bytes] = [
        PDF, PDF[:-20], PDF[1:], b"", b"%PDF-", b"%PDF-3.0\n" + PDF[9:], PDF + b" \r\n\t", PDF + b"\xa0",
        PDF + b"x" * 2000, b"\n" + PDF, PDF.replace(b"startxref", b"start"), PDF[:9] + b"\xff\xfe\x00" * 900 + PDF[9:],
        PDF[:-7] + b" " * 1100 + PDF[-7:], PDF + b" " * 1100, b"%pdf-1.7\n" + PDF[9:], picture(),
        PDF + b"PK\x03\x04", b"%PDF-1.7\x00" + PDF[9:],
    ]  # fmt: skip
    twin = (paths.static() / "src" / "js" / "pictures.js").read_text(encoding="utf-8").replace("export ", "")
    said = window.evaluate(
        f"all => {{ {twin} return all.map(one => readPdf(Uint8Array.from(atob(one), (letter) => letter.charCodeAt(0))))"
        ".map(one => one.wrong ?? one.type ?? ''); }",
        [base64.b64encode(data).decode() for data in kinds],
    )
    assert said == [taken(data) for data in kinds]
    assert len(set(said)) == 3, "one that is taken, one that is broken, and what is none"


def taken(data: bytes) -> str:
    """What the site says of a document: its type, what is wrong with it, or "" for what is none."""
    try:
        return pdfs.checked(data).media_type
    except NotThis:
        return ""
    except NotTaken as wrong:
        return wrong.key
