"""The browser every journey drives: the system's own Chromium, one at a time."""

import pytest

from tests.support import system
from tests.support.unaudited import audited, quick_release

__all__ = ["audited", "quick_release"]

# A microphone that beeps, and nobody who has to allow it.
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """How pytest-playwright starts the browser; a machine without Chromium skips the journeys with its reason."""
    path = system.browser()
    if path is None:
        pytest.skip("needs chromium")
    return {"executable_path": path, "args": ["--no-sandbox", "--disable-dev-shm-usage", *MICROPHONE]}
