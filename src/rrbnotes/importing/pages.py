"""What a document says, whatever it was written with: headings, paragraphs, lists and tables, with their looks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Run:
    """Words set in one way; a line end in them is meant."""

    words: str
    looks: frozenset[str] = frozenset()
    """`strong`, `emphasis`, `struck`, as the reader of notes names them."""
    link: str = ""
    """Where they lead; empty for nowhere."""


Line = tuple[Run, ...]
"""The words of one paragraph, heading or cell."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list with what stands below it."""

    number: str
    """`3` where the list counts; empty for a bullet."""
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of as many cells each; the first row heads them."""

    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the page."""


Block = Heading | Paragraph | Items | Table | Rule


@dataclass(frozen=True, slots=True)
class Page:
    """A whole document."""

    blocks: tuple[Block, ...]
    pictures: int = 0
    """How many were left out."""
    remarks: tuple[str, ...] = ()
    """What whoever imports it should know of how it was read."""


_BLANKS = (" ", "\t", "\n")
"""White space, the weakest first."""
_USUAL = str.maketrans(
    dict.fromkeys((*map(chr, range(0x09)), *map(chr, range(0x0E, 0x20)), *map(chr, range(0x7F, 0xA0))), "")
    | dict.fromkeys("\ufeff\u200b\u2060\u00ad", "")
    | dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f", " ")
    | dict.fromkeys("\r\v\f\u0085\u2028\u2029", "\n")
    | {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
"""What is written for characters that nobody sees, that act, or that only a typesetter tells from others."""


def line(runs: Iterable[Run]) -> Line:
    """Runs as one line: white space even and none at the ends; runs next to each other differ in more than their words. A
    blank between words that are set alike is set so too, for a mark next to a blank would not hold."""
    letters = _evened(letter for run in runs for letter in _letters(run))
    evened = _with_even_looks(letters)
    grouped = groupby(evened, key=lambda letter: (letter.looks, letter.link))
    return tuple(Run("".join(one.words for one in alike), *how) for how, alike in grouped)


def text(words: str) -> Line:
    """A line without looks."""
    return line([Run(words)])


def plain(line: Line) -> str:
    """The words of a line, nothing else."""
    return "".join(run.words for run in line)


def folded(line: Line) -> str:
    """The words on one line, white space folded."""
    return " ".join(plain(line).split())


def joined(lines: Iterable[Line], between: str = " ") -> Line:
    """Several lines as one."""
    runs: list[Run] = []
    for one in filter(None, lines):
        runs += [Run(between), *one] if runs else one
    return line(runs)


def on_one_line(words: Line) -> Line:
    """The words without their line ends, as headings and cells must be."""
    return line(replace(run, words=" ".join(run.words.replace("\t", " ").split("\n"))) for run in words)


def is_all(words: Line, look: str) -> bool:
    """Whether every word is set so."""
    seen = [run for run in words if run.words.strip()]
    return bool(seen) and all(look in run.looks for run in seen)


def without(words: Line, look: str) -> Line:
    """The words, none of them set so."""
    return line(replace(run, looks=run.looks - {look}) for run in words)


def after(words: Line, count: int) -> Line:
    """The words behind so many characters."""
    rest: list[Run] = []
    for run in words:
        rest.append(replace(run, words=run.words[count:]))
        count = max(0, count - len(run.words))
    return line(rest)


def said(blocks: Iterable[Block]) -> Iterator[str]:
    """The words of a document, block by block: what its note must say too."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield folded(block.line)
            case Items():
                for item in block.items:
                    yield from said(item.blocks)
            case Table():
                yield from (folded(cell) for row in block.rows for cell in row)


def _letters(run: Run) -> Iterator[Run]:
    """The characters of a run, without those that nobody sees; other blanks and line ends are written as the usual ones."""
    words = run.words.replace("\r\n", "\n").translate(_USUAL)
    return (replace(run, words=letter) for letter in words)


def _evened(letters: Iterable[Run]) -> list[Run]:
    """One blank between words, none around tabs and line ends, one tab or line end where there are several, and no white
    space at the ends."""
    kept: list[Run] = []
    for letter in letters:
        is_blank = letter.words in _BLANKS
        if not is_blank or (kept and kept[-1].words not in _BLANKS):
            kept.append(letter)
        elif kept:
            kept[-1] = max(kept[-1], letter, key=lambda one: _BLANKS.index(one.words))
    while kept and kept[-1].words in _BLANKS:
        kept.pop()
    return kept


def _with_even_looks(letters: list[Run]) -> Iterator[Run]:
    for before, letter, behind in zip([None, *letters], letters, [*letters[1:], None], strict=False):
        if letter.words in _BLANKS and before and behind:
            link = before.link if before.link == behind.link else ""
            yield Run(letter.words, before.looks & behind.looks, link)
        else:
            yield letter
