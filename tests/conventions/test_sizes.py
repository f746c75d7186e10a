"""Shape limits: nothing grows past what one reader can hold. A waiver is one line in a decision record."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conventions.tree import length, name_of, tracked, waivers

FILE, LARGE_FILE, LARGE_SHARE = 400, 250, 10
FUNCTION, ROUTE_BODY, FACTORY = 40, 25, 60
TEMPLATE = 150

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def lines(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def body_lines(node: Function) -> int:
    """Lines of a function without its signature and docstring."""
    statements = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return (node.end_lineno or 0) - statements[0].lineno + 1 if statements else 0


def is_route(node: Function) -> bool:
    names = [ast.unparse(decorator) for decorator in node.decorator_list]
    return any(".route(" in name or ".get(" in name or ".post(" in name for name in names)


def too_large() -> Iterator[tuple[str, int, int]]:
    """(name, size, limit) of everything over its limit."""
    for path in tracked((".py",), "engage") + tracked((".py",), "tests"):
        yield name_of(path), length(path), FILE
        for node in functions(path):
            limit = FACTORY if node.name == "create_app" else FUNCTION
            yield f"{name_of(path)}:{node.name}", lines(node), limit
            if is_route(node):
                yield f"{name_of(path)}:{node.name}", body_lines(node), ROUTE_BODY
    for path in tracked((".html",), "templates"):
        yield name_of(path), length(path), TEMPLATE


def is_waived(name: str, waiver: str) -> bool:
    """A waiver names a file, a function in a file, or a folder (with a slash at its end)."""
    return name == waiver or (waiver.endswith("/") and name.startswith(waiver))


def test_nothing_is_over_its_limit() -> None:
    over = {name: (size, limit) for name, size, limit in too_large() if size > limit}
    assert {name: sizes for name, sizes in over.items() if not any(is_waived(name, one) for one in waivers())} == {}


def test_every_waiver_is_still_needed() -> None:
    over = [name for name, size, limit in too_large() if size > limit]
    assert [waiver for waiver in waivers() if not any(is_waived(name, waiver) for name in over)] == []


def test_at_most_one_file_in_ten_is_large() -> None:
    sizes = {name_of(path): length(path) for path in tracked((".py",), "engage")}
    large = [
        name
        for name, size in sizes.items()
        if size > LARGE_FILE and not any(is_waived(name, waiver) for waiver in waivers())
    ]
    assert len(large) * LARGE_SHARE <= max(len(sizes), LARGE_SHARE), large


@pytest.mark.parametrize(
    ("source", "whole", "body"),
    [
        ("def f(\n    a,\n):\n    '''Doc.\n\n    More.\n    '''\n    x = 1\n    return x\n", 9, 2),
        ("def f():\n    return 1\n", 2, 1),
        ("def f():\n    '''Doc.'''\n", 2, 0),
    ],
)
def test_lines_are_counted_as_written(source: str, whole: int, body: int) -> None:
    (node,) = ast.parse(source).body
    assert isinstance(node, Function)
    assert (lines(node), body_lines(node)) == (whole, body)
