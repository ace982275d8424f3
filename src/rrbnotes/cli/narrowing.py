"""Which of the findings count: those on the named notes, on changed lines, and not in the baseline."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from rrbnotes.checks.baseline import baseline_text, new_since, read_baseline, stale
from rrbnotes.checks.book import Book
from rrbnotes.checks.rules import RULES
from rrbnotes.cli.given import bytes_of
from rrbnotes.cli.out import write_file
from rrbnotes.cli.run import Run
from rrbnotes.cli.since import changed_lines
from rrbnotes.cli.talk import hint, warn
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.errors import RrbError
from rrbnotes.quoting import count

_OF_ABSENCE = frozenset(rule.name for rule in RULES if rule.of_absence)


def changed_since(run: Run, book: Book, revision: str, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What stands on changed lines or speaks of one. That something is missing counts where its note changed at all, and in
    the register always: a line that was taken out has no place any more."""
    changed = changed_lines(run.directory, revision)

    @cache
    def lines(path: str) -> tuple[range, ...] | None:
        return changed.of(run.path(Path(path)))

    for one in found:
        spots = [(one.path, one.at.line, one.at.end_line)]
        spots += [(other.at.path, other.at.line, other.at.line) for other in one.finding.related]
        is_touched = any(
            part.start <= last and first < part.stop
            for path, first, last in spots
            for part in lines(path) or ()
        )
        is_missing = one.name in _OF_ABSENCE and lines(one.path) is not None
        if is_touched or is_missing or one.path == book.register:
            yield one


def without_known(run: Run, file: Path, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The findings that a baseline does not know."""
    return new_since(found, read_baseline(_text(run, file), str(file)))


def say_mended(run: Run, file: Path, found: tuple[Diagnostic, ...]) -> None:
    """Say what a baseline knows without need, now that all rules have looked at all notes and found this."""
    gone = stale(found, read_baseline(_text(run, file), str(file)))
    if gone and not run.quiet:
        warn(f"{file}: {count(len(gone), 'finding')} in it are mended; write it anew")


def write_baseline(run: Run, file: Path, found: tuple[Diagnostic, ...]) -> None:
    """Keep the findings as known."""
    write_file(run, "--write-baseline", file, baseline_text(found))
    hint(run, f"{file}: {count(len(found), 'finding')}; `rrb check --baseline {file}` leaves them out")


def _text(run: Run, file: Path) -> str:
    try:
        return bytes_of(run, file).decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise RrbError(f"{file}: not UTF-8; write it anew with --write-baseline") from why
