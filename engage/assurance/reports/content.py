"""A report's whole content as data, and the document that is made from it: what is frozen is all that is ever shown."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from flask_babel import force_locale, gettext

from engage.adapters.documents import Block, Bullets, Document, Heading, Notice
from engage.assurance.reports import results
from engage.assurance.reports.blocks import from_data, plain, to_data
from engage.assurance.reports.kinds import KINDS
from engage.assurance.reports.queries import ReportRow
from engage.assurance.reports.sections import Draft, section_blocks
from engage.assurance.reports.sources import Evidence, Source, gather
from engage.core import scope
from engage.people import queries as people

FORMAT: Final = "engage-report/1"


def _(message: str, **values: object) -> str:
    return str(gettext(message, **values))


def compose(row: ReportRow, language: str) -> dict[str, Any]:
    """The whole report as JSON-able data in `language`: facts, the sections' blocks, the method, the releases it cites.

    Reads the sources and nothing else: every number is a published one. A frozen report is `row.content`, never
    composed again.
    """
    evidence = gather(row)
    with force_locale(language):
        kind = KINDS[row.kind]
        draft = Draft(row.texts, evidence, language)
        content = {
            "format": FORMAT,
            "kind": row.kind,
            "state": "frozen" if row.is_frozen else "draft",
            "language": language,
            "title": row.title,
            "heading": _("%(kind)s: %(title)s", kind=kind.title, title=row.title),
            "partnership": _partnership(),
            "frozen_on": row.frozen_on.isoformat() if row.frozen_on else None,
            "facts": list(_facts(row, evidence, language)),
            "hidden": _("hidden"),
            "sections": [
                {
                    "key": section.key,
                    "title": f"{number}. {section.title}",
                    "blocks": to_data(section_blocks(section, draft)),
                }
                for number, section in enumerate(kind.sections, 1)
            ],
            "method": {"title": _("How this report was made"), "blocks": to_data(_method(evidence))},
            "releases": [_cited(source) for source in evidence.sources],
        }
    return {name: plain(value) for name, value in content.items()}


def canonical(content: Mapping[str, Any]) -> bytes:
    """The content as the one JSON file it is downloaded as: the fingerprint is the SHA-256 of exactly these bytes."""
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content's file."""
    return hashlib.sha256(canonical(content)).hexdigest()


def document_of(content: Mapping[str, Any], sha256: str | None) -> Document:
    """The document that Word and PDF are written from; the same content gives the same document."""
    with force_locale(content["language"]):
        return Document(
            title=content["heading"],
            language=content["language"],
            subtitle=content["partnership"],
            facts=tuple((label, value) for label, value in [*content["facts"], *_fingerprint(sha256)]),
            blocks=tuple(_blocks(content)),
            hidden=content["hidden"],
            issued=date.fromisoformat(content["frozen_on"]) if content["frozen_on"] else None,
        )


def _blocks(content: Mapping[str, Any]) -> Iterator[Block]:
    if content["state"] == "draft":
        yield Notice(_("Draft. Not frozen: it may still change, and must not be cited."))
    for part in [*content["sections"], content["method"]]:
        yield Heading(1, part["title"])
        yield from from_data(part["blocks"])


def _fingerprint(sha256: str | None) -> list[tuple[str, str]]:
    if sha256 is None:
        return []
    return [(_("Fingerprint"), _("SHA-256 of the JSON file: %(hash)s", hash=_grouped(sha256)))]


def _grouped(sha256: str) -> str:
    """A hash in four parts, so that a line can break and two people can compare it aloud."""
    return " ".join(sha256[start : start + 16] for start in range(0, len(sha256), 16))


def _partnership() -> str:
    found = people.get_partnership_by_id(scope.current())
    return found.name if found else ""


def _facts(row: ReportRow, evidence: Evidence, language: str) -> Iterator[tuple[str, str]]:
    names = people.names_of(scope.current())
    yield _("Partnership"), _partnership()
    yield _("Period"), row.texts.get("period", "") or _period(evidence)
    yield _("Started by"), names.get(row.started_by, "") if row.started_by else _("Command line")
    if row.frozen_on:
        yield _("Frozen by"), names.get(row.frozen_by, "") if row.frozen_by else _("Command line")
        yield _("Frozen on"), results.day(row.frozen_on)
    else:
        yield _("State"), _("Draft, not frozen")
    for source in evidence.sources:
        yield results.name_of(source, language), f"{results.base_of(source)}. {results.rule_of(source)}"
        yield _("Its survey version"), _("SHA-256: %(hash)s", hash=_grouped(source.release.version_sha256))
        yield _("Its tables"), _("SHA-256: %(hash)s", hash=_grouped(source.release.sha256))


def _period(evidence: Evidence) -> str:
    days = sorted(source.release.frozen_on for source in evidence.sources)
    if not days:
        return _("Not said")
    if days[0] == days[-1]:
        return _("Results frozen on %(day)s", day=results.day(days[0]))
    return _("Results frozen from %(first)s to %(last)s", first=results.day(days[0]), last=results.day(days[-1]))


def _method(evidence: Evidence) -> Iterator[Block]:
    yield Bullets((
        _("Everybody who answered chose to. The results say what these people think, not what everybody thinks."),
        _(
            "Numbers come from frozen releases and frozen counts of themes only. Nothing was counted for this report, "
            "and what is frozen never changes."
        ),
        *dict.fromkeys(results.rule_of(source) for source in evidence.sources),
        _(
            "Where hiding one number would not be enough, because it could be worked out from others, those are hidden "
            "too. Nobody and too few people look the same."
        ),
        _(
            "A trained person read every comment before anybody analysed it. People sorted the comments into themes. A "
            "second person released each quote, with names and places taken out."
        ),
        _(
            "A computer put comments in order of concern, suggested themes and made these tables. It decided nothing, "
            "and wrote none of the findings."
        ),
        _("Texts without a source were written by the authors of this report."),
    ))


def _cited(source: Source) -> dict[str, Any]:
    release = source.release
    return {
        "survey": source.survey,
        "release": release.number,
        "frozen_on": release.frozen_on.isoformat(),
        "version_sha256": release.version_sha256,
        "sha256": release.sha256,
        "rule": {
            "threshold": release.rule.threshold,
            "rounding": release.rule.rounding,
            "max_filters": release.rule.max_filters,
        },
        "base": release.base,
        "tables": [table.to_json() for table in source.tables],
    }
