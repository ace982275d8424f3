"""A fix as the lines that it changes: before and after."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rrbnotes.edits import Edit, apply
from rrbnotes.source import Range, split_lines
from rrbnotes.views.check_report import Report


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that a fix changes together."""

    line: int
    """The number of the first."""
    new_line: int
    """The same, once the hunks above are made."""
    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether only blanks change."""
        return "".join("".join(self.old).split()) == "".join("".join(self.new).split())


@dataclass(frozen=True, slots=True)
class Patched:
    """A text whose offsets can be told as lines and columns."""

    path: str
    text: str
    starts: Sequence[int]
    """The offset of each line's first character, and that behind the last line."""

    def region(self, edit: Edit) -> Range:
        """Where an edit's old text stands."""
        first, last = self._line(edit.start), self._line(edit.end)
        start, end = edit.start - self.starts[first], edit.end - self.starts[last]
        return Range(self.path, first + 1, start + 1, last + 1, end + 1)

    def hunks(self, edits: Sequence[Edit]) -> Iterator[Hunk]:
        """What edits change, from above."""
        moved_by = 0
        for group in self._groups(edits):
            first, last = self._line(group[0].start), self._line(group[-1].end)
            begin = self.starts[first]
            before = self.text[begin : self.starts[last + 1]]
            moved = (Edit(edit.start - begin, edit.end - begin, edit.text) for edit in group)
            old, new = split_lines(before), split_lines(apply(before, moved))
            line = first + 1
            for tag, i, old_end, j, new_end in SequenceMatcher(None, old, new).get_opcodes():
                if tag != "equal":
                    yield Hunk(line + i, line + moved_by + j, tuple(old[i:old_end]), tuple(new[j:new_end]))
            moved_by += len(new) - len(old)

    def _groups(self, edits: Sequence[Edit]) -> Iterator[list[Edit]]:
        """The edits of the same lines, and of lines that follow each other, together."""
        group: list[Edit] = []
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            if group and self._line(edit.start) > self._line(group[-1].end) + 1:
                yield group
                group = []
            group.append(edit)
        if group:
            yield group

    def _line(self, offset: int) -> int:
        """The index of the line that an offset is in."""
        return bisect_right(self.starts, offset, hi=len(self.starts) - 1) - 1


def patched(report: Report) -> Mapping[str, Patched]:
    """The files that fixes change, by path."""
    paths = {one.path for one in report.diagnostics if one.finding.fix}
    return {
        path: Patched(path, source.text, source.starts())
        for path, source in report.sources.items()
        if path in paths
    }


def changed(line: str, other: str) -> tuple[int, int]:
    """The offsets of what one line has that another has not."""
    shorter = min(len(line), len(other))
    start = next((n for n in range(shorter) if line[n] != other[n]), shorter)
    rest = shorter - start
    return start, len(line) - next((n for n in range(rest) if line[-1 - n] != other[-1 - n]), rest)
