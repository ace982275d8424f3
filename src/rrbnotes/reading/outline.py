"""What can be seen of one note by itself: front matter and sections, each with its role."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from rrbnotes.model import AgendaItem
from rrbnotes.reading.blocks import Block, Form, read_blocks
from rrbnotes.reading.front_matter import FrontMatter, read_front_matter
from rrbnotes.reading.roles import Role, role_of, split_number
from rrbnotes.reading.text import Text
from rrbnotes.source import Source, split_lines

_MAX_TITLE = 90
"""A longer line is a sentence, not a heading."""


class Rank(IntEnum):
    """How deep a heading ranks that is not marked as one; real ones rank 1 to 6."""

    MARKED = 7
    """A bold line, or the one item of a numbered list."""
    COLON = 8
    SHORT = 9


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, real or in effect."""

    line: int
    title: str
    """Without its number and its closing colon."""
    number: str | None
    rank: int
    role: Role | None
    """By its own words; None where they name no role."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks up to the next one."""

    role: Role
    heading: Heading | None
    """None for what stands before the first heading."""
    blocks: tuple[Block, ...]
    item: AgendaItem | None = None
    """The agenda item that it is or belongs to."""
    owner: str = ""
    """Words of a sub-heading in a list of actions; they may name who owns what stands below."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One note, as far as it can be read alone."""

    path: str
    front: FrontMatter
    sections: tuple[Section, ...]
    too_deep: int | None = None
    """The line from which on it nests too deeply to be read."""

    def of_role(self, *roles: Role) -> Iterator[Section]:
        """The sections with one of the roles."""
        return (section for section in self.sections if section.role in roles)


@dataclass(slots=True)
class _Open:
    """A section being filled; `parents` are the headings above it."""

    role: Role
    heading: Heading | None = None
    blocks: list[Block] = field(default_factory=list)
    item: AgendaItem | None = None
    owner: str = ""
    parents: tuple["_Open", ...] = ()
    brief: bool = False
    """Its heading is a mere line: it covers the list, table or paragraph right below and no more."""

    def close(self) -> Iterator[Section]:
        if self.heading or self.blocks:
            yield Section(self.role, self.heading, tuple(self.blocks), self.item, self.owner)


def outline(source: Source, further_words: Mapping[str, tuple[str, ...]]) -> Outline:
    """The outline of a note; `further_words` are the settings' heading words by role."""
    front = read_front_matter(source.text)
    # the front matter's lines stay, empty, so that all others keep their numbers
    body = "\n" * front.end + "\n".join(split_lines(source.text)[front.end :])
    blocks, too_deep = read_blocks(body)
    sections = _sections(blocks, further_words)
    return Outline(source.path, front, tuple(sections), too_deep)


def _sections(blocks: tuple[Block, ...], further: Mapping[str, tuple[str, ...]]) -> Iterator[Section]:
    """The sections in order. Labelled lines (`Present: …`) become sections of their own in between."""
    is_plain = not any(block.form is Form.HEADING and block.level > 1 for block in blocks)
    numbered = _numbered_titles(blocks) if is_plain else frozenset()
    current = _Open(Role.TITLE)
    for n, block in enumerate(blocks):
        after = blocks[n + 1] if n + 1 < len(blocks) else None
        heading = _heading(block, after, is_plain, numbered, current, further)
        if heading:
            yield from current.close()
            current = _open(heading, current, is_plain)
            continue
        if current.brief and not _belongs(block, current):
            yield from current.close()
            current = replace(current.parents[-1], blocks=[]) if current.parents else _Open(Role.ITEM)
        for part in _labelled(block, further):
            if isinstance(part, Section):
                yield part
            else:
                current.blocks.append(part)
    yield from current.close()


def _open(heading: Heading, before: _Open, is_plain: bool) -> _Open:
    """The section that a heading opens: its role by its own words, else inherited, else an item of the discussion."""
    above = (*before.parents, before)
    parents = tuple(p for p in above if p.heading is None or p.heading.rank < heading.rank)
    parent = parents[-1] if parents else None
    is_first = not any(p.heading for p in above)
    role, owner = heading.role, ""
    if (
        role is None
        and parent
        and parent.heading
        and parent.role not in (Role.TITLE, Role.NEXT_MEETING, Role.AGENDA)
    ):
        role = parent.role
        owner = heading.title if role.lists_actions else ""
    elif role is None:
        role = Role.TITLE if is_first else Role.ITEM
    item = parent.item if parent else None
    if role is not Role.TITLE and (heading.number or (role is Role.ITEM and item is None)):
        item = AgendaItem(heading.number, heading.title, heading.line)
    brief = heading.rank >= Rank.COLON and role.lists_actions and not is_plain
    return _Open(role, heading, [], item, owner, parents, brief)


def _belongs(block: Block, section: _Open) -> bool:
    """Whether a block goes on with what stands right below a mere line: more of the same form."""
    return not section.blocks or (block.form is section.blocks[0].form and block.form is not Form.PARAGRAPH)


def _heading(
    block: Block,
    after: Block | None,
    is_plain: bool,
    numbered: frozenset[int],
    current: _Open,
    further: Mapping[str, tuple[str, ...]],
) -> Heading | None:
    """The heading that a block is, if it is one."""
    if block.form is Form.HEADING:
        return _make(block.text, block.line, block.level, further) if block.text else None
    if block.line in numbered:
        item = block.children[0]
        found = _make(item.text, block.line, Rank.MARKED, further)
        return replace(found, number=item.number)
    if block.form is not Form.PARAGRAPH or block.ticked is not None or not _is_title_like(block.text):
        return None
    label = _label(block.text, further)
    if label and block.text.slice(label[1]):
        return None
    words = block.text.folded()
    found = _make(block.text, block.line, Rank.COLON if words.endswith(":") else Rank.SHORT, further)
    if block.text.looks("strong"):
        return replace(found, rank=Rank.MARKED)
    if found.role:
        return found
    is_first = current.heading is None and not current.blocks
    fits = not words.endswith(":") and not current.role.lists_names and current.role is not Role.NEXT_MEETING
    if is_plain and after and fits and (is_first or _is_bare_title(words)):
        return found
    return None


def _make(text: Text, line: int, rank: int, further: Mapping[str, tuple[str, ...]]) -> Heading:
    number, title = split_number(text.folded())
    title = title.strip(": *_")  # marks that were left open are printed, but mean nothing
    return Heading(line, title, number, rank, role_of(title, further))


def _is_title_like(text: Text) -> bool:
    """One short line that is no sentence."""
    words = text.plain
    return "\n" not in words and "\t" not in words and len(words) <= _MAX_TITLE and words[-1:] not in ".!?;,"


def _is_bare_title(words: str) -> bool:
    """A few words with a capital and nothing but words: what a PDF reader leaves of a heading."""
    return (
        words[:1].isupper()
        and len(words) <= 60
        and sum(letter.islower() for letter in words) >= 3
        and not re.search(r"[|\d@]|: ", words)
    )


def _numbered_titles(blocks: tuple[Block, ...]) -> frozenset[int]:
    """The lines of lists with one short item each, if there are several: in text out of a PDF those are the headings."""
    lines = [
        block.line
        for n, block in enumerate(blocks)
        if _is_lone_title(block) and not (n + 1 < len(blocks) and len(blocks[n + 1].children) > 1)
    ]
    return frozenset(lines if len(lines) > 1 else ())


def _is_lone_title(block: Block) -> bool:
    """A numbered list of one short line and nothing below it."""
    if block.form is not Form.LIST or len(block.children) != 1:
        return False
    item = block.children[0]
    return bool(item.number and item.text) and not item.children and _is_title_like(item.text)


_LABEL = re.compile(r"([^:\n]{3,60}):(?!//)", re.MULTILINE)
_LABELLED = (Role.ATTENDANCE, Role.ABSENCE, Role.NEXT_MEETING)


def _labelled(block: Block, further: Mapping[str, tuple[str, ...]]) -> Iterator[Block | Section]:
    """A block, cut where its lines or items begin with a label such as `Present:` or `Apologies:`."""
    if block.form is Form.PARAGRAPH:
        yield from _labelled_lines(block, further)
    elif block.form is Form.LIST:
        rest = []
        for item in block.children:
            label = _label(item.text, further)
            if label:
                own = item.text.slice(label[1])
                inside = (Block(Form.PARAGRAPH, own.line, own),) if own else ()
                yield Section(label[0], None, (*inside, *item.children))
            else:
                rest.append(item)
        if rest:
            yield replace(block, children=tuple(rest))
    else:
        yield block


def _labelled_lines(block: Block, further: Mapping[str, tuple[str, ...]]) -> Iterator[Block | Section]:
    starts: list[tuple[int, Role, int]] = []
    at = 0
    for line in block.text.plain.split("\n"):
        label = _label(block.text.slice(at, at + len(line)), further)
        if label:
            starts.append((at, label[0], at + label[1]))
        at += len(line) + 1
    first = starts[0][0] if starts else None
    if first != 0:
        own = block.text if first is None else block.text.slice(0, first)
        yield replace(block, text=own)
    for n, (_, role, content) in enumerate(starts):
        words = block.text.slice(content, starts[n + 1][0] if n + 1 < len(starts) else None)
        yield Section(role, None, (Block(Form.PARAGRAPH, words.line, words),) if words else ())


def _label(text: Text, further: Mapping[str, tuple[str, ...]]) -> tuple[Role, int] | None:
    """The role of a label at the start of a text, and where its content begins."""
    found = _LABEL.match(text.plain)
    role = role_of(found[1], further) if found else None
    return (role, found.end()) if found and role in _LABELLED and role else None
