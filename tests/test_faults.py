"""Writing under faults: at every step that asks the system for something, it is killed, refused or cut short."""

import errno
import multiprocessing
import os
import time
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from holding import held, hold
from reliability.figures import Tried
from rrbnotes.errors import RrbError, WriteError
from rrbnotes.store.disk import DISK, Disk
from rrbnotes.store.files import write_all
from rrbnotes.store.journal import history, read_journal
from rrbnotes.store.session import locked
from rrbnotes.store.undo import undo

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
OLD, NEW, NEXT = b"old\n" * 50, b"new words\n" * 70, b"next\n" * 30
NOTE, REGISTER = "notes/2026-06-01.md", "notes/actions.yaml"
MOST_STEPS = 200


class Killed(BaseException):
    """The process died; nothing of ours catches it, and no call of a dead process does anything."""


class Faults:
    """A disk on which the N-th call fails, and perhaps all later ones."""

    def __init__(self, kind: str, at: int) -> None:
        self.kind, self.at = kind, at
        self.steps = 0
        self.dead = False
        self.open_files: set[int] = set()
        calls = {field.name: self._wrapped(field.name) for field in fields(Disk) if field.name != "sleep"}
        self.disk = replace(DISK, **calls, sleep=lambda _: None)

    @property
    def struck(self) -> bool:
        """Whether there were as many steps."""
        return self.steps >= self.at

    def _wrapped(self, name: str) -> Callable[..., Any]:
        real = (
            (lambda _: None) if name in ("fsync", "keep_names") else getattr(DISK, name)
        )  # a test waits for no disk

        def call(*args: Any) -> Any:
            if self.dead:
                raise Killed
            self.steps += self._concerns(name, args)
            strikes = self._concerns(name, args) and (
                self.steps == self.at or (self.kind == "full" and self.steps > self.at)
            )
            if strikes:
                args = self._strike(name, args)
            result = real(*args)
            self._track(name, args, result)
            if strikes and self.kind == "torn":
                self._die()
            return result

        return call

    def _track(self, name: str, args: tuple[Any, ...], result: Any) -> None:
        if name == "open":
            self.open_files.add(result)
        elif name == "close":
            self.open_files.discard(args[0])

    def _concerns(self, name: str, args: tuple[Any, ...]) -> bool:
        """Whether this call is a step for the kind of fault: only what grows meets a full disk."""
        if self.kind in ("short", "torn"):
            return name == "write"
        if self.kind in ("ENOSPC", "full"):
            return name in ("write", "mkdir") or (name == "open" and bool(args[1] & os.O_CREAT))
        return True

    def _strike(self, name: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """Raises, or returns what the call shall do instead."""
        if self.kind == "kill":
            self._die()
        if self.kind == "interrupt":
            raise KeyboardInterrupt
        if self.kind in ("short", "torn"):
            return args[0], args[1][: len(args[1]) // 2 or 1]
        if name == "close":
            DISK.close(args[0])
            self.open_files.discard(args[0])
        raise OSError(errno.EIO if self.kind == "EIO" else errno.ENOSPC, "injected")

    def _die(self) -> None:
        self.end()
        raise Killed

    def end(self) -> None:
        """What the kernel does at the end of a process: all files are closed, and the lock with them."""
        self.dead = True
        while self.open_files:
            os.close(self.open_files.pop())


Command = Callable[[Path, Disk], None]


def commit_one(root: Path, disk: Disk) -> None:
    with locked(root, disk=disk) as store:
        store.read(root / REGISTER)
        store.commit("rrb update", {root / REGISTER: NEW}, now=NOW)


def commit_two(root: Path, disk: Disk) -> None:
    with locked(root, disk=disk) as store:
        new: dict[Path, bytes | None] = {root / name: NEW for name in (NOTE, REGISTER)}
        for path in new:
            store.read(path)
        store.commit("rrb new", new, now=NOW)


def undo_two(root: Path, disk: Disk) -> None:
    """One file gets its former text back, the other one goes: `rrb undo` after a command that made it."""
    with locked(root, disk=disk) as store:
        undo(store, now=NOW)


def naive(root: Path, disk: Disk) -> None:
    """The control: what nobody should do."""
    fd = disk.open(root / REGISTER, os.O_WRONLY | os.O_TRUNC, 0)
    write_all(disk, fd, NEW)
    disk.close(fd)


class Case:
    """A command, the files before it and after it (`None`: no file)."""

    def __init__(
        self, command: Command, before: dict[str, bytes | None], after: dict[str, bytes | None]
    ) -> None:
        self.command, self.before, self.after = command, before, after

    def prepare(self, root: Path) -> None:
        (root / "notes").mkdir(parents=True)
        (root / REGISTER).write_bytes(OLD)
        if self.command is undo_two:
            commit_two(root, quick())

    def state(self, root: Path) -> dict[str, bytes | None]:
        return {
            name: (root / name).read_bytes() if (root / name).exists() else None for name in (NOTE, REGISTER)
        }


def quick() -> Disk:
    return replace(DISK, fsync=lambda _: None)


UNTOUCHED: dict[str, bytes | None] = {NOTE: None, REGISTER: OLD}
BOTH_NEW: dict[str, bytes | None] = {NOTE: NEW, REGISTER: NEW}
CASES = {
    "one file": Case(commit_one, UNTOUCHED, {NOTE: None, REGISTER: NEW}),
    "two files": Case(commit_two, UNTOUCHED, BOTH_NEW),
    "undo": Case(undo_two, BOTH_NEW, UNTOUCHED),
}
FEWEST_STEPS = {"kill": 40, "interrupt": 40, "EIO": 40, "ENOSPC": 9, "full": 9, "torn": 4, "short": 4}
"""By the kind of fault: should a call go past the table of `Disk`, there would be fewer."""


def check_faults(folder: Path, case: Case, kind: str) -> int:
    """Run the command with a fault at step 1, 2, … until none strikes; returns how many steps there were."""
    for at in range(1, MOST_STEPS):
        root = folder / str(at)
        case.prepare(root)
        faults, outcome = Faults(kind, at), None
        try:
            case.command(root, faults.disk)
        except (Exception, KeyboardInterrupt, Killed) as why:
            outcome = why
        check_outcome(root, case, faults, outcome)
        check_next_command(root)
        if not faults.struck:
            return faults.steps
    raise AssertionError("never ran without a fault")


def check_outcome(root: Path, case: Case, faults: Faults, outcome: BaseException | None) -> None:
    state, where = case.state(root), f"{faults.kind} at step {faults.at}: {outcome!r}"
    assert all(state[name] in (case.before[name], case.after[name]) for name in state), where
    if faults.kind not in ("kill", "torn"):
        assert list(root.rglob("*rrb-tmp")) == [], where
    if faults.kind not in ("kill", "torn", "interrupt"):
        assert faults.open_files == set(), where
    faults.end()
    if outcome is None:
        assert state == case.after, where
    elif faults.kind in ("EIO", "ENOSPC", "full"):
        assert isinstance(outcome, WriteError), where
        assert state == case.before or (faults.kind == "full" and " has its new text" in str(outcome)), where
        assert ("no space left" in str(outcome)) == (faults.kind != "EIO"), where
    elif faults.kind == "interrupt":
        # after the journal's line the command is done, and only the tidying is interrupted
        assert state == (case.after if was_journalled(root, case) else case.before), where
    else:
        assert faults.kind in ("kill", "torn"), where


def was_journalled(root: Path, case: Case) -> bool:
    return len(history(root)) > (1 if case.command is undo_two else 0)


def check_next_command(root: Path) -> None:
    """The lock is free, what was left over goes, and the next command can be undone."""
    later = NOW + timedelta(hours=1)
    with locked(root, timeout=0, disk=quick()) as store:
        before = {root / name: store.read(root / name) for name in (NOTE, REGISTER)}
        store.commit("rrb update", dict.fromkeys(before, NEXT), now=later)
        assert all(path.read_bytes() == NEXT for path in before)
        undo(store, now=later)
        assert {path: store.read(path) for path in before} == before
    assert list(root.rglob("*rrb-tmp")) == []
    assert len(read_journal(root).damaged) <= 1


@pytest.mark.parametrize("kind", FEWEST_STEPS)
@pytest.mark.parametrize("name", CASES)
def test_every_step_may_fail(tmp_path: Path, name: str, kind: str, tried: Tried) -> None:
    steps = check_faults(tmp_path, CASES[name], kind)
    assert steps >= FEWEST_STEPS[kind]
    tried("kill points survived", steps)


@pytest.mark.parametrize("kind", ["kill", "torn", "EIO", "ENOSPC"])
def test_a_naive_writer_is_caught(tmp_path: Path, kind: str) -> None:
    with pytest.raises(AssertionError, match="at step"):
        check_faults(tmp_path, Case(naive, UNTOUCHED, {NOTE: None, REGISTER: NEW}), kind)


def refusing(times: int, winerror: int, pauses: list[float]) -> Disk:
    """A disk on which taking the register's name is refused so many times, as Windows does while another has it open."""
    left = [times]

    def take(source: Path, target: Path) -> None:
        if target.name == "actions.yaml" and left[0]:
            left[0] -= 1
            why = PermissionError(errno.EACCES, "Access is denied")
            why.winerror = winerror  # type: ignore[attr-defined, unused-ignore]
            raise why
        os.replace(source, target)

    return replace(quick(), replace=take, sleep=pauses.append)


@pytest.mark.parametrize("winerror", [5, 32, 33])
@pytest.mark.parametrize("times", range(9))
def test_a_file_in_use_is_tried_again(tmp_path: Path, times: int, winerror: int) -> None:
    CASES["one file"].prepare(tmp_path)
    pauses: list[float] = []
    if times <= 6:
        commit_one(tmp_path, refusing(times, winerror, pauses))
        assert len(pauses) == times
    else:
        with pytest.raises(
            WriteError,
            match=r"actions\.yaml: not written: no permission; allow it; nothing was changed",
        ):
            commit_one(tmp_path, refusing(times, winerror, pauses))
    assert (tmp_path / REGISTER).read_bytes() == (NEW if times <= 6 else OLD)
    assert sum(pauses) <= 2.5


def test_another_refusal_is_not_tried_again(tmp_path: Path) -> None:
    CASES["one file"].prepare(tmp_path)
    pauses: list[float] = []
    with pytest.raises(WriteError, match="no permission"):
        commit_one(tmp_path, refusing(1, 1224, pauses))
    assert pauses == []


def test_a_folder_that_cannot_be_flushed_is_a_warning(tmp_path: Path) -> None:
    CASES["one file"].prepare(tmp_path)

    def refuse(folder: Path) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    with locked(tmp_path, disk=replace(quick(), keep_names=refuse)) as store:
        store.read(tmp_path / REGISTER)
        saved = store.commit("rrb update", {tmp_path / REGISTER: NEW}, now=NOW)
    assert [text.partition(": ")[2] for text in saved.warnings] == [
        "saved, but a power cut may still undo it (Invalid argument)"
    ]
    assert (tmp_path / REGISTER).read_bytes() == NEW


def test_what_cannot_be_put_back_is_said(tmp_path: Path) -> None:
    CASES["two files"].prepare(tmp_path)
    taken: list[str] = []

    def take(source: Path, target: Path) -> None:
        taken.append(target.name)
        if target.name == "actions.yaml" or taken.count(target.name) > 1:
            raise OSError(errno.EIO, "Input/output error")
        os.replace(source, target)

    def gone(path: Path) -> None:
        if Path(path).name == "2026-06-01.md":
            raise OSError(errno.EROFS, "Read-only file system")
        os.unlink(path)

    expected = (
        "notes/actions.yaml: not written: the disk reports an error; run this again when that is mended; "
        "notes/2026-06-01.md has its new text, notes/actions.yaml has its former text"
    )
    with pytest.raises(WriteError) as told:
        commit_two(tmp_path, replace(quick(), replace=take, unlink=gone))
    assert str(told.value) == expected
    assert CASES["two files"].state(tmp_path) == {NOTE: NEW, REGISTER: OLD}


def test_an_edit_after_the_swap_is_not_put_back(tmp_path: Path) -> None:
    CASES["two files"].prepare(tmp_path)

    def take(source: Path, target: Path) -> None:
        if target.name == "actions.yaml":
            (tmp_path / NOTE).write_bytes(b"by hand")
            raise OSError(errno.ENOSPC, "No space left on device")
        os.replace(source, target)

    with pytest.raises(WriteError, match="nothing was changed"):
        commit_two(tmp_path, replace(quick(), replace=take))
    assert CASES["two files"].state(tmp_path) == {NOTE: b"by hand", REGISTER: OLD}


# Many at once. The functions below run in processes of their own.

spawn = multiprocessing.get_context("spawn")


def count_up(root: Path, worker: int, times: int) -> None:
    path = root / REGISTER
    for n in range(times):
        with locked(root, timeout=60, durable=False) as store:
            lines = (store.read(path) or b"") + f"{worker}.{n}\n".encode()
            store.commit(f"update {worker}.{n}", {path: lines}, now=NOW)


@pytest.mark.slow
def test_no_update_is_lost(tmp_path: Path) -> None:
    workers, times = 8, 50
    (tmp_path / "notes").mkdir()
    processes = [spawn.Process(target=count_up, args=(tmp_path, n, times)) for n in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * workers
    lines = (tmp_path / REGISTER).read_text().split()
    assert sorted(lines) == sorted(f"{worker}.{n}" for worker in range(workers) for n in range(times))
    assert len(history(tmp_path)) == workers * times


def test_a_timeout_names_the_holder(tmp_path: Path) -> None:
    with held(tmp_path, "rrb sync") as pid:
        began = time.monotonic()
        with (
            pytest.raises(
                WriteError, match=rf"waited 0\.5 s for 'rrb sync' \(process {pid} on .+\) .*--lock-timeout"
            ) as told,
            locked(tmp_path, timeout=0.5),
        ):
            pass
        assert time.monotonic() - began < 2
        assert told.value.exit_code == 3
        assert history(tmp_path) == ()  # who only reads does not wait


def test_a_killed_holder_leaves_the_lock_free(tmp_path: Path) -> None:
    taken, done = spawn.Event(), spawn.Event()
    process = spawn.Process(target=hold, args=(tmp_path, "rrb sync", taken, done))
    process.start()
    assert taken.wait(30)
    process.kill()
    process.join(30)
    with locked(tmp_path, timeout=0):
        pass


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(RrbError, match="refused"), locked(tmp_path):
        raise RrbError("refused")
    with locked(tmp_path, timeout=0):
        pass
    assert (tmp_path / ".rrb" / "lock").read_bytes() == b""
