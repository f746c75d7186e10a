"""Translation files out and in: nothing changes on the way round, nothing that does not fit is taken, no file harms."""

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import polib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from engage.paths import surveys
from engage.rules.exchange.po import read_po, write_po
from engage.rules.exchange.segments import File, Row, segments
from engage.rules.exchange.taking import Taken, take
from engage.rules.exchange.xliff import write_xliff
from engage.rules.exchange.xliff_read import read_xliff
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.load import load
from engage.rules.questionnaire.texts import Text, Words
from engage.rules.questionnaire.translations import Unit, mark_checked, settle, states, units, with_texts
from tests.unit.questionnaire.samples import PATIENT, sample

NS = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
Round = Callable[[Definition, str], File]


def by_xliff(definition: Definition, language: str) -> File:
    return read_xliff(write_xliff(definition, language))


def by_po(definition: Definition, language: str) -> File:
    return read_po(write_po(definition, language))


WHY = "questions.why.text:plain"
GOOD = "{answer:told|nic}? {answer:told|to} & <i>"
BOTH = pytest.mark.parametrize("there_and_back", [by_xliff, by_po])


def your_voice() -> Definition:
    return load((surveys() / "your-voice.yaml").read_text(encoding="utf-8"), "your-voice.yaml")


def changed(definition: Definition, key: str, language: str, plain: str) -> Definition:
    def change(unit: Unit, text: Text) -> Text:
        words = Words(plain=plain, easy=text.root[language].easy, of=text.root[language].of)
        return Text({**text.root, language: words}) if unit.key == key else text

    return with_texts(definition, change)


def stale() -> Definition:
    before = your_voice()
    return settle(before, changed(before, "thanks", "en", "Thank you."))


def filling() -> Definition:
    told = {"id": "told", "kind": "single", "options": [{"id": n, "text": {"en": {"plain": n}}} for n in ("a", "b")]}
    text = {"en": {"plain": "You said {answer:told|nothing}.\nWas <b> & it {answer:told|it} good?"}}
    return sample(told, {"id": "why", "kind": "text", "text": text}, languages=["en", "pl"])


def rows(file: File, targets: Mapping[str, str] = MappingProxyType({})) -> File:
    """The file as its translator gives it back: everything done, some of it in other words."""
    return file._replace(rows=tuple(r._replace(target=targets.get(r.key, r.target), is_done=True) for r in file.rows))


@BOTH
@pytest.mark.parametrize("path", sorted(surveys().glob("*.yaml")), ids=lambda p: p.stem)
def test_every_ready_made_survey_comes_back_as_it_went(there_and_back: Round, path: Path) -> None:
    definition = load(path.read_text(encoding="utf-8"), path.name)
    for language in ("ar", "pl"):
        taken = take(definition, language, there_and_back(definition, language))
        assert taken.problems == ()
        assert taken.definition == definition
        assert taken.changed == 0


@BOTH
def test_a_translator_fills_in_a_new_language(there_and_back: Round) -> None:
    definition = sample()
    file = there_and_back(definition, "pl")
    assert all(row.target == "" for row in file.rows)
    taken = take(definition, "pl", rows(file, {r.key: "pl" for r in file.rows}))
    assert taken.problems == ()
    assert taken.definition is not None
    assert taken.definition.languages == ("en", "pl")
    assert taken.changed == len(units(definition))
    assert set(states(taken.definition, "pl")) == {"draft"}


@BOTH
def test_what_is_filled_in_comes_back_and_cannot_be_lost_or_changed(there_and_back: Round) -> None:
    definition = filling()
    file = there_and_back(definition, "pl")
    assert {r.key: r.source for r in file.rows}[WHY] == definition.questions[1].text.say("en").text
    good = rows(file, {WHY: GOOD})
    taken = take(definition, "pl", good)
    assert taken.definition is not None
    again = there_and_back(taken.definition, "pl")
    assert {r.key: r.target for r in again.rows}[WHY] == GOOD
    for bad in ("{answer:told|x}", "no", "{answer:told|x} {answer:q|x}", "{answer:told|x}" * 3, GOOD + "{answer}"):
        refused = take(definition, "pl", rows(file, {WHY: bad}))
        assert refused.definition is None
        assert [(p.unit, "{answer:told|...}" in p.reason) for p in refused.problems] == [(WHY, True)]


@BOTH
def test_a_stale_text_stays_stale_until_its_translator_says_that_it_fits(there_and_back: Round) -> None:
    definition = stale()
    file = there_and_back(definition, "ar")
    untouched = take(definition, "ar", file)
    assert untouched.definition == definition
    assert {note.unit for note in untouched.notes} == {"thanks:plain", "thanks:easy"}
    confirmed = take(definition, "ar", rows(file)).definition
    assert confirmed is not None
    assert "stale" not in states(settle(definition, confirmed), "ar")


@BOTH
def test_a_translation_of_older_english_is_taken_and_marked_as_stale(there_and_back: Round) -> None:
    old = your_voice()
    file = rows(there_and_back(old, "ar"), {"thanks:plain": "شكرا", "thanks:easy": "شكرا"})
    taken = take(stale(), "ar", file)
    assert taken.definition is not None
    assert dict(zip((u.key for u in units(old)), states(taken.definition, "ar"), strict=True))["thanks"] == "stale"
    assert any("changed since" in note.reason for note in taken.notes)


@BOTH
def test_a_checked_text_that_comes_back_otherwise_is_a_draft_again(there_and_back: Round) -> None:
    definition = mark_checked(your_voice(), "ar", "speaker")
    taken = take(definition, "ar", rows(there_and_back(definition, "ar"), {"title:plain": "صوتنا"}))
    assert taken.definition is not None
    found = states(settle(definition, taken.definition), "ar")
    assert found.count("draft") == 1
    assert found[0] == "draft"


def of(*given: Row, survey: str = "sample", source: str = "en", language: str = "pl") -> File:
    return File(survey, source, language, given, ())


def row(key: str, target: str, source: str = "") -> Row:
    return Row(key, source, target, is_done=True, place="line 7")


@pytest.mark.parametrize(
    ("file", "unit", "reason"),
    [
        (of(row("title:plain", "x"), survey="other"), "", "is of the survey other"),
        (of(row("title:plain", "x"), language="ar"), "", "into ar"),
        (of(row("title:plain", "x"), source="fr"), "", "from fr"),
        (of(), "", "no texts"),
        (of(row("nowhere:plain", "x")), "nowhere:plain", "no such text"),
        (of(row("title:plain", "x"), row("title:plain", "y")), "title:plain", "2 times"),
        (of(row("title:easy", "x")), "title:plain", "easy words only"),
        (of(row("title:plain", "x" * 2001)), "title", "at most 2000"),
        (of(row("title:plain", "a\x07b")), "title", "control characters"),
        (of(row("title:plain", "x {answer:told|x}")), "title:plain", "the English has none"),
    ],
)
def test_what_does_not_fit_is_told_by_unit_and_nothing_is_taken(file: File, unit: str, reason: str) -> None:
    good = row("thanks:plain", "Dzięki")
    taken = take(sample(languages=["en", "pl"]), "pl", file._replace(rows=(*file.rows, *([good] if file.rows else []))))
    assert taken.definition is None
    assert [p for p in taken.problems if p.unit == unit and reason in p.reason], taken.problems


def test_a_unit_says_which_screen_which_words_and_how_much_room() -> None:
    root = etree.fromstring(write_xliff(your_voice(), "ar"))
    notes = root.xpath("//x:unit[@id='questions.tell.options.family.text:easy']/x:notes/x:note", namespaces=NS)
    said = {note.get("category"): note.text for note in notes}
    assert said["screen"] == "question 5 of 16 (tell), options.family.text"
    assert "short sentences" in said["words"]
    assert "letters" in said["length"]
    assert "keep" not in said
    entry = polib.pofile(write_po(filling(), "pl")).find(WHY, by="msgctxt")
    assert entry is not None
    assert "keep: {answer:told|...}, {answer:told|...} is filled in" in entry.comment.replace("\n", " ")


ONE = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="sample" source-language="en"
 target-language="pl" datatype="plaintext"><body>{}</body></file></xliff>"""


def test_xliff_1_2_is_read() -> None:
    target = '<source>Title</source><target state="final">Tytuł</target>'
    unit = f'<trans-unit id="1" resname="title:plain">{target}</trans-unit>'
    other = (
        '<trans-unit id="thanks:plain"><source>Thanks</source><target><mrk mtype="seg">Dzię</mrk>ki</target>'
        "<alt-trans><target>Nie</target></alt-trans></trans-unit>"
    )
    taken = take(sample(languages=["en", "pl"]), "pl", read_xliff(ONE.format(unit + other).encode()))
    assert taken.problems == ()
    assert taken.definition is not None
    assert taken.definition.title.say("pl").text == "Tytuł"
    assert taken.definition.thanks.say("pl").text == "Dzięki"


def test_a_tool_may_cut_a_unit_into_segments() -> None:
    cut = """<unit id="title:plain"><segment state="final"><source>Ti</source><target>Ty</target></segment>
    <ignorable><source>t</source></ignorable>
    <segment state="final"><source>le</source><target>uł</target></segment></unit>"""
    text = f'<xliff xmlns="{NS["x"]}" version="2.0" srcLang="en" trgLang="pl"><file id="f">{cut}</file></xliff>'
    (found,) = read_xliff(text.encode()).rows
    assert found[:4] == ("title:plain", "Title", "Tytuł", True)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HOSTILE = {
    "billion laughs": (BOMB + ONE.format("<trans-unit id='a'><source>&b;</source></trans-unit>"), "document type"),
    "external": (
        '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">' + ONE.format("<trans-unit id='a'/>"),
        "document type",
    ),
    "undeclared": (ONE.format("<trans-unit id='a'><source>&who;</source></trans-unit>"), "is not XML"),
    "deep": (ONE.format("<group>" * 5000 + "</group>" * 5000), "is not XML"),
    "layout": (
        ONE.format("<trans-unit id='title:plain'><source>T</source><target><g id='1'>x</g></target></trans-unit>"),
        "<g>",
    ),
    "empty mark": (ONE.format("<trans-unit id='title:plain'><source><x id='1'/></source></trans-unit>"), "<x>"),
    "html": ("<html/>", "not an XLIFF"),
    "nothing": ("", "is not XML"),
    "large": ("<a>" + " " * 5_000_000 + "</a>", "five million"),
    "utf-16": (ONE.format("").encode("utf-16"), "UTF-8"),
}


@pytest.mark.parametrize(("content", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_xliff_is_refused_with_a_reason(content: str | bytes, reason: str) -> None:
    file = read_xliff(content if isinstance(content, bytes) else content.encode())
    assert [p for p in file.problems if reason in p.reason], file.problems
    assert take(sample(), "pl", file).definition is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('msgid "a"\nmsgstr "b"', "msgctxt"),
        ('msgctxt "title:plain"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"', "plural"),
        ("nonsense", "is not a PO file"),
        ('msgctxt "a', "holds no texts"),
        (" " * 5_000_001, "five million"),
    ],
)
def test_a_po_file_that_is_none_is_refused_with_a_reason(text: str, reason: str) -> None:
    taken = take(sample(), "pl", read_po(text))
    assert [p for p in taken.problems if reason in p.reason], taken.problems
    assert taken.definition is None


def test_a_po_file_that_is_the_name_of_a_file_opens_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.po"
    secret.write_text('msgctxt "title:plain"\nmsgid "Title"\nmsgstr "secret"\n')
    with contextlib.chdir(tmp_path):
        assert read_po(str(secret)).rows == read_po("secret.po").rows == ()


def refused_or_taken(taken: Taken) -> bool:
    return (taken.definition is None) == bool(taken.problems)


@PATIENT
@given(st.text() | st.text().map(lambda inner: f'msgctxt "{inner}"\nmsgid "{inner}"\nmsgstr "{inner}"'))
@example("\ufeff")
@example('msgctxt "a"\nmsgstr[9] "b"')
def test_any_text_is_a_po_file_or_says_why_not(text: str) -> None:
    assert refused_or_taken(take(sample(), "pl", read_po(text)))


@PATIENT
@given(st.binary() | st.text().map(lambda inner: ONE.format(inner).encode("utf-8", "surrogatepass")))
def test_any_bytes_are_an_xliff_or_say_why_not(content: bytes) -> None:
    assert refused_or_taken(take(sample(), "pl", read_xliff(content)))


@PATIENT
@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1), min_size=1, max_size=4))
def test_any_words_survive_both_files(said: list[str]) -> None:
    plain = next((words.strip() for words in said if words.strip()), "x")
    definition = with_texts(
        sample(languages=["en", "pl"]), lambda _unit, text: Text({**text.root, "pl": Words(plain=plain, easy=plain)})
    )
    for there_and_back in (by_xliff, by_po):
        taken = take(definition, "pl", there_and_back(definition, "pl"))
        assert taken.definition == definition or taken.problems


def test_segments_are_what_there_is_in_english() -> None:
    found = segments(sample(), "pl")
    assert len({one.key for one in found}) == len(found) == 2 * len(units(sample()))
