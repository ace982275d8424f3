"""What a check found, ready to be shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rrbnotes import __version__
from rrbnotes.checks.book import Book
from rrbnotes.checks.rule import Rule
from rrbnotes.checks.rules import RULES
from rrbnotes.diagnostics import Diagnostic, Severity
from rrbnotes.quoting import count, listed
from rrbnotes.source import Source


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found."""

    diagnostics: tuple[Diagnostic, ...]
    """By place."""
    notes: int
    """How many were checked."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """The files that findings and related places stand in, by path; without those that cannot be read."""
    rules: Mapping[str, Rule] = field(default_factory=dict)
    """By name, in the order of their table."""
    allowed: int = 0
    """Findings that comments in the notes allow; none of them is among the diagnostics."""
    baselined: int = 0
    """Findings that were there before; none of them is among the diagnostics."""
    prefix: str = ""
    """The folder that paths start from, as seen from the top of its repository; empty where it is that."""
    version: str = __version__

    @property
    def counts(self) -> Mapping[str, int]:
        """How many diagnostics there are of each severity, how many a machine can mend, how many are old."""
        by_severity = Counter(one.severity for one in self.diagnostics)
        fixable = sum(one.finding.fix is not None for one in self.diagnostics)
        severities = {severity.value: by_severity[severity] for severity in Severity}
        return severities | {"fixable": fixable, "baselined": self.baselined}

    def lines(self, path: str) -> tuple[str, ...]:
        """The lines of a file; none where it cannot be read."""
        source = self.sources.get(path)
        return source.lines if source else ()

    def line(self, path: str, number: int) -> str | None:
        """One line of a file, counted from 1; None where there is none."""
        lines = self.lines(path)
        return lines[number - 1] if 0 < number <= len(lines) else None


def report_of(
    book: Book,
    diagnostics: Iterable[Diagnostic],
    *,
    notes: int | None = None,
    allowed: int = 0,
    baselined: int = 0,
    prefix: str = "",
) -> Report:
    """The report on a book; `notes` is how many were looked at, where that is not all of them."""
    found = tuple(diagnostics)
    paths = {one.path for one in found} | {more.at.path for one in found for more in one.finding.related}
    sources = {one.source.path: one.source for one in book.minutes if one.source.path in paths}
    if book.register in paths:
        register = Source(book.register, "\n".join(book.register_lines), book.register_lines)
        sources[book.register] = register
    return Report(
        diagnostics=found,
        notes=len(book.minutes) if notes is None else notes,
        sources=sources,
        rules={rule.name: rule for rule in RULES},
        allowed=allowed,
        baselined=baselined,
        prefix=prefix,
    )


def summary(report: Report) -> str:
    """`3 errors, 12 warnings and 4 notes in 2 notes; 9 can be fixed with --fix; 2 baselined, 1 allowed`."""
    counts = report.counts
    found = by_severity(counts)
    hidden = (("baselined", report.baselined), ("allowed", report.allowed))
    parts = (
        f"{found} in {count(report.notes, 'file')}" if found else _clean(report),
        f"{counts['fixable']} can be fixed with --fix" if counts["fixable"] else "",
        ", ".join(f"{number} {what}" for what, number in hidden if number),
    )
    return "; ".join(filter(None, parts))


def _clean(report: Report) -> str:
    return f"{count(report.notes, 'note')}, nothing {'new' if report.baselined else 'to mend'}"


_MANY = 15
"""So many findings fill a terminal, and what is an error scrolls out of sight."""


def errors_at(report: Report) -> str:
    """Where the errors are among many other findings: `errors at notes/2019-09-09.md:36, 48 and notes/2020-08-25.md:32`."""
    errors = [one for one in report.diagnostics if one.severity is Severity.ERROR]
    if not errors or len(report.diagnostics) < _MANY or len(errors) > _MANY:
        return ""
    lines: dict[str, list[str]] = {}
    for one in errors:
        lines.setdefault(one.path, []).append(str(one.at.line))
    places = [f"{path}:{', '.join(dict.fromkeys(own))}" for path, own in lines.items()]
    return f"errors at {'; '.join(places)}"


def then(report: Report) -> str:
    """The next step of who reads it."""
    first = min(report.diagnostics, key=lambda one: list(Severity).index(one.severity), default=None)
    return f"rrb rules {first.name} for what that means and how to mend it" if first else ""


def by_severity(counts: Mapping[str, int]) -> str:
    """`3 errors, 12 warnings and 4 notes`; empty where there are none."""
    found = [count(counts[severity], severity) for severity in Severity if counts.get(severity)]
    return listed(found)
