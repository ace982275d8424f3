"""Pages as the markdown of a note. Each stretch of words is read back: only what would else read differently is escaped."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rrbnotes.importing.pages import Block, Heading, Items, Line, Paragraph, Rule, Run, Table, folded
from rrbnotes.reading.blocks import Form, read_blocks


def written(blocks: Iterable[Block]) -> str:
    """The note's text."""
    return "\n\n".join("\n".join(lines) for lines in _all(blocks) if lines) + "\n"


def _all(blocks: Iterable[Block]) -> Iterator[list[str]]:
    """The lines of each block. Lists that follow each other differ in their marks, so that they stay two."""
    was_list = False
    other = False
    for block in blocks:
        is_list = isinstance(block, Items)
        other = is_list and was_list and not other
        was_list = is_list
        yield list(_lines(block, other))


def _lines(block: Block, other: bool) -> Iterator[str]:
    match block:
        case Heading(level, line):
            marks = "#" * level
            yield f"{marks} {_spelled(line, _Place(Form.HEADING, f'{marks} '))}"
        case Paragraph(line):
            yield from _spelled(line, _Place(Form.PARAGRAPH)).split("\n")
        case Items():
            yield from _list(block, other)
        case Table(rows):
            heads, *rest = [f"| {' | '.join(_spelled(cell, _CELL) for cell in row)} |" for row in rows]
            yield from (heads, "|" + " --- |" * len(rows[0]), *rest)
        case Rule():
            yield "* * *"


def _list(block: Items, other: bool) -> Iterator[str]:
    """The items. Where their numbers jump a new list begins, for markdown counts by itself."""
    expected = ""
    for item in block.items:
        if item.number and expected and item.number != expected:
            other = not other
            yield ""
        mark = f"{item.number}{')' if other else '.'}" if item.number else "*" if other else "-"
        expected = str(int(item.number) + 1) if item.number else ""
        below = [line for lines in _inside(item.blocks) for line in lines]
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, Paragraph) and _DRAWN.fullmatch(
            below[0]
        ):  # behind its mark a line across the page
            below[0] = _all_escaped(folded(first.line))
        for n, line in enumerate(below or [""]):
            yield f"{mark} {line}".rstrip() if n == 0 else (" " * (len(mark) + 1) + line).rstrip()


def _inside(blocks: Sequence[Block]) -> Iterator[list[str]]:
    """The lines of what stands in an item: a list follows its words at once, everything else behind an empty line, and a
    list that counts from another number than 1, which would else go on with the words."""
    before: Block | None = None
    for block, lines in zip(blocks, _all(blocks), strict=True):
        is_list = isinstance(block, Items) and block.items[0].number in ("", "1")
        is_tight = before is None or (is_list and isinstance(before, Paragraph))
        yield lines if is_tight else ["", *lines]
        before = block


# Words


@dataclass(frozen=True, slots=True)
class _Place:
    """Where words stand, so that they can be read back from there."""

    form: Form
    before: str = ""
    behind: str = ""

    def reads(self, words: str) -> str | None:
        """What is read in the words there; None where they are something else."""
        blocks, _ = read_blocks(f"{self.before}{words}{self.behind}")
        if len(blocks) != 1 or blocks[0].form is not self.form or _is_odd(words, self):
            return None
        one = blocks[0]
        if self.form is not Form.TABLE:
            return one.text.folded()
        return one.rows[0].cells[0].folded() if [len(row.cells) for row in one.rows] == [1] else None


_DRAWN = re.compile(r"[-*_ ]+")
_CELL = _Place(Form.TABLE, "| ", " |\n| --- |")
_ODD = re.compile(r"[ ]{0,3}(?:#|<<<<<<< |>>>>>>> |=======$|\+\+\+|~~~|```)")
"""What other readers of markdown, or we ourselves, take for a mark at the start of a line."""
_CHECK_BOX = re.compile(r"(?:\[[ xX]?\]|[☐☑☒✓✔])\s")


def _is_odd(words: str, place: _Place) -> bool:
    """Whether words hold a comment, which may speak to us, or begin a line with what may be taken for a mark."""
    starts = place.form is Form.PARAGRAPH and any(_ODD.match(line) for line in words.split("\n"))
    return starts or "<!--" in words


def _spelled(line: Line, place: _Place) -> str:
    """The words with marks for their looks and as few escapes as it takes to read the same in their place."""
    said = folded(line)
    if place.form is Form.PARAGRAPH:
        box = _CHECK_BOX.match(said)
        said = said[box.end() :] if box else said
    runs = _outside_marks(line)
    bare = [replace(run, looks=frozenset(), link="") for run in runs]
    for some in (runs, bare):
        for escape in _ESCAPES if len(said) < _LONG else _ESCAPES[-2:]:
            words = _marked(some, escape)
            if place.reads(words) == said:
                return words
    return _marked(bare, _all_escaped)


def _not_escaped(words: str) -> str:
    return words


def _started(words: str) -> str:
    """What would make another block of a line is escaped."""
    return _START.sub(lambda found: f"{found[1]}\\{found[2]}", words)


def _acting_escaped(words: str) -> str:
    return _started(_ACTING.sub(r"\\\g<0>", words))


def _all_escaped(words: str) -> str:
    return _PUNCTUATION.sub(r"\\\g<0>", words)


_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|)([.)](?<=\d.)|[-+#>=<])", re.MULTILINE)
_ACTING = re.compile(r"[\\`*_\[\]<|~]|&(?=#?\w+;)")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_PIPES = re.compile(r"\|")
_ESCAPES: tuple[Callable[[str], str], ...] = (
    _not_escaped,
    _started,
    lambda words: _PIPES.sub(r"\\|", words),
    _acting_escaped,
    _all_escaped,
)
"""From the least to the most."""
_LONG = 5_000
"""Characters; signs that are left to act make markdown slow on paragraphs that no minutes have."""
_MARKS = (("strong", "**"), ("struck", "~~"), ("emphasis", "*"))


def _outside_marks(line: Line) -> list[Run]:
    """The runs. A sign at the end of marked words that runs into a letter moves out, for `**Action:**now` marks nothing."""
    runs = list(line)
    for n in range(len(runs) - 1):
        one, behind = runs[n], runs[n + 1]
        end = one.words.rstrip(_SIGNS)
        if one.looks - behind.looks and end and end != one.words and behind.words[:1].isalnum():
            runs[n] = replace(one, words=end)
            runs[n + 1] = replace(behind, words=one.words[len(end) :] + behind.words)
    return runs


_SIGNS = ".,:;!?)]-–—’”\"'"


def _marked(
    runs: Sequence[Run], escape: Callable[[str], str], marks: Sequence[tuple[str, str]] = _MARKS
) -> str:
    """The words between their marks, the marks within each other."""
    if not marks:
        return "".join(
            _linked(list(alike), link, escape) for link, alike in groupby(runs, key=lambda run: run.link)
        )
    (look, mark), *others = marks
    parts = []
    for is_marked, alike in groupby(runs, key=lambda run: look in run.looks):
        words = _marked(list(alike), escape, others)
        parts.append(f"{mark}{words}{mark}" if is_marked and words.strip() else words)
    return "".join(parts)


def _linked(runs: Sequence[Run], link: str, escape: Callable[[str], str]) -> str:
    words = escape("".join(run.words for run in runs)).replace("\n", "\\\n")
    return f"[{words}]({link})" if link else words
