"""Taking translated rows into a definition: all of them or, with a reason for every unit that does not fit, none."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from engage.rules.exchange.segments import VARIANTS, File, Remark, Row, Segment, Variant, misfit, segments
from engage.rules.marking import joined, worded
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.shape_words import said_of
from engage.rules.questionnaire.texts import ENGLISH, Text, Words
from engage.rules.questionnaire.translations import Unit, with_texts


class Taken(NamedTuple):
    """What came of a file. `definition` is None where there are problems: then nothing was taken.

    `changed` and `same` count texts; `notes` are about texts that were taken, or left as they were, with a reason.
    """

    definition: Definition | None
    changed: int
    same: int
    problems: tuple[Remark, ...]
    notes: tuple[Remark, ...]


class _Change(NamedTuple):
    words: Words
    is_late: bool


def take(definition: Definition, language: str, file: File) -> Taken:
    """The definition with the file's translations into `language`. What the file leaves empty stays as it is.

    A translation of English that has changed since is taken and marked as stale; one whose words are as they were is
    about the present English only if its translator says that it is done.
    """
    known = {segment.key: segment for segment in segments(definition, language)}
    problems = [*file.problems, *_about_the_file(definition, language, file), *_about_rows(file.rows, known)]
    rows = {row.key: row for row in file.rows if row.target}
    changes: dict[str, _Change] = {}
    for unit in {segment.unit.key: segment.unit for segment in known.values()}.values():
        given = {variant: rows[key] for variant in VARIANTS if (key := f"{unit.key}:{variant}") in rows}
        change = _change(unit, language, given) if given else None
        if isinstance(change, Remark):
            problems.append(change)
        elif change is not None:
            changes[unit.key] = change
    if problems:
        return Taken(None, 0, 0, tuple(problems), ())
    touched = {key for key, change in changes.items() if _is_new(known, key, language, change.words)}
    notes = tuple(_notes(file, known, changes, touched))
    try:
        taken = _with(definition, language, {key: changes[key].words for key in touched})
    except ValidationError as error:
        reasons = joined(said_of(details) for details in error.errors())
        return Taken(
            None,
            0,
            0,
            (Remark("", worded("makes a survey that does not hold together: {reasons}", reasons=reasons)),),
            (),
        )
    return Taken(taken, len(touched), len(changes) - len(touched), (), notes)


def _about_the_file(definition: Definition, language: str, file: File) -> Iterator[Remark]:
    if file.survey and file.survey != definition.survey:
        yield Remark(
            "", worded("is of the survey {theirs}, not of {survey}", theirs=file.survey, survey=definition.survey)
        )
    if file.source_language and file.source_language.split("-")[0].lower() != ENGLISH:
        yield Remark("", worded("translates from {language}, not from English", language=file.source_language))
    if file.language and file.language != language:
        yield Remark(
            "", worded("is a translation into {theirs}, not into {language}", theirs=file.language, language=language)
        )
    if language == ENGLISH:
        yield Remark("", worded("English is what everything else is translated from"))
    if not file.rows and not file.problems:
        yield Remark("", worded("holds no texts"))


def _about_rows(rows: Sequence[Row], known: Mapping[str, Segment]) -> Iterator[Remark]:
    for key, times in Counter(row.key for row in rows).items():
        if times > 1:
            yield Remark(key, worded("is there {times} times; keep one", times=times))
    for row in rows:
        segment = known.get(row.key)
        if segment is None:
            yield Remark(row.key, worded("there is no such text in the survey"), row.place)
        elif row.target and misfit(segment.source, row.target):
            yield Remark(row.key, misfit(segment.source, row.target), row.place)


def _change(unit: Unit, language: str, given: Mapping[Variant, Row]) -> _Change | Remark | None:
    """The words these rows make; a remark where they can't be words; None where they only repeat a stale text."""
    english, now = unit.text.root[ENGLISH], unit.text.root.get(language)
    plain = given["plain"].target if "plain" in given else now.plain if now else ""
    easy = given["easy"].target if "easy" in given else now.easy if now else None
    if not plain:
        return Remark(f"{unit.key}:plain", worded("has easy words only; translate its plain words too"))
    says = {variant: row.source or getattr(english, variant) for variant, row in given.items()}
    try:
        words = Words(plain=plain, easy=easy)
        made_of = Words(plain=says.get("plain", english.plain), easy=says.get("easy", english.easy))
    except ValidationError as error:
        reasons = joined(said_of(details) for details in error.errors())
        return Remark(unit.key, reasons, next(iter(given.values())).place)
    is_same = now is not None and now.wording == words.wording
    if is_same and unit.text.is_stale(language) and not all(row.is_done for row in given.values()):
        return None
    if is_same and not unit.text.is_stale(language):
        return _Change(unit.text.root[language], is_late=False)
    return _Change(words.model_copy(update={"of": made_of.fingerprint}), made_of.fingerprint != english.fingerprint)


def _is_new(known: Mapping[str, Segment], key: str, language: str, words: Words) -> bool:
    return known[f"{key}:plain"].unit.text.root.get(language) != words


def _notes(
    file: File, known: Mapping[str, Segment], changes: Mapping[str, _Change], touched: set[str]
) -> Iterator[Remark]:
    for key in touched:
        if changes[key].is_late:
            yield Remark(key, worded("the English has changed since this file was made; taken, and marked as stale"))
    for row in file.rows:
        segment = known[row.key]
        if row.target and segment.unit.key not in changes:
            yield Remark(row.key, worded("is stale and nobody said that it still fits; left as it is"), row.place)
        elif len(row.target) > 2 * segment.room:
            yield Remark(
                row.key,
                worded("has {letters} letters; look at its page before it is shown", letters=len(row.target)),
                row.place,
            )


def _with(definition: Definition, language: str, words: Mapping[str, Words]) -> Definition:
    def change(unit: Unit, text: Text) -> Text:
        return Text({**text.root, language: words[unit.key]}) if unit.key in words else text

    known = definition.languages
    languages = known if language in known or not words else (*known, language)
    return with_texts(definition, change, languages=languages)
