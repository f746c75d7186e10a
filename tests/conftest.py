"""Fixtures shared by every test: see tests/support for what they are made of."""

import os

os.environ.setdefault("ENGAGE_LOG_LEVEL", "WARNING")
pytest_plugins = [
    "tests.support.apps",
    "tests.support.browser",
    "tests.support.heap",
    "tests.support.making",
    "tests.support.proving",
    "tests.support.sharing",
    "tests.support.system",
]
