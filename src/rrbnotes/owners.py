"""Who: the grammar that finds owners in an action's words, and the directory of who is known to a board."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


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

    def short(self, name: str) -> str:
        """The short form of a printed name; a name that is not in the directory stays as it is."""
        return self.by_form.get(fold_name(name), name)


def fold_name(name: str) -> str:
    """A name for comparing: NFC, any case, one kind of apostrophe, single spaces, no mark at its ends."""
    plain = unicodedata.normalize("NFC", name).casefold().replace("’", "'")
    return " ".join(plain.split()).strip(" .,:;@")


def directory(parties: Iterable[Party]) -> Directory:
    """The directory of these parties; of two that claim one form the first keeps it."""
    known = tuple(parties)
    by_form: dict[str, str] = {}
    for party in known:
        for form in (party.short, *party.forms):
            by_form.setdefault(fold_name(form), party.short)
    return Directory(known, by_form)
