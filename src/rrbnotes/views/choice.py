"""A choice from a table by the name of its row."""

from collections.abc import Mapping
from typing import TypeVar

from rrbnotes.errors import RrbError, did_you_mean

_T = TypeVar("_T")


def pick(what: str, word: str, known: Mapping[str, _T]) -> _T:
    """The row of a table that a word names in full, else an error that knows better."""
    if word in known:
        return known[word]
    hint = did_you_mean(word, known) or f"; known are {', '.join(known)}"
    raise RrbError(f"unknown {what} '{word}'{hint}")
