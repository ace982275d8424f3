"""Bytes to text: decoding, line ends, limits, and the places that every message points at."""

import codecs
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rrbnotes.errors import reason, todo

MAX_NOTE_BYTES = 2 * 1024 * 1024
MAX_LINE_CHARS = 64 * 1024
MAX_ACTIONS = MAX_NAMES = 2_000
"""Of one note. No meeting comes near it; to find out which of so many lines speak of one action would take minutes."""
MAX_NESTING = 100
"""Containers (quotes, lists) within each other; what lies deeper is not read, and said."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
"""What opens fenced code; backticks with others behind them on their line are code among words."""
_DOCUMENTS = {b"PK\x03\x04": "a Word document", b"%PDF-": "a PDF", b"{\\rtf": "a document in RTF"}
"""What other programs save, by how its bytes begin."""
_IMPORT = "take it out of the notes folder; `rrb import` makes notes of documents"
_AS_UTF8 = "save the note as UTF-8"
_OURS = "<<<<<<< "
_NO_NAME = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What a file system takes in a name, and neither YAML nor a line of text can hold."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def _place(path: str, *numbers: int) -> str:
    """A folder, which ends in `/`, has no lines."""
    return path.rstrip("/") if path.endswith("/") else ":".join((path, *map(str, numbers)))


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; line and column count from 1."""

    path: str
    """Relative to the folder that `rrb` works in, with `/`."""
    line: int
    column: int = 1

    def __str__(self) -> str:
        """`path:line`, as an editor can click it."""
        return _place(self.path, self.line)

    @property
    def place(self) -> str:
        """`path:line:column`."""
        return _place(self.path, self.line, self.column)


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A stretch of a file; lines and columns count from 1, the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        """`path:line`, as an editor can click it."""
        return _place(self.path, self.line)

    @property
    def place(self) -> str:
        """`path:line:column`."""
        return _place(self.path, self.line, self.column)

    @property
    def is_bare(self) -> bool:
        """Whether it holds nothing: it then means its whole line."""
        return (self.line, self.column) == (self.end_line, self.end_column)


def line_in(lines: Sequence[str], number: int) -> str:
    """The line with a number; empty where there is none."""
    return lines[number - 1] if 0 < number <= len(lines) else ""


def printed(path: str, number: int, lines: Sequence[str]) -> Range:
    """What is printed on a line of a file, without the blanks at its ends."""
    words = line_in(lines, number)
    column = len(words) - len(words.lstrip()) + 1
    return Range(path, number, column, number, max(column, len(words.rstrip()) + 1))


def line_of(at: Location) -> Range:
    """The line of a place, where nobody knows what is printed on it."""
    return Range(at.path, at.line, 1, at.line, 1)


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one note."""

    path: str
    text: str
    lines: tuple[str, ...]
    """Without their ends; line 1 is at index 0."""
    encoding: str = "utf-8"
    """Of the file's bytes, as Python names it; any but `utf-8` begins with a byte order mark."""

    def starts(self) -> list[int]:
        """The offset of each line's first character, and that behind the last line."""
        return [0, *(end.end() for end in _LINE_END.finditer(self.text)), len(self.text)]

    def whole_line(self, number: int) -> Range:
        """What is printed on a line, without the blanks at its ends."""
        return printed(self.path, number, self.lines)

    def whole_lines(self, first: int, last: int) -> Range:
        """What is printed on several lines."""
        start, end = self.whole_line(first), self.whole_line(last)
        return Range(self.path, first, start.column, last, end.end_column)

    def words_at(self, number: int, words: str) -> Range:
        """Where words stand on a line; the whole line where they are not printed so, since markup may lie between."""
        line = line_in(self.lines, number)
        at = line.find(words) if words else -1
        if at < 0:
            return self.whole_line(number)
        return Range(self.path, number, at + 1, number, at + 1 + len(words))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file cannot be taken as a note, and where."""

    at: Location
    name: str
    """The rule that it breaks: `not-utf8`, `conflict-marker`, `too-large`, `not-a-file`."""
    message: str
    help: str
    """What to do."""


def split_lines(text: str) -> list[str]:
    """The lines as an editor counts them: only CRLF, LF and CR end one (`str.splitlines` also splits at form feeds)."""
    lines = _LINE_END.split(text) if "\r" in text else text.split("\n")
    return lines if lines[-1] else lines[:-1]


def read_source(path: Path, shown: str) -> Source | Unreadable:
    """Read a note from disk; `shown` is its path as messages print it."""
    if _NO_NAME.search(shown):  # nobody could write down which note it is: no list, no register
        what = "the file's name, or its folder's, is no plain text"
        return Unreadable(Location(shown, 1), "not-utf8", what, "rename it")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "not a regular file"
            return Unreadable(Location(shown, 1), "not-a-file", what, "move it out of the notes folder")
        if status.st_size > MAX_NOTE_BYTES:
            return _too_large(shown, 1, f"{status.st_size:,} bytes, more than {MAX_NOTE_BYTES:,}")
        with path.open(
            "rb"
        ) as file:  # the file may have grown since: never read more than the limit and one byte
            data = file.read(MAX_NOTE_BYTES + 1)
    except OSError as why:
        what = f"cannot be read ({reason(why)})"
        help = "check its permissions" if isinstance(why, PermissionError) else todo(why)
        return Unreadable(Location(shown, 1), "not-a-file", what, help)
    return source_of(data, shown)


def source_of(data: bytes, shown: str) -> Source | Unreadable:
    """The source in a file's bytes."""
    if len(data) > MAX_NOTE_BYTES:
        return _too_large(shown, 1, f"more than {MAX_NOTE_BYTES:,} bytes")
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    text = _decode(data, shown, encoding)
    return text if isinstance(text, Unreadable) else source_of_text(text, shown, encoding)


def source_of_text(text: str, shown: str, encoding: str = "utf-8") -> Source | Unreadable:
    """The source in a text, unless a line is too long or a merge conflict is left in it."""
    lines = split_lines(text)
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE_CHARS:
            return _too_large(
                shown, number, f"a line of {len(line):,} characters, more than {MAX_LINE_CHARS:,}"
            )
    conflict = conflict_line(lines)
    if conflict:
        todo = "keep one side and delete the marker lines"
        return Unreadable(Location(shown, conflict), "conflict-marker", "unresolved merge conflict", todo)
    return Source(shown, text, tuple(lines), encoding)


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a file in an encoding, with its byte order mark as it was read."""
    mark = next((mark for mark, name in _MARKS if name == encoding), b"")
    return text.encode(encoding) if encoding.startswith("utf-8") else mark + text.encode(encoding)


def conflict_line(lines: list[str]) -> int | None:
    """The line of the first `<<<<<<< ` outside fenced code that `=======` and `>>>>>>> ` follow, all at column 0. One side may
    open a fence that the other closes, so behind the first none counts; nor does a fence that is never closed."""
    if not any(line.startswith(_OURS) for line in lines):
        return None
    start, middle = None, False
    is_free = _outside_closed_fences(lines)
    for number, line in enumerate(lines, 1):
        if line.startswith(_OURS) and (start or is_free[number - 1]):
            start, middle = start or number, False
        elif start and line.rstrip() == "=======":
            middle = True
        elif start and middle and line.startswith(">>>>>>> "):
            return start
    return None


def _outside_closed_fences(lines: Sequence[str]) -> list[bool]:
    """Of each line, whether it stands outside of fenced code that is closed."""
    is_free = [False] * len(lines)
    for number, _ in unfenced(lines):
        is_free[number - 1] = True
    last = max((n for n, free in enumerate(is_free) if free), default=-1) + 1
    if not any(True for _ in unfenced([*lines[last:], "."])):  # what it opens goes on for ever
        is_free[last:] = [True] * (len(lines) - last)
    return is_free


def unfenced(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines outside of fenced code and its fences, with their numbers. A fence is closed by one that is as long or
    longer, with nothing behind it."""
    fence = ""
    for number, line in enumerate(lines, 1):
        mark = _FENCE.match(line)
        if fence:
            is_end = mark and mark[1].startswith(fence) and not line[mark.end() :].strip()
            fence = "" if is_end else fence
        elif mark:
            fence = mark[1]
        else:
            yield number, line


def _decode(data: bytes, shown: str, encoding: str) -> str | Unreadable:
    """UTF-8 with or without a byte order mark; UTF-16 and UTF-32 with one; nothing is guessed or replaced."""
    document = next((what for mark, what in _DOCUMENTS.items() if data.startswith(mark)), None)
    if document:
        return Unreadable(Location(shown, 1), "not-utf8", f"{document}, not a note", _IMPORT)
    try:
        text = data.decode(encoding).lstrip("\ufeff")  # one editor may put its mark before another's
    except UnicodeDecodeError as why:
        line = len(split_lines(data[: why.start].decode("latin-1") + "."))
        if encoding.startswith("utf-8"):
            what = f"byte 0x{data[why.start]:02X} is not UTF-8{_guess(data)}"
        else:
            what, line = f"not valid {encoding[:6].upper()}", 1
        return Unreadable(Location(shown, line), "not-utf8", what, _AS_UTF8)
    if "\0" in text:
        line = len(split_lines(text[: text.index("\0")] + "."))
        what, todo = "a NUL byte: a binary file, not a note", "move it elsewhere"
        if _is_utf16(data):
            what, todo = f"a NUL byte is not UTF-8 text{_guess(data)}", _AS_UTF8
        return Unreadable(Location(shown, line), "not-utf8", what, todo)
    return text


def _is_utf16(data: bytes) -> bool:
    return 3 * data.count(0) > len(data)


def _guess(data: bytes) -> str:
    """Windows-1252 is what word processors and old editors leave; its bytes below 0xA0 are curly quotes and dashes. Text with
    a zero beside each letter is UTF-16 that does not say so."""
    if _is_utf16(data):
        return " (it looks like UTF-16)"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    return " (it looks like Windows-1252)"


def _too_large(shown: str, line: int, what: str) -> Unreadable:
    todo = "split the note or leave it out with `exclude`"
    return Unreadable(Location(shown, line), "too-large", what, todo)
