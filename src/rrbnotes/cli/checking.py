"""What `rrb check` does, step by step: look, leave out, mend, report."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rrbnotes.book import UNREADABLE
from rrbnotes.checks.book import Book, open_book
from rrbnotes.checks.fixing import MOST_ROUNDS, Asked, Rounds, proved, rounds
from rrbnotes.checks.run import ALL, NAMES, Outcome, Selection
from rrbnotes.checks.run import run as ask
from rrbnotes.cli.check_report import Target, prefix, show, targets
from rrbnotes.cli.ending import INTERNAL_ERROR, report
from rrbnotes.cli.mending import save, show_difference
from rrbnotes.cli.narrowing import changed_since, say_mended, without_known, write_baseline
from rrbnotes.cli.out import refuse_notes
from rrbnotes.cli.places import Places, places
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import hint, in_actions, put_verbatim
from rrbnotes.diagnostics import Diagnostic, Severity, unreadable
from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.keeping.overlooked import why_none
from rrbnotes.quoting import count
from rrbnotes.readers import Texts
from rrbnotes.settings import FAIL_ON, Settings
from rrbnotes.source import Unreadable
from rrbnotes.views.check_report import Report, report_of

_FINDINGS = 1
_OF_NOTES_ALONE = (None, "full", "concise", "json")
"""Formats whose paths do not start at the top of a git checkout."""


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
    _refuse_clashes(wish)
    aims = () if wish.diff or wish.write_baseline else targets(wish.format, wish.outputs)
    where = places(run, wish.paths, wish.stdin_name)
    _refuse_places(run, wish, where, aims)
    selection = _selection(where.home.settings, wish)
    found = _look(run, wish, where, selection)
    if wish.write_baseline:
        return _keep(run, wish.write_baseline, found)
    if wish.diff or wish.fix:

        def look(texts: Texts) -> tuple[Book, tuple[Diagnostic, ...]]:
            then = replace(where, texts={**where.texts, **texts})
            again = _look(run, wish, then, selection, found.book)
            return again.book, again.shown

        most = 1 if wish.since else MOST_ROUNDS  # git's lines are those of the first round only
        done = rounds(found.book, found.shown, look, most)
        if wish.diff:
            return _differ(run, found, done)
        where = _mend(run, where, done)
        found = _look(run, wish, where, selection)
    show(run, aims, _report(run, where, found), wish.statistics, apart=wish.fix and bool(where.texts))
    is_whole = selection.is_everything and not (wish.paths or wish.since or found.outcome.crashes)
    if wish.baseline and is_whole:
        say_mended(run, wish.baseline, found.outcome.diagnostics)
    run.repeat.is_sure = not (_asks_more_than_notes(wish) or found.outcome.crashes)
    return _code(found, wish.fail_on or where.home.settings.fail_on)


def _asks_more_than_notes(wish: Wish) -> bool:
    """Whether what is said follows from other files too, or something is written."""
    files = (wish.paths, wish.outputs, wish.baseline, wish.write_baseline, wish.since, wish.stdin_name)
    is_for_others = in_actions() or wish.format not in _OF_NOTES_ALONE
    return any(files) or wish.fix or wish.diff or is_for_others


def _refuse_clashes(wish: Wish) -> None:
    """Refuse options that make no sense together."""
    partial = {"PATHS": wish.paths, "--select": wish.select, "--ignore": wish.ignore, "--since": wish.since,
               "--fix": wish.fix, "--diff": wish.diff}  # fmt: skip
    given = [option for option, value in partial.items() if value]
    if wish.write_baseline and given:
        raise RrbError(
            f"--write-baseline keeps all findings of all notes as they are; leave {given[0]} away beside it"
        )
    given = [option for option, value in {"--format": wish.format, "--output": wish.outputs}.items() if value]
    if wish.diff and given:
        raise RrbError(
            f"--diff shows what would change and writes no report; leave {given[0]} away beside it"
        )


def _refuse_places(run: Run, wish: Wish, where: Places, aims: Iterable[Target]) -> None:
    """Refuse to write over notes, before anything is read."""
    for aim in aims:
        if aim.file:
            refuse_notes(run, "--output", aim.file, where.home)
    if wish.write_baseline:
        refuse_notes(run, "--write-baseline", wish.write_baseline, where.home)
    if where.unread and (wish.fix or wish.diff):
        raise RrbError(f"{where.unread.at}: {where.unread.message}; {where.unread.help}")


def _keep(run: Run, file: Path, found: Checked) -> int:
    """Write the baseline; not where a rule failed, for its findings would be missing."""
    if _complain_of_crashes(found):
        return INTERNAL_ERROR
    write_baseline(run, file, found.shown)
    return 0


def _differ(run: Run, found: Checked, done: Rounds) -> int:
    show_difference(done.notes.values())
    hint(run, f"{count(done.count, 'finding')} of {len(found.shown)} can be mended with --fix")
    return _FINDINGS if done.notes else 0


def _mend(run: Run, where: Places, done: Rounds) -> Places:
    """Make the fixes, on disk or in the text that came on standard input and goes on to standard output."""
    if where.texts:
        where = replace(where, texts={**where.texts, **done.texts})
        for text in where.texts.values():
            put_verbatim(text)
    elif done.notes:
        save(run, where.home, done.notes.values())
    if done.notes:
        undo = "" if where.texts else "; `rrb undo` takes it back"
        hint(run, f"mended {count(done.count, 'finding')} in {count(len(done.notes), 'note')}{undo}")
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


def _look(run: Run, wish: Wish, where: Places, selection: Selection, before: Book | None = None) -> Checked:
    """Read, ask the rules, and leave out what is not wanted; what a moment `before` was read the same is not read again."""

    def reopen(texts: Texts, before: Book | None = None) -> Book:
        return open_book(where.home, run.directory, run.today, {**where.texts, **texts}, before)

    def rules(book: Book) -> tuple[Diagnostic, ...]:
        return ask(book, run.today, selection).diagnostics

    book = reopen({}, before)
    book = _put_aside(book, where.unread) if where.unread else book
    if not book.minutes and not book.notebook.diagnostics:
        raise RrbError(why_none(where.home, run.directory))
    outcome = ask(book, run.today, selection)
    holds = where.holds(run)
    told = (one.path for one in (*book.notebook.diagnostics, *outcome.diagnostics))
    if not any(map(holds, (*book.lines(), *told))):
        raise RrbError(f"{', '.join(wish.paths)}: no note there; notes are files that end in .md")
    shown = tuple(one for one in outcome.diagnostics if holds(one.path))
    if wish.since:
        shown = tuple(changed_since(run, book, wish.since, shown))
    found = len(shown)
    if wish.baseline and not wish.write_baseline:
        shown = without_known(run, wish.baseline, shown)
    offered = proved(book, shown, partial(reopen, before=book), Asked(rules, outcome.diagnostics))
    return Checked(book, outcome, offered, found - len(shown))


def _put_aside(book: Book, unread: Unreadable) -> Book:
    """The book without a note that came on standard input and cannot be read."""
    path, notebook = unread.at.path, book.notebook
    others = (one for one in notebook.diagnostics if one.path != path)
    minutes = tuple(one for one in notebook.minutes if one.source.path != path)
    return replace(
        book, notebook=replace(notebook, minutes=minutes, diagnostics=(*others, unreadable(unread)))
    )


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
    if _complain_of_crashes(found):
        return INTERNAL_ERROR
    weights = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    failing = weights[: FAIL_ON.index(fail_on) + 1] if fail_on != "never" else []
    return _FINDINGS if any(one.severity in failing for one in found.shown) else 0


def _complain_of_crashes(found: Checked) -> bool:
    """Say which rules failed, if any did."""
    for crash in found.outcome.crashes:
        report(crash.error, f" in the rule {crash.name}")
    return bool(found.outcome.crashes)
