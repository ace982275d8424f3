"""How far a long piece of work has come: a bar on standard error, for who looks at a terminal and waits for over a second."""

import os
import sys
from time import monotonic
from typing import Any, TextIO

from rrbnotes.cli.run import Run
from rrbnotes.readers import Watch

_PATIENCE = 1.0
"""Seconds in which nobody asks."""
_PAUSE = 0.1
"""Seconds between two looks."""


def bar(run: Run, what: str) -> Watch:
    """Shows how many of all notes are done, and how many a second."""
    stream = sys.__stderr__
    if stream is None or run.quiet or not stream.isatty() or os.environ.get("TERM") == "dumb":
        return lambda done, total: None
    return _Waiting(what, stream).watch


class _Waiting:
    """Somebody before a terminal. What is drawn there is no part of what a command says, so it goes past whoever listens."""

    def __init__(self, what: str, stream: TextIO) -> None:
        self.what, self.stream = what, stream
        self.begun = monotonic()
        self.looked = self.begun + _PATIENCE - _PAUSE
        self.bar: Any = None

    def watch(self, done: float, total: int) -> None:
        """Show it where it is time to, and take it away at the end."""
        now, is_over = monotonic(), done >= total
        if self.bar and is_over:
            self.bar.stop()
            self.bar = None
        elif not is_over and now - self.looked > _PAUSE:
            from rrbnotes.render.bar import Bar  # drawing costs more than most runs

            self.bar = self.bar or Bar(self.what, total, self.stream)
            self.bar.show(int(done), total, done / (now - self.begun))
            self.looked = now
