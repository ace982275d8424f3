"""Comments in a note that allow what a rule would find: `<!-- rrb: allow no-owner: the Chair will name one -->`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rrbnotes.source import Range, Source

_COMMENT = re.compile(r"<!--\s*rrb:\s*allow\b(?P<words>[^\n]*?)-->")
_WORDS = re.compile(r"\s*(?P<names>[^:]*?)(?P<everywhere>\s+in this note)?\s*(?::\s*(?P<reason>.*?)\s*)?")
_NAME = re.compile(r"[^\s,]+")
_FENCE = re.compile(r" {0,3}(```|~~~)")


@dataclass(frozen=True, slots=True)
class Allow:
    """One rule that one comment allows, and where."""

    name: str
    at: Range
    """Of the name."""
    comment: Range
    reason: str
    first: int
    """The first line that it speaks of."""
    last: int

    def covers(self, name: str, at: Range) -> bool:
        """Whether it allows what a rule found at a place."""
        return (
            name == self.name
            and at.path == self.at.path
            and self.first <= at.line <= max(self.last, self.comment.line)
        )


@dataclass(frozen=True, slots=True)
class Allows:
    """All comments of a run, for the rules that look at them."""

    every: tuple[Allow, ...] = ()
    used: frozenset[Allow] = frozenset()
    """Those that silenced something."""
    ran: frozenset[str] = frozenset()
    """The rules that were run; of the others nobody knows whether a comment is needed."""
    known: frozenset[str] = frozenset()
    """The names of all rules."""
    odd: tuple[Range, ...] = ()
    """Comments to us that are not understood."""


def allows(source: Source) -> Iterator[Allow]:
    """What the comments of a note allow. One that shares a line with words speaks of that line, one on a line of its own
    of the lines below it up to a blank one, and `in this note` of all lines. Fenced code holds none."""
    comments = [
        (number, found) for number, line in _outside_fences(source) for found in _COMMENT.finditer(line)
    ]
    below = _blocks_below(source) if comments else ()
    for number, found in comments:
        said = _WORDS.fullmatch(found["words"])
        if not said:
            continue
        whole = Range(source.path, number, found.start() + 1, number, found.end() + 1)
        first, last = below[number] if _is_comment(source.lines[number - 1]) else (number, number)
        if said["everywhere"]:
            first, last = 1, len(source.lines) + 1
        begin = found.start("words") + said.start("names")
        for name in _NAME.finditer(said["names"]):
            at = Range(source.path, number, begin + name.start() + 1, number, begin + name.end() + 1)
            yield Allow(name[0], at, whole, said["reason"] or "", first, last)


_TO_US = re.compile(r"<!--\s*rrb\b[^\n]{0,300}?-->", re.IGNORECASE)
_GENERATED = re.compile(r"<!--\s*/?rrb:\s*[\w-]+\s*-->")
_ATTEMPT = re.compile(r"\b(?:allow\w*|ignor\w*|disabl\w*|skip|no)\b", re.IGNORECASE)


def odd(source: Source) -> Iterator[Range]:
    """Comments to us that would allow something if they were written right."""
    for number, line in _outside_fences(source):
        for found in _TO_US.finditer(line) if "rrb" in line.casefold() else ():
            is_read = _COMMENT.fullmatch(found[0]) or _GENERATED.fullmatch(found[0])
            if not is_read and _ATTEMPT.search(found[0]):
                yield Range(source.path, number, found.start() + 1, number, found.end() + 1)


def _outside_fences(source: Source) -> Iterator[tuple[int, str]]:
    """The lines outside of fenced code, with their numbers."""
    fence = ""
    for number, line in enumerate(source.lines, 1):
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        elif not fence:
            yield number, line


def _blocks_below(source: Source) -> Sequence[tuple[int, int]]:
    """By the number of a line: the first and the last line of the block below it, past blank lines and comments."""
    lines = source.lines
    first, last = len(lines) + 1, len(lines) + 1
    found = [(first, last)] * (len(lines) + 2)
    for number in range(len(lines), 0, -1):
        found[number] = (first, last)
        line = lines[number - 1]
        if line.strip() and not _is_comment(line):
            ends_here = number == len(lines) or not lines[number].strip()
            first, last = number, number if ends_here else last if first == number + 1 else number
    return found


def _is_comment(line: str) -> bool:
    """Whether a line holds comments of ours and nothing else."""
    return "rrb:" in line and not _COMMENT.sub("", line).strip()
