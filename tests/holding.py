"""Another process that has the lock of a board."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rrbnotes.store.session import locked


def hold(root: Path, command: str, taken: Any, end: Any) -> None:
    """Have it until the end is said; runs in a process of its own."""
    with locked(root, command=command):
        taken.set()
        end.wait(60)


@contextmanager
def held(root: Path, command: str, way: str = "spawn") -> Iterator[int]:
    """The lock is in the hands of a process that is made in this way; yields its number."""
    context: Any = multiprocessing.get_context(way)
    taken, end = context.Event(), context.Event()
    process = context.Process(target=hold, args=(root, command, taken, end))
    process.start()
    try:
        assert taken.wait(30)
        yield process.pid or 0
    finally:
        end.set()
        process.join(30)
