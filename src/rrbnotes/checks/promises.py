"""Sentences that give somebody a task, or promise that something will be written or sent, without any mark."""

import re
from collections.abc import Iterator

from rrbnotes.owners import Directory, is_office, named

_DOES = (
    r"(?:add|amend|announce|approach|arrange|ask|assess|book|brief|bring|build|call|chase|check|circulate|clarify|"
    r"collate|collect|compile|complete|confirm|consult|contact|convene|coordinate|co-ordinate|create|debrief|develop|discuss|"
    r"distribute|draft|email|e-mail|enquire|escalate|explore|feed ?back|file|finali[sz]e|find|fix|follow[- ]?up|forward|"
    r"gather|get|identify|inform|instruct|investigate|invite|liaise|link|make|map|merge|migrate|modify|notify|obtain|"
    r"order|organi[sz]e|ping|place|poll|post|prepare|present|produce|progress|propose|publish|put|raise|reach|"
    r"recirculate|remind|request|research|resend|resolve|respond|review|revise|schedule|seek|send|set|"
    r"share|sort|speak|submit|summari[sz]e|talk|tell|touch|update|upload|verify|write)"
)
"""What leaves something done that somebody can ask for."""
_PHRASES = (
    r"(?:look (?:at|for|into|over)|work (?:on|with)|take (?:a pass|a look|care|over|this|that|it)|"
    r"open (?:a|an|the)|circle back|meet with|help (?:with|to)|try to|provide (?:a|an|the|more|details|feedback)|dig)"
)
_TASK = rf"(?:(?:also|then|now|therefore|subsequently|each|all) )?(?:{_DOES}|{_PHRASES})\b"
_WILL = re.compile(rf"(?P<aux>\s+(?:will|to|shall)|['’]ll)\s+(?={_TASK})")
_UNDERTAKES = re.compile(
    rf"(?P<aux>\s+(?:(?:has|have|had|also|then|kindly|subsequently) )*(?:agreed|offered|volunteered|undertook|undertaken|promised|committed|"
    rf"(?:(?:was|were|is|are|been) (?:also |then |subsequently )?)?(?:asked|tasked|requested|instructed|assigned)) to\s+)(?={_TASK})"
    rf"|\s+said (?:that )?(?:he|she|they|it)(?: would|['’]d)\s+(?={_TASK})"
)
_CLAUSE = re.compile(r"(?:^|[,;:.–—-]\s+|\b(?:that|so|and|but|then)\s+)(?=\S)")
_INDEFINITE = re.compile(r"(?:an?|any|no|some|many|most|other)\b", re.IGNORECASE)
_LONGEST = 80
"""Characters of those who do it."""


_SPOKEN = re.compile(
    rf"(?P<who>[^:–—]{{1,40}}?)\s*[:–—-]\s+(?:(?:ok(?:ay)?|yes|sure|ack|agreed|thanks)[,.!]? +)?(?:(?:I|we)(?: will|['’]ll)|will)\s+(?={_TASK})",
    re.IGNORECASE,
)
_AGREED = re.compile(rf"\b(?:it was|was|were|we|all|group|committee|board|council) (?:unanimously )?(?:agreed|decided|resolved) (?:that \S+ (?:will|would|should) )?to (?={_TASK})", re.IGNORECASE)
_GAVE = re.compile(r"\b(?:gave|given|give|gives|has|have|took|takes|take) (?:(?P<who>[A-Z][\w&/ -]{1,30}?) )?(?:an|the|this) action to [a-z]")
_DOCUMENT = (
    r"(?:agendas?|articles?|briefings?|comments?|dates?|documents?|drafts?|emails?|feedback|flyers?|forms?|invitations?|invites?|leaflets?|"
    r"letters?|lists?|memos?|minutes|notes?|notices?|papers?|plans?|polls?|presentations?|posters?|proposals?|questionnaires?|reports?|"
    r"slides?|specifications?|statements?|summar(?:y|ies)|surveys?|templates?|terms of reference|timetables?|updates?|versions?)"
)
_SENT = r"(?:brought back|circulated|distributed|drafted|emailed|forwarded|prepared|presented|produced|re-?circulated|sent|shared|submitted|tabled|written)"
_PASSIVE = re.compile(
    rf"\b{_DOCUMENT}\b[^.;:,]{{0,60}}?\b(?:will|should|must|shall|is to|are to|to) (?:also |then |now |all )?be {_SENT}\b", re.IGNORECASE
)
_DOUBT = re.compile(r"\b(?:if|unless|whether|could|might|may|would have|not|never|n['’]t|usually|normally|always|every|already|each)\b|n['’]t\b|\?", re.IGNORECASE)


def gives_task(sentence: str, known: Directory) -> str:
    """How a sentence gives a task: `will`, `undertakes`, `spoken`, `passive`, `agreed`; empty where it does not surely."""
    if _DOUBT.search(sentence):
        return ""
    for name, shape in _SHAPES:
        if shape(sentence, known):
            return name
    return ""


def _somebody_will(sentence, known):
    return any(_doer_before(sentence, found.start(), known) for found in _WILL.finditer(sentence))


def _somebody_undertakes(sentence, known):
    return any(_doer_before(sentence, found.start(), known) for found in _UNDERTAKES.finditer(sentence))


def _somebody_says(sentence, known):
    found = _SPOKEN.match(sentence)
    return bool(found) and known.knows(found["who"])


def _is_agreed(sentence, known):
    return _AGREED.search(sentence) is not None


def _is_given(sentence, known):
    return _GAVE.search(sentence) is not None


def _will_be_sent(sentence, known):
    return _PASSIVE.search(sentence) is not None


_SHAPES = (("will",_somebody_will),("undertakes",_somebody_undertakes),("spoken",_somebody_says),("given",_is_given),("passive",_will_be_sent),("agreed",_is_agreed))


def _doer_before(sentence: str, end: int, known: Directory) -> bool:
    """Whether a clause begins with nothing but those who do it, right before a place."""
    for start in (found.end() for found in _CLAUSE.finditer(sentence, max(0, end - _LONGEST), end)):
        phrase = sentence[start:end].strip()
        names = named(phrase, known) if phrase and not _INDEFINITE.match(phrase) else None
        if names and all(known.knows(name) or is_office(name) for name in names):
            return True
    return False
