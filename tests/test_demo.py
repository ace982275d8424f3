"""The demo board: that each feature shows on it, that its findings are the ones meant, and that it harms nothing."""

import shlex
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from boards import done, rrb
from rrbnotes.cli.demo import DAY, demo_files

SHOWS = (
    # feature, command, what must be in its answer
    ("seven meetings and a draft", "meetings", ["2025-09-11\t", "2026-05-14\t", "2026-06-25\t"]),
    ("short forms of names", "owners", ["MHT\t", "Marlshire Health Trust", "Lantern Housing Association"]),
    ("further names from the settings", "actions --owner 'community safety team'", ["2026-05-14.3\t"]),
    ("markers in the discussion, a summary", "parse notes/2026-04-09.md", ["\t50\traised\t", "\t57\trecap\t"]),
    ("a table of earlier actions", "parse notes/2025-10-23.md", ["\t28\treported\trolled over\t2025-12-04\tMPR, HMP Ferrowby\t"]),
    ("a list with owners behind", "parse notes/2025-12-04.md", ["\traised\t\t2025-12-12\tHMP Ferrowby\tSend every partner"]),
    ("joint owners", "actions --owner mpr", ["\tMPR, HMP Ferrowby\t"]),
    ("nobody to do it", "actions --overdue", ["2026-04-09.2\topen\t2026-05-31\t\t1\tLeaflet"]),
    ("due on a day", "show 2025-09-11.1", ["2025-09-26", "by 26 September 2025"]),
    ("due at the next meeting", "show 2025-10-23.3", ["2025-12-04", "to the next meeting"]),
    ("due at the end of a month", "show 2026-01-22.1", ["2026-03-31", "by the end of March 2026"]),
    ("due within a month", "show 2025-10-23.1", ["by 2025-11-30", "in November"]),
    ("due on a day of the week", "show 2025-10-23.2", ["First due  2025-10-31"]),
    ("due as soon as can be", "show 2025-09-11.5", ["ASAP"]),
    ("due again and again", "show 2025-09-11.4", ["quarterly"]),
    ("overdue", "actions --overdue", ["2025-09-11.3\t", "2026-04-09.2\t"]),
    ("put off twice, with reasons", "show 2025-09-11.2", ["rolled over ×2", "gate staff were on leave", "to wait for the new governor"]),
    ("a status word of the board's own", "show 2025-12-04.3", ["rolled over ×2", "the post is advertised again in June"]),
    ("given a new day", "show 2025-09-11.3", ["First due  2025-11-30; changed 2 times"]),
    ("handed on", "show 2026-02-26.3", ["Owners    MPR", "Before    Second Spring"]),
    ("done", "actions --status complete", ["2025-10-23.1\tcomplete\t"]),
    ("dropped", "actions --status closed", ["2025-09-11.5\tclosed\t"]),
    ("taken up again", "diff 2026-01-22 2026-02-26", ["reopened\t2025-09-11.3\t"]),
    ("not spoken of", "actions --unreported", ["2025-09-11.4\t", "2026-04-09.2\t"]),
    ("two in other words made one", "show 2026-04-09.1", ["2025-12-04.3\n", "Also       2026-04-09.1"]),
    ("a doubt that waits for a person", "link --review", ["2026-05-14.4 at notes/2026-05-14.md", "2025-09-11.4"]),
    ("agreed between meetings", "show 2026-04-20.m1", ["agreed between meetings", "forty people came to it"]),
    ("done between meetings, to be agreed", "summary --for chair", ["Finished, for the board to agree (1)", "2026-05-14.5"]),
    ("what changed", "diff 2026-04-09", ["re-dated\t2025-09-11.2\t", "re-owned\t2026-02-26.3\t", "unreported\t2026-04-09.2\t"]),
    ("a past day", "actions --as-at 2025-12-05", ["2025-12-04.2\topen\t"]),
    ("figures", "stats --format table", ["1 reopened, 2 finished", "62% of 26 actions"]),
    ("a letter", "chase --owner LHA", ["one outstanding action for LHA", "first due 30 November 2025"]),
    ("a mend", "check --fix --diff", ["+2. HMP Ferrowby to clear the mentors"]),
    ("a draft that is up to date", "new -n", ["| 2025-09-11.4 |", "for agreement"]),
)  # fmt: skip

FINDINGS = (
    "notes/2026-01-22.md:39:1: error: the action summary leaves out 'HMP Ferrowby to clear the mentors",
    "notes/2026-02-26.md:11:3: warning: no other note has 'Marlshire Heath Trust'; did you mean",
    "notes/2026-02-26.md:28:1: warning: 'find two rooms for people who leave on a Friday with …' is ongoing, though",
    "notes/2026-02-26.md:32:1: error: 'On hold' is no known status",
    "notes/2026-04-09.md:42:1: error: nobody owns 'Leaflet for families to be reprinted",
    "notes/2026-04-09.md:42:1: note: 'Leaflet for families to be reprinted",
    "notes/2026-05-14.md:23:1: error: 'Actions from previous meeting and progress' leaves out 1 outstanding action",
    "notes/2026-05-14.md:32:1: note: 'find two rooms for people who leave on a Friday with …' was to be done",
    "notes/2026-05-14.md:61:1: warning: 'report the waiting times of the new service quarterly.' may be",
)
"""How each finding begins."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as it is written, which no test here changes."""
    folder = tmp_path_factory.mktemp("demo")
    done(folder, "init", "--demo", today=DAY)
    return folder


@pytest.mark.parametrize(("feature", "command", "shown"), SHOWS, ids=[row[0] for row in SHOWS])
def test_a_feature_shows(demo: Path, feature: str, command: str, shown: list[str]) -> None:
    answer = rrb(demo, *shlex.split(command), today=DAY)
    assert [words for words in shown if words not in answer.out + answer.err] == [], feature


def test_check_finds_what_is_meant_and_nothing_else(demo: Path) -> None:
    answer = rrb(demo, "check", today=DAY)
    lines = answer.out.splitlines()
    assert [line[: len(meant)] for line, meant in zip(lines, FINDINGS, strict=True)] == list(FINDINGS)
    assert answer.code == 1
    assert "1 allowed" in answer.err  # the meeting that was moved


def test_the_register_is_in_step(demo: Path) -> None:
    assert "nothing to do" in done(demo, "sync", "--check", today=DAY).out
    register = (demo / "notes/actions.yaml").read_text(encoding="utf-8")
    assert '# Sam, 20 April: the College calls it "the bricklaying post"' in register


def test_the_draft_says_nothing_yet(demo: Path) -> None:
    assert done(demo, "parse", "notes/2026-06-25.md", today=DAY).out == ""
    assert "up to date" in done(demo, "new", today=DAY).out


def test_who_is_named_in_the_settings_and_in_the_notes_is_one_owner(demo: Path) -> None:
    owners = [line.split("\t") for line in done(demo, "owners", today=DAY).out.splitlines()]
    names = [row[-1] for row in owners if row[0] == "WBC"]
    assert names == ["Wexcombe Council, Community Safety Team, Wexcombe Borough Council"]


def test_notes_are_short() -> None:
    lengths = {path: text.count("\n") for path, text in demo_files() if path.endswith(".md")}
    assert len(lengths) == 8
    assert max(lengths.values()) < 100


def test_what_is_written_is_what_the_package_holds(demo: Path) -> None:
    written = {p.relative_to(demo).as_posix(): p.read_text(encoding="utf-8") for p in _files(demo)}
    assert written == dict(demo_files())
    assert files("rrbnotes").joinpath("demo", "rrb.toml").is_file()


def test_it_says_what_it_wrote_and_what_to_try(tmp_path: Path) -> None:
    answer = done(tmp_path, "init", "--demo", today=DAY)
    assert answer.out == "a demo board: 8 notes in notes, with notes/actions.yaml and rrb.toml\n"
    tries = [line.partition("#")[0].split() for line in answer.err.splitlines() if line.startswith("  rrb")]
    assert len(tries) == 3
    assert all(line[-2:] == ["--today", DAY] and line[1:3] == ["-C", str(tmp_path)] for line in tries)


def test_undo_takes_it_back_and_it_can_be_written_again(tmp_path: Path) -> None:
    done(tmp_path, "init", "--demo")
    told = done(tmp_path, "undo", "-n").out
    assert len(list(_files(tmp_path))) == 10
    assert told == done(tmp_path, "undo").out.replace("undone", "would be undone")
    assert told.count(": is removed\n") == 10 and "\nrrb.toml: is removed" in told
    assert list(_files(tmp_path)) == []
    assert done(tmp_path, "undo", "2").out.count(": is put back\n") == 10
    done(tmp_path, "undo", "3")
    done(tmp_path, "init", "--demo")
    assert len(list(_files(tmp_path))) == 10


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ({"notes/2024-01-08.md": "# Ours\n"}, "notes (with 2024-01-08.md)"),
        ({"notes/a": "", "notes/b": "", "notes/c": "", "notes/d": ""}, "notes (with a, b, c and 1 other)"),
        ({"notes": "no folder"}, "notes in "),
        ({"rrb.toml": "[owners]\n"}, "rrb.toml in "),
        ({"pyproject.toml": '[tool.rrb]\nnotes = "minutes"\n', "minutes/x.md": "# Ours\n"}, "belongs to the board"),
    ],
    ids=["notes", "many notes", "a file of that name", "settings", "a board with its notes elsewhere"],
)  # fmt: skip
def test_nothing_is_overwritten(tmp_path: Path, there: dict[str, str], said: str) -> None:
    for name, text in there.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    answer = rrb(tmp_path, "init", "--demo")
    assert answer.code == 2
    assert said in answer.err
    assert "name an empty folder or a new one: rrb init --demo FOLDER" in answer.err
    assert {p.relative_to(tmp_path).as_posix(): p.read_text() for p in _files(tmp_path)} == there


def test_it_does_not_become_part_of_another_board(tmp_path: Path) -> None:
    inside = tmp_path / "notes" / "new"
    inside.mkdir(parents=True)
    assert "belongs to the board" in rrb(inside, "init", "--demo").err
    assert not any(inside.iterdir())


def test_a_new_folder_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    answer = done(tmp_path, "init", "--demo", "try/it", today=DAY)
    assert (
        (tmp_path / "try/it/notes/actions.yaml").exists() and "-C " in answer.err and "try/it" in answer.err
    )
    assert f"by `rrb -C {tmp_path / 'try/it'} undo`:" in answer.err  # an undo here is another board's
    assert "belongs to the board" in rrb(tmp_path, "init", "--demo", "notes/new").err
    assert not any((tmp_path / "notes").iterdir())


def test_a_named_folder_becomes_a_board_of_its_own(tmp_path: Path) -> None:
    done(tmp_path, "init")
    to_begin = f"in {tmp_path / 'other'}: `rrb import FILE` makes a note of old minutes"
    assert to_begin in done(tmp_path, "init", "other").err
    assert (tmp_path / "other/notes").is_dir()
    again = done(tmp_path, "init", "other")
    assert "notes: no notes" in again.out and to_begin in again.err
    done(tmp_path, "init", "notes/lcrb")
    assert not (tmp_path / "notes/lcrb").exists()


@pytest.mark.parametrize("option", [("--git",), ("--config", "x.toml")])
def test_it_goes_alone(tmp_path: Path, option: tuple[str, ...]) -> None:
    assert rrb(tmp_path, "init", "--demo", *option).code == 2
    assert not any(tmp_path.iterdir())


def _files(folder: Path) -> Iterator[Path]:
    """All that is not the state of `rrb`."""
    return (p for p in sorted(folder.rglob("*")) if p.is_file() and ".rrb" not in p.parts)
