"""Whole processes: how long one takes from its start to its end, and how much memory it holds at most. POSIX only."""

import os
import pty
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LINES, COLUMNS = 40, 100
_KEPT = 400
_TO_MIB = 1 << 20 if sys.platform == "darwin" else 1 << 10
_NOT_PASSED_ON = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True, slots=True)
class Run:
    """One process that has ended."""

    seconds: float
    peak: float
    """MiB of the largest process of its tree; never less than this program's own, from which it is forked."""
    code: int
    said: str
    """The end of its output."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to run."""

    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    terminal: bool = False


def clean_environment(home: Path) -> dict[str, str]:
    """This program's environment without what bends output, and with a home that holds nobody's settings."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    return {
        **{name: value for name, value in kept.items() if not name.startswith("RRB_")},
        "HOME": str(home),
        "TERM": "xterm-256color",
    }


def run(job: Job) -> Run:
    """Run it to its end; all it prints is read, from a terminal of 100 columns or from a pipe."""
    reading, writing = _terminal() if job.terminal else os.pipe()
    began = time.perf_counter()
    process = subprocess.Popen(
        job.words,
        cwd=job.folder,
        env=job.environment,
        stdin=writing if job.terminal else subprocess.DEVNULL,
        stdout=writing,
        stderr=writing,
    )
    os.close(writing)
    said = _read_all(reading)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(took, usage.ru_maxrss / _TO_MIB, process.returncode, said)


def _terminal() -> tuple[int, int]:
    reading, writing = pty.openpty()
    termios.tcsetwinsize(writing, (LINES, COLUMNS))
    return reading, writing


def _read_all(reading: int) -> str:
    end = b""
    with os.fdopen(reading, "rb", buffering=0) as stream:
        while piece := _piece(stream.read):
            end = (end + piece)[-_KEPT:]
    return end.decode(errors="replace").strip()


def _piece(read: Callable[[int], bytes | None]) -> bytes:
    try:
        return read(1 << 16) or b""
    except OSError:  # how a terminal says that nobody writes any more
        return b""
