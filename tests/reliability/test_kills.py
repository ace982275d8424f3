"""Processes that write are killed, or asked to end, at random times: what is on disk is the old text or the new one."""

import os
import re
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from select import select

import pytest

from boards import REGISTER, TODAY, done, environment, rrb, set_board, settled, shown
from reliability.children import ended, forks, said, said_in, start
from reliability.figures import Tried
from rrbnotes.store.backups import digest
from rrbnotes.store.journal import read_journal
from rrbnotes.store.session import locked

pytestmark = forks
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SMALL, LARGE = 20_000, 900_000


# Killed


def text(number: int, size: int) -> bytes:
    """A text that shows whether it is whole."""
    line = f"text {number:09}\n".encode()
    return line * (size // len(line))


def keep_writing(root: Path, size: int, told: int) -> None:
    """Writes one text after another, and tells which ones are saved."""
    path = root / REGISTER
    for number in count(1 + int(path.read_bytes().split()[1])):
        with locked(root, durable=False) as store:
            store.read(path)
            store.commit("update", {path: text(number, size)}, now=NOW + timedelta(days=number))
        os.write(told, f"{number}\n".encode())


def keep_writing_naively(root: Path, size: int, told: int) -> None:
    """The control: what nobody should do."""
    for number in count():
        (root / REGISTER).write_bytes(text(number, size))
        os.write(told, b"0\n")


def killed(does: Callable[[int], None], after: float) -> list[str]:
    """Kill a process so many seconds after it has told something for the first time; returns what it has told."""
    reads, writes = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            does(writes)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(99)
    os.close(writes)
    with open(reads, encoding="ascii") as pipe:
        told = [pipe.readline()]
        time.sleep(after)
        os.kill(pid, signal.SIGKILL)
        told += pipe.read().splitlines(keepends=True)
    assert ended(pid) == -signal.SIGKILL
    return [line.strip() for line in told if line.endswith("\n")]


def check_whole(root: Path, size: int, told: list[str]) -> None:
    """The register is a whole text, the last that was told or the one begun after it."""
    found = (root / REGISTER).read_bytes()
    assert found in (text(int(told[-1]), size), text(int(told[-1]) + 1, size)), found[:40]


KILLS = [
    pytest.param(SMALL, 20, 0.01, id="few"),
    pytest.param(SMALL, 500, 0.01, id="small", marks=pytest.mark.slow),
    pytest.param(LARGE, 500, 0.04, id="large", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("size", "times", "longest"), KILLS)
def test_a_killed_writer_leaves_a_whole_register(
    tmp_path: Path, size: int, times: int, longest: float, tried: Tried
) -> None:
    rng = Random(size)
    (tmp_path / "notes").mkdir()
    (tmp_path / REGISTER).write_bytes(text(0, size))
    for _ in range(times):
        told = killed(lambda pipe: keep_writing(tmp_path, size, pipe), rng.uniform(0, longest))
        check_whole(tmp_path, size, told)
    with locked(tmp_path, timeout=0) as store:  # nobody has to remove a lock by hand
        store.read(tmp_path / REGISTER)
        store.commit("update", {tmp_path / REGISTER: b"last"}, now=NOW + timedelta(days=1_000_000))
    assert list(tmp_path.rglob("*rrb-tmp")) == []
    for kept in (tmp_path / ".rrb" / "backup").iterdir():
        assert digest(kept.read_bytes()).startswith(kept.name[-8:])
    assert len(read_journal(tmp_path).damaged) <= times
    tried("kills at random survived", times)


def test_a_killed_naive_writer_is_caught(tmp_path: Path) -> None:
    rng = Random(1)
    (tmp_path / "notes").mkdir()
    with pytest.raises(AssertionError):
        for _ in range(50):
            killed(lambda pipe: keep_writing_naively(tmp_path, LARGE, pipe), rng.uniform(0, 0.01))
            found = (tmp_path / REGISTER).read_bytes()
            assert len(found) == len(text(0, LARGE)) and len(set(found.split())) == 2


# Killed while others work

REFS = ("2019-09-09.1", "2019-09-09.2", "2019-11-19.p1")
"""So many speak at once."""


def keep_saying(root: Path, worker: int, told: int) -> None:
    """Speaks of an action, and tells which words are saved."""
    for n in count():
        done(root, "update", REFS[worker % len(REFS)], "ongoing", "-m", f"{worker}-{n}")
        os.write(told, f"{worker}-{n}\n".encode())


def speakers(root: Path, times: int, rng: Random) -> Iterator[str]:
    """Let some speak at once, kill one of them at a random time, and let another one begin; gives what they have told."""
    pipes: dict[int, int] = {}
    for worker in range(times + len(REFS)):
        reads, writes = os.pipe()
        pid = os.fork()
        if not pid:
            try:
                keep_saying(root, worker, writes)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(99)
        os.close(writes)
        pipes[pid] = reads
        is_begun = worker + 1 >= len(REFS)
        for one in rng.sample(
            sorted(pipes), len(pipes) if worker + 1 == times + len(REFS) else int(is_begun)
        ):
            assert select([pipes[one]], [], [], 60)[0]  # it has begun
            time.sleep(rng.uniform(0, 0.1))
            os.kill(one, signal.SIGKILL)
            assert ended(one) == -signal.SIGKILL
            with open(pipes.pop(one), encoding="ascii") as pipe:
                yield from pipe.read().split()


@pytest.mark.parametrize("times", [2, pytest.param(100, marks=pytest.mark.slow)])
def test_what_was_said_to_be_saved_survives_kills(tmp_path: Path, times: int, tried: Tried) -> None:
    set_board(tmp_path)
    told = list(speakers(tmp_path, times, Random(times)))
    assert len(told) >= times
    reasons = [entry["reason"] for action in shown(tmp_path).values() for entry in action["history"]]
    assert {reason for reason in told if reasons.count(reason) != 1} == set()
    done(tmp_path, "update", REFS[0], "complete")  # the lock is free
    settled(tmp_path)
    tried("kills at random survived", times)


# Asked to end

CODES: dict[signal.Signals, tuple[int, ...]] = {
    signal.SIGINT: (
        130,
        -signal.SIGINT,
    ),  # Python itself heeds it before it runs anything, and at its very end
    signal.SIGTERM: (143, -signal.SIGTERM),
}
"""A process that is asked to end before it has the lock, or after it has given it back, just ends."""
NOTE = "# Harbour Board\n{} {} 2018\n## 1. Boats\x0b\n**Action:** AO to tar boat {}\n**Action:** BT to sell boat {}\n"
MONTHS = "January February March April May June July August September October".split()
FIX = ("check", "--fix", "-q", "--fail-on", "never")


def many_notes(root: Path, number: int) -> Path:
    """A board with so many notes, each with two actions and a stray letter."""
    notes = root / "notes"
    notes.mkdir(parents=True)
    for n in range(number):
        month = MONTHS[n // 20]
        path = notes / f"2018-{n // 20 + 1:02}-{n % 20 + 1:02}.md"
        path.write_text(NOTE.format(n % 20 + 1, month, n, n))
    return root


def files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.glob("notes/*")}


def check_stopped(
    root: Path, code: int, number: int, before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    """All is old or all is new, and it is said which."""
    where, found = f"{code}: {said(root)}", files(root)
    if code == 0:
        assert found == after, where
        return
    assert code in CODES[signal.Signals(number)], where
    assert found in (before, after), where
    assert "Traceback" not in where
    if "interrupted; nothing was written" in where:
        assert found == before, where
    elif names := re.search("written by then: (.+)", where):
        assert found == after, where
        written = {f"notes/{name}" for name in after if after[name] != before.get(name)}
        assert set(names[1].split(", ")) == written, where


STOPS = [
    pytest.param(FIX, signal.SIGINT, 1, 3, id="check"),
    pytest.param(("sync",), signal.SIGTERM, 2, 12, id="sync"),
    *(
        pytest.param(words, number, 50, 200, id=f"{words[0]}-{number.name}", marks=pytest.mark.slow)
        for words in (FIX, ("sync",))
        for number in CODES
    ),
]


@pytest.mark.parametrize(("words", "number", "times", "notes"), STOPS)
def test_who_is_asked_to_end_leaves_all_old_or_all_new(
    tmp_path: Path, words: tuple[str, ...], number: int, times: int, notes: int, tried: Tried
) -> None:
    whole = many_notes(tmp_path / "whole", notes)
    before, began = files(whole), time.monotonic()
    assert ended(start(whole, *words)) == 0, said(whole)
    after, lasts = files(whole), time.monotonic() - began
    assert before != after
    rng, codes = Random(number), list[int]()
    for n in range(times):
        root = many_notes(tmp_path / str(n), notes)
        pid = start(root, *words)
        time.sleep(rng.uniform(0, lasts))
        os.kill(pid, number)
        codes.append(ended(pid))
        check_stopped(root, codes[-1], number, before, after)
        assert rrb(root, *words).code == 0  # the lock is free, and nothing hinders the next
        assert files(root) == after
    tried("kills at random survived", times)


@pytest.mark.slow
@pytest.mark.parametrize("number", CODES, ids=["interrupt", "terminate"])
def test_a_program_may_be_asked_to_end_while_it_loads(tmp_path: Path, number: int, tried: Tried) -> None:
    times, rng = 50, Random(number)
    whole = many_notes(tmp_path / "whole", 200)
    before, began = files(whole), time.monotonic()
    assert run(whole).wait() == 0
    after, lasts = files(whole), time.monotonic() - began
    for n in range(times):
        root = many_notes(tmp_path / str(n), 200)
        process = run(root)
        time.sleep(rng.uniform(0.2 * lasts, lasts))  # Python itself has begun by then
        process.send_signal(number)
        check_stopped(root, process.wait(), number, before, after)
        assert rrb(root, "sync").code == 0
        assert files(root) == after
    tried("kills at random survived", times)


def run(root: Path) -> subprocess.Popen[bytes]:
    """`rrb sync` as people call it."""
    command = [sys.executable, "-m", "rrbnotes", "-C", str(root), "--today", TODAY, "sync"]
    with said_in(root).open("wb") as talk:
        return subprocess.Popen(command, stdout=talk, stderr=talk, env=environment())
