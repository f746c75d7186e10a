"""Which columns of an XLSForm are understood, which words they hold, and why the others are not kept."""

import re
from collections.abc import Iterator
from typing import Final

from engage.rules.marking import worded
from engage.rules.questionnaire.texts import ENGLISH
from engage.rules.xlsform.expressions import Tree
from engage.rules.xlsform.names import Tongue, tongue
from engage.rules.xlsform.workbook import Finding, Row, Sheet

_SPOKEN: Final = frozenset({"label", "hint"})
_KNOWN: Final = {
    "survey": frozenset({
        "type",
        "name",
        "required",
        "relevant",
        "constraint",
        "parameters",
        "appearance",
        "media::image",
        "image",
    }),
    "choices": frozenset({"list_name", "name", "media::image", "image"}),
    "settings": frozenset({"form_title", "form_id", "default_language", "version"}),
}
_REFUSED: Final = {
    "calculation": worded("nothing is calculated here"),
    "choice_filter": worded("choices cannot depend on other answers here; ask two questions with a relevant instead"),
    "repeat_count": worded("nothing is asked several times here"),
    "default": worded("answers are never filled in beforehand"),
    "read_only": worded("a question that cannot be answered is a note: use the type note"),
    "readonly": worded("a question that cannot be answered is a note: use the type note"),
    "trigger": worded("nothing is calculated here"),
    "bind": worded("is an instruction to another program"),
    "body": worded("is an instruction to another program"),
    "instance": worded("is an instruction to another program"),
    "save_to": worded("is an instruction to another program"),
}
_LEFT_OUT: Final = {
    "constraint_message": worded("each mistake has words of its own here, in every language"),
    "required_message": worded("each mistake has words of its own here, in every language"),
    "guidance_hint": worded("there is one hint for each question here"),
    "media": worded("recordings and films are added here, from the partnership's media library"),
    "audio": worded("recordings and films are added here, from the partnership's media library"),
    "video": worded("recordings and films are added here, from the partnership's media library"),
}
_LAYOUT: Final = re.compile(r"</?[a-zA-Z][^<>]*>|\*\*|__|^#", re.MULTILINE)


class Columns:
    """The columns of one sheet. `texts`: label or hint -> head -> the language of its words."""

    def __init__(self, sheet: Sheet, kind: str, default: str) -> None:
        self.sheet = sheet
        self.texts: dict[str, dict[str, Tongue]] = {name: {} for name in _SPOKEN}
        self.findings: list[Finding] = []
        self._strange: dict[str, tuple[str, bool]] = {}
        for head in sheet.letters:
            self._place(head, kind, default)

    def _place(self, head: str, kind: str, default: str) -> None:
        first, _, rest = head.partition("::")
        if first in _SPOKEN and kind != "settings":
            spoken = tongue(rest) if rest else Tongue(default, is_easy=False)
            if spoken is None:
                reason = worded("does not say which language it is: write {first}::Arabic (ar)", first=first)
                self.findings.append(Finding(self.sheet.place(1, head), reason))
            elif spoken in self.texts[first].values():
                self.findings.append(
                    Finding(self.sheet.place(1, head), worded("is the second column for this language"))
                )
            else:
                self.texts[first][head] = spoken
        elif head not in _KNOWN[kind]:
            self._strange[head] = _why_not(first)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are words in, English first."""
        found = (spoken.code for heads in self.texts.values() for spoken in heads.values())
        return tuple(dict.fromkeys((ENGLISH, *found)))

    def is_known(self, head: str) -> bool:
        """Whether cells under this head are read at all."""
        return head not in self._strange

    def strange(self, row: Row) -> Iterator[Finding]:
        """The cells of a row that stand in columns which are not kept."""
        for head in row.cells:
            if head in self._strange:
                reason, is_refused = self._strange[head]
                yield Finding(self.sheet.place(row.number, head), reason, is_refused)

    def words(self, row: Row, name: str) -> Tree | None:
        """The text in these columns of a row, as plain data; None where all are empty. What is wrong is in findings."""
        said: dict[str, dict[str, str]] = {}
        for head, spoken in self.texts[name].items():
            words = row.cells.get(head, "")
            if not words:
                continue
            self.findings.extend(Finding(self.sheet.place(row.number, head), reason) for reason in _faults(words))
            said.setdefault(spoken.code, {})["easy" if spoken.is_easy else "plain"] = words
        if not said:
            return None
        for code, words_of in said.items():
            if "plain" not in words_of:
                self._refuse(
                    row,
                    name,
                    code,
                    is_easy=True,
                    reason=worded("has easy words in {code} and no plain ones", code=code),
                )
        if ENGLISH not in said:
            head = self._head(name, ENGLISH, is_easy=False) or name
            self.findings.append(Finding(self.sheet.place(row.number, head), worded("is empty in English")))
            return {ENGLISH: {"plain": "-"}}
        return dict(said)

    def _refuse(self, row: Row, name: str, code: str, *, is_easy: bool, reason: str) -> None:
        head = self._head(name, code, is_easy=is_easy)
        self.findings.append(Finding(self.sheet.place(row.number, head), reason))

    def _head(self, name: str, code: str, *, is_easy: bool) -> str:
        wanted = Tongue(code, is_easy)
        return next((head for head, spoken in self.texts[name].items() if spoken == wanted), "")


def _why_not(first: str) -> tuple[str, bool]:
    if first in _REFUSED:
        return _REFUSED[first], True
    return _LEFT_OUT.get(first, worded("is no column that is known here")), False


def _faults(words: str) -> Iterator[str]:
    if "${" in words:
        yield worded("puts an answer into words: write it here afterwards, as {answer:question|words if there is none}")
    if _LAYOUT.search(words):
        yield worded("holds layout (** or <b> or #): texts are plain words here")
    if len(words) > 2000:
        yield worded("is longer than 2000 letters")
