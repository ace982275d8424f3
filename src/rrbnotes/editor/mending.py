"""What an editor can do about findings: make their fixes, make all safe ones, or say that a thing is meant as it stands."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rrbnotes.diagnostics import Diagnostic
from rrbnotes.editor.allowing import allowing
from rrbnotes.editor.editions import Edition
from rrbnotes.edits import Edit
from rrbnotes.source import Source
from rrbnotes.views.listing import count

QUICK_FIX = "quickfix"
FIX_ALL = "source.fixAll.rrb"
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
    minutes = edition.book.by_path().get(path)
    if minutes is None:
        return
    found = edition.found(path)
    there = [one for one in found if one.at.line <= last and one.at.end_line >= first]
    if _wants(QUICK_FIX, only):
        yield from _fixes(minutes.source, edition, there)
        yield from _comments(edition, path, there)
    if _wants(FIX_ALL, only) and (only or any(one.finding.fix for one in there)):
        yield from _all(minutes.source, edition.prove(found))


def _fixes(source: Source, edition: Edition, found: Iterable[Diagnostic]) -> Iterator[Mend]:
    """The fixes, each proved by itself, for each is made by itself."""
    for one in found:
        for sure in edition.prove((one,)) if one.finding.fix else ():
            edits = _edits(source, (sure,))
            if sure.finding.fix and edits:
                yield Mend(sure.finding.fix.title, QUICK_FIX, edits, (one,), is_preferred=True)


def _all(source: Source, found: Iterable[Diagnostic]) -> Iterator[Mend]:
    mending = tuple(one for one in found if one.finding.fix)
    edits = _edits(source, mending)
    if edits:
        yield Mend(f"fix all that is safe ({count(len(mending), 'finding')})", FIX_ALL, edits, mending)


def _comments(edition: Edition, path: str, found: Sequence[Diagnostic]) -> Iterator[Mend]:
    minutes, settings = edition.book.by_path()[path], edition.folder.home.settings
    for one, edit in allowing(minutes, found[:_FEW], settings) if found else ():
        yield Mend(f"allow {one.name} here", QUICK_FIX, (edit,), (one,))


def _edits(source: Source, found: Iterable[Diagnostic]) -> tuple[Edit, ...]:
    """What fixes do to a text, with the line ends that it has."""
    end = "\r\n" if "\r\n" in source.text else "\n"
    fixes = (one.finding.fix for one in found if one.finding.fix)
    return tuple(
        dict.fromkeys(replace(edit, text=edit.text.replace("\n", end)) for fix in fixes for edit in fix.edits)
    )


def _wants(kind: str, only: Sequence[str]) -> bool:
    """Whether one of the wanted kinds is a kind, or one above it."""
    return not only or any(f"{kind}.".startswith(f"{wanted}.") for wanted in only if wanted)
