"""The JSON Schema of the register takes what the program takes, and editors find it by the register's first line."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from boards import REGISTER, board_register, done, plant, rrb, set_board
from conftest import Write
from rrbnotes import guide
from rrbnotes.keeping.leading import FIRST_LINE, SCHEMA, led
from rrbnotes.keeping.links import BACK, VERBS
from rrbnotes.keeping.merging import merge_bytes
from rrbnotes.model import Action
from rrbnotes.register.nodes import RegisterError
from rrbnotes.register.pieces import LAST_LINE
from rrbnotes.register.schema import FIELDS, KEYS_WITHIN
from rrbnotes.register.text import new_text, read_text
from rrbnotes.statuses import SYNONYMS
from rrbnotes.views.schema import schema_text
from test_register import registers, spellings

ROOT = Path(__file__).parent.parent
WHOLE = json.loads(schema_text("register"))
VALIDATOR = Draft202012Validator(WHOLE, format_checker=Draft202012Validator.FORMAT_CHECKER)


Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Core(Loader):  # type: ignore[misc, valid-type]
    """Reads YAML as editors do, who go by its version 1.2: a day is a text."""


Core.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in known if tag != "tag:yaml.org,2002:timestamp"]
    for first, known in Loader.yaml_implicit_resolvers.items()
}


def as_editors_see(text: str) -> Any:
    """The value of a text; its keys are texts, as in JSON."""
    return json.loads(json.dumps(yaml.load(text, Core)))


def as_python_sees(text: str) -> Any:
    """The same where days are days, written as ISO has them."""
    return json.loads(json.dumps(yaml.load(text, Loader), default=date.isoformat))


def taken(text: str) -> bool:
    """Whether the program takes a register."""
    try:
        read_text(text, "actions.yaml")
    except RegisterError:
        return False
    return True


def written(value: object) -> str:
    """A value as a register; JSON is YAML too."""
    return f"{json.dumps(value, ensure_ascii=False)}\n{LAST_LINE}\n"


def registers_here() -> Iterator[str]:
    """Those of the two demos, of the tests' board, and of the cases that are about something else."""
    yield (ROOT / REGISTER).read_text(encoding="utf-8")
    yield (ROOT / "src/rrbnotes/demo" / REGISTER).read_text(encoding="utf-8")
    yield board_register().decode()
    for file in sorted((ROOT / "tests/cases").rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        yield from filter(taken, re.findall(r"^== \S*actions\.yaml\n(.*?)(?=^== |^\.$)", text, re.M | re.S))


def test_every_register_here_is_taken() -> None:
    texts = list(registers_here())
    assert len(texts) > 20
    for text in texts:
        assert not list(VALIDATOR.iter_errors(as_editors_see(text))), text
        assert as_python_sees(text) == as_editors_see(text)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(registers)
def test_whatever_is_written_is_taken(register: list[Action]) -> None:
    assert not list(VALIDATOR.iter_errors(as_editors_see(new_text(register))))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(spellings)
def test_however_people_spell_it_it_is_taken(text: str) -> None:
    assert not list(VALIDATOR.iter_errors(as_editors_see(text)))


RECORD = {
    "action": "survey the east mooring",
    "owners": ["Port Office"],
    "due": {"text": "by 3 March", "date": "2026-03-03", "latest": "2026-03-03", "not_before": None},
    "item": "2. Moorings",
    "raised": {"date": "2026-01-12", "meeting": "2026-01-12"},
    "number": "65.02",
    "status": "ongoing",
    "first_owners": "NPS, MPS",
    "first_due": {},
    "also": ["2026-02-01.4"],
    "links": [{"is": "follows", "to": "2025-11-01.1", "words": "survey", "meeting": "2025-11-01", "reason": "x"}],
    "not_same": ["2026-01-12.2"],
    "history": [
        {"date": "2026-02-09", "meeting": "2026-02-09", "status": "ongoing", "reason": "no diver yet"},
        {"date": "2026-02-20", "by": "update", "due": "2026-04-01", "owners": ["MPS"], "words": "survey it"},
    ],
    "mine": "a key of my own",
}  # fmt: skip
REF = "2026-01-12.1"
GOOD = {"version": 1, "actions": {REF: RECORD}}
FEW: tuple[object, ...] = (None, "words", {})
ODD = (
    *FEW, ["x"], True, 5, 65.02, "", "Done", "2026-02-30", "2026-03-04", [], [None], [["x"]], {"date": "2026-03-04"}, [{}],
    [{"by": "update"}], [{"meeting": None}], [{"is": "same"}],
)  # fmt: skip


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to all that is in a value."""
    yield path
    for key, one in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from places(one, (*path, key))


def put(value: Any, path: Sequence[Any], odd: object) -> Any:
    """The value with something odd at a place; where that is `places` itself, without what stands there."""
    if not path:
        return odd
    key, *rest = path
    copy = type(value)(value)
    if odd is places and not rest:
        del copy[key]
    else:
        copy[key] = put(copy[key], rest, odd)
    return copy


@pytest.mark.parametrize("odds", [FEW, pytest.param(ODD, marks=pytest.mark.slow)], ids=["few", "all"])
def test_it_takes_what_the_program_takes(odds: Sequence[object]) -> None:
    """Every odd value at every place, and nothing at all there."""
    assert VALIDATOR.is_valid(GOOD) and taken(written(GOOD))
    for path in places(GOOD):
        for odd in (*odds, *([places] if path else [])):
            value = put(GOOD, path, odd)
            assert VALIDATOR.is_valid(value) == taken(written(value)), (path, odd)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"action": None}, "None is not of type"),
        ({"owners": {"NPS": 1}}, "is not of type"),
        ({"status": "nearly done"}, "'nearly done' is not valid"),
        ({"due": "tomorrow"}, "'tomorrow' is not valid"),
        ({"links": [{"to": "2026-01-12.2"}]}, "'is' is a required property"),
        ({"links": [{"is": "folows", "to": "2026-01-12.2"}]}, "'folows' is not one of"),
        ({"history": [{"date": "2026-02-09", "status": "open"}]}, "is not valid under any of the given schemas"),
        ({"raised": "2026-01-12"}, "is not valid under any of the given schemas"),
    ],
)  # fmt: skip
def test_what_is_damaged_is_refused(change: dict[str, object], says: str) -> None:
    (error,) = VALIDATOR.iter_errors({"version": 1, "actions": {REF: {"action": "x", **change}}})
    assert says in error.message


def test_what_is_no_register_is_refused() -> None:
    without: tuple[object, ...] = ({}, [], {"version": 1}, {"version": 2, "actions": {}})
    for value in (*without, {"version": 1, "actions": {"x": RECORD}}):
        assert not VALIDATOR.is_valid(value) and not taken(written(value))


def test_a_status_may_be_said_in_other_words_in_any_case() -> None:
    status = {"$ref": "#/$defs/status", "$defs": WHOLE["$defs"]}
    takes = Draft202012Validator(status).is_valid
    words = [word for known in SYNONYMS.values() for word in known]
    assert all(
        letter.isalpha() or letter in " -/'" for word in words for letter in word
    )  # no signs of a pattern
    assert all(
        takes(spelt) for word in words for spelt in (word, word.upper(), word.title(), word.capitalize())
    )
    assert takes("won’t do")
    assert not any(takes(word) for word in ("compelte", "on hold", "done.", "nearly done", ""))


def test_it_does_not_know_a_status_cut_short() -> None:
    value = {"version": 1, "actions": {REF: {"action": "x", "status": "compl"}}}
    assert taken(written(value)) and not VALIDATOR.is_valid(value)


def test_every_field_says_what_it_is_and_every_verb_is_known() -> None:
    defs = WHOLE["$defs"]
    assert list(defs["action"]["properties"]) == list(FIELDS)
    within = {"raised": "raised", "links": "link", "history": "progress", "due": "due_in_parts"}
    assert {name: tuple(defs[there]["properties"]) for name, there in within.items()} == {
        name: KEYS_WITHIN[name] for name in within
    }
    assert defs["verb"]["enum"] == [*VERBS, *BACK.values()]


# The first line


def first_line(folder: Path) -> str:
    return (folder / REGISTER).read_text(encoding="utf-8").split("\n")[0]


def test_it_is_written_beside_the_register_and_stays_through_all_that_writes(tmp_path: Path) -> None:
    folder = set_board(tmp_path)
    before = (folder / REGISTER).read_bytes()
    assert "editors that know YAML" in done(folder, "schema", "register", "--write").out
    assert (folder / REGISTER).read_bytes() == f"{FIRST_LINE}\n".encode() + before
    assert (folder / "notes" / SCHEMA).read_text(encoding="utf-8") == schema_text("register")
    assert "nothing to do" in done(folder, "schema", "register", "--write").err
    plant(folder, {"2020-01-27": "# Harbour Board\n27 January 2020\n\n**Action:** BT to coil the rope\n"})
    for command in (
        ("sync",),
        ("update", "2020-01-20.1", "complete"),
        ("undo",),
        ("sync", "--check"),
        ("doctor",),
    ):
        done(folder, *command)
        assert first_line(folder) == FIRST_LINE
    for answer in (
        rrb(folder, "check"),
        done(folder, "doctor"),
        done(folder, "meetings"),
        done(folder, "owners"),
    ):
        assert SCHEMA not in answer.out + answer.err
    assert "2020-01-27.1" in done(folder, "actions", "--meeting", "latest").out


def test_one_undo_takes_both_back(tmp_path: Path) -> None:
    folder = set_board(tmp_path)
    before = (folder / REGISTER).read_bytes()
    done(folder, "schema", "register", "--write")
    done(folder, "undo")
    assert (folder / REGISTER).read_bytes() == before and not (folder / "notes" / SCHEMA).exists()


def test_what_was_changed_by_hand_is_kept_as_in_a_sync(tmp_path: Path) -> None:
    folder = set_board(tmp_path)
    text = (folder / REGISTER).read_text(encoding="utf-8")
    (folder / REGISTER).write_text(text.replace("status: open", "status: complete", 1), encoding="utf-8")
    assert "changed by hand" in done(folder, "schema", "register", "--write").err
    assert "by: hand, status: complete" in (folder / REGISTER).read_text(encoding="utf-8")


def test_a_board_without_a_register_gets_one_and_one_without_actions_none(
    tmp_path: Path, write_notes: Write
) -> None:
    write_notes({"2020-01-20.md": "# Harbour Board\n20 January 2020\n"})
    answer = rrb(tmp_path, "schema", "register", "--write")
    assert answer.code == 2 and "no action" in answer.err and not (tmp_path / "notes" / SCHEMA).exists()
    plant(tmp_path)
    done(tmp_path, "schema", "register", "--write")
    assert first_line(tmp_path) == FIRST_LINE and "nothing to do" in done(tmp_path, "sync").out


def test_who_leads_editors_to_another_schema_is_asked_first(tmp_path: Path) -> None:
    own = board_register().replace(b"actions:", b"# yaml-language-server: $schema=ours.json\nactions:", 1)
    folder = set_board(tmp_path, own)
    answer = rrb(folder, "schema", "register", "--write")
    assert answer.code == 2 and f"{REGISTER}:2: leads editors to another schema" in answer.err
    assert (folder / REGISTER).read_bytes() == own and not (folder / "notes" / SCHEMA).exists()


def test_the_line_ends_as_the_others_do_and_is_written_once() -> None:
    once = led("version: 1\r\nactions:\r\n", REGISTER)
    assert once == f"{FIRST_LINE}\r\nversion: 1\r\nactions:\r\n" == led(once, REGISTER)


def test_a_merge_keeps_the_line_of_one_side_and_the_update_of_the_other() -> None:
    base = board_register()
    ours, theirs = led(base.decode(), REGISTER).encode(), base.replace(b"status: open", b"status: ongoing", 1)
    assert (
        merge_bytes(base, ours, theirs)
        == merge_bytes(base, theirs, ours)
        == led(theirs.decode(), REGISTER).encode()
    )


def test_the_manual_tells_vs_code_where_both_are() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", guide.page("register"), re.DOTALL)
    assert json.loads(block) == {"yaml.schemas": {f"notes/{SCHEMA}": REGISTER}}


def test_only_the_register_has_a_place_beside_it(tmp_path: Path) -> None:
    answer = rrb(tmp_path, "schema", "actions", "--write")
    assert answer.code == 2 and "rrb schema register --write" in answer.err
