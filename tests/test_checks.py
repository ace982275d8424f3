"""The rules: cases in `cases/checks`, their manual pages, and what a careful secretary finds in the demo."""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import date as Date
from functools import partial
from pathlib import Path

import pytest

from conftest import Write
from rrbnotes.checks import rules
from rrbnotes.checks.allows import allows
from rrbnotes.checks.book import Book, open_book
from rrbnotes.checks.facts import actions, facts, recaps
from rrbnotes.checks.fixing import mended, proved
from rrbnotes.checks.rule import Rule, Scope, of_book
from rrbnotes.checks.rules import RULES
from rrbnotes.checks.run import Selection, run
from rrbnotes.diagnostics import Diagnostic, Finding, Severity
from rrbnotes.edits import apply
from rrbnotes.home import Home
from rrbnotes.settings import Settings
from rrbnotes.source import Range, Source, source_of_text
from test_cases import Case, cases_in, each, in_sight

DEMO = Path(__file__).parent.parent / "notes"
BY_NAME = {rule.name: rule for rule in RULES}
each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
WITHOUT_EXAMPLE = {"not-a-file", "not-utf8", "too-large", "too-deep", "byte-order-mark"}
"""What cannot be shown in a few lines of markdown."""
WITHOUT_CASES = {"not_a_file"}
"""What no text can show; a test below makes the files."""
HOW_SET = tuple(
    "byte-order-mark control-character fake-heading heading-level raw-html suspicious-character tab-table".split()
)
"""The rules about how a note is set: what their fixes leave must say the same."""
each_setting = pytest.mark.parametrize(
    "case",
    [case for case in cases_in("checks") if case.file.stem.replace("_", "-") in HOW_SET],
    ids=lambda case: f"{case.file.name}:{case.title}",
)


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
        yield from (f"  > {in_sight(line)}" for line in new if line not in kept)


def test_every_rule_has_a_file_a_row_and_cases() -> None:
    rows = {rule.check.__name__ for rule in RULES}
    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert rows == files == {case.file.stem for case in cases_in("checks")} | WITHOUT_CASES
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


@pytest.mark.parametrize(
    "said, weight",
    [
        ("Actions from the previous meeting were covered.", Severity.ERROR),
        ("## Matters arising", Severity.ERROR),
        ("Outstanding actions will be reviewed in March.", Severity.WARNING),
        ("## Matters arising\n\nThe plan for the garden is being drafted.", None),  # may be told there
    ],
)
def test_unreported_is_an_error_where_the_note_says_that_it_reviews(
    said: str, weight: Severity | None, write_notes: Write, today: Date
) -> None:
    first = "# Board, 12 January 2026\n\n**Action:** MPS to draft the plan for the garden.\n"
    notes = {"2026-01-12.md": first, "2026-02-09.md": f"# Board, 9 February 2026\n\n{said}\n"}
    found = checked(write_notes(notes), Settings(), today, "unreported")
    assert [one.severity for one in found] == ([weight] if weight else [])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_is_no_file_is_said(write_notes: Write, today: Date) -> None:
    notes = write_notes({"folder.md/2026-01-12.md": "# Board, 12 January 2026\n"})
    (notes / "2026-02-09.md").symlink_to("gone.md")
    os.mkfifo(notes / "2026-03-09.md")
    found = checked(notes, Settings(), today, "not-a-file")
    assert [f"{one.path}:{one.at.line} {one.message}" for one in found] == [
        "2026-02-09.md:1 cannot be read (there is no such file); check its name",
        "2026-03-09.md:1 not a regular file; move it out of the notes folder",
    ]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything can be read")
def test_what_may_not_be_read_is_said(write_notes: Write, today: Date) -> None:
    notes = write_notes({"2026-01-12.md": "# Board, 12 January 2026\n"})
    (notes / "2026-01-12.md").chmod(0)
    (found,) = checked(notes, Settings(), today, "not-a-file")
    assert found.message == "cannot be read (no permission); check its permissions"


def test_how_the_demo_is_set(today: Date) -> None:
    found = checked(DEMO, Settings(), today, *HOW_SET)
    places: dict[str, dict[str, list[int]]] = {}
    for one in found:
        places.setdefault(one.path, {}).setdefault(one.name, []).append(one.at.line)
    assert places == {
        "2019-09-09.md": {
            "tab-table": [33, 137],
            "raw-html": [33, 34, 35, 36, 76, 90, 152],
            "heading-level": [123, 131],
            "fake-heading": [135, 150],
        },
        "2020-08-25.md": {
            "fake-heading": [3, 7, 24, 28, 34, 36, 42, 53, 55, 65, 73, 77, 81, 85],
            "suspicious-character": [22],
        },
    }
    assert [one.at.end_line for one in found if one.name == "tab-table"] == [36, 148]


@each_setting
def test_what_is_set_otherwise_says_the_same(case: Case, write_notes: Write, today: Date) -> None:
    _fixes_hold(write_notes(case.notes), case.settings, today)


def test_the_demo_set_otherwise_says_the_same(tmp_path: Path, today: Date) -> None:
    notes = Path(shutil.copytree(DEMO, tmp_path / "notes"))
    _fixes_hold(notes, Settings(), today)
    first = (notes / "2019-09-09.md").read_text(encoding="utf-8")
    assert "\t" not in first and "<b>" not in first and "### Action Summary:" in first
    assert [one.name for one in checked(notes, Settings(), today, *HOW_SET)] == ["suspicious-character"]


def _fixes_hold(notes: Path, settings: Settings, today: Date) -> None:
    """Make the fixes of a folder: each that is offered is proved, the notes say what they said, and a second time there is
    nothing to do."""
    home = Home(notes.parent, notes, settings)
    before = open_book(home, notes, today)
    found = run(before, today, Selection(HOW_SET)).diagnostics
    assert proved(before, found, partial(open_book, home, notes, today)) == found
    for path, one in mended(before, found).items():
        (notes / path).write_bytes(one.text.encode(one.encoding))
    after = open_book(home, notes, today)
    assert [facts(one.meeting) for one in before.minutes] == [facts(one.meeting) for one in after.minutes]
    assert all(
        recaps(one.meeting) == recaps(two.meeting)
        for one, two in zip(before.minutes, after.minutes, strict=True)
    )
    assert list(actions(before)) == list(actions(after))
    assert not mended(after, run(after, today, Selection(HOW_SET)).diagnostics)


def _whole(text: str) -> str:
    """An example as a note: one that does not name its files, or begin with a title, gets the head of a usual note."""
    if re.match(r"== |# ", text):
        return f"{text}\n"
    head = "# Board meeting, 12 January 2026\n\nPresent: Ann Lee (Chair), MOPAC, MPS, NPS, CRC\n\n"
    return f"{head}{text}\n"


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("one <!-- rrb: allow no-owner: meant -->\ntwo", [1]),
        ("<!-- rrb: allow no-owner: meant -->\none\ntwo\n\nthree", [2, 3]),
        ("<!-- rrb: allow no-owner: meant -->\n\n\none\ntwo", [4, 5]),
        ("<!-- rrb: allow no-owner -->\n<!-- rrb: allow no-due -->\none\n\ntwo", [3]),
        ("one\n\ntwo <!-- rrb: allow no-due, no-owner: meant -->", [3]),
        ("one\n<!-- rrb: allow no-owner in this note: meant -->\n\ntwo", [1, 2, 3, 4]),
        ("```\n<!-- rrb: allow no-owner -->\n```\none", []),
        ("one <!-- rrb:allow no-owner:x -->", [1]),
        ("<!-- rrb: allow -->\none", []),
        ("<!-- rrb:previous -->\none", []),
        ("<!-- rrb: allow no-owner: meant -->", []),
        ("``` is `code` ```\none <!-- rrb: allow no-owner -->", [2]),
        ("````\n```\none <!-- rrb: allow no-owner -->\n````\none", []),
        (f"one <!-- rrb: allow no-owner: {'x' * 300} -->", []),
        ("<!-- rrb: allow no-owner -->\n- one\n  more\n  - two\n- three", [2, 3, 4]),
        ("- one\n  <!-- rrb: allow no-owner -->\n  1. two\n- three", [3]),
        ("<!-- rrb: allow no-owner -->\n\n1. one\n2. two", [3]),
        ("| a |\n|---|\n<!-- rrb: allow no-owner -->\n| one |\n| two |", [4]),
        ("a | b\n--- | ---\n<!-- rrb: allow no-owner -->\none | 1 |\ntwo | 2", [4]),
        ("<!-- rrb: allow no-owner -->\n1\tone\n2\ttwo", [2]),
        ("<!-- rrb: allow no-owner -->\n| a |\n|---|\n| one |", [2, 3, 4]),
    ],
)
def test_a_comment_speaks_of_its_line_or_of_the_block_below(text: str, covered: list[int]) -> None:
    source = source_of_text(text, "a.md")
    assert isinstance(source, Source)
    lines = range(1, len(source.lines) + 1)
    found = [allow for allow in allows(source) if allow.name == "no-owner"]
    assert [
        n for n in lines if any(a.covers("no-owner", Range("a.md", n, 1, n, 2)) for a in found)
    ] == covered


def test_a_rule_that_fails_takes_no_other_down(write_notes: Write, today: Date) -> None:
    def broken(book: Book, today: Date) -> Iterator[Finding]:
        """Fail."""
        raise KeyError("x")

    notes = write_notes({"2026-01-12.md": "# Board, 12 January 2026\n\n**Action:** Hall to be booked.\n"})
    book = open_book(Home(notes.parent, notes, Settings()), notes, today)
    outcome = run(book, today, Selection(), (of_book(broken, Severity.ERROR), BY_NAME["no-owner"]))
    assert [crash.name for crash in outcome.crashes] == ["broken"]
    assert [one.name for one in outcome.diagnostics] == ["no-owner"]


def test_a_rule_that_asks_the_clock_is_a_note_unless_named() -> None:
    rule = of_book(lambda book, today: iter(()), Severity.WARNING, asks_clock=True)
    assert (rule.weight(False), rule.weight(True)) == (Severity.NOTE, Severity.WARNING)


IN_THE_DEMO = {
    "missing-from-summary": ["2019-09-09.md:48"],
    "no-owner": ["2019-09-09.md:54"],
    "contradictory-status": ["2019-09-09.md:36"],
    "mixed-text": ["2019-09-09.md:48", "2019-09-09.md:70"],
    "implied-action": [
        "2019-09-09.md:62", "2019-09-09.md:121", "2020-08-25.md:46", "2020-08-25.md:57", "2020-08-25.md:61",
    ],
    "overdue": ["2019-09-09.md:54", "2019-09-09.md:64", "2019-09-09.md:94", "2019-09-09.md:119"],
    "missing-meeting": ["2020-08-25.md:5"],
    "run-together": ["2020-08-25.md:9", "2020-08-25.md:15"],
    "unknown-organisation": ["2020-08-25.md:13", "2020-08-25.md:26"],
    "unreported": ["2020-08-25.md:32"],
}  # fmt: skip


def test_what_the_demo_says_wrong() -> None:
    book = open_book(Home(DEMO.parent, DEMO, Settings()), DEMO, Date(2020, 9, 1))
    found: dict[str, list[str]] = {}
    for one in run(book, Date(2020, 9, 1), Selection()).diagnostics:
        if one.name not in HOW_SET:
            found.setdefault(one.name, []).append(str(one.at))
    assert found == IN_THE_DEMO


def test_the_actions_that_the_demo_leaves_out_are_one_finding() -> None:
    book = open_book(Home(DEMO.parent, DEMO, Settings()), DEMO, Date(2020, 9, 1))
    (one,) = run(book, Date(2020, 9, 1), Selection(("unreported",))).diagnostics
    assert len(one.finding.related) == 15 and one.severity is Severity.ERROR
    assert all(action.ref in one.message for action in book.actions if action.status.outstanding)


def test_what_is_missing_is_known_by_what_it_is(write_notes: Write, today: Date) -> None:
    """A baseline that knows of one action left out must not hide another."""
    tasks = ("draft the plan for the garden", "write to the owners of the mill")
    first = {
        "2026-01-12.md": "# Board, 12 January 2026\n" + "".join(f"\n**Action:** MPS to {a}.\n" for a in tasks)
    }
    marks = set()
    for task in tasks:
        second = {
            "2026-02-09.md": f"# Board, 9 February 2026\n\n## Matters arising\n\n- MPS to {task} - done\n"
        }
        (found,) = checked(write_notes(first | second), Settings(), today, "unreported")
        marks.add(found.fingerprint)
    assert len(marks) == 2
