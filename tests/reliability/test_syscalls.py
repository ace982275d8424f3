"""At each call by which a running `rrb` touches the folder, the real process is killed or refused by the system."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from boards import NOTES, REGISTER, done, rrb, set_board
from reliability.children import ended, forks, said, start
from reliability.figures import Tried

DOOR = "2019-11-19.2"
NEWS = "| Count the seagulls | GC | Complete - 40 of them |\n"
STRAY = "\x0b"
MINUTES = "<h1>Harbour Board</h1><p>{} 2020</p><p><b>Action:</b> AO to tar the boat</p>"
FILES = {f"{month}.html": MINUTES.format(f"4 {month}") for month in ("March", "April", "May")}


@dataclass(frozen=True, slots=True)
class Write:
    """A command that writes."""

    arguments: tuple[str, ...]
    news: str = ""
    """What the latest note has got since the last sync."""
    stray: str = ""
    """What each note has that does not belong there."""
    files: Mapping[str, str] = field(default_factory=dict)
    code: int = 0


WRITES = {
    "sync": Write(("sync",), NEWS),
    "update": Write(("update", DOOR, "complete")),
    "add": Write(("add", "AO to sweep the quay")),
    "undo": Write(("undo",)),
    "new": Write(("new", "2020-03-01"), NEWS),
    "summary": Write(("summary", "--write"), NEWS),
    "check": Write(("check", "--fix"), stray=STRAY, code=1),
    "import": Write(("import", *FILES), files=FILES),
}
"""`new` and `summary` write a note with the register, `check` three notes, `import` three new ones."""
FAULTS = ("signal=SIGKILL", "error=EIO", "error=ENOSPC")
FEWEST = 20
"""So many calls change something even where one file is written."""


def prepared(root: Path, write: Write) -> None:
    """A board on which the command is about to run; something can be undone there."""
    set_board(root)
    done(root, "update", "2019-09-09.4", "complete")
    for key in NOTES:
        path = root / "notes" / f"{key}.md"
        path.write_text(path.read_text().replace("## ", f"## {write.stray}", 1))
    with (root / "notes" / "2020-01-20.md").open("a") as latest:
        latest.write(write.news)
    for name, text in write.files.items():
        (root / name).write_text(text)


Files = dict[str, bytes]


def files(root: Path) -> Files:
    """Notes and register; nothing else may be left beside them once a command has worked."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.glob("notes/*"))}


# The system's calls


@dataclass(frozen=True, slots=True)
class Call:
    """A call that touches the folder."""

    name: str
    at: int
    """It is the how manieth of this name."""
    line: str

    @property
    def changes(self) -> bool:
        """Whether the disk, or who holds the lock, may be different after it; between two of these all kills are the same."""
        return not _READS.match(self.name) and (not self.name.startswith("open") or "O_CREAT" in self.line)


_READS = re.compile(r"(new)?l?f?stat(at|x)?|p?read|access|faccess|lseek|getdents|ioctl|readlink|fcntl")


def traced(root: Path, write: Write, *options: str) -> int:
    """Run the command as a process, watched by `strace` from the moment on that it begins; returns its exit code."""
    pid = start(root, *write.arguments, waits=True)
    try:
        os.waitpid(pid, os.WUNTRACED)
        with subprocess.Popen(["strace", *options, "-p", str(pid)], stderr=subprocess.PIPE) as strace:
            told = strace.stderr.readline() if strace.stderr else b""
            if b"attached" not in told:
                pytest.skip(f"strace may not look at processes: {told!r}")
            os.kill(pid, signal.SIGCONT)
    except BaseException:
        os.kill(pid, signal.SIGKILL)
        ended(pid)
        raise
    return ended(pid)


@cache
def can_trace() -> bool:
    return shutil.which("strace") is not None


needs_strace = pytest.mark.skipif(not can_trace(), reason="needs strace")
pytestmark = [forks, needs_strace]


def calls(root: Path, write: Write) -> Iterator[Call]:
    """The calls of the command that touch the folder."""
    trace = root.with_suffix(".trace")
    assert traced(root, write, "-y", "-o", str(trace)) == write.code, said(root)
    counts: dict[str, int] = {}
    inside = re.compile(re.escape(str(root)) + r"""[/">]""")
    for line in trace.read_text(errors="replace").splitlines():
        if name := re.match(r"([a-z]\w+)\(", line):
            counts[name[1]] = counts.get(name[1], 0) + 1
            if inside.search(line):
                yield Call(name[1], counts[name[1]], line)


# What may be found afterwards


@dataclass(frozen=True, slots=True)
class Trial:
    """A command on a board that was struck once."""

    folder: Path
    write: Write
    before: Files
    after: Files

    def strike(self, call: Call, fault: str) -> None:
        """Run it with a fault at a call, look at what is there, and go on."""
        root = self.folder / f"{call.name}-{call.at}"
        shutil.copytree(self.folder / "start", root, symlinks=True)
        inject = ("-e", f"trace={call.name}", "-e", f"inject={call.name}:{fault}:when={call.at}")
        code = traced(root, self.write, "-o", "/dev/null", *inject)
        where = f"{fault} at {call.line}\n{code}: {said(root)}"
        found = {name: data for name, data in files(root).items() if not name.endswith("rrb-tmp")}
        for name in {*found, *self.before}:
            assert found.get(name) in (self.before.get(name), self.after.get(name)), f"{name}: {where}"
        assert "Traceback" not in said(root), where
        if fault.startswith("signal"):
            assert code in (-signal.SIGKILL, self.write.code), where
        else:
            self.check_refusal(root, code, found, where)
        self.check_next(root, found, where)
        shutil.rmtree(root)

    def check_refusal(self, root: Path, code: int, found: Files, where: str) -> None:
        """All is new and well, or all is old and it is said why."""
        assert code in (self.write.code, 2, 3), where
        if code == self.write.code and found != self.before:
            assert found == self.after, where
        else:
            assert found == self.before or " has its new text" in said(root), where
        assert list(root.glob("notes/*rrb-tmp")) == [], where

    def check_next(self, root: Path, found: Files, where: str) -> None:
        """The command does now what it did not, in full; where it did, another one works. Nothing is left over."""
        if found == self.after:
            done(root, "update", "2019-09-09.1", "complete")
            assert files(root).keys() == self.after.keys(), where
            return
        answer = rrb(root, *self.write.arguments)
        assert answer.code == self.write.code, f"{where}\n{answer}"
        assert files(root) == self.after, where


def trial(folder: Path, name: str) -> tuple[Trial, list[Call]]:
    """A command as it runs without a fault, and the calls by which it does."""
    write, start, whole = WRITES[name], folder / "start", folder / "whole"
    prepared(start, write)
    shutil.copytree(start, whole)
    found = list(calls(whole, write))
    one = Trial(folder, write, files(start), files(whole))
    assert one.before != one.after
    assert sum(call.changes for call in found) >= FEWEST
    return one, found


def test_a_kill_at_any_call_on_the_register_leaves_it_whole(tmp_path: Path, tried: Tried) -> None:
    one, found = trial(tmp_path, "update")
    mine = [call for call in found if call.changes and Path(REGISTER).name in call.line]
    last = [call for call in found if call.changes and "journal" in call.line]
    chosen = [call for call in [*mine, *last] if "backup" not in call.line][:10]
    assert {"openat", "write", "rename"} <= {call.name for call in chosen}
    for call in chosen:
        one.strike(call, "signal=SIGKILL")
    tried("kill points survived", len(chosen))


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", WRITES)
def test_a_real_process_may_be_struck_at_any_call(
    tmp_path: Path, name: str, fault: str, tried: Tried
) -> None:
    one, found = trial(tmp_path, name)
    chosen = [call for call in found if call.changes or not fault.startswith("signal")]
    for call in chosen:
        one.strike(call, fault)
    tried("kill points survived", len(chosen))
