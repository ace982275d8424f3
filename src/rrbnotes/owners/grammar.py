"""The grammar that finds owners in an action's words, wherever notes print them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rrbnotes.owners.directory import Directory, fold_name
from rrbnotes.owners.names import VERBS, are_sure, is_office, is_sure, named, names_in


@dataclass(frozen=True, slots=True)
class Cut:
    """An action's words, taken apart."""

    owners: tuple[str, ...]
    """As printed, without `@` and brackets."""
    rest: str
    """The words without the owner phrase."""


_DOES = re.compile(
    r"(?:\s+(?:(?:is|are|was|were|has|have|needs?|has|have)?\s*(?:also )?(?:agreed|volunteered|volunteers|offered|offers|asked|encouraged|"
    r"invited|requested|expected|tasked|instructed)? ?to(?!\s+(?:(?-i:[A-Z][a-z])|the\b|an?\b))|will|shall|should|may|must|can|'ll|’ll)(?:\s*:)?|,?\s+please)\s+(?=\S)",
    re.IGNORECASE,
)
_DOES_CUES = ("to ", "to:", "ll ", "ll:", "hould", "may", "mu", "can", "plea")
"""What `_DOES` holds in small letters, white space as one space: a part of each of its alternatives without the letters
`i`, `k` and `s`, since others pass for those where case is ignored."""
_PASSIVE = re.compile(
    r"be\s+(?:\w+ly\s+|re-)?(?:\w+(?:ed|en|wn|rn)|put|set|sent|held|made|built|kept|done|brought|sought|told|read|split)\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@([\w.-]*\w)")
_PLAIN_HANDLES = re.compile(r"(?:@[\w.-]*\w(?:\s*(?:,|/|&|\+|and)?\s+(?=@)|\s*[,/&+]\s*(?=@))?)+")
_TAG = re.compile(r"(?:name|user|owner)\s*=\s*")
"""`[name=Ann]`, as shared editors mark who wrote or does something."""
_BRACKETED = re.compile(r"\s*[\[(]([^\[\]()]{1,80})[\])]\s*(?::\s*)?")
_LABELLED_ENDS = tuple(
    (cues, re.compile(shape, re.IGNORECASE))
    for cues, shape in (
        (")]", r"\s*[\[(]\s*(?:(?:owner|lead|who|action|assigned(?: to)?|responsible)\s*:|(?:new|open|action) for\b)\s*([^\[\]()]{1,80})[\])]\.?$"),
        (":", r"\s*\b(?:owner|assigned to|assignee)\s*:\s*([^:]{1,80})$"),
    )
)  # fmt: skip
"""Where an owner stands behind the words with a label, which makes sure that it is one; each shape holds one of its cues."""
_ENDS = (
    (")]", re.compile(r"\s*[\[(]([^\[\]()]{1,80})[\])]\.?$")),
    ("-–—", re.compile(r"\s+[-–—]\s*([^-–—]{1,60})$")),
)
"""Where an owner stands behind the words without a label."""
_HANDLES_LAST = re.compile(r"[\s(\[]\s*((?:@[\w.-]*\w[\s,/&+]*)+)[)\]]?\.?$")
_MAX_OWNER_WORDS = 120


@lru_cache(maxsize=8192)
def cut_owners(words: str, known: Directory) -> Cut:
    """Find who is to do it: `MPS/MOPAC to …`, `NPS: …`, `@x …`, `[A, B] …`, `… (JS)`, `… — JS`, `… @js`; nobody if none is
    named. Several readings of one sentence ask, and later notes repeat an action's words."""
    for find in _FINDERS[known.stand]:
        cut = find(words, known)
        if cut:
            return cut
    return Cut((), words)


def tasked(sentence: str, known: Directory) -> tuple[str, ...]:
    """Who a sentence gives something to do, if it begins with them: `Ann to …`, `Ann: …`, and surely them; what `Ann said`
    tasks nobody."""
    cut = _doer_first(sentence, known) or _label_first(sentence, known)
    is_sure = cut is not None and bool(cut.owners) and are_sure(cut.owners, known)
    is_task = cut is not None and len(cut.rest.split()) > 1 and cut.rest != sentence
    return cut.owners if cut and is_sure and is_task and not names_in(cut.rest, known) else ()


def leading_owners(words: str, known: Directory) -> tuple[tuple[str, ...], int]:
    """The owners that stand alone at the start of words, before a sentence's end or a new sentence, and where they end:
    what follows `Action` in minutes that name who acts behind the sentence. Only offices and people whom the board knows."""
    tokens = list(re.finditer(r"\S+", words[:_MAX_OWNER_WORDS]))[:12]
    printed = [token[0] for token in tokens]
    for size in range(min(10, len(tokens)), 0, -1):
        after = printed[size : size + 2]
        if _goes_on(after):
            continue
        phrase = words[: tokens[size - 1].end()]
        names = named(phrase.rstrip(" ."), known) if _stands_alone(phrase) else None
        if not names:
            continue
        is_closed = not after or phrase.endswith((".", ";")) or _ITEM.match(after[0])
        may_end = is_closed or (after[0][0].isalnum() and all(map(_is_terse, names)))
        if may_end and any(known.knows(name) or _is_acting(name) for name in names):
            return names, len(phrase)
    return (), 0


def _goes_on(after: Sequence[str]) -> bool:
    """Whether words go on behind a phrase, so that it is not all there is: `Ann` of `Ann Lee to reply` is not."""
    is_part = len(after) > 1 and after[1] in ("to", "will")
    return is_part or (bool(after) and after[0][0].islower() and not _ITEM.match(after[0]))


def _stands_alone(phrase: str) -> bool:
    """Whether a phrase may be names and nothing else, by what is in it."""
    is_capital = all(
        word[0].isupper() or not word[0].isalpha() or word in ("and", "or") for word in phrase.split()
    )
    return not _LINKS.search(phrase) and (is_capital or is_office(phrase.rstrip(" .")))


def _is_terse(name: str) -> bool:
    """An office or initials: behind those a new sentence may follow without a stop, where a name may go on."""
    return _is_acting(name) or re.fullmatch(r"[A-Z]{1,3}", name) is not None


def _is_acting(name: str) -> bool:
    """Whether a name is an office, and no thing with a verb before it: `Plan Board`."""
    return is_office(name) and fold_name(name.split()[0]) not in VERBS


_LINKS = re.compile(r"(?:\b(?:and|or|with)|[&/,;+–—-])$")
_ITEM = re.compile(r"(?:[ivx]+|[a-z])[.)]")


def _handles_first(words: str, known: Directory) -> Cut | None:
    found = _PLAIN_HANDLES.match(words)
    if not found:
        return None
    names = tuple(dict.fromkeys(_HANDLE.findall(found[0])))
    return Cut(names, re.sub(r"^\s*(?:[:–—-]\s*)?(?:(?:to|will)\s+)?", "", words[found.end() :]))


def _bracket_first(words: str, known: Directory) -> Cut | None:
    found = _BRACKETED.match(words)
    names = named(_TAG.sub("", found[1]), known) if found else None
    return Cut(names, _without_verb(words[found.end() :])) if found and names is not None else None


def _doer_first(words: str, known: Directory) -> Cut | None:
    """`A, B and C to …`, `A will …`. In the passive (`… to be shared`) nobody is named, unless behind."""
    found = _does(words)
    if not found:
        return None
    names = named(words[: found.start()], known)
    if names and _PASSIVE.match(words, found.end()):
        return _last(words, known) or Cut((), words)
    return None if names is None else Cut(names, words[found.end() :])


@lru_cache(maxsize=8192)
def _does(words: str) -> re.Match[str] | None:
    """Where somebody is said to do something; several readings of one sentence ask."""
    folded = " ".join(words[:_MAX_OWNER_WORDS].lower().split())
    for cue in _DOES_CUES:
        if cue in folded:
            return _DOES.search(words, 0, _MAX_OWNER_WORDS)
    return None


def _label_first(words: str, known: Directory) -> Cut | None:
    """`NPS: …`; with a dash (`NPS - …`) only those whom the board knows or heard, since topics are set off like that too."""
    begin = words[:_MAX_OWNER_WORDS]
    for mark in (":", " - ", " – ", " — ", "- "):
        before, found, after = begin.partition(mark)
        names = named(before, known) if found and after[:1] not in (":", "/") else None
        if names is not None and (mark == ":" or all(_is_somebody(name, known) for name in names)):
            return Cut(names, _without_verb(words[len(before) + len(mark) :].strip()))
    return None


def _is_somebody(name: str, known: Directory) -> bool:
    return known.knows(name) or is_office(name) or fold_name(name) in known.speakers


def _known_first(words: str, known: Directory) -> Cut | None:
    """`Ann proposes …`, `Ann and Bob ask …`, `Ann working on …`: people whom the board knows, before a verb. Not an
    organisation (`MPS figures`), nor a bare last name (`Green space`), and nobody in the passive."""
    tokens = words[:_MAX_OWNER_WORDS].split()
    size = _before_small(tokens) or int(bool(tokens) and known.knows(tokens[0]))
    if not 0 < size < len(tokens) or not _is_verb(tokens[size]):
        return None
    names = named(" ".join(tokens[:size]), known)
    if not names or not all(_is_known_person(name, known) for name in names) or _TO_BE.search(words):
        return None
    return Cut(
        names, words[words.index(tokens[size], words.index(tokens[size - 1]) + len(tokens[size - 1])) :]
    )


def _before_small(tokens: Sequence[str]) -> int:
    """How many words stand before the first in small letters that joins no names; 0 if there is none."""
    for n, word in enumerate(tokens):
        if word[0].islower() and word not in ("and", "or"):
            return n
    return 0


_TO_BE = re.compile(r"\b(?:to|will|should|must|can) be\b", re.IGNORECASE)
_AUXILIARIES = frozenset(
    "has have had hasn't haven't is isn't was wasn't will won't would still did didn't doesn't can can't to".split()
)


def _is_verb(word: str) -> bool:
    """Whether a word can be what somebody does: `asks`, `working`, `sent off`, `still`, a verb of the table."""
    plain = word.replace("’", "'")
    if plain in VERBS or plain in _AUXILIARIES:
        return True
    return (
        len(plain) > 3 and plain.isalpha() and plain.endswith(("s", "ing", "ed")) and not plain.endswith("ss")
    )


def _is_known_person(name: str, known: Directory) -> bool:
    is_short_form = name.isupper() and len(name) > 2
    return (
        known.knows(name)
        and not is_office(name)
        and not is_short_form
        and fold_name(name) not in known.last_names
    )


def _topic_first(words: str, known: Directory) -> Cut | None:
    """`Website: NPS to …`, `At the May meeting, NPS to …`: a topic or time before the doer, who must be sure; it stays
    among the words."""
    for mark in (": ", ", "):
        topic, found, after = words.partition(mark)
        cut = _doer_first(after, known) if found and len(topic) <= 60 else None
        if cut and cut.owners and all(is_sure(name, known) or name.isupper() for name in cut.owners):
            return Cut(cut.owners, f"{topic}{mark}{cut.rest}")
    return None


def _last(words: str, known: Directory) -> Cut | None:
    """`… (JS)`, `… — JS`, `… @js`: only handles, names that the board knows, or two names together."""
    start = max(0, len(words) - _MAX_OWNER_WORDS)
    handles = _HANDLES_LAST.search(words, start) if "@" in words else None
    if handles:
        return Cut(tuple(_HANDLE.findall(handles[1])), _trimmed(words[: handles.start()]))
    for found in _ending(words, _ENDS):
        names = named(found[1], known)
        if names and are_sure(names, known):
            return Cut(names, _trimmed(words[: found.start()]))
    return None


def _ending(words: str, shapes: Iterable[tuple[str, re.Pattern[str]]]) -> Iterator[re.Match[str]]:
    """How words may end in owners; few hold a cue of any shape, and a shape is looked for at each of many places."""
    for cues, shape in shapes:
        for cue in cues:
            if cue in words:
                found = shape.search(words, max(0, len(words) - _MAX_OWNER_WORDS))
                if found and found.start() > 0:
                    yield found
                break


def _labelled_last(words: str, known: Directory) -> Cut | None:
    """`… (Action: JS)`, `… [new for JS]`, `… Owner: JS`: a label says who, whoever the words begin with."""
    for found in _ending(words, _LABELLED_ENDS):
        names = named(found[1], known)
        if names is not None:
            return Cut(names, _trimmed(words[: found.start()]))
    return None


def _without_verb(words: str) -> str:
    return re.sub(r"^(?:to|will)\s+", "", words)


def _trimmed(words: str) -> str:
    return words.rstrip(" ,(-–—")


def _any_last(words: str, known: Directory) -> Cut | None:
    """Names behind the words, whoever they are: where the board says that its owners stand there."""
    for found in _ending(words, _ENDS):
        names = named(found[1], known)
        if names:
            return Cut(names, _trimmed(words[: found.start()]))
    return None


_BEFORE = (_handles_first, _bracket_first, _doer_first, _label_first, _known_first, _topic_first)
_FINDERS: Mapping[str, tuple[Callable[[str, Directory], Cut | None], ...]] = {
    "anywhere": (_labelled_last, *_BEFORE, _last),
    "before": (_labelled_last, *_BEFORE),
    "behind": (_labelled_last, _any_last, *_BEFORE, _last),
}
"""The places where owners are looked for, in order, by where the board says that they stand."""
