"""Every setting is in the manual with its default and meaning, and the manual names no other."""

import re
from pathlib import Path

from engage.settings import Settings
from tests.conventions.tree import ROOT

ROW = re.compile(r"^\| `(ENGAGE_[A-Z0-9_]+)` \| (.*?) \| (.*?) \|$", re.MULTILINE)


def shown(default: object) -> str:
    if isinstance(default, Path):
        default = f"./{default}"
    return "empty" if default == "" else f"`{default}`"


def test_operations_lists_every_setting_as_it_is() -> None:
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    listed = {name: (default, meaning) for name, default, meaning in ROW.findall(manual)}
    settings = {
        f"ENGAGE_{name.upper()}": (shown(field.default), field.description)
        for name, field in Settings.model_fields.items()
    }
    assert listed == settings
