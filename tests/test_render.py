"""The formats: cases in `cases/render`, one file a format; and what must never get through."""

import json
import sqlite3
from contextlib import closing
from datetime import date as Date
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from conftest import Write
from rrbnotes.notebook import load
from rrbnotes.reconciling.standing import standings
from rrbnotes.render.csv import guarded
from rrbnotes.render.formats import FORMATS, for_file
from rrbnotes.render.markdown import escaped
from rrbnotes.render.page import Page
from rrbnotes.render.safe import one_line, visible
from rrbnotes.settings import Settings
from rrbnotes.views.actions import listing as action_listing
from rrbnotes.views.entries import entries
from rrbnotes.views.listing import Cell, Column, Group, Listing, Records, Sheet, Table, Tone, Words
from rrbnotes.views.meetings import meeting_records
from test_cases import Case, cases_in, each, in_sight


def listing_of(text: str) -> tuple[Listing, Page]:
    """The listing that a case draws: width, columns, then rows under `# titles`. See the head of `cases/render/table.md`."""
    width, head, *lines = text.rstrip("\n").split("\n")
    columns = tuple(map(column, head.split("|")))
    groups: list[Group] = []
    for line in lines:
        if line.startswith("# ") or not groups:
            groups.append(Group((), line[2:] if line.startswith("# ") else ""))
        if line.startswith("- "):
            label, _, words = line[2:].partition(": ")
            groups[-1] = Group(groups[-1].rows, groups[-1].title, (*groups[-1].details, (label, cell(words))))
        elif not line.startswith("# "):
            row = tuple(map(cell, line.split("|")))
            groups[-1] = Group((*groups[-1].rows, row), groups[-1].title, groups[-1].details)
    return listing(Table(columns, tuple(groups))), Page(int(width))


def column(text: str) -> Column:
    """`Title`, `Title *` that fills, `Title ^Other` that goes below the other, `Title >` to the right."""
    title, *marks = text.split()
    under = next((mark[1:] for mark in marks if mark.startswith("^")), None)
    return Column(title, fills="*" in marks, under=under, right=">" in marks)


def cell(text: str) -> Cell:
    """Words one below the other are divided by `;`; `!` before them is an alarm."""
    parts = (part.strip() for part in text.split(";"))
    return tuple(
        Words(p.removeprefix("!"), Tone.ALARM if p.startswith("!") else Tone.PLAIN) for p in parts if p
    )


def listing(table: Table) -> Listing:
    fields = tuple(column.title.lower() for column in table.columns)
    rows = [
        tuple("; ".join(w.text for w in cell) for cell in row) for group in table.groups for row in group.rows
    ]
    records = [dict(zip(fields, row, strict=True)) for row in rows]
    return Listing(
        lambda: table,
        partial(Sheet, fields, rows, plain=2),
        partial(Records, "things", records, {"today": "2020-01-01"}),
    )


def one_cell(text: str) -> Listing:
    return listing(
        Table((Column("Ref"), Column("Action", fills=True)), (Group((((Words("r"),), (Words(text),)),)),))
    )


def text_of(format: str, shown: Listing, page: Page) -> str:
    """What a format of text writes."""
    text = FORMATS[format].write(shown, page)
    assert isinstance(text, str)
    return text


@each("render")
def test_cases(case: Case, write_notes: Write) -> None:
    format = FORMATS[case.file.stem]
    shown, page = actions_of(case, write_notes) if format.holds else listing_of(case.text)
    text = dump(format.write(shown, page)).replace("\r\n", "\n").rstrip("\n")
    case.check(map(in_sight, text.split("\n") if text else ()))


def actions_of(case: Case, write_notes: Write) -> tuple[Listing, Page]:
    """All actions of the notes that a case of a format for actions consists of."""
    notes = write_notes(case.notes)
    book, today = load(notes, notes.parent, Settings()), Date(2026, 6, 1)
    stood = entries(book.register.actions, standings(book.meetings, book.register, today), today)
    meetings = meeting_records(book.meetings, book.register.actions, today)
    return action_listing({"": stood}, (), today, lambda: (meetings,)), Page()


def dump(written: str | bytes) -> str:
    """What a format wrote, as text: a workbook as its rows, a database as what was put into it."""
    if isinstance(written, str):
        return written
    if written.startswith(b"SQLite"):
        with closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(written)
            return "\n".join(line for line in base.iterdump() if line.startswith("INSERT"))
    leaf = load_workbook(BytesIO(written)).worksheets[0]
    return "\n".join(" | ".join(map(shown_cell, row)) for row in leaf.iter_rows())


def shown_cell(cell: Any) -> str:
    """A text as it stands, with the quote that keeps it one; a day or a number in brackets."""
    if cell.value is None:
        return ""
    if cell.data_type == "s":
        text: str = cell.value.replace("\n", "⏎")
        return f"'{text}" if cell.quotePrefix else text
    return f"[{cell.value:%Y-%m-%d}]" if cell.is_date else f"[{cell.data_type} {cell.value}]"


def test_every_format_has_cases() -> None:
    assert {case.file.stem for case in cases_in("render")} == set(FORMATS)


def test_colour_marks_what_the_words_say() -> None:
    shown, page = listing_of("60\nRef|Action *|Due\nr1|write it|2019-01-01; !overdue")
    coloured = text_of("table", shown, Page(page.width, color=True))
    assert "\x1b[1;31moverdue" in coloured
    assert "\x1b" not in text_of("table", shown, page)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("\x9b2J", "\\x9b2J"),
        ("x\u202eyz", "x<U+202E>yz"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("broken \udc80", "broken <U+DC80>"),
        ("café ✓ naïve", "café ✓ naïve"),
    ],
)
def test_a_terminal_gets_no_text_that_acts(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert shown in text_of("table", one_cell(text), Page(60))
    assert shown in text_of("tsv", one_cell(text), Page())


@pytest.mark.parametrize("text", ["[draft] of it", "[/b]", "[bold]x[/bold]", ":smile: 1.5 'x' True"])
def test_a_table_takes_words_as_they_are(text: str) -> None:
    assert text in text_of("table", one_cell(text), Page(60))


def test_no_word_is_cut_at_any_width() -> None:
    words = "escalate the results of this session to the board before recommissioning"
    for width in range(24, 140, 7):
        assert text_of("table", one_cell(words), Page(width)).split()[-len(words.split()) :] == words.split()


def test_a_record_stays_on_its_line() -> None:
    assert one_line("a\tb\r\nc") == "a b c"
    assert text_of("tsv", one_cell("a\tb\nc"), Page()) == "r\ta b c\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("+44 20", "'+44 20"),
        ("-2", "'-2"),
        ("\t=x", "'\t'=x"),
        ("a=b", "a=b"),
        ("＝1+1", "'＝1+1"),
        ('"=1+1', "'\"=1+1"),
        ("\n=x", "'\n'=x"),
        ("as agreed;=1+1", "as agreed;'=1+1"),
        ("one\n@two", "one\n'@two"),
        ("done; - more to come", "done; - more to come"),
        ("nul\0", "nul\ufffd"),
    ],
)
def test_a_spreadsheet_runs_nothing(text: str, written: str) -> None:
    assert guarded(text) == written


def test_csv_lines_end_as_the_standard_says() -> None:
    assert text_of("csv", one_cell("x"), Page()) == "ref,action\r\nr,x\r\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a|b", "a\\|b"),
        ("<script>", "\\<script>"),
        ("`code`", "\\`code\\`"),
        ("[x](y)", "\\[x\\](y)"),
        ("- item", "\\- item"),
        ("# head", "\\# head"),
        ("## head", "\\## head"),
        ("1. one", "1\\. one"),
        ("two\nlines", "two lines"),
        ("&lt;", "\\&lt;"),
        ("R&D in 1.5 days", "R&D in 1.5 days"),
    ],
)
def test_markdown_shows_the_words_as_they_stand(text: str, written: str) -> None:
    assert escaped(text) == written


def test_json_keeps_every_character() -> None:
    text = "a\x1b\u202e\"'\\\n£"
    assert json.loads(text_of("json", one_cell(text), Page()))["things"][0]["action"] == text


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.csv", "csv"), ("A.JSON", "json"), ("a.jsonl", "ndjson"), ("a.md", "markdown"), ("a", None)],
)
def test_a_file_says_its_format(name: str, format: str | None) -> None:
    assert for_file(name) == format
