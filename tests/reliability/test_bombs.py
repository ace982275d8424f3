"""What is small and unpacks to much, nests without end, or is cut off: refused at once, in words, before it costs anything.

It is read in a process of its own, so that a crash of the interpreter would be seen, and its time is the processor's.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from boards import REGISTER, board_register, environment, plant, rrb, set_board
from reliability.bombs import HEAD, MANY, MB, PAPERS, SENT, TAIL, YAML
from reliability.figures import Tried
from rrbnotes.register.nodes import RegisterError
from rrbnotes.register.schema import FIELDS
from rrbnotes.register.text import read_text
from test_writing import DAMAGES, files

SECONDS = 2.0
"""Of processor time, for each; most need a hundredth. A machine that does much else at once takes twice as long as it says."""

# The register

READ_EACH = """
import json, sys, time
from rrbnotes.register.text import read_text
from rrbnotes.errors import RrbError
from reliability.bombs import HEAD, MANY, YAML
for name, bomb in {**YAML, **(MANY if "many" in sys.argv else {})}.items():
    text, start = bomb(), time.process_time()
    try:
        read_text(text, "actions.yaml")
        said = ""
    except RrbError as why:
        said = str(why)[:500]
    print(json.dumps([name, time.process_time() - start, said]), flush=True)
"""


def read_each(script: str, *words: str) -> list[tuple[str, float, str]]:
    """Run a script that reads what is dangerous: what it says of each. It must come to its end."""
    path = {"PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-c", script, *words]
    told = subprocess.run(command, capture_output=True, text=True, env=environment() | path, timeout=300)
    assert told.returncode == 0, (told.returncode, told.stdout[-500:], told.stderr[-2000:])
    return [tuple(json.loads(line)) for line in told.stdout.splitlines()]


def test_a_bomb_is_refused_at_its_line(tried: Tried) -> None:
    found = read_each(READ_EACH)
    assert [name for name, _, _ in found] == list(YAML)
    for name, seconds, said in found:
        assert re.match(r"actions\.yaml:[1-9]\d*:[1-9]\d*: \S", said), (name, said)
        assert seconds < SECONDS, (name, seconds)
    tried("YAML bombs refused", len(found))


@pytest.mark.slow
def test_very_many_values_are_refused(tried: Tried) -> None:
    found = read_each(READ_EACH, "many")
    name, seconds, said = found[-1]
    assert name in MANY and "more than 1,500,000 values" in said and seconds < 20, (seconds, said)
    tried("YAML bombs refused", len(found))


def test_other_readers_of_yaml_would_go_off() -> None:
    """So the bombs are bombs: one of them unfolds, another one runs a command."""
    import yaml

    lists = yaml.safe_load("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n")["c"]
    assert lists == [[["x"], ["x"]], [["x"], ["x"]]] and lists[0] is lists[1]
    loaded = yaml.unsafe_load("mine: !!python/object/apply:os.getcwd []")
    assert loaded == {"mine": str(Path.cwd())}


# A register that was cut off, or came to nothing


def damaged(data: bytes, step: int) -> Iterable[bytes]:
    """A register cut off at a byte of each step, filled up with NULs behind it as some file systems leave it, or all NULs."""
    for end in range(0, len(data) - 1, step):
        yield data[:end]
        if end:
            yield data[:end] + b"\0" * (len(data) - end)
    yield b"\0" * len(data)
    yield b"\xef\xbb\xbf"
    yield b" \n" * 500


def check_damages(root: Path, step: int, tried: Tried) -> None:
    whole, count = board_register(), 0
    for data in damaged(whole, step):
        if data.rstrip() == whole.rstrip():
            continue  # only line ends are gone
        (root / REGISTER).write_bytes(data)
        before = files(root)
        for command in (("sync",), ("actions",)) if count % 10 == 0 else (("sync",),):
            answer = rrb(root, *command)
            assert (answer.code, answer.out) == (2, ""), (data[-80:], answer)
            assert re.match(r"rrb: notes/actions\.yaml:[1-9]\d*:[1-9]\d*: \S", answer.err), answer.err
            assert "rrb doctor --restore" in answer.err, (data[-80:], answer.err)
        assert files(root) == before
        count += 1
    tried("damaged registers refused", count + len(DAMAGES))


def test_a_register_that_is_cut_off_is_never_taken_for_fewer_actions(tmp_path: Path, tried: Tried) -> None:
    check_damages(set_board(tmp_path), 127, tried)


@pytest.mark.slow
def test_a_register_that_is_cut_off_at_any_byte(tmp_path: Path, tried: Tried) -> None:
    check_damages(set_board(tmp_path), 1, tried)


@pytest.mark.parametrize("data", [b"", b"\0" * 900, board_register()[:400]], ids=["empty", "NULs", "cut off"])
def test_what_was_there_before_comes_back(tmp_path: Path, data: bytes) -> None:
    plant(tmp_path)
    assert rrb(tmp_path, "sync").code == 0
    before = (tmp_path / REGISTER).read_bytes()
    (tmp_path / REGISTER).write_bytes(data)
    assert "rrb doctor --restore" in rrb(tmp_path, "sync").err
    assert rrb(tmp_path, "doctor", "--restore").code == 0
    assert (tmp_path / REGISTER).read_bytes() == before


# What other readers of YAML take for something else

TRAPS = ("no", "on", "y", "0123", "0o17", "0x1F", "1_000", "12:30:45", "1e3", ".inf", ".NaN", "2019-02-29", "2026-13-01", "2026-01-12T10:00",
         "=", "<<", "-", "?", "[]", "{}", "[[x]]", "[{a: b}]", "{a: {b: c}}", "&a x", "*a", "!!str x", "!x y", "@x", "`x`", "%x", '"x', "'x", "| x",
         "\tx", "x: y", "x #y", "'' ''")  # fmt: skip


def test_a_value_is_what_is_written_or_refused_at_its_place(tried: Tried) -> None:
    """In each field; nothing is guessed, and nothing else raised."""
    refused = 0
    for name, field in FIELDS.items():
        for trap in TRAPS:
            line = f"    {name}: {trap}\n"
            lines = line if name == "action" else f"    action: mend the mole\n{line}"
            text = "".join((HEAD.rpartition("    action")[0], lines, TAIL))
            try:
                action = read_text(text, "actions.yaml").actions[0]
            except RegisterError as why:
                refused += 1
                for line in str(why).split("\n"):
                    assert re.match(r"actions\.yaml:[1-9]\d*:[1-9]\d*: \S", line), (name, trap, line)
            else:
                is_own = trap.startswith("{") or trap == "[]"  # keys of somebody's own, or nothing
                written = str(field.of(action))
                assert is_own or trap.split(" #")[0].strip("[]\t") in written, (name, trap, written)
    assert refused > len(FIELDS) * len(TRAPS) // 3
    tried("damaged registers refused", refused)


# Settings

TOML: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "deep lists": (lambda: b"exclude = " + b"[" * 5_000 + b"]" * 5_000, "nested too deeply"),
    "deep tables": (lambda: b"x = " + b"{a=" * 5_000 + b"1" + b"}" * 5_000, "nested too deeply"),
    "a key of many parts": (lambda: b".".join([b"a"] * 20_000) + b" = 1", "nested too deeply"),
    "a quoted key of many parts": (lambda: b".".join([b'"a"'] * 20_000) + b" = 1", "nested too deeply"),
    "a table of many parts": (lambda: b"[" + b" . ".join([b"a"] * 20_000) + b"]", "nested too deeply"),
    "50 MB": (lambda: b"#\n" * 25 * MB, "more than 256 KB"),
    "a number of 5,000 digits": (lambda: b"notes = " + b"9" * 5_000, "not valid TOML"),
    "a key twice": (lambda: b"notes = 'notes'\nnotes = 'x'", "not valid TOML"),
    "bytes that are no text": (lambda: b"\nnotes = 'n\xf6tes'", "rrb.toml:2: byte 0xF6 is not UTF-8"),
    "UTF-16": (lambda: "notes = 'notes'".encode("utf-16"), "rrb.toml:1: byte 0xFF is not UTF-8"),
    "a NUL": (lambda: b"notes = 'no\0tes'", "not valid TOML"),
    "a NUL by its number": (lambda: b'notes = "no\\u0000tes"', "no name that a folder can have"),
    "a long name": (lambda: b"notes = '" + b"x" * 5_000 + b"'", "no name that a folder can have"),
    "words that are none": (
        lambda: b"[reading]\nmarkers = ['']",
        "'reading.markers' must be a list of words",
    ),
    "an owner without a name": (lambda: b"[owners]\n' ' = ['x']", "'owners' has an empty key"),
    "a table that is a number": (lambda: b"owners = 3", "'owners' must be a table"),
    "a day for a text": (lambda: b"notes = 2026-01-12", "'notes' must be a text"),
}
HARMLESS = {
    "a byte order mark": b"\xef\xbb\xbfnotes = 'notes'",
    "stars": b"exclude = ['" + b"**/" * 3_000 + b"x']",
    "stars that begin anew": b"exclude = ['" + b"*2*0*1*9*" * 200 + b"x']\n[boards]\n'" + b"*-*2" * 500 + b"x' = 'y'",
    "brackets that are no class": b"exclude = ['[z-a]*', '[!]', '[', '[[]]', '[^-]']",
    "words that are no pattern": b"[reading]\nmarkers = ['(a+)+', '*', '\\\\', 'a|b']\nsections = {actions = ['(', '[']}",
    "groups of groups": b"[members]\nAO = ['BT']\nBT = ['AO', 'GC']\nGC = ['GC']",
}  # fmt: skip


@pytest.mark.parametrize("name", TOML)
def test_settings_that_cannot_be_read_are_refused(tmp_path: Path, name: str) -> None:
    make, says = TOML[name]
    set_board(tmp_path)
    (tmp_path / "rrb.toml").write_bytes(make())
    answer = rrb(tmp_path, "actions")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1), answer
    assert answer.err.startswith("rrb: rrb.toml") and says in answer.err


@pytest.mark.parametrize("name", HARMLESS)
def test_odd_settings_cost_nothing(tmp_path: Path, name: str) -> None:
    set_board(tmp_path)
    (tmp_path / "rrb.toml").write_bytes(HARMLESS[name])
    for command, code in {"actions": 0, "chase": 0, "check": 1}.items():
        answer = rrb(tmp_path, command)
        assert answer.code == code and "2019-09-09.3" in answer.out, (command, answer)


@pytest.mark.parametrize(
    ("text", "says"),
    [("[tool.rrb]\nexclude = " + "[" * 5_000, "nested too deeply"), ("[tool]\nrrb = 3", "must be a table")],
)
def test_settings_beside_others(tmp_path: Path, text: str, says: str) -> None:
    set_board(tmp_path)
    (tmp_path / "pyproject.toml").write_text(text)
    assert says in rrb(tmp_path, "actions").err


# JSON

BASELINES = ("[" * 100_000, '{"version":' * 100_000, '{"version": ' + "9" * 5_000 + "}", "[]", "null", "", '"x"', "\ufeff[]",
             '{"version": NaN}', '{"version": 1, "findings": 3}', '{"version": 1, "findings": [{"fingerprint": []}]}')  # fmt: skip


@pytest.mark.parametrize("text", BASELINES, ids=range(len(BASELINES)))
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    set_board(tmp_path)
    (tmp_path / "known.json").write_text(text, encoding="utf-8")
    answer = rrb(tmp_path, "check", "--baseline", "known.json")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1), answer
    assert answer.err.startswith("rrb: known.json: ") and "anew" in answer.err


def test_a_journal_of_bombs_is_passed_over(tmp_path: Path) -> None:
    set_board(tmp_path)
    (tmp_path / ".rrb").mkdir()
    lines = ("[" * 100_000, '{"a":' * 50_000, "9" * 5_000, f'{{"id": "{"9" * 5_000}", "command": "x", "stamp": "2020-01-01", "files": [], "undoes": null}}')  # fmt: skip
    (tmp_path / ".rrb" / "journal.jsonl").write_text("\n".join(lines))
    assert rrb(tmp_path, "actions").code == 0
    assert "nothing to undo" in rrb(tmp_path, "undo").err
    assert rrb(tmp_path, "update", "2019-09-09.4", "complete").code == 0
    assert rrb(tmp_path, "undo").code == 0


# Files that others send

OPEN_EACH = """
import json, time, resource
from rrbnotes.errors import RrbError
from rrbnotes.importing import pdf, tables
from rrbnotes.keeping.replies import read_replies
from reliability.bombs import PAPERS, SENT
import mammoth, openpyxl, pypdf
for bombs, read in ((SENT, lambda data: read_replies(data, "reply", tables.tables)), (PAPERS, pdf.read)):
    for name, bomb in bombs.items():
        data, start = bomb(), time.process_time()
        try:
            read(data)
            said = ""
        except RrbError as why:
            said = str(why)[:500]
        print(json.dumps([name, time.process_time() - start, said]), flush=True)
"""
LONGEST = 8.0
"""Of processor time: what a library does before it can be asked to stop."""


@pytest.mark.slow
def test_what_others_send_is_refused_before_it_unpacks() -> None:
    pytest.importorskip("mammoth")
    pytest.importorskip("pypdf")
    found = read_each(OPEN_EACH)
    assert [name for name, _, _ in found] == [*SENT, *PAPERS]
    for name, seconds, said in found:
        assert "; " in said and "\n" not in said, (name, said)
        assert seconds < LONGEST, (name, seconds)


@pytest.mark.parametrize("name", ["a document of laughs", "a document that names a file", "a mail of mails", "a mail of brackets", "a page of open quotes", "a sheet of bars", "a mail of no letters"])  # fmt: skip
def test_a_reply_that_is_a_bomb_changes_nothing(tmp_path: Path, name: str) -> None:
    pytest.importorskip("mammoth")
    set_board(tmp_path)
    (tmp_path / "reply").write_bytes(SENT[name]())
    before = files(tmp_path)
    answer = rrb(tmp_path, "update", "--from", "reply")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1), answer
    assert answer.err.startswith("rrb: reply") and files(tmp_path) == before


@pytest.mark.parametrize(
    "name", ["a document of laughs", "a document that names a file", "a page of odd sections"]
)
def test_a_document_that_is_a_bomb_is_not_imported(tmp_path: Path, name: str) -> None:
    pytest.importorskip("mammoth")
    set_board(tmp_path)
    (tmp_path / ("m.docx" if "document" in name else "m.html")).write_bytes(SENT[name]())
    answer = rrb(tmp_path, "import", "m.docx" if "document" in name else "m.html", "--to", "2026-01-12")
    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1), answer
    assert "root:" not in answer.err and not (tmp_path / "notes" / "2026-01-12.md").exists()
