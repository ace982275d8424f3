"""Lines that work as headings without being marked as such, and the level that each would have."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from operator import attrgetter

from rrbnotes.checks.evidence.alike import alone
from rrbnotes.checks.evidence.levels import DEEPEST, Head, corrections, heads, usual_level
from rrbnotes.checks.evidence.setting import starts
from rrbnotes.edits import Edit
from rrbnotes.notebook import Minutes
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.headings import Rank
from rrbnotes.reading.markers import is_marker_alone
from rrbnotes.reading.roles import Role, split_number
from rrbnotes.reading.text import Text


@dataclass(frozen=True, slots=True)
class Unmarked:
    """One such line."""

    head: Head
    words: str
    """As printed, without marks for bold."""
    level: int
    """That it fits in with."""
    edits: tuple[Edit, ...]
    """What marks it, where a machine can be certain that nothing else changes."""


def unmarked(minutes: Minutes, usual: frozenset[tuple[int, int]]) -> Iterator[Unmarked]:
    """The lines of a note that work as headings. One that only leads in to what follows is none; neither is a line of a
    letterhead."""
    if all(one.is_real for one in heads(minutes)):
        return
    own = _as_they_should_be(minutes, usual)
    levels = _levels(own)
    real = [one for one in own if one.is_real]
    wanted = [one for one in own if not one.is_real and _is_heading(minutes, own, real, one)]
    sure = _sure(minutes, own, wanted, levels)
    for one in wanted:
        line, level = minutes.source.lines[one.line - 1], levels[one.line]
        edits = _marks(line, starts(minutes)[one.line - 1], level) if one.line in sure else ()
        text = _text_alone(minutes, one)
        words = line.strip(" \t*_~").replace("\\", "") if one.number or text is None else text.folded()
        yield Unmarked(one, words, level, tuple(edits))


def _as_they_should_be(minutes: Minutes, usual: frozenset[tuple[int, int]]) -> tuple[Head, ...]:
    """The headings of a note, the real ones with the levels that `heading-level` gives them."""
    own = heads(minutes)
    found = corrections(minutes.source.lines, own, usual)
    right = {head.line: level for one in found for head, level in one.moved}
    return tuple(replace(one, rank=right.get(one.line, one.rank)) for one in own)


# Whether a line is a heading


_LEADS_IN = re.compile(r"\b(?:was|were|is|are|includ(?:e|es|ed|ing)|follow(?:s|ing)?)$", re.IGNORECASE)
_TITLE = re.compile(r"[\w\s'’\"“”&/,().–-]+")


def _is_heading(minutes: Minutes, own: Sequence[Head], real: Sequence[Head], one: Head) -> bool:
    """Whether a careful reader would call a line a heading, as the reader of notes does."""
    text = _text_alone(minutes, one)
    if text is None or _LEADS_IN.search(one.title) or text.looks("link") or text.plain.startswith("#"):
        return False  # a sentence, an address, or marks that something keeps from being some
    if one.number or one.role is Role.TITLE:
        return True
    if not (one.section and one.section.blocks) and not _goes_on(own, one):
        return False
    if one.own_role not in (None, Role.ITEM):
        return not _only_leads_in(minutes, real, one, text)
    if text.plain.endswith(":") or ": " in one.title or not _TITLE.fullmatch(one.title):
        return False
    return one.rank != Rank.MARKED or not _is_letterhead(own, one)


def _text_alone(minutes: Minutes, one: Head) -> Text | None:
    """The words of its line, where nothing else stands on it."""
    block = alone(minutes.source.lines[one.line - 1])
    if (
        block
        and block.form is Form.LIST
        and len(block.children) == 1
        and block.children[0].number == one.number
    ):
        block = block.children[0]
    if block is None or block.form not in (Form.PARAGRAPH, Form.ITEM) or block.children:
        return None
    _, title = split_number(block.text.folded())
    return block.text if title.strip(": *_") == one.title else None


_LINE = attrgetter("line")
"""Headings are in the order of their lines."""


def _goes_on(own: Sequence[Head], one: Head) -> bool:
    """Whether a deeper one stands right below it."""
    at = bisect_right(own, one.line, key=_LINE)
    return at < len(own) and not own[at].is_real and own[at].rank > one.rank


def _only_leads_in(minutes: Minutes, real: Sequence[Head], one: Head, text: Text) -> bool:
    """Whether it marks the actions of one topic, or parts the list of those present: `Voting members:`."""
    if not _has_real(real):
        return False
    above = _above(real, one)
    is_part = above is not None and above.role is one.role and above.own_role is one.role
    return is_marker_alone(text, minutes.lore.vocabulary.markers) or (is_part and one.rank > Rank.MARKED)


def _is_letterhead(own: Sequence[Head], one: Head) -> bool:
    """Whether a bold line stands right below the title, among what says which meeting it was."""
    return all(other.role is Role.TITLE for other in own if other.line < one.line)


def _has_real(own: Sequence[Head]) -> bool:
    """Whether a note has real headings below its title."""
    return any(one.is_real and one.rank > 1 for one in own)


def _above(real: Sequence[Head], one: Head) -> Head | None:
    """The real heading that it stands below."""
    at = bisect_left(real, one.line, key=_LINE)
    return real[at - 1] if at else None


# Which level it should have


def _levels(own: Sequence[Head]) -> Mapping[int, int]:
    """The level of each heading by its line: of the real ones their own, of the others one that fits in with those."""
    main = _main(own)
    levels: dict[int, int] = {}
    above: Head | None = None
    item = 0
    for one in own:
        if one.is_real:
            level, above = one.rank, one
        else:
            level = min(DEEPEST, _fitting(own, one, main, levels[above.line] if above else 0, above, item))
        levels[one.line] = level
        item = level if one.number else item
    return levels


def _main(own: Sequence[Head]) -> int:
    """The level of an agenda item."""
    real = [one for one in own if one.is_real]
    titles = [one.rank for one in real if one.role is Role.TITLE]
    first = next((one.line for one in own if one.number and not one.is_real), len(own) and own[-1].line + 1)
    before = [one.rank for one in real if one.role is not Role.TITLE and one.line < first]
    within = [one.rank - 1 for one in real if one.line > first]
    least = min(before or within, default=titles[0] + 1 if titles else 2)
    return usual_level(own) or (least if before else max(2, least))


def _fitting(own: Sequence[Head], one: Head, main: int, last: int, above: Head | None, item: int) -> int:
    """`last` is the level of the real heading above, `item` that of the numbered one above."""
    if one.role is Role.TITLE:
        return 1
    if one.number:
        return main + len(one.numbers) - 1
    if above is None or above.role is Role.TITLE:
        is_topic = one.own_role in (None, Role.ITEM)
        return item + 1 if is_topic and item else main
    if one.own_role in (None, Role.ITEM):
        return max(last, item) + 1
    if one.role and one.role.lists_names and above.role and above.role.lists_names:
        return last if one.rank > Rank.MARKED else last + 1
    is_last = all(other.line < one.line for other in own if other.is_real)
    is_general = is_last or (one.role is not None and one.role.lists_names)
    return main if is_general and one.rank == Rank.MARKED else last + 1


# Whether marking it leaves all else as it is

DEEPER = 100
"""Than any heading."""


def _sure(
    minutes: Minutes, own: Sequence[Head], wanted: Sequence[Head], levels: Mapping[int, int]
) -> frozenset[int]:
    """The lines that can be marked: none that stays as it is comes to stand below them. In text without real headings all
    of them work as headings only together."""
    lines = {one.line for one in wanted} - _new_items(own, levels)
    if any(one.number and not one.is_real and one.line not in lines for one in own):
        return frozenset()
    lines &= _covering(minutes, own)
    sure: set[int] = set()
    left = after = DEEPER
    for one in reversed(own):
        if one.is_real:
            left, after = DEEPER, levels[one.line]
        elif (
            one.line in lines
            and (after == DEEPER or after <= levels[one.line] or one.role is Role.TITLE)
            and left > one.rank
        ):
            sure.add(one.line)
        else:
            left = min(left, one.rank)
    if any(one.number and one.line in lines and one.line not in sure for one in own):
        sure -= {one.line for one in own if one.number}  # items are marked together or not at all
    lost = [one for one in own if not one.is_real and one.line not in sure]
    is_torn = any(one.role is Role.TITLE or one.rank == Rank.SHORT for one in lost)
    return frozenset() if is_torn and not _has_real(own) else frozenset(sure)


def _new_items(own: Sequence[Head], levels: Mapping[int, int]) -> frozenset[int]:
    """The lines that only as real headings would be items of the agenda: mere lines with a number, and topics as high as the
    real ones where no item has one."""
    counted = {one.line for one in own if one.number and one.rank > Rank.MARKED}
    items = [one for one in own if one.role is Role.ITEM and one.own_role is None]
    highest = min((one.rank for one in items if one.is_real), default=0)
    if not highest or any(
        one.number and one.rank <= Rank.MARKED for one in own if one.role is not Role.TITLE
    ):
        return frozenset(counted)
    return frozenset(one.line for one in items if not one.is_real and levels[one.line] <= highest) | counted


def _covering(minutes: Minutes, own: Sequence[Head]) -> set[int]:
    """The lines of which what stands below, up to the next heading, is read as their own; a mere line covers less than a
    heading does."""
    sections = [one for one in minutes.outline.sections if one.heading]
    found: set[int] = set()
    is_plain = not _has_real(own)
    for one, after in zip_longest(sections, sections[1:]):
        if one.heading and one.heading.line > minutes.outline.front.end:
            is_resumed = bool(after and after.heading and after.heading.line < one.heading.line)
            is_unit = one.heading.rank == Rank.MARKED or is_plain or len(one.blocks) < 2
            found |= {one.heading.line} if is_unit and not is_resumed else set()
    return found


def _marks(line: str, start: int, level: int) -> Iterator[Edit]:
    """Marks before a line, in the place of those that make it bold."""
    first, last = len(line) - len(line.lstrip(" \t")), len(line.rstrip(" \t"))
    words, marks = line[first:last], f"{'#' * level} "
    if _BOLD.fullmatch(words):
        yield Edit(start + first, start + first + 2, marks)
        yield Edit(start + last - 2, start + last, "")
    elif not words.endswith("#"):
        yield Edit(start + first, start + first, marks)


_BOLD = re.compile(r"\*\*(?=[^\s*])(?:[^*\\]|\\.)+(?<![\s#])\*\*")
