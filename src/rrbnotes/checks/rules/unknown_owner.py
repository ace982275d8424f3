"""unknown-owner: an owner whose name is a slip of one that the board knows."""

import re
from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.near import is_slip
from rrbnotes.checks.quoting import quoted
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Kind
from rrbnotes.notebook import Minutes
from rrbnotes.owners import Directory, is_office


def unknown_owner(book: Book, today: Date) -> Iterator[Finding]:
    """The owner of an action is nobody that the board knows, but all but somebody it does.

    The action is listed under the wrong name, so that whoever is to do it is not reminded.

    Bad:
        Present: MOPAC, Clinks

        **Action:** Clincks to send the list of venues.

    Good:
        Present: MOPAC, Clinks

        **Action:** Clinks to send the list of venues.

    Mend:
        Write the name as it stands in the lists of who was there. Where it is right:
        `<!-- rrb: allow unknown-owner: joins in May -->`.
    """
    for own in book.boards():
        for one in own:
            yield from _of_note(one, own)


def _of_note(minutes: Minutes, own: tuple[Minutes, ...]) -> Iterator[Finding]:
    known = minutes.lore.directory
    seen: set[str] = set()
    for mention in minutes.meeting.mentions:
        for name in mention.owners if mention.kind is not Kind.RECAP else ():
            near = "" if name in seen or _is_somebody(name, known, minutes, own) else _meant(name, known)
            if near:
                seen.add(name)
                at = minutes.source.words_at(mention.at.line, name)
                yield Finding(at, f"the board knows no {quoted(name)}", f"did you mean {quoted(near)}?")


_MOST_TIMES = 2
"""Times that a note may print a slip: with the action, and where that is repeated."""


def _is_somebody(name: str, known: Directory, minutes: Minutes, own: tuple[Minutes, ...]) -> bool:
    """Whether the board knows a name, or its notes print it so often that it is no slip."""
    if known.knows(name) or is_office(name):
        return True
    printed = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    times = [len(printed.findall(one.source.text)) for one in own]
    return sum(times) > _MOST_TIMES or sum(times) > len(printed.findall(minutes.source.text))


def _meant(name: str, known: Directory) -> str:
    """The printed name of whom a slip means, where it can be one only."""
    forms = {form: party.short for party in known.parties for form in (party.short, *party.forms)}
    forms |= {
        word: short for form, short in list(forms.items()) for word in form.split() if len(form.split()) < 4
    }
    near = {form: short for form, short in forms.items() if is_slip(name, form)}
    return next(iter(near)) if len(set(near.values())) == 1 else ""
