"""What stops a run. What is wrong in the notes is a value instead: see `diagnostics`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches


class RrbError(Exception):
    """A run that cannot go on: bad usage, bad input, refused. Caught once, in `cli`, which prints the message."""

    exit_code = 2


class WriteError(RrbError):
    """A file could not be written: locked, changed underneath, no space, no permission."""

    exit_code = 3


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`"; did you mean 'x'?"` for the nearest of the known words (in any case), else nothing."""
    by_folded = {k.casefold(): k for k in known}
    near = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.65)
    return f"; did you mean '{by_folded[near[0]]}'?" if near else ""


@contextmanager
def needs(what: str, library: str, extra: str, *modules: str) -> Iterator[None]:
    """Around the imports of a library that comes with an extra: where it is missing, the run stops and says how to get it.

    `with needs("the format docx", "python-docx", "docx", "docx"): …`; `modules` are what it is imported as, where that is
    another name.
    """
    try:
        yield
    except ModuleNotFoundError as why:
        if (why.name or "").partition(".")[0] not in (modules or (library,)):
            raise
        raise RrbError(f"{what} needs {library}; pip install 'rrbnotes[{extra}]'") from why
