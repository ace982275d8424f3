"""What can be seen of one note by itself: front matter and sections, each with its role."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rrbnotes.model import AgendaItem
from rrbnotes.reading.blocks import Block, Form, read_blocks
from rrbnotes.reading.front_matter import FrontMatter, read_front_matter
from rrbnotes.reading.headings import (
    Heading,
    Rank,
    Surroundings,
    heading,
    is_bare_title,
    label,
    labelled_lines,
    may_be_title,
    short_heading,
    surroundings,
    without_glued_titles,
)
from rrbnotes.reading.roles import Role, Vocabulary
from rrbnotes.source import Source, split_lines


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks up to the next one."""

    role: Role
    heading: Heading | None
    """None for what stands before the first heading, and behind a label."""
    blocks: tuple[Block, ...]
    item: AgendaItem | None = None
    """The agenda item that it is or belongs to."""
    owner: str = ""
    """Words of a sub-heading in a list of actions; they may name who owns what stands below."""
    is_agenda: bool = False
    """It stands on the agenda: what it lists is to be talked about."""
    charge: str = ""
    """Whose update or report it belongs to, from the heading's brackets: `Secretary's updates (Ann Lee)`."""


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


def outline(source: Source, vocabulary: Vocabulary) -> Outline:
    """The outline of a note."""
    front = read_front_matter(source.text)
    blocks, too_deep = read_blocks(_body(source.text, front))
    blocks = tuple(without_glued_titles(blocks))
    builder = _Builder(vocabulary, surroundings(blocks), is_titled=bool(front.text("title")))
    return Outline(source.path, front, tuple(builder.sections(blocks)), too_deep)


_MINUTES = ("minutes", "notes", "body", "content")
"""Keys of front matter below which site generators keep a whole note as a block of markdown; other keys' blocks are
read as such where they hold a heading."""


_RULE = re.compile(r"\|?(?:[ \t]*:?[-=]{2,}:?[ \t]*\|)+(?:[ \t]*:?[-=]{2,}:?)?")
"""The rule below a table's headings, without white space at its ends: two runs of it side by side would cost their square."""
_UNSPACED = re.compile(r"^ {0,3}(#{2,6}|#(?=[A-Z]\S* ))(?=[A-Za-z])")
"""`##Attending`: a heading whose marks touch its words, as older markdown allowed."""
_MARKDOWN = re.compile(r"#{1,6} ")


def _body(text: str, front: FrontMatter) -> str:
    """What is to be read as markdown. The front matter's lines stay, empty but for the minutes in it, so that all lines
    keep their numbers."""
    head = [""] * front.end
    for key, value in front.values.items():
        is_markdown = key in _MINUTES or any(_MARKDOWN.match(line) for line in value.below)
        if is_markdown and not value.text:
            head[value.line : value.line + len(value.below)] = value.below
    lines = [
        _UNSPACED.sub(r"\1 ", line) if "#" in line else line
        for line in (*head, *split_lines(text)[front.end :])
    ]
    return "\n".join(_with_even_rules(_with_comments_passed_over(lines)))


_ALLOWS = re.compile(r"\s*<!--\s*rrb:\s*allow\b[^\n]{0,500}-->\s*")
_NOTHING = "\u200b"
"""A line that holds no words and ends no block."""


def _with_comments_passed_over(lines: list[str]) -> list[str]:
    """The lines; a comment of ours between two rows must not cut their table in two."""
    return [
        _NOTHING
        if "<!--" in line
        and 0 < n < len(lines) - 1
        and lines[n - 1].strip()
        and lines[n + 1].strip()
        and _ALLOWS.fullmatch(line)
        else line
        for n, line in enumerate(lines)
    ]


def _with_even_rules(lines: list[str]) -> list[str]:
    """The lines, where the rule below a table's headings has as many cells as they have: a slip there loses the table."""
    for n, (heads, rule) in enumerate(pairwise(lines), 1):
        if "|" not in heads or "|" not in rule:
            continue
        if _RULE.fullmatch(rule.strip()) and not _RULE.fullmatch(heads.strip()):
            cells = heads.strip().strip("|").count("|") + 1
            if rule.strip().strip("|").count("|") + 1 != cells or "=" in rule:
                lines[n] = "|" + " --- |" * cells
    return lines


@dataclass(slots=True)
class _Open:
    """A section being filled; `parents` are the sections above it."""

    role: Role
    heading: Heading | None = None
    blocks: list[Block] = field(default_factory=list)
    item: AgendaItem | None = None
    owner: str = ""
    charge: str = ""
    is_agenda: bool = False
    parents: tuple["_Open", ...] = ()
    is_over: bool = False
    """A heading below it turned to something else than names, so that those that follow list none."""
    is_brief: bool = False
    """Its heading is a mere line: it covers the list, table or paragraph right below and no more."""

    def close(self) -> Iterator[Section]:
        """The section, unless there is nothing in it."""
        if self.heading or self.blocks:
            yield Section(
                self.role,
                self.heading,
                tuple(self.blocks),
                self.item,
                self.owner,
                self.is_agenda,
                self.charge,
            )

    def takes(self, block: Block) -> bool:
        """Whether a block goes on with what stands right below a mere line: more of the same form."""
        if not self.blocks:
            return True
        first = self.blocks[0]
        if (
            self.role.lists_names
        ):  # names may stand in several paragraphs, but a numbered list is the agenda's
            return not (block.is_numbered and not first.is_numbered)
        return block.form is first.form and block.form is not Form.PARAGRAPH


@dataclass(frozen=True, slots=True)
class _Builder:
    """Cuts the blocks of one note into sections."""

    vocabulary: Vocabulary
    around: Surroundings
    is_titled: bool
    """The front matter gives the title, so that the first heading need not be it."""

    def sections(self, blocks: tuple[Block, ...]) -> Iterator[Section]:
        """The sections in order. Labelled lines (`Present: …`) become sections of their own in between."""
        current = _Open(Role.TITLE)
        for n, block in enumerate(blocks):
            found = heading(block, self.around, self.vocabulary) or self._bare(
                block, current, blocks[n + 1 : n + 2]
            )
            if found:
                yield from current.close()
                current = self._open(found, current)
                continue
            if current.is_brief and not current.takes(block):
                yield from current.close()
                current = replace(current.parents[-1], blocks=[]) if current.parents else _Open(Role.ITEM)
            for part in self._labelled(block, current):
                if isinstance(part, Section):
                    yield part
                else:
                    current.blocks.append(part)
        yield from current.close()

    def _bare(self, block: Block, current: _Open, after: tuple[Block, ...]) -> Heading | None:
        """A short line alone, in plain text: the title if it comes first, else a heading of the discussion."""
        if not (self.around.is_plain and after and may_be_title(block, self.vocabulary)):
            return None
        if current.role.lists_actions and after[0].form is Form.LIST:
            return None  # a line over a list of actions rather names who owns them
        is_first = current.heading is None and not current.blocks
        if is_first and self.is_titled:
            return None
        found = short_heading(block, self.vocabulary)
        if found.rank == Rank.COLON or current.role.lists_names or current.role is Role.NEXT_MEETING:
            return None
        return found if is_first or is_bare_title(block.text.folded()) else None

    def _open(self, found: Heading, before: _Open) -> _Open:
        """The section that a heading opens: its role by its own words, else inherited, else an item of the discussion."""
        above = (*before.parents, before)
        parents = tuple(p for p in above if p.heading is None or p.heading.rank < found.rank)
        parent = parents[-1] if parents else _Open(Role.TITLE)
        is_item = bool(found.number) and 1 < found.rank < Rank.MARKED
        is_first = not any(p.heading for p in above)
        is_title = is_first and not is_item and (found.rank == 1 or not self.is_titled)
        role, owner = found.role, ""
        if role is Role.ITEM and is_title:
            role = None  # `# Minutes` over the whole note
        if role is Role.ROSTER and parent.role is Role.ATTENDANCE:
            role = Role.ATTENDANCE  # `Voting members` below `Attendance`
        if role and not role.lists_names:
            for one in parents:
                one.is_over = one.role.lists_names
        if role is None and parent.heading and parent.role in _INHERITED and not parent.is_over:
            role = parent.role
            owner = found.title if role.lists_actions else ""
        elif role is None:
            role = Role.TITLE if is_title else Role.ITEM
        item = parent.item
        if role is not Role.TITLE and (found.number or (role is Role.ITEM and item is None)):
            item = AgendaItem(found.number, found.title, found.line)
        may_be_brief = role.lists_names or (role.lists_actions and not self.around.is_plain)
        is_brief = found.rank >= (Rank.MARKED if role.lists_names else Rank.COLON) and may_be_brief
        charge = _charge(found.title) or parent.charge
        is_agenda = parent.is_agenda or role is Role.AGENDA or _AGENDA.search(found.title) is not None
        return _Open(role, found, [], item, owner, charge, is_agenda, parents, is_brief=is_brief)

    def _labelled(self, block: Block, current: _Open) -> Iterator[Block | Section]:
        """A block, cut where its lines or items begin with a label such as `Present:` or `Apologies:`."""
        if block.form not in (Form.PARAGRAPH, Form.LIST) or (
            current.role.lists_actions and not self._is_announcement(block)
        ):
            yield block
        elif block.form is Form.PARAGRAPH:
            for role, words in labelled_lines(block.text, self.vocabulary):
                is_whole = words == block.text and words.line == block.line
                part = block if is_whole else replace(block, text=words, line=words.line)
                yield Section(role, None, (part,) if words else ()) if role else part
        else:
            rest = []
            for item in block.children:
                known = label(item.text.plain, self.vocabulary)
                if known:
                    own = item.text.slice(known.end)
                    inside = (Block(Form.PARAGRAPH, own.line, own),) if own else ()
                    yield Section(known.role, None, (*inside, *item.children))
                else:
                    rest.append(item)
            if rest:
                yield replace(block, children=tuple(rest))

    def _is_announcement(self, block: Block) -> bool:
        """Whether a paragraph begins with a label of the next meeting."""
        first = label(block.text.plain, self.vocabulary) if block.form is Form.PARAGRAPH else None
        return first is not None and first.role is Role.NEXT_MEETING


_AGENDA = re.compile(r"\b(?:agenda|standing items)\b", re.IGNORECASE)
_UPDATE = re.compile(r"\b(?:updates?|reports?)\b", re.IGNORECASE)
_IN_CHARGE = re.compile(r"\(([A-Z][^()\d]{2,60})\)$")
_INHERITED = (Role.ATTENDANCE, Role.ABSENCE, Role.PREVIOUS, Role.ACTIONS, Role.ITEM)
"""Roles that sub-headings without a role of their own share with the heading above them."""


def _charge(title: str) -> str:
    """The words in brackets behind a title that speaks of an update or report, right before them; else none."""
    found = _IN_CHARGE.search(title) if title.endswith(")") else None
    before = re.split(r"[()]", title[: found.start()])[-1] if found else ""
    return found[1] if found and _UPDATE.search(before) else ""
