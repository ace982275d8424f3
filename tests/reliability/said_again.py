"""What `rrb` says of a folder in one process of its own: `python -m reliability.said_again DIR SEED`.

The seed decides in which order the system lists folders. Each answer is printed as JSON, with the register at last.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from boards import REGISTER, rrb

COMMANDS = (
    ("sync",),
    ("actions", "--all", "--format", "json"),
    ("actions", "--format", "ics"),
    ("check",),
    ("check", "--format", "json"),
    ("summary", "harbour/2019-11-19"),
    ("chase",),
    ("owners",),
    ("meetings", "--format", "json"),
    ("stats", "--format", "json"),
    ("report",),
    ("sync", "--check"),
)


@contextmanager
def shuffled(seed: int) -> Iterator[None]:
    """Folders are listed in another order."""
    dice, scandir, listdir = Random(seed), os.scandir, os.listdir

    class Entries:
        def __init__(self, path: Any = ".") -> None:
            with scandir(path) as entries:
                found = list(entries)
            self._entries = iter(dice.sample(found, len(found)))

        def __enter__(self) -> "Entries":
            return self

        def __exit__(self, *_: object) -> None:
            self.close()

        def __iter__(self) -> Iterator[Any]:
            return self._entries

        def __next__(self) -> Any:
            return next(self._entries)

        def close(self) -> None:
            self._entries = iter(())

    def listed(path: Any = ".") -> list[Any]:
        return dice.sample(found := listdir(path), len(found))

    os.scandir, os.listdir = Entries, listed  # type: ignore[assignment, misc, unused-ignore]
    try:
        yield
    finally:
        os.scandir, os.listdir = scandir, listdir  # type: ignore[misc, unused-ignore]


def answers(folder: Path, seed: int) -> dict[str, object]:
    """By command, code and both streams; and the register that is there in the end."""
    with shuffled(seed):
        found: dict[str, object] = {}
        for words in COMMANDS:
            answer = rrb(folder, *words)
            found[" ".join(words)] = [answer.code, answer.out, answer.err]
        return {**found, "register": (folder / REGISTER).read_text(encoding="utf-8")}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answers(Path(sys.argv[1]), int(sys.argv[2]))))
