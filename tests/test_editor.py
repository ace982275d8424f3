"""The language server: what is known of a place of a note, and a whole session of an editor over a pipe."""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import Write
from rrbnotes.checks.book import Book, open_book
from rrbnotes.checks.fixing import proved
from rrbnotes.checks.run import Outcome
from rrbnotes.cli.main import app
from rrbnotes.diagnostics import Diagnostic, Finding, Fix, Severity
from rrbnotes.editor.allowing import allowing
from rrbnotes.editor.completing import suggestions
from rrbnotes.editor.contexts import Wanted, context
from rrbnotes.editor.editions import Buffer, Edition, Opened, look, read
from rrbnotes.editor.mending import FIX_ALL, mends
from rrbnotes.editor.pointing import origin, places, pointed
from rrbnotes.editor.spots import UNITS, column, replacing, spot
from rrbnotes.editor.symbols import symbols
from rrbnotes.editor.telling import told
from rrbnotes.edits import Edit, apply
from rrbnotes.reading.roles import Vocabulary
from rrbnotes.source import Source, source_of_text

JANUARY = """# Board meeting, 12 January 2026

Present: Ann Lee (Chair), Mayor's Office (MOPAC), MPS, NPS

## 1. Welcome

**Action:** MOPAC to book the hall for the summer meeting.

## 2. Figures

**Action:** MPS to send the figures on custody by 30 January 2026.
"""
FEBRUARY = """# Board meeting, 9 February 2026

Present: Ann Lee (Chair), Mayor's Office (MOPAC), MPS, NPS

## Actions from previous meeting

| Ref | Action | Owner | Status |
| --- | --- | --- | --- |
| 2026-01-12.1 | Book the hall for the summer meeting | MOPAC | Ongoing |
| 2026-01-12.2 | Send the figures on custody | MPS | Complete |

## 1. Plans

The 🎉 Chair thanked all.

**Action:** NPS to draft the plan,
with the dates of all visits.

## Action summary

- NPS to draft the plan, with the dates of all visits.
"""
REGISTER = """version: 1
actions:
  2025-12-01.1:
    action: "water the trees"
    owners: ["MOPAC"]
    item: "1. Grounds"
    raised: {date: 2025-12-01}
    status: open
  # end 2025-12-01.1

# end of actions
"""
JANUARY_PATH, FEBRUARY_PATH = "notes/2026-01-12.md", "notes/2026-02-09.md"


def edition_of(notes: Path, today: Date, texts: Mapping[str, str]) -> Edition:
    """The notes with some of them open in an editor."""
    buffers = {name: Buffer(name, notes / name, text, 1) for name, text in texts.items()}
    return read(look(Opened(buffers=buffers), today), ())[0]


@pytest.fixture
def edition(write_notes: Write, today: Date) -> Edition:
    notes = write_notes({"2026-01-12.md": JANUARY, "2026-02-09.md": FEBRUARY})
    return edition_of(notes, today, {"2026-02-09.md": FEBRUARY})


def at(text: str, words: str) -> tuple[int, int]:
    """The line and column where words of a text begin."""
    before = text[: text.index(words)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


# places


@pytest.mark.parametrize("units, character", [("utf-8", 9), ("utf-16", 7), ("utf-32", 6)])
def test_columns_are_counted_in_the_editors_units(units: str, character: int) -> None:
    line, count = "The 🎉 Chair", UNITS[units]
    assert spot([line], 1, 7, count) == (0, character)
    assert column(line, character, count) == 7
    assert column(line, 99, count) == len(line) + 1


@given(st.text(st.characters(exclude_characters="\r\n")), st.integers(0, 80))
def test_a_column_comes_back_from_every_unit(line: str, at: int) -> None:
    for count in UNITS.values():
        there = spot([line], 1, at + 1, count)
        assert column(line, there.character, count) == min(at, len(line)) + 1


def test_an_edit_is_placed_by_lines_whatever_their_ends() -> None:
    source = source_of_text("a🎉\r\nb\fc\rd\n", "x.md")
    assert isinstance(source, Source)
    replaced = replacing(source, UNITS["utf-16"])
    assert replaced(Edit(2, 4, "")) == ((0, 3), (1, 0))
    assert replaced(Edit(5, 7, "")) == ((1, 1), (1, 3))
    assert replaced(Edit(10, 10, "e")) == ((3, 0), (3, 0))


# what an edition is


def test_open_texts_stand_for_files(write_notes: Write, today: Date) -> None:
    notes = write_notes({"2026-01-12.md": JANUARY, "2026-02-09.md": FEBRUARY})
    text = FEBRUARY.replace("**Action:** NPS to draft", "**Action:** Somebody should: draft")
    edition = edition_of(notes, today, {"2026-02-09.md": text})
    assert edition.book.by_path()[FEBRUARY_PATH].source.text == text
    assert list(edition.lines(JANUARY_PATH)) == JANUARY.splitlines()


def test_a_note_that_is_not_saved_yet_is_read_too(write_notes: Write, today: Date) -> None:
    notes = write_notes({"2026-01-12.md": JANUARY})
    new = Buffer("file:///new", notes / "2026-02-09.md", FEBRUARY)
    wanted = look(Opened((notes.parent,), buffers={new.uri: new}), today)
    (one,) = read(wanted, ())
    assert [meeting.key for meeting in one.book.notebook.meetings] == ["2026-01-12", "2026-02-09"]
    assert wanted.notes[new.uri][1] == FEBRUARY_PATH


def test_what_has_not_changed_is_not_read_again(write_notes: Write, today: Date) -> None:
    notes = write_notes({"2026-01-12.md": JANUARY, "2026-02-09.md": FEBRUARY})
    opened = Opened(buffers={"f": Buffer("f", notes / "2026-02-09.md", FEBRUARY)})
    first = read(look(opened, today), ())
    assert read(look(opened, today), first)[0] is first[0]
    (notes / "2026-02-09.md").write_text("saved, but the editor's text counts")
    assert read(look(opened, today), first)[0] is first[0]
    (notes / "2026-01-12.md").write_text(JANUARY.replace("hall", "room"))
    assert read(look(opened, today), first)[0] is not first[0]


def test_files_outside_of_notes_get_nothing(write_notes: Write, tmp_path: Path, today: Date) -> None:
    notes = write_notes({"2026-01-12.md": JANUARY, "README.md": "about", "x.txt": ""})
    (tmp_path / ".git").mkdir()
    for path in (tmp_path / "other.md", notes / "README.md", notes / "x.txt"):
        seen = look(Opened(buffers={"f": Buffer("f", path, "**Action:** write")}), today)
        assert (seen.folders, seen.notes, seen.problems) == ((), {}, ())


def test_settings_that_cannot_be_read_are_a_problem(write_notes: Write, tmp_path: Path, today: Date) -> None:
    notes = write_notes({"2026-01-12.md": JANUARY})
    (tmp_path / "rrb.toml").write_text("nots = 1")
    two = {name: Buffer(name, notes / "2026-01-12.md", JANUARY) for name in "ab"}
    seen = look(Opened(buffers=two), today)
    assert seen.folders == ()
    assert seen.problems == ("rrb.toml: unknown key 'nots'; did you mean 'notes'?",)


def test_the_folder_of_the_editor_comes_before_one_nearer_to_the_file(tmp_path: Path, today: Date) -> None:
    nested = tmp_path / "notes" / "board" / "notes"
    nested.mkdir(parents=True)
    for name in ("2026-01-12.md", "2026-02-09.md"):
        (nested / name).write_text(JANUARY)
    buffers = {"f": Buffer("f", nested / "2026-01-12.md", JANUARY)}
    near = look(Opened(buffers=buffers), today)
    whole = look(Opened((tmp_path,), buffers=buffers), today)
    assert near.notes["f"][1] == "notes/2026-01-12.md"
    assert whole.notes["f"][1] == "notes/board/notes/2026-01-12.md"


# what a place speaks of


@pytest.mark.parametrize(
    "words, ref",
    [
        ("2026-01-12.2 |", "2026-01-12.2"),
        ("Ongoing", "2026-01-12.1"),
        ("NPS to draft the plan,\n", "2026-02-09.1"),
        ("with the dates of all visits.\n\n##", "2026-02-09.1"),
        ("- NPS to draft", "2026-02-09.1"),
        ("Chair thanked", None),
        ("## 1. Plans", None),
    ],
)
def test_a_place_speaks_of_an_action(edition: Edition, words: str, ref: str | None) -> None:
    about = pointed(edition.book, FEBRUARY_PATH, *at(FEBRUARY, words))
    assert (about.actions[0].ref if about else None) == ref


def test_an_action_leads_to_its_raising_and_to_all_its_places(edition: Edition) -> None:
    about = pointed(edition.book, FEBRUARY_PATH, *at(FEBRUARY, "Ongoing"))
    assert about
    raised = origin(edition.book, about.actions[0])
    assert raised and (raised.path, raised.line) == (JANUARY_PATH, 7)
    assert [str(one) for one in places(about.actions[0])] == [f"{JANUARY_PATH}:7", f"{FEBRUARY_PATH}:9"]


def test_an_action_of_a_lost_note_leads_to_the_register(write_notes: Write, today: Date) -> None:
    note = FEBRUARY.replace(
        "2026-01-12.1 | Book the hall for the summer meeting", "2025-12-01.1 | Water the trees"
    )
    notes = write_notes({"actions.yaml": REGISTER, "2026-02-09.md": note})
    book = edition_of(notes, today, {"2026-02-09.md": note}).book
    about = pointed(book, FEBRUARY_PATH, *at(note, "Water"))
    assert about and str(origin(book, about.actions[0])) == "notes/actions.yaml:3"


def test_hover_tells_the_life_of_an_action(edition: Edition, today: Date) -> None:
    said = told(edition.book, (), FEBRUARY_PATH, *at(FEBRUARY, "Ongoing"), today)
    assert said and said.at.line == 9
    for words in ("### 2026-01-12.1", "**Owners:** MOPAC", "| 2026-02-09 | ongoing |", f"{JANUARY_PATH}:7"):
        assert words in said.text


def test_hover_on_a_finding_shows_what_its_rule_asks_for(edition: Edition, today: Date) -> None:
    place = edition.book.by_path()[FEBRUARY_PATH].source.words_at(14, "Chair")
    found = [Diagnostic("no-owner", Severity.ERROR, Finding(place, "nobody owns it"))]
    said = told(edition.book, found, FEBRUARY_PATH, place.line, place.column, today)
    assert said and said.at == place
    assert said.text.startswith("**no-owner**: Nobody is named to do an action. Begin the action")


def test_contents_are_items_with_their_actions(edition: Edition) -> None:
    contents = [
        (one.name, one.at.line, one.at.end_line, [inner.name for inner in one.inside])
        for one in symbols(edition.book, FEBRUARY_PATH)
    ]
    plan = "NPS: draft the plan, with the dates of all visits."
    assert contents == [
        (
            "Actions from previous meeting",
            5,
            10,
            ["MOPAC: Book the hall for the summer meeting", "MPS: Send the figures on custody"],
        ),
        ("1. Plans", 12, 17, [plan]),
        ("Action summary", 19, 21, [plan]),
    ]


# what may come next


@pytest.mark.parametrize(
    "line, wanted, typed",
    [
        ("**Action:** ", Wanted.OWNER, ""),
        ("**Action:** MOPAC, Mayor's O", Wanted.OWNER, "Mayor's O"),
        ("- ACTION: MPS/", Wanted.OWNER, ""),
        ("| 1 | Book the hall | M", None, ""),
        ("The Chair said [2026", Wanted.REF, "2026"),
        ("- [", None, ""),
        ("![", None, ""),
        ("The Chair said a lot", None, ""),
        ("- MPS to send the list - ", None, ""),
        ("", None, ""),
    ],
)
def test_context_among_the_discussion(line: str, wanted: Wanted | None, typed: str) -> None:
    text = JANUARY + line
    found = context(text, text.count("\n") + 1, len(line) + 1, Vocabulary())
    assert (found.wanted if found else None, found.typed if found else "") == (wanted, typed)


@pytest.mark.parametrize(
    "above, is_code", [("```", True), ("```x``` is code", False), ("````\n```", True), ("```\n````", False)]
)
def test_nothing_is_offered_in_fenced_code(above: str, is_code: bool) -> None:
    text = f"{JANUARY}\n{above}\n\n**Action:** M"
    found = context(text, text.count("\n") + 1, len("**Action:** M") + 1, Vocabulary())
    assert (found is None) == is_code


@pytest.mark.parametrize(
    "line, wanted, typed",
    [
        ("- M", Wanted.OWNER, "M"),
        ("1. [ ] ", Wanted.OWNER, ""),
        ("2\tMO", Wanted.OWNER, "MO"),
        ("- [", Wanted.REF, ""),
        ("- [ ", None, ""),
        ("- MPS to send the list - Com", Wanted.STATUS, "Com"),
        ("- MPS to send the list – ", Wanted.STATUS, ""),
        ("1\tMPS to send the list\t<b>Roll", Wanted.STATUS, "Roll"),
        ("- MPS to send the list, to A", None, ""),
    ],
)
def test_context_among_previous_actions(line: str, wanted: Wanted | None, typed: str) -> None:
    text = f"{JANUARY}\n## Actions from previous meeting\n\n{line}"
    found = context(text, text.count("\n") + 1, len(line) + 1, Vocabulary())
    assert (found.wanted if found else None, found.typed if found else "") == (wanted, typed)


@pytest.mark.parametrize(
    "line, wanted, typed",
    [
        ("| 2026-01-12.", Wanted.REF, "2026-01-12."),
        (r"| | Book \| let it | ", Wanted.OWNER, ""),
        ("| | Book | MPS and N", Wanted.OWNER, "N"),
        ("| | Book the ha", None, ""),
        ("| | Book | MPS | Roll", Wanted.STATUS, "Roll"),
        ("x | Book | MPS | ", Wanted.STATUS, ""),
    ],
)
def test_context_in_a_table(line: str, wanted: Wanted | None, typed: str) -> None:
    text = f"{JANUARY}\n| Ref | Action | Owner | Progress |\n| --- | --- | --- | --- |\n| | Go | | |\n{line}"
    found = context(text, text.count("\n") + 1, len(line) + 1, Vocabulary())
    assert (found.wanted if found else None, found.typed if found else "") == (wanted, typed)


def offered(edition: Edition, line: str) -> list[str]:
    text = f"{FEBRUARY}\n{line}"
    found = suggestions(edition.book, FEBRUARY_PATH, text, text.count("\n") + 1, len(line) + 1)
    return [one.label for one in found.found] if found else []


def test_owners_are_offered_by_all_their_names(edition: Edition) -> None:
    assert offered(edition, "**Action:** ")[:2] == ["MOPAC", "NPS"]
    assert offered(edition, "**Action:** Mayor") == ["MOPAC"]
    assert offered(edition, "**Action:** MOPAC to") == []


def test_statuses_are_offered_with_the_boards_own_words(
    write_notes: Write, tmp_path: Path, today: Date
) -> None:
    (tmp_path / "rrb.toml").write_text('[statuses]\n"rolled over" = ["parked"]\n')
    notes = write_notes({"2026-01-12.md": JANUARY, "2026-02-09.md": FEBRUARY})
    edition = edition_of(notes, today, {"2026-02-09.md": FEBRUARY})
    row = "| Action | Status |\n| --- | --- |\n| Book | "
    text = f"{FEBRUARY}\n{row}"
    found = suggestions(edition.book, FEBRUARY_PATH, text, text.count("\n") + 1, len("| Book | ") + 1)
    labels = [one.label for one in found.found] if found else []
    assert labels == ["Complete", "Ongoing", "Rolled over", "Closed", "Open", "Parked"]


def test_refs_are_offered_outstanding_ones_first_and_found_by_their_words(edition: Edition) -> None:
    assert offered(edition, "said [") == ["2026-01-12.1", "2026-01-12.2", "2026-02-09.1"]
    assert offered(edition, "said [2026-01-12.2") == ["2026-01-12.2"]
    assert offered(edition, "said [cust") == ["2026-01-12.2"]
    assert offered(edition, "said [MOPAC") == ["2026-01-12.1"]
    assert offered(edition, "said [see the paper") == []


@pytest.mark.parametrize("after, text", [("", "2026-01-12.1]"), ("]", "2026-01-12.1")])
def test_a_bracket_is_closed_once(edition: Edition, after: str, text: str) -> None:
    line = f"said [2026-01-12.1{after}"
    note = f"{FEBRUARY}\n{line}"
    found = suggestions(
        edition.book, FEBRUARY_PATH, note, note.count("\n") + 1, len("said [2026-01-12.1") + 1
    )
    assert found and found.found[0].text == text


# what can be done


def allowed(notes: Path, today: Date, text: str, words: str) -> str | None:
    """A note after its finding of no-owner on a line was allowed."""
    edition = edition_of(notes, today, {"2026-01-12.md": text})
    minutes = edition.book.by_path()[JANUARY_PATH]
    line, _ = at(text, words)
    finding = Finding(minutes.source.whole_line(line), "nobody owns it")
    one = Diagnostic("no-owner", Severity.ERROR, finding)
    found = allowing(minutes, [one], edition.folder.home.settings)
    return next((apply(text, [edit]) for _, edit in found), None)


COMMENT = "<!-- rrb: allow no-owner: reason -->"


@pytest.mark.parametrize(
    "before, after",
    [
        ("**Action:** Plan to be\nshared.", f"{COMMENT}\n**Action:** Plan to be\nshared."),
        ("Talk.\n**Action:** Plan to be shared.", f"{COMMENT}\nTalk.\n**Action:** Plan to be shared."),
        ("## Actions\n\n- Go\n- Plan to be shared", f"## Actions\n\n- Go\n- Plan to be shared {COMMENT}"),
        (
            "| Action | Owner |\n| --- | --- |\n| Plan to be shared | |",
            f"| Action | Owner |\n| --- | --- |\n| Plan to be shared | {COMMENT} |",
        ),
        (
            "- Item\n\n  **Action:** Plan to be shared.",
            f"- Item\n\n  {COMMENT}\n  **Action:** Plan to be shared.",
        ),
    ],
    ids=["paragraph", "second line", "item", "row", "in an item"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_finding_is_allowed_where_nothing_else_changes(
    write_notes: Write, today: Date, before: str, after: str, end: str
) -> None:
    whole = f"{JANUARY}\n{before}\n".replace("\n", end)
    found = allowed(write_notes({"2026-01-12.md": whole}), today, whole, "Plan to be")
    assert found == f"{JANUARY}\n{after}\n".replace("\n", end)


@pytest.mark.parametrize("name", ["unused-allow", "nonsense"])
def test_what_is_no_rule_of_notes_is_not_allowed(edition: Edition, name: str) -> None:
    minutes = edition.book.by_path()[FEBRUARY_PATH]
    one = Diagnostic(name, Severity.ERROR, Finding(minutes.source.whole_line(16), ""))
    assert list(allowing(minutes, [one], edition.folder.home.settings)) == []


def test_nothing_is_put_into_front_matter(write_notes: Write, today: Date) -> None:
    note = f"---\ntitle: Board meeting\n---\n{JANUARY}"
    assert allowed(write_notes({"2026-01-12.md": note}), today, note, "title:") is None


def with_fixes(edition: Edition, *fixes: Fix) -> Edition:
    """An edition in whose note of February each fix mends a finding on its first line."""
    source = edition.book.by_path()[FEBRUARY_PATH].source
    found = (
        Diagnostic("x", Severity.NOTE, Finding(source.whole_line(1), fix.title, fix=fix)) for fix in fixes
    )
    book = edition.book
    reopen = lambda texts: edition_reopened(edition, texts)  # noqa: E731
    prove = lambda some: proved(book, some, reopen)  # noqa: E731
    return replace(edition, outcome=Outcome(tuple(found), (), ()), prove=prove)


def edition_reopened(edition: Edition, texts: Mapping[str, str]) -> Book:
    folder = edition.folder
    return open_book(folder.home, folder.home.root, folder.today, {**folder.texts, **texts})


BREAK = Edit(FEBRUARY.index("## 1."), FEBRUARY.index("## 1."), "\n")
"""A fix that says nothing new."""
LOSS = Edit(FEBRUARY.index("**Action:**"), FEBRUARY.index("NPS to"), "")
"""One that loses an action."""


def test_fixes_are_offered_where_they_are_proved(edition: Edition) -> None:
    mixed = with_fixes(edition, Fix("set it apart", (BREAK,)), Fix("lose it", (LOSS,)))
    one, every = mends(mixed, FEBRUARY_PATH, 1, 1, ["quickfix", "source"])
    assert (one.title, one.kind, one.edits, one.is_preferred) == ("set it apart", "quickfix", (BREAK,), True)
    assert (every.title, every.kind) == ("fix all that is safe (1 finding)", FIX_ALL)
    assert every.edits == (BREAK,)


CLASHING = """# Board meeting, 12 January 2026

Present: Ann Lee (Chair), MPS, NPS, CRC

**Action:** NPS to draft the terms of reference.

**Action:** MPS to share the custody figures.

**Action:** CRC to book the hall for the workshop.

**Action Summary:**

1\tNPS to draft the terms of reference.
2\tCRC to book the hall for the workshop.
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_of_fixes_that_clash_one_is_made(write_notes: Write, today: Date, end: str) -> None:
    text = CLASHING.replace("\n", end)
    edition = edition_of(write_notes({"2026-01-12.md": text}), today, {"2026-01-12.md": text})
    (every,) = mends(edition, JANUARY_PATH, 1, 99, [FIX_ALL])
    fixes = {one.name for one in every.about}
    assert fixes == {"missing-from-summary", "fake-heading", "tab-table"}
    assert every.title == "fix all that is safe (2 findings)"  # the table waits until it has all its rows
    done = CLASHING.replace("**Action Summary:**", "## Action Summary:")
    done = done.replace("2\tCRC", "2\tMPS to share the custody figures.\n3\tCRC")
    assert apply(text, every.edits) == done.replace("\n", end)


@pytest.mark.parametrize(
    "line, only, kinds",
    [
        (1, [], ["quickfix", FIX_ALL]),
        (2, [], []),
        (2, ["source.fixAll"], [FIX_ALL]),
        (1, ["source.fixAll.rrb"], [FIX_ALL]),
        (1, ["quickfix"], ["quickfix"]),
        (1, ["source.fix"], []),
        (1, ["refactor"], []),
    ],
)
def test_only_what_is_asked_for_is_offered(
    edition: Edition, line: int, only: list[str], kinds: list[str]
) -> None:
    fixable = with_fixes(edition, Fix("set it apart", (BREAK,)))
    assert [one.kind for one in mends(fixable, FEBRUARY_PATH, line, line, only)] == kinds


@settings(max_examples=20, deadline=None)
@given(st.text(st.sampled_from("ab 12.-*|[]()#>\t\n\r\f:/`~<!A\U0001f389\ud800"), max_size=80), st.data())
def test_no_text_is_too_odd(tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject) -> None:
    root = tmp_path_factory.mktemp("odd")
    (root / "notes").mkdir()
    (root / "notes" / "2026-01-12.md").write_text(JANUARY)
    today, path = Date(2026, 6, 1), JANUARY_PATH
    note = f"{JANUARY}\n**Action:** {text}"
    edition = edition_of(root / "notes", today, {"2026-01-12.md": note})
    assert not edition.outcome.crashes
    line = data.draw(st.integers(0, note.count("\n") + 2))
    column = data.draw(st.integers(1, 90))
    suggestions(edition.book, path, note, line, column)
    told(edition.book, edition.found(path), path, line, column, today)
    symbols(edition.book, path)
    for mend in mends(edition, path, 1, 99, ["quickfix", FIX_ALL]):
        apply(note, mend.edits)


# a whole session

UNSUMMED = """# Board meeting, 12 January 2026

Present: Ann Lee (Chair), MPS, NPS, CRC

Applause 🎉🎉 <!-- rrb: allow nonsense: it is meant -->

## 1. Custody

**Action:** MPS to share the custody figures.

**Action:** NPS to draft the terms of reference.

**Action:** CRC to book the hall for the workshop.

## Action summary

1. MPS to share the custody figures.
2. CRC to book the hall for the workshop.
"""
SUMMED = UNSUMMED.replace("2. CRC", "2. NPS to draft the terms of reference.\n3. CRC")


@pytest.fixture
def root(write_notes: Write, tmp_path: Path) -> Path:
    """The folder that an editor works in."""
    pytest.importorskip("pygls", reason="the language server needs pygls, of the extra `lsp`")
    write_notes({"2026-01-12.md": UNSUMMED, "2026-02-09.md": FEBRUARY})
    return tmp_path


def test_a_session(root: Path) -> None:
    asyncio.run(asyncio.wait_for(session(root), 60))


@pytest.mark.slow
def test_a_session_with_settings_that_cannot_be_read(root: Path) -> None:
    asyncio.run(asyncio.wait_for(troubled_session(root), 60))


async def troubled_session(root: Path) -> None:
    """Settings are mended while the editor runs; it counts bytes, and has a file open that is no note."""
    from lsprotocol import types

    from editor_client import Editor

    (root / "rrb.toml").write_text("nots = 1")
    january = root / JANUARY_PATH
    editor = await Editor.start(root, "utf-8")
    editor.open(january, "not as it will be")
    editor.change(january, UNSUMMED)
    assert await editor.hover(january, types.Position(8, 20)) is None
    assert await editor.symbols(january) == []
    assert editor.messages == ["rrb.toml: unknown key 'nots'; did you mean 'notes'?"]
    (root / "rrb.toml").write_text('notes = "notes"')
    other = root / "other.md"
    editor.open(other, "**Action:** write")
    (unknown,) = [one for one in await editor.found(january, 2) if one.code == "unknown-rule"]
    assert unknown.range.start.character == len(UNSUMMED.split("nonsense")[0].split("\n")[-1].encode())
    assert await editor.actions(other, types.Range(types.Position(0, 0), types.Position(0, 9))) == []
    assert await editor.completion(other, types.Position(0, 12)) == []
    assert other.as_uri() not in editor.news
    assert await editor.stop() == 0


async def session(root: Path) -> None:
    """What an editor does from start to end."""
    from lsprotocol import types

    from editor_client import Editor

    january, february = (root / path for path in (JANUARY_PATH, FEBRUARY_PATH))
    editor = await Editor.start(root)
    editor.open(january, UNSUMMED)
    wrong = await editor.found(january, 1)
    codes = [one.code for one in wrong]
    assert "missing-from-summary" in codes and "unknown-rule" in codes
    unknown = wrong[codes.index("unknown-rule")]
    assert (unknown.source, unknown.severity) == ("rrb", types.DiagnosticSeverity.Error)
    before = UNSUMMED.split("\n")[4].partition("nonsense")[0]
    start = len(before) + 2  # either party popper counts twice
    assert unknown.range == types.Range(types.Position(4, start), types.Position(4, start + len("nonsense")))

    missing = wrong[codes.index("missing-from-summary")]
    assert missing.related_information and missing.related_information[0].location.uri == january.as_uri()
    fix, allow, every = await editor.actions(january, missing.range)
    assert (fix.kind, fix.is_preferred) == (
        "quickfix",
        True,
    ) and allow.title == "allow missing-from-summary here"
    assert editor.applied(fix) == editor.applied(every) == SUMMED
    editor.change(january, SUMMED.replace("rrb: allow nonsense", "rrb"))
    assert not {"missing-from-summary", "unknown-rule"} & {one.code for one in await editor.found(january, 2)}

    editor.open(february, FEBRUARY)
    await editor.found(february, 1)
    report = types.Position(8, FEBRUARY.split("\n")[8].index("Ongoing"))
    hover = await editor.hover(february, report)
    assert hover and isinstance(hover.contents, types.MarkupContent)
    assert hover.contents.value.startswith("### 2026-01-12.1\n")
    assert await editor.definition(february, report) == [f"{january.as_uri()}:9"]
    assert await editor.references(february, report) == [
        f"{january.as_uri()}:9", f"{january.as_uri()}:17", f"{february.as_uri()}:9",
    ]  # fmt: skip
    assert [one.name for one in await editor.symbols(february)] == [
        "Actions from previous meeting", "1. Plans", "Action summary",
    ]  # fmt: skip

    editor.change(february, FEBRUARY + "\n**Action:** M")
    offered = await editor.completion(february, types.Position(22, len("**Action:** M")))
    assert [one.label for one in offered] == ["MOPAC", "MPS"]
    edit = offered[0].text_edit
    assert edit == types.TextEdit(types.Range(types.Position(22, 12), types.Position(22, 13)), "MOPAC")

    editor.close(january)
    assert not await editor.found(january, None)
    assert await editor.stop() == 0
    assert editor.messages == []


def test_without_its_library_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    monkeypatch.delitem(sys.modules, "rrbnotes.editor.server", raising=False)
    result = CliRunner().invoke(app, ["lsp"])
    assert result.exit_code == 2
    assert result.stderr == "rrb: rrb lsp needs pygls 2 or later; pip install 'rrbnotes[lsp]'\n"
