"""House form: one title, regular levels of headings, lists as lists, nothing empty."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rrbnotes.importing.labels import numbered
from rrbnotes.importing.pages import (
    Block,
    Heading,
    Item,
    Items,
    Line,
    Page,
    Paragraph,
    Rule,
    Run,
    Table,
    after,
    folded,
    is_all,
    line,
    on_one_line,
    plain,
    without,
)
from rrbnotes.reading.columns import columns, is_action_table
from rrbnotes.reading.headings import label
from rrbnotes.reading.markers import is_marked
from rrbnotes.reading.roles import Role, Vocabulary, role_of
from rrbnotes.reading.text import Text

_BULLET = re.compile(r"(?:[•◦▪‣●○·∙■□➢\uf0b7\uf0a7](?:[ \t]|$)|[•●▪■\uf0b7\uf0a7])+")
_LONGEST_TITLE = 120
_VOCABULARY = Vocabulary({}, ())
_SENTENCE_ENDS = (".", ";", ",", ":")


def housed(page: Page) -> Page:
    """The same document in house form."""
    blocks = list(_joined_lists(_in_order(page.blocks)))
    return replace(page, blocks=tuple(_trimmed(_levelled(_titled(blocks)))))


def _in_order(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without empty ones; printed bullets become lists, rows set with tabs a table, headings that are none
    paragraphs."""
    for is_tabbed, some in groupby(blocks, key=_cells):
        group = list(some)
        if is_tabbed and _is_table(group):
            yield Table(tuple(_row(block) for block in group if isinstance(block, Paragraph)))
        else:
            for block in group:
                yield from _of_block(block)


def _cells(block: Block) -> int:
    """How many cells a paragraph has that is set with tabs; 0 for all others."""
    words = plain(block.line) if isinstance(block, Paragraph) else ""
    return words.count("\t") + 1 if "\t" in words and "\n" not in words else 0


def _is_table(group: Sequence[Block]) -> bool:
    heads = [folded(cell) for cell in _row(group[0])] if isinstance(group[0], Paragraph) else []
    return len(group) > 1 and is_action_table(columns(heads))


def _row(block: Paragraph) -> tuple[Line, ...]:
    """The cells of a paragraph set with tabs."""
    cells: list[list[Run]] = [[]]
    for run in block.line:
        for n, part in enumerate(run.words.split("\t")):
            if n:
                cells.append([])
            cells[-1].append(replace(run, words=part))
    return tuple(line(cell) for cell in cells)


def _of_block(block: Block) -> Iterator[Block]:
    match block:
        case Heading(level, words):
            words = on_one_line(without(words, "strong"))
            is_action = is_marked(Text(plain(words), 1), ()) and re.search(r"[:–-]\s*\S", plain(words))
            if is_action:
                yield Paragraph(on_one_line(block.line))
            elif words:
                yield Heading(min(level, 6), words)
        case Paragraph(words):
            number, rest = numbered(words)
            yield from _paragraph(line([Run(f"{number} "), *rest]) if number else rest)
        case Items(items):
            kept = tuple(
                Item(one.number, inside) for one in items if (inside := tuple(_in_order(one.blocks)))
            )
            yield from (Items(tuple(alike)) for _, alike in groupby(kept, key=lambda one: bool(one.number)))
        case Table(rows):
            if any(map(any, rows)):
                heads, *others = (tuple(map(on_one_line, row)) for row in rows)
                yield Table((tuple(map(_without_bold, heads)), *others))
        case Rule():
            yield block


def _without_bold(words: Line) -> Line:
    """The heading of a column; that it is one shows in any table."""
    return tuple(replace(run, looks=run.looks - {"strong"}) for run in words)


def _paragraph(words: Line) -> Iterator[Block]:
    """A paragraph; where its lines begin with printed bullets, the list that they are."""
    gathered: list[Line] = []
    for printed in _printed_lines(words):
        bullet = _BULLET.match(plain(printed))
        if bullet and gathered:
            yield from _one(gathered)
            gathered = []
        gathered.append(printed)
    yield from _one(gathered)


def _one(lines: Sequence[Line]) -> Iterator[Block]:
    whole = line(run for n, one in enumerate(lines) for run in ([Run("\n")] if n else []) + list(one))
    bullet = _BULLET.match(plain(whole))
    if bullet:
        rest = after(whole, bullet.end())
        if rest:
            yield Items((Item("", (Paragraph(rest),)),))
    elif whole:
        yield Paragraph(_without_stray_tabs(whole))


def _without_stray_tabs(words: Line) -> Line:
    """A tab behind a number or a label only sets it apart."""
    tabs = plain(words).count("\t")
    if tabs != 1:
        return words
    before = plain(words).partition("\t")[0]
    if not re.fullmatch(r"\(?[\w.]{1,6}\)?|[^\n]{1,40}:", before):
        return words
    return line(replace(run, words=run.words.replace("\t", " ")) for run in words)


def _printed_lines(words: Line) -> Iterator[Line]:
    lines: list[list[Run]] = [[]]
    for run in words:
        for n, part in enumerate(run.words.split("\n")):
            if n:
                lines.append([])
            lines[-1].append(replace(run, words=part))
    yield from (kept for one in lines if (kept := line(one)))


def _joined_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks; bullets that follow each other are one list, and numbers that go on counting too."""
    last: Items | None = None
    for block in blocks:
        if last and isinstance(block, Items) and _goes_on(last.items[-1], block.items[0]):
            last = Items((*last.items, *block.items))
            continue
        if last:
            yield last
        last = block if isinstance(block, Items) else None
        if not last:
            yield block
    if last:
        yield last


def _goes_on(last: Item, first: Item) -> bool:
    if not last.number or not first.number:
        return last.number == first.number
    return int(first.number) == int(last.number) + 1


def _titled(blocks: list[Block]) -> list[Block]:
    """The blocks; the first heading is the title, or the short line that stands before everything else."""
    first = next((n for n, block in enumerate(blocks) if isinstance(block, Heading)), None)
    top = blocks[0] if blocks else None
    if first == 0 and isinstance(top, Heading) and not _names_a_part(top.line):
        return [Heading(1, top.line), *_lowered(blocks[1:])]
    if isinstance(top, Paragraph) and _is_title(top.line) and not _only_heading_is_higher(blocks, first):
        return [Heading(1, on_one_line(without(top.line, "strong"))), *_lowered(blocks[1:])]
    if first is not None and _only_heading_is_higher(blocks, first):
        return [Heading(1, one.line) if n == first and isinstance(one, Heading) else one
                for n, one in enumerate([*blocks[:first + 1], *_lowered(blocks[first + 1 :])])]  # fmt: skip
    return _lowered(blocks)


def _is_title(words: Line) -> bool:
    """Whether the first line of all is a title: short, no sentence, no label and no action."""
    printed = plain(words)
    is_short = len(printed) <= _LONGEST_TITLE and "\n" not in printed and "\t" not in printed
    if label(printed, _VOCABULARY) or is_marked(Text(printed, 1), ()):
        return False
    is_plain = not printed.endswith(_SENTENCE_ENDS)
    return is_short and (is_plain or (is_all(words, "strong") and not printed.endswith((",", ";"))))


def _only_heading_is_higher(blocks: Sequence[Block], first: int | None) -> bool:
    """Whether the first heading is the one of the highest level and stands near the top: the title below a letterhead."""
    if first is None or first > 3:
        return False
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    heading = blocks[first]
    if not isinstance(heading, Heading) or _names_a_part(heading.line):
        return False
    return levels.count(min(levels)) == 1 and levels[0] == min(levels) and len(levels) > 1


def _names_a_part(words: Line) -> bool:
    """Whether a heading names a part of any minutes, such as `Present`, so that it is no title."""
    role = role_of(folded(words), _VOCABULARY)
    return role is not None and role is not Role.ITEM


def _lowered(blocks: Iterable[Block]) -> list[Block]:
    return [Heading(block.level + 1, block.line) if isinstance(block, Heading) else block for block in blocks]


def _levelled(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; each heading below the title is one level below the last one that ranked higher, so that none skips a
    level and those of one rank below the same heading are alike."""
    above: list[int] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level > 1:
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            yield Heading(min(len(above) + 1, 6), block.line)
        else:
            yield block


def _trimmed(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without lines across the page at the ends, or one right after another or above a heading."""
    kept: list[Block] = []
    for block in blocks:
        if kept and isinstance(kept[-1], Rule) and isinstance(block, Rule | Heading):
            kept.pop()
        if kept or not isinstance(block, Rule):
            kept.append(block)
    while kept and isinstance(kept[-1], Rule):
        kept.pop()
    yield from kept
