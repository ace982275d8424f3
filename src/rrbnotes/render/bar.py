"""A bar on a terminal that says how far a long piece of work has come."""

from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


class Bar:
    """Shown from when it is made until all is done; then it is gone, and only the answer stays."""

    def __init__(self, what: str, total: int, stream: TextIO) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
        )
        # drawn when it is told to: a thread that draws would not get on with processes that are forked
        console = Console(file=stream, markup=False, emoji=False, highlight=False)
        self._bar = Progress(*columns, console=console, transient=True, auto_refresh=False)
        self._task = self._bar.add_task(what, total=total, rate="")
        self._bar.start()

    def show(self, done: int, total: int, rate: float) -> None:
        """So many are done of so many, at so many a second."""
        self._bar.update(self._task, completed=done, total=total, rate=f"{rate:.0f}/s", refresh=True)

    def stop(self) -> None:
        """Take it away."""
        self._bar.stop()
