"""What an editor can do about findings: make their fixes, make all safe ones, or say that a thing is meant as it stands."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from rrbnotes.checks.fixing import Mended, mended
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.editor.allowing import allowing
from rrbnotes.editor.editions import Edition
from rrbnotes.edits import Edit
from rrbnotes.quoting import count

QUICK_FIX = "quickfix"
FIX_ALL = "source.fixAll.rrb"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FEW = 10
"""Findings that are allowed one by one; nobody reads a longer list, and each comment is proved."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing that can be done about a note."""

    title: str
    kind: str
    edits: tuple[Edit, ...]
    """Of the note's text."""
    about: tuple[Diagnostic, ...]
    """What it mends."""
    is_preferred: bool = False


def mends(edition: Edition, path: str, first: int, last: int, only: Sequence[str] = ()) -> Iterator[Mend]:
    """What can be done about the findings on some lines of a note; `only` of some kinds, where any are named."""
    if path not in edition.book.by_path():
        return
    found = edition.found(path)
    there = [one for one in found if one.at.line <= last and one.at.end_line >= first]
    if _wants(QUICK_FIX, only):
        yield from _fixes(path, edition, there)
        yield from _comments(edition, path, there)
    if _wants(FIX_ALL, only) and (only or any(one.finding.fix for one in there)):
        yield from _all(path, edition, edition.prove(found))


def _fixes(path: str, edition: Edition, found: Iterable[Diagnostic]) -> Iterator[Mend]:
    """The fixes, each proved by itself, for each is made by itself."""
    for one in found:
        for sure in edition.prove((one,)) if one.finding.fix else ():
            edits = _edits(mended(edition.book, (sure,)).get(path))
            if sure.finding.fix and edits:
                yield Mend(sure.finding.fix.title, QUICK_FIX, edits, (one,), is_preferred=True)


def _all(path: str, edition: Edition, found: Iterable[Diagnostic]) -> Iterator[Mend]:
    mending = tuple(one for one in found if one.finding.fix)
    made = mended(edition.book, mending).get(path)
    edits = _edits(made)
    if made and edits:
        yield Mend(f"fix all that is safe ({count(made.count, 'finding')})", FIX_ALL, edits, mending)


def _comments(edition: Edition, path: str, found: Sequence[Diagnostic]) -> Iterator[Mend]:
    minutes, settings = edition.book.by_path()[path], edition.folder.home.settings
    for one, edit in allowing(minutes, found[:_FEW], settings) if found else ():
        yield Mend(f"allow {one.name} here", QUICK_FIX, (edit,), (one,))


def _edits(one: Mended | None) -> tuple[Edit, ...]:
    """What fixes do to a note, as one edit of the lines from the first to the last that change."""
    if one is None or one.text == one.source.text:
        return ()
    before, after = (_LINE.findall(text) for text in (one.source.text, one.text))
    top = _shared(before, after)
    bottom = _shared(before[top:][::-1], after[top:][::-1])
    start = sum(map(len, before[:top]))
    gone = sum(map(len, before[top : len(before) - bottom]))
    return (Edit(start, start + gone, "".join(after[top : len(after) - bottom])),)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _wants(kind: str, only: Sequence[str]) -> bool:
    """Whether one of the wanted kinds is a kind, or one above it."""
    return not only or any(f"{kind}.".startswith(f"{wanted}.") for wanted in only if wanted)
