"""Calendars, workbooks and databases: what is in them is what is in the notes, and nothing in them acts."""

import re
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from datetime import date as Date
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from icalendar import Calendar
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from typer.testing import CliRunner, Result

from conftest import Write
from rrbnotes.book import Notebook
from rrbnotes.cli import talk
from rrbnotes.cli.main import app
from rrbnotes.cli.options import FORMATS as OFFERED
from rrbnotes.errors import RrbError, needs
from rrbnotes.formulas import guarded, is_formula, unguarded
from rrbnotes.keeping.replies import read_replies
from rrbnotes.notebook import load
from rrbnotes.reconciling.standing import standings
from rrbnotes.render import csv
from rrbnotes.render.formats import FORMATS, for_file, written
from rrbnotes.render.page import Page
from rrbnotes.settings import Settings
from rrbnotes.views.actions import listing
from rrbnotes.views.entries import entries
from rrbnotes.views.filters import kept
from rrbnotes.views.listing import Listing, Records, Sheet, Table
from rrbnotes.views.meetings import listing as meeting_listing
from rrbnotes.views.meetings import meeting_records

FIRST = """# Trails Board
9 September 2019
## Attendance
- Alpha Org (AO)
- Beta Trust (BT)
## 1. Papers
**Action:** AO to write the paper by 1 October 2019
**Action:** BT and AO to book the hall
## 2. Money
**Action:** BT to find the money, after the fair on 27 September 2019
**Action:** Map of the paths to be drawn
"""
SECOND = """# Trails Board
19 November 2019
## Attendance
- Alpha Org (AO)
## Actions from the previous meeting
| Action | Owner | Status |
| --- | --- | --- |
| Book the hall | BT, AO | Complete |
| Write the paper | AO | Rolled over - still in draft; more to come |
| Map of the paths to be drawn | | Closed - nobody asks for it |
| Mend the gate | BT | Ongoing |
"""
NOTES = {"2019-09-09.md": FIRST, "2019-11-19.md": SECOND}
TODAY = Date(2020, 1, 1)
PAGE = Page(today=TODAY)
HOSTILE = (
    "=cmd|'/c calc'!A1 \x1b]0;x\x07 a\r\nATTACH:http://x.example\u2028;,\\: \"q\" \ud800\uffff\0 _x0041_ "
    + "é😀" * 60
)


def book_of(folder: Path) -> Notebook:
    return load(folder / "notes", folder, Settings())


def answer(book: Notebook, today: Date = TODAY) -> Listing:
    """All actions of a book as `rrb actions --all` has them."""
    stood = entries(book.register.actions, standings(book.meetings, book.register, today), today)
    meetings = partial(meeting_records, book.meetings, book.register.actions, today)
    return listing({"": stood}, (), today, lambda: (meetings(),))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Notebook:
    """Two meetings of one board, with an action in every status."""
    folder = tmp_path_factory.mktemp("board")
    (folder / "notes").mkdir()
    for name, text in NOTES.items():
        (folder / "notes" / name).write_text(text, encoding="utf-8")
    return book_of(folder)


def altered(book: Notebook, **fields: object) -> Listing:
    """The first action alone, with other values in its record."""
    first = next(iter(answer(book).records().items))
    records = Records("actions", [{**first, **fields}], {"today": TODAY.isoformat()})
    return Listing(lambda: Table((), ()), lambda: Sheet((), (), 0), lambda: records)


def one_row(**fields: str) -> Listing:
    """A sheet of one row."""
    sheet = Sheet(tuple(fields), [tuple(fields.values())], plain=1)
    return Listing(lambda: Table((), ()), lambda: sheet, lambda: Records("things", [], {}))


def text(format: str, shown: Listing) -> str:
    wrote = FORMATS[format].write(shown, PAGE)
    assert isinstance(wrote, str)
    return wrote


def data(format: str, shown: Listing) -> bytes:
    wrote = FORMATS[format].write(shown, PAGE)
    assert isinstance(wrote, bytes)
    return wrote


# The command line


@pytest.fixture
def board(write_notes: Write) -> Path:
    return write_notes(NOTES).parent


def rrb(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(folder), "--today", "2020-01-01", *arguments])


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.xlsx", b"PK"),
        ("a.ics", b"BEGIN:VCALENDAR\r\n"),
        ("a.sqlite", b"SQLite format 3"),
        ("A.DB", b"SQL"),
        ("a.markdown", b"| "),
    ],
)
def test_a_file_gets_the_format_of_its_name(board: Path, name: str, start: bytes) -> None:
    result = rrb(board, "actions", "--output", name)
    assert (result.exit_code, result.stdout) == (0, "")
    assert (board / name).read_bytes().startswith(start)


def test_a_pipe_gets_the_same_bytes_as_a_file(board: Path) -> None:
    rrb(board, "actions", "--output", "a.xlsx")
    assert rrb(board, "actions", "--format", "xlsx").stdout_bytes == (board / "a.xlsx").read_bytes()


def test_a_terminal_gets_no_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", terminal)
    with pytest.raises(RrbError, match="the format xlsx is not for a terminal; name a file with --output"):
        talk.put_content(b"PK", "the format xlsx")
    assert terminal.getvalue() == ""


@pytest.mark.parametrize(
    ("format", "kinds"), [("ics", "meetings"), ("sqlite", "meetings"), ("ics", "owners")]
)
def test_a_format_of_actions_refuses_what_it_has_no_place_for(board: Path, format: str, kinds: str) -> None:
    result = rrb(board, kinds, "--format", format)
    assert (result.exit_code, result.stdout) == (2, "")
    able = "table, tsv, csv, json, ndjson, markdown, xlsx"
    assert f"{format} is for actions, not for {kinds}; they can be had as {able}" in result.stderr


def test_one_action_is_a_list_of_actions_too(board: Path) -> None:
    assert rrb(board, "show", ".1", "--format", "ics").stdout.count("BEGIN:VTODO") == 1


def test_every_format_is_offered() -> None:
    assert tuple(FORMATS) == OFFERED
    suffixes = [suffix for row in FORMATS.values() for suffix in row.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert for_file("a.sqlite3") == "sqlite"


@pytest.mark.parametrize(("format", "library"), [("xlsx", "openpyxl"), ("ics", "icalendar")])
def test_without_its_library_a_format_says_what_to_install(
    book: Notebook, monkeypatch: pytest.MonkeyPatch, format: str, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"rrbnotes.render.{format}", raising=False)
    with pytest.raises(
        RrbError, match=rf"^the format {format} needs {library}; pip install 'rrbnotes\[{format}\]'$"
    ):
        written(format, answer(book), PAGE)


def test_another_module_that_is_missing_is_a_fault_of_ours() -> None:
    with pytest.raises(ModuleNotFoundError), needs("the format xlsx", "openpyxl", "xlsx"):
        raise ModuleNotFoundError("No module named 'rrbnotes.nothing'", name="rrbnotes.nothing")


# Calendars


def tasks(shown: Listing) -> dict[str, Any]:
    """The tasks by the ref in their description."""
    calendar = Calendar.from_ical(text("ics", shown))
    return {
        str(todo["DESCRIPTION"]).split("\n")[0].removeprefix("Ref: "): todo for todo in calendar.walk("VTODO")
    }


def test_a_task_says_what_the_notes_say(book: Notebook) -> None:
    todo = tasks(answer(book))["2019-09-09.1"]
    assert todo["SUMMARY"] == "AO to write the paper by 1 October 2019"
    assert todo["DUE"].dt == Date(2019, 10, 1)
    assert str(todo["DESCRIPTION"]).split("\n")[1:] == [
        "Owners: AO",
        "Status: rolled over - still in draft; more to come",
        "Due: by 1 October 2019",
        "Item: 1. Papers",
        "Raised: 2019-09-09 notes/2019-09-09.md:7",
    ]
    assert (todo["CREATED"].dt.date(), todo["LAST-MODIFIED"].dt.date()) == (
        Date(2019, 9, 9),
        Date(2019, 11, 19),
    )


def test_a_task_without_owner_or_day_leaves_them_out(book: Notebook) -> None:
    todo = tasks(answer(book))["2019-09-09.4"]
    assert todo["SUMMARY"] == "Map of the paths to be drawn"
    assert "DUE" not in todo and "CATEGORIES" not in todo


def test_a_day_not_before_is_where_a_task_begins(book: Notebook) -> None:
    todo = tasks(answer(book))["2019-09-09.3"]
    assert todo["DTSTART"].dt == Date(2019, 9, 27)
    due: Mapping[str, object] = {
        "text": "?",
        "date": "2019-09-01",
        "latest": None,
        "not_before": "2019-09-27",
    }
    (backwards,) = tasks(altered(book, due=due)).values()
    assert "DTSTART" not in backwards  # a task must not end before it begins


@pytest.mark.parametrize(
    ("ref", "status", "completed"),
    [
        ("2019-09-09.1", "NEEDS-ACTION", None),
        ("2019-09-09.2", "COMPLETED", datetime(2019, 11, 19, tzinfo=UTC)),
        ("2019-09-09.3", "NEEDS-ACTION", None),
        ("2019-09-09.4", "CANCELLED", None),
        ("2019-11-19.p1", "IN-PROCESS", None),
    ],
)
def test_statuses_of_tasks(book: Notebook, ref: str, status: str, completed: datetime | None) -> None:
    todo = tasks(answer(book))[ref]
    assert todo["STATUS"] == status
    assert (todo["COMPLETED"].dt if "COMPLETED" in todo else None) == completed


def test_a_task_keeps_its_name_whatever_changes(book: Notebook) -> None:
    later = tasks(answer(book, Date(2021, 5, 5)))
    now = tasks(answer(book))
    assert {ref: todo["UID"] for ref, todo in now.items()} == {
        ref: todo["UID"] for ref, todo in later.items()
    }
    assert len({todo["UID"] for todo in now.values()}) == len(now) == 5
    uids = {tasks(altered(book, board=board))["2019-09-09.1"]["UID"] for board in (None, "east", "west")}
    assert len(uids) == 3
    assert now["2019-09-09.1"]["UID"] == "f882082c-e656-5341-9c8d-b7d42b66b835"  # over all versions of rrb


def test_tasks_of_two_folders_without_a_board_are_told_apart_by_their_titles(tmp_path: Path) -> None:
    """Both meet on one day, so their refs are the same; whoever sits on both has one list."""
    uids = set()
    for title in ("Trails Board", "Minutes of the Ferry Committee"):
        folder = tmp_path / title
        (folder / "notes").mkdir(parents=True)
        (folder / "notes" / "2019-09-09.md").write_text(
            FIRST.replace("Trails Board", title), encoding="utf-8"
        )
        (todo, *_) = tasks(answer(book_of(folder))).values()
        uids.add(todo["UID"])
        shown = rrb(folder, "show", ".1", "--format", "ics").stdout
        assert f"UID:{todo['UID']}" in shown
    assert len(uids) == 2


def test_a_calendar_is_named_after_its_boards(book: Notebook) -> None:
    assert "X-WR-CALNAME:Actions of Trails Board\r\n" in text("ics", answer(book))
    assert "X-WR-CALNAME:Actions\r\n" in text("ics", altered(book))
    assert "X-WR-CALNAME:Actions of east\r\n" in text("ics", altered(book, board="east"))


@pytest.mark.parametrize(
    "hostile", ["plain", HOSTILE, "END:VTODO\nEND:VCALENDAR", "x" * 500, "„ünïcödé“ " * 30]
)
def test_a_calendar_is_what_the_standard_says(book: Notebook, hostile: str) -> None:
    shown = altered(book, action=hostile, owners=[hostile, "a,b;c"], board=hostile)
    wrote = text("ics", shown)
    lines = wrote.split("\r\n")
    assert lines[-1] == "" and "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75
    assert not re.search("[\x00-\x08\x0a-\x1f\x7f\u2028]", "".join(lines))
    calendar = Calendar.from_ical(wrote)
    assert (calendar["VERSION"], calendar["PRODID"]) == ("2.0", "-//rrbnotes//rrb//EN")
    todo: Any
    (todo,) = calendar.subcomponents
    assert todo.name == "VTODO" and not todo.errors
    once = ("UID", "DTSTAMP", "SUMMARY", "DESCRIPTION", "STATUS", "DUE", "CREATED", "LAST-MODIFIED")
    assert all(not isinstance(todo[name], list) for name in once)
    assert todo["DTSTAMP"].dt == datetime(2020, 1, 1, tzinfo=UTC)
    assert todo["DUE"].params["VALUE"] == "DATE"
    assert "ATTACH" not in todo
    assert "a,b;c" in [str(category) for category in todo["CATEGORIES"].cats]


# Workbooks


def workbook(shown: Listing) -> Workbook:
    return load_workbook(BytesIO(data("xlsx", shown)))


def rows(shown: Listing) -> list[list[Cell]]:
    return [list(row) for row in workbook(shown).worksheets[0].iter_rows()]  # type: ignore[arg-type]


def test_a_workbook_holds_the_whole_sheet(book: Notebook) -> None:
    head, *body = rows(answer(book))
    sheet = answer(book).sheet()
    assert tuple(cell.value for cell in head) == sheet.fields
    assert all(cell.font.bold for cell in head)
    written = [tuple(shown(cell) for cell in row) for row in body]
    assert written == [tuple(row) for row in sheet.rows]


def shown(cell: Cell) -> str:
    """What a cell shows."""
    value: Any = cell.value
    return "" if value is None else value.strftime("%Y-%m-%d") if cell.is_date else str(value)


def test_days_are_days_and_counts_are_numbers(book: Notebook) -> None:
    head, first, *_ = rows(answer(book))
    cells = {str(name.value): cell for name, cell in zip(head, first, strict=True)}
    assert cells["due"].is_date and cells["raised"].is_date
    assert cells["due"].number_format == "yyyy-mm-dd"
    assert {cells[name].data_type for name in ("carried", "age_days", "line")} == {"n"}
    assert {cells[name].data_type for name in ("ref", "action", "owners")} == {"s"}


@pytest.mark.parametrize(
    "field",
    [
        {"due": "2019-02-30"},
        {"due": "by 2019-11-30"},
        {"carried": "007"},
        {"ref": "2019-11-19"},
        {"number": "65"},
        {"value": "0.50"},
    ],
)
def test_what_only_looks_like_a_value_stays_a_text(field: dict[str, str]) -> None:
    cell = rows(one_row(**field))[1][0]
    assert (cell.data_type, cell.value) == ("s", *field.values())


def test_a_rate_is_a_number() -> None:
    assert rows(one_row(value="0.25"))[1][0].value == 0.25


@pytest.mark.parametrize(
    "formula",
    [
        '=HYPERLINK("http://x.example","y")',
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "=cmd|'/c calc'!A1",
        " =1+1",
        "＝1+1",
        "\t=1",
        "#N/A",
        "=",
        "TRUE",
    ],
)
def test_a_workbook_runs_nothing(formula: str) -> None:
    sheet = one_row(action=formula, due=formula)
    for cell in rows(sheet)[1]:
        assert (cell.data_type, cell.value) == ("s", formula.replace("\t", " "))
        assert cell.quotePrefix is is_formula(formula)
    leaf = ZipFile(BytesIO(data("xlsx", sheet))).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in leaf and re.search(rb'<c r="A2" s="\d+" t="inlineStr">', leaf)


def test_a_workbook_shows_what_cannot_stand_in_one() -> None:
    value = rows(one_row(action=HOSTILE))[1][0].value
    assert isinstance(value, str)
    assert value.startswith("=cmd|'/c calc'!A1 \\x1b]0;x\\x07 a\nATTACH:http://x.example<U+2028>;")
    assert "<U+D800><U+FFFF>\\x00 _x005F_x0041_ é" in value  # which Excel shows as _x0041_
    longest = rows(one_row(action="x" * 40_000))[1][0].value
    assert isinstance(longest, str) and len(longest) == 32_767 and longest.endswith("…")


def test_a_workbook_is_fit_for_paper_and_screen(book: Notebook) -> None:
    made = workbook(answer(book))
    leaf = made.worksheets[0]
    assert (leaf.title, made.properties.title) == ("Actions", "Actions on 2020-01-01")
    assert (leaf.freeze_panes, leaf.auto_filter.ref) == ("A2", "A1:P6")
    assert (leaf.page_setup.orientation, leaf.page_setup.fitToHeight) == ("landscape", 0)
    assert (leaf.print_title_rows, leaf.print_area) == ("$1:$1", "'Actions'!$A$1:$F$6")
    assert leaf.column_dimensions["F"].width > leaf.column_dimensions["A"].width > 10


def test_a_workbook_does_not_say_when_it_was_made(book: Notebook) -> None:
    first = data("xlsx", answer(book))
    assert first == data("xlsx", answer(book))
    assert {part.date_time for part in ZipFile(BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert workbook(answer(book)).properties.modified == datetime(2020, 1, 1)


def test_an_empty_list_is_a_workbook_with_a_header() -> None:
    nothing = listing({"": ()}, (), TODAY)
    assert [len(row) for row in rows(nothing)] == [16]


# Databases


Base = Callable[[Listing], sqlite3.Connection]


@pytest.fixture
def base() -> Iterator[Base]:
    """Opens the database of a listing."""
    with ExitStack() as until:

        def opened(shown: Listing) -> sqlite3.Connection:
            one = until.enter_context(closing(sqlite3.connect(":memory:")))
            one.deserialize(data("sqlite", shown))
            return one

        yield opened


def column(opened: sqlite3.Connection, query: str) -> list[Any]:
    return [row[0] for row in opened.execute(query)]


def test_a_database_is_whole(book: Notebook, base: Base) -> None:
    opened = base(answer(book))
    assert column(opened, "PRAGMA integrity_check") == ["ok"]
    assert list(opened.execute("PRAGMA foreign_key_check")) == []
    keys = {
        table: column(opened, f"SELECT `from` FROM pragma_foreign_key_list('{table}')") for table in TABLES
    }
    assert {table: sorted(names) for table, names in keys.items()} == TABLES


TABLES = {
    "meetings": [],
    "actions": ["first_seen", "last_reported"],
    "action_owners": ["ref"],
    "progress": ["meeting", "ref"],
    "mentions": ["meeting", "ref"],
}


@pytest.mark.parametrize(
    ("view", "scope", "wanted"),
    [
        ("outstanding", "open", {}),
        ("overdue", "open", {"overdue": True}),
        ("unreported", "open", {"unreported": True}),
    ],
)
def test_a_view_is_the_filter_of_the_same_name(
    book: Notebook, base: Base, view: str, scope: str, wanted: dict[str, object]
) -> None:
    stood = entries(book.register.actions, standings(book.meetings, book.register, TODAY), TODAY)
    expected = [entry.action.ref for entry in kept(stood, scope, wanted)]
    assert column(base(answer(book)), f"SELECT ref FROM {view}") == expected != []


def test_a_joint_action_stands_under_each_owner(book: Notebook, base: Base) -> None:
    opened = base(answer(book))
    owners = list(opened.execute("SELECT ref, owner FROM action_owners WHERE ref = '2019-09-09.2'"))
    assert owners == [("2019-09-09.2", "AO"), ("2019-09-09.2", "BT")]
    assert column(opened, "SELECT owner FROM by_owner") == ["AO", "BT", "BT"]  # the joint one is done


def test_days_and_answers_in_a_database(book: Notebook, base: Base) -> None:
    opened = base(answer(book))
    query = "SELECT due, overdue, outstanding, first_date, reason FROM actions WHERE ref = '2019-09-09.1'"
    assert list(opened.execute(query)) == [("2019-10-01", 1, 1, "2019-09-09", "still in draft; more to come")]
    assert column(opened, "SELECT value FROM about WHERE key = 'today'") == ["2020-01-01"]
    assert column(opened, "SELECT title FROM meetings") == ["Trails Board"] * 2
    assert column(opened, "SELECT attended FROM meetings") == [2, 1]


def test_what_was_said_hangs_on_its_meeting(book: Notebook, base: Base) -> None:
    opened = base(answer(book))
    said = "SELECT title, progress.status FROM progress JOIN meetings ON meeting = key WHERE ref = '2019-09-09.2'"
    assert list(opened.execute(said)) == [("Trails Board", "complete")]
    assert None not in column(opened, "SELECT meeting FROM mentions")


def test_a_meeting_whose_note_is_not_there_has_a_row(book: Notebook, base: Base) -> None:
    opened = base(altered(book))
    assert list(opened.execute("SELECT key, date, title FROM meetings")) == [
        ("2019-09-09", "2019-09-09", None),
        ("2019-11-19", "2019-11-19", None),
    ]
    assert list(opened.execute("PRAGMA foreign_key_check")) == []


def test_a_database_takes_any_words(book: Notebook, base: Base) -> None:
    opened = base(altered(book, action=HOSTILE, owners=["'); DROP TABLE actions; --", "x", "x"], board='"'))
    (action,) = column(opened, "SELECT action FROM actions")
    assert action == HOSTILE.replace("\0", "\ufffd").replace("\ud800", "\\ud800")
    assert column(opened, "SELECT owner FROM action_owners ORDER BY owner") == [
        "'); DROP TABLE actions; --",
        "x",
    ]


def test_a_database_is_the_same_each_time(book: Notebook) -> None:
    assert data("sqlite", answer(book)) == data("sqlite", answer(book))


def test_another_list_has_no_tables_beside_it(book: Notebook) -> None:
    assert meeting_listing(book.meetings, (), TODAY).beside() == ()


# Sheets of texts


WORDS = (
    "=1+1",
    "+44 20 7946",
    "-2",
    "@all",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    '"=1+1"',
    "'quoted' - and so on",
    "as agreed;=1+1",
    'as agreed;"=1+1"',
    "two\n=lines",
    "done; - more",
    "O'Hara's, as it is",
    "plain",
)


@pytest.mark.parametrize("words", WORDS)
def test_a_reply_comes_back_as_it_was_sent(words: str) -> None:
    sent = text("csv", one_row(ref="2019-09-09.1", status="complete", reason=words))
    (reply,) = read_replies(sent.encode(), "sheet.csv")
    assert reply.reason == words


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("words", WORDS)
def test_no_cell_is_run_whatever_stands_between_the_cells(words: str, separator: str) -> None:
    """A spreadsheet that takes another separator sees other cells; none of them begins as a formula."""
    sent = text("csv", one_row(ref="x", reason=words))
    for line in re.split(r"[\r\n]+", sent):
        for cell in line.split(separator):
            assert not re.match(r"[\"]*[=+@＝＋＠－-]", cell), cell


def test_a_guard_is_not_put_where_nothing_is_run() -> None:
    assert guarded("a=b; c - d") == "a=b; c - d"
    assert unguarded("it's 'so'; 'tis") == "it's 'so'; 'tis"
    assert csv.guarded("nul\0") == "nul\ufffd"
