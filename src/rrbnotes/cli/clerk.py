"""Where the answers of a review are written: into a meeting's note, or into the register. Commands import it when they run."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from rrbnotes.book import Notebook
from rrbnotes.cli.desk import at_desk, hold, refuse_unread
from rrbnotes.cli.proving import prove
from rrbnotes.cli.run import Run
from rrbnotes.cli.taking_back import take_back
from rrbnotes.cli.writing import NoteChange, save_notes
from rrbnotes.edits import apply
from rrbnotes.errors import RrbError
from rrbnotes.home import Home
from rrbnotes.keeping.ledger import open_ledger, register_path
from rrbnotes.keeping.progress import Row, check, filled, rows, words_for
from rrbnotes.keeping.saying import Word, due_of, owners_of, told
from rrbnotes.model import Action, Meeting, Status
from rrbnotes.notebook import load_minutes
from rrbnotes.source import Source, Unreadable, read_source
from rrbnotes.statuses import Words
from rrbnotes.store.look import bytes_of
from rrbnotes.views.review import Answer, Change, Read, Save, Stage
from rrbnotes.views.review_list import Aim, as_of, said_between, said_in_note

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
        refuse_unread(self.book)

    def read(self, texts: Mapping[str, str] | None = None) -> Notebook:
        """The notes with their register; `texts` stand for those of notes, by their shown paths."""
        data = bytes_of(self.home.root, register_path(self.home))
        reader = partial(load_minutes, texts=texts or {})
        return open_ledger(self.home, self.run.directory, data, self.run.today, load=reader).book

    def rows(self, note: Meeting) -> tuple[Row, ...]:
        """The rows of a note's tables of earlier actions."""
        return rows(self._source(note))

    def answers(self, aim: Aim) -> dict[str, Answer]:
        """What was said so far, by ref; raises where the note has no place for an answer."""
        if aim.note:
            check(self._source(aim.note))
            return said_in_note(self.book, aim.note, self.rows(aim.note))
        return said_between(self.book, aim.board, self.run.today)

    def save(self, aim: Aim, wish: Save) -> Kept:
        """Write an answer; raises, and writes nothing, where it would not be read as it was given."""
        return self._into_note(aim.note, wish) if aim.note else self._into_register(wish)

    def change(self, aim: Aim, wish: Read) -> Change:
        """The date or the owners that a person has typed; raises where they cannot be understood, or a note cannot say them."""
        day = aim.note.date if aim.note and aim.note.date else self.run.today
        if wish.what is Stage.DUE:
            found = Change(due=due_of(wish.words, aim.board, as_of(self.book, aim), day))
        else:
            found = Change(owners=owners_of([wish.words], aim.board, self.book))
        if aim.note:
            self._tried(aim.note, Save(wish.ref, Status.ONGOING, "", found))
        return found

    def take_back(self, step: str | None) -> None:
        """Give a file the text that it had before an answer."""
        if step:
            with hold(self.run, self.home, "review") as store:
                take_back(self.run._replace(quiet=True), self.home, store, step, dry=False)
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
        change, after = self._tried(note, wish)
        if after is None:
            return Kept(None)
        saved = save_notes(self.run, self.home, _command(wish), [change])
        self.book = after
        now = self._action(wish.ref).status
        later = (
            ""
            if now is wish.status
            else f"{wish.ref} stays {now}: a later word says so; see rrb show {wish.ref}"
        )
        return Kept(saved.entry.id if saved.entry else None, later)

    def _tried(self, note: Meeting, wish: Save) -> tuple[NoteChange, Notebook | None]:
        """The note with an answer in it, and what is then read, which is that answer and nothing else; None where the note
        says it already."""
        source, action = self._source(note), self._action(wish.ref)
        words, reason = words_for(wish.status, wish.reason, Words(self.home.settings.statuses))
        said = said_in_note(self.book, note, rows(source)).get(wish.ref)
        is_new = said is None or (said.status, said.reason) != (wish.status, reason)
        says = ({"status": words} if is_new else {}) | wish.change.cells
        text = apply(source.text, filled(source, (action.ref, *action.also), action.action, says))
        change = NoteChange(note.path, source, text, source.encoding)
        if text == source.text:
            return change, None
        after = self.read({note.path: text})
        prove(self.book, after, note, replace(wish, reason=reason))
        return change, after

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
            reason = " ".join(wish.reason.split())
            word = {wish.ref: Word(wish.status, reason, wish.change.due, wish.change.owners)}
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
    reason = f' -m "{wish.reason}"' if wish.reason else ""
    return f"review: {wish.ref} {wish.status}{reason}" + (
        f" ({wish.change.words})" if wish.change.words else ""
    )
