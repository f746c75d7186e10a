"""The verbs of translating: add a language, save texts, take a file in, say who checked it."""

import uuid
from collections.abc import Mapping
from typing import Final

from engage.core import audit, clock, languages
from engage.core.errors import Conflict, NotFound, Refused
from engage.listening.making import queries as copies
from engage.listening.making import service as making
from engage.listening.making.queries import CopyRow
from engage.listening.surveys import queries as surveys
from engage.listening.translating.queries import standing
from engage.rules.exchange.editing import Edit, edit
from engage.rules.exchange.po import read_po
from engage.rules.exchange.segments import File, Remark
from engage.rules.exchange.taking import Taken, take
from engage.rules.exchange.xliff_read import read_xliff
from engage.rules.questionnaire.definition import CheckedBy, Definition
from engage.rules.questionnaire.texts import ENGLISH
from engage.rules.questionnaire.translations import Checker, mark_checked, with_texts

WHO_MOST: Final = 200
"""Letters in who checked a translation."""


def add_language(slug: str, revision: int, language: str, by: uuid.UUID | None) -> CopyRow:
    """Begin a translation. Refused for a language the product's own pages do not have."""
    if language not in languages.codes():
        raise Refused("unknown-language")
    copy = _copy(slug, revision, by)
    known = copy.definition.languages
    if language in known:
        return copy
    return making.change(slug, copy.revision, _with(copy.definition, languages=(*known, language)), by)


def save(
    slug: str, revision: int, language: str, edits: Mapping[str, Edit], by: uuid.UUID | None
) -> CopyRow | tuple[Remark, ...]:
    """Keep what was typed, by unit key, in the working copy (`revision` 0: there was none when the page was read).

    The remarks where something cannot be kept, and then nothing is; Conflict where the copy has changed since.
    """
    _require(standing(slug).definition, language)
    definition = edit(standing(slug).definition, language, edits)
    if not isinstance(definition, Definition):
        return definition
    copy = _copy(slug, revision, by)
    return making.change(slug, copy.revision, definition, by)


def take_in(slug: str, language: str, content: bytes, by: uuid.UUID | None) -> Taken:
    """Take a translator's file into the working copy, all of it or, where there are problems, nothing."""
    found = standing(slug)
    taken = take(found.definition, language, read_file(content))
    if taken.definition is not None and taken.changed:
        copy = _copy(slug, found.revision, by)
        making.change(slug, copy.revision, taken.definition, by)
    return taken


def read_file(content: bytes) -> File:
    """What a translator's file holds: XLIFF where it begins as XML does, PO otherwise."""
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return read_xliff(content)
    try:
        return read_po(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return File("", "", "", (), (Remark("", "is not UTF-8 text: save it as UTF-8"),))


def mark(slug: str, revision: int, language: str, checker: Checker, who: str, by: uuid.UUID | None) -> CopyRow:
    """Say that somebody has checked the whole language. Refused while anything is missing or stale, or without a who.

    Who checked, and on which day, stands in the definition; who recorded it, in the survey's trail.
    """
    found = standing(slug)
    _require(found.definition, language)
    if not 0 < len(who.strip()) <= WHO_MOST:
        raise Refused("checker-length", most=WHO_MOST)
    if not found.definition.translated[language].is_complete:
        raise Refused("translation-incomplete")
    copy = _copy(slug, revision, by)
    named = CheckedBy(who=who.strip(), on=clock.today())
    changed = making.change(slug, copy.revision, mark_checked(copy.definition, language, checker, named), by)
    audit.record("translation-checked", "survey", copy.survey_id, language=language, checker=checker)
    return changed


def unmark(slug: str, revision: int, language: str, by: uuid.UUID | None) -> CopyRow:
    """Say that a language is a draft after all."""
    _require(standing(slug).definition, language)
    copy = _copy(slug, revision, by)
    checked = {**copy.definition.checked, language: "draft"}
    named = {code: who for code, who in copy.definition.checked_by.items() if code != language}
    changed = making.change(slug, copy.revision, _with(copy.definition, checked=checked, checked_by=named), by)
    audit.record("translation-unchecked", "survey", copy.survey_id, language=language)
    return changed


def _copy(slug: str, revision: int, by: uuid.UUID | None) -> CopyRow:
    """The working copy at `revision`; begun from the newest version where there was none and there is none."""
    found = copies.find(slug)
    if found is None and not revision:
        if surveys.get_survey(slug) is None:
            raise NotFound(slug)
        return making.begin(slug, by)
    if found is None or found.revision != revision:
        raise Conflict("survey-changed")
    return found


def _require(definition: Definition, language: str) -> None:
    if language == ENGLISH or language not in definition.languages:
        raise NotFound(language)


def _with(definition: Definition, **fields: object) -> Definition:
    return with_texts(definition, lambda _unit, text: text, **fields)
