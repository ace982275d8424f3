"""What a section is for, by the words of its heading: one table, which settings extend."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from rrbnotes.owners import fold_name


class Role(StrEnum):
    """The part that a section plays in a note; the values name the roles in settings."""

    TITLE = "title"
    ATTENDANCE = "attendance"
    ABSENCE = "absence"
    ROSTER = "roster"
    """A list of the members, there or not: only a mark beside a name says who was."""
    PREVIOUS = "previous"
    ACTIONS = "actions"
    NEXT_MEETING = "next-meeting"
    AGENDA = "agenda"
    """A list of what is to be talked about; nothing in it is an action."""
    ITEM = "item"
    """One item of the discussion: every heading that is nothing else."""

    @property
    def lists_actions(self) -> bool:
        """Whether the items of its lists are actions."""
        return self in (Role.PREVIOUS, Role.ACTIONS)

    @property
    def lists_names(self) -> bool:
        """Whether its lines are people or organisations."""
        return self in (Role.ATTENDANCE, Role.ABSENCE, Role.ROSTER)


_ACTIONS = r"(?:actions?|action (?:items?|points?|list|log)|to ?-?dos?|todo items?|tasks|follow[- ]?ups?)"
_WHO = r"(?:organi[sz]ations?|members?|people|persons?|attendees|those|also|others?|councillors|voting|board|committee|core|team|full|additional|further|guests?|observers?)"
_EARLIER = r"(?:previous|last|prior|earlier|past)"
_MEETING = r"(?:meetings?|minutes|board|week|month|call|notes)(?:'s)?"

_WORDS: tuple[tuple[Role, tuple[str, ...], str], ...] = (
    (
        Role.ATTENDANCE,
        ("attend", "present", "particip", "roll"),
        rf"(?:{_WHO} )*(?:in attendance|attendance|attendees|attending|present|participants|participating|roll[ -]?call)"
        r"(?: were| list|/.{1,20})?",
    ),
    (
        Role.ABSENCE,
        ("apologies", "regrets", "absen", "present", "attend", "excused"),
        rf"(?:(?:to )?(?:receive|accept|accepted|acceptance of|note) )?(?:{_WHO} )*(?:apologies|regrets|absent|absentees|absences?|not present|not in attendance|not attending|not able to attend|unable to attend|excused)"
        r"(?: for absence| of absence| from| received|/.{1,20})*(?: [-–(].{1,60})?",
    ),
    (
        Role.ROSTER,
        ("members", "roster", "quorum"),
        r"(?:the )?(?:\w+ ){0,2}(?:members(?:hip)?|roster|quorum)",
    ),
    (
        Role.PREVIOUS,
        ("action", "do", "tasks", "follow", "matters"),
        rf"(?:(?:review|status|update|report|progress)(?: of| on)?(?: the)? (?:{_EARLIER} |outstanding |open |existing )?"
        rf"(?:{_MEETING} )?{_ACTIONS}(?: (?:of|from) .{{1,60}})?"
        rf"|{_ACTIONS} review"
        rf"|(?:{_EARLIER}|outstanding|open|completed|closed|finished|existing|old|on-?going) (?:{_MEETING} )?{_ACTIONS}"
        rf"|{_ACTIONS} (?:arising )?(?:from|of) (?:the )?{_EARLIER}(?: {_MEETING})?(?: and .{{1,80}})?"
        rf"|{_ACTIONS} (?:carried|brought|rolled) (?:over|forward)"
        r"|matters arising(?: .{1,60})?"
        r"|.{0,40}\b(?:report|review|update|progress|status) (?:on|of) (?:the )?(?:action items|actions)"
        r"(?: (?:of|from|since|arising)\b.{0,40})?"
        rf"|.{{0,30}}\b{_EARLIER} (?:meeting'?s? )?(?:action|actionable) items\b.{{0,20}}"
        rf"|.{{0,40}}\b(?:action items|actions) (?:from|of) (?:the )?{_EARLIER}\b.{{0,40}})",
    ),
    (
        Role.ACTIONS,
        ("action", "do", "tasks", "follow", "next step"),
        rf"(?:(?:summary of|list of|new|agreed|our|this (?:week|month|meeting)'s|meeting|team) )*{_ACTIONS}"
        r"(?: summary| agreed| arising| required| needed| resulting| to be taken| for next (?:meeting|time|week)| from (?:this|the|today's) meeting| \d[\d.]*)?"
        r"|next steps?(?: .{1,30})?",
    ),
    (
        Role.NEXT_MEETING,
        ("next", "future meeting"),
        r"(?:(?:date|time|date and time|details|schedul(?:e|ing))(?: of| for)? )?(?:the |our )?next (?:\w+ ){0,3}?(?:meetings?|call|board)"
        r"(?:/call)?"
        r"(?: dates?.{0,40})?|(?:agenda )?items for (?:the )?(?:agenda (?:of|for) )?(?:the )?next meeting(?: to be held.{0,40})?|future meetings?(?: dates?)?|dates? of future meetings?",
    ),
    (
        Role.ITEM,
        (
            "minutes",
            "discussion",
            "notes",
            "welcome",
            "introduction",
            "opening",
            "business",
            "aob",
            "adjourn",
            "clos",
        ),
        r"(?:draft )?minutes|discussions?(?: points| notes)?|(?:meeting )?notes|welcome(?: .{1,40})?|introductions?"
        r"|opening(?: remarks)?|any other business|aob|adjourn(?:ment)?|clos(?:e|ing)",
    ),
    (
        Role.AGENDA,
        ("agenda", "order of business"),
        r"(?:draft |meeting |proposed |today's )?agenda(?: items| topics)?(?: for (?:the )?next (?:week|meeting|call))?|order of business",
    ),
)
"""Each role with stems, one of which is in every heading of it, and the headings themselves."""
_PATTERNS = tuple((role, stems, re.compile(pattern)) for role, stems, pattern in _WORDS)
_SLASHED = re.compile(r"(?<!\s)\s*+(?:item )?\d{1,3}(?:[./]\d{1,3}){2,}\s*", re.IGNORECASE)
"""A board's number of an item, `16/10/7`; a title may begin with a date of that form, so only roles look behind it."""
_NUMBER = re.compile(r"\s*(?:item )?(\d{1,3}(?:\.\d{1,3})*)(?:[.):]|\s[-–]|(?=\s))\s*", re.IGNORECASE)


_MONTH = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)
"""`2 March 2026`: the number is a day; in `2. Marketing` and `3. Decisions` it is not."""


def split_number(title: str) -> tuple[str | None, str]:
    """A heading's printed number and its words: `3. Transitions` is `("3", "Transitions")`."""
    found = _NUMBER.match(title)
    if not found or _MONTH.match(title, found.end()) or not title[found.end() :].strip():
        return None, title.strip()
    return found[1], title[found.end() :].strip()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A board's own words for the parts of its notes, from the settings."""

    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Heading words by role."""
    markers: tuple[str, ...] = ()
    """Words that mark an action."""


def role_of(title: str, vocabulary: Vocabulary) -> Role | None:
    """The role that a heading's words give it, if any."""
    words = _bare(title)
    if not words or len(words) > 120:
        return None
    for role, more in vocabulary.sections.items():
        if any(fold_name(word) == words for word in more):
            return Role(role)
    return _role_in_table(words)


@lru_cache(maxsize=4096)
def _bare(title: str) -> str:
    """The folded words of a title, without its marks, number and timing; a board's notes have the same ones again and again."""
    words = title.lstrip("# ")
    if "/" in words or "." in words:
        words = _SLASHED.sub("", words, count=1)
    return fold_name(_without_timing(split_number(words)[1]))


def _without_timing(title: str) -> str:
    """A title without what stands in brackets behind it: `[ 10 min, until 0:15 ]`, `(Ann)`."""
    bare = title.removesuffix(":").rstrip()
    at = -1
    if bare.endswith("]"):
        at = bare.find("[", bare.rfind("]", 0, -1) + 1)
    elif bare.endswith(")"):
        at = max(bare.rfind("("), bare.rfind(")", 0, -1))
    return title[:at] if at >= 0 and title[at] in "[(" else title


@lru_cache(maxsize=4096)
def _role_in_table(words: str) -> Role | None:
    """The first role whose headings a folded title is one of. The dear patterns are only tried where a stem is there."""
    for role, stems, pattern in _PATTERNS:
        if any(map(words.__contains__, stems)) and pattern.fullmatch(words):
            return role
    return None
