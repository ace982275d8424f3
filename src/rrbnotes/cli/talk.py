"""The two streams: an answer is put on standard output, what is said beside it goes to standard error, harmless on both."""

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rrbnotes.cli.run import Run
from rrbnotes.errors import RrbError, WriteError, cannot_be
from rrbnotes.render.safe import on_terminal, unobeyed, visible


def put(text: str, coloured: bool = False) -> None:
    """A part of the answer; nothing in it acts on a terminal or in a log that shows it, but colours where they are ours."""
    shown = on_terminal(text, coloured) if sys.stdout.isatty() else text
    put_raw(unobeyed(shown) if is_obeyed(sys.stdout) else shown)


def put_raw(text: str) -> None:
    """A part of the answer that has been seen to already, or that GitHub is to obey; written out at once, while a closed
    pipe or a full disk can still be told from a crash."""
    with _told():
        sys.stdout.write(text)
        sys.stdout.flush()


def in_actions() -> bool:
    """Whether GitHub runs this."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def is_obeyed(stream: TextIO) -> bool:
    """Whether GitHub obeys what goes to a stream: the log, but no file, which must hold nothing but the answer."""
    try:
        return in_actions() and not stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return True


@contextmanager
def _told() -> Iterator[None]:
    """Tell what hinders writing."""
    try:
        yield
    except OSError as why:
        # nobody can take the rest: keep Python from trying again, and complaining, at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(why, BrokenPipeError) or why.errno == errno.EINVAL:  # as Windows says it
            raise BrokenPipeError from None
        raise WriteError(f"standard output {cannot_be('written', why)}") from None


def put_lines(lines: Iterable[str]) -> None:
    """An answer in sentences, harmless for a terminal: names of files and words of a damaged register may be anything."""
    put("".join(f"{visible(line)}\n" for line in lines))


def put_verbatim(text: str, coloured: bool = False) -> None:
    """Words of notes that people read as they stand; where GitHub reads the log, it is told to obey none of them."""
    if text and is_obeyed(sys.stdout):
        import secrets

        from rrbnotes.render.reports.github import stopped

        put_raw(stopped(text, secrets.token_hex(16)))
    else:
        put(text, coloured)


def put_content(content: str | bytes, what: str, coloured: bool = False) -> None:
    """A whole answer; `what` names one that is no text for a person, since no terminal can show it. Its colours are ours or
    none."""
    if isinstance(content, str):
        put(content, coloured)
    elif sys.stdout.isatty():
        raise RrbError(f"{what} is not for a terminal; name a file with --output")
    else:
        with _told():
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()


def answer(run: Run, lines: Iterable[str]) -> None:
    """What a command has done: the answer of one that writes."""
    if not run.quiet:
        put_lines(lines)


def say(line: str) -> None:
    """One line beside the answer."""
    say_text(f"{visible(line)}\n")


def say_text(text: str) -> None:
    """Harmless text beside the answer."""
    sys.stderr.write(unobeyed(text) if is_obeyed(sys.stderr) else text)


def warn(*messages: str) -> None:
    """What stopped the run, or went wrong beside it: each line with the program's name."""
    for message in messages:
        for line in message.split("\n"):
            say(f"rrb: {line}")


def hint(run: Run, line: str) -> None:
    """What a person may want to know beside the answer."""
    if not run.quiet:
        say(line)


def suggest(run: Run, step: str, beside: Iterable[str] = ()) -> None:
    """The next sensible step, for a person at a terminal who has seen the answer; not where what was said beside that names
    a command, for then its step comes first."""
    if step and _is_watched(run) and not any("rrb " in line for line in beside):
        say(f"next: {step}")


def say_written(run: Run, file: object) -> None:
    """That an answer went into a file, for a person at a terminal, who sees nothing of it there."""
    if _is_watched(run):
        say(f"{file}: written")


def _is_watched(run: Run) -> bool:
    return not run.quiet and sys.stdout.isatty() and sys.stderr.isatty()
