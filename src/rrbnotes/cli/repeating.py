"""What was said before: the same command about the same notes, on the same day, says the same, and need not work it out again.

This is read at every start, so it knows nothing of what is said, and looks at the notes only for a command that may repeat.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, TextIO
from zlib import crc32

import typer

from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import is_obeyed, put_raw
from rrbnotes.errors import RrbError

REPEATABLE = frozenset(("actions", "check", "diff", "meetings", "owners", "show", "stats"))
"""Commands that may say that they are; for the others nobody looks."""
_HELP = frozenset(("-h", "--help"))
_ENVIRONMENT = ("COLUMNS", "FORCE_COLOR", "GITHUB_ACTIONS", "NO_COLOR", "TERM")
"""What an answer may follow from besides."""
_PLACES = 16
"""So many answers are kept of one state of the notes."""
_MOST_CHARS = 2_000_000

Said = tuple[tuple[bool, str], ...]
"""Texts in their order, each with whether it is for standard output."""


class Line(NamedTuple):
    """A command line in its surroundings, with what is known of the notes that it asks about."""

    words: tuple[object, ...]
    memory: Any
    """A `Memory`."""

    @property
    def _place(self) -> str:
        return f"said-{crc32(repr(self.words).encode(errors='surrogatepass')) % _PLACES:x}"

    def answer(self) -> tuple[Said, int] | None:
        """What was said to it before, with the exit code."""
        from rrbnotes.memory import held

        found: tuple[Said, int] | None = held(self.memory.recall_now(self._place), self.words)
        return found

    def keep(self, said: Said, code: int) -> None:
        """Remember what was said to it now."""
        if sum(len(text) for _, text in said) <= _MOST_CHARS:
            self.memory.keep_now(self._place, (self.words, (said, code)))


class Record:
    """What is said while a command runs."""

    def __init__(self) -> None:
        self.parts: list[tuple[bool, str]] = []
        self.is_whole = True

    def said(self) -> Said:
        """All of it."""
        return tuple(self.parts)


def repeated(run: Run, line: Sequence[str], work: Callable[[], Any]) -> Any:
    """What a command line comes to: what it said before where that still holds, else what the work says now."""
    asked = _asked(run, line) if line and line[0] in REPEATABLE and not _HELP.intersection(line) else None
    before = asked.answer() if asked else None
    if before:
        _say(before[0])
        raise typer.Exit(before[1])
    if not asked:
        return work()
    with _recorded() as record:
        try:
            value = work()
        except typer.Exit as end:
            _keep(asked, run, record, end.exit_code)
            raise
        _keep(asked, run, record, 0)
    return value


def _keep(asked: Line, run: Run, record: Record, code: int) -> None:
    if run.repeat.is_sure and record.is_whole and not run.repeat.looks_elsewhere:
        asked.keep(record.said(), code)


def _asked(run: Run, line: Sequence[str]) -> Line | None:
    """What a run asks; None where it is to find out all anew, or there are no notes: then the command says what is wrong."""
    from rrbnotes.home import find
    from rrbnotes.memory import remember
    from rrbnotes.store import JOURNAL, STATE

    home, here = None, ""
    if run.recalls:
        with suppress(RrbError, OSError):
            home, here = find(run.directory, run.config), os.getcwd()
    if home is None:
        return None
    streams = [(stream.isatty(), is_obeyed(stream)) for stream in (sys.stdout, sys.stderr)]
    around = (*map(os.environ.get, _ENVIRONMENT), *streams)
    asker = (str(run.today), run.color, run.quiet, run.verbose, str(run.directory), here)
    width = shutil.get_terminal_size().columns
    run.repeat.memory = remember(home, run.directory)
    # whether somebody has edited the register by hand is told by the journal
    journal = _times(home.root / STATE / JOURNAL)
    return Line((*line, *asker, width, *around, *journal), run.repeat.memory)


def _times(path: Path) -> tuple[int, ...]:
    with suppress(OSError):
        status = os.stat(path)
        return status.st_size, status.st_mtime_ns
    return ()


def _say(said: Said) -> None:
    """Say what was said before, each part where it was said."""
    for is_answer, text in said:
        if is_answer:
            put_raw(text)
        else:
            sys.stderr.write(text)


@contextmanager
def _recorded() -> Iterator[Record]:
    """Listen to both streams."""
    record, before = Record(), (sys.stdout, sys.stderr)
    sys.stdout, sys.stderr = (_Heard(one, record, one is before[0]) for one in before)
    try:
        yield record
    finally:
        sys.stdout, sys.stderr = before


class _Heard:
    """A stream whose text is noted on its way; one that bytes are written to is not heard whole."""

    def __init__(self, stream: TextIO, record: Record, is_answer: bool) -> None:
        self._stream, self._record, self._is_answer = stream, record, is_answer

    def write(self, text: str) -> int:
        """Write it, and note it."""
        self._record.parts.append((self._is_answer, text))
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":
            self._record.is_whole = False
        return getattr(self._stream, name)
