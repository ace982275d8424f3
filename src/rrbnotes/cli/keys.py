"""A terminal that is read key by key and drawn as a whole: the one place that knows how systems differ. Commands import
it when they run."""

import codecs
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType

from rrbnotes.errors import RrbError
from rrbnotes.render.screen import Picture
from rrbnotes.views.typing import Key, Pressed

_OPEN, _CLOSE = "\x1b[?1049h\x1b[?2004h", "\x1b[?2004l\x1b[?1049l"
"""A screen of its own, so that what stood there comes back; and pasted words marked as such, so that no line end in them
is taken for Enter."""
_PASTED = re.compile(r"\x1b\[200~(.*?)\x1b\[201~", re.DOTALL)
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[^\[O])", re.DOTALL)
_BEGUN = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O)?\Z")
"""A sequence whose rest may still be on its way."""
_NAMED = {
    "\r": Key.ENTER,
    "\n": Key.ENTER,
    "\x7f": Key.BACKSPACE,
    "\x08": Key.BACKSPACE,
    "\x01": Key.HOME,
    "\x05": Key.END,
    "\x15": Key.CLEAR,
    "\x17": Key.CLEAR_WORD,
    "\x04": Key.GONE,
    "\x0c": Key.REDRAW,
    "\x1b": Key.ESCAPE,
    "\x1b[A": Key.UP,
    "\x1b[B": Key.DOWN,
    "\x1b[C": Key.RIGHT,
    "\x1b[D": Key.LEFT,
    "\x1b[H": Key.HOME,
    "\x1b[F": Key.END,
    "\x1b[1~": Key.HOME,
    "\x1b[4~": Key.END,
    "\x1b[3~": Key.DELETE,
}
_PAUSE, _GLANCE = 0.1, 0.25
"""Seconds within which the rest of a sequence comes, and after which the terminal's size is looked at again."""


def next_key(typed: str, is_all: bool) -> tuple[Pressed | None, str]:
    """The first key of what was typed, and the rest; none where more must come first. `is_all` says that nothing more of
    a sequence will come."""
    if not typed:
        return None, ""
    if typed.startswith("\x1b[200~"):
        pasted = _PASTED.match(typed)
        return (" ".join(pasted[1].split()), typed[pasted.end() :]) if pasted else (None, typed)
    if _BEGUN.match(typed):
        return (Key.ESCAPE, "") if is_all else (None, typed)
    found = _SEQUENCE.match(typed)
    if found:
        name = found[0].replace("\x1bO", "\x1b[", 1)
        return _NAMED.get(name, Key.OTHER), typed[found.end() :]
    char = typed[0]
    return _NAMED.get(char, char if char.isprintable() else Key.OTHER), typed[1:]


@dataclass(slots=True)
class Terminal:
    """The terminal of this process, while it is ours."""

    _typed: str = ""
    _decoder: codecs.IncrementalDecoder = field(default_factory=codecs.getincrementaldecoder("utf-8"))
    _shown: os.terminal_size | None = None
    _is_stale: bool = False

    def size(self) -> os.terminal_size:
        """Its columns and lines."""
        return shutil.get_terminal_size()

    def show(self, picture: Picture) -> None:
        """Draw a picture over what is shown, line by line, so that nothing flickers."""
        self._shown, self._is_stale = self.size(), False
        lines = "\r\n".join(f"\x1b[2K{line}" for line in picture.lines)
        _put(f"\x1b[?25l\x1b[H{lines}\x1b[J\x1b[{picture.row + 1};{picture.column + 1}H\x1b[?25h")

    def key(self) -> Pressed:
        """The next key; waits for it."""
        while True:
            key, self._typed = next_key(self._typed, is_all=False)
            if key is not None:
                return key
            data = _read(_PAUSE if self._typed else _GLANCE)
            if data is None:
                return Key.GONE
            self._typed += data if isinstance(data, str) else self._decoder.decode(data)
            if not data and self._typed:
                key, self._typed = next_key(self._typed, is_all=True)
            elif not data and (self._is_stale or self._shown != self.size()):
                key = Key.REDRAW
            if key is not None:
                return key

    def has_more(self) -> bool:
        """Whether more was typed already than was taken."""
        data = "" if self._typed else _read(0)
        if data:
            self._typed = data if isinstance(data, str) else self._decoder.decode(data)
        return bool(self._typed)

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Ctrl-Z: give the terminal back, stop, and take it again once the shell lets us go on."""
        with _given_back():
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        signal.signal(number, self.stop)
        self._is_stale = True


def check(what: str, instead: str) -> None:
    """Refuse where there is no terminal: `what` needs one, and `instead` says what does without."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RrbError(f"{what} asks on a terminal, and this is none; {instead}")
    if os.environ.get("TERM") == "dumb":
        raise RrbError(f"{what} draws screens, which this terminal cannot (TERM=dumb); {instead}")


@contextmanager
def terminal() -> Iterator[Terminal]:
    """The terminal, key by key; it is given back as it was, whatever happens."""
    one = Terminal()
    with _raw(), _ending(one):
        try:
            _put(_OPEN)
            yield one
        finally:
            with suppress(OSError):  # a terminal that is gone needs nothing
                _put(_CLOSE)


@contextmanager
def _ending(one: Terminal) -> Iterator[None]:
    """Signals that would end or stop us, turned into ways out that give the terminal back."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    ways = {"SIGTERM": end, "SIGHUP": end, "SIGTSTP": one.stop}
    known = [(getattr(signal, name), way) for name, way in ways.items() if hasattr(signal, name)]
    before = [(number, signal.signal(number, way)) for number, way in known]
    try:
        yield
    finally:
        for number, way in before:
            signal.signal(number, way)


def _put(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if sys.platform == "win32":
    import ctypes
    import msvcrt

    _ARROWS = {
        "H": "\x1b[A",
        "P": "\x1b[B",
        "M": "\x1b[C",
        "K": "\x1b[D",
        "G": "\x1b[H",
        "O": "\x1b[F",
        "S": "\x1b[3~",
    }

    @contextmanager
    def _raw() -> Iterator[None]:
        """Have the console obey escape sequences."""
        kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
        handle = kernel.GetStdHandle(-11)
        kernel.GetConsoleMode(handle, ctypes.byref(mode))
        kernel.SetConsoleMode(handle, mode.value | 4)
        try:
            yield
        finally:
            kernel.SetConsoleMode(handle, mode.value)

    @contextmanager
    def _given_back() -> Iterator[None]:
        yield

    def _read(timeout: float) -> bytes | str | None:
        """What is typed within so many seconds."""
        until = time.monotonic() + timeout
        while not msvcrt.kbhit():
            if time.monotonic() > until:
                return ""
            time.sleep(0.01)
        char = msvcrt.getwch()
        if char == "\x03":
            raise KeyboardInterrupt
        return _ARROWS.get(msvcrt.getwch(), "\x1b[~") if char in ("\x00", "\xe0") else char

else:
    import select
    import termios
    import tty

    @contextmanager
    def _raw() -> Iterator[None]:
        """Keys come as they are pressed, unseen; Ctrl-C and Ctrl-Z go on meaning what they mean."""
        fd = sys.stdin.fileno()
        before = termios.tcgetattr(fd)
        try:
            tty.setcbreak(fd)
            yield
        finally:
            with suppress(termios.error):
                termios.tcsetattr(fd, termios.TCSAFLUSH, before)

    @contextmanager
    def _given_back() -> Iterator[None]:
        """The terminal as others expect it, for a while; how it was set there we keep."""
        fd = sys.stdin.fileno()
        ours = termios.tcgetattr(fd)
        theirs = [*ours[:3], ours[3] | termios.ICANON | termios.ECHO, *ours[4:]]
        _put(_CLOSE)
        termios.tcsetattr(fd, termios.TCSADRAIN, theirs)
        yield
        termios.tcsetattr(fd, termios.TCSADRAIN, ours)
        _put(_OPEN)

    def _read(timeout: float) -> bytes | str | None:
        """What is typed within so many seconds; None where the terminal is gone."""
        fd = sys.stdin.fileno()
        try:
            if not select.select([fd], [], [], timeout)[0]:
                return ""
            return os.read(fd, 1024) or None
        except OSError:
            return None
