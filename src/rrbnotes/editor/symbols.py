"""The contents of a note: its agenda items and lists of actions, each with the actions in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rrbnotes.checks.book import Book, place
from rrbnotes.model import Action, Kind, Mention
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted
from rrbnotes.source import Range, Source

_MOST = 80


@dataclass(frozen=True, slots=True)
class Symbol:
    """One entry of a note's contents."""

    name: str
    detail: str
    at: Range
    """All that belongs to it."""
    named_at: Range
    """Where its own words are."""
    inside: tuple["Symbol", ...] = ()
    is_action: bool = False


def symbols(book: Book, path: str) -> tuple[Symbol, ...]:
    """The contents of a note, in order."""
    minutes = book.by_path().get(path)
    if minutes is None:
        return ()
    last = max(len(minutes.source.lines), 1)
    titles = dict(_titles(minutes))
    actions = book.action_of()
    mentions = sorted(minutes.meeting.mentions, key=lambda one: one.at)
    starts = [0, *sorted(titles), last + 1]
    found: list[Symbol] = []
    for start, after in pairwise(starts):
        own = [one for one in mentions if start <= one.at.line < after]
        inside = tuple(_symbol(one, actions.get(place(one)), minutes.source) for one in own)
        if not titles.get(start):
            found += inside
        else:
            heading = minutes.source.whole_line(start)
            whole = minutes.source.whole_lines(start, max(start, _last_printed(minutes.source, after)))
            found.append(Symbol(titles[start], "", whole, heading, inside))
    return tuple(found)


def _titles(minutes: Minutes) -> Iterator[tuple[int, str]]:
    """Every heading's line, with its title where it is an agenda item or lists actions, and without where it is not."""
    for section in minutes.outline.sections:
        if section.heading:
            lists = section.role.lists_actions
            yield section.heading.line, section.heading.title.strip() if lists else ""
    for item in minutes.meeting.items:
        yield item.line, str(item).strip()


def _symbol(mention: Mention, action: Action | None, source: Source) -> Symbol:
    at = source.whole_line(mention.at.line)
    owners = ", ".join(mention.owners)
    words = quoted(mention.action or mention.text, _MOST)[1:-1]
    ref = action.ref if action else ""
    said = mention.status or ("" if mention.kind is Kind.RAISED else mention.kind)
    detail = " ".join(part for part in (ref, said) if part)
    return Symbol(f"{owners}: {words}" if owners else words, detail, at, at, is_action=True)


def _last_printed(source: Source, after: int) -> int:
    """The last line before another that is not blank."""
    last = min(after - 1, len(source.lines))
    while last > 1 and not source.lines[last - 1].strip():
        last -= 1
    return last
