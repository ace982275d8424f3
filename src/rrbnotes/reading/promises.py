"""What somebody says in the discussion that he will do: no action by itself, but the same as one that the note lists."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rrbnotes.model import Kind, Mention, Place
from rrbnotes.owners import cut_owners, tasked
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.candidates import Candidate, Passage, refusal
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.outline import Outline
from rrbnotes.reading.roles import Role
from rrbnotes.reading.sentences import sentences
from rrbnotes.statuses import lowered, told

CONVENTION = "promise"

_COMMITS = re.compile(
    r"\b(?:will|would|shall|should|'ll|’ll|(?:is|are) going to|(?:is|are|was|were|needs?|asked|agreed|decided|offered|volunteered|"
    r"promised|suggested|proposed|plans?) to|to be)\b"
)
"""What sounds like a task, in lower case. It may be loose, since the words must be those of an action that the note lists."""
_CUES = ("ll", "ould", "s to", "e to", "d to", "g to", "n to", "to b")
"""What `_COMMITS` holds: an end of each of its alternatives."""
_VERB = (
    r"(?:said|says|noted|mentioned|confirmed|advised|offered|volunteered|agreed|suggested|asked|promised)\b"
)
_SAID = re.compile(
    rf"(?:\s*\([^()]{{1,12}}\))?\s+(?:also |then )?{_VERB}(?: that)?(?: (?:he|she|they|it)\b)?", re.IGNORECASE
)
_SAYS = re.compile(rf"\s{_VERB}")
"""What `_SAID` holds, in lower case. White space begins it, so that it is looked for at the starts of words alone."""
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
            said = block.text.plain[start:end].strip()
            if said.endswith("?") or _is_long(said) or not _sounds(said, lore):
                continue
            words = block.text.slice(start, end)
            if words.line not in taken:
                why = "a task that the discussion mentions; an action only where the note marks or lists it"
                names = tasked(said, lore.directory)
                yield refusal(passage, CONVENTION, why, words, owner=", ".join(names))


def _is_long(words: str) -> bool:
    """Whether a sentence has too many words; where it has few letters they need no counting."""
    return len(words) > 2 * _MOST_WORDS and len(words.split()) > _MOST_WORDS


def _sounds(words: str, lore: Lore) -> bool:
    """Whether a sentence sounds like a task."""
    return _commits(words) or _told(words) is not None or _is_deed(words, lore)


_told = lru_cache(maxsize=2048)(told)
"""A sentence is asked twice: whether it sounds like a task, and how that one stands."""


def _commits(words: str) -> bool:
    plain = lowered(words)
    for cue in _CUES:
        if cue in plain:
            return _COMMITS.search(plain) is not None
    return False


def _is_deed(words: str, lore: Lore) -> bool:
    """`Olivier starts the talks with the core team`: short, and it begins with who does it."""
    if ":" in words or len(words.split()) > _SHORT:
        return False
    owners = cut_owners(words, lore.directory).owners
    return bool(owners) and words.startswith(owners[0])


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
        status=_told(words),
        in_passing=True,
        is_remark=True,
    )


def _who(words: str, lore: Lore) -> tuple[str, ...]:
    """Who promises: the one who is to do it, or who says that he will."""
    begin = words[:80]
    for said in _SAID.finditer(begin) if _SAYS.search(lowered(begin)) else ():
        names = cut_owners(f"{words[: said.start()]} to do", lore.directory).owners
        if names:
            return names
    return cut_owners(words, lore.directory).owners
