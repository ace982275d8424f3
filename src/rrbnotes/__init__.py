"""rrbnotes: an action tracker over markdown meeting notes.

For scripts and notebooks: `rrbnotes.load("folder")` is what a folder of notes says, as values.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from os import PathLike

    from rrbnotes.book import Notebook as Notebook
    from rrbnotes.errors import RrbError as RrbError
    from rrbnotes.model import Action as Action
    from rrbnotes.model import Due as Due
    from rrbnotes.model import Meeting as Meeting
    from rrbnotes.model import Mention as Mention
    from rrbnotes.model import Progress as Progress
    from rrbnotes.reconciling.standing import Standing as Standing
    from rrbnotes.status import Status as Status

_PLACES = {
    "Notebook": "book",
    "RrbError": "errors",
    **dict.fromkeys(("Action", "Due", "Meeting", "Mention", "Progress"), "model"),
    "Standing": "reconciling.standing",
    "Status": "status",
}
"""Where the values that a script meets are defined; read when they are named, since a command needs none of them here."""
__all__ = ["__version__", "load", "standings", *sorted(_PLACES)]


def load(
    folder: "str | PathLike[str]" = ".",
    *,
    config: "str | PathLike[str] | None" = None,
    as_at: "date | None" = None,
    today: "date | None" = None,
) -> "Notebook":
    """What the notes of a folder say, reconciled with their register: what `rrb actions` goes by.

    The notes are found as the command finds them: in `notes` in the folder or above, or where the settings say (`config`
    names another file of settings). Paths in the values are relative to `folder`. `as_at` leaves out what was said after
    that day; `today` is the day to which edits by hand in the register are put down. Writes nothing.

    Raises `RrbError` where there are no notes or the register cannot be read; a note that cannot be read is in
    `diagnostics`.
    """
    from datetime import date
    from pathlib import Path

    from rrbnotes.home import locate
    from rrbnotes.keeping.ledger import open_ledger, register_path
    from rrbnotes.store.look import bytes_of

    here = Path(folder)
    home = locate(here, Path(config) if config else None)
    data = bytes_of(home.root, register_path(home))
    return open_ledger(home, here, data, today or date.today(), as_at).book


def standings(book: "Notebook", today: "date | None" = None) -> "Mapping[str, Standing]":
    """How each action stands on a day, by its ref: carried, unreported, overdue, its age in days."""
    from datetime import date

    from rrbnotes.reconciling.standing import standings as standings_of

    return standings_of(book.meetings, book.register, today or date.today())


def __getattr__(name: str) -> object:
    if name in _PLACES:
        return getattr(import_module(f"rrbnotes.{_PLACES[name]}"), name)
    raise AttributeError(f"module 'rrbnotes' has no attribute '{name}'")
