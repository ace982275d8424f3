"""Whether the lock keeps people apart in a folder: several processes take it again and again, and no two may have it at once."""

import multiprocessing
import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from rrbnotes.errors import RrbError, reason
from rrbnotes.store import LOCK
from rrbnotes.store.disk import DISK, Disk, telling
from rrbnotes.store.files import contents
from rrbnotes.store.lock import acquire, release

HANDS, HOLDS = 4, 100
_PATIENCE = 30.0
"""Seconds that one waits for the others."""
_MOMENT = 0.001
"""Seconds for which the lock is held: long enough to be met by another one."""
_COUNT = "count"
Span = tuple[int, int]
"""When the lock was had and when it was given back: nanoseconds of the machine's clock, which all its processes share."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of it."""

    hands: int
    """So many processes took part."""
    holds: int
    """How often one of them had the lock."""
    together: int
    """How often another one had it too."""
    lost: int
    """How many of the numbers that they counted up were lost."""
    wrong: str = ""
    """What kept one of them from taking the lock at all; empty where nothing did."""

    @property
    def is_safe(self) -> bool:
        """Whether nobody came between anybody."""
        return not (self.together or self.lost or self.wrong)


def try_locks(folder: Path, hands: int = HANDS, holds: int = HOLDS, disk: Disk = DISK) -> Trial:
    """Take turns in a folder, in a place of its own below it that is gone afterwards."""
    with telling(f"{folder}: cannot be tried"):
        place = Path(tempfile.mkdtemp(prefix=".rrb-locking-", dir=folder))
    try:
        told = _all_of(place, hands, holds, disk)
        counted = int(contents(disk, place / _COUNT) or b"0")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    wrong = next((one for one in told if isinstance(one, str)), "")
    spans = [span for one in told if not isinstance(one, str) for span in one]
    return Trial(hands, len(spans), overlaps(spans), len(spans) - counted if not wrong else 0, wrong)


def overlaps(spans: Iterable[Span]) -> int:
    """How many spans begin before one that began earlier has ended."""
    ordered = sorted(spans)
    ends = [ordered[0][1]] if ordered else []
    for _, (_, end) in pairwise(ordered):
        ends.append(max(ends[-1], end))
    return sum(begin < end for (begin, _), end in zip(ordered[1:], ends, strict=False))


def _all_of(place: Path, hands: int, holds: int, disk: Disk) -> list[Sequence[Span] | str]:
    """What each process has to tell; they begin when all are there. Processes are made anew, as every system can."""
    context = multiprocessing.get_context("spawn")
    lines: list[Any] = []  # a pipe is of another kind on Windows
    for _ in range(hands):
        ours, theirs = context.Pipe()
        context.Process(target=_take_turns, args=(place, holds, disk, theirs), daemon=True).start()
        theirs.close()
        lines.append(ours)
    try:
        for line in lines:
            line.recv()
        for line in lines:
            line.send("go")
        return [line.recv() for line in lines]
    except (EOFError, OSError):
        return ["one of the programs that were to try it ended"]
    finally:
        for line in lines:
            line.close()


def _take_turns(place: Path, holds: int, disk: Disk, line: Any) -> None:
    """One process."""
    line.send("here")
    line.recv()
    try:
        line.send([_turn(place, disk) for _ in range(holds)])
    except OSError as why:
        line.send(reason(why))
    except RrbError as why:
        line.send(str(why))


def _turn(place: Path, disk: Disk) -> Span:
    """Have the lock for a moment, and count one up."""
    held = acquire(disk, place / LOCK, _PATIENCE, "rrb doctor --check-locking")
    begun = time.monotonic_ns()
    count = int(contents(disk, place / _COUNT) or b"0") + 1
    disk.sleep(_MOMENT)
    (place / _COUNT).write_bytes(b"%d" % count)  # as plainly as whoever trusts the lock may
    ended = time.monotonic_ns()
    release(disk, held)
    return begun, ended
