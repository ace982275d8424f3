"""What a merge by lines leaves in a register: git's conflict markers, and keys that stand twice."""

import re
from collections.abc import Iterator, Sequence

from rrbnotes.edits import Edit, apply
from rrbnotes.register.nodes import Node, Problem, Problems, RegisterError, read
from rrbnotes.register.places import line_start, next_line
from rrbnotes.register.text import record_end, ref_text, refusal
from rrbnotes.register.values import TEXTS

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_MARK = re.compile(r"(<{7,}|\|{7,}|={7,}|>{7,})(?: [^\r\n]*)?[\r\n]*")
_FENCE = re.compile(
    r"(?>[ \t]*(?:#(?! end )[^\r\n]*)?(?:\r\n|\n|\r))*[ \t]*# end ([^\r\n]+\.[pm]?\d+)[ \t]*(?:\r|\n|$)"
)
"""The comment at the end of a record, behind comments of somebody's own."""
_NEXT = {"<": "|=", "|": "=", "=": ">", ">": "<"}
"""The markers that may follow each marker."""


def sides(text: str, shown: str) -> tuple[str | None, str, str]:
    """What was before both sides of a conflict, ours and theirs, each as a whole text; the first is None where a hunk does
    not tell it. A text without markers is its own two sides. Raises `RegisterError` where a marker is missing."""
    parts: dict[str, list[str]] = {"|": [], "<": [], "=": []}
    state, size, opened, is_known = ">", 0, 0, True
    for number, line in enumerate(_LINE.findall(text), 1):
        mark = _MARK.fullmatch(line)
        if not mark or (state != ">" and len(mark[1]) != size):
            for name in parts if state == ">" else state:
                parts[name].append(line)
            continue
        sign = mark[1][0]
        if sign not in _NEXT[state]:
            raise _damaged(number, f"`{mark[1]}` does not belong here", shown)
        if sign == "<":
            size, opened = len(mark[1]), number
        is_known = is_known and (state, sign) != ("<", "=")
        state = sign
    if state != ">":
        raise _damaged(opened, f"this conflict has no `{min(_NEXT[state], key='>='.find) * size}`", shown)
    base, ours, theirs = ("".join(lines) for lines in parts.values())
    # git nests the conflicts of a base that it had to merge itself
    is_known = is_known and opened > 0 and not any(map(_MARK.fullmatch, _LINE.findall(base)))
    return (base if is_known else None), ours, theirs


def _damaged(line: int, what: str, shown: str) -> RegisterError:
    todo = (
        f"put the marker lines right, or let git write the conflict anew: `git checkout --merge -- {shown}`"
    )
    return refusal(Problems(Problem(line, 1, f"{what}; {todo}")), shown)


def refenced(text: str, shown: str) -> str:
    """A register in which each record has the ref that the comment at its end tells, unless another record has that: where a
    record came at the place of one that went, git makes their like lines one, and the end of the one follows the other."""
    records = _records(_root(text, shown))
    edits, given = [], set(records)
    for ref, (key, value) in records.items():
        fence = _FENCE.match(text, next_line(text, max(key.end, value.end)))
        if fence and fence[1] in given:
            edits.append(Edit(*fence.span(1), ref))
        elif fence:
            edits.append(Edit(key.start, key.end, ref_text(fence[1])))
            given.add(fence[1])
    return apply(text, edits)


def singled(text: str, shown: str) -> Iterator[str]:
    """Registers that can be read, from one in which git has put the lines of both sides: each has one of what stands there
    twice. Raises `RegisterError` where it is no YAML."""
    for split in (doubles, claims):
        first, further = split(text, shown)
        if further is not None:
            yield from singled(first, shown)
            yield from singled(further, shown)
            return
    yield text


def doubles(text: str, shown: str) -> tuple[str, str | None]:
    """A register without keys that stand there again, and one without those that stand there first; the second is None
    where no key stands twice."""
    again: list[Edit] = []
    first: list[Edit] = []
    _cut_doubles(text, _root(text, shown), 0, again, first)
    return (apply(text, again), apply(text, first)) if first else (text, None)


def claims(text: str, shown: str) -> tuple[str, str | None]:
    """A register without the records to whose refs others answer, as where one side made two actions one, and one in which
    the others do not answer to them; the second is None where no ref is claimed twice."""
    records = _records(_root(text, shown))
    also = {ref: _also(value) for ref, (_, value) in records.items()}
    holders: dict[str, list[str]] = {}
    for ref, (_, others) in also.items():
        for other in others:
            holders.setdefault(other, []).append(ref)
    if not any(other in records or len(refs) > 1 for other, refs in holders.items()):
        return text, None
    first, further = [], []
    for ref, (node, others) in also.items():
        if ref in holders:
            first.append(_cut(text, *records[ref], is_record=True))
        elif node:
            first.append(_answering(node, [other for other in others if holders[other][0] == ref]))
        if node:
            unclaimed = [other for other in others if other not in records]
            further.append(
                _answering(node, [o for o in unclaimed if holders[o][0] != ref or len(holders[o]) == 1])
            )
    return apply(text, first), apply(text, further)


def _records(root: Node) -> dict[str, tuple[Node, Node]]:
    """The records by ref, each with its key."""
    actions = next((value for key, value in root.pairs or () if key.scalar == "actions"), None)
    return {key.scalar or "": (key, value) for key, value in (actions.pairs or () if actions else ())}


def _also(record: Node) -> tuple[Node | None, tuple[str, ...]]:
    """The refs that a record answers to, and where they stand."""
    node = next(
        (value for key, value in record.pairs or () if key.scalar == "also" and not value.is_null), None
    )
    items = (node.items or [node]) if node else []
    return node, tuple(dict.fromkeys(item.scalar for item in items if item.scalar is not None))


def _answering(also: Node, refs: Sequence[str]) -> Edit:
    return Edit(also.start, also.end, TEXTS.write(refs))


def _root(text: str, shown: str) -> Node:
    try:
        return read(text) or Node(0, 0, 1, 1)
    except Problems as why:
        raise refusal(why, shown) from why


def _cut_doubles(text: str, node: Node, depth: int, again: list[Edit], first: list[Edit]) -> None:
    """Cut what stands twice in a mapping: the register (depth 0), its actions or one of them."""
    by_name: dict[str | None, list[tuple[Node, Node]]] = {}
    for key, value in node.pairs or ():
        by_name.setdefault(key.scalar, []).append((key, value))
    for name, pairs in by_name.items():
        cuts = [_cut(text, key, value, is_record=depth == 1) for key, value in pairs]
        inside = len(first)
        if depth == 1 or (depth == 0 and name == "actions"):
            _cut_doubles(text, pairs[0][1], depth + 1, again, first)
        again += cuts[1:]
        if len(first) == inside:  # else it goes the next time, when nothing stands twice in it
            first += cuts[:1] if len(cuts) > 1 else []


def _cut(text: str, key: Node, value: Node, is_record: bool) -> Edit:
    end = max(key.end, value.end)
    return Edit(
        line_start(text, key.start),
        record_end(text, key.scalar or "", end) if is_record else next_line(text, end),
        "",
    )
