"""One run of `rrb`: what the options of all commands say. Read at every start: nothing here reads notes."""

import os
from collections.abc import Mapping
from datetime import date as Date
from pathlib import Path
from typing import Any, NamedTuple

PATIENCE = 10
"""So many seconds a command waits for another one that writes."""
_MOST_HANDS = 8
"""More processes than that are more to start than to gain."""


class Repeat:
    """Whether what a run says follows from its command line, the day and the notes alone: then the same command says it
    again for as long as these are the same. Only the command knows, and says so."""

    def __init__(self) -> None:
        self.is_sure = False
        self.looks_elsewhere = False
        """Whether something else was looked at too, whatever the command says."""
        self.memory: Any = None
        """What is remembered of the notes, once it has been looked at."""


class Run(NamedTuple):
    """What every command is given; the only place that knows which day it is. Made at every start, so no dataclass: those
    take longer to make than all else here."""

    directory: Path
    """`-C`: other paths of the command line start from here, and shown paths too."""
    config: Path | None
    today: Date
    color: str
    quiet: bool
    verbose: bool
    repeat: Repeat
    recalls: bool = True
    """Whether it may use what earlier runs found out."""
    hands: int = 1
    """So many processes may share the work."""
    patience: int = PATIENCE
    """So many seconds it waits for another run that writes."""

    def path(self, given: Path) -> Path:
        """A path of the command line."""
        return self.directory / given


def run_of(options: Mapping[str, Any]) -> Run:
    """The run that the options of all commands mean; shells, which ask while somebody types, give paths as words."""
    directory = Path(options["directory"])
    return Run(
        directory,
        directory / options["config"] if options["config"] else None,
        options["today"] or Date.today(),
        options["color"],
        options["quiet"],
        options["verbose"],
        Repeat(),
        not options["no_cache"],
        _processors(),
        PATIENCE if options.get("lock_timeout") is None else options["lock_timeout"],
    )


def _processors() -> int:
    """So many processors may this process use."""
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(ours, _MOST_HANDS)
