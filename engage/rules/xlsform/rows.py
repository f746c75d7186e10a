"""The rows of an XLSForm's survey sheet as questions and sections, as plain data, with the row each came from."""

from collections.abc import Mapping, Set
from typing import Final

from engage.rules.marking import worded, worded_of
from engage.rules.xlsform.choices import ChoiceList, picture_of
from engage.rules.xlsform.columns import Columns
from engage.rules.xlsform.constraints import limits
from engage.rules.xlsform.expressions import Asked, NotSupportedError, Tree, relevant
from engage.rules.xlsform.kinds_in import UNDERSTOOD, Asking, question_of
from engage.rules.xlsform.names import question_id
from engage.rules.xlsform.workbook import Finding, Place, Row

_YES: Final = frozenset({"yes", "true", "true()", "1"})
_NO: Final = frozenset({"no", "false", "false()", "0", ""})
_CHOSEN: Final = frozenset({"single", "multiple"})
_OF_GROUP: Final = frozenset({"type", "name", "label", "relevant"})


class Rows:
    """What was read so far. `origin` has the row of each question, `section_origin` that of each section."""

    def __init__(self, columns: Columns, lists: Mapping[str, ChoiceList]) -> None:
        self.columns = columns
        self.lists = lists
        self.questions: list[Tree] = []
        self.sections: list[Tree] = []
        self.origin: list[Row] = []
        self.section_origin: list[Row] = []
        self._ids: dict[str, str] = {}
        self._asked = Asked({}, {})
        self._kinds: dict[str, str] = {}
        self._options: dict[str, Mapping[str, str]] = {}
        self._open: list[Row] = []

    def read(self) -> None:
        """Every row; what does not fit stands in the columns' findings."""
        for row in self.columns.sheet.rows:
            kind, *arguments = row.cells.get("type", "").split() or [""]
            self.columns.findings.extend(self.columns.strange(row))
            if kind in {"begin_group", "end_group"} or [kind, *arguments] in (["begin", "group"], ["end", "group"]):
                self._group(row, begins=kind.startswith("begin"))
            elif not kind:
                self._refuse(row, "type", worded("is empty"))
            else:
                self._question(row, _joined(kind, arguments), tuple(arguments))
        for row in self._open:
            self._refuse(row, "type", worded("is a group that never ends"))
        self._tell_unused()

    def _tell_unused(self) -> None:
        """Lists that no question asks with."""
        asked = " ".join(f"{row.cells.get('type', '')} {row.cells.get('parameters', '')}" for row in self.origin)
        for name in self.lists:
            if name not in asked.replace("=", " ").split():
                reason = worded("the list {name} is used by no question", name=name)
                self.columns.findings.append(Finding(Place("choices"), reason, is_refused=False))

    def _group(self, row: Row, *, begins: bool) -> None:
        """A group is a section; rows outside every group stay where they are, before, between or after them."""
        if not begins:
            self._end_group(row)
            return
        self._open.append(row)
        if len(self._open) > 1:
            self._refuse(row, "type", worded("is a group inside a group: sections here stand one after the other"))
            return
        section: Tree = {"id": self._name(row), "title": self.columns.words(row, "label")}
        if section["title"] is None:
            self._refuse(row, "label", worded("a group needs words: they are the heading of its section"))
            section["title"] = {"en": {"plain": "-"}}
        self._leave_out(row, worded("says nothing about a group here"), _OF_GROUP)
        self._with_condition(row, section)
        self.sections.append(section)
        self.section_origin.append(row)

    def _end_group(self, row: Row) -> None:
        self._leave_out(row, worded("says nothing on the row that ends a group"), {"type", "name"})
        if not self._open:
            self._refuse(row, "type", worded("ends a group that never began"))
            return
        begun = self._open.pop().cells.get("name", "")
        if row.cells.get("name", begun) != begun:
            self._note(row, "name", worded("is not the group that is open: this ends {begun}", begun=begun))

    def _question(self, row: Row, kind: str, arguments: tuple[str, ...]) -> None:
        question: Tree = {"id": self._name(row), "text": self.columns.words(row, "label")}
        if question["text"] is None:
            self._refuse(row, "label", worded("is empty: every question and note needs words"))
            question["text"] = {"en": {"plain": "-"}}
        hint = self.columns.words(row, "hint")
        if hint is not None:
            question["hint"] = hint
        try:
            question.update(question_of(kind, self._asking(row, kind, arguments)))
        except NotSupportedError as error:
            self._refuse(row, "type", worded_of(error))
            return
        question.update(picture_of(self.columns, row, _tree(question["text"])))
        self._with_required(row, question)
        self._with_limits(row, question, kind, arguments)
        self._with_condition(row, question)
        if self._open and self.sections:
            question["section"] = self.sections[-1]["id"]
        self._known(row, question, arguments)

    def _known(self, row: Row, question: Tree, arguments: tuple[str, ...]) -> None:
        name = row.cells.get("name", "")
        self.questions.append(question)
        self.origin.append(row)
        self._ids[name], self._kinds[name] = str(question["id"]), str(question["kind"])
        if question["kind"] in _CHOSEN and arguments:
            self._options[name] = {**self.lists[arguments[0]].ids, **({"other": "other"} if arguments[1:] else {})}
        self._asked = Asked(self._kinds, self._options)

    def _asking(self, row: Row, kind: str, arguments: tuple[str, ...]) -> Asking:
        appearance = frozenset(row.cells.get("appearance", "").split())
        unknown = appearance - UNDERSTOOD.get(kind, set())
        if unknown:
            reason = worded(
                "“{words}” is how another program draws it; here every kind has its own look",
                words=" ".join(sorted(unknown)),
            )
            self._note(row, "appearance", reason)
        parameters: dict[str, str] = {}
        for part in row.cells.get("parameters", "").replace(",", " ").replace(";", " ").split():
            name, sign, value = part.partition("=")
            if kind != "range" or not sign or name not in {"start", "end", "step", "tick_labelset"}:
                self._note(row, "parameters", worded("“{part}” says nothing here", part=part))
            parameters[name] = value
        return Asking(arguments, appearance, parameters, self.lists, lambda reason: self._note(row, "type", reason))

    def _with_required(self, row: Row, question: Tree) -> None:
        said = row.cells.get("required", "").lower()
        if question["kind"] == "information":
            if said not in _NO:
                self._note(row, "required", worded("says nothing here: a note asks for no answer"))
            return
        if said in _YES | _NO:
            question["required"] = said in _YES
        else:
            self._refuse(row, "required", worded("is a rule: a question is required, yes or no; it can always be left"))

    def _with_limits(self, row: Row, question: Tree, kind: str, arguments: tuple[str, ...]) -> None:
        expression = row.cells.get("constraint", "")
        named = self.lists[arguments[0]].ids if arguments and arguments[0] in self.lists else {}
        try:
            of = "decimal" if kind == "decimal" else str(question["kind"])
            found = limits(expression, of, named) if expression else {}
        except NotSupportedError as error:
            self._refuse(row, "constraint", worded_of(error))
            return
        alone = found.pop("exclusive", [])
        options = question.get("options")
        if isinstance(alone, list) and isinstance(options, list) and alone:
            question["options"] = [{**o, "exclusive": True} if o["id"] in alone else o for o in options]
        question.update(found)
        if question["kind"] == "number" and "max" not in question:
            self._note(
                row, "type", worded("takes numbers up to 999 here: write a constraint (. <= ...) for another limit")
            )

    def _with_condition(self, row: Row, thing: Tree) -> None:
        expression = row.cells.get("relevant", "")
        if not expression:
            return
        try:
            thing["show_if"] = relevant(expression, self._asked, self._ids)
        except NotSupportedError as error:
            self._refuse(row, "relevant", worded_of(error))

    def _name(self, row: Row) -> str:
        name = row.cells.get("name", "")
        made = question_id(name)
        if made is None:
            self._refuse(
                row, "name", worded("use letters, digits and _ for a name, beginning with a letter; at most 40")
            )
            return f"row_{row.number}"
        if made != name:
            self._note(row, "name", worded("becomes {made}: names are in small letters here", made=made))
        if name in self._ids:
            self._refuse(row, "name", worded("is there twice"))
        return made

    def _leave_out(self, row: Row, reason: str, kept: Set[str]) -> None:
        """Tell of every cell but those under these heads; of columns nobody knows the columns tell themselves."""
        for head in row.cells:
            if self.columns.is_known(head) and head.partition("::")[0] not in kept:
                self._note(row, head, reason)

    def _refuse(self, row: Row, head: str, reason: str) -> None:
        self.columns.findings.append(Finding(self.columns.sheet.place(row.number, head), reason))

    def _note(self, row: Row, head: str, reason: str) -> None:
        self.columns.findings.append(Finding(self.columns.sheet.place(row.number, head), reason, is_refused=False))


def _joined(kind: str, arguments: list[str]) -> str:
    """ "begin repeat" and "select one" are older ways of writing begin_repeat and select_one."""
    if kind in {"begin", "end"} and arguments:
        return f"{kind}_{arguments[0]}"
    return kind


def _tree(text: object) -> Tree:
    return text if isinstance(text, dict) else {}
