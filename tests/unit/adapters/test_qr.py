"""QR codes: what they hold, and that nothing but an address and a title gets into them."""

import re

import html5lib
import pytest
import segno

from engage.adapters.qr import qr_svg

LINK = "https://engage.example.org/larkmoor/surveys/your-voice"


def modules(svg: str) -> set[tuple[int, int]]:
    """The dark squares a picture draws, as (column, row)."""
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg)
    return {(int(left) + step, int(top)) for left, top, width in runs for step in range(int(width))}


def test_the_picture_draws_exactly_the_code_with_its_quiet_zone() -> None:
    svg = qr_svg(LINK, "Your voice")
    matrix = segno.make(LINK, error="m", micro=False, boost_error=False).matrix
    assert modules(svg) == {(x + 4, y + 4) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert f'viewBox="0 0 {len(matrix) + 8} {len(matrix) + 8}"' in svg
    assert 'width="40mm"' in svg


def test_it_has_a_name_and_is_valid_without_style_script_or_id() -> None:
    svg = qr_svg(LINK, "Your voice: scan to answer")
    html5lib.HTMLParser(strict=True).parse(f"<!doctype html><html lang=en><title>t</title><body>{svg}</body></html>")
    assert 'role="img" aria-label="Your voice: scan to answer"' in svg
    assert f"<title>Your voice: scan to answer</title><desc>{LINK}</desc>" in svg
    assert not re.search(r"\s(style|id|on\w+|href)=|<script|<style", svg)


def test_w12_title_and_address_are_text_only() -> None:
    svg = qr_svg(LINK + '/"><script>alert(1)</script>', "\"'><img src=x onerror=alert(1)>{side}")
    assert "<script" not in svg
    assert "<img" not in svg
    assert svg.count('"') % 2 == 0
    assert "{side}" in svg


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("javascript:alert(1)", "http or https"),
        ("/surveys/your-voice", "http or https"),
        ("mailto:a@b.org", "http or https"),
        ("", "http or https"),
        ("https://engage.example.org/" + "a" * 3000, "too large"),
    ],
)
def test_only_an_address_of_the_web_that_fits_is_drawn(url: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        qr_svg(url, "x")
