"""`rrb` in a process of its own that can be struck: forked off the tests, where all is loaded, as to start one anew takes
far longer than what it does."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

import pytest

from boards import TODAY, environment
from rrbnotes.cli.main import main

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are forked")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def start(root: Path, *words: str, waits: bool = False, more: Mapping[str, str] | None = None) -> int:
    """Begin `rrb` on a folder, with more in its environment; what it says comes into the file `said` beside the folder.

    Where it waits, it begins once it is told to continue. Returns the number of the process.
    """
    pid = os.fork()
    return pid or _run(root, words, waits, more or {})


def _run(root: Path, words: tuple[str, ...], waits: bool, more: Mapping[str, str]) -> NoReturn:
    code: object = 99
    try:
        for number in _SIGNALS:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        os.environ.clear()
        os.environ.update({**environment(), **more})
        file = os.open(said_in(root), os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        os.dup2(file, 1)
        os.dup2(file, 2)
        sys.stdout, sys.stderr = (open(fd, "w", encoding="utf-8", closefd=False) for fd in (1, 2))  # noqa: SIM115
        sys.argv = ["rrb", "-C", str(root), "--today", TODAY, *words]
        if waits:
            os.kill(os.getpid(), signal.SIGSTOP)
        main()
    except SystemExit as leaving:
        code = leaving.code or 0
    except KeyboardInterrupt:
        code = 130  # as Python's own end of a program, which has a trace
        traceback.print_exc()
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code if isinstance(code, int) else 98)


def said_in(root: Path) -> Path:
    """Where a child puts what it says."""
    return root.with_name(f"{root.name}.said")


def said(root: Path) -> str:
    """What a child has said."""
    return said_in(root).read_text(encoding="utf-8") if said_in(root).exists() else ""


def ended(pid: int) -> int:
    """The exit code of a child; of one that was killed the negative number of its signal."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def apart(does: Callable[[], None]) -> None:
    """Do something in a process of its own, which may give up its rights, and fail as it fails."""
    reads, writes = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reads)
        told = b""
        try:
            does()
        except BaseException:
            told = traceback.format_exc().encode()
        os.write(writes, told[-60_000:])
        os._exit(1 if told else 0)
    os.close(writes)
    with open(reads, encoding="utf-8", errors="replace") as pipe:
        told_there = pipe.read()
    assert ended(pid) == 0, told_there
