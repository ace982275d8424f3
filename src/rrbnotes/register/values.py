"""The kinds of values in a register: each read from its node, with an error at its place, and written as one line."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.model import LINK_VERBS, Due, Status
from rrbnotes.quoting import quoted as quoted_shortly
from rrbnotes.register.nodes import Node, Problem, Problems
from rrbnotes.statuses import named

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNPRINTABLE = re.compile(
    "[\x7f-\x9f\u061c\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Characters that YAML forbids or that a reader of the file would not see; a byte of a command line that is no text."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value."""

    read: Callable[[Node], Any]
    """Raises `Problems` at the node."""
    write: Callable[[Any], str]


def quoted(words: str) -> str:
    """A text in double quotes, so that no reader of YAML takes it for anything else. Raises where it is no text."""
    return _UNPRINTABLE.sub(_escaped, json.dumps(words, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xD800 <= code <= 0xDFFF:
        raise RrbError(
            f"{quoted_shortly(found.string[1:-1])}: a byte that is not UTF-8; give these words as UTF-8"
        )
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _read_text(node: Node) -> str:
    if node.scalar is None:
        raise Problems(node.problem("a text is wanted here"))
    return node.scalar


def _read_day(node: Node) -> Date:
    words = _read_text(node)
    try:
        return Date.fromisoformat(words) if _DAY.fullmatch(words) else _no_day(node, words)
    except ValueError:
        return _no_day(node, words)


def _no_day(node: Node, words: str) -> Date:
    raise Problems(node.problem(f"'{words}' is no day; write it as 2019-11-19"))


def _read_status(node: Node) -> Status:
    words = _read_text(node)
    status = named(words)
    if status is None:
        raise Problems(
            node.problem(
                f"unknown status '{words}'{did_you_mean(words, list(Status)) or '; one of ' + ', '.join(Status)}"
            )
        )
    return status


def _read_verb(node: Node) -> str:
    word = _read_text(node)
    if word not in LINK_VERBS:
        hint = did_you_mean(word, LINK_VERBS) or f"; one of {', '.join(LINK_VERBS)}"
        raise Problems(node.problem(f"'{word}' is nothing that an action is to another one{hint}"))
    return word


def _read_texts(node: Node) -> tuple[str, ...]:
    """A list of texts; a text alone is a list with commas, as people write one."""
    if node.scalar is not None:
        return tuple(part.strip() for part in node.scalar.split(",") if part.strip())
    if node.items is None:
        raise Problems(node.problem('a list is wanted here, such as ["NPS"]'))
    return tuple(_read_text(item) for item in node.items)


def mapping(node: Node, kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """The known fields of a mapping, all problems together; empty values are left out, unknown keys let be."""
    if node.pairs is None:
        raise Problems(
            node.problem(f"a mapping is wanted here, with keys such as {', '.join(list(kinds)[:3])}")
        )
    found: dict[str, Any] = {}
    problems: list[Any] = []
    for key, value in unique(node, problems):
        kind = kinds.get(key.scalar or "")
        if kind and not value.is_null:
            try:
                found[key.scalar or ""] = kind.read(value)
            except Problems as why:
                problems += why.problems
    if problems:
        raise Problems(*problems)
    return found


def unique(node: Node, problems: list[Any], todo: str = "keep one") -> Sequence[tuple[Node, Node]]:
    """The pairs of a mapping; a key given twice is a problem, for nobody can know which of the two was meant."""
    pairs = node.pairs or ()
    names = {key.scalar for key, _ in pairs}
    if len(names) < len(pairs) or None in names or "<<" in names:
        problems += _odd_keys(pairs, todo)
    return pairs


def _odd_keys(pairs: Sequence[tuple[Node, Node]], todo: str) -> Iterator[Problem]:
    seen: dict[str, Node] = {}
    for key, _ in pairs:
        if key.scalar is None:
            yield key.problem("a key must be a text")
        elif key.scalar == "<<":
            yield key.problem("a merge key (<<); write the values out")
        elif key.scalar in seen:
            yield key.problem(f"'{key.scalar}' stands twice (first on line {seen[key.scalar].line}); {todo}")
        else:
            seen[key.scalar] = key


def flow(fields: Mapping[str, Any], kinds: Mapping[str, Kind]) -> str:
    """A mapping on one line, its fields in the order of their kinds, empty ones left out."""
    return (
        "{"
        + ", ".join(
            f"{key}: {kind.write(fields[key])}"
            for key, kind in kinds.items()
            if fields.get(key) not in (None, "")
        )
        + "}"
    )


TEXT = Kind(_read_text, quoted)
TEXTS = Kind(_read_texts, lambda texts: "[" + ", ".join(map(quoted, texts)) + "]")
DAY = Kind(_read_day, Date.isoformat)
STATUS = Kind(_read_status, str)
VERB = Kind(_read_verb, str)
WORD = Kind(_read_text, str)
"""A text from a closed list of ours, written plain."""

DUE_FIELDS: Mapping[str, Kind] = {
    "text": TEXT,
    "date": DAY,
    "latest": DAY,
    "not_before": DAY,
    "recurs": TEXT,
}
"""The parts of a due date."""


def _read_due(node: Node) -> Due:
    """A due date with its parts; a day alone is one too, since that is what people write."""
    if node.scalar is not None:
        return Due(node.scalar, date=_read_day(node))
    return Due(**{"text": "", **mapping(node, DUE_FIELDS)})


DUE = Kind(_read_due, lambda due: flow({name: getattr(due, name) for name in DUE_FIELDS}, DUE_FIELDS))
