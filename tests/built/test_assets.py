"""static/dist is what static/src builds to, small enough for a phone, and fit for both writing directions."""

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.patterns import ROOT, render

DIST = ROOT / "static" / "dist"
SOURCE = ROOT / "static" / "src"
BUILT = sorted([
    *("comfort.css", "comfort.rtl.css", "kiosk.js", "offline.js", "reader.js", "showing.js", "switch.js", "worker.js"),
    *(f"{name}.{part}" for name in ("kinds", "staff", "young") for part in ("css", "js", "rtl.css")),
])
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|left|right|float)\s*:|(?:clear|text-align):\s*(?:left|right)"
)


def weight(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


def built(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".gz"}


def test_compressed_twins_say_the_same() -> None:
    for name in BUILT:
        assert gzip.decompress((DIST / f"{name}.gz").read_bytes()) == (DIST / name).read_bytes(), name


def test_dist_is_what_the_sources_build_to(tmp_path: Path) -> None:
    tools = (shutil.which("node"), (ROOT / "node_modules" / "sass").is_dir())
    if not all(tools) and not os.environ.get("CI"):
        pytest.skip("needs node and `make assets` once: static/dist cannot be rebuilt to compare")
    subprocess.run(["node", str(ROOT / "static" / "build.mjs"), str(tmp_path)], check=True, timeout=120)
    assert list(built(tmp_path)) == BUILT
    assert built(tmp_path) == built(DIST), "static/dist is stale: run make assets"


@pytest.mark.parametrize(("name", "limit"), [("young", 14), ("kinds", 4), ("staff", 16)])
def test_style_stays_light(name: str, limit: int) -> None:
    for side in ("", ".rtl"):
        assert weight((DIST / f"{name}{side}.css").read_bytes()) <= limit * 1024


def test_first_question_travels_light() -> None:
    """HTML, style and script of a child's first question, compressed as they travel, stay under 20 KB."""
    files = [DIST / "young.css", DIST / "young.js"]
    assert weight(render("question_faces").encode()) + sum(weight(path.read_bytes()) for path in files) < 20 * 1024


def test_a17_styles_speak_of_start_and_end_only() -> None:
    """A17: logical properties, so that a page in Arabic is the same page turned round."""
    for path in sorted(SOURCE.rglob("*.scss")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            assert not PHYSICAL.search(line.replace("rtl:ignore", "")), f"{path.name}:{number}"


@pytest.mark.parametrize("name", ["young", "staff"])
def test_a17_what_runs_from_left_to_right_is_not_turned_round(name: str) -> None:
    """A17: charts and bodies are drawn from left to right in every language; a turned chart loses its labels."""
    ways = [re.findall(r"(?<!-)direction:(\w+)", (DIST / f"{name}{end}.css").read_text()) for end in ("", ".rtl")]
    assert ways[0] == ways[1]
    assert set(ways[0]) == {"ltr"}


def test_every_font_is_there_with_its_licence() -> None:
    fonts = ROOT / "static" / "fonts"
    for name in ("young.css", "staff.css", "young.rtl.css", "staff.rtl.css"):
        asked = set(re.findall(r"url\(\"?\.\./fonts/([^)\"]+)", (DIST / name).read_text()))
        assert asked == {path.name for path in fonts.glob("*.woff2")}
    licences = {path.name.removeprefix("LICENCE-").removesuffix(".txt") for path in fonts.glob("LICENCE-*.txt")}
    assert licences == {"atkinson-hyperlegible-next", "noto-sans", "noto-sans-arabic", "opendyslexic"}


def test_nothing_built_reaches_out() -> None:
    """No third-party request, ever: no address in a style or a script."""
    for path in (DIST / name for name in BUILT):
        assert not re.search(r"(?:https?:)?//[\w.-]+\.\w", path.read_text()), path.name


def test_lock_file_names_no_download_address() -> None:
    for name in ("package-lock.json", "package.json", ".npmrc"):
        assert "http" not in (ROOT / name).read_text()
