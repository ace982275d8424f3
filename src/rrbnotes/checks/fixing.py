"""Fixes: which of those that rules offer may be made, proved by reading the result again, and the texts that they make."""

from bisect import bisect_left, insort
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
Look = Callable[[Texts], tuple[Book, Sequence[Diagnostic]]]
"""Checks the same folder with other texts for some of its notes."""
_MOST_ROUNDS = 10
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


@dataclass(frozen=True, slots=True)
class Rounds:
    """What fixing comes to in the end."""

    texts: Texts
    """Of the notes that change, by path."""
    encodings: Mapping[str, str]
    count: int
    """How many findings were mended."""


def proved(book: Book, found: Sequence[Diagnostic], reopen: Reopen) -> tuple[Diagnostic, ...]:
    """The diagnostics, of which only those keep a fix that leaves the notes saying what they said: same facts, same
    actions, no word less. So what is offered is what will be done."""
    minutes, settings = book.by_path(), book.notebook.settings
    good: set[Diagnostic] = set()
    for path, own in _by_note(found):
        one = minutes.get(path)
        if one and one.source.encoding in _FIXABLE:
            good.update(_harmless(one, own, settings))
    while good:
        texts = {path: one.text for path, one in mended(book, good).items()}
        wrong = _changed(book, reopen(texts), frozenset(texts))
        if not wrong:
            break
        good = {one for one in good if one.path not in wrong}
    return tuple(one if one in good else without_fix(one) for one in found)


def mended(book: Book, found: Iterable[Diagnostic]) -> Mapping[str, Mended]:
    """The notes that fixes change, by path. Of two fixes for the same words the second waits for the next round, when it
    is found again in the text that the first has made."""
    minutes = book.by_path()
    return {path: _mended(minutes[path].source, _apart(own)) for path, own in _by_note(found)}


def rounds(book: Book, found: Sequence[Diagnostic], look: Look) -> Rounds:
    """Everything that can be mended, round after round, until no fix is offered; `look` checks the folder with other
    texts."""
    texts: dict[str, str] = {}
    encodings: dict[str, str] = {}
    count = 0
    for _ in range(_MOST_ROUNDS):
        changes = mended(book, found)
        if not changes:
            break
        count += sum(len(_apart(own)) for _, own in _by_note(found))
        for path, one in changes.items():
            texts[path] = one.text
            encodings.setdefault(path, one.encoding)
        book, found = look(texts)
    return Rounds(texts, encodings, count)


def changes(book: Book, done: Rounds) -> Iterator[Mended]:
    """The notes that change in the end."""
    minutes = book.by_path()
    for path, text in done.texts.items():
        yield Mended(minutes[path].source, text, done.encodings[path])


def without_fix(diagnostic: Diagnostic) -> Diagnostic:
    """The same, to be mended by a person."""
    if diagnostic.finding.fix is None:
        return diagnostic
    return replace(diagnostic, finding=replace(diagnostic.finding, fix=None))


def _by_note(found: Iterable[Diagnostic]) -> Iterator[tuple[str, list[Diagnostic]]]:
    fixable = sorted((one for one in found if one.finding.fix), key=lambda one: one.order)
    for path, own in groupby(fixable, key=lambda one: one.path):
        yield path, list(own)


def _mended(source: Source, found: Iterable[Diagnostic]) -> Mended:
    """The text that the fixes make, with the line ends that the note has."""
    end = "\r\n" if "\r\n" in source.text else "\n"
    fixes = [one.finding.fix for one in found if one.finding.fix]
    edits = (replace(edit, text=edit.text.replace("\n", end)) for fix in fixes for edit in fix.edits)
    encoding = next((fix.encoding for fix in fixes if fix.encoding), source.encoding)
    return Mended(source, apply(source.text, dict.fromkeys(edits)), encoding)


def _harmless(minutes: Minutes, found: Sequence[Diagnostic], settings: Settings) -> Iterator[Diagnostic]:
    """Of a note's diagnostics those whose fixes leave it saying the same: all that can be made together, or else those of
    each rule, or single ones; and those that clash with another fix, if they do by themselves."""
    source = minutes.source
    before = reread(minutes, source.text, settings) or minutes.meeting

    def holds(some: Sequence[Diagnostic]) -> bool:
        text = _mended(source, some).text
        after = reread(minutes, text, settings)
        return after is not None and _says_the_same(before, after) and words(source.text) <= words(text)

    apart = _apart(found)
    kept = apart if holds(apart) else _largest(apart, holds)
    yield from kept
    yield from (one for one in found if one not in apart and holds([one]))


def _largest(found: Sequence[Diagnostic], holds: Callable[[Sequence[Diagnostic]], bool]) -> list[Diagnostic]:
    """As many as go together: those of a rule at once where that can be, else one by one. One that cannot be made may be
    once others are, so the rest is tried again as long as that helps."""
    kept: list[Diagnostic] = []
    rest = sorted(found, key=lambda one: (one.name, one.order))
    for _, of_rule in groupby(rest, key=lambda one: one.name):
        some = list(of_rule)
        kept += some if holds([*kept, *some]) else []
    rest = [one for one in rest if one not in kept]
    grows = True
    while grows and rest:
        before = len(kept)
        for one in rest:
            kept += [one] if holds([*kept, one]) else []
        rest = [one for one in rest if one not in kept]
        grows = len(kept) > before
    return kept


def _apart(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics whose edits touch none of those before them."""
    taken: list[Edit] = []
    kept = []
    for one in found:
        mine = one.finding.fix.edits if one.finding.fix else ()
        if not any(_clashes(edit, taken) for edit in mine):
            for edit in mine:
                insort(taken, edit)
            kept.append(one)
    return kept


def _clashes(edit: Edit, taken: Sequence[Edit]) -> bool:
    """Whether an edit changes characters that one of those taken changes, which are in order and apart; two insertions at
    one place do too, for their order matters."""
    at = bisect_left(taken, edit)
    return any(_touch(edit, other) for other in taken[max(0, at - 1) : at + 2])


def _touch(one: Edit, other: Edit) -> bool:
    if one.start == one.end == other.start == other.end:
        return one != other
    return one.start < other.end and other.start < one.end


def _says_the_same(before: Meeting, after: Meeting) -> bool:
    return facts(before) == facts(after) and recaps(before) <= recaps(after)


def _changed(before: Book, after: Book, touched: frozenset[str]) -> frozenset[str]:
    """The mended notes that say something else when the whole folder is read again; all of them where it is another note
    that does, or an action."""
    now = {one.source.path: one.meeting for one in after.minutes}
    wrong = frozenset(
        one.source.path
        for one in before.minutes
        if one.source.path not in now or facts(one.meeting) != facts(now[one.source.path])
    )
    is_elsewhere = wrong - touched or (not wrong and list(actions(before)) != list(actions(after)))
    return touched if is_elsewhere else wrong
