"""Taking back a command: what `rrb undo` does. Imported when it runs."""

from collections.abc import Iterator

from rrbnotes.cli.desk import answer, hint, now
from rrbnotes.cli.run import Run
from rrbnotes.cli.talk import put, say
from rrbnotes.errors import RrbError
from rrbnotes.keeping.ledger import records_in, register_path, shown_path
from rrbnotes.keeping.merging import merge_bytes
from rrbnotes.settings import Home
from rrbnotes.store.journal import read_journal
from rrbnotes.store.session import Store
from rrbnotes.store.undo import former_texts, to_undo
from rrbnotes.views import changes as view


def take_back(run: Run, home: Home, store: Store, number: str | None, dry: bool) -> None:
    """Give the files of a command their former texts, and say what that means for the actions."""
    journal = read_journal(store.root, store.disk)
    entry = to_undo(journal, number)
    path = register_path(home)
    texts = former_texts(store, journal, entry, {path: merge_bytes})
    before, after = store.read(path), texts.get(path)
    lines = [f"{'would be undone' if dry else 'undone'}: {entry.command}"]
    lines += _told(before, after) if path in texts else ()
    if dry:
        both = ((data or b"").decode(errors="replace") for data in (before, after))
        put(view.difference(shown_path(home, run.directory), *both))
        answer(run, lines)
        hint(run, "nothing was written")
        return
    saved = store.commit(f"undo {entry.id}: {entry.command}", texts, now=now(), undoes=entry.id)
    for warning in (*journal.warnings, *saved.warnings):
        say(f"rrb: {warning}")
    answer(run, lines)
    if saved.entry:
        hint(run, f"`rrb undo {saved.entry.id}` brings it back")


def _told(before: bytes | None, after: bytes | None) -> Iterator[str]:
    """What becomes of the actions, where both texts can be read: one that was damaged may well come back."""
    try:
        yield from view.reverted(records_in(before), records_in(after))
    except RrbError as why:
        yield f"one of the two texts cannot be read: {why}"
