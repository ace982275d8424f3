"""The JSON Schema of the settings says what the program takes."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from rrbnotes.checks.rules import RULES
from rrbnotes.cli.main import app
from rrbnotes.errors import RrbError
from rrbnotes.settings import OPTIONS, settings_of
from rrbnotes.views.schema import settings_schema

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
SCHEMA = settings_schema(rule.name for rule in RULES)
VALIDATOR = Draft202012Validator(SCHEMA)


def taken(values: dict[str, Any]) -> bool:
    """Whether the program takes the settings."""
    try:
        settings_of(values, "rrb.toml")
    except RrbError:
        return False
    return True


def test_it_is_a_schema_and_the_command_prints_it() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    answer = CliRunner().invoke(app, ["schema"])
    assert answer.exit_code == 0 and json.loads(answer.stdout) == json.loads(json.dumps(SCHEMA))


def test_every_option_is_in_it_with_its_help() -> None:
    for key, option in OPTIONS.items():
        group, _, name = key.rpartition(".")
        into = SCHEMA["properties"][group] if group else SCHEMA
        assert into["properties"][name]["description"] == option.metadata["help"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        'notes = "minutes"',
        "notes = 3",
        'note = "minutes"',
        'exclude = ["archive/*"]',
        'exclude = "archive/*"',
        "[owners]\nMPS = ['the Met']",
        "[owners]\nMPS = 'the Met'",
        "[statuses]\ncomplete = ['sorted']",
        "[statuses]\nsorted = ['complete']",
        "[reading]\nowners = 'behind'",
        "[reading]\nowners = 'last'",
        "[reading.sections]\nprevious = ['Where we left off']",
        "[reading.sections]\nfuture = ['Where we go']",
        "[check]\nignore = ['no-due']\nfail-on = 'warning'",
        "[check]\nfail-on = 'always'",
        "[check]\nignored = ['no-due']",
        "[check.paths]\n'2019-*' = ['raw-html']",
    ],
)
def test_it_takes_what_the_program_takes(text: str) -> None:
    values = tomllib.loads(text)
    assert VALIDATOR.is_valid(values) == taken(values)


def test_it_knows_the_rules() -> None:
    assert not VALIDATOR.is_valid({"check": {"ignore": ["no-ovner"]}})
    assert VALIDATOR.is_valid({"check": {"ignore": ["all"]}})


def test_the_settings_of_the_readme_are_taken() -> None:
    blocks = re.findall(r"```toml\n(notes =.*?)```", README, re.DOTALL)
    assert blocks
    for block in blocks:
        values = tomllib.loads(block)
        assert taken(values) and VALIDATOR.is_valid(values), block
