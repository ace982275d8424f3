"""Where the report of a check goes: standard output or files, in one format or several."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rrbnotes.cli.out import page_for, write_file
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import hint, in_actions, put, put_raw, put_verbatim, say_text, suggest, warn
from rrbnotes.errors import RrbError, reason
from rrbnotes.render.page import Page
from rrbnotes.render.reports import REPORTS, for_file
from rrbnotes.render.reports.statistics import write as statistics
from rrbnotes.render.reports.summary_page import write as summary_page
from rrbnotes.views.check_report import Report, errors_at, summary, then
from rrbnotes.views.choice import pick


@dataclass(frozen=True, slots=True)
class Target:
    """One format and where it goes."""

    format: str
    file: Path | None = None
    """None for standard output."""


def targets(format: str | None, outputs: Sequence[str]) -> tuple[Target, ...]:
    """What the options ask for; without any, what suits a person on a terminal, a pipe, or GitHub Actions."""
    asked = [*([format] if format else []), *outputs]
    found = tuple(_target(one) for one in asked)
    if found:
        return found
    if in_actions():
        warn("in GitHub Actions: written as full and github")
        return Target("full"), Target("github")
    return (Target("full" if sys.stdout.isatty() else "concise"),)


def _target(words: str) -> Target:
    """`sarif:rrb.sarif`, `json`, or a file whose ending says its format."""
    name, colon, file = words.partition(":")
    is_path = not colon or len(name) == 1  # `C:\rrb.sarif`
    by_ending = for_file(words) if is_path and name not in REPORTS else None
    if by_ending:
        return Target(by_ending, Path(words))
    pick("format", name, REPORTS)
    if colon and not file:
        raise RrbError(f"--output {words}: a file is missing behind the colon; write --output {name}:FILE")
    return Target(name, Path(file) if file else None)


def show(run: Run, aims: Sequence[Target], report: Report, with_statistics: bool, apart: bool) -> None:
    """Write the report to each target, and the summary beside it; `apart` keeps standard output for something else."""
    for aim in aims:
        terminal = aim.file is None and sys.stdout.isatty()
        page = page_for(run, terminal, width=120)
        is_counted = with_statistics and REPORTS[aim.format].is_for_people
        text = (statistics if is_counted else REPORTS[aim.format].write)(report, page)
        if aim.file:
            write_file(run, "--output", aim.file, text)
        elif apart:
            (sys.stderr.write if REPORTS[aim.format].is_obeyed else say_text)(text)
        elif REPORTS[aim.format].is_for_people:
            put_verbatim(text, coloured=True)
        elif REPORTS[aim.format].is_obeyed:
            put_raw(text)
        else:
            put(text)
    _to_step_summary(report)
    for line in filter(None, (summary(report), errors_at(report))):
        hint(run, line)
    suggest(run, then(report))


def _to_step_summary(report: Report) -> None:
    """GitHub shows a page for each step; one that cannot be written is no reason to fail."""
    file = os.environ.get("GITHUB_STEP_SUMMARY") if in_actions() else None
    if file:
        try:
            with open(file, "a", encoding="utf-8", newline="\n") as page:
                page.write(summary_page(report, Page()))
        except OSError as why:
            warn(f"{file}: the summary of the step cannot be written ({reason(why)})")


def prefix(folder: Path) -> str:
    """A folder as seen from the top of its git checkout, with `/`; empty where it is that, or in none."""
    here = Path(os.path.realpath(folder))
    top = next((place for place in (here, *here.parents) if (place / ".git").exists()), here)
    below = here.relative_to(top).as_posix()
    return "" if below == "." else below
