"""Where every run ends that cannot go on: one line on standard error, and an exit code."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from rrbnotes.cli.talk import warn
from rrbnotes.errors import Interrupted, RrbError, WriteError, reason, todo

EXIT_CODES = {
    0: "fine",
    1: "findings (check, doctor, and --check of others)",
    2: "bad usage, bad input, or refused; also where a note could not be read and the others are shown",
    3: "could not write",
    70: "internal error",
    130: "interrupted (143 where the system ends it)",
}
"""What each means, as the help of `rrb` says it."""
INTERNAL_ERROR, INTERRUPTED = 70, 130


@contextmanager
def ended() -> Iterator[None]:
    """Whatever goes wrong becomes one line and an exit code."""
    try:
        yield
    except typer.Exit:
        raise
    except typer.Abort:  # of a question that nobody answered
        raise typer.Exit(INTERRUPTED) from None
    except Interrupted as stopped:
        warn(str(stopped))
        raise typer.Exit(stopped.exit_code) from None
    except BrokenPipeError:  # whoever read has seen enough
        raise typer.Exit(0) from None
    except RrbError as error:
        warn(str(error))
        raise typer.Exit(error.exit_code) from None
    except typer.TyperException as error:
        from rrbnotes.cli.usage import in_words  # only where the command line is wrong

        warn(in_words(error))
        raise typer.Exit(error.exit_code) from None
    except OSError as error:  # the machine's mistake, not ours
        _tell(error, _refusal(error))
        raise typer.Exit(WriteError.exit_code) from None
    except Exception as error:
        report(error)
        raise typer.Exit(INTERNAL_ERROR) from None


def _refusal(error: OSError) -> str:
    """What the operating system did not let us do."""
    try:
        os.getcwd()
    except OSError:
        return "the folder that you are in is gone; go to one that is there (cd)"
    what = f"{error.filename}: " if error.filename else ""
    return f"{what}{reason(error)}; {todo(error)}"


def report(error: Exception, where: str = "") -> None:
    """A mistake of ours, with how to tell us."""
    what = " ".join(f"{type(error).__name__}: {error}".rstrip(": ").split())
    _tell(
        error,
        f"internal error{where}: {what}; please report it, with `rrb --version` and what RRB_DEBUG=1 shows",
    )


def _tell(error: Exception, words: str) -> None:
    """One line; with `RRB_DEBUG` the trace."""
    if os.environ.get("RRB_DEBUG"):
        import traceback

        traceback.print_exception(error)
    else:
        warn(words)
