"""What stands around a date and makes it a deadline, and the due words that need no date."""

import re
from typing import NamedTuple

from rrbnotes.dates.words import EVENT, EVENT_WORDS, GATHERING, INITIALS

RELATIONS = {
    "by": r"(?<!followed )by|until|till|(?:no|not) later than|in time for|deadline(?: is| of)?"
    r"|due(?: date| on| by| in| for| at)?",
    "before": r"before|ahead of|prior to|in advance of",
    "after": r"after|(?<!the )following",
    "from": r"from",
    "on": r"on|in|at|for|during|between",
    "to": r"to",
}
FIRM = ("by", "before", "after")
"""They hold anywhere; a date behind another relation, or behind none, is a deadline only where its clause ends."""
ALONE = "alone"
"""The relation of due words that have none in front."""

_WORD = (
    r"(?!(?:by|until|till|before|ahead|prior|after|following|from|on|in|at|for|during|between|to|due|and|or|but|is|are|be"
    r"|been|was|were|will|who|which|that|if|this|last|previous|recent)\b)[^ ,;:()|]{1,30}(?<![.!?])"
)
"""A word of an event's name: none that begins another phrase."""
_OWN = r"(?:(?:full|ordinary|regular|monthly|quarterly|weekly|team|parish|group|steering|board|council|committee) ){0,3}"
"""Words that do not make of `the next … meeting` another body's."""
_CLAUSE_END = (
    r"(?= ?(?:$|[^\w '\"“‘/-]|[\"”](?!\w)|[/-] |(?:and|but|or|so|then|to|with|when|while|if|once|which|where|who|for|via|in"
    r"|on|at|of|by|before|after|as|from|is|are)\b))"
)
_WHOLE = r"\b(?!['-]\w)(?! (?:papers?|pack|room|notes|minutes|dates?|time|topics?|items?|chair|members?|invite|link|tax)\b)"
"""Not `the next meeting date`, `the May Board papers`."""


def _pattern(shape: str, *relations: str) -> re.Pattern[str]:
    """A shape of words behind one of the relations (any, where none is given); the matched group names it."""
    names = "|".join(rf"(?P<{name}>{RELATIONS[name]})" for name in relations or RELATIONS)
    return re.compile(rf"\b(?:{names}):? {shape}", re.IGNORECASE)


_TIME = r"[0-9]{1,2}(?:[.:][0-9]{2})?(?: ?[ap]m)?"
_FILLER = (
    rf"(?:(?:the|on|about|around|noon|midday|midnight|close of (?:play|business)|cop|cob|{_TIME}) ){{0,4}}"
)
_ANYTHING = rf"(?:the |our |an? )?(?:{_WORD} ){{1,6}}(?:on|in|of) "
_ITS_EVENT = rf"(?<!\bon )(?:the |our )?(?:{_WORD} ){{0,4}}{EVENT} (?:on|in) "


class Cued(NamedTuple):
    """A pattern, and the words of which a text must hold one for it to match."""

    cues: frozenset[str]
    pattern: re.Pattern[str]


def _cued(cues: str, pattern: re.Pattern[str]) -> Cued:
    return Cued(frozenset(cues.split("|")), pattern)


_REACH, _NEAR = 160, 110
"""How far in front of a date its relation may begin, in characters: with an event between them, and with fillers only."""
_EARLIER_OR_LATER = "before|ahead|prior|advance|after|following"
GOVERNORS = (
    (True, _cued(_EARLIER_OR_LATER, _pattern(rf"{_ANYTHING}{_FILLER}\Z", "before", "after")), _REACH),
    (True, Cued(EVENT_WORDS, _pattern(rf"{_ITS_EVENT}{_FILLER}\Z", "by", "on")), _REACH),
    (
        False,
        _cued(
            "by|until|till|no|not|in|deadline|due|before|ahead|prior|after|following|from|on|at|for|during|between|to",
            _pattern(rf"{_FILLER}\Z"),
        ),
        _NEAR,
    ),
)
"""A relation and what may stand between it and its date, with how far before it to look; True for an event whose date it is."""

_CAPITALISED = r"(?-i:[A-Z])[^ ,;:()|.]{1,20}"
NAMED = re.compile(
    rf"(?:'s (?:{_WORD} ){{0,2}}?(?:{EVENT}|(?-i:[A-Z]{{2,9}}[a-z]{{0,9}}))"
    rf"| (?:{_OWN}|(?:{_CAPITALISED} ){{0,2}}){EVENT}){_WHOLE}|'s\b",
    re.IGNORECASE,
)
"""The event that a date in front of it names: `the May agenda`, `November's LCRB`."""
NAMED_BY_INITIALS = re.compile(rf" {INITIALS}{_WHOLE}")
"""The same behind `the`; elsewhere initials may begin other words: `by October NPS to …`."""
OWN_MEETING = re.compile(rf"(?:'s)? {_OWN}{GATHERING}", re.IGNORECASE)
"""Such an event that is a meeting of the board itself."""
APPOSED = re.compile(r" ?[(,:] ?(?:the )?", re.IGNORECASE)
"""Between relative words and the date that they mean: `next Friday (27 March)`."""
CLAUSE_END = re.compile(_CLAUSE_END, re.IGNORECASE)
OWNER_OF_DATE = re.compile(
    r"\b(?:meeting|session|workshop|conference|agm|hearing|seminar|summit|event|minutes|letter|e-?mail|decision|held|dated"
    r"|agreed|made|received) \Z",
    re.IGNORECASE,
)
"""Content that the date behind it belongs to: `the workshop on …`, `the decision made on …`."""
MOVED = re.compile(
    r"\b(?:extended|deferred|postponed|moved?|pushed|brought forward|put back) \Z", re.IGNORECASE
)
"""What may stand before `to` and a date."""


_NEXTS = "first|second|third|next|coming|upcoming|forthcoming|inaugural|annual|final"
_ENDINGS = "agm|conference|workshop|summit|launch|hearing"
EVENT_CUE = re.compile(rf"\b(?:{EVENT}|next|in time for|christmas|easter|new year|summer)\b", re.IGNORECASE)
"""Without it no pattern of the next two tables counts."""
_SOME_EVENT = rf"(?:(?:{_WORD} ){{0,4}}?{EVENT}\b|{INITIALS})"
NEXT_MEETING = (
    _cued(
        "next",
        _pattern(rf"(?<!\bon )(?:the |our |this )?next {_OWN}{GATHERING}(?:'s)?(?: agenda)?{_WHOLE}"),
    ),
    _cued("next", _pattern(rf"(?:the |our )?next {_OWN}(?:(?:meeting|board)(?:'s)? )?agenda{_WHOLE}", "on")),
)
EVENTS = (
    _cued(
        _NEXTS,
        _pattern(rf"(?<!\b[oi]n )(?:(?:the |our )(?:{_NEXTS})|next) {_SOME_EVENT}{_CLAUSE_END}", "by", "on"),
    ),
    _cued(_ENDINGS, _pattern(rf"(?:the |our )(?:{_WORD} ){{0,3}}?(?:{_ENDINGS})\b{_CLAUSE_END}", "by")),
    _cued(
        _EARLIER_OR_LATER,
        _pattern(rf"(?:the |our |an? )?(?:{_WORD} ){{0,4}}?{EVENT}\b{_CLAUSE_END}", "before", "after"),
    ),
    _cued(
        "christmas|easter|year|summer",
        _pattern(rf"(?:the )?(?:christmas|easter|new year|summer)\b{_CLAUSE_END}", "by", "before", "after"),
    ),
    _cued("time", re.compile(rf"\b(?P<by>in time for) (?:{_WORD} ){{0,4}}{_WORD}", re.IGNORECASE)),
)
"""Events without a date, in shapes that are deadlines beyond doubt."""

_RECURRENCES = (
    ("daily", "daily", "day"),
    ("weekly", "weekly", "week|monday|tuesday|wednesday|thursday|friday|saturday|sunday"),
    ("fortnightly", "fortnightly", "fortnight|other week|second week|two weeks|2 weeks"),
    ("monthly", "monthly", "month"),
    ("quarterly", "quarterly", "quarter|three months|3 months"),
    ("half-yearly", "half-yearly|six-monthly", "six months|6 months"),
    ("yearly", "yearly|annually", "year"),
)
"""What `due.recurs` says, its adverbs, its units."""
_ADVERBS = "|".join(adverbs for _, adverbs, _ in _RECURRENCES)
_UNITS = "|".join(units for _, _, units in _RECURRENCES)
RECURRENCES = {"annual": "yearly"} | {
    word: recurs for recurs, *shapes in _RECURRENCES for shape in shapes for word in shape.split("|")
}
RECURRING = re.compile(
    rf"\b(?:on (?:an? )?(?P<basis>{_ADVERBS}|annual) basis\b|(?:every|each) (?P<unit>{_UNITS})\b(?!'s)"
    rf"|(?P<adverb>{_ADVERBS})\b{_CLAUSE_END})",
    re.IGNORECASE,
)
"""An adverb in front of a noun says nothing of the action: `the monthly newsletter`."""
RECURRING_CUES = frozenset(re.findall("[a-z]+", f"{_ADVERBS} annual every each"))
WORDS_ONLY = re.compile(
    r"\b(?:asap|as soon as (?:possible|practicable)|at the earliest opportunity|on an? (?:regular|ongoing|rolling) basis"
    r"|(?:date|deadline|due|by)(?: is)?:? (?:tb[cd]|to be (?:confirmed|arranged|agreed|decided)))\b",
    re.IGNORECASE,
)
WORDS_ONLY_CUES = frozenset("asap soon earliest basis tbc tbd confirmed arranged agreed decided".split())
"""Words of which a text must hold one for the pattern to match."""
