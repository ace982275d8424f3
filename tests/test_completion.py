"""What a press of Tab offers, through the protocols of the shells; and that nothing in a note acts there."""

import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from conftest import Write
from rrbnotes.cli import offers, shells
from rrbnotes.cli.main import app

HOSTILE = "x \\$(touch BAD) \\`touch BAD\\` \"paper\" [/bold] '; touch BAD; ' $HOME : now"
FIRST = f"""# Trails Board
9 September 2019
## Attendance
- Alpha Org (AO)
- HMP Isis
- St John's
- $(touch BAD)
## 1. Papers
**Action:** AO to write {HOSTILE}
**Action:** HMP Isis to book the hall
**Action:** St John's to mend the gate
"""
SECOND = """# Trails Board
19 November 2019
## Actions from the previous meeting
| Action | Owner | Status |
| --- | --- | --- |
| Book the hall | HMP Isis | Complete |
"""


COMMAND = get_command(app)
NOTES = {"east/2019-09-09.md": FIRST, "east/2019-11-19.md": SECOND, "west/2020-01-10.md": "# West\n"}


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two meetings of one board, one of another; tests only read it."""
    folder = tmp_path_factory.mktemp("boards")
    for name, text in NOTES.items():
        (folder / "notes" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "notes" / name).write_text(text, encoding="utf-8")
    return folder


def pressed(shell: str, **environment: str) -> str:
    """What the program answers to a shell that asks what may come next; nothing is said beside it."""
    asked = {"_RRB_COMPLETE": f"complete_{shell}", "RRB_TODAY": "2020-01-01", **environment}
    out, err = StringIO(), StringIO()
    with (
        patch.dict(os.environ, asked),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        if shells.is_completing():
            shells.complete_in_bash(lambda: COMMAND.main([], prog_name="rrb"))
        COMMAND.main([], prog_name="rrb")
    assert (end.value.code, err.getvalue()) == (0, "")
    return out.getvalue()


def fish(line: str) -> dict[str, str]:
    """What fish is offered at the end of a line, with what it stands for."""
    answer = pressed("fish", _TYPER_COMPLETE_FISH_ACTION="get-args", _TYPER_COMPLETE_ARGS=line)
    words = (offer.partition("\t") for offer in answer.splitlines() if offer)
    return {word: help for word, _, help in words}


def zsh(line: str) -> str:
    """What zsh is given to run at the end of a line."""
    return pressed("zsh", _TYPER_COMPLETE_ARGS=line)


def bash(*words: str) -> list[str]:
    """What bash is offered for the last of the words, which it has taken apart at `:` and `=`."""
    return pressed("bash", COMP_WORDS="\n".join(words), COMP_CWORD=str(len(words) - 1)).splitlines()


REFS = ["east/2019-09-09.1", "east/2019-09-09.3", "east/2019-09-09.2"]  # the second one is done


def test_refs_come_with_their_words_and_what_is_to_be_done_first(board: Path) -> None:
    offered = fish(f"rrb -C {board} show ")
    assert list(offered) == REFS
    assert offered[REFS[1]] == "St John’s: mend the gate"


@pytest.mark.parametrize(
    "line",
    [
        "show east/2019-09-09.",
        "link ",
        "link east/2019-09-09.1 same ",
        "unlink ",
        "unlink east/2019-09-09.1 ",
    ],
)
def test_where_a_ref_stands_refs_are_offered(board: Path, line: str) -> None:
    assert list(fish(f"rrb -C {board} {line}")) == REFS


def test_the_folder_may_stand_behind_the_command(board: Path) -> None:
    assert list(fish(f"rrb show -C {board} ")) == REFS


def test_a_config_file_counts(write_notes: Write) -> None:
    board = write_notes(NOTES).parent
    (board / "other.toml").write_text('notes = "notes/west"\n')
    assert fish(f"rrb -C {board} --config other.toml meetings --board ") == {}
    assert list(fish(f"rrb -C {board} --config other.toml actions --meeting 2")) == ["2020-01-10"]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("actions --owner A", ["AO"]),
        ("actions --owner 'HMP I", ["HMP Isis"]),
        ("actions --owner=A", ["AO"]),
        ("update east/2019-09-09.1 --owner H", ["HMP Isis"]),
        ("actions --board ", ["east", "west"]),
        ("meetings --board w", ["west"]),
        ("owners --board e", ["east"]),
        ("import m.docx --board e", ["east"]),
        ("summary east/2019-11", ["east/2019-11-19"]),
        ("diff west", ["west/2020-01-10"]),
        ("review east/2019-09", ["east/2019-09-09"]),
        ("review --owner A", ["AO"]),
        ("chase --owner A", ["AO"]),
        ("actions --meeting ", ["latest", "west/2020-01-10", "east/2019-11-19", "east/2019-09-09"]),
        ("actions --status ro", ["rolled over"]),
        ("actions --format x", ["xlsx"]),
        ("actions --by o", ["owner"]),
        ("link east/2019-09-09.1 s", ["same", "supersedes"]),
        ("actions --color a", ["auto", "always"]),
        ("sho", ["show"]),
        ("actions --unr", ["--unreported"]),
    ],
)
def test_options_and_arguments(board: Path, line: str, offered: list[str]) -> None:
    assert list(fish(f"rrb -C {board} {line}")) == offered


def test_a_status_may_follow_as_soon_as_there_is_a_ref(board: Path) -> None:
    assert list(fish(f"rrb -C {board} update ")) == REFS
    second = list(fish(f"rrb -C {board} update {REFS[0]} "))
    assert second == ["open", "ongoing", "rolled over", "complete", "closed", *REFS[1:]]


@pytest.mark.parametrize("folder", ["{board}/nowhere", "{board}/notes/east/2019-09-09.md", "/"])
def test_without_a_book_nothing_is_offered_and_nothing_is_said(board: Path, folder: str) -> None:
    assert fish(f"rrb -C {folder.format(board=board)} show ") == {}


def test_a_damaged_register_is_silent_too(write_notes: Write) -> None:
    board = write_notes(NOTES).parent
    (board / "notes" / "actions.yaml").write_text("version: [\n")
    assert fish(f"rrb -C {board} show ") == {}


def test_zsh_is_given_nothing_to_run(board: Path) -> None:
    """Typer puts the words in quotes within quotes: a backslash, a quote or a dollar in them would break out."""
    given = zsh(f"rrb -C {board} show ") + zsh(f"rrb -C {board} actions --owner ")
    assert given.count('"') == 2 * (2 * len(REFS) + 3)  # words with their helps; HMP Isis has none
    assert given.count("'") == 4
    assert not set("$`[]") & set(given)
    assert "\\" not in given.replace("\\\\:", "")  # of colons, as typer writes them


def test_a_name_that_zsh_cannot_be_told_is_not_offered_there(board: Path) -> None:
    assert "St John's" in fish(f"rrb -C {board} actions --owner S")
    assert "John" not in zsh(f"rrb -C {board} actions --owner S")


def test_a_name_that_would_act_is_never_offered(board: Path) -> None:
    assert "$(touch BAD)" not in fish(f"rrb -C {board} actions --owner ")


# bash


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("show", ""), REFS),
        (("show", "east/2019-09-09.3"), [REFS[1]]),
        (("actions", "--owner", "H"), ["HMP\\ Isis"]),
        (("actions", "--owner", "HMP\\ I"), ["HMP\\ Isis"]),
        (("actions", "--owner", '"HMP I'), ["HMP Isis"]),
        (("actions", "--owner", "S"), ["St\\ John\\'s"]),
        (("actions", "--owner", "'S"), ["St John'\\''s"]),
        (("actions", "--owner", "=", "A"), ["AO"]),
        (("actions", "--status", "="), ["open", "ongoing", "rolled\\ over", "complete", "closed"]),
        (("actions", "--nothing", "x"), []),
    ],
)
def test_bash_gets_words_that_stand_for_themselves(
    board: Path, words: tuple[str, ...], offered: list[str]
) -> None:
    assert bash("rrb", "-C", str(board), *words) == offered


def test_a_colon_in_a_ref(write_notes: Write) -> None:
    folder = write_notes({"Board: 2019-09-09.md": FIRST, "2019-11-19.md": SECOND}).parent
    typed = ("rrb", "-C", str(folder), "show", "Board", ":", "\\ 2019-09-09.1")
    assert bash(*typed) == ["\\ 2019-09-09.1"]


@pytest.mark.parametrize(
    ("words", "whole", "at"),
    [
        (["rrb", "show", ""], ["rrb", "show", ""], 2),
        (["rrb", "a", "--owner", "=", "x"], ["rrb", "a", "--owner=x"], 2),
        (["rrb", "show", "a", ":", "b", "c"], ["rrb", "show", "a:b", "c"], 3),
        (["rrb", "show", "a", "::", "b"], ["rrb", "show", "a::b"], 2),
    ],
)
def test_words_that_bash_took_apart(words: list[str], whole: list[str], at: int) -> None:
    assert shells.whole_words(words, len(words) - 1) == (whole, at)


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_in_a_real_bash(board: Path, tmp_path: Path) -> None:
    script = (
        CliRunner().invoke(app, [], prog_name="rrb", env={"_RRB_COMPLETE": "source_bash"}).stdout
    )  # as --show-completion
    program = tmp_path / "bin" / "rrb"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom rrbnotes.cli.main import main\nmain()\n")
    program.chmod(0o755)
    press = 'COMP_WORDS=(rrb actions --owner H); COMP_CWORD=3; _rrb_completion rrb; printf "<%s>" "${COMPREPLY[@]}"'
    run = subprocess.run(
        ["bash", "--norc", "-c", f"{script}\n{press}"],
        cwd=board,
        env={
            **os.environ,
            "RRB_TODAY": "2020-01-01",
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert (run.stdout, run.stderr) == ("<HMP\\ Isis>", "")


def test_a_help_text_is_one_short_line() -> None:
    assert offers._harmless("a\n b\t[c]\x1b") == "a b (c)/x1b"
    assert len(offers._harmless("word " * 100)) <= 60
