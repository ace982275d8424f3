"""What holds of the parts that rrb writes into notes: they change nothing of what the notes say, and lose no word of people's."""

import re
from collections.abc import Callable, Mapping
from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from rrbnotes.checks.book import Book, open_book
from rrbnotes.checks.facts import actions, frame
from rrbnotes.edits import apply
from rrbnotes.errors import RrbError
from rrbnotes.keeping.generated import PREVIOUS, SUMMARY, find, framed
from rrbnotes.keeping.naming import key_of_note
from rrbnotes.keeping.previous import Sheet, refreshed, table
from rrbnotes.keeping.summaries import adopted, written
from rrbnotes.model import Status
from rrbnotes.notebook import Minutes
from rrbnotes.render.documents.markdown import cells, part
from rrbnotes.settings import Home, Settings
from rrbnotes.source import Source, source_of_text
from rrbnotes.views.entries import entries
from rrbnotes.views.new_note import HEADS, outlook, rows
from rrbnotes.views.summary import agreed, part_of_note
from test_properties import boards

TODAY = Date(2026, 6, 1)
Open = Callable[[Mapping[str, str]], Book]
Law = Callable[[Mapping[str, str], Open], None]
few = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def on_folders(law: Law) -> None:
    """Try a law on folders of notes, by their paths."""
    with TemporaryDirectory() as name:
        root = Path(name)
        (root / "notes").mkdir()
        home = Home(root, root / "notes", Settings())

        @few
        @given(boards)
        def on(notes: dict[str, str]) -> None:
            law(
                {f"notes/{key}.md": text for key, text in notes.items()},
                lambda texts: open_book(home, root, TODAY, texts),
            )

        on()


def summary_of(minutes: Minutes, book: Book) -> str:
    return part(part_of_note(agreed(minutes.meeting, entries(book.actions, book.standing, TODAY))))


def test_a_summary_changes_nothing_and_each_row_repeats_its_action() -> None:
    seen = refused = 0

    def law(texts: Mapping[str, str], reopen: Open) -> None:
        nonlocal seen, refused
        book = reopen(texts)
        for minutes in book.minutes:
            text = summary_of(minutes, book)
            try:
                new = apply(minutes.source.text, written(minutes, book.actions, text))
            except RrbError:
                continue  # people wrote a list of actions there
            after = reopen({**texts, minutes.source.path: new})
            again = after.by_path()[minutes.source.path]
            rows = len(agreed(again.meeting, entries(after.actions, after.standing, TODAY)))
            is_the_same = frame(again.meeting) == frame(minutes.meeting) and list(actions(after)) == list(
                actions(book)
            )
            is_read = find(again.source, SUMMARY) and rows == sum(m.echoes for m in again.meeting.mentions)
            if not (is_the_same and is_read):
                refused += (
                    1  # the command sees it too: a heading makes headings, an open fence swallows the rest
                )
                continue
            assert apply(new, written(again, after.actions, summary_of(again, after))) == new
            seen += rows

    on_folders(law)
    assert seen > 5 > refused / seen


def test_a_new_note_says_nothing_of_any_action_until_it_is_filled_in() -> None:
    filled = 0

    def law(texts: Mapping[str, str], reopen: Open) -> None:
        nonlocal filled
        book = reopen(texts)
        day = TODAY + timedelta(days=7)
        key = key_of_note(book.notebook, None, day)
        found = outlook(day, key, None, book.notebook.meetings, book.actions)
        sheet = Sheet(tuple(head.title for head in HEADS), tuple(map(tuple, cells(rows(found)))))
        head = f"# Board, {day.day} June 2026\n\n## Actions from previous meeting\n\n"
        note = head + framed(PREVIOUS, table(sheet, "Nothing."))
        empty = reopen({**texts, f"notes/{key}.md": note})
        assert list(actions(empty)) == list(actions(book))
        assert empty.by_key()[key].meeting.unfilled or not sheet.rows
        done = tuple((*row[:-1], "Complete - as agreed") for row in sheet.rows)
        note = head + framed(PREVIOUS, table(Sheet(sheet.heads, done), "Nothing."))
        after = reopen({**texts, f"notes/{key}.md": note})
        said = {one.ref: one.history[-1] for one in after.actions if one.history}
        for entry in (*found.outstanding, *found.for_agreement):
            last = said[entry.action.ref]
            assert (last.meeting, last.status, last.reason) == (key, Status.COMPLETE, "as agreed")
            assert last.due is None and last.owners is None
        filled += len(done)

    on_folders(law)
    assert filled > 30


def note(text: str) -> Source:
    source = source_of_text(text, "notes/2026-06-08.md")
    assert isinstance(source, Source)
    return source


HEADINGS = ("Ref", "Action", "Progress")
cell = st.text(st.sampled_from("ab |é-*"), max_size=6).map(lambda said: said.strip().replace("|", "\\|"))


@given(st.lists(cell, min_size=5, max_size=5), st.sets(st.integers(0, 4)), st.sampled_from(["\n", "\r\n"]))
def test_what_people_typed_stays_when_the_table_is_written_anew(
    typed: list[str], gone: set[int], end: str
) -> None:
    before = Sheet(
        (*HEADINGS, "Seen by"), tuple((f"r{n}", f"old {n}", said, "") for n, said in enumerate(typed))
    )
    source = note(framed(PREVIOUS, f"{table(before, '')}\n\nA line of mine.").replace("\n", end))
    new = Sheet(HEADINGS, tuple((f"r{n}", f"new {n}", "") for n in range(7) if n not in gone))
    found = find(source, PREVIOUS)
    assert found
    text = refreshed(source, found, new, "Nothing.")
    cells_of = {line.split(" | ")[0].strip("| "): line for line in text.split("\n") if line.startswith("| r")}
    for n, said in enumerate(typed):
        if said:
            assert f"| old {n} | {said} |" in cells_of[f"r{n}"]
        elif n in gone:
            assert f"r{n}" not in cells_of
        else:
            assert f"| new {n} |" in cells_of[f"r{n}"]
    assert "A line of mine." in text and "Seen by" in text
    once = note(framed(PREVIOUS, text))
    again = find(once, PREVIOUS)
    assert again and refreshed(once, again, new, "Nothing.") == text


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("<!-- rrb:summary -->\n", "1: 'rrb:summary' is never closed"),
        ("a\n\n<!-- /rrb:summary -->\n", "3: '/rrb:summary' closes what nothing opens"),
        (framed(SUMMARY, "a") + framed(SUMMARY, "b"), "6: a second 'rrb:summary'"),
        ("<!-- rrb:summary -->\n<!-- rrb:summary -->\n", "1: 'rrb:summary' is never closed"),
    ],
)
def test_markers_that_are_no_pair_are_an_error_at_their_line(text: str, wrong: str) -> None:
    with pytest.raises(RrbError, match=re.escape(f"notes/2026-06-08.md:{wrong}")):
        find(note(text), SUMMARY)


def test_markers_in_code_are_none() -> None:
    assert find(note("```\n<!-- rrb:summary -->\n```\n"), SUMMARY) is None


def test_a_summary_that_people_wrote_keeps_what_only_it_says(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    path = tmp_path / "notes/2026-01-12.md"
    path.write_text(
        "# Board, 12 January 2026\r\n\r\n**Action:** NPS to mend the lights.\r\n\r\n**Action:** MPS to count the boats.\r\n\r\n"
        "## Action summary\r\n\r\n| Action | Owner |\r\n| --- | --- |\r\n| mend the lights | NPS |\r\n| count the boats | MPS |\r\n",
        newline="",
    )
    home = Home(tmp_path, tmp_path / "notes", Settings())
    book = open_book(home, tmp_path, TODAY)
    minutes = book.minutes[0]
    new = apply(minutes.source.text, adopted(minutes, book.actions, summary_of(minutes, book)))
    assert "| Owner |" not in new and "| 1 | NPS to mend the lights. | | 2026-01-12.1 |\r\n" in new
    assert "\n" not in new.replace("\r\n", "")
