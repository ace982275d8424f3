"""The report for the board: its figures, its page, and what a browser makes of it."""

import base64
import dataclasses
import hashlib
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date as Date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from rrbnotes.cli.main import app
from rrbnotes.model import Meeting
from rrbnotes.notebook import load
from rrbnotes.reconciling.standing import standings
from rrbnotes.render.html.chart import BOTTOM, TOP, chart
from rrbnotes.render.html.page import css_text, ordinal, plain_number, write
from rrbnotes.render.safe import inline
from rrbnotes.settings import Settings
from rrbnotes.views.board_report.build import board_report
from rrbnotes.views.board_report.values import BoardReport, Day, Mark, Part, Point, Row, Share, When
from rrbnotes.views.bodies import board_name
from rrbnotes.views.entries import entries

HEAD = """# Harbour Safety Board: notes of the meeting

{day}

## Attendance

- Port Office (PO)
- Lifeboat Crew (LC)
- Fishing Union (FU)

"""
TABLE = (
    "## Actions from the previous meeting\n\n| Action | Owner | Due | Status |\n| --- | --- | --- | --- |\n"
)
NOTES = {
    "2024-01-10.md": HEAD.format(day="10 January 2024")
    + "## 1. Lights\n\n**Action:** PO to repaint the beacon by 1 March 2024\n\n"
    "**Action:** LC and PO to count the lamps on the quay\n\n"
    "## 2. Money\n\n**Action:** FU to price a second tug by 31 March 2024\n\n**Action:** The tide tables to be printed\n",
    "2024-03-13.md": HEAD.format(day="13 March 2024")
    + TABLE
    + "| Repaint the beacon | PO | | Rolled over - too wet |\n"
    "| Count the lamps on the quay | LC, PO | | Complete |\n"
    "| Price a second tug | FU | 30 April 2024 | Ongoing |\n\n"
    "## 1. Ropes\n\n**Action:** LC to replace the mooring ropes by the end of May 2024\n",
    "2024-05-08.md": HEAD.format(day="8 May 2024")
    + TABLE
    + "| Repaint the beacon | PO | | Rolled over - no scaffold |\n"
    "| Price a second tug | FU | 31 August 2024 | Ongoing |\n",
    "2024-07-10.md": HEAD.format(day="10 July 2024")
    + TABLE
    + "| Repaint the beacon | PO | | Rolled over - painter is ill |\n"
    "| The tide tables to be printed | | | Closed - nobody reads them |\n\n"
    "## Next meeting\n\n11 September 2024, 10:00\n",
}
DAY = Date(2024, 7, 20)
MONTHS = {8: "August", 9: "September", 10: "October"}


def written(folder: Path, notes: dict[str, str]) -> Path:
    for name, text in notes.items():
        path = folder / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def report_on(folder: Path, day: Date = DAY) -> BoardReport:
    book = load(folder / "notes", folder, Settings())
    stood = entries(book.register.actions, standings(book.meetings, book.register, day), day)
    return board_report(book, stood, {meeting.board for meeting in book.meetings}, day)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("one"), NOTES)


@pytest.fixture(scope="module")
def report(folder: Path) -> BoardReport:
    return report_on(folder)


@pytest.fixture(scope="module")
def part(report: BoardReport) -> Part:
    return report.parts[0]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> BoardReport:
    """Two boards with the same notes, but for their names."""
    notes = {f"{board}/{name}": text for board in ("east", "west") for name, text in NOTES.items()}
    return report_on(written(tmp_path_factory.mktemp("two"), notes))


def row(rows: tuple[Row, ...], words: str) -> Row:
    return next(one for one in rows if words in one.action)


# The figures


def test_the_headline_figures(part: Part) -> None:
    figures = part.figures
    assert (figures.outstanding, figures.overdue, figures.rolled_over, figures.unreported) == (3, 2, 1, 2)
    assert (figures.closed, figures.for_agreement, figures.median_to_close) == (1, 0, None)


def test_the_head_says_what_it_was_made_from(part: Part, report: BoardReport) -> None:
    assert part.first and part.last and part.first.day and part.last.day and part.next_day
    assert (report.title, report.day.text) == ("Harbour Safety Board", "20 July 2024")
    assert (part.notes, part.first.day.text, part.last.day.iso) == (4, "10 January 2024", "2024-07-10")
    assert (part.next_day.text, part.next_details, part.is_next_past) == ("11 September 2024", "10:00", False)


def test_a_row_says_how_an_action_stands(part: Part) -> None:
    beacon = row(part.rows, "beacon")
    assert beacon.due and beacon.due.day and beacon.seen_on
    assert (beacon.ref, beacon.owners, beacon.due.day.text) == ("2024-01-10.1", ("PO",), "1 March 2024")
    assert (beacon.days_late, beacon.carried, beacon.rolled) == (141, 3, 3)
    assert (beacon.status.kind, beacon.status.text) == ("rolled", "rolled over 3 times")
    assert (beacon.reason, beacon.item, beacon.seen) == ("painter is ill", "1. Lights", "raised")


def test_a_window_is_due_by_its_last_day(part: Part) -> None:
    ropes = row(part.rows, "ropes")
    assert ropes.due and ropes.due.day and (ropes.due.lead, ropes.due.day.iso) == ("", "2024-05-31")


def test_a_life_goes_from_meeting_to_meeting(part: Part) -> None:
    life = row(part.rows, "tug").life
    assert [(step.day.iso, step.mark.text) for step in life if step.day] == [
        ("2024-01-10", "raised"), ("2024-03-13", "ongoing"), ("2024-05-08", "ongoing"), ("2024-07-10", "not mentioned"),
    ]  # fmt: skip
    assert [words for step in life for words, _ in step.more] == ["due now", "due now"]
    assert life[1].place.startswith("notes/2024-03-13.md:") and life[-1].place == "notes/2024-07-10.md"


def test_meetings_in_a_row_that_say_nothing_are_one_step(tmp_path: Path) -> None:
    silent = {f"2024-{month:02}-14.md": HEAD.format(day=f"14 {name} 2024") for month, name in MONTHS.items()}
    page = report_on(written(tmp_path, {**NOTES, **silent}), Date(2025, 1, 2))
    life = row(page.parts[0].rows, "tug").life
    assert [(step.day.text, step.mark.text) for step in life if step.day][3:] == [
        ("10 July 2024", "not mentioned at 4 meetings, to 14 October 2024")
    ]


def test_lists_for_the_chair(part: Part) -> None:
    assert [one.days_late for one in part.overdue] == [141, 50]
    assert [(one.ref, one.rolled) for one in part.rolled] == [("2024-01-10.1", 3)]
    (tug,) = part.redated
    assert tug.first_due and tug.due and tug.first_due.day and tug.due.day
    assert (tug.first_due.day.iso, tug.due.day.iso, tug.due_changes) == ("2024-03-31", "2024-08-31", 2)


def test_closed_is_what_the_latest_meeting_closed(part: Part) -> None:
    (tables,) = part.closed
    assert tables.ended and (tables.status.text, tables.reason) == ("closed", "nobody reads them")
    assert (tables.ended.iso, tables.ended_at) == ("2024-07-10", "2024-07-10")


def test_the_timeline_counts_after_each_meeting(part: Part) -> None:
    counts = [(point.raised, point.brought, point.finished, point.outstanding) for point in part.timeline]
    assert counts == [(4, 0, 0, 4), (1, 0, 1, 4), (0, 0, 0, 4), (0, 0, 1, 3)]


def test_shares_count_a_joint_action_for_each(tmp_path: Path) -> None:
    first = dict(list(NOTES.items())[:1])
    shares = report_on(written(tmp_path, first), Date(2024, 3, 2)).parts[0].shares
    assert [(one.owner, one.outstanding, one.overdue) for one in shares] == [
        ("PO", 2, 1), ("FU", 1, 0), ("LC", 1, 0), ("no owner", 1, 0),
    ]  # fmt: skip


def test_several_boards_stand_apart_and_are_counted_together(two: BoardReport) -> None:
    assert [part.figures.outstanding for part in two.parts] == [3, 3]
    assert two.figures.outstanding == 6
    assert two.title == "Harbour Safety Board and Harbour Safety Board"


def test_enough_ended_actions_tell_how_long_one_takes(tmp_path: Path) -> None:
    words = "alpha bravo charlie delta echo".split()
    raised = "".join(f"**Action:** PO to call {word}\n\n" for word in words)
    done = "".join(f"| Call {word} | PO | | Complete |\n" for word in words)
    notes = {
        "2024-01-10.md": HEAD.format(day="10 January 2024") + f"## 1. Calls\n\n{raised}",
        "2024-03-13.md": HEAD.format(day="13 March 2024") + TABLE + done,
    }
    part = report_on(written(tmp_path, notes)).parts[0]
    assert (part.figures.median_to_close, part.figures.closed) == (1, 5)


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (["Harbour Safety Board – Note", "Harbour Safety Board Minutes of Meeting"], "Harbour Safety Board"),
        (["Minutes of the Parish Council meeting"], "Parish Council"),
        (["Ropes Committee", "Lamps Committee"], "quay"),
        (["Weekly call"], "quay"),
        ([], "quay"),
    ],
)
def test_a_board_is_called_what_all_its_notes_call_it(titles: list[str], name: str) -> None:
    assert board_name("quay", [Meeting("k", "k.md", "quay", title=title) for title in titles]) == name


# The drawing


def test_a_chart_keeps_to_its_scale() -> None:
    day = Day("2024-01-10", "10 January 2024")
    points = [Point(str(n), day, "Jan 2024", n, 0, 0, 1, n) for n in range(30)]
    drawn = chart(points)
    assert drawn.left_out == 6 and len(drawn.spots) == 24 and drawn.spots[-1].is_named
    assert all(TOP <= float(spot.y) <= BOTTOM for spot in drawn.spots)
    assert [value for value, _ in drawn.ticks] == [0, 10, 20, 30]
    assert chart(()).spots == ()


def test_numbers_in_words() -> None:
    assert [ordinal(n) for n in (3, 10, 11, 12, 21, 22, 23)] == "third tenth 11th 12th 21st 22nd 23rd".split()
    assert (plain_number(2), plain_number(2.5)) == ("2", "2½")


# The page

VOID = {"meta", "link", "input", "wbr", "br"}


class Reader(HTMLParser):
    """A page as a list of tags and texts; it complains where tags do not fit."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.events: list[tuple[object, ...]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attributes}) == len(attributes)
        self.tags.append((tag, dict(attributes)))
        self.events.append((tag, *attributes))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self.events.append((tag, *attributes))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.events.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        where = self.open[-1] if self.open else ""
        self.texts.setdefault(where, []).append(data)
        self.events.append(("text", data))

    def all(self, name: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(name)) is not None]


@pytest.fixture(scope="module")
def page(report: BoardReport) -> str:
    return write(report)


@pytest.fixture(scope="module")
def pages(page: str, two: BoardReport, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The page of one board, of two, of one meeting, of none."""
    empty = written(tmp_path_factory.mktemp("none"), {"2024-01-10.md": HEAD.format(day="10 January 2024")})
    nothing = tmp_path_factory.mktemp("nothing")
    (nothing / "notes").mkdir()
    return [page, write(two), write(report_on(empty)), write(report_on(nothing))]


def test_pages_are_whole(pages: list[str]) -> None:
    for one in pages:
        read = Reader(one)
        ids = read.all("id")
        assert one.startswith("<!DOCTYPE html>") and len(set(ids)) == len(ids)
        assert {target[1:] for target in read.all("href") if target.startswith("#")} <= set(ids)
        assert set(read.all("for")) | set(read.all("aria-labelledby")) <= set(ids)
        assert [tag for tag, _ in read.tags].count("h1") == 1
        levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch(r"h[1-6]", tag)]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert all("scope" in attributes for tag, attributes in read.tags if tag == "th")
        tables = sum(tag == "table" for tag, _ in read.tags)
        assert tables == sum(tag == "caption" for tag, _ in read.tags)
        assert ("html", {"lang": "en-GB"}) in read.tags
        assert {"header", "main", "footer"} <= {tag for tag, _ in read.tags}


def test_a_page_asks_for_nothing_and_runs_nothing_else(pages: list[str]) -> None:
    for one in pages:
        read = Reader(one)
        assert "http://" not in one and "https://" not in one
        assert read.all("src") == [] and read.all("style") == []
        assert all(target.startswith("#") or target == "data:," for target in read.all("href"))
        assert not [n for _, attributes in read.tags for n in attributes if n.startswith("on")]
        policy = next(a["content"] for _, a in read.tags if a.get("http-equiv") == "Content-Security-Policy")
        assert policy and policy.startswith("default-src 'none'; ")
        for tag in ("style", "script"):
            (text,) = read.texts[tag]
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy


def test_a_page_has_the_words_and_the_days(page: str) -> None:
    text = " ".join("".join(word for words in Reader(page).texts.values() for word in words).split())
    for words in (
        "third roll-over",
        "rolled over 3 times",
        "painter is ill",
        "no owner",
        "nobody reads them",
    ):
        assert words in text
    assert '<time datetime="2024-03-01">1 March 2024</time>' in page


def test_the_same_notes_give_the_same_bytes(folder: Path, page: str) -> None:
    assert write(report_on(folder)) == page


def test_a_page_of_many_actions_keeps_a_sensible_size(report: BoardReport) -> None:
    part = report.parts[0]
    many = tuple(dataclasses.replace(part.rows[0], number=n, ref=f"2024-01-10.{n}") for n in range(1, 401))
    big = dataclasses.replace(part, rows=many, overdue=many, rolled=many)
    text = write(dataclasses.replace(report, parts=(big,)))
    assert len(text) < 4000 * len(many)


# Hostile texts

BENIGN = "QQQ"
HOSTILE = [
    "<script>window.pwned=1</script>", "</script><script>window.pwned=1</script>", "<img src=x onerror=window.pwned=1>",
    '" onmouseover="window.pwned=1', "' onfocus='window.pwned=1' autofocus='", '"><svg onload=window.pwned=1>',
    "</style><script>window.pwned=1</script>", "</title><b>", "</textarea></select></option>", "<!-- ", "-->", "]]>",
    "<![CDATA[ x ]]>", "<?php echo 1 ?>", "{{7*7}}", "{% raw %}", "{# gone #}", "${7*7}", "#{7*7}", "&amp;", "&#60;b&#62;",
    "&lt;script&gt;", "&nbsp", "javascript:window.pwned=1", "data:text/html,<script>window.pwned=1</script>", "a\0b",
    "\x1b[31mred", "\x07", "a\u202egnp.exe", "\u2066isolate", "zero\u200bwidth", "\ufeffbom", "line\u2028end", "tab\tand\nline\r\n",
    " blanks at the ends ", "emoji 👩‍👩‍👧 🏴", "עברית ו <b>", "عربي", "\ud800", "w" * 120, "a/b/../../c", "\\';window.pwned=1//", "*/}body{display:none}",
    '\\"; } @import url(x); {', "<iframe srcdoc='<script>parent.pwned=1</script>'>", "<base href=//evil.example>", "<form action=//evil.example>",
    "<meta http-equiv=refresh content=0>", "`${window.pwned=1}`", "%3Cscript%3E", "null", "undefined", "__proto__",
]  # fmt: skip
OWN = {
    (Day, "iso"),
    (Day, "text"),
    (Mark, "kind"),
    (Row, "deadline"),
    (Row, "seen"),
    (Point, "month"),
    (When, "lead"),
}
"""Texts that no note has a say in."""


def poisoned(value: Any, text: str, field: tuple[type, str] | None = None) -> Any:
    """A value with the text in every place where a note can put one."""
    if isinstance(value, str):
        return value if field in OWN else text
    if isinstance(value, tuple):
        made = [poisoned(one, text, field) for one in value]
        return tuple(dict.fromkeys(made)) if field == (BoardReport, "owners") else tuple(made)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [one.name for one in dataclasses.fields(value)]
        return type(value)(**{n: poisoned(getattr(value, n), text, (type(value), n)) for n in names})
    return value


def owned(report: BoardReport) -> BoardReport:
    """One of everything, each field filled, so that there is a place for every text and the page stays small."""
    part = report.parts[0]
    tug = row(part.rows, "tug").life[1:2]
    rows, closed = (
        (dataclasses.replace(one, owners=("PO",), life=tug),) for one in (part.rows[0], part.closed[0])
    )
    dated = tuple(
        dataclasses.replace(one, due=When(words="soon"), first_due=When(words="at once")) for one in rows
    )
    few = dataclasses.replace(
        part,
        rows=dated,
        overdue=dated,
        rolled=rows,
        redated=dated,
        closed=closed,
        shares=(Share("PO", 2, 1),),
    )
    return dataclasses.replace(report, parts=(few,), owners=("PO",), unread=("notes/x.md: not UTF-8",))


def skeleton(page: str) -> list[tuple[object, ...]]:
    """The tags of a page's body with their attributes, and its texts joined; what a long ref is broken with left out."""
    made: list[tuple[object, ...]] = []
    whole = 0
    for event in Reader(page[page.index("<body>") : page.index("<script>")] + "</body>").events:
        if event[0] == "wbr" or event == ("span", ("class", "whole")):
            whole += event[0] == "span"
        elif event == ("/span",) and whole:
            whole -= 1
        elif event[0] == "text" and made and made[-1][0] == "text":
            made[-1] = ("text", f"{made[-1][1]}{event[1]}")
        else:
            made.append(event)
    return made


def _swapped(value: Any, text: str) -> Any:
    """An event with another text in the place of the harmless one."""
    if isinstance(value, tuple):
        return tuple(_swapped(one, text) for one in value)
    return value.replace(BENIGN, text) if isinstance(value, str) else value


def test_hostile_texts_stay_texts(report: BoardReport) -> None:
    one = owned(report)
    second = dataclasses.replace(
        one.parts[0], number=2, rows=(), overdue=(), rolled=(), redated=(), closed=()
    )
    two = dataclasses.replace(one, parts=(*one.parts, second))
    pairs = [" ".join(HOSTILE[at : at + 2]) for at in range(0, len(HOSTILE), 2)]
    for full, texts in ((one, pairs), (two, HOSTILE[::5])):
        expected = skeleton(write(poisoned(full, BENIGN)))
        places = [at for at, event in enumerate(expected) if BENIGN in str(event)]
        assert len(places) > 35
        for text in texts:
            found, wanted = skeleton(write(poisoned(full, text))), list(expected)
            for at in places:
                wanted[at] = _swapped(wanted[at], inline(text))
            differing = [pair for pair in zip(found, wanted, strict=True) if not _same(*pair)]
            assert not differing, (text, differing[:3])


def _same(found: tuple[object, ...], wanted: tuple[object, ...]) -> bool:
    """Lists may cut what is long, and cut away the blanks around it."""
    return found == wanted or (
        found[0] == "text" == wanted[0] and str(found[1]).split() == str(wanted[1]).split()
    )


def test_a_style_sheet_takes_a_title_as_letters_and_numbers_only() -> None:
    for text in HOSTILE:
        assert re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]{6})*", css_text(inline(text)))


# Colours


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_words_can_be_read_and_shapes_be_seen_in_every_scheme(page: str) -> None:
    (style,) = Reader(page).texts["style"]
    schemes = [
        dict(re.findall(r"--(\w+): (#\w{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.S)
    ]
    assert len(schemes) == 3
    for scheme in schemes:
        for ground in ("paper", "wash"):
            for ink in ("ink", "quiet", "accent", "alarm", "warn", "good"):
                assert contrast(scheme[ink], scheme[ground]) >= 4.5, (ink, ground)
            for shape in ("edge", "tint"):
                assert contrast(scheme[shape], scheme[ground]) >= 3, (shape, ground)


def test_words_are_coloured_by_name_only(page: str) -> None:
    (style,) = Reader(page).texts["style"]
    rules = re.sub(r":root \{.*?\}|@page[^{]*\{(?:[^{}]|\{[^}]*\})*\}", "", style, flags=re.S)
    assert re.findall(r"#[0-9a-f]{3,8}\b", rules) == []


# The command


def rrb(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(folder), "--today", "2024-07-20", *arguments])


def test_the_page_goes_to_a_pipe_or_to_a_file(folder: Path, page: str) -> None:
    piped = rrb(folder, "report")
    assert (piped.exit_code, piped.stdout, piped.stderr) == (0, page, "")
    saved = rrb(folder, "report", "--output", "board.html")
    assert (saved.exit_code, saved.stdout) == (0, "")
    assert (folder / "board.html").read_bytes().decode() == page


def test_as_at_is_the_board_of_that_day(folder: Path) -> None:
    then = rrb(folder, "report", "--as-at", "2024-03-20").stdout
    assert "20 March 2024" in then and "10 July 2024" not in then


def test_the_notes_folder_is_for_notes(folder: Path) -> None:
    refused = rrb(folder, "report", "--output", "notes/board.html")
    assert refused.exit_code == 2 and "is in the notes folder" in refused.stderr


def test_a_note_that_cannot_be_read_is_named_on_the_page(tmp_path: Path) -> None:
    written(tmp_path, NOTES)
    (tmp_path / "notes" / "2024-06-01.md").write_bytes(b"# Harbour\xff\xfe")
    result = rrb(tmp_path, "report")
    assert result.exit_code == 2
    assert "Not everything could be read." in result.stdout and "notes/2024-06-01.md: " in result.stdout


def test_what_is_finished_between_meetings_is_for_agreement(tmp_path: Path) -> None:
    written(tmp_path, NOTES)
    done = rrb(tmp_path, "update", "2024-01-10.3", "complete", "-m", "the tug is priced")
    assert done.exit_code == 0, done.output
    text = rrb(tmp_path, "report").stdout
    row = next(part for part in text.split("<tr>") if "the tug is priced" in part)
    assert "for agreement" in row and "between meetings" in row
    assert "of these for agreement" in text
    assert 'Since then, to <time datetime="2024-07-20">' in text


def test_an_unknown_board_is_told(folder: Path) -> None:
    assert rrb(folder, "report", "--board", "quay").exit_code == 2


def test_a_terminal_wants_the_name_of_a_file(folder: Path) -> None:
    ours, theirs = pty.openpty()
    program = [sys.executable, "-m", "rrbnotes", "-C", str(folder), "report"]
    run = subprocess.run(program, stdout=theirs, stderr=subprocess.PIPE, text=True)
    os.close(theirs)
    os.close(ours)
    assert run.returncode == 2 and "--output report.html" in run.stderr


# In a browser

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One browser for all that is tried in one."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    service = pytest.importorskip("selenium.webdriver.chrome.service")
    if not (CHROMIUM.exists() and DRIVER.exists()):
        pytest.skip("no chromium with a chromedriver here")
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=service.Service(str(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: Any, page: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The page, freshly opened."""
    return open_page(browser, page, tmp_path_factory.mktemp("page"))


def open_page(browser: Any, page: str, folder: Path, width: int = 1280) -> Any:
    file = folder / "report.html"
    file.write_text(page, encoding="utf-8")
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.get(file.as_uri())
    return browser


def shown(browser: Any) -> list[str]:
    script = "return [...document.querySelectorAll('tr.action > th')].filter(one => one.checkVisibility()).map(one => one.textContent)"
    return [str(ref) for ref in browser.execute_script(script)]


def count_of(browser: Any) -> str:
    return str(browser.find_element("id", "count").text)


def test_filters_narrow_and_the_count_says_so(opened: Any) -> None:
    assert (count_of(opened), len(shown(opened))) == ("3 actions", 3)
    words = opened.find_element("id", "f-words")
    words.send_keys("BEACON po")
    assert (count_of(opened), shown(opened)) == ("1 of 3 actions", ["2024-01-10.1"])
    words.clear()
    words.send_keys("unicorn")
    assert count_of(opened) == "0 of 3 actions"
    opened.find_element("id", "show-all").click()
    assert count_of(opened) == "3 actions"
    opened.find_element("css selector", "input[value=unreported]").click()
    assert shown(opened) == ["2024-01-10.3", "2024-03-13.1"]
    opened.find_element("css selector", "input[value=overdue]").click()
    assert shown(opened) == ["2024-03-13.1"]


def test_a_click_on_an_owner_shows_only_theirs(opened: Any) -> None:
    opened.find_element("link text", "FU").click()
    assert (count_of(opened), shown(opened)) == ("1 of 3 actions", ["2024-01-10.3"])


def test_columns_sort_by_keyboard_and_turn_round(opened: Any) -> None:
    for keys, state, refs in (
        ("\ue007", "ascending", ["2024-01-10.1", "2024-03-13.1", "2024-01-10.3"]),
        (" ", "descending", ["2024-01-10.3", "2024-03-13.1", "2024-01-10.1"]),
    ):
        head = opened.find_element("css selector", "th.c-due")
        head.find_element("tag name", "button").send_keys(keys)
        assert (head.get_attribute("aria-sort"), shown(opened)) == (state, refs)


def test_a_life_opens_by_keyboard(opened: Any) -> None:
    life = opened.find_element("css selector", "#a1-1 .life")
    assert not life.get_attribute("open")
    life.find_element("tag name", "summary").send_keys("\ue007")
    assert life.get_attribute("open") and "painter is ill" in life.text


def test_nothing_is_fetched_and_nothing_complains(opened: Any) -> None:
    assert opened.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert [entry["message"] for entry in opened.get_log("browser")] == []


@pytest.mark.slow
def test_targets_are_large_enough(opened: Any) -> None:
    script = """return [...document.querySelectorAll('a, button, summary, select, input')]
        .filter(one => one.offsetParent && !one.closest('p, li, td, th[scope=row]') && !one.matches('.skip'))
        .map(one => (one.closest('.checks label') || one)).filter(one => one.getBoundingClientRect().height < 24)
        .map(one => one.outerHTML)"""
    assert opened.execute_script(script) == []


@pytest.mark.parametrize("which", ["one", pytest.param("two", marks=pytest.mark.slow), "hostile"])
def test_a_narrow_page_never_scrolls_sideways(
    browser: Any, page: str, report: BoardReport, two: BoardReport, tmp_path: Path, which: str
) -> None:
    text = {"one": page, "two": write(two), "hostile": write(poisoned(owned(report), "w" * 400))}[which]
    opened = open_page(browser, text, tmp_path, 400)
    opened.find_element("css selector", "input[value=unreported]").click()
    assert len(shown(opened)) == int(count_of(opened).split()[0])
    wide = opened.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide == 0


def test_a_page_of_hostile_texts_runs_none(browser: Any, report: BoardReport, tmp_path: Path) -> None:
    full = owned(report)
    part = full.parts[0]
    rows = tuple(
        dataclasses.replace(poisoned(part.rows[0], text), number=n, owners=("PO",))
        for n, text in enumerate(HOSTILE, 1)
    )
    named = dataclasses.replace(part, rows=rows, overdue=rows, rolled=rows, name=HOSTILE[6])
    hostile = dataclasses.replace(full, parts=(named,), title=HOSTILE[6])
    opened = open_page(browser, write(hostile), tmp_path)
    assert opened.execute_script("return typeof window.pwned") == "undefined"
    assert [entry["message"] for entry in opened.get_log("browser")] == []
    assert len(shown(opened)) == len(HOSTILE)
    cells = opened.execute_script(
        "return [...document.querySelectorAll('#actions .what')].map(one => one.textContent)"
    )
    assert cells == [inline(text) for text in HOSTILE]


@pytest.mark.slow
def test_a_printed_page_has_the_words(opened: Any, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    file = tmp_path / "report.pdf"
    file.write_bytes(base64.b64decode(opened.print_page()))
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(file).pages).split())
    assert "Harbour Safety Board" in text and "Repaint the beacon" in text and "third roll-over" in text
    assert "Only those that are" not in text
