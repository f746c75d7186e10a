"""Translations say what they were made from and whether anybody checked them, and an edit cannot make them lie."""

from pathlib import Path

import pytest

from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.freshness import Progress
from engage.rules.questionnaire.load import DefinitionError, dump, load, version_hash
from engage.rules.questionnaire.texts import Text, Words
from engage.rules.questionnaire.translations import (
    Unit,
    for_readers,
    mark_checked,
    offer,
    settle,
    states,
    units,
    with_texts,
)
from tests.unit.questionnaire.samples import FILES, sample, tree, words


def translated(definition: Definition, language: str = "pl") -> Definition:
    def add(unit: Unit, text: Text) -> Text:
        return Text({**text.root, language: Words(plain=f"pl {unit.key}", easy="łatwe")})

    return with_texts(definition, add)


def in_polish(**more: object) -> Definition:
    return translated(sample(languages=["en", "pl"], **more))


def edit(definition: Definition, key: str, language: str, plain: str) -> Definition:
    def change(unit: Unit, text: Text) -> Text:
        if unit.key != key:
            return text
        return Text({**text.root, language: text.root[language].model_copy(update={"plain": plain})})

    return with_texts(definition, change)


def offered(definition: Definition) -> tuple[str, ...]:
    return offer(definition, drafts=False).languages


def state(definition: Definition, key: str, language: str = "pl") -> str:
    return dict(zip((unit.key for unit in units(definition)), states(definition, language), strict=True))[key]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_text_of_every_survey_can_be_found_by_its_place_and_put_back(file: Path) -> None:
    definition = load(file.read_text(encoding="utf-8"), file.name)
    found = units(definition)
    assert len({unit.key for unit in found}) == len(found)
    again = with_texts(definition, lambda unit, text: Text({**text.root, "pl": Words(plain=unit.place)}))
    assert [text.root["pl"].plain for _, _, text in again.texts()] == [unit.place for unit in found]
    assert with_texts(again, lambda unit, _text: found_text(found, unit)) == definition


def found_text(found: tuple[Unit, ...], wanted: Unit) -> Text:
    return next(unit.text for unit in found if unit.key == wanted.key)


def test_a_unit_keeps_its_key_when_its_question_or_option_moves() -> None:
    definition = sample()
    turned = sample(*reversed([q for q in tree()["questions"] if isinstance(q, dict)]))
    assert {unit.key for unit in units(definition)} == {unit.key for unit in units(turned)}
    assert "questions.tell.options.family.text" in {unit.key for unit in units(definition)}


def test_stamps_survive_yaml_and_change_nothing_where_there_are_none() -> None:
    definition = in_polish()
    stamped = mark_checked(definition, "pl", "speaker")
    assert load(dump(stamped), "sample.yaml") == stamped
    assert version_hash(load(dump(stamped), "sample.yaml")) == version_hash(stamped) != version_hash(definition)
    assert "of:" not in dump(definition)
    digits = edit(stamped, "title", "pl", "x").model_copy(
        update={"title": Text({"en": Words(plain="a"), "pl": Words(plain="b", of="01234567")})}
    )
    assert load(dump(digits), "sample.yaml").title.root["pl"].of == "01234567"


@pytest.mark.parametrize(
    ("stamped", "says"),
    [
        ("    plain: pl title\n    of: 12345\n", "the 8 digits"),
        ("    plain: pl title\n    of: XYZ45678\n", "the 8 digits"),
        ("    plain: pl title\n  cy:\n    plain: Teitl\n    checked: \n    of: 'x'\n", "the 8 digits"),
    ],
)
def test_a_stamp_that_cannot_be_one_is_refused_with_its_line(stamped: str, says: str) -> None:
    with pytest.raises(DefinitionError, match=says):
        load(dump(in_polish()).replace("    plain: pl title\n", stamped, 1), "sample.yaml")


def test_english_is_made_from_nothing_and_carries_no_stamp() -> None:
    with pytest.raises(ValueError, match="stamp on its English"):
        Text({"en": Words(plain="Title", of="12345678")})


def test_a_translation_is_stale_once_its_english_changed_and_not_before() -> None:
    text = Text({"en": Words(plain="Safe"), "pl": Words(plain="Bezpiecznie")})
    assert not text.is_stale("pl")
    assert not text.is_stale("ar")
    made = Words(plain="Bezpiecznie", of=text.root["en"].fingerprint)
    assert not Text({**text.root, "pl": made}).is_stale("pl")
    assert Text({"en": Words(plain="Safer"), "pl": made}).is_stale("pl")
    assert Text({"en": Words(plain="Safe", easy="Safe?"), "pl": made}).is_stale("pl")


def test_a_language_is_ready_only_when_complete_fresh_and_checked() -> None:
    plain = in_polish()
    everything = len(units(plain))
    assert plain.translated["pl"] == Progress(everything, 0, 0, everything, 0)
    assert offered(plain) == ("en",)
    checked = in_polish(checked={"pl": "child"})
    assert checked.translated["pl"].is_ready
    assert offered(checked) == ("en", "pl")
    english = edit(checked, "thanks", "en", "Thank you so much")
    assert offered(settle(checked, english)) == ("en",)
    assert sample(languages=["en", "pl"]).translated["pl"].missing == everything


def test_easy_words_that_only_english_has_are_missing_in_the_other_language() -> None:
    definition = with_texts(
        sample(languages=["en", "pl"], checked={"pl": "speaker"}),
        lambda _unit, text: Text({**text.root, "pl": Words(plain="x")}),
    )
    assert set(states(definition, "pl")) == {"missing"}


def test_an_edit_of_the_english_makes_its_translation_stale_and_no_other() -> None:
    before = in_polish(checked={"pl": "speaker"})
    after = settle(before, edit(before, "intro.limits", "en", "We tell somebody"))
    assert state(after, "intro.limits") == "stale"
    assert after.translated["pl"] == Progress(len(units(after)), 0, 1, 0, len(units(after)) - 1)
    back = settle(after, edit(after, "intro.limits", "en", "limits"))
    assert state(back, "intro.limits") == "speaker"


def test_a_translation_edited_after_the_check_is_a_draft_until_the_next_one() -> None:
    before = in_polish(checked={"pl": "speaker"})
    after = settle(before, edit(before, "thanks", "pl", "Dziękujemy bardzo"))
    assert state(after, "thanks") == "draft"
    assert state(after, "title") == "speaker"
    assert state(mark_checked(after, "pl", "child"), "thanks") == "child"
    assert offered(mark_checked(after, "pl", "child")) == ("en", "pl")


def test_saying_that_a_stale_translation_still_fits_does_not_say_that_somebody_checked_it() -> None:
    checked = mark_checked(in_polish(), "pl", "speaker")
    stale = settle(checked, edit(checked, "thanks", "en", "Thank you so much"))

    def confirm(unit: Unit, text: Text) -> Text:
        fits = text.root["pl"].model_copy(update={"of": text.root["en"].fingerprint})
        return Text({**text.root, "pl": fits}) if unit.key == "thanks" else text

    assert state(settle(stale, with_texts(stale, confirm)), "thanks") == "draft"


def test_a_question_added_after_the_check_is_a_draft_though_the_language_was_checked() -> None:
    before = in_polish(checked={"pl": "speaker"})
    new = {"id": "new", "kind": "text", "text": {**words("New?"), "pl": {"plain": "Nowe?", "easy": "Nowe"}}}
    grown = before.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    after = settle(before, Definition.model_validate({**grown, "questions": [*grown["questions"], new]}))
    assert state(after, "questions.new.text") == "draft"
    assert state(after, "title") == "speaker"


def test_a_language_rewritten_altogether_is_not_believed_to_be_checked() -> None:
    before = sample({"id": "told", "kind": "text"}, languages=["en", "pl"], checked={"pl": "speaker"})
    after = settle(before, translated(before))
    assert after.checked == {"pl": "draft"}


def test_who_says_that_an_edited_language_was_checked_anew_is_believed() -> None:
    before = in_polish(checked={"pl": "speaker"})
    after = edit(before, "thanks", "pl", "Dzięki")
    assert offered(settle(before, after.model_copy(update={"checked": {"pl": "child"}}))) == ("en", "pl")


def test_an_edit_that_touches_no_words_leaves_no_stamps() -> None:
    before = in_polish(checked={"pl": "speaker"})
    after = before.model_copy(update={"questions": before.questions[:3]})
    assert settle(before, after) == after


def test_drafts_are_offered_where_they_are_allowed_and_named_as_unchecked() -> None:
    draft = in_polish()
    assert offer(draft, drafts=True) == (("en", "pl"), {"pl"})
    assert offer(in_polish(checked={"pl": "speaker"}), drafts=True) == (("en", "pl"), frozenset())
    assert offer(sample(languages=["en", "pl"]), drafts=True) == (("en",), frozenset())


def test_readers_never_see_what_a_question_used_to_say() -> None:
    before = in_polish(checked={"pl": "speaker"})
    after = settle(before, edit(before, "title", "en", "Your voice"))
    assert offer(after, drafts=True) == (("en", "pl"), {"pl"})
    assert for_readers(after).title.say("pl") == ("Your voice", "en")
    assert for_readers(after).thanks.say("pl").lang == "pl"
    assert for_readers(before) is before
