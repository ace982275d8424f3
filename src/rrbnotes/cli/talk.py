"""The two streams: the answer on standard output, what is said beside it on standard error, and harmless there."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rrbnotes.errors import RrbError, WriteError
from rrbnotes.render.safe import visible


def put(text: str) -> None:
    """A part of the answer; written out at once, while a closed pipe or a full disk can still be told from a crash."""
    with _told():
        sys.stdout.write(text)
        sys.stdout.flush()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person reads a stream; one that is closed is None."""
    return stream is not None and stream.isatty()


def put_bytes(data: bytes, what: str) -> None:
    """An answer that is no text, which a terminal cannot show; `what` names it for a person."""
    if sys.stdout.isatty():
        raise RrbError(f"{what} is not for a terminal; name a file with --output")
    with _told():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def _told() -> Iterator[None]:
    """Tell what hinders writing."""
    try:
        yield
    except OSError as why:
        # nobody can take the rest: keep Python from trying again, and complaining, at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(why, BrokenPipeError):
            raise
        raise WriteError(f"standard output cannot be written ({why.strerror})") from None


def put_lines(lines: Iterable[str]) -> None:
    """An answer in sentences, harmless for a terminal: names of files and words of a damaged register may be anything."""
    put("".join(f"{visible(line)}\n" for line in lines))


def complain(message: str) -> None:
    """What stopped the run, each line with the program's name."""
    for line in message.split("\n"):
        say(f"rrb: {line}")


def say(line: str) -> None:
    """One line beside the answer."""
    print(visible(line), file=sys.stderr)
