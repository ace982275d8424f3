"""YAML to nodes that know where they stand. Built from the parser's events, so that no input can make it recurse,
expand or guess a type: every scalar is a string."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from rrbnotes.errors import RrbError

MAX_CHARS = 10 * 1024 * 1024
MAX_DEPTH = 20
MAX_NODES = 1_500_000
MAX_SCALAR = 64 * 1024
_MEND = "mend it there, or restore a backup (`rrb doctor --restore`)"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class RegisterError(RrbError):
    """All that is wrong with a register, a line each: `actions.yaml:LINE:COL: message`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with its place; line and column count from 1."""

    line: int
    column: int
    message: str


class Problems(Exception):
    """What is wrong, before the file's name is known."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass(slots=True)
class Node:
    """A scalar, list or mapping; offsets count characters of the text, half-open."""

    start: int
    end: int
    line: int
    column: int
    scalar: str | None = None
    items: "list[Node] | None" = None
    pairs: "list[tuple[Node, Node]] | None" = None
    is_flow: bool = False
    """Of a collection: written in brackets. Of a scalar: written plain, without quotes."""

    @property
    def is_null(self) -> bool:
        """Whether it is an empty value or `null`, unquoted."""
        return self.scalar is not None and self.is_flow and self.scalar in ("", "~", "null")

    def problem(self, message: str) -> Problem:
        """A problem at this node."""
        return Problem(self.line, self.column, message)


def read(text: str) -> Node | None:
    """The one document of a text; None where there is nothing but white space and comments."""
    if len(text) > MAX_CHARS:
        raise Problems(Problem(1, 1, f"more than {MAX_CHARS:,} characters"))
    try:
        return _tree(yaml.parse(text, Loader=_Loader), text)
    except yaml.MarkedYAMLError as why:
        mark = why.problem_mark or why.context_mark
        said = why.problem or why.context or "cannot be read"
        raise Problems(
            Problem(
                mark.line + 1,
                mark.column + 1,
                f"not valid YAML: {said}; {_MEND}",
            )
            if mark
            else Problem(1, 1, said)
        ) from why
    except yaml.YAMLError as why:
        at = getattr(why, "position", 0)
        line = text.count("\n", 0, at) + 1
        what = f"not valid YAML: {getattr(why, 'reason', why)}; {_MEND}"
        raise Problems(Problem(line, at - text.rfind("\n", 0, at), what)) from why


def _tree(events: Iterator[Any], text: str) -> Node | None:
    """Build the nodes with a stack of our own; anchors, aliases, tags and further documents are refused at their place."""
    parts: list[Node] = []  # of what is open; a mapping has its keys and values in turn until it is closed
    outer: list[tuple[Node, list[Node]]] = []
    count = documents = 0
    for event in events:
        kind = type(event)
        if kind in _ENDS:
            node, above = outer.pop()
            _close(node, parts, event)
            parts = above
            continue
        make = _MAKERS.get(kind)
        if make is None or event.anchor or event.tag:
            _refuse(event, documents)
            documents += kind is yaml.DocumentStartEvent
            continue
        made = make(event, text)
        count += 1
        if count > MAX_NODES:
            raise Problems(made.problem(f"more than {MAX_NODES:,} values"))
        parts.append(made)
        if made.scalar is None:
            outer.append((made, parts))
            parts = []
            if len(outer) > MAX_DEPTH:
                raise Problems(made.problem(f"nested deeper than {MAX_DEPTH}"))
    root = parts[-1] if parts else None
    return None if root is None or root.scalar == "" else root


def _refuse(event: Any, documents: int) -> None:
    why = None
    if isinstance(event, yaml.AliasEvent):
        why = f"an alias (*{event.anchor}); write the value out"
    elif getattr(event, "anchor", None):
        why = f"an anchor (&{event.anchor}); write each value out"
    elif getattr(event, "tag", None):
        why = f"a tag ({event.tag}); quote the value instead"
    elif isinstance(event, yaml.DocumentStartEvent) and documents:
        why = "a second document; a register is one"
    if why:
        mark = event.start_mark
        raise Problems(Problem(mark.line + 1, mark.column + 1, why))


def _scalar(event: Any, text: str) -> Node:
    mark, end, value, style = event.start_mark, event.end_mark.index, event.value, event.style
    if style == "|" or style == ">":
        while text[end - 1] in "\r\n":
            end -= 1  # the line end behind a block scalar is not for whoever replaces the value
    node = Node(mark.index, end, mark.line + 1, mark.column + 1, value, None, None, not style)
    if len(value) > MAX_SCALAR:
        raise Problems(node.problem(f"a value of {len(value):,} characters, more than {MAX_SCALAR:,}"))
    return node


def _opened(event: Any, _: str) -> Node:
    mark = event.start_mark
    return Node(mark.index, 0, mark.line + 1, mark.column + 1, None, None, None, bool(event.flow_style))


def _close(node: Node, parts: list[Node], event: Any) -> None:
    """A list or mapping has all its parts. A block ends where the last of them does: the parser's own mark lies beyond the
    comments that follow."""
    node.end = event.end_mark.index if node.is_flow else parts[-1].end if parts else node.start
    if type(event) is yaml.SequenceEndEvent:
        node.items = parts
    else:
        node.pairs = list(zip(parts[::2], parts[1::2], strict=True))


_MAKERS: Mapping[type, Callable[[Any, str], Node]] = {
    yaml.ScalarEvent: _scalar,
    yaml.MappingStartEvent: _opened,
    yaml.SequenceStartEvent: _opened,
}
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
