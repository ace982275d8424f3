"""The manual tells the truth: what it shows is what `rrb` says and reads, and nothing that there is goes without a word.

`RRB_UPDATE=1 pytest -n0 tests/test_guide.py` writes what is said and read into the pages; review it as a diff.
"""

import json
import os
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from conftest import Write
from guide_pages import BLOCK, FOLDER, ROOT, RRB, done_again, made_again, said, unheeded
from rrbnotes import guide
from rrbnotes.checks.rules import RULES
from rrbnotes.cli.commands import COMMANDS
from rrbnotes.cli.main import app
from rrbnotes.importing.reading import MAX_BYTES
from rrbnotes.reading import finding
from rrbnotes.reading.dialects import DIALECTS
from rrbnotes.register.nodes import MAX_CHARS
from rrbnotes.register.schema import FIELDS, KEYS_WITHIN
from rrbnotes.render.documents import PAPERS
from rrbnotes.render.formats import FORMATS
from rrbnotes.render.reports import REPORTS
from rrbnotes.render.sqlite import SCHEMA
from rrbnotes.settings import OPTIONS, settings_of
from rrbnotes.source import MAX_LINE_CHARS, MAX_NESTING, MAX_NOTE_BYTES
from rrbnotes.views import actions, meetings
from test_architecture import ROWS
from test_cases import Case, mentions_read

each_page = pytest.mark.parametrize("name", guide.PAGES)


def kept(name: str, now: str) -> None:
    """A page is what it would be now, or becomes it."""
    if os.environ.get("RRB_UPDATE"):
        assert "PYTEST_XDIST_WORKER" not in os.environ, "RRB_UPDATE rewrites files: run with -n0"
        (FOLDER / f"{name}.md").write_text(now, encoding="utf-8")
    assert guide.page(name) == now


def test_every_page_is_listed_and_there() -> None:
    assert {f"{name}.md" for name in guide.PAGES} == {path.name for path in FOLDER.glob("*.md")}


@each_page
def test_what_a_page_shows_is_what_is_said_and_read(name: str, tmp_path: Path) -> None:
    kept(name, done_again(guide.page(name), tmp_path))


@each_page
def test_every_mark_is_heeded(name: str) -> None:
    assert unheeded(guide.page(name)) == []


@each_page
def test_what_is_made_from_tables_is_what_they_say(name: str) -> None:
    kept(name, made_again(guide.page(name)))


@each_page
def test_a_page_begins_with_its_title_and_a_sentence(name: str) -> None:
    title, first = guide.heading(guide.page(name))
    assert title and first.endswith((".", "?")) and len(first) < 160


@each_page
def test_links_lead_to_pages_and_their_headings(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(BLOCK, "", guide.page(name), flags=re.DOTALL)):
        if not target.startswith("https://"):
            page, _, anchor = target.partition("#")
            assert (FOLDER / (page or f"{name}.md")).is_file(), target
            assert not anchor or anchor in set(anchors(page.removesuffix(".md") or name)), target


def anchors(name: str) -> Iterator[str]:
    """The headings of a page as code hosts call them."""
    for title in re.findall(r"^#+ (.*)$", guide.page(name), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def command_lines(text: str) -> Iterator[str]:
    """The command lines in the blocks of a page."""
    for block in re.finditer(BLOCK, text, re.DOTALL):
        if block["kind"] in ("sh", "yaml", "console", "powershell"):
            yield from re.findall(r"^ *(?:- |\$ |run: )?(rrb(?: .*)?)$", block["text"], re.MULTILINE)


@each_page
def test_every_command_line_is_one(name: str) -> None:
    for line in command_lines(guide.page(name)):
        parse(shlex.split(line, comments=True)[1:])


def parse(words: list[str]) -> None:
    """Read a command line as `rrb` does, and run nothing."""
    own = words[: next((n for n, word in enumerate(words) if word in ("|", ">", "<", "&&")), len(words))]
    top = RRB.make_context("rrb", own)
    rest = list(top.meta["rrbnotes.line"])
    if rest:  # else it is `rrb --version`
        name, command, rest = RRB.resolve_command(top, rest)  # type: ignore[attr-defined]
        command.make_context(name, rest, parent=top)


def unnamed(page: str, names: Iterable[str]) -> set[str]:
    """Which of the names a page does not print as code."""
    text = guide.page(page)
    return {name for name in names if f"`{name}`" not in text}


def keys(value: object) -> Iterator[str]:
    """The names of all fields in a JSON value."""
    if isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from keys(one)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one)


def fields_of(tmp_path: Path) -> set[str]:
    """Every field of the JSON formats, as the demo shows them with a link and an update."""
    shutil.copytree(ROOT / "notes", tmp_path / "notes")
    run = ["-C", str(tmp_path), "--today", "2020-09-01"]
    CliRunner().invoke(app, [*run, "link", "2019-09-09.3", "follows", "2019-09-09.5"])
    wanted = (["actions", "--all"], ["meetings"], ["check", "--select", "all"])
    answers = [CliRunner().invoke(app, [*run, *words, "--format", "json"]).stdout for words in wanted]
    return {key for answer in answers for key in keys(json.loads(answer))}


def test_every_field_of_json_is_told(tmp_path: Path) -> None:
    found = fields_of(tmp_path)
    assert {"links", "recurs", "short", "related", "fingerprint"} <= found
    assert unnamed("formats", found) == set()


def test_every_column_and_every_table_is_told() -> None:
    columns = {*actions.FIELDS, *actions.MORE_FIELDS, *meetings.FIELDS, *meetings.MORE_FIELDS}
    tables = set(re.findall(r"CREATE (?:TABLE|VIEW) (\w+)", SCHEMA))
    assert unnamed("formats", columns | tables) == set()


TOLD = [
    ("formats", {*FORMATS, *REPORTS, *PAPERS, "eml"}),
    ("settings", OPTIONS),
    ("register", {*FIELDS, *(key for within in KEYS_WITHIN.values() for key in within)}),
    ("architecture", {place for row in ROWS for place in row.split()}),
    ("dialects", {dialect.__name__.replace("_", "-") for dialect in DIALECTS}),
]


@pytest.mark.parametrize(("page", "names"), TOLD, ids=[page for page, _ in TOLD])
def test_nothing_goes_without_a_word(page: str, names: Iterable[str]) -> None:
    assert unnamed(page, names) == set()


def test_the_limits_are_those_of_the_program() -> None:
    """Each as its row says it."""
    rows = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", guide.page("limits"), re.MULTILINE))
    mib = 1024 * 1024
    assert rows["a note"] == f"{MAX_NOTE_BYTES // mib} MiB"
    assert rows["a line"] == f"{MAX_LINE_CHARS:,} characters"
    assert rows["lists or quotations within each other"] == str(MAX_NESTING)
    assert rows["the register"] == f"{MAX_CHARS:,} characters"
    assert rows["a file to import"] == f"{MAX_BYTES // mib} MiB"


def test_every_rule_and_every_command_has_its_heading() -> None:
    assert {rule.name for rule in RULES} <= set(anchors("rules"))
    assert {f"rrb-{name}" for name in COMMANDS} <= set(anchors("commands"))


def blocks(page: str, kind: str) -> list[str]:
    """The blocks of a kind in a page."""
    return [
        block["text"] for block in re.finditer(BLOCK, guide.page(page), re.DOTALL) if block["kind"] == kind
    ]


@pytest.mark.parametrize("example", blocks("settings", "toml"))
def test_settings_can_be_set_so(example: str) -> None:
    values = tomllib.loads(example)
    settings_of(values.get("tool", {}).get("rrb", values), "rrb.toml")


def test_the_recipes_for_git_name_hooks_and_inputs_that_there_are() -> None:
    hooks = {
        hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    }
    inputs = set(yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"])
    text = "\n".join(blocks("git", "yaml"))
    assert all(yaml.safe_load(block) for block in blocks("git", "yaml"))
    assert set(re.findall(r"- id: (\S+)", text)) == hooks
    used = re.findall(r"uses: OWNER/rrbnotes@.*\n +with:\n((?: {4,}.*\n)+)", text)
    assert (
        used and {name for one in used for name in re.findall(r"^ +([\w-]+):", one, re.MULTILINE)} <= inputs
    )


def test_the_records_of_the_register_are_in_the_demo() -> None:
    demo = (ROOT / "notes/actions.yaml").read_text(encoding="utf-8")
    found = re.findall(r"<!-- record -->\n```yaml\n(.*?)```", guide.page("register"), re.DOTALL)
    assert found and all(record in demo for record in found)


def test_the_dialect_of_the_page_works(write_notes: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page has somebody write reads the case that it has them write, as the case says."""
    (source,) = (text for text in blocks("dialects", "python"))
    made: dict[str, Any] = {"__name__": "exclaimed_line"}
    exec(source, made)
    monkeypatch.setattr(finding, "DIALECTS", (made["exclaimed_line"], *DIALECTS))
    (text,) = blocks("dialects", "text")
    title, note, read = re.split(r"^\.\n", text, flags=re.MULTILINE)[:3]
    assert [
        f"{line}\n" for line in mentions_read(Case(Path(), title, note, read), write_notes)
    ] == read.splitlines(True)


def test_help_lists_the_topics() -> None:
    shown = CliRunner().invoke(app, ["help"]).stdout
    assert all(re.search(rf"^{name} +\S", shown, re.MULTILINE) for name in guide.PAGES)


def test_help_shows_a_page_as_it_stands_where_nobody_draws_it() -> None:
    assert CliRunner().invoke(app, ["help", "formats"]).stdout == guide.page("formats")


def test_help_draws_a_page_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    drawn = said(["help", "tutorial"])
    assert max(map(len, drawn.splitlines())) <= 60 and "<!--" not in drawn.partition("…")[0]
    assert "(rrb help notes)" in drawn and "notes.md)" not in drawn and "\x1b" not in drawn
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b[1m" in said(["help", "tutorial", "--color", "always"])


def test_help_of_a_command_is_what_the_command_says_itself() -> None:
    assert (
        CliRunner().invoke(app, ["help", "sync"]).stdout == CliRunner().invoke(app, ["sync", "--help"]).stdout
    )


def test_help_knows_rules_by_their_names_and_topics_in_any_case() -> None:
    assert (
        CliRunner().invoke(app, ["help", "no-owner"]).stdout
        == CliRunner().invoke(app, ["rules", "no-owner"]).stdout
    )
    assert CliRunner().invoke(app, ["help", "Formats"]).stdout == guide.page("formats")


@pytest.mark.parametrize(
    ("typed", "meant"), [("tutorail", "tutorial"), ("formats.md", "formats"), ("synk", "sync")]
)
def test_a_topic_that_is_misspelt(typed: str, meant: str) -> None:
    result = CliRunner().invoke(app, ["help", typed])
    assert result.exit_code == 2 and f"did you mean '{meant}'?" in result.stderr
