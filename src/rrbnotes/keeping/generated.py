"""The parts of a note that rrb writes between its own markers: where they are, and a new text for them and nothing else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rrbnotes.edits import Edit
from rrbnotes.errors import RrbError
from rrbnotes.reading.blocks import OUR_MARKER
from rrbnotes.source import Source, unfenced

SUMMARY, PREVIOUS = "summary", "previous"
"""The names of the parts: a meeting's action summary, and the table of earlier actions that people fill in."""
TODO = "put the markers right, or take them out"


@dataclass(frozen=True, slots=True)
class Generated:
    """One such part."""

    first: int
    """The line of its opening marker."""
    last: int
    """The line of its closing marker."""

    @property
    def inside(self) -> range:
        """The numbers of the lines between the markers."""
        return range(self.first + 1, self.last)


def framed(name: str, text: str) -> str:
    """A text between the markers of its part; it ends with a line end."""
    return f"<!-- rrb:{name} -->\n\n{text.strip()}\n\n<!-- /rrb:{name} -->\n"


def find(source: Source, name: str) -> Generated | None:
    """The part of that name; raises at its line where its markers are not one pair."""
    wrong = slip(source, name)
    if wrong:
        raise RrbError(f"{source.path}:{wrong[0]}: {wrong[1]}; {TODO}")
    lines = [line for line, _, found in _markers(source.lines) if found == name]
    return Generated(*lines) if lines else None


def slip(source: Source, name: str) -> tuple[int, str] | None:
    """What is wrong with the markers of a part, with the line of it; None where they are one pair, or there are none."""
    marks = [(line, is_end) for line, is_end, found in _markers(source.lines) if found == name]
    match marks:
        case [] | [(_, False), (_, True)]:
            return None
        case [(line, True), *_]:
            return line, f"'/rrb:{name}' closes what nothing opens"
        case [(_, False), (_, True), (line, _), *_]:
            return line, f"a second 'rrb:{name}' in one note"
    return marks[0][0], f"'rrb:{name}' is never closed"


def replaced(source: Source, part: Generated, name: str, text: str) -> Edit:
    """The edit that gives a part another text."""
    starts = source.starts()
    return Edit(starts[part.first - 1], starts[part.last], in_line_ends_of(source, framed(name, text)))


def keeps_the_rest(before: Source, after: Source, name: str) -> bool:
    """Whether every line outside a part stands where it stood among the others; new ones may have come."""
    now = iter(_outside(after, name))
    return all(line in now for line in _outside(before, name))


def _outside(source: Source, name: str) -> list[str]:
    part = find(source, name)
    lines = source.lines if part is None else (*source.lines[: part.first - 1], *source.lines[part.last :])
    return [line for line in lines if line.strip()]


def in_line_ends_of(source: Source, text: str) -> str:
    """A text with the line ends that a note has."""
    found = re.search(r"\r\n|\n|\r", source.text)
    return text.replace("\n", found[0]) if found else text


def _markers(lines: Sequence[str]) -> Iterator[tuple[int, bool, str]]:
    """The line of each marker, whether it closes, and its name; in code there are none."""
    for number, line in unfenced(lines):
        found = OUR_MARKER.match(line)
        if found:
            yield number, bool(found[1]), found[2].casefold()
