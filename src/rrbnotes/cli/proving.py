"""Whether a note says an answer of a review, and nothing else, once it is read again. Commands import it when they run."""

from collections.abc import Iterator
from dataclasses import replace

from rrbnotes.book import Notebook
from rrbnotes.british import long_due
from rrbnotes.errors import RrbError
from rrbnotes.model import Action, Due, Meeting
from rrbnotes.reconciling.past import as_it_was, held_at, said_at
from rrbnotes.views.cells import owners_text
from rrbnotes.views.review import Save


def prove(before: Notebook, after: Notebook, note: Meeting, wish: Save) -> None:
    """The note, read again with an answer in it, must say that and nothing else."""
    mine = [a for a in after.register.actions if a.ref == wish.ref]
    said = [(p.status, p.reason) for a in mine for p in a.history if p.meeting == note.key]
    if said != [(wish.status, wish.reason)]:
        raise RrbError(
            f"{note.path}: would not be read as '{wish.status}' for {wish.ref}, so it was not written; look at its row "
            "in the note, and write it there by hand"
        )
    was = next((a for a in before.register.actions if a.ref == wish.ref), None)
    if was:
        _prove_change(as_it_was(was, held_at(note)), as_it_was(mine[0], held_at(note)), note, wish)
    if dict(_rest(before, note, wish.ref)) != dict(_rest(after, note, wish.ref)):
        raise RrbError(
            f"{note.path}: something else would change along with {wish.ref}, so it was not written; "
            "write it there by hand"
        )


def _prove_change(was: Action | None, now: Action | None, note: Meeting, wish: Save) -> None:
    """Its date and its owners are those that were given, else the ones it had."""
    due = wish.change.due or (was.due if was else None)
    if _bounds(now.due if now else None) != _bounds(due):
        raise _unread(note, "date", long_due(due) or "none", f"{wish.ref} --due")
    owners = wish.change.owners if wish.change.owners is not None else was.owners if was else ()
    if was and set(owners) < set(was.owners):
        raise RrbError(
            f"{note.path}: a note that names fewer owners takes none away; "
            f"`rrb update {wish.ref} --owner '{owners_text(owners) or 'none'}'` does"
        )
    if set(now.owners if now else ()) != set(owners):
        raise _unread(note, "owner", owners_text(owners) or "none", f"{wish.ref} --owner")


def _unread(note: Meeting, what: str, words: str, option: str) -> RrbError:
    return RrbError(
        f"{note.path}: its row would not be read as giving it '{words}' for {what}, so it was not written; "
        f"`rrb update {option} '{words}'` says it between meetings"
    )


def _bounds(due: Due | None) -> tuple[object, ...]:
    return due.bounds if due else (None, None, None)


def _rest(book: Notebook, note: Meeting, ref: str) -> Iterator[tuple[str, object]]:
    """What became of all other actions, and of this one up to then; which line says it may differ where two have the same
    words."""
    for one in book.register.actions:
        if one.ref != ref:
            yield one.ref, (one.status, one.owners, one.due, [replace(p, at=None) for p in one.history])
        else:
            earlier = [replace(p, at=None) for p in one.history if said_at(p) < held_at(note)]
            yield one.ref, (one.action, one.first_owners, one.first_due, earlier)
