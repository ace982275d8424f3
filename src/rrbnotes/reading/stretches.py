"""The actions in the words behind one marker: minutes in prose put several into one paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rrbnotes.owners import Directory, cut_owners, is_office, tasked
from rrbnotes.reading.sentences import sentences
from rrbnotes.reading.text import Text


@dataclass(frozen=True, slots=True)
class Stretch:
    """One action's words."""

    words: Text
    owner: str = ""
    """Who does it where only the action before says so: `… Also contact …`."""


_GOES_ON = re.compile(r"(?:also|and|then),? +(?=[a-z]|the |[A-Z])", re.IGNORECASE)
_NEXT_DOER = re.compile(
    r"(?:,? and|[,;])\s+(?=([A-Z][\w'’. ]{0,40}?) to (?!the |an? |this |that |our |their |his |her |its )[a-z])"
)
_ASKS = re.compile(
    r"\b(?:ask|asks|invite|request|remind|tell|get|help|allow|enable|want|encourage|need|connect|introduce|for|between|with)\b",
    re.IGNORECASE,
)
"""`ask A and B to reply`: behind these words the next name does not act, it is acted on."""
_DASHES = re.compile(r"(?:^|(?<=[.)\]])|(?<=[.)\]]\s))\s*[–—-]\s+(?=\S)")


def stretches(words: Text, known: Directory) -> Iterator[Stretch]:
    """The actions in a marked text: items set off by dashes on one line, else a sentence each that begins with who
    does it; other sentences explain the action before them."""
    items = _dashed(words) or _labelled(words, known)
    if items:
        yield from (Stretch(item) for item in items)
        return
    words = _unspoken(words, known)
    starts, ends, owner = [0], [], ""
    owners: dict[int, str] = {}
    for start, end in sentences(words.plain):
        sentence = words.plain[start:end]
        follows = _GOES_ON.match(sentence)
        names = tasked(sentence[follows.end() if follows else 0 :], known)
        if start and names:
            ends.append(start)
            starts.append(start + (follows.end() if follows else 0))
        elif start and follows and owner:
            ends.append(start)
            starts.append(start)
            owners[start] = owner
        elif start:
            continue
        owner = ", ".join(names) or owner
        joints = list(_next_doers(sentence, known)) if names else []
        ends += [start + joint.start() for joint in joints]
        starts += [start + joint.end() for joint in joints]
    if len(starts) > 1 and _is_topic(words.plain[: starts[1]], known):
        owners[0] = ", ".join(cut_owners(words.plain[starts[1] :], known).owners)
        del starts[1], ends[0]
    for start, end in zip(starts, [*ends, len(words.plain)], strict=True):
        yield Stretch(words.slice(start, end), owners.get(start, ""))


def _is_topic(sentence: str, known: Directory) -> bool:
    """Whether a first sentence only says what the action is about: `Highlights. Ann: draft them`."""
    return len(sentence.split()) <= 4 and not cut_owners(sentence, known).owners


def _next_doers(sentence: str, known: Directory) -> Iterator[re.Match[str]]:
    """The joints at which a sentence goes on with somebody else's action: `… and Clerk to respond`."""
    first = re.search(r"\sto\s", sentence)
    ask = _ASKS.search(sentence, first.end()) if first else None
    asks = ask.start() if ask else len(sentence)
    for found in _NEXT_DOER.finditer(sentence, first.end() if first else len(sentence)):
        if found.start() > asks:
            return
        if known.knows(found[1]) or is_office(found[1]):
            yield found


def _labelled(words: Text, known: Directory) -> list[Text]:
    """The printed lines, where each begins with a name and a colon: `Ann: call them` over `Bob: write to them`."""
    lines = list(words.lines()) if "\n" in words.plain else []
    return lines if len(lines) > 1 and all(_speaker(line.plain, known) for line in lines) else []


def _unspoken(words: Text, known: Directory) -> Text:
    """The words up to the printed line that somebody says: `Ann: here is the link`."""
    at = 0
    for line in words.plain.split("\n"):
        if at and _speaker(line, known):
            return words.slice(0, at)
        at += len(line) + 1
    return words


def _speaker(line: str, known: Directory) -> bool:
    before, colon, _ = line[:40].partition(": ")
    return bool(colon) and known.knows(before)


def _dashed(words: Text) -> list[Text]:
    """The items of a list that was set on one line with dashes; none unless it begins with one."""
    if not re.match(r"[–—-]\s", words.plain):
        return []
    dashes = list(_DASHES.finditer(words.plain))
    if len(dashes) < 2:
        return []
    ends = [*(dash.start() for dash in dashes[1:]), len(words.plain)]
    return [words.slice(dash.end(), end) for dash, end in zip(dashes, ends, strict=True)]
