"""Every component on its sample page: valid HTML, one h1, unique ids, nothing inline, nothing unescaped."""

import re
from collections import Counter

import html5lib
import pytest

from tests.patterns import PAGES, ROOT, draw, render

MACROS = {path.stem for path in (ROOT / "templates" / "components").rglob("*.html")} - {"parts"}
NOT_MACROS = {name for name in MACROS if name.startswith("drawings_")}


@pytest.mark.parametrize("page", PAGES)
def test_sample_page_is_valid_html(page: str) -> None:
    html5lib.HTMLParser(strict=True).parse(render(page))


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_unique_and_references_resolve(page: str) -> None:
    html = render(page)
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    wanted = re.findall(r'\s(?:for|aria-labelledby|aria-describedby|data-target)="([^"]*)"', html)
    wanted += re.findall(r"url\(#([^)]*)\)", html)
    assert {name for group in wanted for name in group.split()} <= set(ids)


@pytest.mark.parametrize("page", PAGES)
def test_one_heading_one_title_and_nothing_inline(page: str) -> None:
    """W4: no inline script or style, so the content security policy needs no exception."""
    html = render(page)
    assert len(re.findall(r"<h1[\s>]", html)) == 1
    assert len(re.findall(r"<head>.*<title>[^<]+ - Larkmoor</title>", html, re.S)) == 1
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
    assert all("src=" in tag and "nonce=" in tag for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize("page", PAGES)
def test_what_people_write_is_escaped(page: str) -> None:
    assert "<script>alert" not in render(page)


def test_every_macro_stands_on_a_sample_page() -> None:
    sources = [path.read_text() for path in (ROOT / "tests" / "patterns" / "pages").glob("*.html")]
    sources += [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    shown = {name for text in sources for name in re.findall(r"from 'components/(?:charts/)?(\w+)\.html'", text)}
    assert MACROS - NOT_MACROS - shown == set()


def test_title_says_when_something_is_wrong() -> None:
    assert "<title>Error: Who could you tell?" in render("question_wrong")
    assert "<title>How safe" in render("question_faces")


def test_a10_stars_are_labelled_radios() -> None:
    html = render("question_scales")
    for words in ("1 star - Very bad", "2 stars - Bad", "5 stars - Very good", "No rating"):
        assert f"<span>{words}</span></label>" in html
    assert len(re.findall(r'type="radio" id="place-[1-5]"', html)) == 5


def test_a11_every_face_has_its_word() -> None:
    html = render("question_faces")
    cards = re.findall(r'<svg class="engage-face".*?</svg><span>([^<]+)</span>', html)
    assert cards == ["Not safe at all", "Not very safe", "In between", "Mostly safe", "Very safe"]


def test_a17_right_to_left_pages_take_the_mirrored_sheet() -> None:
    html = render("question_faces", lang="ar", text_dir="rtl")
    assert '<html lang="ar" dir="rtl"' in html
    assert 'href="/static/dist/young.rtl.css"' in html


def test_a4_what_needs_script_is_hidden_without_it() -> None:
    """A4: reading aloud, copying and printing wait, hidden, for the script that makes them work."""
    for page in PAGES:
        for tag in re.findall(r'<button[^>]*data-module="engage-(?:read|copy|print)"[^>]*>', render(page)):
            assert " hidden" in tag or "engage-dock__item" in tag
    assert re.search(r'<li hidden><button class="engage-dock__item"', render("home"))


def test_leaving_works_as_a_plain_link() -> None:
    assert re.search(r'<a class="engage-dock__item" href="#leave" rel="nofollow noreferrer"', render("home"))


def test_unknown_drawings_draw_nothing() -> None:
    assert draw("{% from 'components/symbol.html' import symbol %}[{{ symbol('no-such-thing') }}]") == "[]"


def test_stacked_bars_are_all_on_one_scale() -> None:
    """40% is as wide beside 60% as beside 10%: what a row leaves of the whole stays empty."""
    macro = "{% from 'components/charts/stacked.html' import stacked %}"
    rows = "[{'label': 'a', 'parts': [40, 60]}, {'label': 'b', 'parts': [40, 10]}]"
    html = draw(macro + f"{{{{ stacked('s', 't', 'd', ['x', 'y'], {rows}) }}}}")
    wide = re.findall(r'class="seg c1" x="[\d.]+" y="\d+" width="([\d.]+)"', html.split("engage-chart--narrow")[0])
    assert len(wide) == 2
    assert len(set(wide)) == 1
