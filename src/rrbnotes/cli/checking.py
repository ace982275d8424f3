"""What `rrb check` does, step by step: look, leave out, mend, report."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from rrbnotes.checks.book import Book, Texts, open_book
from rrbnotes.checks.fixing import Rounds, changes, proved, rounds
from rrbnotes.checks.run import ALL, NAMES, Outcome, Selection
from rrbnotes.checks.run import run as ask
from rrbnotes.cli.mending import save, show_difference
from rrbnotes.cli.narrowing import changed_since, without_known, write_baseline
from rrbnotes.cli.places import Places, places
from rrbnotes.cli.reporting import prefix, show, targets
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import complain, put, say
from rrbnotes.diagnostics import Diagnostic, Severity
from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.notebook import UNREADABLE
from rrbnotes.settings import FAIL_ON, Settings
from rrbnotes.views.listing import count
from rrbnotes.views.report import Report, report_of

_FINDINGS, _INTERNAL = 1, 70


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    paths: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fix: bool
    diff: bool
    format: str | None
    outputs: tuple[str, ...]
    fail_on: str | None
    baseline: Path | None
    write_baseline: Path | None
    since: str | None
    statistics: bool
    heeds_allows: bool
    stdin_name: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and what of it is shown."""

    book: Book
    outcome: Outcome
    shown: tuple[Diagnostic, ...]
    baselined: int


def checked(run: Run, wish: Wish) -> int:
    """Check, and return the exit code."""
    aims = targets(run, wish.format, wish.outputs)
    where = places(run, wish.paths, wish.stdin_name)
    selection = _selection(where.home.settings, wish)
    found = _look(run, wish, where, selection)
    if wish.write_baseline:
        write_baseline(run, wish.write_baseline, found.shown)
        return 0
    if wish.diff or wish.fix:

        def look(texts: Texts) -> tuple[Book, tuple[Diagnostic, ...]]:
            again = _look(run, wish, replace(where, texts={**where.texts, **texts}), selection)
            return again.book, again.shown

        done = rounds(found.book, found.shown, look)
        if wish.diff:
            return _differ(run, found, done)
        where = _mend(run, where, found, done)
        found = _look(run, wish, where, selection)
    show(run, aims, _report(run, where, found), wish.statistics, apart=wish.fix and bool(where.texts))
    return _code(found, wish.fail_on or where.home.settings.fail_on)


def _differ(run: Run, found: Checked, done: Rounds) -> int:
    show_difference(changes(found.book, done))
    if not run.quiet:
        say(f"{count(done.count, 'finding')} of {len(found.shown)} can be mended with --fix")
    return _FINDINGS if done.texts else 0


def _mend(run: Run, where: Places, found: Checked, done: Rounds) -> Places:
    """Make the fixes, on disk or in the text that came on standard input and goes on to standard output."""
    if where.texts:
        where = replace(where, texts={**where.texts, **done.texts})
        for text in where.texts.values():
            put(text)
    elif done.texts:
        save(run, where.home, changes(found.book, done))
    if done.texts and not run.quiet:
        undo = "" if where.texts else "; `rrb undo` takes it back"
        say(f"mended {count(done.count, 'finding')} in {count(len(done.texts), 'note')}{undo}")
    return where


def _report(run: Run, where: Places, found: Checked) -> Report:
    holds = where.holds(run)
    unread = (one.path for one in found.book.notebook.diagnostics if one.name in UNREADABLE)
    return report_of(
        found.book,
        found.shown,
        notes=sum(map(holds, {*(one.source.path for one in found.book.minutes), *unread})),
        allowed=sum(holds(one.path) for one in found.outcome.allowed),
        baselined=found.baselined,
        prefix=prefix(run.directory),
    )


def _look(run: Run, wish: Wish, where: Places, selection: Selection) -> Checked:
    """Read, ask the rules, and leave out what is not wanted."""

    def reopen(texts: Texts) -> Book:
        return open_book(where.home, run.directory, run.today, {**where.texts, **texts})

    book = reopen({})
    if not book.minutes and not book.notebook.diagnostics:
        raise RrbError(f"no notes in {where.home.notes}: is it the right folder?")
    outcome = ask(book, run.today, selection)
    holds = where.holds(run)
    if not any(map(holds, (*book.lines(), *(one.path for one in outcome.diagnostics)))):
        raise RrbError(f"{', '.join(wish.paths)}: no note there; notes are files that end in .md")
    shown = tuple(one for one in outcome.diagnostics if holds(one.path))
    if wish.since:
        shown = tuple(changed_since(run, book, wish.since, shown))
    found = len(shown)
    if wish.baseline:
        shown = without_known(run, wish.baseline, shown, is_whole=not (wish.paths or wish.since))
    return Checked(book, outcome, proved(book, shown, reopen), found - len(shown))


def _selection(settings: Settings, wish: Wish) -> Selection:
    """The command line decides before the settings; an unknown rule is an error."""
    for option, names in (("--select", wish.select), ("--ignore", wish.ignore)):
        _known(option, names)
    _known("check.select in the settings", settings.select)
    _known("check.ignore in the settings", settings.ignore)
    for glob, names in settings.ignore_at.items():
        _known(f'check.paths."{glob}" in the settings', names)
    return Selection(
        wish.select or settings.select,
        (*settings.ignore, *wish.ignore) if not wish.select else wish.ignore,
        settings.ignore_at,
        wish.heeds_allows,
    )


def _known(where: str, names: Iterable[str]) -> None:
    for name in names:
        if name not in NAMES and name != ALL:
            near = did_you_mean(name, NAMES) or "; `rrb rules` lists them"
            raise RrbError(f"{where}: '{name}' is no rule{near}")


def _code(found: Checked, fail_on: str) -> int:
    """What it comes to. A rule that failed has hidden nothing of the others, but nobody can say that all is well."""
    for crash in found.outcome.crashes:
        if os.environ.get("RRB_DEBUG"):
            raise crash.error
        what = f"{type(crash.error).__name__}: {crash.error}".rstrip(": ")
        complain(
            f"internal error in the rule {crash.name}: {what}; please report (RRB_DEBUG=1 shows the trace)"
        )
    if found.outcome.crashes:
        return _INTERNAL
    weights = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    failing = weights[: FAIL_ON.index(fail_on) + 1] if fail_on != "never" else []
    return _FINDINGS if any(one.severity in failing for one in found.shown) else 0
