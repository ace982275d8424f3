"""The loop of a review: show, wait for a key, do what it asks for. Commands import it when they run."""

from contextlib import redirect_stderr
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import PurePosixPath

from rrbnotes.book import Notebook
from rrbnotes.cli.clerk import Clerk
from rrbnotes.cli.keys import Terminal, terminal
from rrbnotes.cli.out import page_for
from rrbnotes.cli.talk import answer, hint, say
from rrbnotes.errors import RrbError
from rrbnotes.render.screen import picture
from rrbnotes.views import review as view
from rrbnotes.views.review import TYPED, Stage, State
from rrbnotes.views.review_keys import press
from rrbnotes.views.review_list import Aim, begun_with, meetings_before
from rrbnotes.views.review_screen import Subject, screen


@dataclass(slots=True)
class Session:
    """One review at a terminal."""

    clerk: Clerk
    aim: Aim
    state: State
    _subjects: dict[str, Subject] = field(default_factory=dict)
    """By the refs of their actions; counted once for each reading of the notes."""
    _of: Notebook | None = None
    """The reading that they are of."""

    def hold(self) -> None:
        """Go through the actions, and say at the end how far that went, however it ends."""
        if self.state.stage is Stage.END:
            self._say_what_is_left()
            return
        talk = StringIO()  # a warning would be lost between two screens
        try:
            with redirect_stderr(talk), terminal() as shown:
                self._walk(shown)
        finally:
            for line in dict.fromkeys(talk.getvalue().splitlines()):
                say(line)
            self._say_what_is_left()

    def _walk(self, shown: Terminal) -> None:
        while self.state.stage is not Stage.LEFT:
            # of a line that comes faster than it can be shown its end is enough
            if self.state.stage not in TYPED or not shown.has_more():
                self._show(shown, self.state)
            self.state, wish = press(self.state, shown.key())
            if wish:
                self._show(shown, view.busy(self.state))
                self.state = self._done(wish)

    def _show(self, shown: Terminal, state: State) -> None:
        page = page_for(self.clerk.run, terminal=True)
        shown.show(picture(screen(state, self._where, self._subject()), page, shown.size().lines))

    def _done(self, wish: view.Wish) -> State:
        """The state once a wish is done, or with the reason why it cannot be."""
        try:
            if isinstance(wish, view.TakeBack):
                self.clerk.take_back(wish.said.step)
                return view.taken_back(self.state, self.clerk.answers(self.aim))
            if isinstance(wish, view.Save):
                return self._saved(wish)
            self.state = view.understood(self.state, self.clerk.change(self.aim, wish))
            more = view.at_once(self.state)
            return self._saved(more) if more else self.state
        except RrbError as why:
            return view.failed(self.state, str(why))

    def _saved(self, wish: view.Save) -> State:
        wish = replace(wish, change=wish.change.over(view.former_change(self.state)))
        former = next((one for one in self.state.said if one.ref == wish.ref), None)
        if former and not self.aim.note:
            self.clerk.take_back(former.step)
        kept = self.clerk.save(self.aim, wish)
        return view.saved(self.state, self.clerk.answers(self.aim), kept.step, kept.remark)

    @property
    def _where(self) -> str:
        note = self.aim.note
        return f"answers go into {note.path}" if note else "answers are kept as said between meetings"

    def _subject(self) -> Subject | None:
        if self.state.at >= len(self.state.items):
            return None
        book = self.clerk.book
        if self._of is not book:
            meetings, proposals = meetings_before(book, self.aim), book.register.proposals
            entries = begun_with(book, self.aim, self.clerk.run.today)
            self._subjects = {one.action.ref: Subject(one, meetings, proposals) for one in entries}
            self._of = book
        return self._subjects.get(self.state.item.ref)

    def _say_what_is_left(self) -> None:
        run, note = self.clerk.run, self.aim.note
        if not self.state.items:
            answer(run, ["no action is outstanding" + (f" before {note.key}" if note else "")])
            return
        answer(run, [view.summary(self.state)])
        if self.state.change.words:
            hint(
                run,
                f"{self.state.item.ref}: {self.state.change.words} was not written, for no status was given with it",
            )
        if not self.state.said and len(self.state.answered) == len(self.state.items):
            hint(run, "all were answered before; `rrb review --all` goes through them again")
        elif note:
            hint(
                run,
                f"`rrb check {PurePosixPath(note.path)}` looks at the note, `rrb sync` takes it into the register",
            )
        elif self.state.said:
            hint(run, "`rrb actions` shows how all stand; `rrb undo` takes back the last answer")
