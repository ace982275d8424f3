"""A screen fitted to a terminal: the page between gives way, what stands above and below stays, nothing is wider than it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rrbnotes.render.cells import cells, cut, wrapped
from rrbnotes.render.ink import Ink, painted
from rrbnotes.render.page import Page
from rrbnotes.render.safe import inline
from rrbnotes.render.table import drawn
from rrbnotes.views.listing import Cell, Tone, Words
from rrbnotes.views.review_screen import BOUND, Screen
from rrbnotes.views.typing import Line

_PROMPT = "> "
_INKS = {Tone.STRONG: Ink.STRONG, Tone.WARN: Ink.WARNING, Tone.GOOD: Ink.NEW, Tone.QUIET: Ink.FRAME}


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines that fill no more than a terminal, and where its cursor belongs, counted from 0."""

    lines: tuple[str, ...]
    row: int
    column: int


def picture(screen: Screen, page: Page, height: int) -> Picture:
    """The screen on so many lines."""
    above = [line for cell in screen.above for line in _lines(cell, page)]
    below = [line for cell in screen.below for line in _lines(cell, page)]
    typed, column = _typed(screen.line, page.width) if screen.line else ("", 0)
    below += [typed] if screen.line else []
    room = height - len(above) - len(below) - 1
    lines = [*above, *_page(screen, page, room), *below][-height:]
    return Picture(tuple(lines), max(len(lines) - 1, 0), column)


def _page(screen: Screen, page: Page, room: int) -> list[str]:
    """The fullest page that fits; of the briefest the beginning, where none does."""
    lines: list[str] = []
    for make in screen.pages:
        lines = drawn(make(), page).rstrip("\n").split("\n")
        if len(lines) <= room:
            return [*lines, ""]
    if len(lines) <= room or not lines:
        return lines
    kept = max(room - 1, 0)
    more = len(lines) - kept
    return [
        *lines[:kept],
        painted(cut(f"… {more} more lines; rrb show prints all", page.width), Ink.FRAME, page),
        "",
    ]


def _lines(cell: Cell, page: Page) -> Iterator[str]:
    """Words side by side, broken where the line ends."""
    taken, line = 0, ""
    for run in _runs(cell):
        size = sum(cells(words.text) for words in run)
        if line and taken + 1 + size > page.width:
            yield line.rstrip()
            taken, line = 0, ""
        if size > page.width:
            *full, rest = wrapped("".join(words.text for words in run), page.width)
            yield from (_inked(replace(run[0], text=part), page) for part in full)
            run, size = (replace(run[0], text=rest),), cells(rest)
        line += (" " if line else "") + "".join(_inked(words, page) for words in run)
        taken += bool(taken) + size
    yield line.rstrip()


def _runs(cell: Cell) -> Iterator[tuple[Words, ...]]:
    """The words that no line end may come between; all of them harmless."""
    run: list[Words] = []
    for words in cell:
        if run and not words.text.startswith(BOUND):
            yield tuple(run)
            run = []
        run.append(replace(words, text=inline(words.text)))
    if run:
        yield tuple(run)


def _inked(words: Words, page: Page) -> str:
    ink, text = _INKS.get(words.tone), words.text.replace(BOUND, " ")
    return painted(text, ink, page) if ink else text


def _typed(line: Line, width: int) -> tuple[str, int]:
    """What is typed, as much of it around the cursor as fits, and the cursor's column."""
    room = max(width - len(_PROMPT) - 1, 1)
    before = line.before
    while cells(before) > room:
        before = before[1:]
    shown, at = before, cells(before)
    for char in line.after:
        if cells(shown + char) > room:
            break
        shown += char
    return _PROMPT + shown, len(_PROMPT) + at
