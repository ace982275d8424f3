"""Which of the findings count: those on the named notes, on changed lines, and not in the baseline."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from rrbnotes.checks.baseline import baseline_text, new_since, read_baseline, stale
from rrbnotes.checks.book import Book
from rrbnotes.checks.rules import RULES
from rrbnotes.cli.run import Run
from rrbnotes.cli.since import changed_lines
from rrbnotes.cli.talk import say
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.errors import RrbError, WriteError
from rrbnotes.views.listing import count

_OF_ABSENCE = frozenset(rule.name for rule in RULES if rule.of_absence)


def changed_since(run: Run, book: Book, revision: str, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What stands on changed lines. That something is missing counts where its note changed at all, and in the register
    always: a line that was taken out has no place any more."""
    lines = changed_lines(run.directory, revision)
    for one in found:
        own = lines.get(one.path)
        is_touched = any(part.start <= one.at.end_line and one.at.line < part.stop for part in own or ())
        if is_touched or one.path == book.register or (own is not None and one.name in _OF_ABSENCE):
            yield one


def without_known(
    run: Run, file: Path, found: tuple[Diagnostic, ...], is_whole: bool
) -> tuple[Diagnostic, ...]:
    """The findings that a baseline does not know; where all notes were looked at, what is in it without need is said."""
    known = read_baseline(_text(run.path(file)), str(file))
    gone = stale(found, known) if is_whole and not run.quiet else []
    if gone:
        say(f"rrb: {file}: {count(len(gone), 'finding')} in it are mended; write it anew")
    return new_since(found, known)


def write_baseline(run: Run, file: Path, found: tuple[Diagnostic, ...]) -> None:
    """Keep the findings as known."""
    try:
        run.path(file).write_text(baseline_text(found), encoding="utf-8", newline="\n")
    except OSError as why:
        raise WriteError(f"{file}: cannot be written ({why.strerror})") from why
    if not run.quiet:
        say(f"{file}: {count(len(found), 'finding')}; `rrb check --baseline {file}` leaves them out")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as why:
        what = why.strerror if isinstance(why, OSError) else "not UTF-8"
        raise RrbError(f"{file}: cannot be read ({what})") from why
