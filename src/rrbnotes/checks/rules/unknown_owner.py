"""unknown-owner: an owner whose name is a slip of one that the board knows."""

import re
from collections.abc import Iterator, Sequence
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.near import by_keys, is_organisation, is_slip, is_written_otherwise, sharing
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Kind
from rrbnotes.notebook import Minutes
from rrbnotes.owners import Party, is_office
from rrbnotes.quoting import quoted


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
        known = own[0].lore.directory
        owners = {name for one in own for mention in one.meeting.mentions for name in mention.owners}
        strange = {name for name in owners if not known.knows(name) and not is_office(name)}
        if not strange:
            continue
        forms = {form: party.short for party in known.parties for form in _forms(party)}
        index = by_keys(forms)
        for one in own:
            names = {
                name: mention
                for mention in reversed(one.meeting.mentions)
                for name in mention.owners
                if mention.kind is not Kind.RECAP and name in strange
            }
            for name, mention in names.items():
                near = [form for form in sharing(name, index) if _may_be(name, form)]
                if len({forms[form] for form in near}) == 1 and not _is_used(name, one, own):
                    at = one.source.words_at(mention.at.line, name)
                    yield Finding(
                        at, f"the board knows no {quoted(name)}", f"did you mean {quoted(near[0])}?"
                    )


def _may_be(name: str, form: str) -> bool:
    """Whether a name is a form of another that was mistyped, or typed without its accents."""
    return is_slip(name, form) or is_written_otherwise(name, form)


def _forms(party: Party) -> Iterator[str]:
    """The forms of a party's name, and of a person's each part of it by itself."""
    for form in (party.short, *party.forms):
        yield form
        if not is_organisation(form):
            yield from form.split()


_MOST_TIMES = 2
"""Times that a note may print a slip: with the action, and where that is repeated."""


def _is_used(name: str, minutes: Minutes, own: Sequence[Minutes]) -> bool:
    """Whether the board's notes print a name so often that it is no slip, or several of them do."""
    printed = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    if len(printed.findall(minutes.source.text)) > _MOST_TIMES:
        return True
    others = (other.source.text for other in own if other is not minutes)
    return any(name in text and printed.search(text) for text in others)
