"""What a board's notes together teach about how to read each of them: who is known, and by which forms."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rrbnotes.owners import Directory, Party, directory, fold_name, is_office, untitled
from rrbnotes.reading.entries import Entry, names_of, short_form, split_run
from rrbnotes.reading.habits import own_by_label, owners_behind, speakers, spoken
from rrbnotes.reading.lessons import Lesson
from rrbnotes.reading.numbering import grows
from rrbnotes.reading.outline import Outline
from rrbnotes.reading.roles import Vocabulary
from rrbnotes.settings import Settings
from rrbnotes.statuses import Words


@dataclass(frozen=True, slots=True)
class Lore:
    """How to read the notes of one board; it holds no facts about any meeting."""

    directory: Directory
    names: frozenset[str]
    """Folded names and short forms that stand alone somewhere, so that runs can be split at them."""
    statuses: Words
    vocabulary: Vocabulary
    numbers_by_meeting: bool = False
    """Its actions have numbers that name the meeting they come from."""
    speakers: frozenset[str] = frozenset()
    """Folded names that label what somebody says rather than who is to do it."""

    @property
    def taught(self) -> "Taught":
        """What of it the notes teach; the rest follows from the settings alone."""
        return self.directory, self.names, self.numbers_by_meeting, self.speakers


Taught = tuple[Directory, frozenset[str], bool, frozenset[str]]


_PERSON = re.compile(
    r"(?:[A-Za-z][\w'’.-]*|de|da|van|von|der|den|la|le|al|bin)(?: (?:[A-Z][\w'’.-]*|de|da|van|von|der|den|la|le|al|bin)){1,4}"
)
_BRACKETS = re.compile(r"(?:(?<!\s)\s+)?[\[(][^\[\]()]*[\])]")
_ORGANISATION = re.compile(r"\b[A-Z&]{3,}\b")


def learn(lessons: Iterable[Lesson], settings: Settings) -> Lore:
    """The lore of a board from what each of its notes teaches, in the order of their keys."""
    notes = tuple(lessons)
    every = [entry for one in notes for entry in one.entries]
    habits = [one.habits for one in notes]
    own = [Party(short, forms, settings.members.get(short, ())) for short, forms in settings.owners.items()]
    own += [
        Party(group, (), members)
        for group, members in settings.members.items()
        if group not in settings.owners
    ]
    names = frozenset(_standing_alone(every)) | {
        fold_name(form) for party in own for form in (party.short, *party.forms)
    }
    parties = (*own, *_parties(_attenders(every, names)))
    known = directory(parties, _nicknames(parties))
    labels = spoken(habits)
    unlisted = [Party(name) for name in owners_behind(habits, known, labels)]
    if unlisted:
        known = directory((*parties, *unlisted), _nicknames(parties))
    last_names = frozenset(fold_name(party.short.split()[-1]) for party in parties if " " in party.short)
    heard = speakers(labels)
    return Lore(
        replace(known, last_names=last_names, speakers=heard, stand=settings.owners_stand),
        names,
        _words(tuple(settings.statuses.items())),
        Vocabulary(settings.sections, settings.markers),
        grows(one.meeting for one in notes if one.meeting is not None),
        frozenset() if own_by_label(habits) else heard,
    )


@lru_cache(maxsize=4)
def _words(further: tuple[tuple[str, tuple[str, ...]], ...]) -> Words:
    """The words for statuses, made ready once for all boards of one folder."""
    return Words(dict(further))


def used_alone(outline: Outline, words: Iterable[str]) -> frozenset[str]:
    """Which of some capitalised words the note uses by themselves in its text: not beside another capitalised word."""
    wanted = {word for word in words if word[:1].isupper()}
    found: set[str] = set()
    if not wanted:
        return frozenset()
    for section in outline.sections:
        if not section.role.lists_names:
            for block in section.blocks:
                for inner in block.walk():
                    plain = inner.text.plain
                    here = {word for word in wanted if word in plain}
                    if here:
                        found.update(_alone_in(plain, here))
                        wanted -= found
    return frozenset(fold_name(word) for word in found)


def entries_read(found: Sequence[Entry], outline: Outline, lore: Lore) -> Iterator[tuple[Entry, list[str]]]:
    """The printed entries of a note's lists of names, each with the names in it: lines run together are split at names that
    the board or the note knows."""
    runs = [words for entry in found if entry.may_run and len(words := entry.name.split()) > 1]
    unsure = {word for words in runs for word in words if fold_name(word) not in lore.names}
    known = lore.names | used_alone(outline, unsure)
    return ((entry, names_of(entry, known)) for entry in found)


def _alone_in(words: str, wanted: set[str]) -> Iterator[str]:
    tokens = words.split()
    for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        bare = token.strip(".,;:()'’\"")
        if bare in wanted and not before[:1].isupper() and (token != bare or not after[:1].isupper()):
            yield bare


def _attenders(every: Iterable[Entry], names: Collection[str]) -> Iterator[str]:
    """The names in the entries, again and again as they stand there; most entries stand in many notes."""
    found: dict[tuple[str, str, bool], list[str]] = {}
    for entry in every:
        printed = (entry.name, entry.other, entry.may_run)
        if printed not in found:
            found[printed] = names_of(entry, names)
        yield from found[printed]


def _standing_alone(every: Iterable[Entry]) -> Iterator[str]:
    """Short forms in brackets, the names that give them, names between separators, and lines with no known name inside."""
    printed = {(entry.name, entry.may_run) for entry in every}
    sure = {fold_name(form) for name, _ in printed for form in _forms_in_brackets(name)}
    sure |= {fold_name(name) for name, may_run in printed if not may_run or " " not in name}
    yield from sure
    for name, _ in printed:
        if len(split_run(name, sure)) == 1 and not _is_shouted(name):
            yield fold_name(name)


def _forms_in_brackets(name: str) -> list[str]:
    short = short_form(name)
    return [short, _BRACKETS.sub("", name).strip()] if short else []


def _is_shouted(name: str) -> bool:
    """Several words in capitals: more likely short forms run together than one name."""
    return sum(word.isupper() and len(word) > 1 for word in name.split()) > 1


def _parties(names: Iterable[str]) -> list[Party]:
    """One party for each name, with the forms that are printed; `A. Collins` is `Alan Collins` where nobody else can be."""
    seen: dict[str, tuple[str, list[str]]] = {}
    all_names = tuple(names)
    given: dict[str, str] = {}
    for name in dict.fromkeys(reversed(all_names)):  # the short form that was printed last holds
        if short := short_form(name):
            given.setdefault(_fold_person(_BRACKETS.sub("", name)), short)
    for name in dict.fromkeys(all_names):
        plain = untitled(_BRACKETS.sub("", name)).strip() or name
        short = short_form(name) or given.get(_fold_person(plain), plain)
        forms = seen.setdefault(_fold_person(short), (short, []))[1]
        forms += [form for form in (name, _BRACKETS.sub("", name).strip()) if form not in forms]
    namesakes: dict[str, list[str]] = {}
    for key in seen:
        namesakes.setdefault(key.rpartition(" ")[2], []).append(key)
    for key in [key for key in seen if _INITIAL.match(key)]:
        fuller = [one for one in namesakes[key[2:]] if one in seen and _is_fuller(one, key)]
        if len(fuller) == 1:
            short, forms = seen.pop(key)
            mine = seen[fuller[0]][1]
            mine += [form for form in (short, *forms) if form not in mine]
    return [Party(short, tuple(forms)) for short, forms in seen.values()]


_INITIAL = re.compile(r"(\w) (\S+)$")


def _fold_person(name: str) -> str:
    """A name for telling whether two are one: without the points behind initials."""
    return " ".join(fold_name(name).replace(".", " ").split())


def _is_fuller(name: str, initial: str) -> bool:
    """Whether a folded name has the first name of one that gives its initial."""
    first, _, last = initial.partition(" ")
    words = name.split()
    return len(words) > 1 and len(words[0]) > 1 and words[0][0] == first and words[-1] == last


def _nicknames(parties: Collection[Party]) -> list[tuple[str, str]]:
    """First names, initials and the like with the person they mean, where a single person has them; a word that several
    have is still somebody's name, and stands for itself."""
    if not _are_people([party.short for party in parties]):
        return []
    pairs = [(form, party.short) for party in parties for form in _person_forms(party.short)]
    claims = Counter(fold_name(form) for form, _ in pairs)
    return [
        (form, short if claims[fold_name(form)] == 1 else form)
        for form, short in pairs
        if claims[fold_name(form)] == 1 or _is_word(form)
    ]


def _is_word(form: str) -> bool:
    return (form.isupper() and len(form) > 1) or (len(form) > 2 and form[1:].islower())


def _are_people(shorts: Collection[str]) -> bool:
    """Whether a board lists people rather than organisations, which go by short forms or several capitals."""
    organisations = sum(1 for short in shorts if _ORGANISATION.search(short))
    return organisations * 4 < len(shorts)


def _person_forms(name: str) -> list[str]:
    """First name, last name, initials and the usual abbreviations of a person's full name; none for what looks like an organisation."""
    if not _PERSON.fullmatch(name) or any(len(word) > 2 and word.isupper() for word in name.split()):
        return []
    words = name.split()
    while len(words) > 2 and is_office(words[0]):
        words = words[1:]  # `Clerk J Taylor`: nobody's first name is Clerk
    first, last = words[0], words[-1]
    initials = "".join(word[0] for word in words)
    forms = (
        first,
        initials,
        f"{first} {last[0]}",
        f"{first[0]} {last}",
        f"{first[0]}. {last}",
        f"{first} {last}",
        *([last] if len(last) > 2 else []),
    )
    return list({fold_name(form): form for form in forms}.values())
