"""Fixes: which of those that rules offer may be made, proved by reading the result again, and the texts that they make."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rrbnotes.checks.book import Book, Texts
from rrbnotes.checks.facts import actions, facts, recaps, words
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.edits import Edit, apply
from rrbnotes.model import Meeting
from rrbnotes.notebook import Minutes, reread
from rrbnotes.settings import Settings
from rrbnotes.source import Source

Reopen = Callable[[Texts], Book]
"""Reads the same folder with other texts for some of its notes."""
_FIXABLE = ("utf-8", "utf-8-sig")
"""A note in another encoding is to be saved anew by its editor first."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A note after its fixes."""

    source: Source
    text: str
    encoding: str

    @property
    def bytes(self) -> bytes:
        """As it is to be written."""
        return self.text.encode(self.encoding)


def proved(book: Book, found: Sequence[Diagnostic], reopen: Reopen) -> tuple[Diagnostic, ...]:
    """The diagnostics, of which only those keep a fix that can be made with all the others and leaves the notes saying
    what they said: same facts, same actions, no word less. So what is offered is what will be done."""
    settings = book.notebook.settings
    good = {
        one for path, own in _by_note(found) for one in _agreeing(book.by_path().get(path), own, settings)
    }
    while good:
        wrong = _changed(book, reopen({path: one.text for path, one in mended(book, good).items()}), good)
        if not wrong:
            break
        good = {one for one in good if one.path not in wrong}
    return tuple(one if one in good else without_fix(one) for one in found)


def mended(book: Book, found: Iterable[Diagnostic]) -> Mapping[str, Mended]:
    """The notes that the fixes of some diagnostics change, by path."""
    minutes = book.by_path()
    return {path: _mended(minutes[path].source, list(own)) for path, own in _by_note(found)}


def without_fix(diagnostic: Diagnostic) -> Diagnostic:
    """The same, to be mended by a person."""
    if diagnostic.finding.fix is None:
        return diagnostic
    return replace(diagnostic, finding=replace(diagnostic.finding, fix=None))


def _by_note(found: Iterable[Diagnostic]) -> Iterator[tuple[str, list[Diagnostic]]]:
    fixable = sorted((one for one in found if one.finding.fix), key=lambda one: one.order)
    for path, own in groupby(fixable, key=lambda one: one.path):
        yield path, list(own)


def _mended(source: Source, found: Sequence[Diagnostic]) -> Mended:
    """The text that the fixes make, with the line ends that the note has."""
    end = "\r\n" if "\r\n" in source.text else "\n"
    fixes = [one.finding.fix for one in found if one.finding.fix]
    edits = (replace(edit, text=edit.text.replace("\n", end)) for fix in fixes for edit in fix.edits)
    encoding = next((fix.encoding for fix in fixes if fix.encoding), source.encoding)
    return Mended(source, apply(source.text, dict.fromkeys(edits)), encoding)


def _agreeing(minutes: Minutes | None, found: Sequence[Diagnostic], settings: Settings) -> list[Diagnostic]:
    """Of a note's diagnostics those whose fixes can be made together: all, or else rule by rule, or one by one."""
    if minutes is None or minutes.source.encoding not in _FIXABLE:
        return []
    apart = list(_apart(found))
    before = reread(minutes, minutes.source.text, settings)

    def holds(some: Sequence[Diagnostic]) -> bool:
        text = _mended(minutes.source, some).text
        after = reread(minutes, text, settings)
        return (
            after is not None
            and before is not None
            and _says_the_same(before, after, minutes.source.text, text)
        )

    if holds(apart):
        return apart
    kept: list[Diagnostic] = []
    for _, of_rule in groupby(sorted(apart, key=lambda one: (one.name, one.order)), key=lambda one: one.name):
        some = list(of_rule)
        if holds([*kept, *some]):
            kept += some
        elif len(some) > 1:
            for one in some:
                kept += [one] if holds([*kept, one]) else []
    return kept


def _apart(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics whose edits touch none of those before them."""
    taken: list[Edit] = []
    for one in found:
        mine = one.finding.fix.edits if one.finding.fix else ()
        if not any(_clash(edit, other) for edit in mine for other in taken):
            taken += mine
            yield one


def _clash(one: Edit, other: Edit) -> bool:
    """Whether two edits change the same characters; two insertions at one place do too, for their order matters."""
    if one.start == one.end == other.start == other.end:
        return one != other
    return one.start < other.end and other.start < one.end


def _says_the_same(before: Meeting, after: Meeting, old: str, new: str) -> bool:
    return facts(before) == facts(after) and recaps(before) <= recaps(after) and words(old) <= words(new)


def _changed(before: Book, after: Book, good: Iterable[Diagnostic]) -> set[str]:
    """The mended notes that say something else when the whole folder is read again; all of them where it is another note
    that does, or an action."""
    touched = {one.path for one in good}
    now = {one.source.path: one.meeting for one in after.minutes}
    wrong = {
        one.source.path
        for one in before.minutes
        if one.source.path not in now or facts(one.meeting) != facts(now[one.source.path])
    }
    if wrong - touched or (not wrong and list(actions(before)) != list(actions(after))):
        return touched
    return wrong
