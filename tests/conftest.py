"""Fixtures shared by every test: see tests/support for what they are made of."""

import os

os.environ.setdefault("ENGAGE_LOG_LEVEL", "WARNING")
# Commands and servers that tests start hash as cheaply as the apps that they build (tests/support/apps.py).
os.environ.setdefault("ENGAGE_ARGON2_MEMORY_KIB", "64")
os.environ.setdefault("ENGAGE_ARGON2_PASSES", "1")
pytest_plugins = [
    "tests.support.apps",
    "tests.support.browser",
    "tests.support.heap",
    "tests.support.making",
    "tests.support.proving",
    "tests.support.sharing",
    "tests.support.system",
]
