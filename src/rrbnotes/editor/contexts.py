"""What is being written at a place of a note: an owner, a status, a ref, or something that nobody can guess."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from rrbnotes.reading.columns import columns, is_action_table
from rrbnotes.reading.markers import markers
from rrbnotes.reading.outline import Outline, outline
from rrbnotes.reading.roles import Role, Vocabulary
from rrbnotes.reading.text import Text
from rrbnotes.source import Source, source_of_text, unfenced


class Wanted(Enum):
    """What may come next."""

    OWNER = "owner"
    STATUS = "status"
    REF = "ref"


@dataclass(frozen=True, slots=True)
class Context:
    """What may come next, and how much of it is there."""

    wanted: Wanted
    typed: str
    is_unclosed: bool = False
    """It stands behind a bracket that nothing closes yet."""


@dataclass(frozen=True, slots=True)
class _Here:
    """A line up to the place where something is typed."""

    before: str
    after: str
    lines: Sequence[str]
    number: int
    role: Role
    vocabulary: Vocabulary

    @property
    def lead(self) -> str:
        """The same without the marks of a list, a check box or bold type before and among its words."""
        return _MARKUP.sub("", _LEAD.sub("", self.before, count=1))


_PROMISING = re.compile(r"[\[|\t:)]|[ \t][-–—]|^[ \t>]*(?:[-*+•]|\d{1,3}[.)])[ \t]|^\W{0,9}[A-Z]{2}")
"""What stands in a line in which any of this may be written."""
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+•]|\d{1,3}[.)])[ \t]+)?(?:\[[ xX]?\][ \t]+)?")
_MARKUP = re.compile(r"\*+|__|<[^<>]{1,20}>")
_ITEM = re.compile(r"[ \t>]*(?:(?:[-*+•]|\d{1,3}[.)])[ \t]+|\d{0,3}\.?\t)")
_ROW_NUMBER = re.compile(r"\d{0,3}\.?\t")
_BRACKET = re.compile(r"(?<![!\]\\])\[([^\[\]|`]{0,60})$")
_TABLE_RULE = re.compile(r"[ \t|:]*+-[ \t|:-]*+")
_PIPE = re.compile(r"(?<!\\)\|")
_SEPARATOR = re.compile(r"[,;/&+@]|\band\b")
_DASH = re.compile(r"[ \t][-–—][ \t]*(?=\S*(?:[ \t]\S*)?$)")
_TASK = re.compile(r"\b(?:to|will|shall|should|must|can|is|are|was|were|has|have)\b", re.IGNORECASE)
_LONG_NAME = 5
"""Words that a name may have."""
_LONGEST = 200
"""Characters before a name in which other names may stand; further on nobody names owners."""
_MOST_LINES = 2_000
"""How far above a row the heading of its table may stand."""
_FEW = 3
"""Words that an action has at least, before a status can follow."""


def context(
    text: str, number: int, column: int, vocabulary: Vocabulary, owners_lead: bool = True
) -> Context | None:
    """What is being written at a line and column of a text; None where it is anything. `owners_lead` says that an action
    may begin with who does it."""
    source = source_of_text(text, "")
    if not isinstance(source, Source) or not 0 < number <= len(source.lines):
        return None
    line = source.lines[number - 1]
    before, after = line[: column - 1], line[column - 1 :]
    if not _PROMISING.search(before) or _is_fenced(source.lines, number):
        return None  # most of what is typed is prose, and need not wait for the note to be outlined
    seen = outline(source, vocabulary)
    if number <= seen.front.end:
        return None
    here = _Here(before, after, source.lines, number, _role(seen, number), vocabulary)
    looks = (*_LOOKS, *_LEADS) if owners_lead else _LOOKS
    return next((found for look in looks if (found := look(here))), None)


def _in_bracket(here: _Here) -> Context | None:
    """Behind an opening bracket, unless it rather opens a check box."""
    found = _BRACKET.search(here.before)
    if found is None or found[1][:1].isspace():
        return None
    begins = not _LEAD.sub("", here.before[: found.start()], count=1).strip()
    if begins and not found[1] and here.role is not Role.PREVIOUS:
        return None
    return Context(Wanted.REF, found[1], is_unclosed=not here.after.startswith("]"))


def _in_row(here: _Here) -> Context | None:
    """In the cell of a table of actions, by its column's heading."""
    if "|" not in here.before:
        return None
    places = columns(_heads(here))
    cells = _PIPE.split(here.before.lstrip().removeprefix("|"))
    names = {at: name for name, at in places.items()}
    name = names.get(len(cells) - 1, "") if is_action_table(places) else ""
    typed = cells[-1].lstrip()
    if name == "action" and "owner" not in places:
        name = "owner"
    if name == "owner":
        return _owner(typed)
    wanted = {"status": Wanted.STATUS, "ref": Wanted.REF}.get(name)
    return Context(wanted, typed) if wanted else None


def _behind_tab(here: _Here) -> Context | None:
    """In the last cell of a row set with tabs, among the actions of earlier meetings."""
    rest, tab, typed = here.lead.rpartition("\t")
    is_row = here.role is Role.PREVIOUS and tab and len(rest.split()) >= _FEW
    return Context(Wanted.STATUS, typed.lstrip()) if is_row else None


def _behind_dash(here: _Here) -> Context | None:
    found = _DASH.search(here.lead) if here.role is Role.PREVIOUS else None
    if found is None or len(here.lead[: found.start()].split()) < _FEW:
        return None
    return Context(Wanted.STATUS, here.lead[found.end() :])


def _behind_marker(here: _Here) -> Context | None:
    marked = list(markers(Text(here.lead, here.number), here.vocabulary.markers))
    return _owner(here.lead[marked[-1].end :]) if marked else None


def _in_item(here: _Here) -> Context | None:
    """At the start of an item in a list of actions."""
    is_item = here.role.lists_actions and _ITEM.match(here.before)
    return _owner(_ROW_NUMBER.sub("", here.lead, count=1)) if is_item else None


_LOOKS: tuple[Callable[[_Here], Context | None], ...] = (
    _in_bracket,
    _in_row,
    _behind_tab,
    _behind_dash,
)
"""The first that knows the place has it."""
_LEADS: tuple[Callable[[_Here], Context | None], ...] = (_behind_marker, _in_item)
"""Places where an action begins."""


def _owner(words: str) -> Context | None:
    """The last of several names that stand side by side; None where the words have gone on to what is to be done."""
    *others, typed = _SEPARATOR.split(words[-_LONGEST:])
    if len(words) > _LONGEST or any(_TASK.search(one) or len(one.split()) > _LONG_NAME for one in others):
        return None
    typed = typed.lstrip()
    return Context(Wanted.OWNER, typed) if not typed or typed[0].isalnum() else None


def _heads(here: _Here) -> list[str]:
    """The headings of the table that a row stands in; none where it stands in no table."""
    above = here.lines[max(0, here.number - _MOST_LINES) : here.number - 1]
    for at in range(len(above) - 1, 0, -1):
        if "|" not in above[at]:
            break
        if _TABLE_RULE.fullmatch(above[at]):
            return [cell.strip() for cell in _PIPE.split(above[at - 1].strip().strip("|"))]
    return []


def _role(seen: Outline, number: int) -> Role:
    """The role of the section that a line stands in."""
    starts = [
        (line, section.role)
        for section in seen.sections
        for line in (
            *([section.heading.line] if section.heading else []),
            *(block.line for block in section.blocks),
        )
        if line <= number
    ]
    return max(starts, key=lambda start: start[0], default=(0, Role.TITLE))[1]


def _is_fenced(lines: Sequence[str], number: int) -> bool:
    """Whether a line stands in fenced code."""
    return all(outside != number for outside, _ in unfenced(lines[:number]))
