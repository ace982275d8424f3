"""Signals that end a run: while a command writes they are exceptions, so that what it has begun is put back."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rrbnotes.errors import Interrupted

_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _stop(number: int, frame: FrameType | None) -> None:
    raise Interrupted(exit_code=128 + number)


@contextmanager
def stoppable() -> Iterator[None]:
    """Have signals raise `Interrupted`, but those that are ignored (`nohup`); only the main thread may ask for that."""
    is_main = threading.current_thread() is threading.main_thread()
    before = {number: signal.getsignal(number) for number in _ENDING if is_main}
    heeded = {number: way for number, way in before.items() if way not in (None, signal.SIG_IGN)}
    try:
        for number in heeded:
            signal.signal(number, _stop)
        yield
    finally:
        for number, way in heeded.items():
            signal.signal(number, way)
