"""The directory of who is known to a board, by every form of their names."""

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
    last_names: frozenset[str] = frozenset()
    """Folded last names of people; alone before other words they may be words: `Green space`, `Young people`."""
    speakers: frozenset[str] = frozenset()
    """Folded names of those whose words the notes print."""
    stand: str = "anywhere"
    """Where the board prints who does an action, if it says so: `before` the words or `behind` them."""

    def __hash__(self) -> int:
        """Of its size alone: what is remembered of a directory is looked up by it, over and over."""
        return hash((len(self.by_form), self.stand))

    def short(self, name: str) -> str:
        """The short form of a printed name; a name that is not in the directory stays as it is."""
        for form in _forms(name):
            if form in self.by_form:
                return self.by_form[form]
        return name

    def knows(self, name: str) -> bool:
        """Whether the directory has the name in any form."""
        return not self.by_form.keys().isdisjoint(_forms(name))

    def agree(self, ours: Iterable[str], theirs: Iterable[str]) -> bool:
        """Whether two sets of owners can be those of one action: one names nobody, or they share a member."""
        mine, yours = self.everybody(ours), self.everybody(theirs)
        return not mine or not yours or bool(mine & yours)

    def everybody(self, names: Iterable[str]) -> set[str]:
        """All who are meant by names, members of groups among them, folded for comparing."""
        shorts = {self.short(name) for name in names}
        folded = {fold_name(name) for short in shorts for name in (short, *self.members.get(short, ()))}
        return {"all" if _EVERYBODY.fullmatch(name) else name for name in folded}


NOBODY = frozenset(("none", "nobody", "no owner", "-"))
"""What a person says, folded, for no owner at all."""
_SAME = str.maketrans("’‘ʼ‐‑", "'''--")


@lru_cache(maxsize=20_000)
def fold_name(name: str) -> str:
    """A name for comparing: NFKC, any case, one kind of apostrophe and of hyphen, single spaces, no mark at its ends."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).translate(_SAME)
    return " ".join(plain.split()).strip(" .,:;@")


_TITLES = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|prof|professor|cllr|cll|councillor|sir|dame|lord|lady|baroness|rev|judge|commander|cdr"
    r"|(?:ch(?:ief)? |det(?:ective)? |t/)?(?:supt|superintendent|insp|inspector|constable|sgt|sergeant)"
    r"|(?-i:DCI|DCS|DSU|DI|DS|DC|PC|PS|HHJ))\.?\s+(?=\S)",
    re.IGNORECASE,
)


_EVERYBODY = re.compile(r"all|every(?:one|body)|all (?:participants|members|attendees|present|of us)")


_INITIALS = re.compile(r"^(?:[A-Z]\.\s*)+(?=[A-Z]\w)")


@lru_cache(maxsize=20_000)
def _forms(name: str) -> tuple[str, ...]:
    """The folded forms by which a name may be known, the fullest first: `Cllr J. Taylor`, `J. Taylor`, `Taylor`."""
    plain = untitled(name)
    forms = (name, plain, _INITIALS.sub("", plain))
    return tuple(dict.fromkeys(map(fold_name, forms)))


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
    return Directory(
        _united(known), by_form, {party.short: party.members for party in known if party.members}
    )


def _united(parties: Iterable[Party]) -> tuple[Party, ...]:
    """One party for each short form, where settings and notes both tell of it."""
    seen: dict[str, Party] = {}
    for party in parties:
        one = seen.setdefault(party.short, party)
        if one is not party:
            forms = tuple(dict.fromkeys((*one.forms, *party.forms)))
            seen[party.short] = Party(party.short, forms, party.members or one.members)
    return tuple(seen.values())
