"""Words and counts in messages: quotations short and on one line, lists as people say them."""

from collections.abc import Iterable

_MOST = 60


def quoted(words: str, most: int = _MOST) -> str:
    """`'MOPAC to look at …'`: the words in quotation marks, cut at a word's end where they are many."""
    plain = " ".join(words.split())
    if len(plain) > most:
        plain = f"{plain[:most].rsplit(' ', 1)[0].rstrip(' ,;:–-')} …"
    return f"'{plain}'"


def listed(words: Iterable[str], joint: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`."""
    every = list(words)
    return f" {joint} ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 action`, `2 actions`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
