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
    marks = [(line, is_end) for line, is_end, found in _markers(source.lines) if found == name]
    if not marks:
        return None
    opened, *others = marks
    if opened[1]:
        raise _wrong(source, opened[0], f"'/rrb:{name}' closes what nothing opens")
    if not others or not others[0][1]:
        raise _wrong(source, opened[0], f"'rrb:{name}' is never closed")
    if len(marks) > 2:
        raise _wrong(source, marks[2][0], f"a second 'rrb:{name}' in one note")
    return Generated(opened[0], others[0][0])


def replaced(source: Source, part: Generated, name: str, text: str) -> Edit:
    """The edit that gives a part another text."""
    starts = source.starts()
    return Edit(starts[part.first - 1], starts[part.last], in_line_ends_of(source, framed(name, text)))


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


def _wrong(source: Source, line: int, what: str) -> RrbError:
    return RrbError(f"{source.path}:{line}: {what}; put the markers right, or take them out")
