"""strace on one running process: what it does, or what it is made to fail at. Attached and let go by process id."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self


def why_not() -> str:
    """Why strace cannot be had here, and what would help; empty where it can."""
    if shutil.which("strace") is None:
        return "needs strace (on Debian: apt-get install strace)"
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(20)"])
    try:
        with Tracing(sleeper.pid, Path("/dev/null"), "-e", "trace=none"):
            return ""
    except PermissionError:
        return "needs the right to trace another process (root, or kernel.yama.ptrace_scope=0)"
    finally:
        sleeper.kill()
        sleeper.wait()


class Tracing:
    """strace attached to `process` and all its threads for as long as the block lasts; it writes to `out`."""

    def __init__(self, process: int, out: Path, *options: str) -> None:
        self._words = ["strace", "-f", "-p", str(process), "-o", str(out), *options]

    def __enter__(self) -> Self:
        self._strace = subprocess.Popen(self._words, stderr=subprocess.PIPE, text=True)
        assert self._strace.stderr is not None
        line = self._strace.stderr.readline()
        if " attached" not in line:
            self._strace.communicate(timeout=30)
            raise PermissionError(line)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._strace.send_signal(signal.SIGINT)
        self._strace.communicate(timeout=30)
