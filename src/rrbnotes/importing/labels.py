"""The numbers that a word processor prints before paragraphs: how they are carried through HTML, and how they look."""

from rrbnotes.importing.pages import Line, after, plain

FIRST, LAST = "\ue000", "\ue001"
"""Between these private characters stands, at the start of a paragraph, the number that was printed before it."""
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 3999


def labelled(label: str) -> str:
    """A number on its way."""
    return f"{FIRST}{label}{LAST}"


def numbered(line: Line) -> tuple[str, Line]:
    """The number that a line brings along, and its words; no number where it brings none."""
    words = plain(line)
    if not words.startswith(FIRST) or LAST not in words:
        return "", line
    end = words.index(LAST)
    return words[1:end].strip(), after(line, end + 1)


def lettered(count: int, kind: str) -> str:
    """`a.`, `B.`, `iv.`: a count as HTML's kinds of lists print it."""
    words = roman(count) if kind in "iI" else letters(count)
    return f"{words.upper() if kind.isupper() else words}."


def roman(count: int) -> str:
    """`iv`."""
    if not 0 < count <= _MOST:
        return str(count)
    words = ""
    for value, sign in _ROMAN:
        words += sign * (count // value)
        count %= value
    return words


def letters(count: int) -> str:
    """`a` to `z`, then `aa`, `bb` …, as word processors count."""
    if not 0 < count <= 26 * 20:
        return str(count)
    turns, at = divmod(count - 1, 26)
    return chr(ord("a") + at) * (turns + 1)
