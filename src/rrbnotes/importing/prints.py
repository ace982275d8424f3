"""Printed lines as pages: what a PDF or a plain text shows of paragraphs, lists and headings by where its lines stand."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from rrbnotes.importing.pages import (
    Block,
    Heading,
    Item,
    Items,
    Line,
    Paragraph,
    Run,
    after,
    folded,
    is_all,
    line,
    plain,
)
from rrbnotes.reading.markers import is_marked
from rrbnotes.reading.text import Text

_BULLET = re.compile(r"(?:[•◦▪‣●○·∙■□➢\uf0b7\uf0a7\uf0d8\uf02d]\s*|[-–*o](?:\s+))(?=\S)")
_NUMBER = re.compile(r"(?P<number>\d{1,3})[.)](?:\s+(?=\S)|(?=[A-Z]))")
_LETTER = re.compile(r"\(?(?:[a-z]|[ivx]{1,4})[.)]\s+(?=\S)")
_SECTION = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?\s+(?=\S)")
_LABEL = re.compile(r"[^\W\d][^\n:]{0,40}:(?:\s|$)")
_WORD = re.compile(r"[^\W\d_]++(?:-[^\W\d_]*+)?")
_LARGER, _TITLE = 1.12, 120
_NEARLY = 0.75
"""Of the margin: how far a line reaches at least that is wrapped."""
_NEAR = 1.45
"""Lines of one heading are less apart, as a share of their size."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed line."""

    words: Line
    x: float
    """Where it begins, from the left."""
    above: float | None
    """How far the line before it is; None at the top of a page."""
    size: float = 1.0
    """Of its letters."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set."""

    width: Callable[[str, float], float]
    """Of words in letters of a size."""
    margin: float
    """Where lines end at the right."""
    pitch: float
    """How far the lines of a paragraph are from each other."""
    size: float = 1.0
    """Of the letters of the text."""

    def is_full(self, printed: Printed, following: Printed) -> bool:
        """Whether the next line's first word would not have gone on this one, as far as its width is known: before a small
        letter a line is rather wrapped than ended."""
        first = plain(following.words).split(" ", 1)[0]
        end = printed.x + self.width(f"{plain(printed.words)} {first}", printed.size)
        is_nearly = end > _NEARLY * self.margin and first[:1].islower()
        return end > self.margin or is_nearly

    def is_apart(self, printed: Printed) -> bool:
        """Whether there is more room above a line than within a paragraph."""
        return printed.above is not None and printed.above > self.pitch * 1.2


@dataclass(slots=True)
class _Group:
    """Lines that belong to one paragraph, heading or item."""

    first: Printed
    last: Printed
    words: list[Run]
    kind: str
    label: str = ""


def pages_in(parts: Sequence[Printed | Block], setting: Setting) -> list[Block]:
    """The blocks that printed lines are; those that are known already stay between them."""
    lines = [one for one in parts if isinstance(one, Printed)]
    known = Counter(word for one in lines for word in _WORD.findall(plain(one.words).casefold()))
    groups: list[_Group | Block] = []
    for one in parts:
        last = groups[-1] if groups else None
        if not isinstance(one, Printed):
            groups.append(one)
        elif isinstance(last, _Group) and _goes_on(last, one, setting):
            _add(last, one, setting, known)
        else:
            groups.append(_begun(one, setting))
    sizes = {group.first.size for group in groups if isinstance(group, _Group) and group.kind == "heading"}
    return list(_built(groups, sorted(sizes, reverse=True)))


def _begun(one: Printed, setting: Setting) -> _Group:
    words = plain(one.words)
    bullet, number, letter = _BULLET.match(words), _NUMBER.match(words), _LETTER.match(words)
    if _is_title(one, setting):
        return _Group(one, one, list(one.words), "heading")
    if bullet:
        return _Group(one, one, list(after(one.words, bullet.end())), "item")
    if number:
        return _Group(one, one, list(after(one.words, number.end())), "item", number["number"])
    return _Group(one, one, list(one.words), "item" if letter else "paragraph")


def _is_title(one: Printed, setting: Setting) -> bool:
    """Whether a line is set as a heading: larger than the text, or bold from end to end and no label."""
    words = folded(one.words)
    is_larger = one.size > setting.size * _LARGER
    is_bold = is_all(one.words, "strong") and not words.endswith((":", ".", ",", ";"))
    return len(words) <= _TITLE and any(char.isalpha() for char in words) and (is_larger or is_bold)


def _goes_on(group: _Group, one: Printed, setting: Setting) -> bool:
    """Whether a line belongs to what the one before it belongs to."""
    words = plain(one.words)
    if _begins_anew(one) or abs(one.size - group.last.size) > 0.6 or setting.is_apart(one):
        return False
    is_title = _is_title(one, setting)
    if group.kind == "heading" or is_title:
        return (
            is_title
            and group.kind == "heading"
            and setting.is_full(group.last, one)
            and one.above is not None
        )
    if one.above is None:  # over the end of a page only what is clearly cut in two
        is_over = plain(group.last.words).rstrip().endswith((".", ":", ";", "!", "?"))
        return words[:1].islower() or (setting.is_full(group.last, one) and not is_over)
    if group.kind == "item":
        return one.x > group.first.x + 0.5 or setting.is_full(group.last, one)
    return True


def _begins_anew(one: Printed) -> bool:
    words = plain(one.words)
    is_listed = any(pattern.match(words) for pattern in (_BULLET, _NUMBER, _LETTER, _SECTION))
    is_labelled = "strong" in one.words[0].looks and _LABEL.match(words) is not None
    return is_listed or is_labelled or is_marked(Text(words, 1), ())


def _add(group: _Group, one: Printed, setting: Setting, known: Counter[str]) -> None:
    """Add a line: a full one ran on into it, behind others the line end is kept."""
    last = plain(group.last.words)
    words = plain(one.words)
    is_parted = re.search(r"[^\W\d_]-$", last) is not None and words[:1].islower()
    is_wrapped = setting.is_full(group.last, one) or is_parted
    if is_parted:
        if _is_one_word(last, words, known):
            group.words[-1] = replace(group.words[-1], words=group.words[-1].words.rstrip()[:-1])
    else:
        group.words.append(Run(" " if is_wrapped else "\n"))
    group.words += one.words
    group.last = one


def _is_one_word(last: str, words: str, known: Counter[str]) -> bool:
    """Whether a hyphen at a line's end only parts a word: the document has it elsewhere, and not with a hyphen."""
    before, behind = re.search(r"[^\W\d_]+(?=-$)", last), re.match(r"[^\W\d_]+", words)
    if not before or not behind:
        return False
    start, end = before[0].casefold(), behind[0].casefold()
    return known[start + end] > 0 and known[f"{start}-{end}"] == 0


@dataclass(slots=True)
class _Open:
    """A list being filled, at its place from the left."""

    x: float
    size: float
    items: list[tuple[str, list[Block]]] = field(default_factory=list)


def _built(groups: Sequence[_Group | Block], sizes: Sequence[float]) -> Iterator[Block]:
    """The blocks; items further to the right than those before them belong to these."""
    open_lists: list[_Open] = []
    for group in groups:
        item = group if isinstance(group, _Group) and group.kind == "item" else None
        if not item or (open_lists and abs(open_lists[-1].size - item.first.size) > _APART):
            yield from _ended(open_lists)
        if item:
            _list(item, open_lists)
        elif not isinstance(group, _Group):
            yield group
        elif group.kind == "heading":
            yield Heading(sizes.index(group.first.size) + 1, line(group.words))
        else:
            yield Paragraph(line(group.words))
    yield from _ended(open_lists)


def _list(group: _Group, open_lists: list[_Open]) -> None:
    """Put an item where it belongs."""
    x = group.first.x
    while len(open_lists) > 1 and x < open_lists[-1].x - _APART:
        _shut(open_lists)
    if not open_lists or x > open_lists[-1].x + _APART:
        open_lists.append(_Open(x, group.first.size))
    open_lists[-1].items.append((group.label, [Paragraph(line(group.words))]))


def _ended(open_lists: list[_Open]) -> Iterator[Block]:
    while len(open_lists) > 1:
        _shut(open_lists)
    if open_lists:
        yield from _made(open_lists.pop())


def _shut(open_lists: list[_Open]) -> None:
    inner = _made(open_lists.pop())
    open_lists[-1].items[-1][1].extend(inner)


def _made(one: _Open) -> Iterator[Items]:
    """Its lists: bullets among numbers are lists of their own."""
    for _, alike in groupby(one.items, key=lambda item: bool(item[0])):
        yield Items(tuple(Item(number, tuple(blocks)) for number, blocks in alike))


_APART = 1.5
"""How much further to the right, or to the left, an item of another list begins, or how much its letters differ."""
