"""The README tells the truth: what it shows is what the program prints."""

import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import guide_pages
from benchmarks import results
from reliability import figures
from rrbnotes.checks.rules import RULES
from rrbnotes.cli.commands import COMMANDS
from rrbnotes.cli.main import app
from rrbnotes.diagnostics import Severity

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OUTPUTS = re.compile(r"<!-- (output|demo): rrb (.*?) -->\n```text\n(.*?)```", re.DOTALL)
"""What the program prints, in this repository or in the demo."""
DEMO_DAY = "2026-06-01"


def shown(command: str, folder: Path) -> str:
    """What a command prints on a terminal of 80 columns, without the white space at the ends of lines."""
    environment = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "GITHUB_ACTIONS": ""}
    environment |= {} if folder == ROOT else {"RRB_TODAY": DEMO_DAY}
    words = [*command.split(), *([] if "--format" in command else ["--format", "table"])]
    result = CliRunner().invoke(app, ["-C", str(folder), *words], env=environment)
    assert result.exit_code == (1 if words[0] == "check" else 0), result.output
    return "".join(f"{line.rstrip()}\n" for line in result.stdout.splitlines())


@pytest.mark.parametrize(("where", "command", "output"), OUTPUTS.findall(README))
def test_outputs(where: str, command: str, output: str, demo: Path) -> None:
    found = shown(command, demo if where == "demo" else ROOT)
    if os.environ.get("RRB_UPDATE"):
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        old, new = (f"<!-- {where}: rrb {command} -->\n```text\n{words}```" for words in (output, found))
        (ROOT / "README.md").write_text(text.replace(old, new), encoding="utf-8")
    else:
        assert output == found


def test_there_are_outputs() -> None:
    assert {where for where, _, _ in OUTPUTS.findall(README)} == {"output", "demo"}


def _commands() -> str:
    """The table of commands, in the order of the program's help."""
    head = "| command | what it does |\n| --- | --- |\n"
    return head + "".join(f"| `rrb {name}` | {help} |\n" for name, (_, help) in COMMANDS.items())


def _rules() -> str:
    """The table of rules, the heaviest first, as the README shows it."""
    order = list(Severity)
    rules = sorted(RULES, key=lambda rule: (order.index(rule.weight(False)), rule.name))
    head = "| rule | weight | fix | what is bad |\n| --- | --- | --- | --- |\n"
    return head + "".join(
        f"| `{rule.name}` | {rule.weight(False)} | {'yes' if rule.fixes else ''} | {rule.manual.summary} |\n"
        for rule in rules
    )


def _formats() -> str:
    """The table of formats, as the manual has it."""
    page = (guide_pages.FOLDER / "formats.md").read_text(encoding="utf-8")
    found = re.search(r"^\| format \|.*\n(?:\|.*\n)+", page, re.MULTILINE)
    assert found
    return found[0]


SHOWN = [
    ("commands", _commands()),
    ("rules", _rules()),
    ("settings", guide_pages.MADE["settings"]()),
    ("formats", _formats()),
    ("performance", results.section()),
    ("promises", figures.section()),
]


@pytest.mark.parametrize(("name", "table"), SHOWN, ids=[name for name, _ in SHOWN])
def test_what_is_generated_is_what_there_is(name: str, table: str) -> None:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found
    if os.environ.get("RRB_UPDATE") and found[1] != table:
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        (ROOT / "README.md").write_text(text.replace(found[0], f"<!-- {name} -->\n{table}<!-- /{name} -->"))
    else:
        assert found[1] == table


def test_links_lead_to_files_and_headings() -> None:
    targets = set(re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", README, flags=re.DOTALL)))
    heads = {
        re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-")
        for head in re.findall(r"^#+ (.*)", README, re.M)
    }
    assert targets
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in heads, target
        elif "://" not in target:
            assert (ROOT / target).exists(), target


def test_every_promise_names_tests_and_figures() -> None:
    for promise in figures.PROMISES:
        assert promise.figures
        assert all((ROOT / "tests" / f"{name}.py").is_file() for name in promise.tests.split()), promise.says


def test_figures_are_read_as_they_were_written() -> None:
    kept = figures.kept()
    assert kept and figures.page(kept) == figures.FILE.read_text(encoding="utf-8")


def test_the_record_is_in_the_register_of_the_demo() -> None:
    shown = re.search(r"<!-- record -->\n```yaml\n(.*?)```", README, re.DOTALL)
    assert shown and shown[1] in (ROOT / "notes" / "actions.yaml").read_text(encoding="utf-8")


def test_the_register_of_the_demo_is_up_to_date() -> None:
    assert CliRunner().invoke(app, ["-C", str(ROOT), "sync", "--check"]).exit_code == 0


def test_the_test_command_is_what_ci_runs() -> None:
    command = re.search(r"<!-- test-command -->\n```sh\n(.*?)\n```", README, re.DOTALL)
    assert command and command[1].endswith("pytest")
    assert "<!-- test-command -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
