"""A register with the places of what stands in it, so that it can be compared and taken over as it is spelled."""

from collections.abc import Mapping
from dataclasses import dataclass

from rrbnotes.register.nodes import Node
from rrbnotes.register.pieces import LAST_LINE
from rrbnotes.register.places import LINE_END, end_before, line_start, next_line
from rrbnotes.register.remarks import Atom, Remark, atoms_of, remarks_in
from rrbnotes.register.schema import FIELDS
from rrbnotes.register.text import RegisterFile, end_of

KNOWN = frozenset(("version", "actions", *FIELDS))
"""What we know at the top of a register and in its records; all else is somebody's own."""

SHOWN = "the merged register"
"""What messages call a register that is in no file yet."""


@dataclass(frozen=True, slots=True)
class Block:
    """Where a record stands: offsets of lines, the end exclusive."""

    lead: int
    """Where the comments above its key begin."""
    start: int
    """Its key's line."""
    end: int
    """Behind its fence and the blank line."""


@dataclass(frozen=True, slots=True)
class Own:
    """The fields of a record, or of the register's top."""

    text: str
    names: Mapping[str, Node]
    values: Mapping[str, Node]

    def span(self, name: str) -> tuple[int, int]:
        """From the start of a field's line to the end of its value."""
        key, value = self.names[name], self.values[name]
        return line_start(self.text, key.start), max(key.end, value.end)

    def raw(self, name: str) -> str | None:
        """A field as it is spelled, but for line ends and indentation; None where it is not there."""
        if name not in self.names:
            return None
        start, end = self.span(name)
        return plain(self.text[start:end]).strip(" ")

    def entries(self, name: str) -> dict[object, str]:
        """The entries of a list as they are spelled, by what they say."""
        node = self.values.get(name)
        read = FIELDS[name].kind.read
        said = read(node) if node and node.items else ()
        items = node.items or () if node else ()
        return {e: plain(self.text[i.start : i.end]) for e, i in zip(said, items, strict=True)}


@dataclass(frozen=True, slots=True)
class Page:
    """A register with the places of its records; where a ref is asked for, the empty one means its top."""

    file: RegisterFile
    blocks: Mapping[str, Block]

    def own(self, ref: str) -> Own:
        """The fields of a record; none where there is no such record."""
        if not ref:
            top = self.file.top.items()
            return Own(self.file.text, {n: key for n, (key, _) in top}, {n: value for n, (_, value) in top})
        placed = self.file.records.get(ref)
        return Own(self.file.text, placed.names, placed.fields) if placed else Own("", {}, {})

    def indent(self, ref: str) -> int:
        """How far the fields are indented."""
        return self.file.records[ref].indent if ref else 0

    def raw(self, ref: str, is_led: bool = False) -> str | None:
        """A record as it is spelled but for line ends, if asked with the comments above it; None where there is none."""
        block = self.blocks.get(ref)
        return plain(self.file.text[block.lead if is_led else block.start : block.end]) if block else None

    def atoms(self, ref: str) -> list[Atom]:
        """What comments can stand at; all records are one for the top."""
        if ref:
            return atoms_of(self.file.records[ref])
        atoms = []
        for name, (key, value) in self.file.top.items():
            is_records = name == "actions"
            atoms.append(Atom(name, None, key.start, key.end if is_records else max(key.end, value.end)))
            if is_records and self.blocks:
                blocks = list(self.blocks.values())
                atoms.append(Atom(name, 0, blocks[0].lead, end_before(self.file.text, blocks[-1].end)))
        return atoms

    def remarks(self, ref: str) -> list[Remark]:
        """The comments in a record and above it; none where there is no such record."""
        text = self.file.text
        if not ref:
            return list(remarks_in(text, self.atoms(ref), 0, len(text), LAST_LINE)) if self.file.top else []
        block = self.blocks.get(ref)
        return list(remarks_in(text, self.atoms(ref), block.lead, block.end, f"# end {ref}")) if block else []

    def first_place(self, ref: str) -> int:
        """Where a further field can stand if no other tells its place: first in its record, before the records at the top."""
        if ref:
            return next_line(self.file.text, self.file.records[ref].key.end)
        return line_start(self.file.text, self.file.top["actions"][0].start)

    def lines(self, ref: str, name: str) -> str:
        """The whole lines of a field, with the comments above it."""
        atoms, text = self.atoms(ref), self.file.text
        n = next(n for n, atom in enumerate(atoms) if atom.name == name)
        start = next_line(text, atoms[n - 1].end) if n else 0
        return text[start : next_line(text, self.own(ref).span(name)[1])]


def page(file: RegisterFile) -> Page:
    """The places in a register."""
    blocks = {}
    at = next_line(file.text, file.top["actions"][0].end) if file.top else 0
    for ref, placed in file.records.items():
        start = line_start(file.text, placed.key.start)
        blocks[ref] = Block(min(at, start), start, end_of(file, placed))
        at = blocks[ref].end
    return Page(file, blocks)


def plain(text: str) -> str:
    """A text with all its lines ended by a line feed."""
    return LINE_END.sub("\n", text)


def shifted(text: str, by: int, end: str) -> str:
    """Lines moved to the right, or to the left as far as they are indented, and ended in another way."""
    lines = []
    for line in LINE_END.split(text):
        spaces = len(line) - len(line.lstrip(" "))
        lines.append((" " * by + line if line.strip() else line) if by > 0 else line[min(-by, spaces) :])
    return end.join(lines)
