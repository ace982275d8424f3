"""What a spreadsheet would run when it opens a sheet of texts, and the quote that keeps it from that.

A cell is run by how it begins, whatever the file says of it. A text may also begin a cell of its own where a spreadsheet of
another country reads the file: there `;` stands between the cells, and `"` is none but a character.
"""

import re

_SIGN = r"[=+\-@＝＋－＠]"
"""What a formula begins with; the wide ones where Japanese or Chinese is written."""
_FORMULA = re.compile(rf"[\s\"']*{_SIGN}|[\t\r\n]")
_WITHIN = re.compile(rf"(?<=[;\t\r\n])(?=[\"']*{_SIGN})")
_QUOTE = re.compile(rf"(?:^|(?<=[;\t\r\n]))'(?=[\s\"']*{_SIGN}|[\t\r\n])")


def is_formula(text: str) -> bool:
    """Whether a cell of this text would be run."""
    return bool(_FORMULA.match(text))


def guarded(text: str) -> str:
    """The text with a quote before what would be run."""
    within = _WITHIN.sub("'", text)
    return f"'{within}" if is_formula(text) else within


def unguarded(text: str) -> str:
    """The text that was guarded so."""
    return _QUOTE.sub("", text)
