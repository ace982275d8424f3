"""Who reads the notes of a board: one reader here, or several in processes of their own that share the work."""

import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date as Date
from typing import Any, cast

from rrbnotes.diagnostics import Diagnostic, unreadable
from rrbnotes.model import Meeting
from rrbnotes.reading.lessons import Lesson, lesson
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.meeting import read_meeting
from rrbnotes.reading.outline import Outline, outline
from rrbnotes.reading.roles import Vocabulary
from rrbnotes.settings import Settings
from rrbnotes.shelf import Note
from rrbnotes.source import Location, Source, Unreadable, read_source, source_of_text

Texts = Mapping[str, str]
"""What stands for notes on disk, by their shown paths."""
AS_ON_DISK: Texts = {}
Watch = Callable[[float, int], None]
"""Is told how many notes have been read, of how many; one that is read by itself is read by half."""
_ENDING = {getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)}
_NOT_HERE = "allow reading it, put the notes themselves here, or leave it out with `exclude`"
_WORTH = 48
"""So many notes are worth more than one process."""
_SHARES = 4
"""So many shares are given to each, so that none is idle for long."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A note as far as it can be read alone."""

    note: Note
    source: Source
    outline: Outline
    lesson: Lesson


def leaf(note: Note, settings: Settings, texts: Texts = AS_ON_DISK) -> Leaf | Diagnostic:
    """A note by itself, or what keeps it from being read."""
    text = texts.get(note.shown)
    if note.trouble:
        return unreadable(Unreadable(Location(note.shown, 1), "not-a-file", note.trouble, _NOT_HERE))
    source = read_source(note.path, note.shown) if text is None else source_of_text(text, note.shown)
    if isinstance(source, Unreadable):
        return unreadable(source)
    one = outline(source, Vocabulary(settings.sections, settings.markers))
    return Leaf(note, source, one, lesson(one, note.key))


@dataclass(frozen=True, slots=True)
class Way:
    """How the notes of a board are to be read: by what they teach, and as the records of which days."""

    lore: Lore
    board: str | None
    days: Mapping[str, Date | None]
    """By key."""


Told = tuple[Meeting, tuple[Diagnostic, ...]]
"""The meeting that a note records, and what is doubtful in it."""


@dataclass(slots=True)
class Reader:
    """Reads notes by themselves, and once it is known what they teach, as records of meetings."""

    settings: Settings
    step: Callable[[int], None] = lambda notes: None
    """Is called after so many notes."""
    _leaves: list[Leaf] = field(default_factory=list)

    def lessons(self, notes: Sequence[Note]) -> list[Lesson | Diagnostic]:
        """What each note teaches, or what keeps it from being read."""
        found = []
        for note in notes:
            found.append(leaf(note, self.settings))
            self.step(1)
        self._leaves = [one for one in found if isinstance(one, Leaf)]
        return [one.lesson if isinstance(one, Leaf) else one for one in found]

    def meetings(self, way: Way) -> list[Told]:
        """The meetings of the notes whose lessons were given last."""
        leaves, self._leaves = self._leaves, []
        told = []
        for one in leaves:
            read = read_meeting(one.outline, one.lesson, way.lore, way.board, way.days[one.note.key])
            told.append((read.meeting, read.diagnostics))
            self.step(1)
        return told


@dataclass(slots=True)
class Readers:
    """The same, where many notes are shared out to `hands` processes. Should one of them die, the work is done here."""

    settings: Settings
    hands: int = 1
    watch: Watch = lambda done, total: None
    total: int = 0
    """So many notes are to be read."""
    done: float = 0
    _notes: Sequence[Note] = ()
    _shares: int = 0
    """So many shares of the notes read last lie with the processes, each by its number; none where they were read here."""
    _alone: Reader = field(init=False)
    _processes: list[Any] = field(default_factory=list)
    _lines: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._alone = Reader(self.settings, self._step)

    def __enter__(self) -> "Readers":
        return self

    def __exit__(self, *why: object) -> None:
        self.watch(self.total, self.total)
        for line in self._lines:
            line.close()  # which ends the process behind it, once it has done its share
        for process in self._processes:
            if any(why):
                process.terminate()
            process.join()

    def lessons(self, notes: Sequence[Note]) -> list[Lesson | Diagnostic]:
        """What each note teaches, or what keeps it from being read."""
        self._notes, self._shares = notes, 0
        if self.hands > 1 and len(notes) >= _WORTH and self._start():
            size = max(1, -(-len(notes) // (_SHARES * self.hands)))
            parts = [notes[at : at + size] for at in range(0, len(notes), size)]
            self._shares = len(parts)
            with suppress(EOFError, OSError):
                return self._each(parts)
            self._stop()
        return self._alone.lessons(notes)

    def meetings(self, way: Way) -> list[Told]:
        """The meetings of the notes whose lessons were given last."""
        told: list[Told] | None = None
        if self._shares:
            with suppress(EOFError, OSError):
                told = self._each([way] * self._shares)
            if told is None:
                self._stop()
                self._alone.lessons(self._notes)
        return self._alone.meetings(way) if told is None else told

    def recalled(self, notes: int) -> None:
        """So many notes need not be read."""
        self._step(2 * notes)

    def _step(self, notes: int) -> None:
        self.done += notes / 2
        self.watch(self.done, self.total)

    def _each(self, tasks: Sequence[Any]) -> list[Any]:
        """The answers to tasks, one for each share, in their order. A process has one task at a time: two would block each
        other where both write more than the line between them holds."""
        from multiprocessing.connection import wait

        answers: dict[int, list[Any]] = {}
        numbered = list(enumerate(tasks))
        waiting = [numbered[hand :: self.hands] for hand in range(self.hands)]
        busy = dict(zip(self._lines, waiting, strict=True))
        for line in list(busy):
            _give(line, busy)
        while busy:
            for line in cast("list[Any]", wait(list(busy))):
                number, answer = line.recv()
                if isinstance(answer, Exception):
                    raise answer
                answers[number] = answer
                self._step(len(answer))
                _give(line, busy)
        return [one for number, _ in numbered for one in answers[number]]

    def _start(self) -> bool:
        """Whether there are processes to share with. They are forked: to begin them anew costs more than most boards."""
        import multiprocessing

        if not self._lines and "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin":
            # who interrupts now would interrupt the new ones half made
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *_ENDING})
            try:
                for _ in range(self.hands):
                    self._fork(multiprocessing.get_context("fork"))
            except OSError:  # no more processes or files are to be had
                self.hands = len(self._processes)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return len(self._processes) > 1

    def _fork(self, context: Any) -> None:
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, ours, self.settings), daemon=True)
        try:
            process.start()
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self._lines.append(ours)
        self._processes.append(process)

    def _stop(self) -> None:
        self.hands, self._shares = 1, 0


def _give(line: Any, waiting: dict[Any, list[tuple[int, Any]]]) -> None:
    """Send the next task of those that wait for one process; it is done where there is none."""
    if waiting[line]:
        line.send(waiting[line].pop(0))
    else:
        del waiting[line]


def _serve(line: Any, other_end: Any, settings: Settings) -> None:
    """One process: reads what it is given until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts means the process that asks
    for number in _ENDING:
        if callable(signal.getsignal(number)):  # what that one would do is not ours to do
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    other_end.close()
    shares: dict[int, Reader] = {}
    while True:
        try:
            number, task = line.recv()
        except (EOFError, OSError):
            return
        try:
            if isinstance(task, Way):
                answer: Any = shares.pop(number).meetings(task)
            else:
                shares[number] = Reader(settings)
                answer = shares[number].lessons(task)
        except Exception as why:
            answer = RuntimeError(f"{type(why).__name__}: {why}")  # others may not get through
        try:
            line.send((number, answer))
        except OSError:
            return
