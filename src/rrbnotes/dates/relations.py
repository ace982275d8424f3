"""What stands around a date and makes it a deadline, and the due words that need no date."""

import re

from rrbnotes.dates.words import EVENT, GATHERING, WEEKDAY

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

_STOPS = rf"{'|'.join(RELATIONS.values())}|and|or|but|is|are|be|been|was|were|will|who|which|that|if|this|last|previous|recent"
_WORD = rf"(?!(?:{_STOPS})\b)[^ ,;:()|]{{1,30}}(?<![.!?])"
_OWN = r"(?:(?:full|ordinary|regular|monthly|quarterly|weekly|team|parish|group|steering|board|council|committee) ){0,3}"
"""Words that do not make another body's of `the next … meeting`."""
_NEXT = r"(?:first|second|third|next|coming|upcoming|forthcoming|inaugural|annual|final)"
_CLAUSE_END = (
    r"(?= ?(?:$|[^\w '\"“‘/-]|[\"”](?!\w)|[/-] |(?:and|but|or|so|then|to|with|when|while|if|once|which|where|who"
    r"|for|via|in|on|at|of|by|before|after|as|from|is|are)\b))"
)
_WHOLE = r"\b(?!['-]\w)(?! (?:papers?|pack|room|notes|minutes|dates?|time|topics?|items?|chair|members?|invite|link|tax)\b)"
"""Not `the next meeting date`, `the May Board papers`."""


def _pattern(shape: str, *relations: str) -> re.Pattern[str]:
    """A shape of words behind one of the relations (any, where none is given); the matched group names it."""
    names = "|".join(rf"(?P<{name}>{RELATIONS[name]})" for name in relations or RELATIONS)
    return re.compile(rf"\b(?:{names}):? {shape}", re.IGNORECASE)


_TIME = r"[0-9]{1,2}(?:[.:][0-9]{2})?(?: ?[ap]m)?"
_FILLERS = (
    rf"(?:(?:the|on|about|around|noon|midday|midnight|close of (?:play|business)|cop|cob|{_TIME}) ){{0,4}}"
)
GOVERNORS = (
    (True, _pattern(rf"(?:the |our |an? )?(?:{_WORD} ){{1,6}}(?:on|in|of) {_FILLERS}\Z", "before", "after")),
    (
        True,
        _pattern(rf"(?<!\bon )(?:the |our )?(?:{_WORD} ){{0,4}}{EVENT} (?:on|in) {_FILLERS}\Z", "by", "on"),
    ),
    (False, _pattern(rf"{_FILLERS}\Z")),
)
"""A relation and what may stand between it and its date; True for an event whose date it is."""

_CAPITALISED = r"(?-i:[A-Z])[^ ,;:()|.]{1,20}"
NAMED = re.compile(
    rf"(?:'s (?:{_WORD} ){{0,2}}?(?:{EVENT}|(?-i:[A-Z]{{2,9}}[a-z]{{0,9}}))"
    rf"| (?:{_OWN}|(?:{_CAPITALISED} ){{0,2}}){EVENT}){_WHOLE}|'s\b",
    re.IGNORECASE,
)
"""The event that a date in front of it names: `the May agenda`, `November's LCRB`."""
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

NEXT_MEETING = (
    _pattern(rf"(?<!\bon )(?:the |our |this )?next {_OWN}{GATHERING}(?:'s)?(?: agenda)?{_WHOLE}"),
    _pattern(rf"(?:the |our )?next {_OWN}(?:(?:meeting|board)(?:'s)? )?agenda{_WHOLE}", "on"),
)
EVENTS = (
    _pattern(rf"(?<!\b[oi]n )(?:(?:the |our ){_NEXT}|next) (?:{_WORD} ){{0,4}}?{EVENT}\b{_CLAUSE_END}", "by", "on"),
    _pattern(
        rf"(?:the |our )(?:{_WORD} ){{0,3}}?(?:agm|conference|workshop|summit|launch|hearing)\b{_CLAUSE_END}",
        "by",
    ),
    _pattern(rf"(?:the |our |an? )?(?:{_WORD} ){{0,4}}?{EVENT}\b{_CLAUSE_END}", "before", "after"),
    _pattern(rf"(?:the )?(?:christmas|easter|new year|summer)\b{_CLAUSE_END}", "by", "before", "after"),
    re.compile(rf"\b(?P<by>in time for) (?:{_WORD} ){{0,4}}{_WORD}", re.IGNORECASE),
)
"""Events without a date, in shapes that are deadlines beyond doubt."""

_RECURRENCES = (
    ("daily", "daily", "day"),
    ("weekly", "weekly", rf"week|{WEEKDAY}"),
    ("fortnightly", "fortnightly", "fortnight|other week|second week|(?:two|2) weeks"),
    ("monthly", "monthly", "month"),
    ("quarterly", "quarterly", "quarter|(?:three|3) months"),
    ("half-yearly", "half-yearly|six-monthly", "(?:six|6) months"),
    ("yearly", "yearly|annually", "year"),
)
"""What `due.recurs` says, its adverbs, its units; an adverb before a noun is none (`the monthly newsletter`)."""


def _words(shape: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{shape})", re.IGNORECASE)


WORDED = (
    *(
        (
            recurs,
            _words(
                rf"on (?:an? )?(?:{adverb}) basis\b|(?:every|each) (?:{unit})\b(?!'s)|(?:{adverb})\b{_CLAUSE_END}"
            ),
        )
        for recurs, adverb, unit in _RECURRENCES
    ),
    ("yearly", _words(r"on an annual basis\b")),
    (None, _words(r"asap\b|as soon as (?:possible|practicable)\b|at the earliest opportunity\b")),
    (None, _words(r"on an? (?:regular|ongoing|rolling) basis\b")),
    (
        None,
        _words(
            r"(?:date|deadline|due|by)(?: is)?:? (?:tb[cd]|to be (?:confirmed|arranged|agreed|decided))\b"
        ),
    ),
)
"""Due words that no date is in, with what they recur."""
