"""Which actions a place of a note speaks of, and where else they stand."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rrbnotes.checks.book import Book
from rrbnotes.model import Action
from rrbnotes.reading.columns import REF
from rrbnotes.source import Location, Range, Source

_AROUND = 300
"""Characters before and behind a place in which a ref may be that stands there."""
_BEGINS = re.compile(r"[ \t]*(?:[-*+•|>#]|\d{1,3}[.)][ \t]|`{3}|~{3}|<!--)")
"""A line that goes on with nothing above it."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """Actions, and the words that name them."""

    at: Range
    actions: tuple[Action, ...]


def pointed(book: Book, path: str, line: int, column: int) -> Pointed | None:
    """The action whose ref stands at a place, else those that its line speaks of."""
    minutes = book.by_path().get(path)
    if minutes is None or not 0 < line <= len(minutes.source.lines):
        return None
    return _by_ref(book, minutes.source, line, column) or _by_line(book, minutes.source, line)


def named(book: Book) -> Mapping[str, Action]:
    """The actions by all their refs."""
    return {ref: action for action in book.actions for ref in (*action.also, action.ref)}


def origin(book: Book, action: Action) -> Location | None:
    """Where an action was raised or first seen: in its note, else in the register."""
    if action.first_seen.at:
        return action.first_seen.at
    heads = (line.strip().rstrip(":").strip("\"'") for line in book.register_lines)
    return next((Location(book.register, n) for n, head in enumerate(heads, 1) if head == action.ref), None)


def places(action: Action) -> Sequence[Location]:
    """Every line that speaks of an action."""
    return sorted({mention.at for mention in action.mentions})


def _by_ref(book: Book, source: Source, line: int, column: int) -> Pointed | None:
    words = source.lines[line - 1]
    first = max(0, column - 1 - _AROUND)
    for found in REF.finditer(words, first, column - 1 + _AROUND):
        if found.start() < column <= found.end() + 1:
            action = named(book).get(found[0])
            at = Range(source.path, line, found.start() + 1, line, found.end() + 1)
            return Pointed(at, (action,)) if action else None
    return None


def _by_line(book: Book, source: Source, line: int) -> Pointed | None:
    spoken = dict(_spoken_of(book, source.path))
    starts = sorted(spoken)
    n = bisect_right(starts, line) - 1
    if n < 0 or not _goes_on(source.lines[starts[n] : line]):
        return None
    first = starts[n]
    last = first
    while last < len(source.lines) and last + 1 not in spoken and _goes_on(source.lines[last : last + 1]):
        last += 1
    return Pointed(source.whole_lines(first, last), spoken[first])


def _spoken_of(book: Book, path: str) -> Iterator[tuple[int, tuple[Action, ...]]]:
    """The lines of a note where mentions begin, with their actions."""
    found: dict[int, dict[str, Action]] = {}
    for action in book.actions:
        for mention in action.mentions:
            if mention.at.path == path:
                found.setdefault(mention.at.line, {})[action.ref] = action
    return ((line, tuple(actions.values())) for line, actions in found.items())


def _goes_on(lines: Sequence[str]) -> bool:
    """Whether lines belong to what begins above them."""
    return all(line.strip() and not _BEGINS.match(line) for line in lines)
