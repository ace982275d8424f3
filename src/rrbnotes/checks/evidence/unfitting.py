"""Reports that fit no action of the notes before them, and are no slip of the reader's."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rrbnotes.checks.book import Book
from rrbnotes.model import Action, Mention, Place
from rrbnotes.notebook import Minutes
from rrbnotes.reconciling.wording import ContentIndex, Wording, wording

_FEW_WORDS = 3
"""With fewer content words than these a line may be anything."""
_NOTES_BACK = 3
"""In so many notes before it an action may stand in words that are no action there."""
_SHARED = 0.6
"""Of an action's words on one line: it speaks of it."""
_SENTENCE = re.compile(r"(?:has|have|had|is|are|was|were|will|still|also|not|no|we|it|this)\b", re.IGNORECASE)
"""Begins what tells of something and does not name it."""


def unfitting(book: Book) -> Iterator[Action]:
    """The actions that a list of earlier ones reports on, and that no note before has anything like, though most of that
    list fits."""
    told = [(n, action) for n, action in enumerate(book.actions) if _is_told(action)]
    if not told:
        return
    fitting, index, earlier = _fitting(book.actions), _index(book.actions), _earlier(book)
    for n, action in told:
        path, words = action.mentions[0].at.path, wording(action.action)
        before = earlier.get(path, ())
        is_like = any(other != n and _is_before(book.actions[other], action) for other in index.near(words))
        if before and fitting[path] > 0 and not is_like and not any(_speaks_of(words, one) for one in before):
            yield action


def _is_told(action: Action) -> bool:
    """Whether a list of earlier actions is the first to show it, and says how it stands."""
    first = action.mentions[0] if action.mentions and not action.is_raised else None
    is_named = len(wording(action.action).content) >= _FEW_WORDS and not _SENTENCE.match(action.action)
    return first is not None and is_named and _is_report(first)


def _is_report(mention: Mention) -> bool:
    return mention.place is Place.PREVIOUS and mention.status is not None and not mention.is_remark


def _earlier(book: Book) -> Mapping[str, Sequence[Minutes]]:
    """By its path, the notes of its board right before each note; none before the first."""
    found: dict[str, Sequence[Minutes]] = {}
    for own in book.boards():
        dated = [one for one in own if one.meeting.date]
        found |= {one.source.path: dated[max(0, n - _NOTES_BACK) : n] for n, one in enumerate(dated)}
    return found


def _fitting(actions: Sequence[Action]) -> Counter[str]:
    """By path of a note, how many more earlier actions its list of them fits than not."""
    more: Counter[str] = Counter()
    for action in actions:
        first = action.first_seen.at
        listed = {mention.at.path for mention in action.mentions if mention.place is Place.PREVIOUS}
        for path in listed:
            more[path] += -1 if first and path == first.path else 1
    return more


def _index(actions: Sequence[Action]) -> ContentIndex:
    return ContentIndex((wording(mention.action), n) for n, a in enumerate(actions) for mention in a.mentions)


def _is_before(other: Action, action: Action) -> bool:
    """Whether another action of the board was there before."""
    days = (other.first_seen.date, action.first_seen.date)
    return other.board == action.board and bool(days[0] and days[1] and days[0] < days[1])


def _speaks_of(words: Wording, minutes: Minutes) -> bool:
    """Whether a line of a note has most of an action's words."""
    least = _SHARED * len(words.content)
    lines = (line.casefold() for line in minutes.source.lines)
    return any(sum(stem in line for stem in words.content) >= least for line in lines)
