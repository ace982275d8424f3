"""Where an action stands, by its words: one table of synonyms, and the places where notes print them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rrbnotes.model import Status

SYNONYMS: Mapping[Status, tuple[str, ...]] = {
    Status.OPEN: ("open", "outstanding", "not started", "not yet started", "to do", "todo", "new", "no action", "no action taken"),
    Status.ONGOING: (
        "ongoing", "on-going", "on going", "in progress", "in hand", "in train", "under way", "underway", "continuing",
        "progressing", "work in progress", "wip", "started", "partially complete", "partly complete", "partly done",
        "partially done", "unchanged", "no progress", "no change", "no update", "pending", "on track", "not done",
        "not complete", "not completed", "not yet done", "not yet complete", "incomplete", "delayed", "still open", "still to do",
    ),
    Status.ROLLED_OVER: (
        "rolled over", "roll over", "rolled-over", "roll-over", "rollover", "rolled forward", "roll forward", "carried over",
        "carry over", "carried forward", "carry forward", "c/f", "c/fwd", "deferred", "defer", "postponed", "held over",
        "carried", "slipped", "re-actioned", "pushed to next week", "pushed to next meeting", "pushed to the next meeting", "skipped", "moved to next meeting",
    ),
    Status.COMPLETE: (
        "complete", "completed", "done", "finished", "actioned", "achieved", "resolved", "fixed", "all done", "action complete",
        "action completed", "discharged", "delivered",
    ),
    Status.CLOSED: (
        "closed", "dropped", "drop", "cancelled", "canceled", "superseded", "no longer needed", "no longer required", "withdrawn",
        "lapsed", "obsolete", "abandoned", "not needed", "not required", "not relevant", "no longer relevant", "won't do", "wontfix", "removed", "rejected",
        "transferred", "moved elsewhere",
    ),
}  # fmt: skip
"""Every phrase that says a status, lower case. Settings add to it."""

_SIGNS = {
    "✅": Status.COMPLETE,
    "✔": Status.COMPLETE,
    "✓": Status.COMPLETE,
    "☑": Status.COMPLETE,
    "❌": Status.CLOSED,
}
_JOINT = r"[ \t]*(?:[-–—:;,.(]|$)[-–—:;,. \t]*"
_BEGINS = ("(", "[", " -", " –", " —", ". ", "! ", "? ", "; ", " status")
"""What a status phrase behind an action's words begins at, unless there is a tab."""
_NOTHING = frozenset({"", ".", "-", "–", "—", "n/a", "tbc", "tbd", "?"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a place says of progress."""

    status: Status | None = None
    reason: str = ""
    """What stands beside the status word."""
    rest: str = ""
    """The words without the status phrase."""
    unknown: str = ""
    """A status cell's words that the table does not know."""


class Words:
    """The synonyms with those of the settings, ready to look for."""

    def __init__(self, further: Mapping[str, tuple[str, ...]] | None = None) -> None:
        known = {phrase: status for status, phrases in SYNONYMS.items() for phrase in phrases}
        for name, more in (further or {}).items():
            known.update({_fold(phrase): Status(name) for phrase in more})
        self.known: Mapping[str, Status] = known
        # the longest first, so that "not done" is not read as "done"
        phrases = "|".join(re.escape(phrase) for phrase in sorted(known, key=len, reverse=True))
        bare = rf"(?:now |still |is |action )?(?P<word>{phrases})"
        self._start = re.compile(
            rf"[\[(*_]?(?:(?:this|it) (?:is|was|has been) )?{bare}[\])*_]?(?=[^\w]|$)", re.IGNORECASE
        )
        self._prefix = re.compile(
            rf"[\[(]?{bare}(?:[\])][ \t]*[:–—-]?|[ \t]*:|[ \t]+[–—-])[ \t]+(?=\S)", re.IGNORECASE
        )
        self._last_word = re.compile(
            rf":[ \t]*{bare}(?:[.!]?|[ \t]*[-–—;,.(][ \t]*(?P<more>[^:]{{1,200}}))$", re.IGNORECASE
        )
        self._suffix = re.compile(
            rf"(?:[ \t]*[\[(](?!(?:new|open|action) for\b)(?:status[ \t]*:[ \t]*)?{bare}(?P<more>[^\[\]()]*)[\])]"
            rf"|[ \t]+[–—-][ \t]*{bare.replace('word', 'word2')}(?P<more2>[^–—]{{0,200}})"
            rf"|(?<=[.!?;])[ \t]+{bare.replace('word', 'word4')}"
            rf"|[ \t]+status[ \t]*:[ \t]*{bare.replace('word', 'word3')}(?P<more3>[^\n]*))[.!]?$",
            re.IGNORECASE,
        )

    def meant(self, word: str) -> tuple[Status, ...]:
        """The statuses that a person may mean: by its name, a synonym, or the start of one; none for an unknown word."""
        folded = _fold(word)
        if folded in self.known:
            return (self.known[folded],)
        names = tuple(status for status in Status if folded and status.startswith(folded))
        started = {s for phrase, s in self.known.items() if folded and phrase.startswith(folded)}
        return names if len(names) == 1 else tuple(status for status in Status if status in started)

    def cell(self, words: str) -> Reading:
        """A cell, bracket or line that is about progress and nothing else."""
        words = " ".join(words.split())
        sign = _SIGNS.get(words[:1])
        if sign:
            return Reading(sign, words[1:].strip(" \ufe0f:–—-"))
        found = self._start.match(words)
        if found and not _goes_on(found["word"], words[found.end() :]):
            reason = re.sub(rf"^{_JOINT}", "", words[found.end() :])
            return Reading(self.known[_fold(found["word"])], _unwrap(reason.strip()))
        remark = "" if _fold(words) in _NOTHING else words
        return Reading(reason=remark, unknown=remark)

    def cut(self, words: str) -> Reading:
        """The status phrase at the start or the end of an action's words: `Completed: …`, `… - DONE`, `… (Done)`, `… ✅`."""
        for mark, status in _SIGNS.items():
            if mark in words:
                rest = "".join(" " if letter in _SIGNS or letter == "\ufe0f" else letter for letter in words)
                return Reading(status, "", " ".join(rest.split()))
        prefix = self._prefix.match(words)
        if prefix:
            return Reading(self.known[_fold(prefix["word"])], "", words[prefix.end() :])
        # a status phrase begins at the last bracket, dash, label or sentence; looking from there on keeps this linear
        at = max(map(lowered(words).rfind, _BEGINS))
        if at < 0 and "\t" not in words:
            return self._labelled(words)
        suffix = self._suffix.search(words, at if at > 0 else max(0, len(words) - 300)) or self._stopped(
            words
        )
        word = suffix and (suffix["word"] or suffix["word2"] or suffix["word3"] or suffix["word4"])
        more = suffix and (suffix["more"] or suffix["more2"] or suffix["more3"] or "")
        if suffix and word and more is not None and suffix.start() > 0 and not _goes_on(word, more):
            reason = re.sub(rf"^{_JOINT}", "", more)
            return Reading(self.known[_fold(word)], reason.strip(" !"), words[: suffix.start()].rstrip())
        return self._labelled(words)

    def _labelled(self, words: str) -> Reading:
        """A status phrase behind the last colon, or none."""
        last = self._last_word.search(words, max(0, words.rfind(":")))
        if last and last.start() > 0:
            reason = _unwrap((last["more"] or "").strip())
            return Reading(self.known[_fold(last["word"])], reason, words[: last.start()].rstrip())
        return Reading(rest=words)

    def _stopped(self, words: str) -> re.Match[str] | None:
        """A status phrase behind the last dash with sentences after it: `… - done. No answer yet.`"""
        at = max(map(words.rfind, (" -", " –", " —")))
        found = self._suffix.search(words, at) if at > 0 else None
        return found if found and re.match(r"[.;!]\s", found["more2"] or "") else None


_NOT_YET = re.compile(
    r"\b(?:still|not yet|not|never|waiting|awaiting|working on|will|to be|going to|ongoing|on-going|in progress|continues?|another|hasn't|haven't|hadn't|didn't|can't)\b"
)
_DROPPED = re.compile(
    r"\b(?:actions?|items?|this|it)\b[^;]{0,60}\b(?:dropped|removed|withdrawn|abandoned|cancell?ed|superseded)\b"
    r"|\bno longer (?:needed|required|relevant)\b"
)
_DID = re.compile(
    r"\b(?:done|complete|completed|finished)\b|\b(?:has|have|had|was|were|been|is now|are now)\s+(?:now |already |since |been |all ){0,2}"
    r"(?:(?!discuss|rais|not|consider|review|mention|ask|agreed|plann|propos|suggest)\w{2,}ed|made|sent|set|put|given|written|held|met|found|built|bought|sold|spoken|chosen|taken|got|brought)\b"
)
_ORDINARY = frozenset(("open", "new", "drop", "defer", "carried", "started", "removed"))
"""Status words that begin sentences about other things: `Open day held in May`, `New bins`, `Carried out`."""
_SINCE = re.compile(r"\s+(?:since|until|till|from|as|pending|for now)\b", re.IGNORECASE)


def _goes_on(word: str, more: str) -> bool:
    """Whether a status word is part of a sentence: `… - open the file for comments` is no status."""
    return _fold(word) in _ORDINARY and bool(re.match(r"\s*[A-Za-z]", more)) and not _SINCE.match(more)


_PUT_OFF = re.compile(r"\b(?:deferred|postponed|carried (?:over|forward)|rolled over|held over)\b")
_TOLD = (
    (("deferred", "postponed", "carried", "rolled", "held over"), _PUT_OFF, Status.ROLLED_OVER),
    (
        ("dropped", "removed", "withdrawn", "abandoned", "cancel", "superseded", "no longer"),
        _DROPPED,
        Status.CLOSED,
    ),
    (
        ("still", "not", "never", "waiting", "working on", "will", "to be", "going", "progress", "continue", "another", "n't"),
        _NOT_YET,
        Status.ONGOING,
    ),
    (("",), _DID, Status.COMPLETE),
)  # fmt: skip
"""Cues with what they tell, and what a sentence must hold for the cue to match; most hold a word of the last one's. All are
for words that `lowered` has made, which costs a third of ignoring case."""
_LIKE_OURS = str.maketrans("ſıİ\u212a", "siik")
"""Letters that only ignoring case makes an `s`, `i` or `k`."""


def lowered(words: str) -> str:
    """The words in lower case, of the same length: what a pattern in lower case finds in them is what it finds in `words` if it
    ignores case."""
    return words.lower() if words.isascii() else words.translate(_LIKE_OURS).lower()


def told(sentence: str) -> Status | None:
    """What a sentence about an action tells of it where no status word stands apart: `BR has sent the draft` that it is
    done, `BR is still waiting for the draft` that it is not. What is left to do outweighs what was done."""
    plain = lowered(sentence).replace("’", "'")
    for held, cue, status in _TOLD:
        for piece in held:
            if piece in plain:
                if cue.search(plain):
                    return status
                break
    return None


@lru_cache(maxsize=8)
def _default() -> Words:
    return Words()


def named(word: str) -> Status | None:
    """The status that a word names without settings: by name, synonym, or a prefix that only one status has."""
    found = _default().meant(word)
    return found[0] if len(found) == 1 else None


def _fold(word: str) -> str:
    # the letters go first: ignoring case, `finıshed` is `finished` too, but their folds differ
    return " ".join(word.translate(_LIKE_OURS).casefold().replace("’", "'").replace("_", " ").split()).strip(
        "*_.,:;!"
    )


def _unwrap(reason: str) -> str:
    return reason[:-1].rstrip() if reason.endswith(")") and "(" not in reason else reason
