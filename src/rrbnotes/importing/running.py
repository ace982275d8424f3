"""Headers, footers and page numbers: what repeats on each page of a PDF, taken out only where that is certain."""

import re
from collections import Counter
from collections.abc import Sequence

from rrbnotes.importing.rows import Strip

_EDGE = 3
"""Lines at the top and at the foot of a page that may repeat."""
_PAGE = re.compile(r"[-–— ]*(?:page|p\.)\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?[-–— ]*", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_SHARE = 0.6


def without_running(sheets: Sequence[Sequence[Strip]]) -> list[list[Strip]]:
    """The pages without the lines at their edges that stand at the same height on most of them with the same words,
    numbers aside, and without `Page 1 of 2`."""
    seen = Counter(
        _key(strip) for sheet in sheets for strip in {_key(one): one for one in _edges(sheet)}.values()
    )
    least = max(2, _SHARE * len(sheets))

    def is_running(strip: Strip) -> bool:
        return seen[_key(strip)] >= least or _PAGE.fullmatch(strip.words) is not None

    kept = []
    for sheet in sheets:
        edges = _edges(sheet)
        kept.append([strip for strip in sheet if not (strip in edges and is_running(strip))])
    return kept


def _edges(sheet: Sequence[Strip]) -> list[Strip]:
    """The highest lines of a page and the lowest, whatever the order in which they are drawn."""
    by_height = sorted(sheet, key=lambda strip: strip.y)
    return [*by_height[:_EDGE], *by_height[-_EDGE:]]


def _key(strip: Strip) -> tuple[str, int]:
    """Equal for lines that say the same at the same height."""
    return _NUMBER.sub("#", strip.words), round(strip.y / 4)
