"""Runs the rules: who is asked, what is allowed, and the name, weight and fingerprint of each finding."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from fnmatch import fnmatchcase

from rrbnotes.checks.allows import Allow, Allows, allows, odd
from rrbnotes.checks.book import Book
from rrbnotes.checks.rule import Rule, Scope
from rrbnotes.checks.rules import RULES
from rrbnotes.diagnostics import Diagnostic, Finding
from rrbnotes.source import line_in, printed

NAMES = frozenset(rule.name for rule in RULES)
ALL = "all"
"""Stands for every rule where rules are selected or ignored."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules are asked."""

    select: tuple[str, ...] = ()
    """Only these; empty for all."""
    ignore: tuple[str, ...] = ()
    paths: Mapping[str, tuple[str, ...]] | None = None
    """Globs of notes, each with rules that are not asked there."""
    heeds_allows: bool = True
    """Comments in the notes allow what they name; an audit looks through them."""

    def asks(self, rule: Rule) -> bool:
        """Whether a rule is to be run."""
        is_wanted = not self.select or ALL in self.select or rule.name in self.select
        return is_wanted and ALL not in self.ignore and rule.name not in self.ignore

    @property
    def is_everything(self) -> bool:
        """Whether all rules are asked, everywhere."""
        return not self.paths and all(map(self.asks, RULES))

    def wants(self, name: str, file: str) -> bool:
        """Whether a file's own settings let a rule's finding through; the file by its path below the notes folder."""
        return not any(
            fnmatchcase(file, glob) and (name in names or ALL in names)
            for glob, names in (self.paths or {}).items()
        )


@dataclass(frozen=True, slots=True)
class Crash:
    """A rule that failed; the others ran."""

    name: str
    error: Exception


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the rules found."""

    diagnostics: tuple[Diagnostic, ...]
    """By place; a fix in them is not proved yet."""
    allowed: tuple[Diagnostic, ...]
    """What comments allow."""
    crashes: tuple[Crash, ...]


def run(book: Book, today: Date, selection: Selection, rules: Sequence[Rule] = RULES) -> Outcome:
    """Ask the selected rules. A rule that fails takes none of the others down."""
    asked = [rule for rule in rules if selection.asks(rule)]
    looking = _Run(book, today, selection, book.lines())
    found = [one for rule in asked if rule.scope is not Scope.ALLOWS for one in looking.ask(rule, Allows())]
    comments = tuple(allow for one in book.minutes for allow in allows(one.source))
    kept, used = _let_through(found, comments if selection.heeds_allows else ())
    ran = frozenset(rule.name for rule in asked if selection.heeds_allows and book.is_whole)
    odd_ones = tuple(at for one in book.minutes for at in odd(one.source))
    said = Allows(comments, used, ran, NAMES, odd_ones)
    of_comments = [one for rule in asked if rule.scope is Scope.ALLOWS for one in looking.ask(rule, said)]
    every = (*kept, *of_comments)
    wanted = [one for one in every if selection.wants(one.name, one.path.removeprefix(book.above))]
    wanted.sort(key=lambda one: one.order)
    absent = frozenset(rule.name for rule in asked if rule.of_absence)
    marked = tuple(_with_fingerprints(wanted, looking.lines, book.above, absent))
    allowed = tuple(set(found).difference(kept))
    return Outcome(marked, allowed, tuple(looking.crashes))


@dataclass(frozen=True, slots=True)
class _Run:
    """What every rule is asked with."""

    book: Book
    today: Date
    selection: Selection
    lines: Mapping[str, tuple[str, ...]]
    crashes: list[Crash] = field(default_factory=list)

    def ask(self, rule: Rule, allows: Allows) -> list[Diagnostic]:
        """A rule's findings with its name and weight; none where it fails, and that is kept."""
        weight = rule.weight(rule.name in self.selection.select)
        try:
            found = [_widened(one, self.lines) for one in rule.look(self.book, self.today, allows)]
        except Exception as why:
            self.crashes.append(Crash(rule.name, why))
            return []
        return [Diagnostic(rule.name, one.weight or weight, one) for one in found]


def _widened(finding: Finding, lines: Mapping[str, tuple[str, ...]]) -> Finding:
    """A place that holds nothing means its whole line."""
    at = finding.at
    return replace(finding, at=printed(at.path, at.line, lines.get(at.path, ()))) if at.is_bare else finding


def _let_through(
    found: Iterable[Diagnostic], comments: Sequence[Allow]
) -> tuple[list[Diagnostic], frozenset[Allow]]:
    """The findings that no comment allows, and the comments that allowed one."""
    by_name: dict[str, list[Allow]] = {}
    for allow in comments:
        by_name.setdefault(allow.name, []).append(allow)
    kept, used = [], set()
    for one in found:
        covering = [allow for allow in by_name.get(one.name, ()) if allow.covers(one.name, one.at)]
        used.update(covering)
        if not covering:
            kept.append(one)
    return kept, frozenset(used)


def _with_fingerprints(
    found: Iterable[Diagnostic], lines: Mapping[str, tuple[str, ...]], above: str, absent: frozenset[str]
) -> Iterator[Diagnostic]:
    """Each with what it can be known by in another run: its rule, its file below the notes folder, and the words of its
    line, not where that stands; of several alike the first, the second … What is missing has no line of its own, so there
    it is the message that says what."""
    seen: Counter[str] = Counter()
    for one in found:
        words = line_in(lines.get(one.path, ()), one.at.line)
        said = one.finding.message if one.name in absent else " ".join(words.split())
        parts = "\0".join((one.name, one.path.removeprefix(above), said))
        mark = hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        seen[mark] += 1
        yield replace(one, fingerprint=f"{mark}:{seen[mark]}")
