"""Where the answers of a review are written: into a meeting's note, or into the register. Commands import it when they run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from rrbnotes.cli.desk import at_desk, durable
from rrbnotes.cli.run import Run
from rrbnotes.cli.taking_back import take_back
from rrbnotes.cli.writing import NoteChange, save_notes
from rrbnotes.edits import apply
from rrbnotes.errors import RrbError
from rrbnotes.keeping.ledger import open_ledger, register_path
from rrbnotes.keeping.progress import Row, check, filled, rows, words_for
from rrbnotes.keeping.saying import Word, told
from rrbnotes.model import Action, Meeting
from rrbnotes.notebook import UNREADABLE, Notebook, load
from rrbnotes.settings import Home
from rrbnotes.source import Source, Unreadable, read_source
from rrbnotes.statuses import Words
from rrbnotes.store.session import locked
from rrbnotes.views.review import Answer, Save
from rrbnotes.views.review_list import Aim, said_between, said_in_note

_OURS = ("utf-8", "utf-8-sig")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that is written."""

    step: str | None
    """What `rrb undo` knows it by; None where it stood there already."""
    remark: str = ""
    """What a person should know of it."""


@dataclass(slots=True)
class Clerk:
    """Reads the folder, and writes answers one by one: each is safe before the next is asked for."""

    run: Run
    home: Home
    book: Notebook = field(init=False)
    """As the folder stands now."""

    def __post_init__(self) -> None:
        self.book = self.read()
        unread = [str(one) for one in self.book.diagnostics if one.name in UNREADABLE]
        if unread:
            raise RrbError(
                "\n".join([*unread, "nothing was written: mend these, or name them under `exclude`"])
            )

    def read(self, texts: Mapping[str, str] | None = None) -> Notebook:
        """The notes with their register; `texts` stand for those of notes, by their shown paths."""
        path = register_path(self.home)
        try:
            data = path.read_bytes() if path.exists() else None
        except OSError as why:
            raise RrbError(f"{path}: cannot be read ({why.strerror})") from why
        reader = partial(load, texts=texts or {})
        return open_ledger(self.home, self.run.directory, data, self.run.today, load=reader).book

    def rows(self, note: Meeting) -> tuple[Row, ...]:
        """The rows of a note's tables of earlier actions."""
        return rows(self._source(note))

    def answers(self, aim: Aim) -> dict[str, Answer]:
        """What was said so far, by ref; raises where the note has no place for an answer."""
        if aim.note:
            check(self._source(aim.note))
            return said_in_note(self.book, self.rows(aim.note))
        return said_between(self.book, aim.board, self.run.today)

    def save(self, aim: Aim, wish: Save) -> Kept:
        """Write an answer; raises, and writes nothing, where it would not be read as it was given."""
        return self._into_note(aim.note, wish) if aim.note else self._into_register(wish)

    def take_back(self, step: str | None) -> None:
        """Give a file the text that it had before an answer."""
        if step:
            with locked(self.home.root, command="rrb review", durable=durable()) as store:
                take_back(replace(self.run, quiet=True), self.home, store, step, dry=False)
        self.book = self.read()

    def _source(self, note: Meeting) -> Source:
        source = read_source(self.run.path(Path(note.path)), note.path)
        if isinstance(source, Unreadable):
            raise RrbError(f"{source.at}: {source.message}; {source.help}")
        if source.encoding not in _OURS:
            raise RrbError(f"{note.path}: is written as {source.encoding}; save it as UTF-8 first")
        return source

    def _into_note(self, note: Meeting, wish: Save) -> Kept:
        if self._action(wish.ref).provisional:
            self._give_refs()
        source, action = self._source(note), self._action(wish.ref)
        words, reason = words_for(wish.status, wish.reason, Words(self.home.settings.statuses))
        edit = filled(source, (action.ref, *action.also), action.action, words)
        if edit is None:
            return Kept(None)
        text = apply(source.text, [edit])
        after = self.read({note.path: text})
        _prove(self.book, after, note, replace(wish, reason=reason))
        saved = save_notes(
            self.run, self.home, _command(wish), [NoteChange(note.path, source, text, source.encoding)]
        )
        self.book = after
        now = self._action(wish.ref).status
        later = (
            ""
            if now is wish.status
            else f"{wish.ref} stays {now}: a later word says so; see rrb show {wish.ref}"
        )
        return Kept(saved.entry.id if saved.entry else None, later)

    def _give_refs(self) -> None:
        """A ref that a note names must be one for good."""
        with at_desk(self.run, "review") as desk:
            done = desk.synced()
            desk.save(desk.ledger, "sync, for refs that review writes")
            desk.accept(done)
        self.book = self.read()

    def _into_register(self, wish: Save) -> Kept:
        with at_desk(self.run, "review") as desk:
            done = desk.synced()
            word = {wish.ref: Word(wish.status, " ".join(wish.reason.split()))}
            actions = desk.ledger.book.register.actions
            if all(one.ref != wish.ref for one in actions):
                raise RrbError(f"{wish.ref}: no such action any more; leave and begin again")
            ledger = desk.ledger.with_records(told(actions, word, self.run.today, self.run.today))
            saved = desk.save(ledger, _command(wish))
            desk.accept(done)
        self.book = ledger.book
        now = self._action(wish.ref)
        last = next((one.date for one in reversed(now.history) if one.status), None)
        later = f"the note of {last} has the later word, so {wish.ref} stays {now.status}"
        return Kept(
            saved.entry.id if saved and saved.entry else None, "" if now.status is wish.status else later
        )

    def _action(self, ref: str) -> Action:
        found = next((one for one in self.book.register.actions if one.ref == ref), None)
        if found is None:
            raise RrbError(f"{ref}: no such action any more; leave and begin again")
        return found


def _command(wish: Save) -> str:
    """What was said, for the list of commands that can be undone."""
    return f"review: {wish.ref} {wish.status}" + (f' -m "{wish.reason}"' if wish.reason else "")


def _prove(before: Notebook, after: Notebook, note: Meeting, wish: Save) -> None:
    """The note, read again with an answer in it, must say that and nothing else."""
    mine = [a for a in after.register.actions if a.ref == wish.ref]
    said = [(p.status, p.reason) for a in mine for p in a.history if p.meeting == note.key]
    if said != [(wish.status, wish.reason)]:
        raise RrbError(
            f"{note.path}: would not be read as '{wish.status}' for {wish.ref}, so it was not written; look at its row "
            "in the note, and write it there by hand"
        )
    if dict(_others(before, wish.ref)) != dict(_others(after, wish.ref)):
        raise RrbError(
            f"{note.path}: another action would change along with {wish.ref}, so it was not written"
        )


def _others(book: Notebook, ref: str) -> Iterator[tuple[str, object]]:
    """What became of all other actions; which line says it may differ where two have the same words."""
    for one in book.register.actions:
        if one.ref != ref:
            yield one.ref, (one.status, one.owners, one.due, [replace(p, at=None) for p in one.history])
