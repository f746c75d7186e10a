"""A18: what loading a file says to staff can be said in the language of their page."""

import ast

from tests.conventions.tree import name_of, tracked

TELLING = {
    "Problem", "Fault", "Remark", "Finding", "NotSupportedError", "UnreadableError", "_Unreadable", "_Refusal",
    "_refusal", "_refused", "_refuse", "_note", "note", "_leave_out", "_lose",
}  # fmt: skip
"""What is given a sentence for a page, by the name it is called by."""
SHIPPED = {"engage/rules/questionnaire/bank.py"}
"""Reads files of the product alone, for whoever changes those."""
FOLDERS = ("engage/rules/exchange/", "engage/rules/xlsform/", "engage/rules/questionnaire/", "engage/listening/making/")


def bare(source: str) -> list[str]:
    """The sentences that are told as they are."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in TELLING:
            said = [*node.args, *(word.value for word in node.keywords)]
            found += [
                ast.unparse(each) for each in said if isinstance(each, ast.Constant | ast.JoinedStr) and _says(each)
            ]
    return found


def _says(node: ast.expr) -> bool:
    """Whether it is words, and not a name or an empty text."""
    return " " in ast.unparse(node).strip()


def test_a18_no_loader_tells_a_sentence_that_no_page_can_translate() -> None:
    paths = [path for path in tracked((".py",), "engage") if name_of(path).startswith(FOLDERS)]
    found = {name_of(path): bare(path.read_text(encoding="utf-8")) for path in paths if name_of(path) not in SHIPPED}
    assert {name: said for name, said in found.items() if said} == {}


def test_a18_the_check_sees_a_planted_sentence() -> None:
    assert bare("yield Problem((), 'is there twice', worded('keep one'))") == ["'is there twice'"]
    assert bare("self._refuse(row, 'type', f'becomes {made} here')")
    assert bare("raise NotSupportedError(worded('is there twice'))") == []
