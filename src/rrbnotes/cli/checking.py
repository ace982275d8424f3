"""What `rrb check` does, step by step: look, leave out, mend, report."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import unified_diff
from functools import partial
from pathlib import Path

from rrbnotes.checks.baseline import baseline_text, new_since, read_baseline, stale
from rrbnotes.checks.book import Book, open_book
from rrbnotes.checks.fixing import Mended, mended, proved
from rrbnotes.checks.rule import Scope
from rrbnotes.checks.rules import RULES
from rrbnotes.checks.run import ALL, NAMES, Outcome, Selection, run as ask
from rrbnotes.cli.places import Places, places
from rrbnotes.cli.reporting import Target, report, targets
from rrbnotes.cli.run import Run
from rrbnotes.cli.since import changed_lines
from rrbnotes.cli.talk import complain, put, say
from rrbnotes.diagnostics import Diagnostic, Severity
from rrbnotes.errors import RrbError, WriteError, did_you_mean
from rrbnotes.settings import FAIL_ON, Settings
from rrbnotes.source import Unreadable, source_of

_FINDINGS, _INTERNAL = 1, 70
_SCOPES = {rule.name: rule.scope for rule in RULES}


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
        return _write_baseline(run, wish.write_baseline, found)
    changes = mended(found.book, found.shown)
    if wish.diff:
        _show_difference(changes.values())
        _say_summary(run, found)
        return _FINDINGS if changes else 0
    if wish.fix and where.texts:
        put(next((one.text for one in changes.values()), next(iter(where.texts.values()))))
        aims = [replace(aim, to_stderr=aim.file is None) for aim in aims]
        where = replace(where, texts={**where.texts, **{path: one.text for path, one in changes.items()}})
    elif wish.fix and changes:
        _save(run, where, changes.values())
    if wish.fix and changes:
        if not run.quiet:
            count = sum(1 for one in found.shown if one.finding.fix)
            undo = "" if where.texts else "; `rrb undo` takes it back"
            say(f"mended {_several(count, 'finding')} in {_several(len(changes), 'note')}{undo}")
        found = _look(run, wish, where, selection)
    report(run, aims, found.book, found.shown, found.baselined, found.outcome.allowed, wish.statistics)
    return _code(found, wish.fail_on or where.home.settings.fail_on)


def _look(run: Run, wish: Wish, where: Places, selection: Selection) -> Checked:
    """Read, ask the rules, and leave out what is not wanted."""
    reopen = lambda texts: open_book(where.home, run.directory, run.today, {**where.texts, **texts})  # noqa: E731
    book = reopen({})
    if not book.minutes and not book.notebook.diagnostics:
        raise RrbError(f"no notes in {where.home.notes}: is it the right folder?")
    outcome = ask(book, run.today, selection)
    holds = where.holds(run)
    if where.named and not any(map(holds, book.lines())) and not any(holds(d.path) for d in outcome.diagnostics):
        raise RrbError(f"{', '.join(wish.paths)}: no note there; notes are files that end in .md")
    shown = tuple(one for one in outcome.diagnostics if holds(one.path))
    if wish.since:
        shown = tuple(_changed_since(run, book, wish.since, shown))
    baselined = 0
    if wish.baseline:
        known = read_baseline(_text(run.path(wish.baseline)), str(wish.baseline))
        fresh = new_since(shown, known)
        baselined, gone = len(shown) - len(fresh), stale(shown, known)
        if gone and not (wish.paths or wish.since) and not run.quiet:
            say(f"rrb: {wish.baseline}: {_several(len(gone), 'finding')} in it are mended; write it anew")
        shown = fresh
    return Checked(book, outcome, proved(book, shown, reopen), baselined)


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


def _changed_since(run: Run, book: Book, revision: str, found: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """What stands on changed lines. What the notes say together counts where its note changed at all, and the register
    always: a line that was taken out has no place any more."""
    lines = changed_lines(run.directory, revision)
    for one in found:
        own = lines.get(one.path)
        is_whole = _SCOPES[one.name] is Scope.BOOK
        if one.path == book.register or (
            own is not None
            and (is_whole or any(r.start <= one.at.end_line and one.at.line < r.stop for r in own))
        ):
            yield one


def _code(found: Checked, fail_on: str) -> int:
    for crash in found.outcome.crashes:
        complain(
            f"internal error in the rule {crash.name}: {type(crash.error).__name__}: {crash.error}; please report"
        )
        if os.environ.get("RRB_DEBUG"):
            raise crash.error
    if found.outcome.crashes:
        return _INTERNAL
    weights = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    failing = weights[: FAIL_ON.index(fail_on) + 1] if fail_on != "never" else []
    return _FINDINGS if any(one.severity in failing for one in found.shown) else 0


def _save(run: Run, where: Places, changes: Iterable[Mended]) -> None:
    """Write the mended notes in one step, each only if it still says what was read."""
    from rrbnotes.cli.desk import durable, now
    from rrbnotes.store.session import locked

    by_path = {run.path(Path(one.source.path)): one for one in changes}
    with locked(where.home.root, command="rrb check --fix", durable=durable()) as store:
        for path, one in by_path.items():
            source = source_of(store.read(path) or b"", one.source.path)
            if isinstance(source, Unreadable) or source.text != one.source.text:
                raise WriteError(f"{one.source.path}: changed by another program since it was read; run this again")

        def check(path: Path, data: bytes) -> None:
            again = source_of(data, by_path[path].source.path)
            if isinstance(again, Unreadable) or again.text != by_path[path].text:
                raise WriteError(f"{path}: not written, for it would not read back as meant")

        saved = store.commit(
            "check --fix", {path: one.bytes for path, one in by_path.items()}, check, now=now()
        )
    for warning in saved.warnings:
        say(f"rrb: {warning}")


def _show_difference(changes: Iterable[Mended]) -> None:
    from rrbnotes.render.safe import visible

    for one in changes:
        name = one.source.path
        old, new = one.source.text.splitlines(), one.text.splitlines()
        lines = unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="")
        put("".join(f"{visible(line)}\n" for line in lines))


def _write_baseline(run: Run, file: Path, found: Checked) -> int:
    try:
        run.path(file).write_text(baseline_text(found.shown), encoding="utf-8", newline="\n")
    except OSError as why:
        raise WriteError(f"{file}: cannot be written ({why.strerror})") from why
    if not run.quiet:
        say(f"{file}: {_several(len(found.shown), 'finding')}; `rrb check --baseline {file}` leaves them out")
    return 0


def _say_summary(run: Run, found: Checked) -> None:
    if not run.quiet:
        count = sum(1 for one in found.shown if one.finding.fix)
        say(f"{_several(count, 'finding')} of {len(found.shown)} can be mended with --fix")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as why:
        what = why.strerror if isinstance(why, OSError) else "not UTF-8"
        raise RrbError(f"{file}: cannot be read ({what})") from why


def _several(count: int, one: str) -> str:
    return f"{count} {one}{'' if count == 1 else 's'}"
