"""Puts the action summary in the place of one that people wrote: rows that only repeat the discussion go, all else stays."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rrbnotes.edits import Edit
from rrbnotes.errors import RrbError
from rrbnotes.keeping.generated import SUMMARY, find, framed, in_line_ends_of
from rrbnotes.keeping.summaries import Old, elsewhere, headed, is_summary, old_in, refusal, repeating, written
from rrbnotes.model import Action, Due, Mention
from rrbnotes.notebook import Minutes
from rrbnotes.owners import Directory
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.columns import columns
from rrbnotes.reading.roles import Role, Vocabulary, role_of
from rrbnotes.source import line_in

_NUMBER_AHEAD = re.compile(r"(?<![\s|>*+-])[\s|>*+-]*+\d{1,3}[.)]?(?=[\s|])")
_WORD = re.compile(r"\w+")
_LITTLE = frozenset(
    "a an and action actions at be by for from in is of on or that the this to will with".split()
)
"""Words whose absence loses nothing."""


def adopted(minutes: Minutes, actions: Iterable[Action], text: str) -> tuple[Edit, ...]:
    """The edits by which the summary takes the place of the last one that people wrote, with the sub-headings in it. What
    says more than the discussion stays: above the new one, or below it where it has headings of its own."""
    source = minutes.source
    olds = [old_in(minutes, section) for section in headed(minutes)]
    if find(source, SUMMARY) or not any(old.rows for old in olds):
        return written(minutes, actions, text)
    mine = tuple(_last_run(olds))
    known = tuple(actions)
    whole = Old(mine[0].heading, mine[0].first, mine[-1].last, tuple(row for old in mine for row in old.rows))
    repeated = {row for action in known for row in repeating(action, whole)}
    if not is_summary(whole, repeated):
        raise RrbError(f"{source.path}:{whole.rows[0].at.line}: {refusal(whole, repeated)}")
    gone = _gone(minutes, whole, known)
    titles = {one.heading.line: one.heading.title for one in headed(minutes) if one.heading}
    for old in mine[1:]:
        is_bare = _is_bare_title(titles[old.heading], line_in(source.lines, old.heading))
        if is_bare and not _left(minutes, old.first, old.last, gone):
            gone |= set(range(old.heading, old.first))
    kept = _left(minutes, whole.first, whole.last, gone)
    has_headings = any(old.heading not in gone for old in mine[1:])
    parts = (framed(SUMMARY, text), kept) if has_headings else (kept, framed(SUMMARY, text))
    new = "\n\n".join(part.strip("\n") for part in parts if part)
    starts = source.starts()
    return (Edit(starts[whole.first - 1], starts[whole.last], in_line_ends_of(source, f"\n{new}\n\n")),)


def _is_bare_title(title: str, line: str) -> bool:
    """Whether a line is a heading for a part of the list, such as an owner's, and says nothing behind it."""
    return role_of(title, Vocabulary()) is not Role.ACTIONS and _words([line]) == _words([title])


def _last_run(olds: Sequence[Old]) -> Iterator[Old]:
    """The last summary: its sections follow each other without anything between, and the first may only be a title."""
    last = max(n for n, old in enumerate(olds) if old.rows)
    first = last
    while first and olds[first - 1].last + 1 == olds[first].heading:
        first -= 1
    yield from olds[first : last + 1]


def _gone(minutes: Minutes, old: Old, actions: Sequence[Action]) -> set[int]:
    """The lines of the rows that say no more than the discussion, and of a table's headings where all of its rows go."""
    spans = dict(_spans(minutes, old))
    going = {
        row
        for action in actions
        for row in repeating(action, old)
        if not _says_more(minutes, row, spans[row], elsewhere(row, action, old))
    }
    gone = {
        n for row in going for n in spans[row] if all(row in going for row in old.rows if n in spans[row])
    }
    for head, rows in _tables(minutes, old):
        if set(rows) <= gone:
            gone |= set(head)
    if len(going) == len(old.rows):
        gone |= {n for n in range(old.first, old.last + 1) if _is_tab_head(line_in(minutes.source.lines, n))}
    return gone


def _is_tab_head(line: str) -> bool:
    """Whether a line holds only headings of columns."""
    titles = [title.strip() for title in line.split("\t")]
    return len(titles) > 1 and len(columns(titles)) == len(titles)


def _says_more(minutes: Minutes, row: Mention, span: range, others: Sequence[Mention]) -> bool:
    """Whether a row, as it is printed, names an owner, a deadline or any word that its action's other places do not."""
    directory = minutes.lore.directory
    if not (_is_owned(row, others, directory) and _is_dated(row, others)):
        return True
    first, *rest = (line_in(minutes.source.lines, number) for number in span)
    printed = _words((_NUMBER_AHEAD.sub("", first, count=1), *rest))
    said = (row.number or "", *row.owners, row.due.text if row.due else "")
    known = (text for one in others for text in (one.text, one.item or "", *one.owners))
    return not printed <= _words((*said, *known)) | _LITTLE


def _is_owned(row: Mention, others: Iterable[Mention], directory: Directory) -> bool:
    theirs = {directory.short(name) for one in others for name in one.owners}
    return {directory.short(name) for name in row.owners} <= theirs


def _is_dated(row: Mention, others: Iterable[Mention]) -> bool:
    return row.due is None or _day(row.due) in [_day(one.due) for one in others if one.due]


def _day(due: Due) -> Due:
    """A deadline without the words for it; those alone where they fix no day."""
    bare = replace(due, text="")
    return due if bare == Due("") else bare


def _words(texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in _WORD.findall(text)}


def _left(minutes: Minutes, first: int, last: int, gone: Collection[int]) -> str:
    """What is left of some lines, without the empty ones at its ends and those that the gone ones were parted by."""
    kept = "\n".join(line_in(minutes.source.lines, n) for n in range(first, last + 1) if n not in gone)
    return re.sub(r"\A(?:[ \t]*\n)+|\s+\Z", "", re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", kept))


def _spans(minutes: Minutes, old: Old) -> Iterator[tuple[Mention, range]]:
    """Each row with its lines: up to the next row, a blank line or the end."""
    lines = minutes.source.lines
    starts = sorted({row.at.line for row in old.rows})
    ends = dict(pairwise([*starts, old.last + 1]))
    for row in old.rows:
        first = last = row.at.line
        while last + 1 < ends[first] and lines[last].strip():
            last += 1
        yield row, range(first, last + 1)


def _tables(minutes: Minutes, old: Old) -> Iterator[tuple[range, tuple[int, ...]]]:
    """The lines of each table's headings, with the rule below them, and those of its rows."""
    for section in headed(minutes):
        for block in section.blocks:
            if block.form is Form.TABLE and block.rows and old.first <= block.line <= old.last:
                head, *rows = block.rows
                is_titled = len(columns([cell.folded() for cell in head.cells])) > 1
                has_rule = line_in(minutes.source.lines, block.line).lstrip().startswith("|")
                if has_rule or is_titled:
                    yield range(block.line, block.line + 1 + has_rule), tuple(row.line for row in rows)
