"""Where a note says that it goes through the actions of earlier meetings: a heading, an item, or a sentence that claims it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rrbnotes.notebook import Minutes
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.outline import Section
from rrbnotes.reading.roles import Role, role_of
from rrbnotes.reading.sentences import sentences
from rrbnotes.reading.text import Text
from rrbnotes.source import Range

_ACTIONS = r"(?:actions?|action (?:items?|points?)|to-?dos)"
_EARLIER = r"(?:previous|last|prior|earlier)"
_MEETING = r"(?:meetings?|board|minutes|notes?|session|call|week|month|time)"
_SUBJECT = (
    rf"(?:(?:{_EARLIER}|outstanding|open|existing|remaining)(?: {_MEETING}(?:['’]s)?)? {_ACTIONS}"
    rf"|{_ACTIONS} (?:arising |outstanding |agreed |remaining )?(?:from|of|at|since) (?:the |our )?{_EARLIER}(?: \w+)? {_MEETING}"
    r"|actions? (?:log|tracker|register|list)|matters arising)"
)
_GONE_THROUGH = (
    r"(?:covered|reviewed|discussed|considered|checked|addressed|(?:gone|run|worked|talked) through)"
)
_OVER = r"(?:completed?|closed|done|discharged|actioned|dealt with)"
_CLAIM = re.compile(
    rf"\b{_SUBJECT}\b[^.;:?!]{{0,80}}?\b(?:was|were|(?:has|have) been)(?: \w+)? (?:{_GONE_THROUGH}|{_OVER})\b"
    rf"|\b{_SUBJECT}\b[^.;:?!]{{0,80}}?\b(?:is|are)(?: all| both| now)? {_OVER}\b"
    rf"|^(?:all |the )*{_SUBJECT}(?: all)? {_GONE_THROUGH}\b"
    rf"|^(?:all |the )*{_ACTIONS} were (?:all |then )?(?:reviewed|gone through)\b"
    rf"|\b(?:reviewed|went through|ran through|worked through|covered|discussed|considered|checked)(?: \w+){{0,4}} {_SUBJECT}\b"
    rf"|\bupdates? (?:was|were) (?:given|provided) on (?:\w+ ){{0,3}}{_SUBJECT}\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:no|not|none|nothing|un\w+|cannot|should|would|could|must|if|whether|defer\w*|postpone\w*|skip\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_LEFT_FOR_LATER = re.compile(
    r"\b(?:skip(?:ped)?|defer(?:red)?|postponed|not (?:covered|reviewed|discussed)|(?:no|out of|lack of) time)\b",
    re.IGNORECASE,
)
_FINISHED = re.compile(r"\b(?:completed?|closed|finished|done|resolved)\b", re.IGNORECASE)
"""A list of those that are finished leaves out the others."""
_OTHER = (Role.AGENDA, Role.ATTENDANCE, Role.ABSENCE, Role.ROSTER, Role.NEXT_MEETING)
"""Sections that say nothing of what was gone through."""
_FIRST_BLOCKS = 4


@dataclass(frozen=True, slots=True)
class Review:
    """That a note goes through earlier actions."""

    at: Range
    words: str
    """In which it says so."""


def review_of(minutes: Minutes) -> Review | None:
    """Where a note says that it goes through earlier actions; a heading before an item, an item before a sentence."""
    sections = [section for section in minutes.outline.sections if section.role not in _OTHER]
    for say in (_headings, _items, _claims):
        found = next(say(minutes, sections), None)
        if found:
            return found
    return None


def _headings(minutes: Minutes, sections: list[Section]) -> Iterator[Review]:
    for section in sections:
        heading = section.heading
        if section.role is Role.PREVIOUS and heading and not _FINISHED.search(heading.title):
            line = minutes.source.lines[heading.line - 1]
            if not _is_left_for_later(line, section.blocks[:1]):
                yield Review(minutes.source.whole_line(heading.line), heading.title)


def _items(minutes: Minutes, sections: list[Section]) -> Iterator[Review]:
    """Items of the discussion that are such a title: `2. Review of action items`."""
    for block in _blocks(sections):
        words = block.text.folded().rstrip(": ")
        if block.form is Form.ITEM and block.ticked is not False and not _FINISHED.search(words):
            is_title = role_of(words, minutes.lore.vocabulary) is Role.PREVIOUS
            if is_title and not _is_left_for_later(words, block.children[:1]):
                yield Review(minutes.source.whole_line(block.text.line), words)


def _claims(minutes: Minutes, sections: list[Section]) -> Iterator[Review]:
    """Sentences in running text; what is an action itself claims nothing."""
    actions = {mention.at.line for mention in minutes.meeting.mentions}
    for block in _blocks(sections):
        if block.form in (Form.PARAGRAPH, Form.ITEM) and block.text.line not in actions:
            for start, end in sentences(block.text.plain):
                said = block.text.slice(start, end)
                claim = _CLAIM.search(said.folded())
                if claim and not _NOT.search(claim.string[: claim.end()]):
                    yield Review(_printed(minutes, said), said.folded())


def _printed(minutes: Minutes, said: Text) -> Range:
    """Where a sentence stands; its whole lines where it is wrapped."""
    first, last = said.line, said.line_at(len(said.plain) - 1)
    if first < last:
        return minutes.source.whole_lines(first, last)
    return minutes.source.words_at(first, said.folded())


def _is_left_for_later(title: str, below: Sequence[Block]) -> bool:
    """Whether the title or the first words below it say that there was no time for it."""
    first = islice((inner.text.plain for block in below for inner in block.walk()), _FIRST_BLOCKS)
    return _LEFT_FOR_LATER.search("\n".join((title, *first))) is not None


def _blocks(sections: Iterable[Section]) -> Iterator[Block]:
    """The blocks of the discussion; an agenda only says what is to come."""
    own = (section for section in sections if not section.is_agenda)
    return (inner for section in own for block in section.blocks for inner in block.walk())
