"""A child of `engage serve`: gunicorn on the parent's socket, or the worker. Run as `python -m engage.serve.child`."""

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.http import wsgi

from engage import worker
from engage.app import create_app
from engage.core import logging
from engage.safeguarding import codebooks
from engage.safeguarding.codebooks import Book
from engage.settings import Settings
from engage.voices import screening
from engage.web import limits
from engage.web.shared_counts import SharedCounts

_PR_SET_PDEATHSIG = 1
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - where gunicorn itself makes its heartbeat files, with safe names


class QuietLogger(Logger):
    """Gunicorn's log without what it says: its messages quote addresses, paths and bytes of requests."""

    def setup(self, cfg: Any) -> None:
        """Hands every record to our own handler, which tells only where it was logged."""
        self.cfg = cfg
        self._access_log_enabled = False
        self.error_log.handlers = [logging.LibraryHandler()]
        self.error_log.setLevel("WARNING")

    def critical(self, *args: Any, **kwargs: Any) -> None:
        """As gunicorn's, telling where it was called."""
        self.error_log.critical(*args, **kwargs, stacklevel=2)

    def error(self, *args: Any, **kwargs: Any) -> None:
        """As gunicorn's, telling where it was called."""
        self.error_log.error(*args, **kwargs, stacklevel=2)

    def warning(self, *args: Any, **kwargs: Any) -> None:
        """As gunicorn's, telling where it was called."""
        self.error_log.warning(*args, **kwargs, stacklevel=2)

    def exception(self, *args: Any, **kwargs: Any) -> None:
        """As gunicorn's, telling where it was called."""
        self.error_log.exception(*args, **kwargs, stacklevel=2)

    def access(self, *_args: object) -> None:
        """No request is ever logged."""

    def reopen_files(self) -> None:
        """There are none."""


class WebServer(BaseApplication):
    """Gunicorn on a socket that is already open."""

    def __init__(self, settings: Settings, descriptor: int) -> None:
        self._settings = settings
        self._counts = SharedCounts()  # now, before the web processes are forked
        self._descriptor = descriptor
        super().__init__()

    def load_config(self) -> None:
        """Everything that is not gunicorn's default."""
        chosen = {
            "bind": f"fd://{self._descriptor}",
            "worker_class": "gthread",
            "workers": self._settings.web_workers,
            "threads": self._settings.web_threads,
            "accesslog": None,
            "logger_class": QuietLogger,
            "control_socket_disable": True,
            "forwarded_allow_ips": "",  # ENGAGE_TRUSTED_PROXIES alone decides whom to believe
            "timeout": 60,
            "graceful_timeout": 20,
            "worker_tmp_dir": str(_SHARED_MEMORY) if _SHARED_MEMORY.is_dir() else None,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, made in each web process: a database connection does not survive a fork."""
        wsgi.Response.default_headers = _headers_without_server
        app = create_app(self._settings)
        limits.share(app, self._settings, self._counts)
        return app


_default_headers = wsgi.Response.default_headers


def _headers_without_server(response: Any) -> list[str]:
    lines: list[str] = _default_headers(response)
    return [line for line in lines if not line.startswith("Server:")]


def _die_with(parent: int) -> None:
    """Makes the system end this process with its parent (Linux), and ends it at once if the parent is gone already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        raise SystemExit(1)


def _child(parent: str, kind: str, *words: str) -> NoReturn:
    """What a child process does: see `parent._start`. It leaves no image of its memory when it crashes (N1)."""
    _die_with(int(parent))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    settings = Settings()
    logging.configure(settings.log_level)
    if kind == "web":
        # Once, before the web processes are forked: each shares them, and a new one answers at once.
        screening.build_lists()
        for book in Book:
            _ = codebooks.word_list(book).lexicons
        WebServer(settings, int(words[0])).run()
    raise SystemExit(worker.run(settings))


if __name__ == "__main__":
    _child(*sys.argv[1:])
