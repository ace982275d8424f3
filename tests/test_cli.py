"""The command line: exit codes, and single lines of what it says."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from conftest import Write
from rrbnotes.cli.color import colored
from rrbnotes.cli.commands import COMMANDS, HIDDEN, whole
from rrbnotes.cli.main import app
from rrbnotes.views.filters import FILTERS
from rrbnotes.views.names import MEANINGS

SEPTEMBER = """# Test Board
9 September 2019
## Attendance
- Alpha Org (AO)
- Beta Trust (BT)
## 1. Papers
**Action:** AO to write the paper by 1 October 2019
**Action:** BT and AO to book the hall
## 2. Money
**Action:** BT to find the money
"""
NOVEMBER = """# Test Board
19 November 2019
## Attendance
- Alpha Org (AO)
## Actions from the previous meeting
| Action | Owner | Status |
| --- | --- | --- |
| Book the hall | BT, AO | Complete |
| Write the paper | AO | Rolled over - still in draft |
"""
TODAY = ("--today", "2020-01-01")


@pytest.fixture
def board(write_notes: Write) -> Path:
    """Two meetings of one board: one action done, one rolled over, one never mentioned again."""
    return write_notes({"2019-09-09.md": SEPTEMBER, "2019-11-19.md": NOVEMBER}).parent


@pytest.fixture
def boards(write_notes: Write) -> Path:
    """The same meeting of two boards."""
    notes = {f"{name}/{day}.md": text for name in ("east", "west") for day, text in _DAYS.items()}
    return write_notes(notes).parent


_DAYS = {"2019-09-09": SEPTEMBER, "2019-11-19": NOVEMBER}


def rrb(folder: Path, *arguments: str, **environment: str | None) -> Result:
    clean = {"RRB_TODAY": None, "NO_COLOR": None, "FORCE_COLOR": None, "COLUMNS": "80"}
    return CliRunner().invoke(app, ["-C", str(folder), *TODAY, *arguments], env=clean | environment)


def refs(folder: Path, *arguments: str) -> list[str]:
    result = rrb(folder, "actions", *arguments)
    assert result.exit_code == 0, result.output
    return [line.split("\t")[0] for line in result.stdout.splitlines()]


def objects(folder: Path, *arguments: str) -> Any:
    return json.loads(rrb(folder, *arguments, "--format", "json").stdout)


# The whole


def test_the_program_says_its_version_and_its_help(board: Path) -> None:
    assert rrb(board, "--version").stdout.startswith("rrb ")
    for arguments in (("-h",), ("--help",)):
        result = rrb(board, *arguments)
        assert result.exit_code == 0
        assert all(f"  {name} " in result.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", [*COMMANDS, *HIDDEN])
def test_the_table_of_commands_says_what_each_command_says_itself(name: str) -> None:
    _, help = (COMMANDS | HIDDEN)[name]
    assert whole(name).help.split("\n")[0].startswith(help.removesuffix("."))


def test_a_wrong_command_gets_a_hint(board: Path) -> None:
    result = rrb(board, "actoins")
    assert result.exit_code == 2
    assert "did you mean 'actions'" in result.stderr


@pytest.mark.parametrize("place", ["before", "after", "last"])
def test_options_of_all_commands_stand_anywhere(board: Path, place: str) -> None:
    ours = ["-C", str(board), "--today=2019-09-10", "-q"]
    words = {
        "before": [*ours, "actions", "--overdue"],
        "after": ["actions", *ours, "--overdue"],
        "last": ["actions", "--search", "-q", *ours],
    }
    result = CliRunner().invoke(app, words[place])
    assert (result.exit_code, result.output) == (0, "")


def test_today_comes_from_the_environment_too(board: Path) -> None:
    result = CliRunner().invoke(
        app, ["-C", str(board), "actions", "--overdue"], env={"RRB_TODAY": "2019-09-10"}
    )
    assert "no outstanding action for --overdue" in result.stderr


def test_a_wrong_day_is_refused(board: Path) -> None:
    result = rrb(board, "actions", "--due-before", "tomorrow")
    assert result.exit_code == 2
    assert "'tomorrow' is no date; write it as 2019-11-19" in result.stderr


def test_an_option_without_its_dashes_is_known(board: Path) -> None:
    result = rrb(board, "actions", "overdue")
    assert result.stderr == "rrb: more than it takes: overdue; did you mean '--overdue'?\n"


def test_no_notes_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    result = rrb(tmp_path, "actions")
    assert result.exit_code == 2
    assert result.stderr.startswith("rrb: no folder 'notes' in ")


def test_every_problem_of_the_settings_has_its_line(board: Path) -> None:
    (board / "rrb.toml").write_text("noets = 'x'\nmarkers = 3\n")
    result = rrb(board, "actions")
    assert result.exit_code == 2
    assert "rrb: rrb.toml: unknown key 'noets'; did you mean 'notes'?" in result.stderr.splitlines()
    assert len(result.stderr.splitlines()) == 2


def test_a_note_that_cannot_be_read_is_named_and_the_rest_is_shown(board: Path) -> None:
    (board / "notes" / "2019-12-01.md").write_bytes(b"# Caf\xe9\n")
    result = rrb(board, "actions")
    assert result.exit_code == 2
    assert "notes/2019-12-01.md:1: error: " in result.stderr
    assert "(not-utf8)" in result.stderr
    assert "2019-09-09.1\t" in result.stdout


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "expected"),
    [
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, True, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {}, True, True),
        ("auto", {"GITHUB_ACTIONS": "true"}, False, False),
    ],
)
def test_colour(choice: str, environment: dict[str, str], terminal: bool, expected: bool) -> None:
    assert colored(choice, environment, terminal) is expected


@pytest.mark.parametrize(
    ("debug", "said"),
    [("", "rrb: internal error: ValueError: invalid literal"), ("1", "Traceback")],
)
def test_a_mistake_of_ours_is_one_line(
    board: Path, monkeypatch: pytest.MonkeyPatch, debug: str, said: str
) -> None:
    monkeypatch.setattr("rrbnotes.cli.books.open_book", lambda run: int("x"))
    result = CliRunner().invoke(app, ["-C", str(board), "meetings"], env={"RRB_DEBUG": debug})
    assert result.exit_code == 70
    assert result.stderr.startswith(said)


def test_control_characters_of_the_command_line_do_nothing(board: Path) -> None:
    assert "\\x1b[31m" in rrb(board, "show", "\x1b[31m").stderr


# Actions


def test_the_outstanding_actions_are_the_default(board: Path) -> None:
    assert refs(board) == refs(board, "--open") == ["2019-09-09.1", "2019-09-09.3"]
    assert refs(board, "--finished") == refs(board, "--closed") == ["2019-09-09.2"]
    assert refs(board, "--all") == ["2019-09-09.1", "2019-09-09.2", "2019-09-09.3"]


def test_a_pipe_gets_one_line_an_action(board: Path) -> None:
    first = rrb(board, "actions").stdout.splitlines()[0]
    assert first == "2019-09-09.1\trolled over\t2019-10-01\tAO\t1\twrite the paper by 1 October 2019"


def test_the_counts_are_talk(board: Path) -> None:
    said = "2 outstanding of 3 actions: 1 overdue, 1 rolled over, 1 unreported"
    assert said in rrb(board, "actions").stderr.splitlines()
    assert rrb(board, "actions", "-q").stderr == ""


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("--status rolled-over", ".1"),
        ("--status roll --status done", ".1 .2"),
        ("--status complete --open", ""),
        ("--rolled-over", ".1"),
        ("--min-carried 1", ".1 .3"),
        ("--min-carried 2", ""),
        ("--unreported", ".3"),
        ("--overdue", ".1"),
        ("--due-before 2019-10-01", ""),
        ("--due-before 2019-10-02", ".1"),
        ("--stale 60", ".3"),
        ("--stale 200", ""),
        ("--all --meeting 2019-09-09", ".1 .2 .3"),
        ("--all --meeting latest", ""),
        ("--all --owner ao", ".1 .2"),
        ("--all --owner beta_trust", ".2 .3"),
        ("--all --owner AO --owner BT --search HALL", ".2"),
        ("--search money", ".3"),
        ("--search draft", ".1"),
        ("--search papers", ".1"),
        ("--overdue --unreported", ""),
    ],
)
def test_filters(board: Path, filters: str, expected: str) -> None:
    words = [word.replace("_", " ") for word in filters.split()]
    assert refs(board, *words) == [f"2019-09-09{end}" for end in expected.split()]


NAMES = """# Board
4 November 2019
Present: Zoë Müller, Bjørn Øst
## Actions
- Zoë Müller to ask the café about a room
- Bjørn Øst to count the chairs
- Partners to send their figures
- Leaflet to be reprinted
"""


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("--owner zoe", ".1"),
        ("--owner MULLER", ".1"),
        ("--owner bjorn_ost", ".2"),
        ("--owner zoë_müller", ".1"),
        ("--search CAFE", ".1"),
        ("--search café", ".1"),
        ("--owner none", ".4"),
        ("--owner nobody --owner bjorn_ost", ".2 .4"),
        ("--owner MPS", ".3"),
        ("--owner partners", ".3"),
        ("--board peche", ".1 .2 .3 .4"),
        ("--meeting peche/2019-11-04", ".1 .2 .3 .4"),
    ],
)
def test_nobody_has_to_type_accents(write_notes: Write, filters: str, expected: str) -> None:
    folder = write_notes(
        {"pêche/2019-11-04.md": NAMES, "pêche/2019-10-01.md": "# Board\n1 October 2019\n"}
    ).parent
    (folder / "rrb.toml").write_text('[members]\nPartners = ["MPS", "NPS"]\n')
    words = [word.replace("_", " ") for word in filters.split()]
    assert refs(folder, *words) == [f"pêche/2019-11-04{end}" for end in expected.split()]


def test_a_name_as_it_stands_wins_over_one_with_accents(write_notes: Write) -> None:
    text = NAMES.replace("Bjørn Øst", "Zoe Muller")
    folder = write_notes({"2019-11-04.md": text}).parent
    assert refs(folder, "--owner", "zoe muller") == ["2019-11-04.2"]
    assert refs(folder, "--owner", "Zoë Müller") == ["2019-11-04.1"]


def test_every_filter_that_takes_a_word_has_a_meaning() -> None:
    assert {row.takes for row in FILTERS} - {"flag", "number", "days", "date"} == set(MEANINGS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("actions --owner AlphaOrg", "unknown owner 'AlphaOrg'; did you mean 'Alpha Org'?"),
        ("actions --status complte", "unknown status 'complte'; did you mean 'complete'?"),
        ("actions --meeting 2019-09-08", "unknown meeting '2019-09-08'; did you mean '2019-09-09'?"),
        ("actions --format markdwon", "unknown format 'markdwon'; did you mean 'markdown'?"),
        ("actions --by onwer", "'onwer' is none of owner, meeting, status, item; did you mean 'owner'?"),
        ("actions --sort deu", "did you mean 'due'?"),
        ("actions --open --all", "--open and --all exclude each other; name one"),
        ("actions --board east", "unknown board 'east'"),
        ("show 2019-09-09.7", "unknown ref '2019-09-09.7'; did you mean '2019-09-09."),
        ("show 9", "unknown ref '9'"),
        (
            "parse notes/2019-09-19.md",
            "no such note: notes/2019-09-19.md; did you mean 'notes/2019-09-09.md'?",
        ),
        ("actions --output notes/x.csv", "in the notes folder"),
    ],
)
def test_what_is_unknown_gets_a_hint(board: Path, arguments: str, said: str) -> None:
    result = rrb(board, *arguments.split())
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_an_ambiguous_meeting_lists_the_choices(boards: Path) -> None:
    result = rrb(boards, "actions", "--meeting", "2019-09-09")
    assert result.exit_code == 2
    assert "'2019-09-09' stands for 2 meetings: east/2019-09-09, west/2019-09-09; name one" in result.stderr
    assert refs(boards, "--meeting", "west/2019-09-09") == ["west/2019-09-09.1", "west/2019-09-09.3"]


def test_boards(boards: Path) -> None:
    assert refs(boards, "--board", "EAST") == ["east/2019-09-09.1", "east/2019-09-09.3"]
    assert len(rrb(boards, "meetings", "--board", "west").stdout.splitlines()) == 2
    assert "did you mean 'west'" in rrb(boards, "owners", "--board", "wset").stderr


def test_nothing_found_is_said_with_its_filters(board: Path) -> None:
    result = rrb(board, "actions", "--search", "no such thing")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no outstanding action for --search 'no such thing' (of 3 actions)" in result.stderr
    assert objects(board, "actions", "--search", "no such thing")["actions"] == []


def test_a_joint_action_stands_under_each_owner_and_counts_once(board: Path) -> None:
    result = rrb(board, "actions", "--all", "--by", "owner", "--format", "table")
    assert result.stdout.count("2019-09-09.2") == 2
    assert "AO (2)" in result.stdout.splitlines()
    assert "3 of 3 actions" in result.stderr
    assert len(objects(board, "actions", "--all", "--by", "owner")["actions"]) == 3


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("meeting", ["2019-09-09", "2019-09-09", "2019-09-09"]),
        ("status", ["open", "rolled over", "complete"]),
        ("item", ["Papers", "Papers", "Money"]),
    ],
)
def test_groups(board: Path, by: str, groups: list[str]) -> None:
    lines = rrb(board, "actions", "--all", "--by", by).stdout.splitlines()
    assert [line.split("\t")[-1] for line in lines] == groups


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("due", "1 2 3"), ("owner", "1 3 2"), ("status", "3 1 2"), ("carried", "1 3 2"), ("age", "1 3 2")],
)
def test_orders(board: Path, sort: str, expected: str) -> None:
    assert [ref.rpartition(".")[2] for ref in refs(board, "--all", "--sort", sort)] == expected.split()


def test_as_at_takes_the_notes_up_to_then(board: Path) -> None:
    assert refs(board, "--as-at", "2019-10-15") == ["2019-09-09.1", "2019-09-09.2", "2019-09-09.3"]
    assert objects(board, "actions", "--as-at", "2019-10-15")["today"] == "2019-10-15"


def test_an_action_in_json(board: Path) -> None:
    answer = objects(board, "actions", "--all")
    assert (answer["version"], answer["today"]) == (1, "2020-01-01")
    paper = answer["actions"][0]
    assert paper["due"]["date"] == "2019-10-01"
    assert paper["raised"]["item"] == "1. Papers"
    assert (paper["raised"]["path"], paper["raised"]["line"]) == ("notes/2019-09-09.md", 7)
    assert paper["carried"] == {"reported": 1, "rolled": 1, "silent": 0}
    assert paper["history"][0]["reason"] == "still in draft"
    assert [mention["kind"] for mention in paper["mentions"]] == ["raised", "reported"]
    assert paper["last_reported"] == {"meeting": "2019-11-19", "date": "2019-11-19"}


def test_a_table_keeps_every_word_in_80_columns(board: Path) -> None:
    result = rrb(board, "actions", "--format", "table")
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "write the paper by 1 October 2019" in result.stdout
    assert all(word in result.stdout for word in ("overdue", "rolled over", "still in draft"))
    assert "\x1b" not in result.stdout
    assert "\x1b[1;31m" in rrb(board, "actions", "--format", "table", "--color", "always").stdout


@pytest.mark.parametrize(
    ("name", "start"),
    [("out.csv", "ref,status,due"), ("out.json", '{"version": 1'), ("out.md", "| Ref |"), ("out", "2019")],
)
def test_a_file_gets_the_format_of_its_name(board: Path, name: str, start: str) -> None:
    result = rrb(board, "actions", "--output", name)
    assert (result.exit_code, result.stdout) == (0, "")
    assert (board / name).read_text(encoding="utf-8").startswith(start)


def test_a_file_that_cannot_be_written_is_exit_3(board: Path) -> None:
    result = rrb(board, "actions", "--output", "none/out.csv")
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("actions", "1 Oct 2019"),
        ("show 2019-09-09.1", "19 Nov 2019"),
        ("parse notes/2019-11-19.md", "19 Nov 2019"),
        ("diff 2019-09-09 2020-01-07", "since 9 Sep 2019"),
    ],
)
@pytest.mark.parametrize("format", ["table", "markdown"])
def test_a_board_may_want_british_days_in_tables_for_people(
    board: Path, format: str, command: str, shown: str
) -> None:
    (board / "rrb.toml").write_text('[show]\ndates = "british"\n', encoding="utf-8")
    (board / "notes/2020-01-07.md").write_text("# Test Board\n7 January 2020\n", encoding="utf-8")
    printed = rrb(board, *command.split(), "--today", "2020-02-01", "--format", format).stdout
    assert shown in printed and "2019-10-01" not in printed


@pytest.mark.parametrize("format", ["tsv", "csv", "json", "ndjson"])
def test_data_has_iso_days_whatever_tables_have(board: Path, format: str) -> None:
    (board / "rrb.toml").write_text('[show]\ndates = "british"\n', encoding="utf-8")
    printed = rrb(board, "actions", "--format", format).stdout
    assert "2019-10-01" in printed and "1 Oct 2019" not in printed


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_a_terminal_gets_a_table_with_the_counts_below(board: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "rrbnotes", "-C", str(board), *TODAY, "actions"]
    plain = {**os.environ, "NO_COLOR": "1", "COLUMNS": "80"}
    run = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, env=plain, check=True)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert shown.startswith("Ref / owners")
    assert "2 outstanding of 3 actions" in shown.split("\r\n")[-3]
    assert run.stderr == b""


# The other commands


@pytest.mark.parametrize("ref", ["2019-09-09.1", "09.1", ".1"])
def test_the_life_of_an_action(board: Path, ref: str) -> None:
    lines = [" ".join(line.split()) for line in rrb(board, "show", ref).stdout.splitlines()]
    assert "Owners AO" in lines
    assert "Carried 1 meeting: 1 reported (1 rolled over), 0 silent" in lines
    assert "2019-09-09 raised notes/2019-09-09.md:7" in lines
    assert "2019-11-19 rolled over notes/2019-11-19.md:9" in lines


def test_a_life_names_the_meetings_that_said_nothing(board: Path) -> None:
    assert "2019-11-19  not mentioned" in rrb(board, "show", "2019-09-09.3").stdout


def test_a_shown_action_is_the_same_object(board: Path) -> None:
    assert objects(board, "show", ".1")["actions"] == objects(board, "actions", "--overdue")["actions"]


def test_the_meetings(board: Path) -> None:
    result = rrb(board, "meetings")
    assert result.stdout.splitlines()[0] == "2019-09-09\t2019-09-09\t\t2\t0\t3\t0\t2\tTest Board"
    assert "2 meetings: 3 actions raised, 2 outstanding" in result.stderr
    meeting = objects(board, "meetings")["meetings"][0]
    assert meeting["counts"] == {"raised": 3, "reported": 0, "recap": 0, "outstanding": 2}
    assert meeting["attended"][0] == {"name": "Alpha Org (AO)", "short": "AO"}


def test_a_meeting_to_come_is_a_draft(board: Path) -> None:
    result = CliRunner().invoke(
        app, ["-C", str(board), "meetings", "--today", "2019-10-01", "--format", "table"]
    )
    assert "draft" in result.stdout


def test_the_owners(board: Path) -> None:
    lines = rrb(board, "owners").stdout.splitlines()
    assert {line.split("\t")[0]: line.split("\t")[1] for line in lines} == {"AO": "1", "BT": "1"}
    owner = next(owner for owner in objects(board, "owners")["owners"] if owner["owner"] == "AO")
    assert owner["actions"] == ["2019-09-09.1"]


def test_parse_takes_a_meeting_by_its_key_its_end_its_date_or_the_latest(boards: Path) -> None:
    by_path = rrb(boards, "parse", "notes/east/2019-11-19.md")
    for words in (["east/2019-11-19"], ["east/2019-11-19.md"]):
        assert rrb(boards, "parse", *words).stdout == by_path.stdout
    latest = rrb(boards, "parse", "latest").stdout  # of each board
    assert latest == by_path.stdout + rrb(boards, "parse", "west/2019-11-19").stdout
    assert "stands for 2 meetings: east/2019-09-09, west/2019-09-09" in rrb(boards, "parse", "09-09").stderr
    assert "unknown meeting 'east/2019-09-08'; did you mean" in rrb(boards, "parse", "east/2019-09-08").stderr


def test_what_is_read_in_a_note(board: Path) -> None:
    result = rrb(board, "parse", "notes/2019-09-09.md")
    first = result.stdout.splitlines()[0]
    assert first == "notes/2019-09-09.md\t7\traised\t\t2019-10-01\tAO\twrite the paper by 1 October 2019"
    assert "notes/2019-09-09.md: 3 raised" in result.stderr


def test_why_it_is_read_so(board: Path) -> None:
    result = rrb(board, "parse", "notes/2019-09-09.md", "--explain")
    assert result.stdout.startswith("notes/2019-09-09.md\t7\taccepted\t")
    assert "--explain" not in result.stderr


def test_a_note_outside_any_folder_of_notes(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "note.md").write_text(SEPTEMBER)
    result = rrb(tmp_path, "parse", "note.md")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 3


@pytest.mark.parametrize(
    "command", ["actions --all", "show .1", "meetings", "owners", "parse notes/2019-11-19.md"]
)
@pytest.mark.parametrize("format", ["table", "tsv", "csv", "json", "ndjson", "markdown"])
def test_every_listing_has_every_format(board: Path, command: str, format: str) -> None:
    result = rrb(board, *command.split(), "--format", format)
    assert result.exit_code == 0, result.output
    assert result.stdout
