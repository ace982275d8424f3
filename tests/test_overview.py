"""`rrb` alone says how things stand and what to do next."""

from pathlib import Path

import pytest

from boards import REGISTER, rrb, set_board
from rrbnotes.importing.reading import READERS
from rrbnotes.shelf import DOCUMENTS
from rrbnotes.views.outstanding import Totals
from rrbnotes.views.overview import STEPS, Affairs

NOTE = "# Board\n20 January 2020\n## Actions\n- AO to write the paper\n\nNext meeting: 11 March 2020\n"


def said(folder: Path, today: str = "2020-02-01") -> list[str]:
    answer = rrb(folder, today=today)
    assert answer.code == 0, answer
    return answer.out.splitlines()


def test_how_a_board_stands(tmp_path: Path) -> None:
    lines = said(set_board(tmp_path))
    assert lines[:3] == [
        "7 outstanding of 8 actions: 1 overdue, 1 rolled over, 3 unreported",
        "last met on 20 January 2020; no next meeting is announced",
        "next: `rrb actions --open` lists what is outstanding",
    ]


def test_before_a_meeting(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "2020-01-20.md").write_text(NOTE)
    assert said(tmp_path)[2].startswith("next: `rrb sync` writes down")
    assert rrb(tmp_path, "sync").code == 0
    days = {"2020-02-01": "lists what", "2020-02-25": "chase", "2020-03-05": "begins its note"}
    for day, step in days.items():
        assert step in said(tmp_path, day)[2], day
    assert said(tmp_path, "2020-03-10")[1].endswith("meets on 11 March 2020, tomorrow")
    assert rrb(tmp_path, "new", "2020-03-11").code == 0
    assert "up to date" in said(tmp_path, "2020-03-05")[2]


@pytest.mark.parametrize(
    ("affairs", "words"),
    [
        (Affairs(0, 0, Totals(0, 0, 0), None, False), "--explain"),
        (Affairs(2, 1, Totals(3, 0, 1), 3, True), "sync"),
        (Affairs(2, 0, Totals(3, 0, 1), 3, True), "link --review"),
        (Affairs(0, 0, Totals(3, 0, 0), None, False), "check"),
    ],
)
def test_the_next_step(affairs: Affairs, words: str) -> None:
    assert words in next(said for fits, said in STEPS if fits(affairs))


def test_a_slip_in_the_latest_note_is_to_be_mended_first(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    table = (
        "\n## Actions from previous meeting\n\n| Action | Status |\n| --- | --- |\n| Count the buoys | {} |\n"
    )
    for day, word in (("2020-01-20", "Compelte"), ("2020-02-20", "Done")):
        note = f"# Board, {day}\n{table.format(word)}"
        (tmp_path / "notes" / f"{day}.md").write_text(note)
    assert "could not be read" not in said(tmp_path, "2020-03-01")[2]  # nobody has to mend a note of old
    assert said(tmp_path, "2020-02-01")[2].startswith("next: `rrb check` names what could not be read")


def test_a_step_has_room_on_one_line() -> None:
    assert max(len(f"next: {words}") for _, words in STEPS) <= 80


def test_notes_that_lie_above_are_named(tmp_path: Path) -> None:
    folder = set_board(tmp_path) / "letters" / "may"
    folder.mkdir(parents=True)
    first, *others = said(folder)
    assert first == f"about the notes in {tmp_path / 'notes'}"
    assert others == said(tmp_path)


def test_each_board_has_a_line(tmp_path: Path) -> None:
    for board, month in (("harbour", "March"), ("town", "April")):
        (tmp_path / "notes" / board).mkdir(parents=True)
        (tmp_path / "notes" / board / "2020-01-20.md").write_text(NOTE.replace("March", month))
        (tmp_path / "notes" / board / "2019-11-20.md").write_text("# Board\n20 November 2019\n")
    lines = said(tmp_path)
    assert lines[1] == "harbour: last met on 20 January 2020; meets on 11 March 2020, in 39 days"
    assert lines[2] == "town: last met on 20 January 2020; meets on 11 April 2020, in 70 days"


def test_where_there_is_nothing_it_says_how_to_begin(tmp_path: Path) -> None:
    assert "rrb init --demo" in "".join(said(tmp_path)[-2:])
    (tmp_path / "notes").mkdir()
    answer = rrb(tmp_path)
    assert answer.code == 0
    assert answer.err.startswith(f"rrb: no notes in {tmp_path / 'notes'} yet; `rrb import FILE` makes")
    assert "`rrb new DATE` begins one" in answer.err
    assert answer.out == "`rrb help tutorial` begins at the beginning, `rrb --help` lists the commands\n"
    assert not (tmp_path / REGISTER).exists()


def test_the_first_note_is_begun_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    begun = rrb(tmp_path, "new", "2020-03-01")
    assert begun.code == 0 and "no notes" not in begun.err  # which is why it is begun
    assert begun.err.endswith("next: write the note, then rrb check notes/2020-03-01.md\n")


def test_files_that_wait_to_be_imported_are_named(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "March.docx").touch()
    words = "1 file there ends in .docx and is not read: `rrb import notes/March.docx` makes a note of it"
    for command in ((), ("actions",), ("sync",), ("check",)):
        assert words in rrb(tmp_path, *command).err, command
    assert words in rrb(tmp_path, "init").out
    (tmp_path / "notes" / "March.docx").unlink()  # what was said is not said again without a look
    assert "`rrb import FILE` makes" in rrb(tmp_path, "actions").err
    (tmp_path / REGISTER).write_text("version: 1\nactions: {}\n# end of actions\n")
    assert "is it the right folder?" in rrb(tmp_path, "actions").err


def test_what_can_be_imported_can_be_overlooked() -> None:
    assert set(READERS) <= DOCUMENTS


def test_what_a_report_has_to_name(tmp_path: Path) -> None:
    assert rrb(tmp_path, "--version").out.count("\n") == 1
    lines = rrb(tmp_path, "-v", "--version").out.splitlines()
    assert any(line.startswith("markdown-it-py ") for line in lines) and not any(
        "mypy" in line for line in lines
    )
    assert len(lines) == len(set(lines))
