"""W17: nobody's words, address or form can reach a log, and nobody can forge a line of it."""

import enum
import io
import json
import logging
import sys
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import structlog
import time_machine
from flask import Flask, g

from engage.core.logging import REFUSED, RefusedValue, configure, get_logger

CHILD_WORDS = "he hurts me at night"


class Colour(enum.StrEnum):
    RED = "red"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    before = structlog.get_config()
    root = logging.getLogger()
    handlers, level, raises = list(root.handlers), root.level, logging.raiseExceptions
    hooks = sys.excepthook, threading.excepthook
    configure("INFO", stream=stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers, logging.raiseExceptions = handlers, raises
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks
    structlog.configure(**before)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (3, 3),
        (True, True),
        (None, None),
        (0.5, 0.5),
        (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (date(2026, 11, 2), "2026-11-02"),
        (datetime(2026, 11, 2, 9, 30, tzinfo=UTC), "2026-11-02 09:30:00+00:00"),
        (Colour.RED, "red"),
        ("your-voice", "your-voice"),
        ("reader@example.org", "reader@example.org"),
        ("staff/releases:12", "staff/releases:12"),
    ],
)
def test_plain_values_pass(stream: io.StringIO, value: object, written: object) -> None:
    get_logger().info("release-made", value=value)
    assert lines(stream)[0]["value"] == written


@pytest.mark.parametrize(
    "value",
    [CHILD_WORDS, "", "x" * 81, "line\n", "a\r\nb", "\x1b[31m", "naïve", "\u202etxt", ["a"], {"a": 1}, (1,), b"bytes",
     object(), {1}, ValueError(CHILD_WORDS)],
)  # fmt: skip
def test_w17_free_text_and_containers_are_refused(stream: io.StringIO, value: object) -> None:
    get_logger().info("release-made", value=value)
    assert lines(stream)[0]["value"] == REFUSED
    assert "hurts" not in stream.getvalue()


@pytest.mark.parametrize(
    "fields",
    [{"event": CHILD_WORDS}, {"event": "saved"}, {"event": "Release-Made"}, {"event": "release-made\n"},
     {"event": "release-made", "A key\n": 1}],
)  # fmt: skip
def test_w17_names_are_checked_too(stream: io.StringIO, fields: dict[str, Any]) -> None:
    get_logger().info(**fields)
    line = lines(stream)[0]
    assert REFUSED in line.values()
    assert "hurts" not in stream.getvalue()


def test_w17_a_line_cannot_be_forged(stream: io.StringIO) -> None:
    get_logger().info("release-made", value='x"}\n{"event": "account-made", "role": "administrator"')
    assert len(stream.getvalue().splitlines()) == 1
    assert lines(stream)[0]["event"] == "release-made"


def test_time_is_utc_and_the_level_is_named(stream: io.StringIO) -> None:
    get_logger().warning("release-made")
    get_logger().debug("release-made")
    (line,) = lines(stream)
    assert line["level"] == "warning"
    assert datetime.fromisoformat(line["time"]).utcoffset() == UTC.utcoffset(None)


def fail() -> None:
    try:
        int(CHILD_WORDS)
    except ValueError as error:
        raise RuntimeError(CHILD_WORDS) from error


def check_exception(text: str, line: dict[str, Any]) -> None:
    assert line["exception"] == "builtins.RuntimeError < builtins.ValueError"
    assert line["frames"][-1].startswith("core/test_logging.py:")
    assert line["frames"][-1].endswith(" fail")
    assert "hurts" not in text


def test_w19_an_exception_is_logged_without_its_message(stream: io.StringIO) -> None:
    try:
        fail()
    except RuntimeError:
        get_logger().exception("job-failed", job="alerts")
    check_exception(stream.getvalue(), lines(stream)[0])


def test_w17_another_packages_message_is_not_repeated(stream: io.StringIO) -> None:
    try:
        fail()
    except RuntimeError:
        logging.getLogger("gunicorn.error").exception("Invalid request from ip=%s: %s", "203.0.113.9", CHILD_WORDS)
    (line,) = lines(stream)
    check_exception(stream.getvalue(), line)
    assert (line["event"], line["logger"], line["level"]) == ("library-logged", "gunicorn.error", "error")
    assert "203.0.113.9" not in stream.getvalue()


def test_another_packages_own_level_is_rounded_down(stream: io.StringIO) -> None:
    logging.getLogger("other").log(35, "half way between warning and error")
    assert lines(stream)[0]["level"] == "warning"


def test_w17_an_uncaught_exception_is_logged_without_its_message(stream: io.StringIO) -> None:
    try:
        fail()
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    check_exception(stream.getvalue(), lines(stream)[0])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_w17_so_is_one_in_a_thread(stream: io.StringIO) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    check_exception(stream.getvalue(), lines(stream)[0])


def test_strict_raises_and_names_only_the_key(stream: io.StringIO) -> None:
    configure("INFO", stream=stream, strict=True)
    with pytest.raises(RefusedValue, match=r"^comment$"):
        get_logger().info("voice-heard", comment=CHILD_WORDS)
    with pytest.raises(RefusedValue, match=r"^event$"):
        get_logger().info(CHILD_WORDS)


def test_n3_the_log_has_no_moment_of_somebody_unknown(stream: io.StringIO) -> None:
    """A line while somebody who has not signed in asks stands on a five-minute tick; any other says when it was."""
    app = Flask("page")
    with time_machine.travel(datetime(2026, 11, 24, 14, 17, 23, 987654, tzinfo=UTC), tick=False):
        with app.test_request_context("/"):
            get_logger().error("answers-not-saved")
        with app.test_request_context("/staff/"):
            g.engage_actor = uuid.UUID(int=7)
            get_logger().error("release-failed")
        get_logger().error("worker-fell")
    assert [line["time"] for line in lines(stream)] == [
        "2026-11-24T14:20:00Z",
        "2026-11-24T14:17:23.987654Z",
        "2026-11-24T14:17:23.987654Z",
    ]
