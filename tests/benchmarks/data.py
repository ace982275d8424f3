"""What the works read: notes, notes with their register, and as many tasks in the peers' own forms."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from benchmarks import series, words
from benchmarks.dice import Dice


@dataclass(frozen=True, slots=True)
class Means:
    """What filling a folder may need beside the number of notes."""

    rrb: Path
    corpus: Path | None = None
    """Series of real notes, in folders `notes` somewhere below it."""


class Unready(Exception):
    """Data cannot be made ready, and why."""


Fill = Callable[[Path, int, Means], object]
"""Fills an empty folder for so many notes."""
_STANDING = re.compile(r"(?<=Rolled over - )[^|*\n]*[^|*\n ]")
_WAITS = re.compile(r"letter (\d+) is unanswered")


def _notes(folder: Path, number: int, means: Means) -> None:
    series.write(folder, number)


def _register(folder: Path, number: int, means: Means) -> None:
    series.write(folder, number)
    synced = subprocess.run([means.rrb, "sync"], cwd=folder, check=False, capture_output=True, text=True)
    if synced.returncode:
        raise Unready(f"rrb sync ended with {synced.returncode}: {synced.stderr.strip()}")


def _todos(folder: Path, number: int, means: Means) -> None:
    """A calendar with one file a task, and todoman's settings beside it."""
    calendar = folder / "lists" / "board"
    calendar.mkdir(parents=True)
    (folder / "config.py").write_text(
        f'path = "{folder}/lists/*"\ncache_path = "{folder}/cache.sqlite3"\ndate_format = "%Y-%m-%d"\n'
    )
    for n, text in enumerate(_tasks(number)):
        (calendar / f"{n}.ics").write_text(_TODO.format(n=n, text=text), newline="\r\n")


_TODO = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//benchmarks//EN
BEGIN:VTODO
UID:{n}@benchmarks
DTSTAMP:20250101T120000Z
CREATED:20250101T120000Z
SUMMARY:{text}
DUE;VALUE=DATE:20251128
STATUS:NEEDS-ACTION
END:VTODO
END:VCALENDAR
"""


def _pending(folder: Path, number: int, means: Means) -> None:
    """Taskwarrior's file of what is to be done, one task a line."""
    (folder / "taskrc").write_text(f"data.location={folder}\nconfirmation=no\n")
    lines = (
        f'[description:"{text}" due:"1764288000" entry:"1735732800" status:"pending" uuid:"{UUID(int=n + 1)}"]\n'
        for n, text in enumerate(_tasks(number))
    )
    (folder / "pending.data").write_text("".join(lines))


def _corpus(folder: Path, number: int, means: Means) -> None:
    """Each series as a board of one folder of notes."""
    for notes in sorted(means.corpus.rglob("notes")) if means.corpus else ():
        shutil.copytree(notes, folder / "notes" / notes.parent.name)


def _tasks(number: int) -> list[str]:
    dice = Dice("tasks")
    return [words.request(dice).words for _ in range(number)]


FILLS: dict[str, Fill] = {
    "nothing": lambda folder, number, means: None,
    "notes": _notes,
    "notes, asked anew": _notes,
    "notes, edited": _notes,
    "register": _register,
    "register, edited": _register,
    "todos": _todos,
    "tasks": _pending,
    "corpus": _corpus,
}


def filled(kind: str, number: int, root: Path, means: Means) -> Path:
    """The folder of that kind and size below a root, filled unless it has been."""
    folder = root / f"{kind.replace(', ', '-')}-{number}"
    whole = folder / ".filled"
    if not whole.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        FILLS[kind](folder, number, means)
        whole.touch()
    return folder


def edit(folder: Path) -> None:
    """Change one line of one note: another reason why an action was put off, in the newest note that puts one off."""
    for note in sorted((folder / "notes").rglob("*.md"), reverse=True):
        text = note.read_text(encoding="utf-8")
        if standing := _STANDING.search(text):
            former = _WAITS.fullmatch(standing[0])
            reason = f"letter {int(former[1]) + 1 if former else 1} is unanswered"
            note.write_text(_STANDING.sub(reason, text, count=1), encoding="utf-8", newline="\n")
            return
    raise Unready(f"{folder}: no note says that an action was rolled over")


def ask_anew(folder: Path) -> None:
    """Forget what was said to this very command line; what was found out about the notes stays known."""
    for said in (folder / ".rrb" / "cache").glob("*-said-*"):
        said.unlink()


def size(folder: Path) -> int:
    """Bytes of all notes."""
    return sum(note.stat().st_size for note in folder.rglob("*.md"))
