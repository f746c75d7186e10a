"""N13, P5: what is deleted for good leaves a mark, unless it is named here with why it need not."""

import ast

from tests.conventions.tree import name_of, tracked

HOME = "engage/core/"
GOES_WITH_WHAT_IS_MARKED = {
    "Alert",
    "Concerned",
    "Flag",
    "FollowUp",
    "LibraryPart",
    "Receipt",
    "Reminder",
    "Withdrawal",
}
ONLY_ITS_WRITER_CAN_OPEN = {"Draft", "DraftFile"}
CHANGED_AND_NOT_TAKEN_AWAY = {"AccountRole", "Coding", "KnownTotal", "LineManager", "OnDuty", "Score"}
HOLDS_NOTHING_OF_A_PERSON = {"ReminderPlan", "Speech", "WorkingStep"}
GOES_BY_ITSELF_OR_IS_IN_NO_BACKUP = {"ContactTold", "PasswordLink", "StaffSession", "Told"}
NEED_NO_MARK = (
    GOES_WITH_WHAT_IS_MARKED
    | ONLY_ITS_WRITER_CAN_OPEN
    | CHANGED_AND_NOT_TAKEN_AWAY
    | HOLDS_NOTHING_OF_A_PERSON
    | GOES_BY_ITSELF_OR_IS_IN_NO_BACKUP
)


def deleted(source: str) -> set[str]:
    """The models whose rows a module deletes by a statement of its own."""
    return {
        ast.unparse(node.args[0])
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"sa.delete", "sqlalchemy.delete", "delete"}
    }


def test_every_plain_delete_is_of_something_that_needs_no_mark() -> None:
    found: set[str] = set()
    for path in tracked((".py",), "engage"):
        if not name_of(path).startswith(HOME):
            found |= deleted(path.read_text(encoding="utf-8"))
    assert found == NEED_NO_MARK
