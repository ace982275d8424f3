"""What can be a name: people, short forms, roles and groups, alone and in phrases of several."""

import re
from functools import lru_cache

from rrbnotes.owners.directory import Directory, fold_name

_GROUPS = re.compile(
    r"(?:the |all |each |every |both )?"
    r"(?:(?-i:[A-Z])[\w&'’-]* |board |working |steering |project |partner |other |relevant |vice |deputy |group |team |committee ){0,4}"
    r"(?:vice-|co-|ex-)?"
    r"(?:all|everyone|everybody|board|chair(?:man|woman|person|s)?|partners?|members?|secretariat|secretary|"
    r"clerk(?: to the (?-i:[A-Z])\w+)?|treasurer|committee|group|team|officers?|organi[sz]ations?|agenc(?:y|ies)|councils?|leads?|organi[sz]ers?|"
    r"facilitators?|councillors?|trustees?|staff|maintainers?|editors?|scribes?|volunteers?|directors?|managers?|"
    r"presidents?|mentors|facilit(?:y|ies)|institutes?|universities|delegates|residents|hosts|us)"
    r"|(?:each|every) [a-z]+",
    re.IGNORECASE,
)
"""Roles and groups, with the words that tell them apart."""
VERBS = frozenset(
    (
        "aim agree announce approve arrange ask attempt begin bring build buy call check circulate clarify close collect "
        "compile confirm connect consider contact continue coordinate create decide define design develop discuss "
        "distribute do document draft email encourage endeavour engage ensure establish evaluate examine expect explain explore "
        "facilitate fill find finalise finalize fix follow gather get give go help hope identify implement improve include "
        "inform install instruct intend introduce investigate invite keep launch liaise like link list look looking maintain "
        "make meet merge monitor move need note obtain offer open order organise organize pay ping plan post prepare present "
        "print produce progress promise promote propose provide publish pull pursue push put raise reach read rebuild "
        "recommend record refine register release remember remind remove replace reply report request research resolve "
        "respond review revise run schedule see seek select send set share should sign sort speak start submit suggest "
        "support switch sync take talk tell test think translate try update upload urge use verify visit volunteer vote "
        "wait want wish work write"
    ).split()
)
"""What people are asked to do; at the start of a sentence, with a capital, they are nobody's names."""
_TOPICS = frozenset(
    (
        "action actions agenda background benefit benefits bug context decision discussion everything feature features "
        "follow-up fyi goal goals idea issue item letter list meeting motion nb need needs next new notes outcome paper "
        "policy pr presentation proposal ps question rationale resolution result results rfc status suggestion summary "
        "task todo topic updates uses webpage website wip workshop yes week month day"
    ).split()
)
"""What is talked about, and the labels of remarks."""
_BIDDING = frozenset(
    (
        "advising asking contacting emailing enabling encouraging expecting getting informing instructing inviting nudging "
        "persuading prompting reminding requesting requiring telling thanking urging wanting"
    ).split()
)
"""What somebody does with those named behind it: `Encouraging members to reply` gives it to nobody."""
_SMALL = frozenset(
    (
        "a an the this that these those it its we they you i there here what who when where why how if any some no not none "
        "in at on by before after during until once while as from to with via per may be"
    ).split()
)
"""Words that begin a sentence or say when."""
_NO_NAMES = VERBS | _TOPICS | _BIDDING | _SMALL
PARTICLES = frozenset(("of the for and de da di du van von der den le la al bin ibn").split())
_MAX_PHRASE = 160
"""No longer phrase only names people."""
_HELPERS = re.compile(
    r"[ ,](?<![ ,][ ,])[ ,]*(?:together with|along with|in consultation with|in liaison with|alongside|assisted by|supported by|with (?:support|help) from|with)\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""From the first of the marks before it; a mark begins the pattern, so that it is looked for at marks alone."""
_ALTERNATIVE = re.compile(r"\s*\(\s*(?:or|and|&)\s+([^()]*)\)")
"""`Ann (or Bob) to …`: both may do it."""
_ASIDE = re.compile(
    r"\s*\(\s*(?:with|led by|supported by)\s+[^()]*\)|,? (?:and|&) (?:the )?(?:others|rest)\b|,? et al\b\.?"
)
"""`Ann (with Bob) to …`: Bob helps; `Board (led by Ann) to …`; `Ann and others to …`: the others are nobody by name."""
_ASIDE_CUES = ("(", " others", " rest", " et al")
"""What `_ASIDE` and `_ALTERNATIVE` hold."""
_SEPARATORS = re.compile(r"\s*(?:/|,|;|\s&\s|\s\+\s|\b(?:and|AND)\b|\bor\b)\s*")
_GAPS = re.compile(r"\s{2,}")
_GERUND = re.compile(r"[A-Z][a-z]{3,}ing")
"""`Naming should be …`: what is talked about, unless the board knows somebody of that name."""
_NOBODY = frozenset(
    {
        "tbc",
        "tbd",
        "none",
        "n/a",
        "nobody",
        "unassigned",
        "-",
        "?",
        "tba",
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "volunteer",
    }
)
_SHORT_BEHIND = re.compile(r"(?<=[a-z])\s+\([A-Z]{2,5}\)$")
"""`Catherine Jones (CJ) to …`: the short form only repeats the name."""


@lru_cache(maxsize=20_000)
def is_office(words: str) -> bool:
    """Whether words are a role or group by themselves: `Clerk`, `Vice Chair`, `All`."""
    return bool(_GROUPS.fullmatch(words))


def names_in(phrase: str, known: Directory) -> tuple[str, ...]:
    """The owners that a phrase names and nothing else, as printed; empty if it says anything more."""
    return named(phrase, known) or ()


def sure_names_in(phrase: str, known: Directory) -> tuple[str, ...]:
    """The same, where a single unknown word may as well be a topic (`New`, `Website`): only names that are sure."""
    names = names_in(phrase, known)
    return names if all(is_sure(name, known) or re.fullmatch(r"[A-Z&]{2,8}", name) for name in names) else ()


@lru_cache(maxsize=8192)
def named(phrase: str, known: Directory) -> tuple[str, ...] | None:
    """The names in a phrase of names; empty for `TBC` and the like, None for a phrase of anything else. The same few stand
    before most actions of a board."""
    phrase = phrase.strip(" \t\n*_")
    if len(phrase) > _MAX_PHRASE:
        return None
    if known.knows(phrase):
        return (clean(phrase),)
    parts = _parts(phrase)
    if not parts or len(parts) > 12 or not all(_is_name(part, known) for part in parts):
        return None
    return tuple(dict.fromkeys(part for part in parts if fold_name(part) not in _NOBODY))


@lru_cache(maxsize=20_000)
def _parts(phrase: str) -> tuple[str, ...]:
    """What stands between the separators of a phrase, without those who only help."""
    if any(cue in phrase for cue in _ASIDE_CUES):
        phrase = _ALTERNATIVE.sub(r" / \1", _ASIDE.sub("", phrase))
    phrase = _HELPERS.sub("", phrase).strip()
    return tuple(part for part in map(clean, _SEPARATORS.split(phrase)) if part)


def cell_owners(words: str, known: Directory) -> tuple[str, ...]:
    """The owners in a cell or field that is for owners: whatever stands there, split at its separators."""
    words = _GAPS.sub(
        " ", words
    )  # a pattern that may begin at each of many spaces would look at all of them each time
    words = re.sub(r"(?<!\s)\s*+\[[^\[\]]*\]$", "", words)  # `Ann & Bob [see below]`
    if fold_name(words) in _NOBODY or not re.search(r"\w", words):  # nothing, or only a dash
        return ()
    if known.knows(words):
        return (clean(words),)
    return tuple(
        dict.fromkeys(
            clean(part) for part in _SEPARATORS.split(words) if fold_name(clean(part)) not in {*_NOBODY, ""}
        )
    )


@lru_cache(maxsize=20_000)
def clean(name: str) -> str:
    """A name without what is printed around it: brackets, `@`, marks, `the`, its own short form."""
    name = " ".join(name.split()).strip(" .:;,*_?")
    wrapped = _WRAPPED.fullmatch(name)
    name = _SHORT_BEHIND.sub("", (wrapped[1] if wrapped else name).removeprefix("@"))
    return _ARTICLE.sub("", name)


_WRAPPED = re.compile(r"[\[(]([^\[\]()]*)[\])]")
_ARTICLE = re.compile(r"^(?:both|the)\s+(?=\S)", re.IGNORECASE)


def _is_name(part: str, known: Directory) -> bool:
    """Known to the board, a role or group, a short form, or one to four capitalised words that are no other word."""
    if known.knows(part) or fold_name(part) in _NOBODY:
        return True
    if fold_name(part.partition(" ")[0]) in _BIDDING:
        return False
    if is_office(part):
        return True
    if ":" in part:
        return False  # `Ann: add Bob to …` names Ann, before the colon
    if len(part) == 1:
        return part.isupper() and part != "I"
    words = part.split()
    if words and (words[-1] in PARTICLES or _GERUND.fullmatch(part)):
        return False
    if len(words) > 5 or not words[0][:1].isupper() or fold_name(words[0]) in _NO_NAMES:
        return False
    return all(
        w in PARTICLES or w[:1].isupper() or (n and w[:1].isdigit()) for n, w in enumerate(words)
    ) and any(c.isalpha() for c in part)


def are_sure(names: tuple[str, ...], known: Directory) -> bool:
    """Whether names behind an action are surely its owners; one whom the board knows vouches for those beside."""
    return all(is_sure(name, known) for name in names) or any(known.knows(name) for name in names)


def is_sure(name: str, known: Directory) -> bool:
    """Whether a name is one for sure: known, an office, or two names together."""
    return known.knows(name) or is_office(name) or _TWO_NAMES.fullmatch(name) is not None


_TWO_NAMES = re.compile(r"[A-Z][\w'’.-]+(?: [A-Z][\w.'’-]*){1,2}")
