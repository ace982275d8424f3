"""The JSON Schemas of what commands print: all that is printed keeps to them, and they name all that is printed."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from boards import done, rrb
from rrbnotes import guide
from rrbnotes.cli.commands import COMMANDS, whole
from rrbnotes.cli.demo import DAY
from rrbnotes.views.schema import SCHEMAS, schema_text

ROOT = Path(__file__).parent.parent
ASKED = {
    "actions": "--all", "show": "2025-12-04.3", "meetings": "", "owners": "", "diff": "2026-01-22 2026-02-26", "stats": "",
    "parse": "notes/2026-04-09.md", "summary": "", "chase": "", "check": "--select all", "rules": "", "undo": "--list",
}  # fmt: skip
"""What each command is asked on the demo."""
WHOLE = {name: json.loads(schema_text(name)) for name in ASKED}
FORMATS = Draft202012Validator.FORMAT_CHECKER
each_command = pytest.mark.parametrize("command", ASKED)


def closed(schema: Any) -> Any:
    """The schema where an object may have no field that is not named."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    more = (
        {"additionalProperties": False} if schema.get("type") == "object" and "properties" in schema else {}
    )
    return {key: closed(one) for key, one in schema.items()} | more


def wrong(command: str, value: object) -> list[str]:
    """What in an answer its schema does not take, or does not name."""
    found = Draft202012Validator(closed(WHOLE[command]), format_checker=FORMATS).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo board, with an update and a link more."""
    folder = tmp_path_factory.mktemp("demo")
    done(folder, "init", "--demo", today=DAY)
    done(folder, "link", "2026-04-09.2", "follows", "2026-02-26.3", "-m", "the same families", today=DAY)
    done(folder, "update", "2025-09-11.3", "complete", "-m", "both rooms are let", today=DAY)
    return folder


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notes that come with the source."""
    folder = tmp_path_factory.mktemp("seeds")
    shutil.copytree(ROOT / "notes", folder / "notes")
    return folder


def asked(folder: Path, command: str, words: str, format: str = "json") -> str:
    answer = rrb(folder, command, *words.split(), "--format", format, today=DAY)
    assert answer.code == (1 if command == "check" else 0), answer
    return answer.out


@each_command
def test_the_answer_on_the_demo_is_what_its_schema_says(demo: Path, command: str) -> None:
    value = json.loads(asked(demo, command, ASKED[command]))
    assert wrong(command, value) == []
    assert [] not in value.values()  # which would show little


@pytest.mark.parametrize("command", ["actions", "meetings", "owners", "stats", "summary", "chase", "check"])
def test_the_answer_on_the_notes_of_the_source_is_what_its_schema_says(seeds: Path, command: str) -> None:
    assert wrong(command, json.loads(asked(seeds, command, ASKED[command]))) == []


def test_an_answer_without_anything_is_one(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    for command in ("actions", "meetings", "owners", "stats", "chase"):
        assert wrong(command, json.loads(done(tmp_path, command, "--format", "json", today=DAY).out)) == []


@each_command
def test_a_field_that_is_gone_is_missed(demo: Path, command: str) -> None:
    value = json.loads(asked(demo, command, ASKED[command]))
    takes = Draft202012Validator(WHOLE[command]).is_valid
    assert takes(value) and takes({**value, "more": 1})
    for without in one_less(value):
        assert not takes(without)


def one_less(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An answer without one of its fields, or without one of those of its first object."""
    for gone in value:
        yield {key: one for key, one in value.items() if key != gone}
    name, first = next((key, one[0]) for key, one in value.items() if isinstance(one, list))
    for gone in first:
        yield {**value, name: [{key: one for key, one in first.items() if key != gone}]}


def of_lines() -> dict[str, str]:
    """What the manual says that a line of ndjson is, by command."""
    rows = re.findall(r"^\| (.*) \| `(#/\$defs/\w+)` \|$", guide.page("formats"), re.MULTILINE)
    return {command: ref for commands, ref in rows for command in re.findall(r"\w+", commands)}


@pytest.mark.parametrize("command", [command for command in ASKED if command != "check"])
def test_a_line_of_ndjson_is_what_the_manual_says(demo: Path, command: str) -> None:
    schema = WHOLE[command]
    ref = {"$ref": of_lines()[command]}
    takes = Draft202012Validator({**ref, "$defs": schema["$defs"]}).is_valid
    lines = asked(demo, command, ASKED[command], "ndjson").splitlines()
    assert lines and all(takes(json.loads(line)) for line in lines) and not takes({})
    assert ref in [one.get("items") for one in schema["properties"].values()]


def test_a_check_has_no_such_lines(demo: Path) -> None:
    assert rrb(demo, "check", "--format", "ndjson").code == 2 and set(of_lines()) == set(ASKED) - {"check"}


def test_every_command_that_prints_json_has_a_schema() -> None:
    """Whatever takes `--format json` answers in an envelope."""
    formats = {
        name: str(option.help)
        for name in COMMANDS
        for option in whole(name).params
        if "--format" in option.opts
    }
    assert {name for name, help in formats.items() if "json" in help} == set(ASKED)
    assert set(ASKED) == set(SCHEMAS) - {"settings", "register"}


@each_command
def test_every_field_says_what_it_is(command: str) -> None:
    for shape in (WHOLE[command], *WHOLE[command]["$defs"].values()):
        assert shape["description"].endswith(".")
        for field, schema in shape["properties"].items():
            assert schema.get("description", "").endswith("."), field
