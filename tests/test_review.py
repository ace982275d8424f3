"""`rrb review`: the table that it fills, the keys of its state, the list that it goes through, and real terminals."""

import os
import re
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import Write
from rrbnotes.cli.books import stand
from rrbnotes.cli.clerk import Clerk
from rrbnotes.cli.keys import Terminal, next_key
from rrbnotes.cli.main import app
from rrbnotes.cli.run import Repeat, Run
from rrbnotes.edits import apply
from rrbnotes.errors import RrbError
from rrbnotes.home import locate
from rrbnotes.keeping.progress import filled, rows, words_for
from rrbnotes.model import Due, Status
from rrbnotes.render.cells import cells
from rrbnotes.render.page import Page
from rrbnotes.render.screen import picture
from rrbnotes.source import Source, source_of_text
from rrbnotes.statuses import Words
from rrbnotes.views.life import page
from rrbnotes.views.listing import Table
from rrbnotes.views.review import (
    Answer,
    Change,
    Item,
    Read,
    Save,
    Stage,
    State,
    TakeBack,
    at_once,
    begun,
    failed,
    former_change,
    saved,
    summary,
    taken_back,
    understood,
)
from rrbnotes.views.review_keys import press
from rrbnotes.views.review_list import Aim, aim, begun_with, meetings_before, to_review
from rrbnotes.views.review_screen import Screen, Subject, screen
from rrbnotes.views.typing import Key, Line, Pressed, typed

TODAY = Date(2026, 2, 1)
MARCH = Due("end of March", Date(2026, 3, 31))
JANUARY = """# Orchard Board
12 January 2026
## 1. Trees
**Action:** AO to prune the old pear trees
**Action:** BT to order forty ladders
**Action:** AO and BT to name the cider
"""
DRAFT = """# Orchard Board
9 February 2026

## Actions from the previous meeting

<!-- rrb:previous -->

| Ref | Action | Due | Carried | Last said | Progress |
| --- | --- | --- | ---: | --- | --- |
| 2026-01-12.1 | prune the old pear trees | | 0 | open |          |
| 2026-01-12.2 | order forty ladders | | 0 | open |          |

<!-- /rrb:previous -->

## 1. Bees
"""
DRAFT_PATH = "notes/2026-02-09.md"


# The table


def source(text: str) -> Source:
    found = source_of_text(text, DRAFT_PATH)
    assert isinstance(found, Source)
    return found


def fill(text: str, words: str, ref: str = "2026-01-12.1") -> str:
    return apply(text, filled(source(text), (ref,), "name the cider", {"status": words}))


def said(text: str) -> dict[str, str]:
    return {row.ref: row.said for row in rows(source(text))}


def test_one_cell_is_filled_and_keeps_its_width() -> None:
    after = fill(DRAFT, "Complete")
    assert after == DRAFT.replace("| 0 | open |          |", "| 0 | open | Complete |", 1)


def test_a_row_that_ends_early_gets_its_cell() -> None:
    short = DRAFT.replace("| 0 | open |          |", "|", 1)
    assert "trees | | | | Ongoing |\n" in fill(short, "Ongoing")
    assert said(fill(short, "Ongoing"))["2026-01-12.1"] == "Ongoing"


def test_an_action_without_a_row_gets_one_at_the_end_of_the_table() -> None:
    after = fill(DRAFT, "Complete", "2026-01-12.3")
    row = "| 2026-01-12.3 | name the cider |  |  |  | Complete |\n"
    assert after == DRAFT.replace("\n\n<!-- /rrb", f"\n{row}\n<!-- /rrb")


def test_any_other_table_with_refs_and_progress_will_do() -> None:
    plain = DRAFT.replace("<!-- rrb:previous -->", "").replace("<!-- /rrb:previous -->", "")
    assert said(fill(plain, "Closed - too late")) == {
        "2026-01-12.1": "Closed - too late",
        "2026-01-12.2": "",
    }


def test_a_note_without_such_a_table_says_how_to_get_one() -> None:
    with pytest.raises(RrbError, match=r"2026-02-09\.md: no table of earlier actions .*`rrb new DATE`"):
        fill(JANUARY, "Complete")


def test_a_reason_loses_what_the_reader_takes_for_punctuation() -> None:
    assert words_for(Status.CLOSED, " - no  money)", Words()) == ("Closed - no money", "no money")
    assert words_for(Status.OPEN, "", Words()) == ("Open", "")


REASONS = st.text(
    st.one_of(
        st.sampled_from("|\\*_`[]<>&~-:;,.()#!$ ab"),
        st.characters(categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x2FFF),
    ),
    max_size=24,
)
ANSWERS = st.sampled_from([Status.COMPLETE, Status.ONGOING, Status.ROLLED_OVER, Status.CLOSED])


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, int]:
    """A note with a table in some hand, and the line of the row to be filled."""
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    outer = draw(st.booleans())
    words = st.sampled_from(["", " ", "   ", " a ", r" x \| y ", "  **b**", " `c` ", "\tt "])
    lines = ["Orchard Board", "", "<!-- rrb:previous -->", ""]
    heads = ["Ref", "Action", "Last said", "Progress", "Mark"]

    def row(parts: list[str]) -> str:
        blanks = draw(st.sampled_from(["", " ", "  "])) if outer else ""
        return (f"|{'|'.join(parts)}|" if outer else "|".join(parts)) + blanks

    lines += [row([f" {head} " for head in heads]), row([" --- "] * 5)]
    size = draw(st.integers(1, 4))
    at = draw(st.integers(1, size))
    for n in range(1, size + 1):
        free = [draw(words) for _ in range(3)]
        cell = draw(st.sampled_from(["", "  ", "            ", " Complete ", " Roll over - later "]))
        lines.append(row([f" 2026-01-12.{n} ", f" do it{free[0]}", free[1], cell or " ", f"{free[2]}m"]))
    lines += ["", "<!-- /rrb:previous -->", "Last words  "]
    return end.join(lines) + end, len(lines) - 3 - (size - at)


@settings(max_examples=40, deadline=None)
@given(table=tables(), status=ANSWERS, typed=REASONS)
def test_laws_of_filling_a_cell(table: tuple[str, int], status: Status, typed: str) -> None:
    """Only that cell changes; it is read as it was said; saying it twice is saying it once."""
    text, line = table
    before = rows(source(text))
    row = next(row for row in before if row.line == line)
    try:
        words, reason = words_for(status, typed, Words())
    except RrbError:
        return
    after = fill(text, words, row.ref)

    again = Words().cell(said(after)[row.ref])
    assert (again.status, again.reason) == (status, reason)
    assert [(r.ref, r.said) for r in rows(source(after)) if r.ref != row.ref] == [
        (r.ref, r.said) for r in before if r.ref != row.ref
    ]
    old, new = source(text).lines, source(after).lines
    assert [one for n, one in enumerate(old, 1) if n != line] == [
        one for n, one in enumerate(new, 1) if n != line
    ]
    pipes = [m.start() for m in re.finditer(r"(?<!\\)\|", old[line - 1])]
    start = pipes[3 if old[line - 1].startswith("|") else 2] + 1
    end = next(p for p in pipes if p >= start)
    assert new[line - 1].startswith(old[line - 1][:start])
    assert new[line - 1].endswith(old[line - 1][end:])
    assert fill(after, words, row.ref) == after


# The keys

ITEMS = tuple(Item(f"2026-01-12.{n}") for n in (1, 2, 3))


def keys(state: State, *pressed: Pressed) -> State:
    """The state after keys that ask for nothing outside."""
    for key in pressed:
        state, wish = press(state, key)
        assert wish is None
    return state


def answered(state: State, key: str, reason: str = "") -> State:
    """The state after an answer was saved."""
    state, wish = press(keys(state, key, *reason), Key.ENTER)
    assert isinstance(wish, Save)
    stands = {item.ref: item.answer for item in state.items if item.answer}
    words = f"{wish.status} - {wish.reason}"
    return saved(state, stands | {wish.ref: Answer(wish.status, wish.reason, words)}, f"step of {wish.ref}")


def test_a_status_and_a_reason_are_saved_and_the_next_action_follows() -> None:
    _, wish = press(keys(begun(ITEMS, True), "R", *" no Data "), Key.ENTER)
    assert wish == Save("2026-01-12.1", Status.ROLLED_OVER, "no Data")
    after = answered(begun(ITEMS, True), "r", "x")
    assert (after.at, after.stage) == (1, Stage.LOOK)
    assert summary(after) == "reviewed 1 of 3: 1 rolled over; 2 left"


def test_skip_and_back_move_and_stop_at_the_first() -> None:
    state = keys(begun(ITEMS, True), "s", " ", Key.LEFT)
    assert state.at == 1
    assert keys(state, "b", "b").hint == "this is the first one"
    assert keys(state, Key.ENTER, Key.ENTER).stage is Stage.END


def test_what_was_answered_before_is_passed_over() -> None:
    items = (Item("a.1", is_passed=True), Item("a.2"), Item("a.3", is_passed=True))
    state = begun(items, True)
    assert state.item.ref == "a.2"
    assert keys(state, "b").item.ref == "a.2"
    assert keys(state, "s").stage is Stage.END
    assert begun(items[:1], True).stage is Stage.END


def test_escape_leaves_a_reason_and_a_failure_keeps_it() -> None:
    state = keys(begun(ITEMS, True), "c", "h", "i", Key.LEFT, "!")
    assert state.line == Line("h!", "i")
    asked, _ = press(state, Key.ENTER)
    assert failed(asked, "no").line.text == "h!i"
    assert keys(failed(asked, "no"), Key.ESCAPE) == begun(ITEMS, True)


def test_an_edit_begins_with_the_reason_given() -> None:
    assert keys(begun(ITEMS, True), "e").hint.startswith("there is no answer yet")
    state = keys(answered(begun(ITEMS, True), "o", "half"), "b", "e")
    assert (state.stage, state.status, state.line.text) == (Stage.REASON, Status.ONGOING, "half")


def test_undo_asks_for_the_last_answer_and_goes_back_to_it() -> None:
    state = answered(answered(begun(ITEMS, True), "c"), "x", "y")
    asked, wish = press(state, "u")
    assert isinstance(wish, TakeBack)
    assert (wish.said.ref, wish.said.step) == ("2026-01-12.2", "step of 2026-01-12.2")
    after = taken_back(asked, {"2026-01-12.1": Answer(Status.COMPLETE, "", "Complete")})
    assert (after.at, after.item.answer, len(after.said)) == (1, None, 1)


def test_what_somebody_typed_is_replaced_only_when_that_is_said() -> None:
    items = (Item("a.1", Answer(None, "ask Jo", "ask Jo")),)
    state = keys(begun(items, True), "c")
    assert state.stage is Stage.REPLACE
    assert keys(state, "z").stage is Stage.REPLACE
    assert keys(state, "n").stage is Stage.LOOK
    assert keys(state, "y").stage is Stage.REASON
    assert keys(begun(items, False), "c").stage is Stage.REASON
    assert summary(state) == "reviewed 1 of 1: 1 without a status"


def test_the_end_offers_what_was_skipped() -> None:
    state = keys(answered(begun(ITEMS, True), "c"), "s", "s")
    assert state.stage is Stage.END
    assert keys(state, "s").at == 1
    assert keys(state, "b").at == 2
    assert keys(state, "q").stage is Stage.LEFT


def test_a_new_date_and_new_owners_wait_for_the_status() -> None:
    asked, wish = press(keys(begun(ITEMS, True), "d", *"31 March"), Key.ENTER)
    assert wish == Read("2026-01-12.1", Stage.DUE, "31 March")
    assert failed(asked, "no date").line.text == "31 March"
    state = understood(asked, Change(due=MARCH))
    assert at_once(state) is None
    state = understood(press(keys(state, "w", *"BT"), Key.ENTER)[0], Change(owners=("BT",)))
    for key in ("s", "b", "u", "q", Key.RIGHT):  # nothing that was given is lost on the way
        assert (
            keys(state, key).hint
            == "due 31 March 2026, with BT: not written yet; c, o, r or x writes it, Esc drops it"
        )
    _, wish = press(keys(state, "r", "x"), Key.ENTER)
    assert wish == Save("2026-01-12.1", Status.ROLLED_OVER, "x", Change(MARCH, ("BT",)))
    assert keys(state, Key.ESCAPE).change == Change()
    assert keys(state, "d", Key.CLEAR, Key.ENTER).change == Change(owners=("BT",))
    assert answered(state, "r").change == Change()


def test_a_new_date_for_what_has_its_answer_is_written_at_once() -> None:
    there = (Item("a.1", Answer(Status.ONGOING, "half", "going on: half")),)
    state = understood(keys(begun(there, True), "d"), Change(due=MARCH))
    assert at_once(state) == Save("a.1", Status.ONGOING, "half", Change(due=MARCH))
    after = saved(state, {"a.1": there[0].answer or Answer(None, "", "")}, "step")
    assert keys(after, "b", "c").stage is Stage.REPLACE  # the answer itself is still somebody else's


def test_between_meetings_the_next_answer_keeps_the_date_of_the_one_it_replaces() -> None:
    state = understood(keys(begun(ITEMS, False), "d"), Change(due=MARCH))
    state = keys(answered(state, "o"), "b")
    assert former_change(state) == Change(due=MARCH)
    assert Change(owners=("BT",)).over(former_change(state)) == Change(MARCH, ("BT",))
    assert former_change(replace(state, in_note=True)) == Change()


def test_help_unknown_keys_and_a_terminal_that_is_gone() -> None:
    state = begun(ITEMS, True)
    assert keys(state, "?", "c") == state
    assert keys(state, "k").hint == "that key means nothing here; ? shows those that do"
    assert keys(state, "pasted words").hint
    assert keys(state, "c", Key.GONE).stage is Stage.LEFT
    assert keys(state, Key.REDRAW) == state


@pytest.mark.parametrize(
    ("bytes_typed", "found"),
    [
        ("cé\r", ["c", "é", Key.ENTER]),
        ("\x1b[A\x1bOB\x1b[3~", [Key.UP, Key.DOWN, Key.DELETE]),
        ("\x1b[200~two\r\nlines\x1b[201~q", ["two lines", "q"]),
        ("\x1b[200~not yet", []),
        ("\x1b", [Key.ESCAPE]),
        ("\x1b[", [Key.ESCAPE]),
        ("\x1b[99;5u\x1bxs", [Key.OTHER, Key.OTHER, "s"]),
        ("\x00\x02", [Key.OTHER, Key.OTHER]),
    ],
)
def test_keys_in_what_a_terminal_sends(bytes_typed: str, found: list[Pressed]) -> None:
    seen, rest = [], bytes_typed
    while (step := next_key(rest, is_all=True))[0] is not None:
        seen.append(step[0])
        rest = step[1]
    assert seen == found


def test_a_line_is_edited() -> None:
    line = Line("two words ", "!")
    assert typed(line, Key.CLEAR_WORD) == Line("two ", "!")
    assert typed(line, Key.HOME) == Line("", "two words !")
    assert typed(typed(line, Key.DELETE), Key.BACKSPACE).text == "two words"
    assert typed(line, "\x07\u202ea").text == "two words a!"


# The list


@pytest.fixture
def board(write_notes: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A board with three actions, and the draft of its next note, which has rows for two of them."""
    monkeypatch.setenv("RRB_NO_FSYNC", "1")
    return write_notes({"2026-01-12.md": JANUARY, "2026-02-09.md": DRAFT}).parent


def clerk_at(root: Path, today: Date = TODAY) -> Clerk:
    run = Run(root, None, today, "never", True, False, Repeat())
    return Clerk(run, locate(run.directory, run.config))


def aimed(clerk: Clerk, word: str | None = None, is_between: bool = False) -> Aim:
    return aim(clerk.book, word, None, is_between, clerk.rows, clerk.run.today)


def listed(clerk: Clerk, target: Aim, *owners: str) -> list[tuple[str, bool]]:
    found = to_review(clerk.book, target, owners, clerk.answers(target), False, clerk.run.today)
    return [(item.ref.rpartition(".")[2], item.is_passed) for item in found]


def test_a_draft_with_a_table_takes_the_answers_and_keeps_them_apart(board: Path) -> None:
    clerk = clerk_at(board)
    target = aimed(clerk)
    assert target.note is not None
    assert target.note.key == "2026-02-09"
    assert listed(clerk, target) == [("1", False), ("2", False), ("3", False)]
    assert listed(clerk, target, "BT") == [("2", False), ("3", False)]

    first = clerk.save(target, Save("2026-01-12.1", Status.COMPLETE, "all of them"))
    clerk.save(target, Save("2026-01-12.3", Status.CLOSED, "no apples"))  # it had no row
    text = (board / DRAFT_PATH).read_text()
    assert "| Complete - all of them |" in text
    assert "| 2026-01-12.3 | AO and BT to name" not in text
    statuses = {one.ref: one.status for one in clerk_at(board).book.register.actions}
    assert [statuses[f"2026-01-12.{n}"] for n in (1, 2, 3)] == ["complete", "open", "closed"]

    later = clerk_at(board, Date(2026, 2, 11))  # after the meeting the table still waits for answers
    assert aimed(later).note is not None
    assert listed(later, aimed(later)) == [("1", True), ("2", False), ("3", True)]
    with pytest.raises(RrbError, match=r"changed since by 'review: 2026-01-12\.3 closed"):
        clerk.take_back(first.step)


def test_taking_back_gives_the_note_its_former_bytes(board: Path) -> None:
    path = board / DRAFT_PATH
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    clerk = clerk_at(board)
    target = aimed(clerk, "2026-02-09")
    kept = clerk.save(target, Save("2026-01-12.2", Status.ONGOING, "a | b"))
    assert path.read_bytes() == before.replace(
        b"ladders | | 0 | open |          |", rb"ladders | | 0 | open | Ongoing - a \| b |"
    )
    assert clerk.save(target, Save("2026-01-12.2", Status.ONGOING, "a | b")).step is None
    clerk.take_back(kept.step)
    assert path.read_bytes() == before


def test_between_meetings_the_register_takes_them(board: Path) -> None:
    clerk = clerk_at(board)
    target = aimed(clerk, is_between=True)
    kept = clerk.save(target, Save("2026-01-12.2", Status.COMPLETE, "came early"))
    assert (board / DRAFT_PATH).read_text() == DRAFT
    assert 'by: update, status: complete, reason: "came early"' in (board / "notes/actions.yaml").read_text()
    assert listed(clerk, target) == [("1", False), ("2", True), ("3", False)]
    clerk.take_back(kept.step)
    assert listed(clerk_at(board), target) == [("1", False), ("2", False), ("3", False)]


def test_without_a_draft_answers_count_between_meetings(board: Path) -> None:
    (board / DRAFT_PATH).unlink()
    target = aimed(clerk_at(board))
    assert (target.note, target.why[:13]) == (None, "no draft note")


def test_a_note_without_a_table_is_refused_before_anything_is_asked(board: Path) -> None:
    clerk = clerk_at(board)
    with pytest.raises(RrbError, match=r"2026-01-12\.md: no table of earlier actions"):
        listed(clerk, aimed(clerk, "2026-01-12"))


def test_what_would_not_be_read_back_is_not_written(board: Path) -> None:
    path = board / DRAFT_PATH
    twice = DRAFT.replace("## 1. Bees", "## Matters arising\n- (2026-01-12.1): ongoing\n")
    path.write_text(twice)
    clerk = clerk_at(board)
    with pytest.raises(RrbError, match=r"would not be read as 'complete' for 2026-01-12\.1"):
        clerk.save(aimed(clerk), Save("2026-01-12.1", Status.COMPLETE, ""))
    assert path.read_text() == twice


def test_a_change_by_somebody_else_is_kept(board: Path) -> None:
    clerk = clerk_at(board)
    target = aimed(clerk)
    path = board / DRAFT_PATH
    path.write_text(DRAFT.replace("## 1. Bees", "## 1. Wasps"))
    clerk.save(target, Save("2026-01-12.1", Status.COMPLETE, ""))
    assert "## 1. Wasps" in path.read_text()
    assert "| Complete |" in path.read_text()


FULL = """# Orchard Board
9 February 2026

<!-- rrb:previous -->

| Ref | Action | Owner | Due | Carried | Last said | Progress |
| --- | --- | --- | --- | --- | --- | --- |
| 2026-01-12.1 | Prune the old pear trees | AO | | | raised | |
| 2026-01-12.2 | Order forty ladders | BT | | | raised | |
| 2026-01-12.3 | Name the cider | AO, BT | | | raised |

<!-- /rrb:previous -->

## Next meeting
9 March 2026
"""


@pytest.fixture
def full(board: Path) -> tuple[Clerk, Aim]:
    """The same board; its draft has the whole table, and says when the meeting after it is."""
    (board / DRAFT_PATH).write_text(FULL)
    clerk = clerk_at(board)
    return clerk, aimed(clerk)


def given_words(clerk: Clerk, target: Aim, ref: str, what: Stage, words: str) -> Change:
    return clerk.change(target, Read(ref, what, words))


def test_a_new_date_and_new_owners_go_into_their_cells(board: Path, full: tuple[Clerk, Aim]) -> None:
    clerk, target = full
    change = given_words(clerk, target, "2026-01-12.1", Stage.DUE, "31 march").over(
        given_words(clerk, target, "2026-01-12.1", Stage.OWNERS, "bt, Friends")
    )
    clerk.save(target, Save("2026-01-12.1", Status.ROLLED_OVER, "frost", change))
    row = "| 2026-01-12.1 | Prune the old pear trees | BT, Friends | 31 March 2026 | | raised | Roll over - frost |"
    assert (board / DRAFT_PATH).read_text() == FULL.replace(
        "| 2026-01-12.1 | Prune the old pear trees | AO | | | raised | |", row
    )
    now = clerk_at(board).book.register.actions[0]
    assert (now.status, now.owners, now.due and now.due.date) == (
        "rolled over",
        ("BT", "Friends"),
        Date(2026, 3, 31),
    )
    assert (
        clerk.answers(target)["2026-01-12.1"].words
        == "Roll over - frost, due 31 March 2026, with BT, Friends"
    )


def test_the_next_meeting_is_the_one_after_this(full: tuple[Clerk, Aim]) -> None:
    clerk, target = full
    found = given_words(clerk, target, "2026-01-12.3", Stage.DUE, "next meeting")
    assert found.due
    assert found.due.date == Date(2026, 3, 9)


@pytest.mark.parametrize(
    ("ref", "what", "words", "why"),
    [
        ("2026-01-12.1", Stage.DUE, "when it suits", "no date in 'when it suits'"),
        (
            "2026-01-12.3",
            Stage.OWNERS,
            "BT",
            "names fewer owners takes none away; `rrb update 2026-01-12.3 --owner 'BT'`",
        ),
        ("2026-01-12.1", Stage.OWNERS, "nobody", "names fewer owners takes none away; .* --owner 'none'"),
    ],
)
def test_what_a_note_cannot_say_is_asked_for_again(
    full: tuple[Clerk, Aim], ref: str, what: Stage, words: str, why: str
) -> None:
    with pytest.raises(RrbError, match=why):
        given_words(*full, ref, what, words)


def test_a_table_without_the_column_takes_no_owners(board: Path) -> None:
    clerk = clerk_at(board)
    with pytest.raises(RrbError, match=r"no column for owners.*`rrb update`"):
        given_words(clerk, aimed(clerk), "2026-01-12.1", Stage.OWNERS, "BT")


def test_a_date_goes_beside_words_that_stay_as_somebody_wrote_them(
    board: Path, full: tuple[Clerk, Aim]
) -> None:
    path = board / DRAFT_PATH
    path.write_text(FULL.replace("AO, BT | | | raised |", "AO, BT | | | raised | in progress: two names"))
    clerk = clerk_at(board)
    change = given_words(clerk, full[1], "2026-01-12.3", Stage.DUE, "2026-04-01")
    clerk.save(full[1], Save("2026-01-12.3", Status.ONGOING, "two names", change))
    assert "| AO, BT | 1 April 2026 | | raised | in progress: two names\n" in path.read_text()


def test_between_meetings_a_date_is_said_as_by_an_update(board: Path) -> None:
    clerk = clerk_at(board)
    target = aimed(clerk, is_between=True)
    change = given_words(clerk, target, "2026-01-12.3", Stage.OWNERS, "BT").over(
        given_words(clerk, target, "2026-01-12.3", Stage.DUE, "next meeting")
    )
    clerk.save(target, Save("2026-01-12.3", Status.ONGOING, "", change))
    now = clerk_at(board).book.register.actions[2]
    assert (now.owners, now.due and now.due.date) == (("BT",), Date(2026, 2, 9))
    assert clerk.answers(target)["2026-01-12.3"].words == "ongoing, due 9 February 2026, with BT"


def test_what_was_finished_between_meetings_is_agreed_after_the_outstanding(board: Path) -> None:
    clerk = clerk_at(board)
    clerk.save(aimed(clerk, is_between=True), Save("2026-01-12.1", Status.COMPLETE, "early"))
    CliRunner().invoke(app, ["-C", str(board), "--today", "2026-02-01", "new", "2026-02-09"])
    target = aimed(clerk)
    state = begun(to_review(clerk.book, target, (), clerk.answers(target), False, TODAY), True)
    assert [item.ref[-1] for item in state.items] == ["2", "3", "1"]
    assert target.note
    assert {item.ref for item in state.items} == {row.ref for row in clerk.rows(target.note)}

    last = replace(state, at=2)
    entry = begun_with(clerk.book, target, TODAY)[2]
    drawn = picture(screen(last, "", Subject(entry, clerk.book.meetings, ())), Page(80), 40).lines
    assert drawn[1] == "finished on 1 February 2026, for the board to agree"
    assert any(line.startswith("c agree   o reopen: ongoing") for line in drawn)
    clerk.save(target, Save("2026-01-12.1", Status.COMPLETE, ""))
    assert not any(one.for_agreement for one in stand(clerk.book, TODAY))
    clerk.save(target, Save("2026-01-12.1", Status.ROLLED_OVER, "not all"))
    assert clerk.book.register.actions[0].status is Status.ROLLED_OVER
    assert listed(clerk, aimed(clerk, is_between=True)) == [("1", True), ("2", False), ("3", False)]


def test_the_life_is_that_before_the_meeting(board: Path, full: tuple[Clerk, Aim]) -> None:
    _, target = full
    (board / DRAFT_PATH).write_text(
        FULL.replace("| BT | | | raised | |", "| BT | 1 May 2026 | | raised | Ongoing |")
    )
    later = clerk_at(board, Date(2026, 2, 10))  # the note counts as held by now, and leaves out two actions
    assert sum(one.standing.carried.silent for one in stand(later.book, later.run.today)) == 2
    for entry in begun_with(later.book, target, later.run.today):
        table = page(entry, meetings_before(later.book, target), (), 99, False)
        assert len(table.groups[0].rows) == 1  # that it was raised
        assert entry.standing.carried.meetings == 0
        assert entry.action.due is None


def test_off_a_terminal_it_names_what_does_without(board: Path) -> None:
    found = CliRunner().invoke(app, ["-C", str(board), "--today", "2026-02-01", "review"])
    assert found.exit_code == 2
    assert "rrb: rrb review asks on a terminal, and this is none; `rrb update" in found.stderr


# The screens


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (30, 8), (12, 3)])
def test_a_screen_fits_its_terminal(board: Path, size: tuple[int, int]) -> None:
    width, height = size
    clerk = clerk_at(board)
    state = begun(to_review(clerk.book, aimed(clerk), (), {}, False, TODAY), True, "\x1b[31m\u202e hint " * 5)
    for shown in (
        state,
        keys(state, "r", *("long " * 40), Key.HOME),
        keys(state, "?"),
        keys(state, "s", "s", "s"),
    ):
        drawn = picture(screen(shown, "answers go into a note", subject(clerk, shown)), Page(width), height)
        assert len(drawn.lines) <= height
        assert not any("\x1b" in line or "\u202e" in line for line in drawn.lines)
        if width >= 30:
            assert max(map(cells, drawn.lines)) <= width
            assert drawn.column < width


def subject(clerk: Clerk, state: State) -> Subject | None:
    entries = stand(clerk.book, TODAY)
    return Subject(entries[state.at], clerk.book.meetings, ()) if state.at < len(entries) else None


def test_a_long_life_is_shortened_to_its_end() -> None:
    tables: list[int] = []

    def page(most: int) -> Table:
        tables.append(most)
        from rrbnotes.views.listing import Column, Group, cell

        return Table((Column("What", fills=True),), (Group(tuple((cell(n),) for n in range(1, most + 1))),))

    shown = Screen((), (lambda: page(90), lambda: page(5)))
    assert picture(shown, Page(80), 20).lines[-2].strip() == "5"
    assert tables == [90, 5]


def test_a_line_that_comes_at_once_is_taken_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    parts = iter([b"ab", b"", b""])
    monkeypatch.setattr("rrbnotes.cli.keys._read", lambda timeout: next(parts))
    assert [shown.has_more(), shown.key(), shown.has_more(), shown.key(), shown.has_more()] == [
        True,
        "a",
        True,
        "b",
        False,
    ]


# Terminals

pty = pytest.importorskip("pty", reason="a terminal of its own needs POSIX")


class Child:
    """`rrb review` on a terminal of its own."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self.new = ""

    def wait(self, words: str) -> str:
        """What was shown up to these words."""
        until = time.monotonic() + 30
        while words not in self.new:
            assert time.monotonic() < until, f"never shown: {words!r} in {self.new!r}"
            if select.select([self.fd], [], [], 0.2)[0]:
                self.new += self._read()
        shown, _, self.new = self.new.partition(words)
        return shown + words

    def type(self, text: str, words: str) -> str:
        """Type, and wait for words."""
        os.write(self.fd, text.encode())
        return self.wait(words)

    def _read(self) -> str:
        return re.sub(r"\x1b\[[0-?]*[@-~]", "", os.read(self.fd, 65536).decode(errors="replace"))


@contextmanager
def review(root: Path, *options: str, code: int) -> Iterator[Child]:
    """A review that ends with this code and leaves its terminal as it found it."""
    import fcntl
    import struct
    import termios

    words = [sys.executable, "-m", "rrbnotes", "-C", str(root), "--today", "2026-02-01", "review", *options]
    environment = {**os.environ, "TERM": "xterm", "RRB_NO_FSYNC": "1", "NO_COLOR": "1"}
    for name in ("COLUMNS", "LINES"):
        environment.pop(name, None)
    pid, fd = pty.fork()
    if pid == 0:
        os.execve(words[0], words, environment)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    before = termios.tcgetattr(fd)
    try:
        yield Child(fd)
        _, status = os.waitpid(pid, 0)
        assert os.waitstatus_to_exitcode(status) == code
        assert termios.tcgetattr(fd) == before
    finally:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, 9)
            os.waitpid(pid, 0)
        os.close(fd)


def test_a_review_is_left_and_gone_on_with(board: Path) -> None:
    with review(board, code=0) as child:
        assert f"1 of 3  answers go into {DRAFT_PATH}" in child.wait("? help")
        assert "Roll over. Why?" in child.type("r", "> ")
        child.type("no ladder\r", "saved: 2026-01-12.1 Roll over - no ladder")
        child.type("b", "You said: Roll over - no ladder")
        child.type("s", "2 of 3")
        child.type("q", "reviewed 1 of 3: 1 rolled over; 2 left")
        child.wait(f"`rrb check {DRAFT_PATH}`")
    assert "| Roll over - no ladder |" in (board / DRAFT_PATH).read_text()
    with review(board, code=130) as child:
        child.wait("2 of 3")
        child.type("c", "> ")
        child.type("\r", "saved: 2026-01-12.2 Complete")
        child.type("u", "the last answer is taken back")
        child.type("\x03", "reviewed 1 of 3: 1 rolled over; 2 left")
    assert "| Complete |" not in (board / DRAFT_PATH).read_text()


def test_a_date_is_asked_for_again_shown_and_written_with_the_status(board: Path) -> None:
    (board / DRAFT_PATH).write_text(FULL)
    with review(board, code=0) as child:
        child.wait("? help")
        child.type("d", "> ")
        child.type("someday\r", "no date in 'someday'")
        child.type("\x15end of march\r", "New: due 31 March 2026 (saved with the status)")
        child.type("s", "not written yet; c, o, r or x writes it")
        child.type("r", "Why?")
        drawn = child.type("".join(f"w{n:02} " for n in range(41)), "w40")
        assert drawn.count("Owners") < 20  # not once for each of its 164 letters
        child.type("\x15frost\r", "saved: 2026-01-12.1 Roll over - frost, due 31 March 2026")
        child.type("q", "reviewed 1 of 3: 1 rolled over; 2 left")
    assert "| AO | 31 March 2026 | | raised | Roll over - frost |" in (board / DRAFT_PATH).read_text()


def test_a_review_between_meetings_keeps_what_was_said_when_its_terminal_goes(board: Path) -> None:
    with review(board, "--between", code=0) as child:
        child.wait("answers are kept as said between meetings")
        child.type("x", "> ")
        child.type("felled\r", "saved: 2026-01-12.1 closed - felled")
        child.type("\x04", "reviewed 1 of 3: 1 closed; 2 left")
    assert 'status: closed, reason: "felled"' in (board / "notes/actions.yaml").read_text()
