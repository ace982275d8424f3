"""Comments in a note that allow what a rule would find: `<!-- rrb: allow no-owner: the Chair will name one -->`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rrbnotes.source import Range, Source, unfenced

_COMMENT = re.compile(r"<!--\s*rrb:\s*allow\b(?P<words>[^\n]{0,300}?)-->")
_WORDS = re.compile(r"\s*(?P<names>[^:]*?)(?P<everywhere>\s+in this note)?\s*(?::\s*(?P<reason>.*?)\s*)?")
_NAME = re.compile(r"[^\s,]+")
_ITEM = re.compile(r"(?P<indent>[ \t>]*)(?:[-*+•]|\d{1,9}[.)])(?:[ \t]|$)")
_ROW = re.compile(r"[ \t>]*(?:\||\d{1,3}\t)|[^|\n]*(?<!\\)\|[^|\n]*\|")
"""A row of a table, or one that is set with tabs."""
_TABLE_RULE = re.compile(r"[|: \t]*+-[|: \t-]*+")


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
    of the item or row below it, or else of the lines up to a blank one (above a table's headings that is the whole table),
    and `in this note` of all lines. Fenced code holds none."""
    below = 0
    for number, found in _found(_COMMENT, source):
        said = _WORDS.fullmatch(found["words"])
        if not said:
            continue
        whole = Range(source.path, number, found.start() + 1, number, found.end() + 1)
        is_alone = _is_comment(source.lines[number - 1])
        first, last = _below(source.lines, number, below) if is_alone else (number, number)
        below = first
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
    for number, found in _found(_TO_US, source):
        is_read = _COMMENT.fullmatch(found[0]) or _GENERATED.fullmatch(found[0])
        if not is_read and _ATTEMPT.search(found[0]):
            yield Range(source.path, number, found.start() + 1, number, found.end() + 1)


def _found(pattern: re.Pattern[str], source: Source) -> Iterator[tuple[int, re.Match[str]]]:
    """What a pattern finds outside of fenced code, by its line; most notes hold no comment to us, and are not walked."""
    if pattern.search(source.text):
        for number, line in unfenced(source.lines):
            yield from ((number, found) for found in pattern.finditer(line))


def _below(lines: Sequence[str], number: int, known: int) -> tuple[int, int]:
    """The first and the last line of what a comment on a line of its own speaks of, past blank lines and comments; what is
    `known` to be below the comment before is below this one too, if it stands further down."""
    first = max(number + 1, known)
    while first <= len(lines) and (not lines[first - 1].strip() or _is_comment(lines[first - 1])):
        first += 1
    if first > len(lines):
        return first, first
    item = _ITEM.match(lines[first - 1])
    is_head = first < len(lines) and _TABLE_RULE.fullmatch(lines[first].strip())
    if not item and _ROW.match(lines[first - 1]) and not is_head:
        return first, first
    last = first
    while last < len(lines) and lines[last].strip() and not _is_comment(lines[last]):
        other = _ITEM.match(lines[last]) if item else None
        if item and other and len(other["indent"]) <= len(item["indent"]):
            break
        last += 1
    return first, last


def _is_comment(line: str) -> bool:
    """Whether a line holds comments of ours and nothing else."""
    return "rrb:" in line and not _COMMENT.sub("", line).strip()
