"""An action in capitals within running text: `It was agreed to trim the hedge. CLERK TO INFORM HIGHWAYS`."""

import re
from collections.abc import Iterator

from rrbnotes.owners import VERBS, Directory, is_office
from rrbnotes.reading.blocks import Form
from rrbnotes.reading.candidates import Candidate, Passage, candidate
from rrbnotes.reading.lore import Lore

_SHOUTED = re.compile(r"(?<![\w’'])[A-Z][A-Z0-9’'./&,-]*(?:\s+[A-Z0-9&][A-Z0-9’'./&,-]*(?![a-z])){2,}")
_TO = re.compile(r"(?<=\S)\s+TO\s+(?=[A-Z]{2})")
_CUE = "TO"
"""Each action has it."""


def shouted_line(passage: Passage, lore: Lore) -> tuple[Candidate, ...] | None:
    """Clerks set what is to be done in capitals behind the item that it comes from. It must name an office or somebody
    whom the board knows before `TO`, and the text around it must not be in capitals."""
    text = passage.block.text
    may_be = passage.block.form in (Form.PARAGRAPH, Form.ITEM) and _CUE in text.plain
    if not may_be or _is_loud(text.plain):
        return None
    found = [
        text.slice(start, end)
        for run in _SHOUTED.finditer(text.plain)
        for start, end in _actions(run, lore.directory)
    ]
    made = (candidate(passage, "shouted-line", "in capitals, with who is to do it", own) for own in found)
    return tuple(made) if found else None


def _is_loud(words: str) -> bool:
    """Whether there is no sentence in small letters around it."""
    return sum(word[:1].isalpha() and word[1:].islower() for word in words.split()) < _LEAST_SMALL


_LEAST_SMALL = 3
"""Words in small letters that make a sentence."""


def _actions(run: re.Match[str], known: Directory) -> Iterator[tuple[int, int]]:
    """The actions in a run of capitals: each begins with the name before a `TO`."""
    starts = [
        start
        for to in _TO.finditer(run[0])
        if _is_task(run[0][to.end() :]) and (start := _doer(run[0][: to.start()], known)) is not None
    ]
    if starts and starts[0]:
        return  # the run begins with something else: `FROM BOARD TO WARD`
    for start, end in zip(starts, [*starts[1:], len(run[0])], strict=False):
        yield run.start() + start, run.start() + end


def _is_task(words: str) -> bool:
    """Whether what follows `TO` is a verb, or goes on like a sentence: `TO ORDER`, `TO CHASE UP THE QUOTES`."""
    tokens = words.split()
    return bool(tokens) and (tokens[0].strip(".,").casefold() in VERBS or len(tokens) > 2)


def _doer(words: str, known: Directory) -> int | None:
    """Where the name that the words end with begins: the longest that the board knows, else an office."""
    tokens = list(re.finditer(r"\S+", words))[-4:]
    starts = [token.start() for token in tokens]
    names = [at for at in starts if known.knows(words[at:])]
    offices = [at for at in reversed(starts) if is_office(words[at:])]
    start = next(iter((*names, *offices)), None)
    joint = _JOINT.search(words[:start]) if start else None
    before = _doer(words[: joint.start()], known) if joint else None
    return start if before is None else before


_JOINT = re.compile(r"(?<!\s)\s*+(?:\bAND|&|/|,)\s*+$")
"""`CHAIR AND CLERK TO …`."""
