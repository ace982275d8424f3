"""One printed entry of a list of names, and the names in it."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from rrbnotes.owners import fold_name


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed entry of a list of names."""

    name: str
    line: int
    is_absent: bool
    other: str = ""
    """What stands behind a comma: an affiliation, unless the board knows somebody of that name."""
    may_run: bool = False
    """It stands on a line of its own without separators, so it may be several names run together."""


_SHORT = re.compile(r"\(([A-Z][a-z]*[A-Z&][\w&-]*)\)")
"""With a second capital, or an `&`."""


_TOKEN = re.compile(r"\([^)]*\)|\S+")


def names_of(entry: Entry, known: Collection[str]) -> list[str]:
    """The names in an entry, one unless it is several run together."""
    also = [entry.other] if fold_name(entry.other) in known else []
    return [*(split_run(entry.name, known) if entry.may_run else [entry.name]), *also]


def split_run(words: str, known: Collection[str]) -> list[str]:
    """The names in a line that a converter ran together, split at those that are known (folded).

    What stands between two known names is one name. A line is a run when it holds two known names, or a known short
    form in its midst; one known name with a word before or after it is that name's longer form (`HMP Wormwood Scrubs`).
    """
    tokens = _TOKEN.findall(words)
    pieces: list[tuple[str, bool]] = []
    at = 0
    while at < len(tokens):
        size = next(
            (
                n
                for n in range(min(8, len(tokens) - at), 0, -1)
                if fold_name(" ".join(tokens[at : at + n])) in known
            ),
            0,
        )
        if size:
            pieces.append((" ".join(tokens[at : at + size]), True))
        elif pieces and not pieces[-1][1]:
            pieces[-1] = (f"{pieces[-1][0]} {tokens[at]}", False)
        else:
            pieces.append((tokens[at], False))
        at += size or 1
    hits = [n for n, (_, is_known) in enumerate(pieces) if is_known]
    is_inside = len(hits) == 1 and 0 < hits[0] < len(pieces) - 1 and pieces[hits[0]][0].isupper()
    return [piece for piece, _ in pieces] if len(hits) > 1 or is_inside else [words]


def short_form(name: str) -> str | None:
    """The short form that a name gives in brackets: `MOPAC`, but never `(ABC Rep)`."""
    found = _SHORT.search(name)
    return found[1] if found and _abbreviates(found[1], name[: found.start()]) else None


_MOST_LETTERS = 0.6
"""Share of a short form's letters that the name must have in their order: `Metropolitan Police (MPS)` lacks one."""


def _abbreviates(short: str, name: str) -> bool:
    """Whether a bracket shortens the name before it; else it says whom somebody works for: `Ann Lee (NVIDIA)`."""
    letters, found, at = short.casefold(), 0, 0
    plain = name.casefold().strip()
    for letter in letters:
        place = plain.find(letter, at)
        if place >= 0:
            found, at = found + 1, place + 1
    return plain[:1] == letters[:1] and found >= _MOST_LETTERS * len(letters)
