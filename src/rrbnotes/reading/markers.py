"""Markers: the words at the start of a line that say that an action follows, such as `Action:` or `TODO`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rrbnotes.owners import Directory, cut_owners, leading_owners, sure_names_in
from rrbnotes.reading.text import Text

_WORDS = r"actions?(?: (?:items?|points?))?|to ?-?dos?|follow[- ]?ups?|next steps?|ap|ai"
_LOUD = ("ACTION", "ACTIONS", "ACTION ITEM", "ACTION ITEMS", "ACTION POINT", "TODO")
"""Words that mark without a colon when printed in capitals."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker in a text, by offsets; `end` is where the words behind it begin."""

    start: int
    end: int
    owner: str
    """In brackets behind the word: `Action (NPS):`."""
    number: str
    """The board's own number: `ACTION 58.1`; a bare `3` only counts."""
    word: str
    """As printed."""

    @property
    def follows_up(self) -> bool:
        """Whether it marks what comes of an action rather than a new one."""
        return self.word.casefold().startswith("follow")


@lru_cache(maxsize=8)
def _pattern(further: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join((*map(re.escape, further), _WORDS))
    return re.compile(
        rf"(?P<open>[\[(])?[ \t]*(?P<word>{words})(?:[^\S\n]*#?(?P<number>\d+(?:[./]\d+)*))?"
        r"(?:[ \t]*\((?:(?P<when>[Ww]\d{1,2}|\d[^()\n]{0,20})|(?P<owner>[^()\n]{1,80}))\))?(?(open)(?:[ \t]*[:–—-][ \t]*(?P<inside>[^()\[\]\n]{1,60})(?=[\])]))?)[ \t]*(?P<close>[\])])?[^\S\n]*(?P<mark>:|[-–—](?=\s))?\s*",
        re.IGNORECASE,
    )


def markers(text: Text, further: tuple[str, ...], known: Directory | None = None) -> Iterator[Marker]:
    """The markers at the starts of a text's printed lines and sentences; `further` are words from the settings. With a
    directory, `Action` before a name that it knows marks too: `… by June. Action Clerk`."""
    pattern, at = _pattern(further), 0
    midst = _midst(text.plain)
    may_lead_in = _LIST_BEHIND.search(text.plain) is not None
    may_be_said = known is not None and _CUE in text.plain.lower()
    for line in text.plain.split("\n"):
        mine = []
        for start in (len(line) - len(line.lstrip()), *[end.end() for end in midst.finditer(line)]):
            found = pattern.match(text.plain, at + start)
            if not found:
                continue
            if known and len(found["word"]) == 2 and known.knows(found["word"]):
                continue  # `AP: I think so` is what Ann Pell said
            before = line[:start]
            is_free = not before.strip() or _stands_out(found, before) or _follows_name(found, before, known)
            marks = _counts(found, text) and is_free and _is_owner(found["inside"], known)
            if marks or (known and _names_owner(found, text, known)):
                number = found["number"] or ""
                own = number if "." in number or "/" in number else ""
                owner = found["owner"] or found["inside"] or ""
                mine.append(Marker(at + start, found.end(), owner, own, found["word"]))
        others = list(_LEADS_IN.finditer(line)) if may_lead_in else []
        if known and may_be_said and not mine:
            others += _said_in_passing(line, known)
        mine += [Marker(at + found.start(), at + found.end(), "", "", found[0]) for found in others]
        yield from sorted(mine, key=lambda marker: marker.start)
        at += len(line) + 1


_LEADS_IN = re.compile(
    r"\b(?:the )?(?:following|these) actions? (?:were|was|are|have been) (?:agreed|noted|identified|raised|taken)[^.:]{0,40}:\s+(?=[–—-]\s)",
    re.IGNORECASE,
)
"""`The following actions were agreed: – … – …`: a list on one line."""
_LIST_BEHIND = re.compile(r":\s+[–—-]\s")
"""How `_LEADS_IN` ends. Few lines have it, and it begins with a literal, so that looking for it costs next to nothing."""
_ACTION_FOR = re.compile(
    r"(?:^|(?<=[,(–—-] )|(?<=[(]))action(?: item)? (?:for|left to|goes to|assigned to|is on) (?=[A-Z@][^.]{0,60}? to [a-z])",
    re.IGNORECASE,
)
_CUE = "act"
"""What `_ACTION_FOR` holds, in small letters: none of them is the small form of a letter beyond `A` to `Z`."""


def _said_in_passing(line: str, known: Directory) -> Iterator[re.Match[str]]:
    """`…, action for Ann to reply`: in the midst of a sentence, and somebody must be named to do it."""
    for found in _ACTION_FOR.finditer(line):
        if cut_owners(line[found.end() :], known).owners:
            yield found


_BEHIND_SENTENCE = re.compile(r"[.!?;)][ \t]+(?=\S)")
_IN_MIDST = ("AI", "AP", "ACTION", "Action", "TODO")
"""The words before which alone `_MIDST` finds more than the ends of sentences."""
_MIDST = re.compile(
    rf"{_BEHIND_SENTENCE.pattern}|(?<=\S)[ \t]+(?=(?:AI|AP|ACTIONS?|TODO):[ \t])|(?<=\S)[ \t]+(?=(?:AI|AP) [A-Z])"
    r"|(?<=:)[ \t*_]*(?=(?:ACTION|TODO)S?\b)|(?<=[ \t][-–—])[ \t]+(?=(?:ACTION|Action|TODO)[ \t]*[-–—][ \t])"
)
"""Where a marker may stand within a line: behind the end of a sentence, before a word in capitals with a colon, behind a
label (`Status: TODO write`), and between dashes (`Ann - ACTION - write`)."""


def _midst(words: str) -> re.Pattern[str]:
    """What finds the places within a line, as far as there can be any."""
    for word in _IN_MIDST:
        if word in words:
            return _MIDST
    return _BEHIND_SENTENCE


def _follows_name(found: re.Match[str], before: str, known: Directory | None) -> bool:
    """`Ann - ACTION - write`: capitals, with nothing but names before them."""
    is_loud = found["word"][0].isupper() and bool(found["mark"]) and len(before) <= 60
    return known is not None and is_loud and bool(sure_names_in(before.rstrip(" \t-–—"), known))


def _is_owner(inside: str | None, known: Directory | None) -> bool:
    """`[ACTION - Ann] write`: only names may stand in the brackets behind the word; `[Action: write]` is all inside them."""
    return inside is None or (known is not None and bool(sure_names_in(inside, known)))


def _names_owner(found: re.Match[str], text: Text, known: Directory) -> bool:
    """`Action Clerk` or `Action FE/Clerk`, with nothing else up to the next sentence."""
    plain = found["word"] in ("Action", "Actions", "ACTION", "ACTIONS", "AI", "AP") and not found["number"]
    return plain and bool(leading_owners(text.plain[found.end() :], known)[1])


def _stands_out(found: re.Match[str], before: str) -> bool:
    """In the midst of a line a marker needs a capital and a colon, or capitals behind a label: there the words are
    ordinary ones."""
    word = found["word"]
    if found["mark"] == ":" or not word[0].isupper():
        return word[0].isupper()
    goes_on = _CAPITALS.match(found.string, found.end()) is not None  # `ACTION AGAINST KNIVES`
    return word.isupper() and not goes_on and _STATUS_LABEL.match(before) is not None


_CAPITALS = re.compile(r"[A-Z]{2}")
_STATUS_LABEL = re.compile(r"\W*(?:status|progress|update|outcome)\b[^:\n]{0,20}:[ \t*_]*$", re.IGNORECASE)
"""`Status (W39): TODO …`."""


def is_marked(text: Text, further: tuple[str, ...]) -> bool:
    """Whether a text begins with a marker and goes on behind it."""
    if not (_pattern(further).match(text.plain) or _LEADS_IN.match(text.plain)):
        return False  # a marker at the very start is one of these
    first = next(markers(text, further), None)
    return first is not None and first.start == 0 and bool(text.plain[first.end :].strip())


def is_marker_alone(text: Text, further: tuple[str, ...]) -> bool:
    """Whether the last line of a text is a marker and nothing else, so that what follows it is marked."""
    plain = text.plain.rstrip()
    last = plain[plain.rfind("\n") + 1 :].lstrip()
    marker = _pattern(further).match(last)
    if not marker or marker.end() < len(last):
        return False  # it is not the whole line; `_LEADS_IN` never is, a dash follows it
    found = list(markers(list(text.lines())[-1], further))
    return len(found) == 1 and found[0].start == 0 and found[0].end == len(last)


def _counts(found: re.Match[str], text: Text) -> bool:
    """A marker needs a colon, a number, brackets, bold or capitals: the bare word begins too many sentences."""
    word, after = found["word"], text.plain[found.end() : found.end() + 1]
    if bool(found["open"]) is not bool(found["close"]) or text.looks("code", *found.span("word")):
        return False
    if found["mark"] == ":" or (found["mark"] and (word.isupper() or found["number"])):
        return True
    if found["mark"] and word in ("Action", "Actions") and after[:1].isupper():
        return True  # `Action - Mike Brown to bring the list`
    if not found["mark"] and found.end() == found.end("word") and after.isalnum():
        return False  # `Actionable`, `APIs`, `AIM`
    if word.casefold() in ("ap", "ai"):
        return bool(found["number"]) and word.isupper()
    if found["open"] or word in _LOUD or (found["owner"] and word[0].isupper()):
        return True
    return text.looks("strong", *found.span("word")) and not text.looks("strong")
