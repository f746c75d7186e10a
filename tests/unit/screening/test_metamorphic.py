"""S5 on a sample of the development sets; all of them are in tests/drills."""

from pathlib import Path

import pytest
import yaml

from engage.rules.screening import screen
from tests.unit.screening.transforms import EXACT, NEARLY

HERE = Path(__file__).parent
FIRST, SLICES = (
    yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8")) for name in ("development", "slices")
)
EVERY = [
    *(text for texts in FIRST["red"].values() for text in texts),
    *(str(text) for way in ("plain", "second_language", "past") for texts in SLICES[way].values() for text in texts),
]
SAMPLE = EVERY[::4]


def dropped(name: str, texts: list[str]) -> list[str]:
    change = (EXACT | NEARLY)[name]
    return [text for text in texts if screen(text).level != "none" and screen(change(text)).level == "none"]


def test_s5_there_are_fifteen() -> None:
    assert len(EXACT | NEARLY) == 15


@pytest.mark.parametrize("name", EXACT)
def test_s5_zero_width_look_alikes_and_case_keep_every_flag(name: str) -> None:
    assert dropped(name, SAMPLE) == []


@pytest.mark.parametrize("name", NEARLY)
def test_s5_every_other_change_keeps_ninety_seven_in_a_hundred(name: str) -> None:
    lost = dropped(name, SAMPLE)
    assert len(lost) <= 0.03 * len(SAMPLE), lost
