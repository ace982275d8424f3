"""The JSON Schemas: they stand in the package as the code makes them, and that of the settings takes what the program takes.

`RRB_UPDATE=1 pytest -n0 tests/test_schema.py` writes the files anew; review them as a diff.
"""

import json
import os
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from boards import done, rrb
from rrbnotes.cli.schema import NAMES
from rrbnotes.errors import RrbError
from rrbnotes.settings import OPTIONS, settings_of
from rrbnotes.views.schema import SCHEMAS, schema_text

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
MADE = Path(str(files("rrbnotes"))) / "schemas"
SCHEMA = json.loads(schema_text("settings"))
VALIDATOR = Draft202012Validator(SCHEMA)


def taken(values: dict[str, Any]) -> bool:
    """Whether the program takes the settings."""
    try:
        settings_of(values, "rrb.toml")
    except RrbError:
        return False
    return True


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_its_file_is_what_is_printed(name: str, tmp_path: Path) -> None:
    text, file = schema_text(name), MADE / f"{name}.schema.json"
    Draft202012Validator.check_schema(json.loads(text))
    if os.environ.get("RRB_UPDATE"):
        assert "PYTEST_XDIST_WORKER" not in os.environ, "RRB_UPDATE rewrites files: run with -n0"
        file.write_text(text, encoding="utf-8", newline="\n")
    assert file.read_text(encoding="utf-8") == text == done(tmp_path, "schema", name).out


def test_there_is_a_file_for_each_and_no_other() -> None:
    assert tuple(NAMES) == tuple(SCHEMAS)
    assert {path.name for path in MADE.iterdir()} == {f"{name}.schema.json" for name in SCHEMAS}


def test_without_a_name_it_is_that_of_the_settings(tmp_path: Path) -> None:
    assert done(tmp_path, "schema").out == schema_text("settings")


def test_a_name_that_is_misspelt(tmp_path: Path) -> None:
    answer = rrb(tmp_path, "schema", "regsiter")
    assert answer.code == 2 and "did you mean 'register'?" in answer.err


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
