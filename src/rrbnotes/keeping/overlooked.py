"""Files in the notes folder that may be minutes and are not read, since a note is a file that ends in .md; what to say of them."""

from dataclasses import dataclass
from datetime import date as Date
from itertools import groupby
from pathlib import Path, PurePosixPath
from shlex import quote

from rrbnotes.home import Home
from rrbnotes.memory import REGISTER
from rrbnotes.quoting import count
from rrbnotes.shelf import OTHER_MARKDOWN, overlooked_in, shown

RIGHT_FOLDER = "is it the right folder? -C DIR says where to look"
TO_BEGIN = "`rrb import FILE` makes a note of old minutes, `rrb new DATE` begins one"


@dataclass(frozen=True, slots=True)
class Overlooked:
    """The files of one ending."""

    ending: str
    paths: tuple[str, ...]
    """As messages print them."""

    @property
    def todo(self) -> str:
        """How one of them becomes a note."""
        first = self.paths[0]
        if self.ending in OTHER_MARKDOWN:
            return (
                f"rename it to {PurePosixPath(first).with_suffix('.md')}"
                if self.is_one
                else "rename them to end in .md"
            )
        return f"`rrb import {quote(first)}` makes a note of {'it' if self.is_one else 'one'}"

    @property
    def said(self) -> str:
        """That they are not read, and what to do."""
        verbs = "ends in {} and is" if self.is_one else "end in {} and are"
        what = f"{count(len(self.paths), 'file')} there {verbs.format(self.ending)} not read"
        return f"{what}: {self.todo}"

    @property
    def is_one(self) -> bool:
        """Whether it is a single file."""
        return len(self.paths) == 1


def overlooked(home: Home, shown_from: Path) -> list[Overlooked]:
    """What is not read in a home's notes folder, by its ending."""
    found = sorted(sorted(overlooked_in(home.notes, home.settings)), key=_ending)
    return [
        Overlooked(ending, tuple(shown(home.notes / below, shown_from) for below in files))
        for ending, files in groupby(found, _ending)
    ]


def why_none(home: Home, shown_from: Path, until: Date | None = None) -> str:
    """That there are no notes, `until` a day or at all, and what there is in their place."""
    if until:
        return f"no notes in {home.notes} up to {until}; is it the right folder, and the right day?"
    none = f"no notes in {home.notes}"
    other = [kind.said for kind in overlooked(home, shown_from)]
    if other or (home.notes / REGISTER).exists():  # a register was made of notes
        return "; ".join([none, *(other or [RIGHT_FOLDER])])
    return f"{none} yet; {TO_BEGIN}, -C DIR says where else to look"


def _ending(below: str) -> str:
    return PurePosixPath(below).suffix.casefold()
