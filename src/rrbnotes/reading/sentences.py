"""Where sentences end in running text: minutes in prose hold several actions, and names with points in them."""

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?][)\"'’”]*\s+(?=[\"'“‘(\[]?[A-Z0-9•–—*])")
_NO_END = re.compile(
    r"(?:^|[\s(\[])(?:[A-Za-z]|[ivxIVX]{1,5}|\d{1,3}|cllr|cll|mr|mrs|ms|dr|prof|rev|hon|st|no|nos|vs|approx|incl|ref|e\.g|i\.e|etc|a\.m|p\.m)$",
    re.IGNORECASE,
)
"""What stands before a point that ends no sentence: an initial, a title, the number of an item, an abbreviation."""


def sentence_starts(words: str) -> Iterator[int]:
    """Where each sentence of a text begins, from 0."""
    yield 0
    for end in _END.finditer(words):
        if not _NO_END.search(words, max(0, end.start() - 12), end.start()):
            yield end.end()


def sentences(words: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text as offsets; together they are the whole text."""
    starts = list(sentence_starts(words))
    yield from zip(starts, [*starts[1:], len(words)], strict=True)
