"""What the words of a note tell of a task: whether they set one, and whether they may name somebody to do it."""

import re
from collections.abc import Iterator

from rrbnotes.notebook import Minutes
from rrbnotes.owners import VERBS, Directory, is_office
from rrbnotes.reading.sentences import sentences
from rrbnotes.reconciling.wording import wording

_DETERMINERS = frozenset(
    "a an the all any each every our their his her its this these those more out up".split()
)
_NO_VERBS = frozenset(
    (
        "none no some any all most many much what who how why when where in on at by before after during until once while as from to "
        "with of for via per it we they you there here not and or but if"
    ).split()
)
"""Words that come before a determiner and are no verbs."""
_PASSIVE = re.compile(
    r"\b(?:to|should|must|shall|will|needs? to|has to|have to)\s+be\s+(?:\w+ly\s+)?(?:re-)?"
    r"(?:\w+(?:ed|en|wn|rn)|put|set|sent|held|made|built|kept|done|brought|sought|read|split)\b"
    r"|\bneed(?:s|ed)?\s+\w+ing\b|\b(?:needed|required)\b",
    re.IGNORECASE,
)
_ACTIVE = re.compile(
    r"\b(?:will|should|must|shall|can|may|needs? to|has to|have to|plans? to|agreed to|offered to|asked to)\s+(?!be\b|not\b)[a-z]",
)
_FIRST_TO = re.compile(r"\S+ (?:and \S+ )?(?:to|will|should|can|must|shall|may) (?!be\b)[a-z]")
_WORD = re.compile(r"@?[^\W_][\w'’.-]*\w|\w")
_ONE_IN_BRACKETS = re.compile(r"[\[(]@?[\w.-]{2,20}[\])]")
_LONGEST_NAME = 4
_MOST_LETTERS = 4_000
"""So far names are looked for; whatever is longer is no action any more."""


def sets_task(words: str) -> bool:
    """Whether words tell what is to be done: a verb first (`Book the hall`), or the passive (`the hall to be booked`)."""
    first, _, rest = words.partition(" ")
    plain = first.casefold().strip(".,:;")
    after = rest.partition(" ")[0].casefold()
    is_verb = plain in VERBS or (after in _DETERMINERS and plain.isalpha() and plain not in _NO_VERBS)
    return is_verb or is_to_be_done(words)


def is_to_be_done(words: str) -> bool:
    """Whether words are in the passive: `the list should be sent`, `a new key is needed`."""
    return _PASSIVE.search(words) is not None


def may_name_doer(words: str, known: Directory) -> bool:
    """Whether somebody may be meant to do it whom the reader did not take for the owner: somebody whom the board knows, a
    role or a word before `to`, or whoever `should reply`."""
    return (
        any(_names_among(words, known))
        or _ACTIVE.search(words) is not None
        or any(_FIRST_TO.match(words, start) for start, _ in sentences(words))
        or _ONE_IN_BRACKETS.search(words) is not None
        or (_begins_with_doer(words, known) and not is_to_be_done(words))
    )


def _names_among(words: str, known: Directory) -> Iterator[str]:
    tokens = [found[0] for found in _WORD.finditer(words, 0, _MOST_LETTERS)]
    for start, token in enumerate(tokens):
        if token.startswith("@"):
            yield token
        if token[0].isupper() or len(token) > _LONGEST_NAME:
            ends = range(start + 1, min(len(tokens), start + _LONGEST_NAME) + 1)
            yield from (name for end in ends if known.knows(name := " ".join(tokens[start:end])))


def _begins_with_doer(words: str, known: Directory) -> bool:
    """`Core team finishes the report`, `everyone have a look`, `Zoe rewrites it`: a role, or a word with a capital, before
    what looks like its verb."""
    tokens = words.split()[: _LONGEST_NAME + 1]
    for size in range(1, len(tokens)):
        name, verb = " ".join(tokens[:size]), tokens[size]
        if _is_verb(verb) and (is_office(name) or (size == 1 and _may_be_name(name))):
            return True
    return False


def _is_verb(word: str) -> bool:
    plain = word.strip(".,:;")
    return (
        plain in VERBS
        or plain in ("have", "has", "is", "are")
        or (len(plain) > 3 and plain.islower() and plain.endswith(("s", "ing")))
    )


def _may_be_name(word: str) -> bool:
    return word[:1].isupper() and word.isalpha() and word.casefold() not in VERBS


class Told:
    """The actions of a note, to see whether words only tell of one of them."""

    def __init__(self, minutes: Minutes) -> None:
        self._known = minutes.lore.directory
        mentions = minutes.meeting.mentions
        self._actions = [(frozenset(wording(one.action).content), one.owners) for one in mentions]

    def covers(self, words: str, owners: tuple[str, ...] = ()) -> bool:
        """Whether an action says much the same as some words. The same owner makes that likelier; what says hardly more than
        who does it is covered by any of his actions."""
        names = {word for name in owners for word in wording(name).content}
        mine = set(wording(words).content) - names
        return any(self._says(mine, owners, *action) for action in self._actions)

    def _says(
        self, mine: set[str], owners: tuple[str, ...], theirs: frozenset[str], others: tuple[str, ...]
    ) -> bool:
        shared, is_brief = len(mine & theirs), len(mine) < _SAME
        if shared < _SAME - 1 and not is_brief and len(theirs) >= _SAME:
            return False
        is_owner = bool(owners and others) and self._known.agree(owners, others)
        if is_owner and is_brief:
            return True
        is_enough = shared >= min(_SAME - is_owner, len(theirs))
        return is_enough and 2 * shared >= min(len(mine), len(theirs))


_SAME = 3
"""Content words that two must share at least to say the same; one fewer where both name the same owner."""
