"""Many people at one board at once: no update is lost, none waits without a word, and what an editor saves stays."""

import multiprocessing
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from boards import REGISTER, TODAY, done, environment, plant, rrb, settled, shown
from holding import held
from reliability.drives import lets_everybody_in, no_locks_here
from reliability.figures import Tried
from rrbnotes.cli import desk
from rrbnotes.store import session, trial
from rrbnotes.store.disk import DISK, Disk

WAY = "fork" if sys.platform == "linux" else "spawn"
at_hand: Any = multiprocessing.get_context(WAY)
"""Forked processes have loaded everything; where they are not to be trusted, each loads it anew."""
PATIENT = ("--lock-timeout", "120")
SHARED = "2019-09-09.1"
OWNERS, DAYS = ("AO", "BT", "GC"), tuple(f"2020-03-{day:02}" for day in range(10, 20))


def planted(folder: Path, workers: int) -> Path:
    """A board with an action for each of many people."""
    actions = "\n".join(f"**Action:** AO to paint boat number {n + 2}" for n in range(workers))
    text = f"# Harbour Board\n9 September 2019\n## 1. Boats\n**Action:** AO to paint the pier\n{actions}\n"
    plant(folder, {"2019-09-09": text})
    done(folder, "sync")
    return folder


# Many at once. These functions run in processes of their own.


def own(root: Path, worker: int, times: int) -> None:
    """Somebody who speaks of an action of his own."""
    for n in range(times):
        done(root, *PATIENT, "update", f"2019-09-09.{worker + 2}", "ongoing", "-m", f"{worker}-{n}")


def shared(root: Path, worker: int, times: int) -> None:
    """Somebody who speaks of the one action that all speak of: each time another owner and another date."""
    for n in range(times):
        fields = ("--owner", OWNERS[(worker + n) % len(OWNERS)], "--due", DAYS[(worker * 7 + n) % len(DAYS)])
        done(root, *PATIENT, "update", SHARED, "ongoing", "-m", f"{worker}-{n}", *fields)


def in_processes(work: Callable[[Path, int, int], None], root: Path, workers: int, times: int) -> None:
    """All of them begin at once, and each has to succeed."""
    processes = [at_hand.Process(target=work, args=(root, n, times)) for n in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(600)
    assert [process.exitcode for process in processes] == [0] * workers


def as_programs(root: Path, workers: int, times: int) -> None:
    """The same with the program itself, started anew for each update."""

    def begin(worker: int, n: int) -> subprocess.Popen[str]:
        words = (*PATIENT, "update", f"2019-09-09.{worker + 2}", "ongoing", "-m", f"{worker}-{n}")
        command = [sys.executable, "-m", "rrbnotes", "-C", str(root), "--today", TODAY, *words]
        return subprocess.Popen(
            command, env=environment(), stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )

    for n in range(times):
        running = [begin(worker, n) for worker in range(workers)]
        for process in running:
            assert process.wait(120) == 0, process.communicate()


def said(root: Path, ref: str) -> list[str]:
    """What was said of an action, in the order of the register."""
    return [entry["reason"] for entry in shown(root)[ref]["history"]]


def each(workers: int, times: int) -> list[str]:
    return [f"{worker}-{n}" for worker in range(workers) for n in range(times)]


def all_is_kept(root: Path, workers: int, times: int) -> None:
    """Each said what he said, in his order; and the register is in step."""
    for worker in range(workers):
        assert said(root, f"2019-09-09.{worker + 2}") == [f"{worker}-{n}" for n in range(times)]
    settled(root)


def one_wins_each_field(root: Path, workers: int, times: int) -> None:
    """All that was said is there, and at the head of the record stands what was said last, of one and the same person."""
    reasons = said(root, SHARED)
    assert sorted(reasons) == sorted(each(workers, times))
    action = shown(root)[SHARED]
    worker, n = map(int, reasons[-1].split("-"))
    assert action["owners"] == [OWNERS[(worker + n) % len(OWNERS)]]
    assert action["due"]["date"] == DAYS[(worker * 7 + n) % len(DAYS)]
    for one in range(workers):
        mine = [reason for reason in reasons if reason.startswith(f"{one}-")]
        assert mine == [f"{one}-{n}" for n in range(times)], "somebody's updates changed places"
    settled(root)


def test_no_update_of_many_people_is_lost(tmp_path: Path, tried: Tried) -> None:
    workers, times = 4, 3
    in_processes(both, planted(tmp_path, workers), workers, times)
    all_is_kept(tmp_path, workers, times)
    one_wins_each_field(tmp_path, workers, times)
    tried("concurrent updates kept", 2 * workers * times)


def both(root: Path, worker: int, times: int) -> None:
    own(root, worker, times)
    shared(root, worker, times)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [8, 16])
@pytest.mark.parametrize("work", [own, shared])
def test_no_update_of_very_many_is_lost(
    tmp_path: Path, work: Callable[[Path, int, int], None], workers: int, tried: Tried
) -> None:
    times = 50
    in_processes(work, planted(tmp_path, workers), workers, times)
    (all_is_kept if work is own else one_wins_each_field)(tmp_path, workers, times)
    tried("concurrent updates kept", workers * times)


@pytest.mark.slow
def test_no_update_of_programs_is_lost(tmp_path: Path, tried: Tried) -> None:
    workers, times = 4, 50
    as_programs(planted(tmp_path, workers), workers, times)
    all_is_kept(tmp_path, workers, times)
    tried("concurrent updates kept", workers * times)


# One who does not let go


READERS = (("actions",), ("check",), ("summary",), ("sync", "--check"), ("update", SHARED, "complete", "-n"))
WRITERS = (("sync", "--force"), ("update", SHARED, "complete"), ("undo",), ("new", "2020-02-10"))


def test_who_waits_in_vain_is_told_for_whom(tmp_path: Path) -> None:
    before = (planted(tmp_path, 2) / REGISTER).read_bytes()
    with held(tmp_path, "rrb review", WAY) as pid:
        for command in WRITERS:
            answer = rrb(tmp_path, "--lock-timeout", "0", *command)
            assert answer.code == 3 and answer.out == "", answer
            (line,) = answer.err.splitlines()
            assert f"waited 0 s for 'rrb review' (process {pid} on " in line
            assert line.endswith("wait longer (--lock-timeout 60), or end that process if it hangs")
        assert (tmp_path / REGISTER).read_bytes() == before
        for words in READERS:
            assert rrb(tmp_path, "--lock-timeout", "0", *words).code in (0, 1), words
    done(tmp_path, "--lock-timeout", "0", "update", SHARED, "complete")


# Whether a lock holds at all, as it does not on some shared drives


DRIVES = {
    "a disk of its own": (DISK, 2, 0, r": safe: 2 programs took turns 20 times, and no two wrote at once; other computers"),
    "a lock that holds nobody": (replace(DISK, lock=lets_everybody_in), 2, 1, r": error: two people can write here at once: of 20 times, [1-9]\d* met another"),
    "no locks": (replace(DISK, lock=no_locks_here), 1, 1, r": error: nobody can be kept from writing beside another: No locks available; keep the notes on"),
}  # fmt: skip


@pytest.mark.parametrize("drive", DRIVES)
def test_whether_two_can_write_at_once_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drive: str
) -> None:
    disk, hands, code, says = DRIVES[drive]
    monkeypatch.setattr(trial, "try_locks", partial(trial.try_locks, hands=hands, holds=10, disk=disk))
    answer = rrb(tmp_path, "doctor", "--check-locking", ".")
    assert answer.code == code and re.match(rf"\.{says}", answer.out), answer
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_cannot_be_tried(tmp_path: Path) -> None:
    answer = rrb(tmp_path, "doctor", "--check-locking", "nowhere")
    assert answer.code == 3 and "cannot be tried" in answer.err, answer
    assert rrb(tmp_path, "doctor", "--check-locking", ".", "--backups").code == 2


def test_spans_that_overlap_are_counted() -> None:
    assert trial.overlaps([(5, 6), (1, 2), (2, 3)]) == 0
    assert trial.overlaps([(1, 9), (2, 3), (4, 5), (9, 12), (11, 13)]) == 3
    assert trial.overlaps([]) == 0


@pytest.mark.slow
def test_the_lock_of_this_machine_holds(tmp_path: Path) -> None:
    assert trial.try_locks(tmp_path) == trial.Trial(
        trial.HANDS, trial.HANDS * trial.HOLDS, together=0, lost=0
    )


# An editor saves while a command works


def an_editor_saves_at(disk: Disk, step: str, save: Callable[[], object]) -> Disk:
    """A disk on which somebody saves a file of his own just before the first call of a kind that concerns the register."""
    real, left = getattr(disk, step), [save]

    def call(*args: Any) -> Any:
        if left and any("actions.yaml" in str(one) for one in args):
            left.pop()()
        return real(*args)

    return replace(disk, **{step: call})


def by_hand(text: str) -> str:
    """What a person does to a register in an editor."""
    return text.replace("version: 1\n", "version: 1\n# do not lose this\n").replace("paint the pier", "paint the pier red")  # fmt: skip


COMMANDS = {
    "update": ("update", SHARED, "complete"),
    "sync": ("sync",),
    "add": ("add", "AO to buy rope", "--on", "2020-01-30"),
    "link": ("link", SHARED, "follows", "2019-09-09.2"),
    "undo": ("undo",),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_what_an_editor_saves_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    register = planted(tmp_path, 2) / REGISTER
    done(tmp_path, "update", "2019-09-09.2", "ongoing")
    note = tmp_path / "notes" / "2019-09-09.md"
    note.write_text(note.read_text() + "**Action:** AO to buy a bell\n", encoding="utf-8")
    human = by_hand(register.read_text(encoding="utf-8")).encode()
    disk = an_editor_saves_at(DISK, "replace", lambda: register.write_bytes(human))
    with monkeypatch.context() as patch:
        patch.setattr(desk, "locked", partial(session.locked, disk=disk))
        answer = rrb(tmp_path, *COMMANDS[name])
    assert register.read_bytes() == human, answer
    assert answer.code == 3 and len(answer.err.splitlines()) == 1, answer
    assert "notes/actions.yaml: changed by another program since it was read; run this again" in answer.err
    again = rrb(tmp_path, *COMMANDS[name])
    assert again.code in (0, 2), again
    assert "# do not lose this" in register.read_text(encoding="utf-8")
