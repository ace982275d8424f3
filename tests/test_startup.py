"""What a command imports: start-up is most of the time of a small run, and of every press of Tab."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = frozenset(
    "rich yaml markdown_it rapidfuzz pydantic tomllib openpyxl icalendar sqlite3 rrbnotes.reading".split()
)
NOTE = "# Board\n9 September 2019\n## 1. Item\n**Action:** AO to write the paper\n"
PROGRAM = """
import sys
from rrbnotes.cli.main import main
sys.argv = ["rrb", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    print(end.code, *sys.modules, file=sys.stderr)
"""


def imported(*arguments: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True
    )
    code, *modules = run.stderr.splitlines()[-1].split()
    assert code == "0", run.stderr
    return set(modules)


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("actions", "--help")])
def test_help_imports_nothing_that_reads_or_draws(arguments: tuple[str, ...]) -> None:
    assert not imported(*arguments) & HEAVY


@pytest.mark.parametrize("format", ["tsv", "csv", "json", "ndjson", "markdown"])
def test_actions_off_a_terminal_draw_nothing(tmp_path: Path, format: str) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "2019-09-09.md").write_text(NOTE)
    assert not imported("actions", "-C", str(tmp_path), "--format", format) & {
        "rich",
        "yaml",
        "pydantic",
        "tomllib",
    }
