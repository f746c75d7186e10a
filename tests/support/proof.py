"""Second opinions on a page: HTML_CodeSniffer's AAA rules, and html-validate on what stands after the scripts ran."""

import json
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Page

_MODULES = Path(__file__).parents[2] / "node_modules"
_SNIFFER = _MODULES / "html_codesniffer" / "build" / "HTMLCS.js"
_VALIDATE = _MODULES / ".bin" / "html-validate"

_SNIFF = """() => new Promise(done => HTMLCS.process('WCAG2AAA', document, () => done(HTMLCS.getMessages()
    .filter(one => one.type === HTMLCS.ERROR)
    .filter(one => !(one.code.endsWith('G141') && one.element.closest('.govuk-error-summary')))
    .map(one => `${one.code}: ${one.element.outerHTML?.slice(0, 140) ?? ''}`))))"""

# Rules about looks of the source, which nobody who reads the page ever meets, are off; all others of the set are on.
_CONFIG = {
    "root": True,
    "extends": ["html-validate:standard", "html-validate:a11y"],
    "rules": {
        "aria-label-misuse": ["error", {"allowAnyNamable": True}],
        "attr-quotes": "off",
        "attribute-boolean-style": "off",
        "attribute-empty-style": "off",
        "doctype-style": "off",
        "long-title": "off",
        "no-implicit-button-type": "off",
        "no-inline-style": "off",
        "no-raw-characters": "off",
        "no-trailing-whitespace": "off",
        "require-sri": "off",
        "void-style": "off",
    },
}


def available() -> bool:
    """Whether both tools are installed (`make test` does it where npm is there)."""
    return _SNIFFER.is_file() and _VALIDATE.exists() and shutil.which("node") is not None


def aaa_errors(page: Page) -> list[str]:
    """A2: what HTML_CodeSniffer calls an error under WCAG 2 AAA, as "code: element".

    One exception: the error summary is a second-level heading before the first, which is GOV.UK's tested pattern.
    """
    _come(page)
    page.evaluate(_SNIFFER.read_text(encoding="utf-8") + ";0")
    found: list[str] = page.evaluate(_SNIFF)
    return found


def _come(page: Page) -> None:
    # A page that has just been asked for has no elements yet, and nothing can be said of it.
    page.wait_for_load_state("load")
    page.wait_for_selector("main", state="attached")


class Pages:
    """Pages as they stand after their scripts ran, kept in a folder until they are all looked at together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.names: list[str] = []

    def keep(self, page: Page, name: str) -> None:
        """Keep this page under a name that a finding will show."""
        _come(page)
        html = "<!DOCTYPE html>\n" + page.evaluate("document.documentElement.outerHTML")
        (self._folder / f"{name}.html").write_text(html, encoding="utf-8")
        self.names.append(name)

    def faults(self) -> list[str]:
        """A3: what html-validate finds in all of them, as "page:line rule: message"."""
        (self._folder / ".htmlvalidate.json").write_text(json.dumps(_CONFIG), encoding="utf-8")
        done = subprocess.run(
            [_VALIDATE, "--formatter", "json", *(f"{name}.html" for name in self.names)],
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout.strip(), done.stderr
        return [
            f"{Path(file['filePath']).stem}:{one['line']} {one['ruleId']}: {one['message']}"
            for file in json.loads(done.stdout)
            for one in file["messages"]
        ]
