"""Sentences that give somebody a task, or promise that something will be written or sent, without a mark."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from rrbnotes.owners import Directory, is_office, named

_DOES = (
    r"(?:add|advertise|amend|announce|apply|approach|arrange|ask|assess|book|brief|bring|build|call|chase|check|circulate|clarify|"
    r"collate|collect|communicate|compare|compile|complete|confirm|connect|consult|contact|convene|co-?ordinate|create|debrief|"
    r"design|develop|discuss|distribute|draft|e-?mail|enquire|escalate|examine|explore|feed ?back|file|fill|finali[sz]e|find|finish|fix|"
    r"follow[- ]?up|forward|gather|get|identify|inform|install|instruct|investigate|invite|liaise|link|make|map|merge|migrate|modify|"
    r"nominate|notify|obtain|offer|order|organi[sz]e|ping|place|plan|poll|post|prepare|present|produce|progress|propose|publish|"
    r"purchase|put|raise|reach|recirculate|recruit|remind|remove|repair|replace|reply|report|request|research|resend|resolve|respond|"
    r"review|revise|rewrite|schedule|seek|send|set|share|sort|speak|submit|summari[sz]e|talk|tell|test|touch|translate|try|update|upload|"
    r"verify|write)"
)
"""What leaves something done that somebody can ask for."""
_PHRASES = (
    r"(?:look (?:at|for|into|over)|work (?:on|with)|take (?:a pass|a look|care|over|this|that|it|the lead)|open (?:a|an|the)|"
    r"circle back|meet with|help (?:with|to)|provide (?:a|an|the|more|details|feedback)|dig)"
)
_TASK = rf"(?:(?:also|then|now|therefore|subsequently|each|all) )?(?:{_DOES}|{_PHRASES})\b"
_WILL = re.compile(rf"(?:(?:,\s++|(?<![,\s])\s++)(?:will|to|shall)|['’]ll)\s+(?={_TASK})")
_UNDERTAKES = re.compile(
    r"(?<!\s)(?:\s++(?:(?:has|have|also|then|kindly|subsequently) )?(?:agreed|offered|volunteered|undertook|undertaken|promised|committed|"
    r"(?:(?:was|were|is|are|been) (?:also |then |subsequently )?)?(?:asked|tasked|requested|instructed|assigned)) to"
    rf"|\s++said (?:that )?(?:he|she|they|it)(?: would|['’]d))\s+(?={_TASK})"
)
_SPOKEN = re.compile(
    r"(?P<who>[^:–—]{1,40}?)\s*[:–—-]\s+(?:(?:ok(?:ay)?|yes|sure|ack|agreed|thanks)[,.!]? )?(?:I(?: will|['’]ll)|will)\s+"
    rf"(?={_TASK})",
    re.IGNORECASE,
)
_ORDERED = re.compile(r"(?:[Aa]ction |\w{4,9}: )?(?P<who>[^:;,]{1,60}?) to (?!be\b)[a-z]+ ")
"""Said as actions are, whatever the verb; the first word may be a mark that lacks its colon."""
_AGREED = re.compile(
    rf"\b(?:it was|was|were) (?:unanimously )?(?:agreed|decided|resolved) to (?={_TASK})", re.IGNORECASE
)
_GAVE = re.compile(
    r"\b(?:gave|given|gives|has|have|took|takes|take) (?:[A-Z][\w&/ -]{1,30}? )?(?:an|the|this) action to [a-z]"
    r"|\b(?:was|were|been) (?:given|handed|set) (?:an|the) action\b"
)
_EXPECTED = re.compile(
    r"\b(?:all|every|each)(?: [\w&'’]{1,20}){0,3}? (?:members?|partners?|organi[sz]ations?|agency|agencies|boroughs?)"
    r"(?: (?:of|on) the [A-Z]?\w{1,20})? (?:is|are|was|were) (?:expected|asked|requested|responsible) (?:to|for) (?=[a-z])",
    re.IGNORECASE,
)
"""What each of a body is to do is a task of all, unlike a custom: `every member is expected to brief his organisation`."""
_DOCUMENT = (
    r"(?:agendas?|articles?|briefings?|comments?|dates?|documents?|drafts?|emails?|feedback|flyers?|forms?|invitations?|invites?|"
    r"leaflets?|letters?|lists?|memos?|minutes|notes?|notices?|papers?|plans?|polls?|presentations?|posters?|proposals?|"
    r"questionnaires?|reports?|slides?|specifications?|statements?|summar(?:y|ies)|surveys?|templates?|terms of reference|"
    r"timetables?|updates?|versions?)"
)
_SENT = (
    r"(?:brought back|circulated|distributed|drafted|emailed|forwarded|prepared|presented|produced|re-?circulated|sent|shared|"
    r"submitted|tabled|written)"
)
_PASSIVE = re.compile(
    rf"\b{_DOCUMENT}\b[^.;:,]{{0,60}}? (?:will|should|must|shall|is to|are to|to) (?:also |then |now |all )?be {_SENT}\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:^|[,;:.–—-]\s+|\b(?:that|so|and|but|then)\s+)(?=\S)")
_INDEFINITE = re.compile(r"(?:an?|any|no|some|many|most|other)\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:if|unless|whether|could|might|may|would have|had|not|never|usually|normally|always|every|already|each)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words before a task that make it none: it hangs on something, is a custom, or was one before."""
_BODY = re.compile(
    r"\b(?:council|board|committee|group|team|all|everyone|everybody|members|partners|residents|people)\b",
    re.IGNORECASE,
)
"""What a body agreed to do is a decision."""
_LONGEST = 80
"""Characters of those who do it."""


class Promise(NamedTuple):
    """A task in a sentence."""

    owners: tuple[str, ...]
    """Who is to do it; empty where that is not said."""
    start: int
    """Where the clause begins that says so."""
    end: int
    """Where what is to be done begins."""


def promise(sentence: str, known: Directory) -> Promise | None:
    """The task that a sentence surely gives to somebody whom the board knows, or to a role; or that a document will be sent."""
    if sentence.rstrip(" )\"'”’").endswith("?"):
        return None
    small = sentence.lower()
    heard = {cue for cue in _CUES if cue in small}
    if not heard:
        return None
    expected = None if heard.isdisjoint(_EXPECTED_CUES) else _EXPECTED.search(sentence)
    if expected:
        return Promise((), expected.start(), expected.end())
    found = (one for cues, look in _SHAPES if not heard.isdisjoint(cues) for one in look(sentence, known))
    return next((one for one in found if not _DOUBT.search(sentence, 0, one.end)), None)


def _will(sentence: str, known: Directory) -> Iterator[Promise]:
    """`Ann will write to them`, `…, Clerk to chase`."""
    for found in _WILL.finditer(sentence):
        names, start = _doers(sentence, found.start(), known)
        if names:
            yield Promise(names, start, found.end())


def _undertakes(sentence: str, known: Directory) -> Iterator[Promise]:
    """`Ann agreed to write to them`, `Bob was asked to chase`."""
    for found in _UNDERTAKES.finditer(sentence):
        names, start = _doers(sentence, found.start(), known)
        if names and not any(map(_BODY.search, names)):
            yield Promise(names, start, found.end())


def _spoken(sentence: str, known: Directory) -> Iterator[Promise]:
    """`Ann: I'll write to them`."""
    found = _SPOKEN.match(sentence)
    if found and known.knows(found["who"]):
        yield Promise((found["who"],), 0, found.end())


def _ordered(sentence: str, known: Directory) -> Iterator[Promise]:
    """`Ann to count the buoys`, where a sentence begins so and the board knows her."""
    found = _ORDERED.match(sentence)
    names = named(found["who"], known) if found and not _INDEFINITE.match(found["who"]) else None
    if found and names and all(known.knows(name) or is_office(name) for name in names):
        yield Promise(tuple(names), found.start("who"), found.end())


def _unsaid(pattern: re.Pattern[str], sentence: str, known: Directory) -> Iterator[Promise]:
    """`The Mayor gave them an action to write`, `The paper will be circulated`, `It was agreed to write to them`."""
    for found in pattern.finditer(sentence):
        clauses = (clause.end() for clause in _CLAUSE.finditer(sentence, 0, found.start() + 1))
        yield Promise((), max(clauses, default=0), found.end())


_SHAPES: tuple[tuple[tuple[str, ...], Callable[[str, Directory], Iterator[Promise]]], ...] = (
    ((" to ", "ll "), _will),
    (("ed to ", "ook to ", "ken to ", "said "), _undertakes),
    (("ll ",), _spoken),
    ((" to ",), _ordered),
    (("action",), partial(_unsaid, _GAVE)),
    ((" be ",), partial(_unsaid, _PASSIVE)),
    (("ed to ",), partial(_unsaid, _AGREED)),
)
"""Each with its cues: one of them stands in every sentence of that shape, in small letters, and most sentences have none,
so that the patterns are seldom asked. No cue has an `i`, `k` or `s` where its pattern ignores case: there `İ` and the like
would pass for them."""
_EXPECTED_CUES = ("ed to ", "ed for ", "ble to ", "ble for ")
_CUES = frozenset((*_EXPECTED_CUES, *(cue for cues, _ in _SHAPES for cue in cues)))


def _doers(sentence: str, end: int, known: Directory) -> tuple[tuple[str, ...], int]:
    """The names that a clause begins with, where nothing else stands before a place, and where it begins."""
    for clause in _CLAUSE.finditer(sentence, max(0, end - _LONGEST), end):
        phrase = sentence[clause.end() : end].strip()
        names = named(phrase, known) if phrase and not _INDEFINITE.match(phrase) else None
        if names and all(known.knows(name) or is_office(name) for name in names):
            return names, clause.end()
    return (), end
