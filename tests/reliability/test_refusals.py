"""What the clumsiest user types: each refusal is one line that says what is wrong and what to do, and nothing is touched."""

import ast
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import rrbnotes
from boards import Answer, environment, rrb, set_board
from reliability.figures import Tried
from rrbnotes.cli.commands import COMMANDS, whole
from rrbnotes.cli.ending import EXIT_CODES

CLUMSY = """
actoins
--nonsense
-C nowhere actions
-C notes/2019-09-09.md actions
--config nowhere.toml actions
--today 2020-02-30 actions
--color red actions
actions --open --all
actions --status compelte
actions --owner Zebra
actions --board Zebra
actions --meeting 2018
actions --due-before soon
actions --stale -5
actions --min-carried 99999999999999999999
actions --min-carried ½
actions --format pdf
actions --output actions.pdf
actions --output notes/actions.csv
actions --output nowhere/actions.csv
actions --output notes
actions --sort colour
actions --by colour
show 99
show ""
show 2019-09-09
diff 2018
diff 2019-09-09 2019-09-09
diff 2020-01-20 2019-09-09
parse nowhere.md
parse notes
new tomorrow
new 2019-09-09
new ../../2020-03-01
new Zebra/2020-03-01
summary 2018
summary --format odt
summary --output summary.odt
report --output report.pdf
chase --owner Zebra
chase --addresses nowhere.csv
chase --link-base mailto:nobody
update
update 2019-09-09.4
update 2019-09-09.4 perhaps
update 2019-09-09.4 done --on 2031-01-01
update 2019-09-09.4 done --on 2001-01-01
update 2019-09-09.4 ongoing --due soon
update 2019-09-09.4 ongoing --owner ""
update --from nowhere.csv
update --from notes
add
add ""
add "AO to paint" --due soon
add "AO to paint" --on yesterday
link 2019-09-09.4
link 2019-09-09.4 is 2019-09-09.1
link 2019-09-09.4 same 2019-09-09.4
link 2019-09-09.4 same nowhere:12
unlink 2019-09-09.4 2019-09-09.1
undo 99
undo nonsense
review
sync extra
check nowhere.md
check --select no-onwer
check --ignore no-onwer
check --fail-on never-ever
check --format pdf
check --baseline nowhere.json
check --stdin-filename notes/2019-09-09.md
check --output json:
check --since nowhere
rules no-onwer
import nowhere.docx
import notes
import notes/2019-09-09.md
init --git
doctor --restore nowhere
doctor --restore --backups
doctor nonsense
"""
SENTENCES = ("RrbError", "WriteError", "RegisterError", "BadParameter")
WRITES = ("output", "write_baseline")
"""Options that name a file to be written, which may have any name."""
HINTS = frozenset(
    "hint near led wrong why cannot_be did_you_mean NOTHING_KEPT too_many refusal told todo why_none _lost".split()
)
"""What says what to do where the sentence itself does not."""


def folder_of(path: Path) -> dict[str, bytes]:
    """All that a person has there; what is kept between runs is ours."""
    return {
        str(file.relative_to(path)): file.read_bytes()
        for file in path.rglob("*")
        if file.is_file() and ".rrb" not in file.parts
    }


def says_what_to_do(answer: Answer) -> None:
    """One line or more on standard error, each ours, none twice, the whole with what to do."""
    lines = answer.err.splitlines()
    assert lines and not answer.out, answer
    assert all(line.startswith("rrb: ") for line in lines), answer
    assert len(set(lines)) == len(lines)
    assert ";" in answer.err, answer
    assert not re.search(r"internal error|Traceback|Errno|\bNone\b|<class|Usage:", answer.err), answer


@pytest.mark.parametrize("line", CLUMSY.strip().splitlines())
def test_a_clumsy_command_line_is_refused_in_a_line(line: str, tmp_path: Path, tried: Tried) -> None:
    before = folder_of(set_board(tmp_path))
    answer = rrb(tmp_path, *shlex.split(line))
    assert answer.code in (2, 3), answer
    says_what_to_do(answer)
    assert len(answer.err.splitlines()) == 1, answer
    assert folder_of(tmp_path) == before
    tried("refusals", 1)


def wrong_lines(name: str) -> Iterator[list[str]]:
    """A command with an option that it does not have, and with each of its own used wrongly."""
    yield [name, "--no-such-option"]
    for param in whole(name).params:
        if param.param_type_name == "option" and name != "lsp":
            option = max(param.opts, key=len)
            if not param.is_flag:
                yield [name, option]
            elif option != "--help":
                yield [name, f"{option}=nonsense"]


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_can_be_used_wrongly_without_a_word(name: str, tmp_path: Path, tried: Tried) -> None:
    before = folder_of(set_board(tmp_path))
    for line in wrong_lines(name):
        answer = rrb(tmp_path, *line)
        assert answer.code == 2, (line, answer)
        says_what_to_do(answer)
        tried("refusals", 1)
    assert folder_of(tmp_path) == before


def test_a_slip_in_every_value_of_every_option_breaks_nothing(tmp_path: Path, tried: Tried) -> None:
    before = folder_of(set_board(tmp_path))
    for name in set(COMMANDS) - {"lsp", "review"}:
        for param in whole(name).params:
            if param.param_type_name == "option" and not param.is_flag and param.name not in WRITES:
                answer = rrb(tmp_path, name, max(param.opts, key=len), "\x1b[31m½ '\n")
                assert answer.code in (0, 1, 2, 3) and "internal error" not in answer.err, (name, answer)
                tried("refusals", 1)
    assert folder_of(tmp_path) == before


def placeholders(message: ast.expr) -> set[str]:
    """The names in the braces of a message."""
    return {
        one.id if isinstance(one, ast.Name) else one.attr
        for one in ast.walk(message)
        if isinstance(one, ast.Name | ast.Attribute)
    }


def test_no_refusal_is_written_without_what_to_do() -> None:
    root = Path(rrbnotes.__file__).parent
    bare = []
    for file in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args):
                continue
            message, kind = node.exc.args[0], ast.unparse(node.exc.func).split(".")[-1]
            words = "".join(str(one.value) for one in ast.walk(message) if isinstance(one, ast.Constant))
            if kind in SENTENCES and ";" not in words and not placeholders(message) & HINTS:
                bare.append(f"{file.relative_to(root)}:{node.lineno}: {ast.unparse(message)}")
    assert bare == []


def test_help_and_readme_name_the_exit_codes(tmp_path: Path) -> None:
    set_board(tmp_path)
    help = " ".join(rrb(tmp_path, "--help").out.split())
    assert all(f"{code} {means}" in help for code, means in EXIT_CODES.items())


PROGRAM = (sys.executable, "-m", "rrbnotes")


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that can close a stream")
def test_a_stream_that_is_closed_is_no_reason_to_stop(tmp_path: Path) -> None:
    set_board(tmp_path)
    script = """
        "$@" actions >&- || exit 10
        "$@" actions 2>&- >/dev/null || exit 11
        "$@" update --from - <&- && exit 12
        "$@" actions --no-cache -v | head -n 1 >/dev/null || exit 13
        exec 3>&1; mkdir gone; cd gone; rmdir ../gone; "$@" actions
    """
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script, "bash", *PROGRAM],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 3, run
    assert "internal error" not in run.stderr and "Traceback" not in run.stderr
    assert "rrb: -: empty" in run.stderr and "rrb: the folder that you are in is gone" in run.stderr
