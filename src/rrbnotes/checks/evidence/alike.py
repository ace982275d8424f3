"""Whether a stretch of a note reads the same when it is set otherwise: what a fix of a few characters proves at once."""

from collections.abc import Callable, Iterator, Sequence

from rrbnotes.reading.blocks import Block, read_blocks
from rrbnotes.reading.text import Text

Shape = tuple[object, ...]
Say = Callable[[str], str]


def _as_printed(words: str) -> str:
    return words


def shape(stretch: str, say: Say = _as_printed) -> Shape:
    """The blocks of a stretch with their words and looks. `say` turns printed words into those that are meant; the looks
    are then left aside, for their places move."""
    return tuple(_of_block(block, say) for block in read_blocks(stretch)[0])


def stays_blank(lines: Sequence[str], number: int) -> bool:
    """Whether a line may be left empty: beside another empty one it parts nothing that it held together."""
    beside = lines[max(0, number - 2) : number - 1], lines[number : number + 1]
    return any(not one or not one[0].strip() for one in beside)


def alone(line: str) -> Block | None:
    """The one block that a line is when it stands by itself, wherever it is indented."""
    blocks = read_blocks(line.strip(" \t"))[0]
    return blocks[0] if len(blocks) == 1 else None


def words_of(text: Text, say: Say = _as_printed) -> Shape:
    """The printed lines of a text with what is bold, struck out, code or a link in them."""
    if say is _as_printed:
        return tuple((line.folded(), _looks(line)) for line in text.lines())
    return tuple(" ".join(say(line.plain).split()) for line in text.lines())


def _looks(line: Text) -> Shape:
    """Which letters have which look, by their places without blanks."""
    places = [0]
    for letter in line.plain:
        places.append(places[-1] + (not letter.isspace()))
    found = {(places[span.start], places[span.end], span.look) for span in line.spans}
    return tuple(sorted(one for one in found if one[0] < one[1]))


def _of_block(block: Block, say: Say) -> Shape:
    rows = tuple(tuple(words_of(cell, say) for cell in row.cells) for row in block.rows)
    inside = tuple(_of_block(child, say) for child in block.children)
    return block.form, block.level, block.number, block.ticked, words_of(block.text, say), rows, inside


def code_spans(line: str) -> Iterator[tuple[int, int]]:
    """Where code stands between backticks on a line, by offsets."""
    runs = _ticks(line)
    closing: dict[int, int] = {}
    partner: dict[int, int] = {}
    for n in range(len(runs) - 1, -1, -1):
        size = runs[n][1] - runs[n][0]
        if size in closing:
            partner[n] = closing[size]
        closing[size] = n
    n = 0
    while n < len(runs):
        if n in partner:
            yield runs[n][0], runs[partner[n]][1]
            n = partner[n]
        n += 1


def _ticks(line: str) -> list[tuple[int, int]]:
    """The runs of backticks on a line; one behind a backslash is printed and begins nothing."""
    runs: list[tuple[int, int]] = []
    at = line.find("`")
    while at >= 0:
        end = at
        while end < len(line) and line[end] == "`":
            end += 1
        escaped = at > 0 and line[at - 1] == "\\"
        if end - at > escaped:
            runs.append((at + escaped, end))
        at = line.find("`", end)
    return runs
