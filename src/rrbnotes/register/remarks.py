"""The comments of a register, by what they stand at, so that those of one text can be put into another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rrbnotes.edits import Edit
from rrbnotes.register.places import LINE_END, line_end, line_ends, line_start, next_line
from rrbnotes.register.records import Placed


@dataclass(frozen=True, slots=True)
class Atom:
    """What a comment can stand at: a key, a field or an entry of a list. Between two of them there are only line ends,
    white space, dashes, colons and comments."""

    name: str
    """Of the field; empty for the record's own key."""
    entry: int | None
    """Its place in the field's list, from 0; None for a field with its value, or for the key before a list."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment."""

    name: str | None
    """With `entry`, the atom it stands at; None for one behind all of them."""
    entry: int | None
    trails: bool
    """On the atom's own line, behind it; else on a line of its own above it."""
    text: str
    """From its `#` on."""


def atoms_of(placed: Placed) -> list[Atom]:
    """The atoms of a record, in the order of the text."""
    atoms = [Atom("", None, placed.key.start, placed.key.end)]
    for name, node in placed.fields.items():
        key = placed.names[name]
        if node.items and not node.is_flow:
            atoms.append(Atom(name, None, key.start, key.end))
            atoms += (Atom(name, n, item.start, item.end) for n, item in enumerate(node.items))
        else:
            atoms.append(Atom(name, None, key.start, max(key.end, node.end)))
    return atoms


def remarks_in(text: str, atoms: Sequence[Atom], start: int, end: int, fence: str) -> Iterator[Remark]:
    """The comments between and around atoms, in a part of a text that starts and ends with a line, but for its fence."""
    for before, after in pairwise((None, *atoms, None)):
        gap = text[before.end if before else start : after.start if after else end]
        behind, *lines = LINE_END.split(gap)
        if before and "#" in behind:
            yield Remark(before.name, before.entry, True, behind[behind.index("#") :].rstrip())
        for line in lines if before else (behind, *lines):
            if line.strip().startswith("#") and line.strip() != fence:
                yield Remark(
                    after.name if after else None, after.entry if after else None, False, line.strip()
                )


def put(text: str, atoms: Sequence[Atom], remarks: Sequence[Remark]) -> Iterator[Edit]:
    """Put comments at the same atoms of another text: at the field where the entry is missing, behind all where the field
    is missing too."""
    end, indent = line_ends(text), _indent(text, line_start(text, atoms[:2][-1].start))
    at = {(atom.name, atom.entry): atom for atom in atoms}
    for remark in remarks:
        atom = at.get((remark.name or "", remark.entry)) or at.get((remark.name or "", None))
        if remark.name is None or atom is None:
            place = next_line(text, atoms[-1].end)
            yield Edit(place, place, f"{indent}{remark.text}{end}")
        elif remark.trails and _is_free(text, atom):
            place = line_end(text, atom.end)
            yield Edit(place, place, f"  {remark.text}")
        else:
            place = line_start(text, atom.start)
            yield Edit(place, place, f"{_indent(text, place)}{remark.text}{end}")


def _is_free(text: str, atom: Atom) -> bool:
    """Whether a comment can stand behind it: not where there is one, nor within a value of several lines."""
    rest = text[atom.end : line_end(text, atom.end)]
    return rest.strip() in ("", ":") and not LINE_END.search(text, atom.start, atom.end)


def _indent(text: str, place: int) -> str:
    line = text[place : line_end(text, place)]
    return line[: len(line) - len(line.lstrip(" "))]
