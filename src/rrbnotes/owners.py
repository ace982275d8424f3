"""Who: the directory of who is known to a board, and the grammar that finds owners in an action's words."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Party:
    """One owner or attender that a board knows: a person, an organisation, a role or a group."""

    short: str
    """The form that tables show: `MOPAC`, `Alice Smith`, `Chair`."""
    forms: tuple[str, ...] = ()
    """Every other form that the notes or the settings use for it."""
    members: tuple[str, ...] = ()
    """Of a group, where the settings name them."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The parties of one board."""

    parties: tuple[Party, ...] = ()
    by_form: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Folded form to short form: `parties` turned round."""
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """Of groups, by short form."""

    def short(self, name: str) -> str:
        """The short form of a printed name; a name that is not in the directory stays as it is."""
        return self.by_form.get(fold_name(name)) or self.by_form.get(fold_name(untitled(name)), name)

    def knows(self, name: str) -> bool:
        """Whether the directory has the name in any form."""
        return fold_name(name) in self.by_form or fold_name(untitled(name)) in self.by_form

    def agree(self, ours: Iterable[str], theirs: Iterable[str]) -> bool:
        """Whether two sets of owners can be those of one action: one names nobody, or they share a member."""
        mine, yours = self._members(ours), self._members(theirs)
        return not mine or not yours or bool(mine & yours)

    def _members(self, names: Iterable[str]) -> set[str]:
        shorts = {self.short(name) for name in names}
        folded = {fold_name(name) for short in shorts for name in (short, *self.members.get(short, ()))}
        return {"all" if _EVERYBODY.fullmatch(name) else name for name in folded}


@lru_cache(maxsize=20_000)
def fold_name(name: str) -> str:
    """A name for comparing: NFC, any case, one kind of apostrophe, single spaces, no mark at its ends."""
    plain = unicodedata.normalize("NFC", name).casefold().replace("’", "'")
    return " ".join(plain.split()).strip(" .,:;@")


_TITLES = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|prof|professor|cllr|cll|councillor|sir|dame|lord|lady|rev)\.?\s+(?=\S)", re.IGNORECASE
)


_EVERYBODY = re.compile(r"all|every(?:one|body)|all (?:participants|members|attendees|present|of us)")


def untitled(name: str) -> str:
    """A name without the title before it: `Cllr. A Collins` is `A Collins`."""
    return _TITLES.sub("", name)


def directory(parties: Iterable[Party], guesses: Iterable[tuple[str, str]] = ()) -> Directory:
    """The directory of these parties; of two that claim one form the first keeps it. `guesses` are further forms, each
    with a short form: by them a name is understood, but they are nobody's printed names."""
    known = tuple(parties)
    by_form: dict[str, str] = {}
    for party in known:
        for form in (party.short, *party.forms):
            by_form.setdefault(fold_name(form), party.short)
    for form, short in guesses:
        by_form.setdefault(fold_name(form), short)
    return Directory(known, by_form, {party.short: party.members for party in known if party.members})


@dataclass(frozen=True, slots=True)
class Cut:
    """An action's words, taken apart."""

    owners: tuple[str, ...]
    """As printed, without `@` and brackets."""
    rest: str
    """The words without the owner phrase."""


_GROUPS = re.compile(
    r"(?:the |all |each |every |both )?"
    r"(?:(?-i:[A-Z])[\w&'’-]* |board |working |steering |project |partner |other |relevant |vice |deputy |group |team |committee ){0,4}"
    r"(?:vice-|co-|ex-)?"
    r"(?:all|everyone|everybody|board|chair(?:man|woman|person|s)?|partners?|members?|secretariat|secretary|"
    r"clerk|treasurer|committee|group|team|officers?|organi[sz]ations?|agenc(?:y|ies)|councils?|leads?|organi[sz]ers?|"
    r"facilitators?|councillors?|trustees?|staff|maintainers?|editors?|scribes?|volunteers?|directors?|managers?|"
    r"presidents?|mentors|us)",
    re.IGNORECASE,
)
"""Roles and groups, with the words that tell them apart."""
_NO_NAMES = frozenset(
    (
        "agree arrange decide endeavour expect hope intend like offer promise seek wish urge report "
        "a an the this that these those it its we they you i there here what who when where why how if any some no "
        "not none action actions agenda aim ask attempt be begin check clarify close confirm consider continue "
        "create decide decision define discuss discussion do document draft email encourage ensure everything "
        "explore fill find finalise finalize fix follow follow-up get give go help idea invite investigate issue "
        "item keep letter list look looking make meet meeting need needs next note notes open organise organize outcome "
        "paper plan policy post prepare presentation propose proposal provide publish put question read remember "
        "remind report request result results review see seek send set share should start status submit suggest "
        "suggestion summary take talk task tell think todo topic try update updates use volunteer wait want "
        "webpage website work workshop write yes "
        "in at on by before after during until once while as from to with via per "
        "background benefit benefits context feature features goal goals rationale"
    ).split()
)
"""Words that begin a sentence with a capital and are nobody: verbs, things, topics and times."""
_PARTICLES = frozenset(("of the for and de da di du van von der den le la al bin ibn").split())
_HELPERS = re.compile(
    r"[ ,]+(?:together with|along with|in consultation with|in liaison with|alongside|assisted by|supported by|with (?:support|help) from|with)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_ALTERNATIVE = re.compile(r"\s*\(\s*(?:or|and|&)\s+([^()]*)\)")
"""`Ann (or Bob) to …`: both may do it."""
_SEPARATORS = re.compile(r"\s*(?:/|,|;|\s&\s|\s\+\s|\band\b|\bor\b)\s*")
_DOES = re.compile(
    r"(?:\s+(?:(?:is|are|was|were|has|have|needs?|has|have)?\s*(?:also )?(?:agreed|volunteered|volunteers|offered|offers|asked|encouraged|"
    r"invited|requested|expected|tasked|instructed)? ?to|will|shall|should|must|can|'ll|’ll)(?:\s*:)?|,?\s+please)\s+(?=\S)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"be\s+(?:\w+ly\s+|re-)?(?:\w+(?:ed|en|wn|rn)|put|set|sent|held|made|built|kept|done|brought|sought|told|read|split)\b",
    re.IGNORECASE,
)
_GERUND = re.compile(r"[A-Z][a-z]{3,}ing")
"""`Naming should be …`: what is talked about, unless the board knows somebody of that name."""
_NO_VERBS = frozenset("of for in on at from with by as about vs via per than then not".split())
_VERB = re.compile(r"[a-z]+(?:['’]t)?")
_HANDLE = re.compile(r"@([\w.-]*\w)")
_PLAIN_HANDLES = re.compile(r"(?:@[\w.-]*\w(?:\s*(?:,|/|&|\+|and)?\s+(?=@)|\s*[,/&+]\s*(?=@))?)+")
_TAG = re.compile(r"(?:name|user|owner)\s*=\s*")
"""`[name=Ann]`, as shared editors mark who wrote or does something."""
_BRACKETED = re.compile(r"\s*[\[(]([^\[\]()]{1,80})[\])]\s*(?::\s*)?")
_LABELLED_ENDS = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
            r"\s*[\[(]\s*(?:(?:owner|lead|who|action|assigned(?: to)?|responsible)\s*:|new for\b)\s*([^\[\]()]{1,80})[\])]\.?$",
        r"\s*\b(?:owner|assigned to|assignee)\s*:\s*([^:]{1,80})$",
    )
)
"""Where an owner stands behind the words with a label, which makes sure that it is one."""
_ENDS = (re.compile(r"\s*[\[(]([^\[\]()]{1,80})[\])]\.?$"), re.compile(r"\s+[-–—]\s*([^-–—]{1,60})$"))
"""Where an owner stands behind the words without a label."""
_HANDLES_LAST = re.compile(r"[\s(\[]\s*((?:@[\w.-]*\w[\s,/&+]*)+)[)\]]?\.?$")
_NOBODY = frozenset(
    {"tbc", "tbd", "none", "n/a", "nobody", "unassigned", "-", "?", "tba", "someone", "somebody", "anyone", "anybody", "volunteer"}
)
_MAX_OWNER_WORDS = 120


def cut_owners(words: str, known: Directory) -> Cut:
    """Find who is to do it: `MPS/MOPAC to …`, `NPS: …`, `@x …`, `[A, B] …`, `… (JS)`, `… — JS`, `… @js`; nobody if none is named."""
    for find in (_labelled_last, _handles_first, _bracket_first, _doer_first, _label_first, _known_first, _topic_first, _last):
        cut = find(words, known)
        if cut:
            return cut
    return Cut((), words)


def is_office(words: str) -> bool:
    """Whether words are a role or group by themselves: `Clerk`, `Vice Chair`, `All`."""
    return bool(_GROUPS.fullmatch(words))


def names_in(phrase: str, known: Directory) -> tuple[str, ...]:
    """The owners that a phrase names and nothing else, as printed; empty if it says anything more."""
    return _named(phrase, known) or ()


def leading_owners(words: str, known: Directory) -> tuple[tuple[str, ...], int]:
    """The owners that stand alone at the start of words, before a sentence's end or a new sentence, and where they end:
    what follows `Action` in minutes that name who acts behind the sentence. Only offices and people whom the board knows."""
    tokens = list(re.finditer(r"\S+", words[:_MAX_OWNER_WORDS]))
    for size in range(min(10, len(tokens)), 0, -1):
        end = tokens[size - 1].end()
        after = tokens[size][0] if size < len(tokens) else ""
        goes_on = (after[:1].islower() and not _ITEM.match(after)) or (
            size + 1 < len(tokens) and tokens[size + 1][0] in ("to", "will")  # `Ann` of `Ann Lee to reply`
        )
        says_more = any(word[0].islower() and word not in ("and", "or") for word in words[:end].split())
        if goes_on or says_more or _LINKS.search(words[:end]):
            continue
        names = _named(words[:end].rstrip(" ."), known)
        if names and any(known.knows(name) or is_office(name) for name in names):
            return names, end
    return (), 0


_LINKS = re.compile(r"(?:\b(?:and|or|with)|[&/,;+–—-])$")
_ITEM = re.compile(r"(?:[ivx]+|[a-z])[.)]")


def sure_names_in(phrase: str, known: Directory) -> tuple[str, ...]:
    """The same, where a single unknown word may as well be a topic (`New`, `Website`): only names that are sure."""
    names = names_in(phrase, known)
    return names if all(_is_sure(name, known) or re.fullmatch(r"[A-Z&]{2,8}", name) for name in names) else ()


def _named(phrase: str, known: Directory) -> tuple[str, ...] | None:
    """The names in a phrase of names; empty for `TBC` and the like, None for a phrase of anything else."""
    phrase = phrase.strip(" \t\n*_")
    if known.knows(phrase):
        return (_clean(phrase),)
    phrase = _HELPERS.sub("", _ALTERNATIVE.sub(r" / \1", phrase)).strip()
    parts = [_clean(part) for part in _SEPARATORS.split(phrase) if _clean(part)]
    if not parts or len(parts) > 12 or not all(_is_name(part, known) for part in parts):
        return None
    return tuple(dict.fromkeys(part for part in parts if fold_name(part) not in _NOBODY))


def cell_owners(words: str, known: Directory) -> tuple[str, ...]:
    """The owners in a cell or field that is for owners: whatever stands there, split at its separators."""
    if fold_name(words) in _NOBODY or not words.strip():
        return ()
    if known.knows(words):
        return (_clean(words),)
    return tuple(
        dict.fromkeys(
            _clean(part) for part in _SEPARATORS.split(words) if fold_name(_clean(part)) not in {*_NOBODY, ""}
        )
    )


_SHORT_BEHIND = re.compile(r"(?<=[a-z])\s+\([A-Z]{2,5}\)$")
"""`Catherine Jones (CJ) to …`: the short form only repeats the name."""


def _clean(name: str) -> str:
    name = " ".join(name.split()).strip(" .:;,*_?")
    wrapped = re.fullmatch(r"[\[(]([^\[\]()]*)[\])]", name)
    name = _SHORT_BEHIND.sub("", (wrapped[1] if wrapped else name).removeprefix("@"))
    return re.sub(r"^(?:both|the)\s+(?=\S)", "", name, flags=re.IGNORECASE)


def _is_name(part: str, known: Directory) -> bool:
    """Known to the board, a role or group, a short form, or one to four capitalised words that are no other word."""
    if known.knows(part) or _GROUPS.fullmatch(part) or fold_name(part) in _NOBODY:
        return True
    if ":" in part:
        return False  # `Ann: add Bob to …` names Ann, before the colon
    if len(part) == 1:
        return part.isupper() and part != "I"
    words = part.split()
    if words and (words[-1] in _PARTICLES or _GERUND.fullmatch(part)):
        return False
    if len(words) > 5 or not words[0][:1].isupper() or fold_name(words[0]) in _NO_NAMES:
        return False
    return all(
        w in _PARTICLES or w[:1].isupper() or (n and w[:1].isdigit()) for n, w in enumerate(words)
    ) and any(c.isalpha() for c in part)


def _handles_first(words: str, known: Directory) -> Cut | None:
    found = _PLAIN_HANDLES.match(words)
    if not found:
        return None
    names = tuple(dict.fromkeys(_HANDLE.findall(found[0])))
    return Cut(names, re.sub(r"^\s*(?:[:–—-]\s*)?(?:(?:to|will)\s+)?", "", words[found.end() :]))


def _bracket_first(words: str, known: Directory) -> Cut | None:
    found = _BRACKETED.match(words)
    names = _named(_TAG.sub("", found[1]), known) if found else None
    return Cut(names, _without_verb(words[found.end() :])) if found and names is not None else None


def _doer_first(words: str, known: Directory) -> Cut | None:
    """`A, B and C to …`, `A will …`. In the passive (`… to be shared`) nobody is named, unless behind."""
    found = _DOES.search(words, 0, _MAX_OWNER_WORDS)
    if not found:
        return None
    if _PASSIVE.match(words, found.end()):
        return _last(words, known) or Cut((), words)
    names = _named(words[: found.start()], known)
    return None if names is None else Cut(names, words[found.end() :])


def _label_first(words: str, known: Directory) -> Cut | None:
    """`NPS: …`; with a dash (`NPS - …`) only names that are sure, since topics are set off like that too."""
    for mark in (":", " - ", " – ", " — "):
        before, found, after = words[:_MAX_OWNER_WORDS].partition(mark)
        names = _named(before, known) if found and after[:2] != "//" else None
        if names is not None and (mark == ":" or all(known.knows(n) or _GROUPS.fullmatch(n) for n in names)):
            return Cut(names, _without_verb(words[len(before) + len(mark) :].strip()))
    return None


def _known_first(words: str, known: Directory) -> Cut | None:
    """`Ann proposes …`, `Ann and Bob ask …`, `Ann working on …`: people whom the board knows, before a verb."""
    tokens = words[:_MAX_OWNER_WORDS].split()
    size = next((n for n, word in enumerate(tokens) if word[:1].islower() and word not in ("and", "or")), 0)
    size = size or int(bool(tokens) and known.knows(tokens[0]))
    if not 0 < size < len(tokens) or tokens[size] in _NO_VERBS or not _VERB.fullmatch(tokens[size]):
        return None
    names = _named(" ".join(tokens[:size]), known)
    if not names or not all(known.knows(name) and not is_office(name) for name in names):
        return None
    return Cut(names, words[words.index(tokens[size], words.index(tokens[size - 1]) + len(tokens[size - 1])) :])


def _topic_first(words: str, known: Directory) -> Cut | None:
    """`Website: NPS to …`, `At the May meeting, NPS to …`: a topic or time before the doer, who must be sure; it stays
    among the words."""
    for mark in (": ", ", "):
        topic, found, after = words.partition(mark)
        cut = _doer_first(after, known) if found and len(topic) <= 60 else None
        if cut and cut.owners and all(_is_sure(name, known) or name.isupper() for name in cut.owners):
            return Cut(cut.owners, f"{topic}{mark}{cut.rest}")
    return None


def _last(words: str, known: Directory) -> Cut | None:
    """`… (JS)`, `… — JS`, `… @js`: only handles, names that the board knows, or two names together."""
    start = max(0, len(words) - _MAX_OWNER_WORDS)
    handles = _HANDLES_LAST.search(words, start)
    if handles:
        return Cut(tuple(_HANDLE.findall(handles[1])), _trimmed(words[: handles.start()]))
    for pattern in _ENDS:
        found = pattern.search(words, start)
        names = _named(found[1], known) if found and found.start() > 0 else None
        if found and names and _are_sure(names, known):
            return Cut(names, _trimmed(words[: found.start()]))
    return None


def _labelled_last(words: str, known: Directory) -> Cut | None:
    """`… (Action: JS)`, `… [new for JS]`, `… Owner: JS`: a label says who, whoever the words begin with."""
    for pattern in _LABELLED_ENDS:
        found = pattern.search(words, max(0, len(words) - _MAX_OWNER_WORDS))
        names = _named(found[1], known) if found and found.start() > 0 else None
        if found and names is not None:
            return Cut(names, _trimmed(words[: found.start()]))
    return None


def _without_verb(words: str) -> str:
    return re.sub(r"^(?:to|will)\s+", "", words)


def _trimmed(words: str) -> str:
    return words.rstrip(" ,(-–—")


def _are_sure(names: tuple[str, ...], known: Directory) -> bool:
    """Whether names behind an action are surely its owners; one whom the board knows vouches for those beside."""
    return all(_is_sure(name, known) for name in names) or any(known.knows(name) for name in names)


def _is_sure(name: str, known: Directory) -> bool:
    two_names = re.fullmatch(r"[A-Z][\w'’-]+(?: [A-Z][\w.'’-]*){1,2}", name)
    return known.knows(name) or bool(_GROUPS.fullmatch(name) or two_names)
