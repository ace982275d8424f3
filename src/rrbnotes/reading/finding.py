"""Shows every passage of an outline to the dialects and collects what they find."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rrbnotes.owners import names_in
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.candidates import Candidate, Passage, Refusal, refusal
from rrbnotes.reading.details import is_detail_line
from rrbnotes.reading.dialects import DIALECTS, Dialect
from rrbnotes.reading.dialects.action_list import is_umbrella, names_over
from rrbnotes.reading.dialects.inline_marker import inline_marker
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.markers import is_marked, is_marker_alone
from rrbnotes.reading.outline import Outline, Section
from rrbnotes.reading.roles import Role, role_of
from rrbnotes.reading.text import EMPTY, Text

_SILENT = (Role.ATTENDANCE, Role.ABSENCE, Role.NEXT_MEETING)
"""Sections in which only what is marked is an action."""

_ALONE = ("action", "todo")
"""Headings that mark the one paragraph below them."""


def find(outline: Outline, lore: Lore) -> tuple[Candidate, ...]:
    """All candidates of a note, accepted and refused, in the order of their lines."""
    found: list[Candidate] = []
    group = 0
    for section in outline.sections:
        found += _empty_marker(section, outline.path)
        told = _told_below(section, lore)
        over = _over(section, outline.path, lore)
        for n, block in enumerate(section.blocks):
            group += 1
            passage = _passage(over, section, n, block, group, lore)
            if n in told:
                passage = passage._replace(is_detail=True)
            elif told:
                passage = passage._replace(after=_report(section, n, told))
            is_silent = section.role in _SILENT and not block.generated
            found += _offer(passage, (inline_marker,) if is_silent else DIALECTS, lore)
    return tuple(sorted(found, key=lambda one: (one.at, not one.accepted)))


def _told_below(section: Section, lore: Lore) -> frozenset[int]:
    """The places of what stands between marked paragraphs in a section whose actions are such paragraphs: it reports on
    the one above it. A single one is no habit, unless what stands below it begins as a report does: `- Status: done`."""
    if not section.role.lists_actions:
        return frozenset()
    marked = [
        n
        for n, block in enumerate(section.blocks)
        if block.form is Form.PARAGRAPH and is_marked(block.text, lore.vocabulary.markers)
    ]
    if not marked:
        return frozenset()
    below = frozenset(range(marked[0] + 1, len(section.blocks))) - frozenset(marked)
    first = section.blocks[min(below)] if below else None
    is_report = first is not None and bool(first.children) and is_detail_line(first.children[0].text, lore)
    return below if len(marked) > 1 or is_report else frozenset()


def _report(section: Section, n: int, told: frozenset[int]) -> Block | None:
    """The first list that reports on a block."""
    below = itertools.takewhile(told.__contains__, range(n + 1, len(section.blocks)))
    return next((section.blocks[at] for at in below if section.blocks[at].form is Form.LIST), None)


_STANDING = re.compile(r"\b(completed?|done|closed|finished|resolved)\b", re.IGNORECASE)


def _standing(section: Section) -> str:
    """The word in a list's title for how its actions stand: `Completed action items`, `Done (from last time)`."""
    found = (
        _STANDING.search(section.heading.title) if section.heading and section.role.lists_actions else None
    )
    return found[1] if found else ""


def _empty_marker(section: Section, path: str) -> Iterator[Candidate]:
    """A marker that stands alone with nothing below it."""
    heading = section.heading
    if heading and not section.blocks and heading.title.casefold() in _ALONE:
        words = Text("", heading.line)
        passage = Passage(Block(Form.PARAGRAPH, heading.line, words), path, section.role, section.item, 0)
        yield refusal(passage, "inline-marker", Refusal.NO_WORDS, words)


def _over(section: Section, path: str, lore: Lore) -> Passage:
    """What a section says of all its blocks."""
    is_reviewed = section.role is Role.PREVIOUS
    return Passage(
        Block(Form.PARAGRAPH, 0),
        path,
        section.role,
        section.item,
        group=0,
        owner=section.owner,
        is_topical=is_reviewed and bool(section.owner) and not names_in(section.owner, lore.directory),
        in_charge=section.charge,
        standing=_standing(section),
        is_agenda=section.is_agenda,
    )


def _passage(over: Passage, section: Section, n: int, block: Block, group: int, lore: Lore) -> Passage:
    """A block of a section. A marker that stood alone as the section's heading or in the paragraph above marks it."""
    heading, above = section.heading, section.blocks[n - 1] if n else None
    marker = 0
    is_one = block.form is Form.PARAGRAPH or (block.form is Form.LIST and len(block.children) == 1)
    if n == 0 and heading and heading.title.casefold() in _ALONE and is_one:
        marker = heading.line
    elif above and above.form is Form.PARAGRAPH and is_marker_alone(above.text, lore.vocabulary.markers):
        marker = list(above.text.lines())[-1].line
    if marker and block.form is Form.LIST and len(block.children) == 1:
        block = replace(block.children[0], form=Form.PARAGRAPH)  # one item below a marker is what it marks
    owner = section.owner
    if above and above.form is Form.PARAGRAPH and block.form is Form.LIST:
        owner = ", ".join(_owners_over(above.text, section.role, lore)) or owner
    words = above.text if above else EMPTY
    return over._replace(block=block, group=group, owner=owner, above=words, marker=marker)


def _offer(passage: Passage, dialects: Sequence[Dialect], lore: Lore) -> Iterator[Candidate]:
    """The candidates of a passage and of what stands inside it."""
    mine = () if passage.block.form in _HOLDERS else _claim(passage, dialects, lore)
    yield from mine
    inner = _below(passage, any(one.accepted for one in mine), lore)
    for child in _marked_alone(inner):
        role = _title_role(child, lore)
        if role:
            inner = inner._replace(role=role)
        else:
            yield from _offer(inner._replace(block=child), dialects, lore)


def _claim(passage: Passage, dialects: Sequence[Dialect], lore: Lore) -> tuple[Candidate, ...]:
    """What the first dialect that knows a passage finds in it."""
    for dialect in dialects:
        found = dialect(passage, lore)
        if found is not None:
            return found
    return ()


_HOLDERS = (Form.LIST, Form.QUOTE)
"""What has no words of its own but the blocks inside it, so that no dialect knows it."""


def _marked_alone(passage: Passage) -> tuple[Block, ...]:
    """The blocks inside a block; one item alone below a marker is what it marks, at the marker's line."""
    children = passage.block.children
    if (
        passage.marker
        and len(children) == 1
        and len(children[0].children) == 1
        and children[0].form is Form.LIST
    ):
        return (replace(children[0].children[0], form=Form.PARAGRAPH),)
    return children


def _title_role(block: Block, lore: Lore) -> Role | None:
    """The part that a bold item which is a title and nothing else (`- **Action items**`) gives the items that follow it."""
    is_title = block.form is Form.ITEM and not block.children and block.text.looks("strong")
    return role_of(block.text.folded().rstrip(": "), lore.vocabulary) if is_title else None


def _owners_over(text: Text, role: Role, lore: Lore) -> tuple[str, ...]:
    """The owners that a line over a list names. In the discussion two words with capitals are a topic sooner than a
    person whom the board does not know."""
    names = names_over(text, lore)
    return names if role.lists_actions or all(map(lore.directory.knows, names)) else ()


def _below(passage: Passage, is_action: bool, lore: Lore) -> Passage:
    """What stands above the blocks inside a block: an item may introduce them, own them, mark them or be explained by them."""
    block = passage.block
    if block.form is not Form.ITEM or not block.children:
        return passage
    passage = passage._replace(above=block.text)
    if is_action:
        return passage._replace(is_detail=True, marker=0)
    words = block.text.folded().rstrip(":")
    is_single = len(block.children) == 1 and len(block.children[0].children) == 1
    if is_single and words.casefold() in _ALONE and is_marker_alone(block.text, lore.vocabulary.markers):
        return passage._replace(marker=block.text.line, is_detail=False)
    role = role_of(words, lore.vocabulary)
    if role:
        return passage._replace(role=role, is_detail=False, marker=0)
    if is_marker_alone(block.text, lore.vocabulary.markers):
        return passage._replace(marker=list(block.text.lines())[-1].line, is_detail=False)
    if passage.role is Role.PREVIOUS and is_umbrella(passage, lore) and not lore.statuses.cell(words).status:
        passage = passage._replace(is_topical=True)
    names = _owners_over(block.text, passage.role, lore)
    if names and is_umbrella(passage, lore):
        return passage._replace(owner=", ".join(names), is_detail=False)
    return passage
