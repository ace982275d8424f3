"""A register cut at its records: a record that was read before says the same again, wherever it stands.

What a stretch of YAML says follows from its text, from what is open where it starts, and of what comes behind it only from
how far that is indented. A text is cut before each line that is indented by two and starts like a ref. Each piece has been
read among others and found to be one key of the block mapping below `actions`, at just the place of the cut, with a value
that ends before the next cut. So at a cut nothing is open but that mapping and the top one, whichever such pieces stand
before it: no quotes, no brackets, no block of text. And the start of a ref two columns in ends whatever stands deeper, as
the comment in the last line does. Hence a text of such pieces says what they say. Where a text is laid out in another way,
where a piece is found to be anything else or wrong, or where pieces are at odds with each other, there is no answer here,
and the text has to be read as a whole.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain

from rrbnotes.model import Action
from rrbnotes.register.nodes import MAX_CHARS, MAX_NODES, Node, Problems, read
from rrbnotes.register.records import Placed, Record, claimed_again, placed, read_records
from rrbnotes.register.schema import VERSION

LAST_LINE = "# end of actions"
"""Stands last in the file, so that one cut off is known for what it is."""
_INDENT = 2
_CUT = re.compile(r'\n(?=  [\w"])')
_LAST = '  end.0: {action: ""}\n'
_TOGETHER = 100
"""So many records are read in one go: their nodes are gone before the next ones are made."""
_CHARS_A_VALUE = MAX_CHARS // MAX_NODES + 2
"""No piece has more values: then no text of pieces has too many, with those of a head of this length."""
_MOST_HEAD = 64 * 1024
Top = Mapping[str, tuple[Node, Node]]
"""Names and values at the top of a register, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A register's text, cut."""

    head: str
    """All before the first record."""
    records: Sequence[str]
    """Each with what stands before the next one."""
    tail: str
    """The last line."""

    @property
    def text(self) -> str:
        """All of it."""
        return "".join((self.head, *self.records, self.tail))

    @property
    def starts(self) -> list[int]:
        """Where each record starts, and the last line."""
        return list(accumulate(map(len, self.records), initial=len(self.head)))

    @property
    def keys(self) -> list[int]:
        """Where the records' keys stand."""
        return [start + _INDENT for start in self.starts[:-1]]


def cut(text: str) -> Pieces | None:
    """Cut a register; None where it is laid out in another way than rrb does it."""
    end = text.rfind("\n", 0, -1) + 1
    starts = [found.end() for found in _CUT.finditer(text, 0, end)]
    is_ours = text[end:] in (LAST_LINE, f"{LAST_LINE}\n", f"{LAST_LINE}\r\n") and "<<<<<<< " not in text
    if not is_ours or not starts or starts[0] > _MOST_HEAD or len(text) > MAX_CHARS:
        return None
    bounds = zip(starts, [*starts[1:], end], strict=True)
    return Pieces(text[: starts[0]], [text[start:stop] for start, stop in bounds], text[end:])


def read_pieces(pieces: Pieces, known: Mapping[str, Action]) -> tuple[Top, dict[str, Action]] | None:
    """The top of a register and what its pieces say, some of which are known; None where that is not certain. Of `actions`
    only the name is right in the top."""
    new = [piece for piece in pieces.records if piece not in known]
    found: dict[str, Action] = {}
    try:
        top, _ = _read(pieces, ())
        for n in range(0, len(new), _TOGETHER):
            some = new[n : n + _TOGETHER]
            _, records = _read(pieces, some)
            found |= zip(some, (action for action, _, _ in records), strict=True)
    except Problems:
        return None
    said = {piece: found.get(piece) or known[piece] for piece in pieces.records}
    actions = {action.ref: action for action in said.values()}
    is_clear = len(actions) == len(pieces.records) and not any(claimed_again(actions))
    return (top, said) if is_clear else None


def _read(pieces: Pieces, some: Sequence[str]) -> tuple[Top, Sequence[Record]]:
    """Read some records, or none, as a register of their own, with one of ours behind them for which the mapping must still
    be open; raises `Problems` where they are not just what was cut."""
    alone = Pieces(pieces.head, (*some, _LAST), pieces.tail)
    root = read(alone.text)
    top = {key.scalar or "": (key, value) for key, value in root.pairs or ()} if root else {}
    if root is None or "actions" not in top or "version" not in top or top["version"][1].scalar != VERSION:
        raise Problems
    actions = top["actions"][1]
    if [key.start for key, _ in actions.pairs or ()] != alone.keys:
        raise Problems
    *records, _ = read_records(root, actions).values()
    for piece, (_, key, value) in zip(some, records, strict=True):
        end = key.start - _INDENT + len(piece)
        if value.end > end or _values(value) * _CHARS_A_VALUE > len(piece):
            raise Problems
    return top, records


def _values(node: Node) -> int:
    """How many values there are in one, with itself."""
    found = [node]
    for one in found:  # which grows meanwhile
        found += one.items or chain.from_iterable(one.pairs or ())
    return len(found)


class Places(Mapping[str, Placed]):
    """The records by ref, of a register that was read in pieces; each is placed when somebody asks for it."""

    def __init__(self, pieces: Pieces, actions: Sequence[Action]) -> None:
        self._pieces = pieces
        self._actions = actions
        self._numbers = {action.ref: n for n, action in enumerate(actions)}
        self._placed: dict[str, Placed] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __contains__(self, ref: object) -> bool:
        return ref in self._numbers

    def __getitem__(self, ref: str) -> Placed:
        if ref not in self._placed:
            self._placed[ref] = self._place(self._numbers[ref])
        return self._placed[ref]

    @cached_property
    def _before(self) -> list[tuple[int, int]]:
        """How many characters and lines stand between the head and each record."""
        lengths = ((len(piece), _lines_in(piece)) for piece in self._pieces.records)
        return list(accumulate(lengths, lambda one, two: (one[0] + two[0], one[1] + two[1]), initial=(0, 0)))

    def _place(self, n: int) -> Placed:
        _, ((_, key, value),) = _read(self._pieces, self._pieces.records[n : n + 1])
        for node in (key, value):
            _move(node, *self._before[n])
        return placed(self._actions[n], key, value)


def _move(node: Node, chars: int, lines: int) -> None:
    """Move a value from one place to another, further down in the text."""
    node.start, node.end, node.line = node.start + chars, node.end + chars, node.line + lines
    for part in node.items or [part for pair in node.pairs or () for part in pair]:
        _move(part, chars, lines)


def _lines_in(text: str) -> int:
    """How many line ends are in a text, as YAML counts them."""
    return sum(map(text.count, ("\n", "\r", "\x85", "\u2028", "\u2029"))) - text.count("\r\n")
