"""The parent of the web server and the worker.

The parent takes the port itself (a port that is taken is known at once), hands it down, says "Ready" when the server
answers, starts a fallen worker again and ends everything when the web server falls or when it is told to. Children die
with their parent, however it dies.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

import click

from engage.core import logging
from engage.settings import Settings

_READY_SECONDS = 60
_STOP_SECONDS = 25
_LOOK_SECONDS = 0.2
_FALLS, _WITHIN_SECONDS = 5, 120.0


class PortTaken(Exception):
    """Another program listens there already."""


def serve(settings: Settings) -> int:
    """Serves until told to stop; the exit status of the command. Raises PortTaken before anything is started."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    with _listen(settings) as listener:
        web = _start(["web", str(listener.fileno())], pass_fds=(listener.fileno(),))
        worker = _start(["worker"])
    try:
        if not _is_ready(settings, web, stop):
            return 0 if stop.is_set() else 1
        click.echo(f"Ready: http://{_shown(settings.host)}:{settings.port}")
        worker = _watch(web, worker, stop)
        return 0 if stop.is_set() else 1
    finally:
        _end([web, worker])


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise PortTaken(
            f"Cannot listen on {settings.host}, port {settings.port} ({error.strerror}); choose another with PORT."
        ) from None
    listener.listen(2048)
    return listener


def _start(words: Sequence[str], pass_fds: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "engage.serve.child", str(os.getpid()), *words]
    return subprocess.Popen(command, pass_fds=pass_fds, start_new_session=True)  # noqa: S603 - our own words


def _is_ready(settings: Settings, web: subprocess.Popen[bytes], stop: threading.Event) -> bool:
    """Whether the server answered within a minute."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared, not bound
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until and web.poll() is None and not stop.wait(0.05):
        connection = http.client.HTTPConnection(host, settings.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return True
        except OSError:
            continue
        finally:
            connection.close()
    return False


def _watch(
    web: subprocess.Popen[bytes], worker: subprocess.Popen[bytes], stop: threading.Event
) -> subprocess.Popen[bytes]:
    """Until it is time to stop, or the web server fell, or the worker fell too often; the worker that runs last."""
    falls: list[float] = []
    while not stop.wait(_LOOK_SECONDS) and web.poll() is None:
        if worker.poll() is None:
            continue
        now = time.monotonic()
        falls = [*(fall for fall in falls if now - fall < _WITHIN_SECONDS), now]
        logging.get_logger().error("worker-fell", status=worker.returncode, falls=len(falls))
        if len(falls) >= _FALLS:
            break
        worker = _start(["worker"])
    return worker


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + _STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
