"""W20: dependencies are pinned by hash, and nothing in the repository says where it was built."""

import json
import re

import pytest

from tests.conventions.tree import ROOT, name_of, tracked

LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*==[^\s]+( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
# Written in two halves, so that this file does not find itself.
HOSTS = re.compile("|".join(["pythonhos" + "ted", r"\bregis" + r"try\.npm", r"www\.npm" + "js", r"py" + r"pi\.org",
                             r"deb\.deb" + "ian", r"index[-_]" + "url *="]))  # fmt: skip


@pytest.mark.parametrize("name", LOCKS)
def test_w20_every_line_is_a_pinned_version_or_its_hash(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert lines
    assert [line for line in lines if not (PINNED.match(line) or HASH.match(line))] == []


def test_w20_the_product_and_the_tests_agree_on_versions() -> None:
    product, developer = (
        {
            line.split("==")[0]: line.split(" ")[0]
            for line in (ROOT / name).read_text("utf-8").splitlines()
            if "==" in line
        }
        for name in LOCKS
    )
    assert product.items() <= developer.items()


def test_w20_script_packages_are_pinned_and_carry_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert [name for name, package in packages.items() if "resolved" in package] == []
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert [version for version in wanted.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_nothing_names_a_registry_or_a_folder_of_this_machine() -> None:
    found = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        if HOSTS.search(text) or (len(ROOT.parts) > 2 and str(ROOT) in text):
            found.append(name_of(path))
    assert found == []
