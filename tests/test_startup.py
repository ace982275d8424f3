"""What a command imports: start-up is most of the time of a small run, and of every press of Tab."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = frozenset(
    "rich yaml markdown_it rapidfuzz pydantic tomllib openpyxl icalendar sqlite3 rrbnotes.reading".split()
)
NOTE = "# Board\n9 September 2019\n## 1. Item\n**Action:** AO to write the paper\n"
PROGRAM = """
import shlex, sys
from rrbnotes.cli.main import main
codes = set()
for line in sys.argv[1:]:
    sys.argv = ["rrb", *shlex.split(line)]
    try:
        main()
    except SystemExit as end:
        codes.add(end.code)
print(*codes, *sys.modules, file=sys.stderr)
"""


def imported(*arguments: str) -> set[str]:
    return imported_by(shlex.join(arguments))


def imported_by(*lines: str) -> set[str]:
    """What one process imports for some commands, one after another."""
    run = subprocess.run([sys.executable, "-c", PROGRAM, *lines], capture_output=True, text=True, check=True)
    code, *modules = run.stderr.splitlines()[-1].split()
    assert code == "0", run.stderr
    return set(modules)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "2019-09-09.md").write_text(NOTE)
    return tmp_path


def test_help_imports_nothing_that_reads_or_draws() -> None:
    assert not imported_by("--version", "--help", "actions --help") & HEAVY


def test_actions_off_a_terminal_draw_nothing(folder: Path) -> None:
    formats = ("tsv", "csv", "json", "ndjson", "markdown")
    lines = [shlex.join(["actions", "-C", str(folder), "--format", format]) for format in formats]
    assert not imported_by(*lines) & {"rich", "yaml", "pydantic", "tomllib"}


LIGHT = frozenset(
    "rrbnotes rrbnotes.errors rrbnotes.spelling rrbnotes.status rrbnotes.settings rrbnotes.home rrbnotes.shelf rrbnotes.memory rrbnotes.store rrbnotes.store.cache "
    "rrbnotes.render rrbnotes.render.safe rrbnotes.cli rrbnotes.cli.asking rrbnotes.cli.color rrbnotes.cli.commands "
    "rrbnotes.cli.completing rrbnotes.cli.ending rrbnotes.cli.group rrbnotes.cli.main rrbnotes.cli.options rrbnotes.cli.repeating rrbnotes.cli.run "
    "rrbnotes.cli.shells rrbnotes.cli.talk".split()
)
"""What knows only where notes are, and what was found out about them before."""
NOTED = frozenset({"rrbnotes.store.disk", "rrbnotes.store.files", "rrbnotes.store.lock"})
"""What writes down that a note, changed just before, was looked at again."""
READS_NOTES = frozenset(
    "rrbnotes.reading rrbnotes.notebook rrbnotes.keeping markdown_it rapidfuzz yaml".split()
)


def ours(modules: set[str]) -> set[str]:
    return {name for name in modules if name.partition(".")[0] == "rrbnotes"}


def test_a_repeated_command_knows_nothing_of_notes(folder: Path) -> None:
    line = ("-C", str(folder), "actions", "--open")
    assert imported(*line) & READS_NOTES
    assert ours(imported(*line)) <= LIGHT | NOTED
    assert not imported(*line) & HEAVY


def test_a_new_question_about_known_notes_reads_none_of_them(folder: Path) -> None:
    imported("-C", str(folder), "actions")
    assert not imported("-C", str(folder), "actions", "--overdue") & READS_NOTES
    imported("-C", str(folder), "show", "2019-09-09.1")
    assert not imported("-C", str(folder), "meetings") & READS_NOTES


def test_a_sync_in_step_knows_nothing_of_notes(folder: Path) -> None:
    for _ in range(2):  # the first one writes, the second finds that there is nothing to do
        imported("-C", str(folder), "sync")
    assert not imported("-C", str(folder), "sync") & READS_NOTES
