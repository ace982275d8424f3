"""The commands that write the register: on files that people have edited, on damaged ones, under faults, many at once."""

import multiprocessing
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from boards import (
    JANUARY,
    QUIRKS,
    REGISTER,
    Answer,
    Hand,
    Spelled,
    board_register,
    done,
    environment,
    keep_saying,
    keep_syncing,
    known,
    owned,
    plant,
    rrb,
    set_board,
    settled,
    shown,
    tree,
)
from rrbnotes.cli import desk
from rrbnotes.store import session
from rrbnotes.store.session import Store, locked
from test_faults import Faults, Killed

# Registers that people and tools have edited

REFS = tuple(tree(board_register())["actions"])
LAMPS, SEAGULLS, DOOR = "2019-09-09.4", "2019-11-19.p1", "2019-11-19.2"
NEW = "2020-02-01.m1"
LATEST = "notes/2020-01-20.md"
NEWS = "| Count the seagulls | GC | Complete - 40 of them |\n"


@dataclass(frozen=True, slots=True)
class Case:
    """A command that writes: what it is given, and what it may touch."""

    arguments: Callable[[str, str], Sequence[str]]
    """From two refs."""
    touches: Callable[[str, str], Sequence[str]]
    """The records that it may change, or the one that it makes."""
    without: frozenset[str] = frozenset()
    """Quirks that it takes away."""
    news: str = ""
    """A row that the latest note has got since."""


COMMANDS = {
    "update": Case(lambda one, _: ("update", one, "closed", "-m", "no: 'never'"), lambda one, _: [one]),
    "update the facts": Case(
        lambda one, _: ("update", one, "--due", "2020-03-01", "--owner", "Zeta"),
        lambda one, _: [one],
        frozenset({"flat lists"}),
    ),
    "add": Case(lambda *_: ("add", "GC to sweep the quay by 1 March 2020"), lambda *_: [NEW]),
    "link follows": Case(lambda one, two: ("link", one, "follows", two, "-m", "so"), lambda *both: both),
    "link different": Case(lambda one, two: ("link", one, "different", two), lambda *both: both),
    "unlink": Case(
        lambda *_: ("unlink", DOOR, LAMPS),
        lambda *_: [DOOR, LAMPS],
        frozenset({"own keys in entries", "flat lists"}),
    ),
    "sync": Case(lambda *_: ("sync",), lambda *_: [SEAGULLS], news=NEWS),
}


spellings = st.frozensets(st.sampled_from(QUIRKS), max_size=10)
seeds = st.integers(0, 1000)
pairs = st.lists(st.sampled_from(REFS), min_size=2, max_size=2, unique=True)


@settings(max_examples=6, deadline=None, derandomize=True)  # of each of seven: 42 in all
@given(quirks=spellings, seed=seeds, pair=pairs)
@pytest.mark.parametrize("name", COMMANDS)
def test_only_what_is_meant_changes_in_an_edited_register(
    name: str, quirks: frozenset[str], seed: int, pair: list[str]
) -> None:
    case, (one, two) = COMMANDS[name], pair
    assume(pair != [DOOR, LAMPS])  # these are linked already
    spelled = Hand(quirks - case.without, Random(seed)).spell(tree(board_register()))
    note(spelled.data.decode())
    with TemporaryDirectory() as folder:
        root = set_board(Path(folder), spelled.data)
        settled(root)
        (root / LATEST).write_text(JANUARY + case.news)
        answer = rrb(root, *case.arguments(one, two))
        written = (root / REGISTER).read_bytes()
        note(f"{answer}\n{written.decode()}")
        assert answer.code == 0
        check_places(spelled, written, case.touches(one, two))
        check_meaning(spelled.data, written, case.touches(one, two))
        settled(root)
        done(root, "undo")
        assert (root / REGISTER).read_bytes() == spelled.data


def check_places(before: Spelled, after: bytes, touched: Sequence[str]) -> None:
    """All bytes outside the records that may be touched are as they were."""
    spans = sorted(before.blocks[ref] for ref in touched if ref in before.blocks)
    if spans:
        at, rest = 0, after
        for start, end in [*spans, (len(before.data), len(before.data))]:
            kept = before.data[at:start]
            assert rest.startswith(kept) if at == 0 else kept in rest, f"changed: {kept!r}"
            rest = rest[rest.index(kept) + len(kept) :]
            at = end
        assert after.endswith(before.data[spans[-1][1] :])
    else:
        added = len(after) - len(before.data)
        assert any(after[:at] + after[at + added :] == before.data for at in range(len(after) - added + 1))


def check_meaning(before: bytes, after: bytes, touched: Sequence[str]) -> None:
    """The other records say what they said, and nothing of a person's own has gone or moved."""
    then, now = tree(before), tree(after)
    assert known(now["version"]) == known(then["version"])
    assert set(then["actions"]) | set(touched) == set(now["actions"])
    for ref, record in now["actions"].items():
        assert (known(record) == known(then["actions"].get(ref))) is (ref not in touched), ref
    assert list(owned(now)) == list(owned(then))
    assert remarks(after) == remarks(before)


def remarks(register: bytes) -> list[str]:
    return re.findall(r"# remark \d+: [^\r\n ]+ [^\r\n]*\}", register.decode())


@settings(max_examples=5, deadline=None, derandomize=True)
@given(quirks=spellings, seed=seeds, pair=pairs)
@pytest.mark.parametrize("name", COMMANDS)
def test_undo_leaves_what_a_person_has_changed_since(
    name: str, quirks: frozenset[str], seed: int, pair: list[str]
) -> None:
    case, (one, two) = COMMANDS[name], pair
    assume(pair != [DOOR, LAMPS])
    quirks -= case.without | {"BOM", "mixed line ends"}
    spelled = Hand(quirks, Random(seed)).spell(tree(board_register()))
    other = next(ref for ref in REFS if ref not in case.touches(one, two))
    with TemporaryDirectory() as folder:
        root = set_board(Path(folder), spelled.data)
        (root / LATEST).write_text(JANUARY + case.news)
        done(root, *case.arguments(one, two))
        note((root / REGISTER).read_text())
        (root / REGISTER).write_bytes(edited((root / REGISTER).read_bytes(), spelled, other))
        done(root, "undo")
        assert (root / REGISTER).read_bytes() == edited(spelled.data, spelled, other)


def edited(register: bytes, spelled: Spelled, ref: str) -> bytes:
    """With a person's remark above a record, and a key of their own below its name."""
    start, end = spelled.blocks[ref]
    block = spelled.data[start:end]
    key = block.splitlines(keepends=True)[0]
    line_end = key[len(key.rstrip(b"\r\n")) :]
    indent = b" " * (2 * (len(key) - len(key.lstrip())))
    return register.replace(
        block, b"# by hand" + line_end + key + indent + b"own: x" + line_end + block[len(key) :]
    )


def swapped(old: str, new: str) -> Callable[[str], str]:
    """Puts other words in the place of some that the register has."""

    def swap(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return swap


MIXED = pytest.mark.xfail(
    strict=True, reason="a record that a merge brings back gets the line ends of the file"
)
LINKS = "    links:\n      - {is: followed"
HISTORY = """    history:
      - {date: 2020-01-28, by: update, status: ongoing, reason: "three shops asked"}
"""
PECULIAR = {
    "a list as far left as its key, which goes": (
        ("unlink", DOOR, LAMPS),
        LINKS,
        LINKS.replace("      -", "    -"),
    ),
    "a list as far left as its key, which is replaced": (
        ("update", DOOR, "--owner", "BT"),
        'owners: ["AO"]\n    item: "1. Boats"',
        'owners:\n    - "AO"\n    item: "1. Boats"',
    ),
    "two spaces behind a dash": (
        ("update", LAMPS, "complete"),
        "- {date: 2020-01-28",
        "-  {date: 2020-01-28",
    ),
    "a remark in brackets": (
        ("update", LAMPS, "complete"),
        HISTORY,
        HISTORY.replace("history:", "history: [").replace("- {", "{").replace("}\n", "}  # mine\n    ]\n"),
    ),
    "a key of a person's own in brackets": (
        ("update", LAMPS, "complete"),
        HISTORY,
        HISTORY.replace("history:\n      - {", "history: [{mine: x, ").replace("}\n", "}]\n"),
    ),
}


@pytest.mark.parametrize("name", PECULIAR)
def test_a_peculiar_spelling_is_no_hindrance(tmp_path: Path, name: str) -> None:
    arguments, usual, peculiar = PECULIAR[name]
    text = swapped(usual, peculiar)(board_register().decode())
    root = set_board(tmp_path, text.encode())
    settled(root)
    done(root, *arguments)
    assert (root / REGISTER).read_text().count("mine") == text.count("mine")
    settled(root)


def test_a_spelling_that_cannot_be_kept_is_refused_by_its_place(tmp_path: Path) -> None:
    text = board_register().decode()
    start, end = text.index(f"  {LAMPS}:"), text.index(f"  # end {LAMPS}")
    text = (
        text[:start]
        + f'  {LAMPS}: {{action: "compare the price of lamps", owners: ["BT"], raised: {{date: 2019-09-09}}}}\n'
        + text[end:]
    )
    root = set_board(tmp_path, text.encode())
    before = files(root)
    answer = rrb(root, "update", LAMPS, "complete")
    assert files(root) == before
    check_refusal(answer, LAMPS)
    assert "not valid YAML" not in answer.err


@pytest.mark.parametrize("quirk", ["BOM", pytest.param("mixed line ends", marks=MIXED)])
def test_undo_after_an_edit_keeps_the_bytes(tmp_path: Path, quirk: str) -> None:
    spelled = Hand(frozenset({quirk}), Random(0)).spell(tree(board_register()))
    root = set_board(tmp_path, spelled.data)
    done(root, "update", SEAGULLS, "complete")
    (root / REGISTER).write_bytes(edited((root / REGISTER).read_bytes(), spelled, LAMPS))
    done(root, "undo")
    assert (root / REGISTER).read_bytes() == edited(spelled.data, spelled, LAMPS)


# Damaged registers


DAMAGES: dict[str, tuple[Callable[[str], str], str]] = {
    "a status that other readers take for a truth value": (swapped("status: open", "status: no"), "'no'"),
    "an octal number": (swapped("date: 2019-10-01", "date: 0123"), "'0123' is no day"),
    "a time": (swapped("date: 2019-10-01", "date: 12:30"), "'12:30' is no day"),
    "a power of ten": (swapped("date: 2019-10-01", "date: 1e3"), "'1e3' is no day"),
    "a day that never was": (swapped("date: 2019-10-01", "date: 2019-02-29"), "is no day"),
    "a month that never was": (swapped("date: 2019-10-01", "date: 2019-13-01"), "is no day"),
    "a day with a time": (swapped("date: 2019-10-01", "date: 2019-10-01T12:00"), "is no day"),
    "a field twice": (swapped("status: open", "status: open\n    status: complete"), "twice"),
    "a record twice": (swapped(f"{LAMPS}:", "2019-09-09.1:"), "twice"),
    "an anchor": (swapped("status: open", "status: &a open"), "an anchor"),
    "an alias": (swapped("status: open", "status: *a"), "an alias"),
    "a merge key": (swapped("status: open", "<<: {status: open}"), "a merge key"),
    "a tag": (swapped("status: open", "status: !!str open"), "a tag"),
    "a tag that runs code": (swapped("status: open", "status: !!python/name:os.system open"), "a tag"),
    "a list for a text": (swapped("status: open", "status: [open]"), "a text is wanted"),
    "a text for a list": (swapped('history:\n      - {date: 2020-01-20, meeting: "2020-01-20"}', "history: x"), ""),
    "a key that is a list": (swapped("status: open", "[a, b]: c"), "a key must be a text"),
    "no action": (swapped('action: "buy rope"', 'acton: "buy rope"'), "has no action"),
    "a record that is empty": (swapped("# end of actions", "  2020-01-20.9:\n# end of actions"), "a mapping"),
    "a ref that is none": (swapped("2020-01-20.1:", "rope:"), "is no ref"),
    "another version": (swapped("version: 1", "version: 2"), "version 2"),
    "no version": (swapped("version: 1\n", ""), "no register"),
    "a second document": (lambda text: f"{text}---\n{text}", "a second document"),
    "an unclosed quote": (swapped('"buy rope"', '"buy rope'), "not valid YAML"),
    "an unclosed bracket": (swapped('owners: ["BT"]', 'owners: ["BT"'), "not valid YAML"),
    "a tab before a field": (swapped("    status: open", "\tstatus: open"), "not valid YAML"),
    "a colon in a plain text": (swapped('"buy rope"', "buy: rope"), "not valid YAML"),
    "a NUL": (swapped("buy rope", "buy\0rope"), "not valid YAML"),
    "a control character": (swapped("buy rope", "buy\x1b[31mrope"), "not valid YAML"),
    "a long text": (swapped("buy rope", "x" * (2 << 20)), "2,097,152 characters"),
    "a long file": (lambda text: text + f"# {'x' * (10 << 20)}\n", "10,485,760 characters"),
    "deep brackets": (swapped('owners: ["BT"]', "own: " + "[" * 100_000), "nest"),
    "deep braces": (swapped('owners: ["BT"]', "own: " + "{a: " * 100_000), "nest"),
    "deep dashes": (swapped('owners: ["BT"]', "own:\n      " + "- " * 100_000), "nest"),
    "deep blocks": (
        swapped("# end of actions", "".join(f"{' ' * n}a:\n" for n in range(1_000)) + "# end of actions"),
        "nest",
    ),
    "a bomb": (
        swapped(
            "version: 1",
            'a: &a ["lol"]\n' + "".join(f"{b}: &{b} [{', '.join(9 * [f'*{a}'])}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "version: 1",
        ),
        "an anchor",
    ),
    "a conflict": (swapped("version: 1\n", "<<<<<<< a\nversion: 1\n=======\nversion: 1\n>>>>>>> b\n"), "conflict"),
    "cut off": (lambda text: text[: text.index(LAMPS)], "cut off"),
    "empty": (lambda _: "", "empty"),
    "only a remark": (lambda _: "# actions\n", "empty"),
}  # fmt: skip
READ_OR_WRITE = (("sync",), ("update", SEAGULLS, "complete"), ("actions",))


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_register_is_refused_with_its_places(tmp_path: Path, name: str) -> None:
    damage, says = DAMAGES[name]
    root = set_board(tmp_path, damage(board_register().decode()).encode())
    before = files(root)
    for command in READ_OR_WRITE:
        answer = rrb(root, *command)
        check_refusal(answer, says)
        assert files(root) == before


def test_bytes_that_are_no_text_are_refused_with_their_place(tmp_path: Path) -> None:
    root = set_board(tmp_path, board_register().replace(b"buy rope", b"buy r\xf6pe"))
    before = files(root)
    for command in READ_OR_WRITE:
        check_refusal(rrb(root, *command), "byte 0xF6 is not UTF-8")
    assert files(root) == before


def test_all_slips_are_told_at_once(tmp_path: Path) -> None:
    text = board_register().decode()
    for old, new in (
        ("status: open", "status: opn"),
        ("date: 2019-10-01", "date: soon"),
        ('action: "Count', 'acton: "Count'),
    ):
        text = text.replace(old, new)
    root = set_board(tmp_path, text.encode())
    for command in READ_OR_WRITE:
        answer = rrb(root, *command)
        check_refusal(answer, "did you mean 'open'")
        places = [int(line.split(":")[2]) for line in answer.err.splitlines()]
        assert len(places) == text.count("opn") + 2
        assert places == sorted(places)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["deep brackets", "deep braces", "deep dashes", "a bomb", "a NUL", "a long text"]
)
def test_damage_does_not_crash_the_interpreter(tmp_path: Path, name: str) -> None:
    damage, says = DAMAGES[name]
    root = set_board(tmp_path, damage(board_register().decode()).encode())
    command = [sys.executable, "-m", "rrbnotes", "-C", str(root), "sync"]
    told = subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=60)
    check_refusal(Answer(told.returncode, told.stdout, told.stderr), says)


def check_refusal(answer: Answer, says: str) -> None:
    """Exit 2, and nothing said but what is wrong, each with its place."""
    assert (answer.code, answer.out) == (2, ""), answer
    assert says in answer.err, answer.err
    for line in answer.err.splitlines():
        assert re.match(r"rrb: notes/actions\.yaml:[1-9]\d*:[1-9]\d*: \S", line), line


def files(root: Path) -> dict[str, tuple[bytes, int]]:
    """All files but those of `.rrb`, with their times."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".rrb" not in path.parts
    }


@pytest.mark.parametrize(
    "word", ["no", "yes", "null", "~", "0123", "12:30", "1e3", "0x1F", ".inf", "2019-02-29", "=", "on"]
)
def test_a_text_is_a_text_whatever_it_looks_like(tmp_path: Path, word: str) -> None:
    ref, says_nothing = "2020-01-25.m1", word in ("null", "~")
    spelled = f'"{word}"' if says_nothing else word
    text = swapped(
        '    owners: ["AO"]\n    due: {text: "by 10',
        f'    owners: [{spelled}]\n    number: {spelled}\n    due: {{text: "by 10',
    )(board_register().decode())
    root = set_board(tmp_path, text.encode())
    done(root, "update", ref, "ongoing", "-m", word)
    action = shown(root)[ref]
    assert (action["owners"], action["number"], action["history"][0]["reason"]) == ([word], word, word)
    settled(root)


# Faults


@dataclass(frozen=True, slots=True)
class Write:
    """A command that writes, on a small register."""

    arguments: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = (("sync",),)
    """The commands before it."""
    row: str = ""
    """What the latest note has got since."""


HALL = {
    "2019-09-09": "# Board\n9 September 2019\n## 1. Papers\n**Action:** AO to book the hall\n**Action:** BT to bake\n",
    "2019-11-19": "# Board\n19 November 2019\n## Previous actions\n| Action | Owner | Status |\n| --- | --- | --- |\n",
}
HALL_NEWS = "| Book the hall | AO | Complete |\n"
WRITES = {
    "the first sync": Write(("sync",), before=()),
    "a later sync": Write(("sync",), row=HALL_NEWS),
    "update": Write(("update", ".1", "complete")),
    "add": Write(("add", "AO to sweep")),
    "link": Write(("link", ".1", "follows", ".2")),
    "unlink": Write(("unlink", ".1", ".2"), before=(("sync",), ("link", ".1", "follows", ".2"))),
    "undo": Write(("undo",), before=(("sync",), ("update", ".1", "complete"))),
}
FEWEST_STEPS = {"kill": 35, "EIO": 35, "ENOSPC": 8, "full": 8, "torn": 4, "short": 4}
"""By the kind of fault."""
STRIDES = [
    *((name, 1 if name == "update" else 9) for name in WRITES),
    *(pytest.param(name, 1, marks=pytest.mark.slow) for name in WRITES if name != "update"),
]
"""All writes go one way, so that one command is tried at every step, and the others here and there."""


def prepared(root: Path, write: Write) -> bytes | None:
    """A board on which the command is about to run; its register."""
    plant(root, HALL)
    for command in write.before:
        done(root, *command)
    with (root / "notes" / "2019-11-19.md").open("a") as latest:
        latest.write(write.row)
    return register_in(root)


def register_in(root: Path) -> bytes | None:
    path = root / REGISTER
    return path.read_bytes() if path.exists() else None


@contextmanager
def struck_by(faults: Faults) -> Iterator[None]:
    """All writes of commands in this process meet the faults."""

    def with_faults(root: Path, **options: Any) -> AbstractContextManager[Store]:
        return locked(root, **{**options, "durable": True}, disk=faults.disk)

    with mock.patch.object(desk, "locked", with_faults), mock.patch.object(session, "locked", with_faults):
        yield


@pytest.mark.slow
@pytest.mark.parametrize("kind", FEWEST_STEPS)
@pytest.mark.parametrize(("name", "stride"), STRIDES)
def test_at_any_step_the_register_is_the_old_or_the_new_one(
    tmp_path: Path, name: str, stride: int, kind: str
) -> None:
    write, start, whole = WRITES[name], tmp_path / "start", tmp_path / "whole"
    old = prepared(start, write)
    shutil.copytree(start, whole)
    done(whole, *write.arguments)
    new = register_in(whole)
    assert new != old
    for at in range(1, 200, stride):
        root = tmp_path / str(at)
        shutil.copytree(start, root)
        faults, answer = Faults(kind, at), None
        try:
            with struck_by(faults):
                answer = rrb(root, *write.arguments)
        except Killed:
            pass
        faults.end()
        check_after(faults, answer, register_in(root), old, new)
        check_next(root, write, old, new)
        if not faults.struck:
            assert answer and answer.code == 0
            assert faults.steps >= FEWEST_STEPS[kind]
            return
    raise AssertionError("never ran without a fault")


def check_after(
    faults: Faults, answer: Answer | None, found: bytes | None, old: bytes | None, new: bytes | None
) -> None:
    where = f"{faults.kind} at step {faults.at}: {answer}"
    assert found in (old, new), where
    if faults.kind in ("kill", "torn"):
        assert answer is None or found == new, where
        return
    assert answer is not None
    assert answer.code in (0, 3), where
    assert "Traceback" not in answer.err, where
    if answer.code == 0:
        assert found == new, where
    else:
        assert faults.kind != "short", where
        assert (answer.out, answer.err[:5]) == ("", "rrb: "), where
        assert ("no space left" in answer.err) == (faults.kind != "EIO"), where
        assert found == old or (faults.kind == "full" and " has its new text" in answer.err), where


def check_next(root: Path, write: Write, old: bytes | None, new: bytes | None) -> None:
    """The command works now where it did not, else another one does, and nothing is left over."""
    is_old = register_in(root) == old
    done(root, *(write.arguments if is_old else ("update", ".2", "ongoing")))
    assert (register_in(root) == new) is is_old
    assert list(root.rglob("*rrb-tmp")) == []


# Many at once

spawn = multiprocessing.get_context("spawn")


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "times"), [(4, 10), (8, 50)], ids=["few", "many"])
def test_no_word_is_lost_where_many_speak_at_once(tmp_path: Path, workers: int, times: int) -> None:
    refs = [LAMPS if n % 2 else REFS[n] for n in range(workers)]  # half of them of the same action
    root, stop = set_board(tmp_path), spawn.Event()
    sync = spawn.Process(target=keep_syncing, args=(root, stop))
    speakers = [spawn.Process(target=keep_saying, args=(root, refs[n], n, times)) for n in range(workers)]
    for process in (sync, *speakers):
        process.start()
    for process in speakers:
        process.join(300)
    stop.set()
    sync.join(60)
    assert [process.exitcode for process in (sync, *speakers)] == [0] * (workers + 1)
    said = [(p["reason"], ref) for ref, action in shown(root).items() for p in action["history"] if p["by"]]
    meant = [(f"{n}-{time}", refs[n]) for n in range(workers) for time in range(times)]
    assert sorted(said) == sorted([*meant, ("three shops asked", LAMPS)])
    settled(root)


def test_a_journal_that_cannot_be_read_stops_no_reading(tmp_path: Path) -> None:
    set_board(tmp_path)
    (tmp_path / ".rrb" / "journal.jsonl").unlink(missing_ok=True)
    (tmp_path / ".rrb" / "journal.jsonl").mkdir(parents=True)
    assert rrb(tmp_path, "actions").code == 0
