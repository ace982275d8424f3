"""No note makes `rrb` wait: the time that it takes grows with the length of a note, whatever the note is made of."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reliability.figures import Tried

pathological = pytest.importorskip(
    "reliability.pathological", reason="limits of processes are only known here to Unix"
)

SMALL, HALF, WHOLE = 0.0015, 0.05, 1.0
"""Shares of the size that a note may have: in each run, for measuring growth, and of the largest notes."""
FEW_SECONDS, SECONDS = 3.0, 120
MEMORY = 1024**3
MOST_GROWTH = 3.0
NOTICED = 0.4
"""Seconds from which growth can be measured; what is read at a stroke is not worth it."""
CHUNKS = 8


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_small_ones_take_no_time(chunk: int, tried: Tried) -> None:
    names = list(pathological.CASES)[chunk::CHUNKS]
    slow = {name: took for name in names if (took := pathological.seconds(name, SMALL)) > FEW_SECONDS}
    assert not slow
    tried("pathological notes", len(names))


@pytest.mark.slow
@pytest.mark.parametrize("name", list(pathological.CASES))
def test_the_largest_is_read_with_little_time_and_memory(name: str, tried: Tried) -> None:
    took(name, WHOLE, SECONDS)
    tried("pathological notes", 1)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(pathological.CASES))
def test_time_grows_with_the_length(name: str, tried: Tried) -> None:
    part, whole = took(name, HALF, SECONDS)
    grown = whole / part if whole > NOTICED else 1.0
    if grown >= MOST_GROWTH:  # the machine may have been busy: once more
        part, whole = map(min, zip((part, whole), took(name, HALF, SECONDS), strict=True))
        grown = whole / part
    assert grown < MOST_GROWTH, f"twice the note took {grown:.1f} times as long"
    tried("worst growth when a note doubles", grown)


def took(name: str, share: float, cpu: int) -> list[float]:
    """What half of a note and all of it take, or the largest alone, in a process of its own that has no more than so many seconds."""
    command = [sys.executable, "-m", "reliability.pathological", name, str(share), str(cpu), str(MEMORY)]
    run = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"{run.returncode}: {run.stderr[-2000:]}"
    found: list[float] = json.loads(run.stdout)
    return found
