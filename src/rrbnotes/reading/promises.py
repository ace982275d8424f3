"""What somebody says in the discussion that he will do: no action by itself, but the same as one that the note lists."""

import re
from collections.abc import Iterator
from dataclasses import replace

from rrbnotes.model import Kind, Mention, Place
from rrbnotes.owners import cut_owners, tasked
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.candidates import Candidate, Passage, refusal
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.outline import Outline
from rrbnotes.reading.roles import Role
from rrbnotes.reading.sentences import sentences
from rrbnotes.statuses import told

CONVENTION = "promise"

_COMMITS = re.compile(
    r"\b(?:will|would|shall|should|'ll|’ll|(?:is|are) going to|(?:is|are|was|were|needs?|asked|agreed|decided|offered|volunteered|"
    r"promised|suggested|proposed|plans?) to|to be)\b",
    re.IGNORECASE,
)
"""What sounds like a task. It may be loose, since the words must be those of an action that the note lists."""
_SAID = re.compile(
    r"(?:\s*\([^()]{1,12}\))?\s+(?:also |then )?(?:said|says|noted|mentioned|confirmed|advised|offered|volunteered|agreed|suggested|asked|promised)\b"
    r"(?: that)?(?: (?:he|she|they|it)\b)?",
    re.IGNORECASE,
)
_SILENT = (Role.ATTENDANCE, Role.ABSENCE, Role.ROSTER, Role.AGENDA, Role.ACTIONS)
_MOST_WORDS = 80


def promises(outline: Outline, lore: Lore, taken: frozenset[int]) -> Iterator[Candidate]:
    """The sentences of the discussion that sound like a task, as refused candidates, with their owner where they surely name one; `taken` are lines that mark one."""
    for section in outline.sections:
        if section.role not in _SILENT:
            for block in section.blocks:
                passage = Passage(block, outline.path, section.role, section.item, 0)
                for inner in block.walk():
                    yield from _within(inner, passage, lore, taken)


def _within(block: Block, passage: Passage, lore: Lore, taken: frozenset[int]) -> Iterator[Candidate]:
    if block.form in (Form.PARAGRAPH, Form.ITEM) and block.text:
        for start, end in sentences(block.text.plain):
            words = block.text.slice(start, end)
            is_short = len(words.plain.split()) <= _MOST_WORDS
            is_asked = words.plain.endswith("?")
            sounds = _COMMITS.search(words.plain) or told(words.plain) or _is_deed(words.plain, lore)
            if is_short and not is_asked and words.line not in taken and sounds:
                why = "a task that the discussion mentions; an action only where the note marks or lists it"
                names = tasked(words.plain, lore.directory)
                yield replace(refusal(passage, CONVENTION, why, words), owner=", ".join(names))


def _is_deed(words: str, lore: Lore) -> bool:
    """`Olivier starts the talks with the core team`: short, and it begins with who does it."""
    cut = cut_owners(words, lore.directory)
    return (
        bool(cut.owners)
        and words.startswith(cut.owners[0])
        and len(words.split()) <= _SHORT
        and ":" not in words
    )


_SHORT = 14


def promised(candidate: Candidate, lore: Lore) -> Mention:
    """The mention that a promise becomes where it is one of the note's actions."""
    words = candidate.text
    return Mention(
        at=candidate.at,
        place=Place.LIST,
        kind=Kind.RECAP,
        action=words,
        text=words,
        owners=_who(words, lore),
        status=told(words),
        in_passing=True,
        is_remark=True,
    )


def _who(words: str, lore: Lore) -> tuple[str, ...]:
    """Who promises: the one who is to do it, or who says that he will."""
    for said in _SAID.finditer(words[:80]):
        names = cut_owners(f"{words[: said.start()]} to do", lore.directory).owners
        if names:
            return names
    return cut_owners(words, lore.directory).owners
