"""What a person means by a word of the command line: a meeting, an owner, a status, a board, an action, a place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date as Date
from typing import Any

from rrbnotes.book import Notebook
from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.model import Action, Meeting, Status
from rrbnotes.owners import NOBODY, fold_name
from rrbnotes.quoting import listed
from rrbnotes.spelling import bare, composed, slashed
from rrbnotes.statuses import Words
from rrbnotes.views.choice import pick
from rrbnotes.views.filters import FILTERS


class Ambiguous(RrbError):
    """A word that stands for several things."""


Pair = tuple[str | None, str]
"""A board and the short form of one of its owners."""
_MOST_CHOICES = 8
_FOLDS: tuple[Callable[[str], str], ...] = (str.casefold, bare)
"""How words are compared: in any case, and where nothing fits without accents too."""
TOP = "."
"""Names the board that has no name."""


def status(book: Notebook, word: str, today: Date) -> set[Status]:
    """By name, synonym, or the start of one."""
    return {the_status(word, Words(book.settings.statuses))}


def the_status(word: str, words: Words) -> Status:
    """The one status that a word means."""
    found = words.meant(word)
    if not found:
        hint = did_you_mean(word, words.known) or f"; known are {', '.join(Status)}"
        raise RrbError(f"unknown status '{word}'{hint}")
    if len(found) > 1:
        raise RrbError(f"'{word}' may mean {' or '.join(found)}; write more of it")
    return found[0]


def meeting(book: Notebook, word: str, today: Date) -> set[str]:
    """By key, the unique end of one, a date or a month that only one has; `latest` is each board's latest held one."""
    if word == "latest":
        return _latest(book.meetings, today)
    word = slashed(word)
    found = _first_tier(_meetings(book, word, fold) for fold in _FOLDS)
    if not found:
        keys = [one.key for one in book.meetings]
        raise RrbError(f"unknown meeting '{word}'{did_you_mean(word, keys) or '; `rrb meetings` lists them'}")
    return {the_only("meetings", word, found)}


def _meetings(book: Notebook, word: str, fold: Callable[[str], str]) -> list[str]:
    """The keys of those that a word fits best."""
    paths = {m.key: fold(composed(f"/{m.path.removesuffix('.md')}")) for m in book.meetings}
    end = fold(word).removesuffix(".md")
    tiers: tuple[Callable[[Meeting], bool], ...] = (
        lambda m: m.key == word,
        lambda m: paths[m.key].endswith("/" + end),
        lambda m: m.date is not None and m.date.isoformat() == word,
        lambda m: paths[m.key].endswith(end),
        lambda m: m.date is not None and len(word) > len("2024") and m.date.isoformat().startswith(word),
    )
    return _first_tier([m.key for m in book.meetings if fits(m)] for fits in tiers)


def the_meeting(book: Notebook, word: str, on: str | None, today: Date) -> Meeting:
    """The one meeting that a word means, of the board that `on` names."""
    of_boards = board(book, on, today) if on else None
    mine = tuple(one for one in book.meetings if of_boards is None or one.board in of_boards)
    keys = meeting(replace(book, meetings=mine), word, today)
    found = [one for one in mine if one.key in keys]
    if len(found) > 1:
        every = listed(one.key for one in found)
        raise RrbError(f"'{word}' is one of each board: {every}; say which with --board")
    return found[0]


def owner(book: Notebook, word: str, today: Date) -> set[Pair]:
    """By any name that a board knows, in any case; where none fits, without its accents."""
    listed = [
        (board, form, short) for board, d in book.directories.items() for form, short in d.by_form.items()
    ]
    members = {
        (board, d.short(name))
        for board, d in book.directories.items()
        for names in d.members.values()
        for name in names
    }
    others = members | {(a.board, o) for a in book.register.actions for o in a.owners}
    names = [*listed, *((board, fold_name(short), short) for board, short in others)]
    for fold in _FOLDS:
        named = fold(fold_name(word))
        found = {(board, short) for board, form, short in names if fold(form) == named}
        if found:
            return found
    forms = {f for d in book.directories.values() for p in d.parties for f in (p.short, *p.forms)}
    known = sorted(forms | {short for _, short in others})
    near = "; `rrb actions --owner none` lists what nobody owns" if fold_name(word) in NOBODY else ""
    near = near or did_you_mean(word, known) or "; `rrb owners` lists them"
    raise RrbError(f"unknown owner '{word}'{near}")


def owning(book: Notebook, word: str, today: Date) -> set[Pair]:
    """Those whose actions a person wants: an owner with the groups that the settings count it in; `none` is nobody."""
    try:
        return _with_groups(book, owner(book, word, today))
    except RrbError:
        if fold_name(word) not in NOBODY:
            raise
        return {(action.board, "") for action in book.register.actions}


def _with_groups(book: Notebook, pairs: set[Pair]) -> set[Pair]:
    groups = {
        (board, group)
        for board, d in book.directories.items()
        for group, names in d.members.items()
        if any((board, d.short(name)) in pairs for name in names)
    }
    return pairs if groups <= pairs else _with_groups(book, pairs | groups)


def board(book: Notebook, word: str, today: Date) -> set[str | None]:
    """By its full name, in any case, with its accents or without; `.` is that of the notes at the top."""
    if word == TOP and any(m.board is None for m in book.meetings):
        return {None}
    names = sorted({m.board for m in book.meetings if m.board})
    if not names:
        raise RrbError(f"unknown board '{word}'; these notes are of one board without a name")
    for fold in _FOLDS:
        typed, known = fold(slashed(word)), {fold(name): name for name in names}
        if typed in known:
            return {known[typed]}
    return {pick("board", slashed(word), {name: name for name in names})}


def the_board(book: Notebook, word: str | None) -> str | None:
    """The one board that a word names; without a word the only one that there is."""
    found = boards(book, [word] if word else ()) or {None}
    if len(found) > 1:
        names = ", ".join(sorted(name or f"those at the top: {TOP}" for name in found))
        raise RrbError(f"these notes are of {len(found)} boards ({names}); say which with --board")
    return next(iter(found))


def boards(book: Notebook, words: Iterable[str]) -> set[str | None]:
    """The boards that the words name; all where there are none."""
    named = [board(book, word, Date.min) for word in words]
    return set().union(*named) if named else {m.board for m in book.meetings}


def text(book: Notebook, word: str, today: Date) -> set[str]:
    """Any words."""
    return {word}


MEANINGS: Mapping[str, Callable[[Notebook, str, Date], Iterable[object]]] = {
    "status": status,
    "meeting": meeting,
    "owner": owning,
    "board": board,
    "text": text,
}
"""By what a filter takes."""


def understood(book: Notebook, wanted: Mapping[str, Any], today: Date) -> Mapping[str, object]:
    """The values of filters, with words turned into all that they mean."""
    takes = {row.name: row.takes for row in FILTERS}
    return {name: _meant(book, takes[name], value, today) for name, value in wanted.items()}


def _meant(book: Notebook, takes: str, value: Any, today: Date) -> object:
    means = MEANINGS.get(takes)
    return set().union(*(means(book, word, today) for word in value)) if means else value


def action(book: Notebook, word: str) -> Action:
    """By ref, a further ref, the board's own number, or the unique end of a ref."""
    actions = {a.ref: a for a in book.register.actions}
    found = _first_tier(_refs(book, slashed(word), fold) for fold in _FOLDS)
    if not found:
        raise RrbError(
            f"unknown ref '{word}'{did_you_mean(word, actions) or '; `rrb actions --all` lists them'}"
        )
    return actions[the_only("actions", word, found)]


def _refs(book: Notebook, word: str, fold: Callable[[str], str]) -> list[str]:
    """The refs of the actions that a word fits best."""
    end = fold(word)
    tiers: tuple[Callable[[Action], bool], ...] = (
        lambda a: end in map(fold, (a.ref, *a.also)),
        lambda a: a.number is not None and fold(a.number) == end,
        lambda a: fold(a.ref).endswith("/" + end),
        lambda a: _ends(fold(a.ref), end),
    )
    return _first_tier([a.ref for a in book.register.actions if fits(a)] for fits in tiers)


def _ends(ref: str, end: str) -> bool:
    """Whether these are the last parts of a ref: `5` is the end of `.5`, and not of `.15`."""
    before = ref[: len(ref) - len(end)]
    return ref.endswith(end) and not (before[-1:].isalnum() and end[:1].isalnum())


def _latest(meetings: Sequence[Meeting], today: Date) -> set[str]:
    held = [m for m in sorted(meetings, key=lambda m: m.order) if m.date and not m.is_draft(today)]
    if not held:
        raise RrbError(f"no meeting with a date was held up to {today}; name one by its key")
    return set({m.board: m.key for m in held}.values())


def _first_tier(tiers: Iterable[list[str]]) -> list[str]:
    return next((found for found in tiers if found), [])


def the_only(what: str, word: str, found: list[str]) -> str:
    """The single thing that was found; raises `Ambiguous` where there are several."""
    if len(found) == 1:
        return found[0]
    more = f" and {len(found) - _MOST_CHOICES} more" if len(found) > _MOST_CHOICES else ""
    raise Ambiguous(
        f"'{word}' stands for {len(found)} {what}: {', '.join(found[:_MOST_CHOICES])}{more}; name one"
    )
