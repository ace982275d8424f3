"""What stops a run. What is wrong in the notes is a value instead: see `diagnostics`."""

from collections.abc import Iterable
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
