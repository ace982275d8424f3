"""What a folder of notes shows of how a board writes: where its owners stand, and words that settings could teach."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rrbnotes.model import Mention
from rrbnotes.owners import tasked
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.candidates import Candidate
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.markers import is_marked
from rrbnotes.reading.outline import Outline, Section
from rrbnotes.reading.roles import Role
from rrbnotes.reading.text import Text


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found in the notes of one folder."""

    notes: int
    actions: int
    places: tuple[tuple[str, int], ...]
    """Where owners stand, in words, with how many times, the most frequent first."""
    sections: tuple[str, ...] = ()
    """Headings over lists of tasks that no word of the table names."""
    markers: tuple[str, ...] = ()
    """Words before a colon that mark tasks and that the table does not know."""


_LEAST = 2
"""Times that a heading or a marker must occur before it is proposed."""
_COLUMNS = ("pipe-table", "tab-rows")
_LABEL = re.compile(r"([A-Z][A-Za-z][A-Za-z ]{1,20}):\s+(?=\S)")


def place_of_owner(candidate: Candidate, mention: Mention) -> str:
    """Where a mention's owners stand, in words; empty where it names nobody."""
    if not mention.owners:
        return ""
    if candidate.convention in _COLUMNS:
        return "in a column"
    words = candidate.text
    at = words.find(mention.owners[0])
    if at < 0 or (candidate.owner and at > 3):
        return "in a heading or line of their own"
    behind = words[at + len(mention.owners[-1]) :].lstrip(" )]*_")
    if at > len(words) / 2:
        return "in brackets or behind a dash at the end"
    return "before a colon" if behind.startswith(":") else "before the verb"


def unknown_sections(outlines: Iterable[Outline], lore: Lore) -> tuple[str, ...]:
    """The headings of the discussion, by themselves over a list of which most items give somebody a task."""
    found = Counter(
        section.heading.title
        for one in outlines
        for section in one.sections
        if section.heading and section.role is Role.ITEM and _lists_tasks(section, lore)
    )
    return tuple(title for title, times in found.most_common() if times >= _LEAST)


def _lists_tasks(section: Section, lore: Lore) -> bool:
    items = [item for block in section.blocks if block.form is Form.LIST for item in block.children]
    tasks = sum(bool(tasked(item.text.folded(), lore.directory)) for item in items)
    return len(items) > 1 and 2 * tasks > len(items) and len(section.blocks) == 1


def unknown_markers(outlines: Iterable[Outline], lore: Lore) -> tuple[str, ...]:
    """The words before a colon behind which, mostly, somebody is given a task."""
    times: Counter[str] = Counter()
    tasks: Counter[str] = Counter()
    for line in _discussed(outlines):
        words = line.folded()
        label = None if is_marked(line, lore.vocabulary.markers) else _LABEL.match(words)
        if label and not lore.directory.knows(label[1]) and not lore.statuses.cell(label[1]).status:
            times[label[1]] += 1
            tasks[label[1]] += bool(tasked(words[label.end() :], lore.directory))
    return tuple(word for word, n in tasks.most_common() if n >= _LEAST and 2 * n > times[word])


def _discussed(outlines: Iterable[Outline]) -> Iterator[Text]:
    """The printed lines of the discussion."""
    for one in outlines:
        for section in one.of_role(Role.ITEM, Role.TITLE):
            for block in section.blocks:
                for inner in block.walk():
                    yield from inner.text.lines()


def places(pairs: Iterable[tuple[Candidate, Mention]]) -> Sequence[tuple[str, int]]:
    """Where owners stand, the most frequent place first."""
    counted = Counter(where for candidate, mention in pairs if (where := place_of_owner(candidate, mention)))
    return counted.most_common()
