"""A17, A18: every text is in the catalogues, its placeholders and plural forms whole; what is missing is listed."""

import ast
import gettext
import io
import re
from typing import get_args

import pytest
from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from engage.core import languages
from engage.rules.disclosure.releases import Verdict
from engage.web.refusals import SENTENCES
from tests.conventions.tree import name_of, tracked
from tests.support import catalogues
from tests.support.catalogues import forms, key, messages, names

CODES = catalogues.translated()
UPDATE = "run make catalogues, then fill what it lists"
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
# What keeps its letters in every script: names, an address's beginning, a key, a command, endings as an example.
KEPT = frozenset({
    "Childline", "CSV", "Engage", "Excel", "JSON", "OpenDyslexic", "PDF", "QR", "SHA", "Shift", "Word", "https",
    "engage", "partnership", "add", "push", "pushed", "pushing",
    "BSL", "JPEG", "PNG", "WebP", "GIF", "MP", "WAV", "WebM", "Ogg", "Opus", "WebVTT", "XLIFF", "PO", "YAML", "XLSForm",
    "Tab", "Enter", "OpenMoji", "openmoji", "org", "govuk", "frontend", "Atkinson", "Hyperlegible", "Next", "Noto",
    "Sans", "SIL", "Open", "Font", "License", "MIT", "CC", "BY", "SA", "US", "UTF", "MB", "M", "A",
    "SVG", "po", "xlf", "xlsx", "LADO",
    "a", "c", "e", "f",  # letters of an article in law
    "espeak", "ng",  # a program
    "hello", "example",
    # words that are written like that in a definition or a workbook, whoever writes it
    "true", "false", "en", "ar", "is", "answered", "includes", "chosen", "random", "consent", "latest", "other",
    "Other", "children", "young", "parents", "staff", "practitioners", "anyone", "checked", "of", "DOCTYPE", "XML",
    "msgctxt", "note", "relevant", "constraint", "parameters", "start", "end", "step", "LIST", "Arabic", "max",
    "survey", "id", "text",
})  # fmt: skip
OTHER_SCRIPTS = {"ar": r"[\u0600-\u06ff]", "ur": r"[\u0600-\u06ff]", "uk": r"[\u0400-\u04ff]"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
CODE = re.compile(r"\w+_\w+|[a-z]+-[a-z]+|\b[a-z]+(?=:)|selected\(|<b>")  # of a definition or a workbook
# What code passes to gettext without spelling it out: words that rules mark for the extractor, and wrappers.
PASSED_ON = {
    "message",
    "words",
    "singular",
    "plural",
    "MISTAKES[mistake.key]",
    "PHRASES[given.phrase]",
    "claim.words",
    "rating.phrase",
    "visit.phrase",
}


@pytest.fixture(scope="module")
def everything() -> Catalog:
    return catalogues.extract()


@pytest.mark.parametrize("code", CODES)
def test_a18_no_text_is_missing(code: str, everything: Catalog) -> None:
    assert catalogues.lacking(code, catalogues.wanted(code, everything)) == [], UPDATE


@pytest.mark.parametrize("code", ["", *CODES])
def test_the_catalogues_are_up_to_date_with_the_pages(code: str, everything: Catalog) -> None:
    path = catalogues.catalogue_path(code) if code else catalogues.POT
    with path.open("rb") as text:
        kept = {key(message) for message in messages(read_po(text))}
    now = {key(message) for message in (catalogues.wanted(code, everything) if code else messages(everything))}
    assert (sorted(now - kept), sorted(kept - now)) == ([], []), UPDATE


@pytest.mark.parametrize("code", CODES)
def test_a18_translations_keep_placeholders_and_have_every_plural_form(code: str) -> None:
    catalogue = catalogues.read(code)
    assert [key(message) for message in messages(catalogue) if not _is_whole(code, message)] == []
    assert [key(message) for message in messages(catalogue) if message.fuzzy] == []


def _is_whole(code: str, message: Message) -> bool:
    """Every placeholder is there; "one hour" may leave out the number of a plural, and "nothing" anything."""
    said, words = message.id, forms(message)
    if isinstance(said, str):
        return len(words) == 1 and names(words[0]) == names(said)
    wanted = names(said[1])
    counted = words[1:] if "zero" in _order(code) else words
    is_kept = all(wanted - {"num"} <= names(one) <= wanted for one in counted)
    return len(words) == len(_order(code)) and is_kept and names(words[-1]) == wanted and names(words[0]) <= wanted


def _order(code: str) -> list[str]:
    """The categories that whole numbers have, as a catalogue orders them."""
    rule = Locale.parse(code).plural_form
    return [name for name in CATEGORIES if name in {rule(n) for n in range(250)}]


@pytest.mark.parametrize("code", CODES)
def test_a18_plural_forms_are_chosen_as_cldr_says(code: str) -> None:
    rule = Locale.parse(code).plural_form
    chosen = gettext.c2py(catalogues.PLURALS[code].split("plural=")[1].rstrip(";"))
    assert [_order(code)[chosen(n)] for n in range(1, 250)] == [rule(n) for n in range(1, 250)]


@pytest.mark.parametrize("code", OTHER_SCRIPTS)
def test_a17_no_english_is_left_in_another_script(code: str) -> None:
    left = []
    for message in messages(catalogues.read(code)):
        for words in forms(message):
            bare = re.findall(r"[^\W\d_]+", CODE.sub(" ", PLACEHOLDER.sub(" ", words)))
            latin = {word for word in bare if word.isascii()} - KEPT
            if latin or (bare and set(bare) - KEPT and not re.search(OTHER_SCRIPTS[code], words)):
                left.append(words)
    assert left == []


@pytest.mark.parametrize("code", CODES)
def test_a_hole_is_shown_in_english(code: str) -> None:
    holed = Catalog(locale=code)
    holed.add("Continue", "")
    holed.add(("%(num)s day", "%(num)s days"), ("",) * holed.num_plurals)
    holed.add("Back", "…")
    compiled = io.BytesIO()
    write_mo(compiled, holed)
    compiled.seek(0)
    found = gettext.GNUTranslations(compiled)
    assert found.gettext("Continue") == "Continue"
    assert found.gettext("never marked") == "never marked"
    assert found.ngettext("%(num)s day", "%(num)s days", 77).startswith("%(num)s day")
    assert found.gettext("Back") == "…"


def test_a18_every_language_calls_itself_by_its_own_name() -> None:
    for language in languages.LANGUAGES:
        own = Locale.parse(language.code).get_display_name(language.code)
        assert own is not None
        assert language.name.casefold()[:4] == own.casefold()[:4]
    assert [language.code for language in languages.LANGUAGES if language.is_checked] == [languages.DEFAULT]


def test_every_refusal_is_a_sentence_never_a_key() -> None:
    written = {
        (name_of(path), call.args[0].value)
        for path in tracked((".py",), "engage")
        for call in _calls(path.read_text(encoding="utf-8"), {"Refused", "Conflict"})
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert written
    assert {(where, reason) for where, reason in written if reason not in SENTENCES} == set()
    put_together = {f"release-{verdict}" for verdict in get_args(Verdict)} - {"release-allowed"}
    assert put_together <= set(SENTENCES)


def test_what_pages_translate_can_be_found_by_the_extractor() -> None:
    hidden = {
        (name_of(path), ast.unparse(call.args[0]))
        for path in tracked((".py",), "engage")
        for call in _calls(path.read_text(encoding="utf-8"), set(catalogues.KEYWORDS))
        if call.args and not isinstance(call.args[0], ast.Constant) and ast.unparse(call.args[0]) not in PASSED_ON
    }
    assert {(where, words) for where, words in hidden if where != "engage/rules/marking.py"} == set()


def _calls(source: str, called: set[str]) -> list[ast.Call]:
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [call for call in found if isinstance(call.func, ast.Name) and call.func.id in called]
