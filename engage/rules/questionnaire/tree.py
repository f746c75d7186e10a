"""YAML as plain data with a line number for every place in it.

Stricter than YAML on purpose: every scalar is a string until the model asks for something else (so `no`, `on`, `12:30`
and `010` stay what was written), a key may stand once, and tags, anchors and aliases are refused.
"""

from typing import Final, NamedTuple

import yaml

from engage.rules.marking import worded

Tree = str | list["Tree"] | dict[str, "Tree"] | None
Place = tuple[str | int, ...]

DEEPEST: Final = 30
LONGEST: Final = 1_000_000
_LOOK: Final = worded("look at this line and the one before it; words with : , ? or brackets in them need quotes")
# Ten times faster where the library was built with libyaml; neither makes anything but strings, lists and maps.
_LOADER: Final = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_DUMPER: Final = yaml.CSafeDumper if yaml.__with_libyaml__ else yaml.SafeDumper
_PLAIN_TAGS: Final = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}


class Fault(NamedTuple):
    """One thing wrong in a definition's text."""

    line: int
    path: str
    message: str
    write: str


class FaultyTreeError(ValueError):
    """The text is not a tree of plain values."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


def _refuse_extras(text: str) -> None:
    """Look at the events first: this does not recurse, so a hostile depth is found before anything that does runs."""
    depth = 0
    for event in yaml.parse(text, _LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise _refusal(worded("anchors and aliases (& and *) are not used here"), event)
        if depth > DEEPEST:
            raise _refusal(worded("is nested too deeply"), event)


def _refusal(message: str, event: yaml.Event) -> FaultyTreeError:
    return FaultyTreeError([Fault(event.start_mark.line + 1 if event.start_mark else 1, "", message, _LOOK)])


def read_tree(text: str) -> tuple[Tree, dict[Place, int]]:
    """The text as plain data, and the line (from 1) of every place in it. Raises FaultyTreeError."""
    if len(text) > LONGEST:
        raise FaultyTreeError([
            Fault(1, "", worded("the file is longer than a million letters"), worded("split it into several surveys"))
        ])
    try:
        _refuse_extras(text)
        node = yaml.compose(text, _LOADER)
    except FaultyTreeError:
        raise
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        said = error.problem
        problem = worded("cannot be read as YAML ({reason})", reason=said) if said else worded("this is not YAML")
        raise FaultyTreeError([Fault(line, "", problem, _LOOK)]) from error
    except (yaml.YAMLError, ValueError) as error:
        fault = Fault(
            1, "", worded("the file holds characters that YAML cannot hold"), worded("save it as plain UTF-8 text")
        )
        raise FaultyTreeError([fault]) from error
    lines: dict[Place, int] = {(): 1}
    faults: list[Fault] = []
    tree = _build(node, (), lines, faults) if node is not None else None
    if faults:
        raise FaultyTreeError(faults)
    return tree, lines


def as_yaml(tree: object) -> str:
    """Plain data as YAML, keys in their order, words as they are."""
    return yaml.dump(tree, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=110)


def dotted(place: Place) -> str:
    return ".".join(str(step) for step in place)


def _build(node: yaml.Node, place: Place, lines: dict[Place, int], faults: list[Fault]) -> Tree:
    lines.setdefault(place, node.start_mark.line + 1)
    if node.tag not in _PLAIN_TAGS:
        faults.append(
            Fault(
                node.start_mark.line + 1,
                dotted(place),
                worded("has a tag {tag}", tag=node.tag),
                worded("remove the !tag"),
            )
        )
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*place, n), lines, faults) for n, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(node, place, lines, faults)
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    return None if plain and node.value == "" else str(node.value)


def _build_mapping(node: yaml.MappingNode, place: Place, lines: dict[Place, int], faults: list[Fault]) -> Tree:
    tree: dict[str, Tree] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            faults.append(
                Fault(
                    line, dotted(place), worded("has a list or a map as a key"), worded("write a word before the colon")
                )
            )
            continue
        key = str(key_node.value)
        if key in tree:
            faults.append(Fault(line, dotted((*place, key)), worded("is there twice"), worded("keep one of the two")))
            continue
        lines[*place, key] = line
        tree[key] = _build(value_node, (*place, key), lines, faults)
    return tree
