"""Logs that cannot give anybody away: JSON lines on stderr, in UTC, that refuse free text.

An event is a kebab-case name in the past tense with a few plain values: `log.info("release-made", release=uuid)`.
Numbers, ids, enums, dates and short word-like strings pass; sentences and containers are refused, because that is
where a child's words, an address or a whole form would slip in. Other packages' messages are not repeated at all
(gunicorn quotes addresses, an exception may quote an answer): only where they were logged, and an exception's type
and frames.
"""

import enum
import logging
import re
import sys
import threading
import uuid
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import structlog
from flask import g, has_request_context
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

from engage.core import clock

REFUSED = "[refused]"
_EVENT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_WORD = re.compile(r"[\w.:/@+-]{1,80}", re.ASCII)
_PLAIN = (bool, int, float, uuid.UUID, date, time, type(None))
_OWN = frozenset({"time", "level", "exception", "frames"})
_FRAMES = 30

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class RefusedValue(ValueError):
    """Something that must not be logged was about to be (raised in tests only; names the key, never the value)."""


def get_logger() -> FilteringBoundLogger:
    """The logger every module uses."""
    logger: FilteringBoundLogger = structlog.get_logger()
    return logger


def configure(level: str, *, strict: bool = False, stream: TextIO | None = None) -> None:
    """Sets up logging for this process; `strict` (tests) raises RefusedValue instead of writing "[refused]"."""
    out = stream or sys.stderr
    least = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _say_when,
            _describe_exception,
            Refusal(strict=strict),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [handler for handler in root.handlers if not isinstance(handler, LibraryHandler)]
    root.addHandler(LibraryHandler())
    root.setLevel(least)
    if not strict:
        _take_over_uncaught()


def _say_when(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The time, in UTC: to the moment, but on a five-minute tick while nobody who signed in is asking (N3)."""
    is_unknown = has_request_context() and "engage_actor" not in g
    event["time"] = (clock.tick() if is_unknown else clock.now()).isoformat().replace("+00:00", "Z")
    return event


def _take_over_uncaught() -> None:
    """Python would print an uncaught exception, message and all."""
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        get_logger().critical("process-failed", exc_info=(kind, error, trace))

    def uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            uncaught(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread


class Refusal:
    """Lets only plain values through; see the module's docstring."""

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        """`event` with every refused name, key and value replaced by "[refused]"."""
        passed: EventDict = {}
        for key, value in event.items():
            if key in _OWN:
                passed[key] = value
            elif key == "event":
                passed[key] = value if isinstance(value, str) and _EVENT.fullmatch(value) else self._refuse("event")
            elif _KEY.fullmatch(key):
                passed[key] = self._value(key, value)
            else:
                passed["refused_key"] = self._refuse("a key")
        return passed

    def _value(self, key: str, value: object) -> object:
        if isinstance(value, enum.Enum):
            value = value.value
        if isinstance(value, str):
            return str(value) if _WORD.fullmatch(value) else self._refuse(key)
        if isinstance(value, _PLAIN):
            return value if isinstance(value, (int, float)) or value is None else str(value)
        return self._refuse(key)

    def _refuse(self, what: str) -> str:
        if self._strict:
            raise RefusedValue(what)
        return REFUSED


class LibraryHandler(logging.Handler):
    """Passes on that another package logged a warning or worse and where, never what it said."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """One line for `record`: logger, place, and the exception's type and frames."""
        place = f"{_short(record.pathname)}:{record.lineno}"
        name = record.name if _WORD.fullmatch(record.name) else REFUSED
        details: dict[str, Any] = {"logger": name, "place": place if _WORD.fullmatch(place) else REFUSED}
        if record.exc_info and record.exc_info[1] is not None:
            details["exc_info"] = record.exc_info
        get_logger().log(min(record.levelno // 10 * 10, logging.CRITICAL), "library-logged", **details)


def _describe_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replaces `exc_info` by the exception's type (and its causes' types) and its frames, without any message."""
    found = event.pop("exc_info", None)
    for key in _OWN & {"exception", "frames"}:
        event.pop(key, None)  # ours to fill
    info = _exc_info(found)
    if info is not None:
        kinds = [f"{type(error).__module__}.{type(error).__qualname__}" for error in _chain(info[1])]
        event["exception"] = " < ".join(kinds[:5])
        event["frames"] = _frames(info[2])
    return event


def _exc_info(found: object) -> ExcInfo | None:
    if isinstance(found, BaseException):
        return type(found), found, found.__traceback__
    if not isinstance(found, tuple):
        found = sys.exc_info() if found else (None, None, None)
    kind, error, trace = found
    return None if kind is None or error is None else (kind, error, trace)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and what led to it, at most once each."""
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)


def _frames(trace: TracebackType | None) -> list[str]:
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{_short(code.co_filename)}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return frames[-_FRAMES:]


def _short(path: str) -> str:
    """The last two parts of a path: enough to find it, without whose home folder it lies in."""
    return "/".join(Path(path).parts[-2:])
