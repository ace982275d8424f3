"""Fixes: which of those that rules offer may be made, proved by reading the result again, and the texts that they make."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from rrbnotes.checks.book import Book
from rrbnotes.checks.facts import actions, facts, recaps, words
from rrbnotes.diagnostics import Diagnostic, Severity
from rrbnotes.edits import Edit, apply
from rrbnotes.model import Meeting
from rrbnotes.notebook import Minutes
from rrbnotes.readers import Texts
from rrbnotes.reading.verbatim import verbatim
from rrbnotes.settings import Settings
from rrbnotes.single import reread
from rrbnotes.source import Source

Reopen = Callable[[Texts], Book]
"""Reads the same folder with other texts for some of its notes."""
Look = Callable[[Texts], tuple[Book, Sequence[Diagnostic]]]
"""Checks the same folder with other texts for some of its notes."""
T = TypeVar("T")
MOST_ROUNDS = 10
_FIXABLE = ("utf-8", "utf-8-sig")
"""A note in another encoding is to be saved anew by its editor first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The rules, as they were asked."""

    ask: Callable[[Book], Sequence[Diagnostic]]
    """Asks them about another book."""
    found: Sequence[Diagnostic]
    """All that they found in the book whose fixes are to be proved."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A note after its fixes."""

    source: Source
    """As it was."""
    text: str
    encoding: str
    count: int
    """How many findings were mended."""


@dataclass(frozen=True, slots=True)
class Rounds:
    """What fixing comes to in the end."""

    notes: Mapping[str, Mended]
    """Those that change, by path."""

    @property
    def texts(self) -> Texts:
        """What they say then, by path."""
        return {path: one.text for path, one in self.notes.items()}

    @property
    def count(self) -> int:
        """How many findings were mended."""
        return sum(one.count for one in self.notes.values())


def proved(
    book: Book,
    found: Sequence[Diagnostic],
    reopen: Reopen,
    asked: Asked | None = None,
) -> tuple[Diagnostic, ...]:
    """The diagnostics, of which only those keep a fix that leaves the notes saying what they said: same facts, same
    actions, no word less, nothing that stands letter by letter changed. With `asked` also only those that are then gone,
    and where no new error has come. So what is offered is what will be done."""
    minutes, settings = book.by_path(), book.notebook.settings
    good: list[Diagnostic] = []
    for path, own in _by_note(found):
        one = minutes.get(path)
        if one and one.source.encoding in _FIXABLE:
            good += _harmless(one, own, settings)

    def holds(paths: Sequence[str]) -> bool:
        some = [one for one in good if one.path in paths]
        texts = {path: one.text for path, one in mended(book, some).items()}
        after = reopen(texts)
        return not _changed(book, after) and (
            asked is None or _is_better(some, asked.found, asked.ask(after))
        )

    kept = frozenset(_sifted(list(dict.fromkeys(one.path for one in good)), holds))
    sure = {one for one in good if one.path in kept}
    return tuple(one if one in sure else without_fix(one) for one in found)


def _changed(before: Book, after: Book) -> bool:
    """Whether a note says something else when the whole folder is read again, or something else became of an action."""
    now = {one.source.path: one for one in after.minutes}
    pairs = [(one, now.get(one.source.path)) for one in before.minutes]
    is_same = all(
        other is one or (other is not None and facts(one.meeting) == facts(other.meeting))
        for one, other in pairs
    )
    return not is_same or list(actions(before)) != list(actions(after))


def _is_better(mended: Sequence[Diagnostic], was: Iterable[Diagnostic], now: Iterable[Diagnostic]) -> bool:
    """Whether what was mended is gone, and no file has more errors of a kind than it had."""
    before, after = list(was), list(now)
    left = Counter(map(_key, after))
    gone = Counter(map(_key, _apart(mended)))
    is_gone = all(
        left[key] <= count - gone[key] for key, count in Counter(map(_key, before)).items() if key in gone
    )
    return is_gone and _errors(after) <= _errors(before)


def _key(one: Diagnostic) -> tuple[str, str, str]:
    return one.path, one.name, one.finding.message


def _errors(found: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((one.path, one.name) for one in found if one.severity is Severity.ERROR)


def _sifted(items: Sequence[T], holds: Callable[[Sequence[T]], bool]) -> list[T]:
    """As many items as go together, found by halves."""
    if not items or holds(items):
        return list(items)
    if len(items) == 1:
        return []
    half = len(items) // 2
    first, second = _sifted(items[:half], holds), _sifted(items[half:], holds)
    both = [*first, *second]
    return both if not (first and second) or holds(both) else first


def mended(book: Book, found: Iterable[Diagnostic]) -> Mapping[str, Mended]:
    """The notes that fixes change, by path. Of two fixes for the same words the second waits for the next round, when it
    is found again in the text that the first has made."""
    minutes = book.by_path()
    return {path: _mended(minutes[path].source, _apart(own)) for path, own in _by_note(found)}


def rounds(book: Book, found: Sequence[Diagnostic], look: Look, most: int = MOST_ROUNDS) -> Rounds:
    """Everything that can be mended, round after round, until no fix is offered; `look` checks the folder with other
    texts. Fixes that find no end are a slip of ours, and nothing of it is kept."""
    done = Rounds({})
    for _ in range(most):
        changes = mended(book, found)
        if not changes:
            return done
        done = Rounds(
            {**done.notes, **{path: _after(done.notes.get(path), one) for path, one in changes.items()}}
        )
        book, found = look(done.texts)
    return done if most < MOST_ROUNDS else Rounds({})


def _after(former: Mended | None, latest: Mended) -> Mended:
    """What two rounds make of a note together; only the first has seen the file's own encoding."""
    if former is None:
        return latest
    return replace(former, text=latest.text, count=former.count + latest.count)


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
    return Mended(source, apply(source.text, dict.fromkeys(edits)), encoding, len(fixes))


def _harmless(minutes: Minutes, found: Sequence[Diagnostic], settings: Settings) -> Iterator[Diagnostic]:
    """Of a note's diagnostics those whose fixes leave it saying the same: as many as can be made together, and those that
    clash with another fix, if they do by themselves."""
    source = minutes.source
    before = reread(minutes, source.text, settings) or minutes.meeting
    counted, fixed = words(source.text), verbatim(source.text)

    def holds(some: Sequence[Diagnostic]) -> bool:
        text = _mended(source, some).text
        after = reread(minutes, text, settings)
        is_whole = counted <= words(text) and fixed <= verbatim(text)
        return is_whole and after is not None and _says_the_same(before, after)

    apart = _apart(found)
    kept = _sifted(apart, holds)
    known = set(kept)
    kept += _sifted([one for one in apart if one not in known], lambda some: holds([*kept, *some]))
    yield from kept
    known = set(apart)
    yield from (one for one in found if one not in known and holds([one]))


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
