"""The rules: cases in `cases/checks`, their manual pages, and what a careful secretary finds in the demo."""

import re
from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path

import pytest

from conftest import Write
from rrbnotes.checks import rules
from rrbnotes.checks.book import open_book
from rrbnotes.checks.rule import Rule, Scope
from rrbnotes.checks.rules import RULES
from rrbnotes.checks.run import Selection, run
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.edits import apply
from rrbnotes.settings import Home, Settings
from test_cases import Case, cases_in, each

BY_NAME = {rule.name: rule for rule in RULES}
each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
WITHOUT_EXAMPLE = {"not-a-file", "not-utf8", "too-large", "too-deep"}
"""What cannot be shown in a few lines of markdown."""


def checked(notes: Path, settings: Settings, today: Date, *names: str) -> tuple[Diagnostic, ...]:
    """What rules find in a folder of notes."""
    book = open_book(Home(notes.parent, notes, settings), notes, today)
    outcome = run(book, today, Selection(names))
    assert not outcome.crashes
    return outcome.diagnostics


@each("checks")
def test_checks(case: Case, write_notes: Write, today: Date) -> None:
    name = case.file.stem.replace("_", "-")
    also = {"unused-allow": "no-owner"}.get(name, name)  # what its comments are to allow
    notes = write_notes(case.notes)
    found = checked(notes, case.settings, today, name, also)
    case.check(line for one in found if one.name == name for line in _shown(one, notes))


def _shown(one: Diagnostic, notes: Path) -> Iterator[str]:
    """`2026-01-12.md:7:1-9 message; help`, related places and what a fix makes of the lines that it changes."""
    at = one.at
    end = f"{at.end_line}:{at.end_column}" if at.end_line != at.line else f"{at.end_column}"
    yield f"{at.path}:{at.line}:{at.column}-{end} {one.message}"
    yield from (f"  see {related.at} {related.message}" for related in one.finding.related)
    if one.finding.fix:
        before = (notes / one.path).read_bytes().decode("utf-8-sig")
        after = apply(before, one.finding.fix.edits)
        old, new = before.split("\n"), after.split("\n")
        yield f"  fix: {one.finding.fix.title}"
        kept = {line for line in old if line in new}
        yield from (f"  > {line}" for line in new if line not in kept)


def test_every_rule_has_a_file_a_row_and_cases() -> None:
    rows = {rule.check.__name__ for rule in RULES}
    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert rows == files == {case.file.stem for case in cases_in("checks")}
    assert len(rows) == len(RULES)


@each_rule
def test_every_rule_has_a_page(rule: Rule) -> None:
    page = rule.manual
    assert page.summary.endswith(".") and page.why and page.mend
    assert bool(page.bad and page.good) or rule.name in WITHOUT_EXAMPLE


@each_rule
def test_the_examples_of_a_page_are_true(rule: Rule, write_notes: Write, today: Date, tmp_path: Path) -> None:
    if rule.name in WITHOUT_EXAMPLE:
        return
    also = ("no-owner",) if rule.scope is Scope.ALLOWS else ()
    for text, is_bad in ((rule.manual.bad, True), (rule.manual.good, False)):
        for old in (tmp_path / "notes").glob("**/*.*"):
            old.unlink()
        case = Case(Path(), rule.name, _whole(text), "")
        found = checked(write_notes(case.notes), case.settings, today, rule.name, *also)
        assert is_bad == any(one.name == rule.name for one in found), text


def _whole(text: str) -> str:
    """An example as a note: one that does not name its files, or begin with a title, gets the head of a usual note."""
    if re.match(r"== |# ", text):
        return f"{text}\n"
    head = "# Board meeting, 12 January 2026\n\nPresent: Ann Lee (Chair), MOPAC, MPS, NPS, CRC\n\n"
    return f"{head}{text}\n"
