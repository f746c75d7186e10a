"""PO files: one entry a wording, its context the wording's key. A fuzzy entry is one nobody has said to be right."""

import polib

from engage.rules.exchange.segments import File, Remark, Row, Segment, guidance, segments
from engage.rules.marking import worded
from engage.rules.questionnaire.definition import Definition
from engage.rules.questionnaire.texts import ENGLISH

LARGEST = 5_000_000
"""Letters in a file: fifty times the longest survey."""


def write_po(definition: Definition, language: str) -> str:
    """The definition's texts and their translations into `language` as a PO file."""
    file = polib.POFile(wrapwidth=100)
    file.header = f"The survey {definition.survey}. Translate msgstr; leave {{answer:...}} as it is."
    file.metadata = {
        "Project-Id-Version": definition.survey,
        "Language": language,
        "X-Source-Language": ENGLISH,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for segment in segments(definition, language):
        file.append(_entry(definition, segment))
    return str(file) + "\n"


def _entry(definition: Definition, segment: Segment) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=segment.key,
        msgid=segment.source,
        msgstr=segment.target,
        comment="\n".join(f"{topic}: {words}" for topic, words in guidance(definition, segment)),
        flags=["fuzzy"] if segment.state == "stale" and segment.target else [],
    )


def read_po(text: str) -> File:
    """What a PO file holds. Never raises, whatever the text is."""
    if len(text) > LARGEST:
        return _refused(worded("is larger than five million letters"))
    try:
        # polib opens what looks like the name of a file: two lines never do.
        file = polib.pofile(f"#\n#\n{text.removeprefix(chr(0xFEFF))}", check_for_duplicates=False)
    except (OSError, ValueError, UnicodeError, IndexError, KeyError, AttributeError) as error:
        said = str(error).splitlines()
        return _refused(worded("is not a PO file ({reason})", reason=said[0] if said else type(error).__name__))
    rows, problems = [], []
    for entry in file:
        place = worded("line {number}", number=(entry.linenum or 2) - 2)
        if entry.obsolete:
            continue
        if not entry.msgctxt:
            problems.append(Remark("", worded("the entry “{words}” has no msgctxt", words=entry.msgid[:60]), place))
        elif entry.msgid_plural:
            problems.append(Remark(entry.msgctxt, worded("has plural forms, which no text here has"), place))
        else:
            is_done = not entry.fuzzy
            rows.append(Row(entry.msgctxt, entry.msgid, entry.msgstr, is_done, place))
    told = {name: str(words) for name, words in file.metadata.items()}
    survey, source, language = (told.get(name, "") for name in ("Project-Id-Version", "X-Source-Language", "Language"))
    return File(survey, source, language, tuple(rows), tuple(problems))


def _refused(reason: str) -> File:
    return File("", "", "", (), (Remark("", reason),))
