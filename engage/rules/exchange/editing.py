"""What somebody typed into the translation page, taken into a definition: all of it, or a reason for each text."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import ValidationError

from engage.rules.exchange.segments import VARIANTS, Remark, misfit, wording
from engage.rules.marking import worded
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.shape_words import said_of
from engage.rules.questionnaire.texts import ENGLISH, Text, Words
from engage.rules.questionnaire.translations import Unit, units, with_texts


class Edit(NamedTuple):
    """One text as it was typed. `fits`: its words were looked at and still say what the English says."""

    plain: str
    easy: str
    fits: bool


def edit(definition: Definition, language: str, edits: Mapping[str, Edit]) -> Definition | tuple[Remark, ...]:
    """The definition with these texts in `language`, by unit key; two empty boxes take a translation away.

    Where something cannot be taken, the remarks: their unit is the key of a text and its variant (`thanks:plain`).
    """
    asked = {unit.key: unit for unit in units(definition) if unit.key in edits}
    remarks = tuple(remark for key, unit in asked.items() for remark in _remarks(unit, edits[key]))
    if remarks:
        return remarks

    def change(unit: Unit, text: Text) -> Text:
        return _changed(text, language, edits[unit.key]) if unit.key in edits else text

    return with_texts(definition, change)


def _remarks(unit: Unit, typed: Edit) -> Iterator[Remark]:
    english = unit.text.root[ENGLISH]
    if typed.easy and not typed.plain:
        yield Remark(f"{unit.key}:plain", worded("Write the plain words too"))
    for variant in VARIANTS:
        said = typed.plain if variant == "plain" else typed.easy
        wrong = misfit(wording(english, variant), said) if said else ""
        if wrong:
            yield Remark(f"{unit.key}:{variant}", worded("This {reason}", reason=wrong))
        try:
            Words(plain=said or "-")
        except ValidationError as error:
            reason = said_of(error.errors()[0])
            yield Remark(f"{unit.key}:{variant}", worded("This {reason}", reason=reason))


def _changed(text: Text, language: str, typed: Edit) -> Text:
    now, english = text.root.get(language), text.root[ENGLISH]
    if not typed.plain:
        return Text({code: words for code, words in text.root.items() if code != language}) if now else text
    words = Words(plain=typed.plain, easy=typed.easy or None)
    if now is not None and words.wording == now.wording:
        if not (typed.fits and text.is_stale(language)):
            return text
        words = now
    return Text({**text.root, language: words.model_copy(update={"of": english.fingerprint})})
