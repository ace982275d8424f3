"""Which lines of a note are headings, real or in effect, and which begin with a label such as `Present:`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise, zip_longest

from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.markers import is_marked
from rrbnotes.reading.roles import Role, Vocabulary, role_of, split_number
from rrbnotes.reading.text import Text

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
class Label:
    """The words before a colon that say what stands behind it."""

    role: Role
    end: int
    """Where its content begins."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a block's neighbours tell about whether it is a heading."""

    is_plain: bool
    """The note has no real headings below its title: text out of a PDF, where short lines are the headings."""
    numbered: frozenset[int]
    """Lines of numbered lists with one short item, in plain text or where their numbers go up through the note."""


def surroundings(blocks: Sequence[Block]) -> Surroundings:
    """What a note's blocks tell together."""
    is_plain = not any(block.form is Form.HEADING and block.level > 1 for block in blocks)
    lone = [block for block in blocks if _is_lone_title(block)]
    is_outline = len(lone) > 2 and all(before < after for before, after in pairwise(map(_number, lone)))
    numbered = lone if is_outline or (is_plain and len(lone) > 1) else ()
    return Surroundings(is_plain, frozenset(block.line for block in numbered))


def heading(block: Block, around: Surroundings, vocabulary: Vocabulary) -> Heading | None:
    """The heading that a block is by its own form or words, if any."""
    if block.form is Form.HEADING:
        if is_marked(block.text, vocabulary.markers) and not role_of(block.text.folded(), vocabulary):
            return None
        is_title = block.text and not _is_list_of_names(block.text)
        twice = _MARKED_TWICE.match(block.text.plain)
        words = block.text.slice(twice.end()) if twice else block.text
        level = len(twice[1]) if twice else block.level
        return _make(words, block.line, level, vocabulary) if is_title else None
    if block.line in around.numbered:
        item = block.children[0]
        return replace(_make(item.text, block.line, Rank.MARKED, vocabulary), number=item.number)
    if not may_be_title(block, vocabulary):
        return None
    if block.text.looks("strong"):
        return _make(block.text, block.line, Rank.MARKED, vocabulary)
    made = short_heading(block, vocabulary)
    return made if made.role else None


_MARKED_TWICE = re.compile(r"(#{2,6})\s+(?=\S)")
"""`# ## Title`: what is left where a page with marks of its own was pasted into an editor that sets them."""


def _is_list_of_names(text: Text) -> bool:
    """Long, and with many commas: who attended, set in a heading's type."""
    return len(text.plain) > _MAX_TITLE and text.plain.count(",") > 3 and not re.search(r"\d|\.$", text.plain)


def may_be_title(block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a paragraph is one short line that is no sentence, no labelled line and no marked action."""
    text = block.text
    if block.form is not Form.PARAGRAPH or block.ticked is not None or not text:
        return False
    words = text.folded() if text.looks("strong") else text.plain  # a bold title may be wrapped
    if len(words) > _MAX_TITLE or words[-1:] in ".!?;," or "\n" in words or "\t" in words:
        return False
    known = label(text.plain, vocabulary)
    is_labelled = known is not None and bool(text.slice(known.end))
    return not is_labelled and not is_marked(text, vocabulary.markers)


def short_heading(block: Block, vocabulary: Vocabulary) -> Heading:
    """The heading that a mere line would be."""
    rank = Rank.COLON if block.text.plain.endswith(":") else Rank.SHORT
    return _make(block.text, block.line, rank, vocabulary)


_GLUED = re.compile(
    r"(?:^|(?<=\s))(?P<number>\d{1,2}(?:\.\d{1,2})?)[.)]\s+(?P<title>[A-Z][A-Z’'&/–-]+(?:\s+[A-Z’'&/–-]+)*)(?=:|\s+[^A-Z\s]|\s+[A-Z][a-z]|\s+[A-Z]\s|\s*$)"
)


def without_glued_titles(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, paragraphs cut at the numbered titles in capitals that run on with their text: `4. TREES The Clerk
    reported …`. A note that is written so has several, and their numbers go up; a lone `12. MOPAC` ends a sentence and
    begins another."""
    titles = list(_glued_titles(blocks))
    if len(titles) < _LEAST_TITLES:
        yield from blocks
        return
    for n, block in enumerate(blocks):
        at = 0
        for found in (title for place, title in titles if place == n):
            yield from _rest(block, at, found.start())
            title = block.text.slice(found.start(), found.end())
            yield Block(Form.HEADING, title.line, title, level=Rank.MARKED)
            at = found.end()
        if at:
            yield from _rest(block, at, len(block.text.plain))
        else:
            yield block


_LEAST_TITLES = 3
_IN_CAPITALS = re.compile(r"[.)]\s+[A-Z][A-Z’'&/–-]")
"""What every glued title has in it, and little else: it is quickly looked for."""


def _glued_titles(blocks: Sequence[Block]) -> Iterator[tuple[int, re.Match[str]]]:
    """The titles with the places of their blocks: each begins its paragraph or goes on counting."""
    last = 0.0
    for n, block in enumerate(blocks):
        may_have = block.form is Form.PARAGRAPH and _IN_CAPITALS.search(block.text.plain)
        for found in _GLUED.finditer(block.text.plain) if may_have else ():
            number = float(found["number"])
            is_title = len(found["title"]) >= 5 and (found.start() == 0 or int(number) == int(last) + 1)
            if is_title and number > last:
                last = number
                yield n, found


def _rest(block: Block, start: int, end: int) -> Iterator[Block]:
    words = block.text.slice(start, end)
    if words:
        yield replace(block, text=words, line=words.line)


def is_bare_title(words: str) -> bool:
    """A few words with a capital and nothing but words: what a PDF reader leaves of a heading."""
    letters = sum(letter.islower() for letter in words)
    return words[:1].isupper() and len(words) <= 60 and letters >= 3 and not re.search(r"[|\d@:]", words)


def label(words: str, vocabulary: Vocabulary) -> Label | None:
    """The label that words begin with: of attendance, absence or the next meeting."""
    found = _LABEL.match(words)
    role = role_of(found[1], vocabulary) if found else None
    return Label(role, found.end()) if found and role in _LABELLED and role else None


def labelled_lines(text: Text, vocabulary: Vocabulary) -> Iterator[tuple[Role | None, Text]]:
    """A paragraph, cut at the printed lines that begin with a label; None is the role of what stands before the first."""
    labels = list(_labels(text.plain, vocabulary))
    before = text.slice(0, labels[0][0]) if labels else text
    if before:
        yield None, before
    for (_, role, content), after in zip_longest(labels, labels[1:]):
        yield role, text.slice(content, after[0] if after else None)


def _labels(words: str, vocabulary: Vocabulary) -> Iterator[tuple[int, Role, int]]:
    """The labels at the starts of printed lines and within them, with where they begin and where their content does."""
    at = 0
    for line in words.split("\n") if ":" in words else ():  # every label has a colon
        known = label(line.strip(), vocabulary)
        if known:
            yield at, known.role, at + known.end
        for inner in _INNER_LABEL.finditer(line) if ":" in line else ():
            names = label(line[inner.end() :].strip(), vocabulary)
            if names and names.role.lists_names:
                yield at + inner.start() + 1, names.role, at + inner.end() + names.end
        at += len(line) + 1


_LABEL = re.compile(r"([^:\n]{3,90}):(?!//)")
_INNER_LABEL = re.compile(r"[.)]\s+(?=[A-Z][a-z]+(?: [a-z]+)?:)")
"""Within a line, where minutes are set as running text: `… (Vice Chair). Apologies: …`."""
_LABELLED = (Role.ATTENDANCE, Role.ABSENCE, Role.NEXT_MEETING)


def _make(text: Text, line: int, rank: int, vocabulary: Vocabulary) -> Heading:
    number, title = split_number(text.folded())
    title = title.strip(": *_")  # marks that were left open are printed, but mean nothing
    role = role_of(title, vocabulary)
    if not role and (known := label(title, vocabulary)):
        role = known.role
    return Heading(line, title, number, rank, role)


def _number(block: Block) -> int:
    return int(block.children[0].number)


def _is_lone_title(block: Block) -> bool:
    """A numbered list of one short line and nothing below it."""
    if block.form is not Form.LIST or len(block.children) != 1:
        return False
    item = block.children[0]
    words = item.text.plain
    is_short = len(words) <= _MAX_TITLE and "\n" not in words and words[-1:] not in ".!?;,"
    return bool(item.number and words) and not item.children and item.ticked is None and is_short
