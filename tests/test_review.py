"""`rrb review`: the table that it fills, the keys of its state, the list that it goes through, and real terminals."""

import os
import re
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date as Date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import Write
from rrbnotes.cli.answering import Clerk
from rrbnotes.cli.keys import next_key
from rrbnotes.cli.main import app
from rrbnotes.cli.run import Run
from rrbnotes.edits import apply
from rrbnotes.errors import RrbError
from rrbnotes.keeping.progress import filled, rows, words_for
from rrbnotes.model import Status
from rrbnotes.render.cells import cells
from rrbnotes.render.page import Page
from rrbnotes.render.screen import picture
from rrbnotes.settings import locate
from rrbnotes.source import Source, source_of_text
from rrbnotes.statuses import Words
from rrbnotes.views.listing import Table
from rrbnotes.views.review import (
    Answer,
    Item,
    Save,
    Stage,
    State,
    TakeBack,
    begun,
    failed,
    saved,
    summary,
    taken_back,
)
from rrbnotes.views.review_keys import press
from rrbnotes.views.review_list import Aim, aim, to_review
from rrbnotes.views.review_screen import Screen, Subject, screen
from rrbnotes.views.typing import Key, Line, Pressed, typed

TODAY = Date(2026, 2, 1)
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
    edit = filled(source(text), (ref,), "name the cider", words)
    return apply(text, [edit] if edit else [])


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
    run = Run(root, None, today, "never", True, False)
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
    from rrbnotes.cli.books import stand

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


def test_a_review_between_meetings_keeps_what_was_said_when_its_terminal_goes(board: Path) -> None:
    with review(board, "--between", code=0) as child:
        child.wait("answers are kept as said between meetings")
        child.type("x", "> ")
        child.type("felled\r", "saved: 2026-01-12.1 closed - felled")
        child.type("\x04", "reviewed 1 of 3: 1 closed; 2 left")
    assert 'status: closed, reason: "felled"' in (board / "notes/actions.yaml").read_text()
