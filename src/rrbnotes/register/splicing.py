"""Changes to one record of a register at the places where its values stand; whatever else stands there stays."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rrbnotes.edits import Edit
from rrbnotes.model import Action
from rrbnotes.register.nodes import Node, Problems
from rrbnotes.register.places import end_before, line_end, line_ends, line_start
from rrbnotes.register.schema import FIELDS, KEYS_WITHIN, entry_writer
from rrbnotes.register.values import quoted

_REMARK = re.compile(r"#[^\r\n]*")
Values = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Spliced:
    """A record as it stands in a text, about to be changed."""

    text: str
    ref: str
    key: Node
    names: Mapping[str, Node]
    fields: Mapping[str, Node]
    indent: int
    """How far its fields are indented."""
    in_braces: bool

    def edits(self, then: Action, now: Action, end: str) -> Iterator[Edit]:
        """What turns the record of one action into that of another; raises `Problems` where its spelling does not allow
        it. `end` is how the text ends its lines."""
        last = self.key
        for name, one in FIELDS.items():
            old, new, node = one.of(then), one.of(now), self.fields.get(name)
            if old != new and self.in_braces:
                what = f"{self.ref} is written in braces and cannot be changed in place; give each of its fields a line"
                raise Problems(self.key.problem(what))
            if old != new and node:
                yield from self._field(name, self.names[name], node, old, new, end)
            elif old != new and new is not None:
                at = line_end(self.text, _end(self.text, last))
                yield Edit(at, at, end + field_text(name, new, self.indent, end).rstrip("\r\n"))
            last = node or last

    def _field(self, name: str, key: Node, node: Node, then: object, now: object, end: str) -> Iterator[Edit]:
        """One field: taken out, changed entry by entry, or replaced as a whole."""
        write = entry_writer(name)
        if now is None:
            yield from self._without(key, node)
        elif node.is_null and write and not _remarks(self.text, key, node):
            lines = field_text(name, now, self.indent, end).strip(" \r\n")
            yield Edit(key.start, max(_end(self.text, node), self._colon(key)), lines)
        elif write and node.items and isinstance(then, tuple) and isinstance(now, tuple):
            entries = _flow_entries if node.is_flow else _block_entries
            yield from entries(self.text, node, _keeping(self.text, name, write), then, now, end)
        else:
            yield self._replaced(key, node, FIELDS[name].kind.write(now), KEYS_WITHIN.get(name, ()), end)

    def _without(self, key: Node, node: Node) -> Iterator[Edit]:
        """The lines of a field go, unless somebody wrote something of their own in them: then only its value does."""
        stop = _end(self.text, node)
        rest = self.text[stop : line_end(self.text, stop)]
        if not rest.strip() and not _remarks(self.text, key, node):
            yield Edit(end_before(self.text, key.start), line_end(self.text, stop), "")
        elif node.items and not node.is_flow:
            yield Edit(self._colon(key), self._colon(key), " null")
            for item in node.items:
                yield _without_entry(self.text, item)
        else:
            _refuse_remarks(self.text, node)
            yield Edit(node.start, stop, "null")

    def _replaced(self, key: Node, node: Node, value: str, known: Sequence[str], end: str) -> Edit:
        """Another value in the place of the old one; keys of somebody's own within it stay."""
        _refuse_remarks(self.text, node)
        value = _with_own_keys(self.text, node, value, known)
        if node.line == key.line or node.start == node.end:
            return Edit(node.start, _end(self.text, node), (" " if node.start == node.end else "") + value)
        pad = end + " " * (self.indent + 2)
        return _below(self.text, self._colon(key), key, node, value, pad)

    def _colon(self, key: Node) -> int:
        """Behind the colon of a field."""
        return self.text.index(":", key.end) + 1


def field_text(name: str, value: object, indent: int, end: str) -> str:
    """The lines of one field."""
    pad, one = " " * indent, FIELDS[name]
    if one.entry and isinstance(value, tuple):
        return f"{pad}{name}:{end}" + "".join(f"{pad}  - {one.entry(entry)}{end}" for entry in value)
    return f"{pad}{name}: {one.kind.write(value)}{end}"


Write = Callable[[object, Node | None], str]
"""A value as it is written, in the place of a node or by itself."""


def _keeping(text: str, name: str, write: Callable[[object], str]) -> Write:
    """Writes an entry; where it takes the place of another, with the keys of somebody's own that stand there."""
    known = KEYS_WITHIN.get(name, ())
    return lambda value, node: _with_own_keys(text, node, write(value), known) if node else write(value)


def _block_entries(
    text: str, node: Node, write: Write, then: Values, now: Values, end: str
) -> Iterator[Edit]:
    """Entries that stay keep their lines, and what differs between them is written anew."""
    entries = node.items or []
    dash = _dash(text, entries[0])
    indent = text[line_start(text, dash) : dash]
    for old, new, before in _runs(entries, then, now):
        for item, value in zip(old, new, strict=False):
            yield _below(text, _dash(text, item) + 1, item, item, write(value, item), f"{end}{indent}  ")
        for item in old[len(new) :]:
            yield _without_entry(text, item)
        added = "".join(f"{end}{indent}- {write(value, None)}" for value in new[len(old) :])
        if added:
            at = line_end(text, _end(text, before)) if before else end_before(text, dash)
            yield Edit(at, at, added)


def _flow_entries(text: str, node: Node, write: Write, then: Values, now: Values, _: str) -> Iterator[Edit]:
    """The same for a list in brackets."""
    entries = node.items or []
    if not set(then) & set(now) and not _remarks(text, entries[0], entries[-1]):
        places = [*entries[: len(now)], *[None] * (len(now) - len(entries))]
        texts = (write(value, item) for value, item in zip(now, places, strict=True))
        yield Edit(entries[0].start, entries[-1].end, ", ".join(texts))
        return
    for old, new, before in _runs(entries, then, now):
        for item, value in zip(old, new, strict=False):
            yield Edit(item.start, item.end, write(value, item))
        gone = old[len(new) :]
        if gone:
            first, last = entries.index(gone[0]), entries.index(gone[-1])
            start = entries[first - 1].end if first else gone[0].start
            stop = gone[-1].end if first else entries[last + 1].start
            within = [remark for item in gone for remark in _remarks(text, item, item)]
            if within or "#" in text[start : gone[0].start] + text[gone[-1].end : stop]:
                raise Problems(
                    gone[0].problem("a remark stands within this list; move it out of the brackets")
                )
            yield Edit(start, stop, "")
        added = [write(value, None) for value in new[len(old) :]]
        if added and before:
            yield Edit(before.end, before.end, "".join(f", {value}" for value in added))
        elif added:
            yield Edit(entries[0].start, entries[0].start, "".join(f"{value}, " for value in added))


def _runs(
    entries: Sequence[Node], then: Values, now: Values
) -> Iterator[tuple[Sequence[Node], Values, Node | None]]:
    """Where two lists differ: old entries, new values, and the last old entry up to there."""
    for _, i, i_end, j, j_end in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if then[i:i_end] != now[j:j_end]:
            yield entries[i:i_end], now[j:j_end], entries[i_end - 1] if i_end else None


def _below(text: str, start: int, first: Node, last: Node, value: str, line: str) -> Edit:
    """Another value behind a colon or a dash; the comments among what it replaces come before it, each on a line."""
    remarks = _remarks(text, first, last)
    lines = [*remarks, value] if remarks else []
    return Edit(start, _end(text, last), "".join(f"{line}{one}" for one in lines) or f" {value}")


def _without_entry(text: str, item: Node) -> Edit:
    """With the line end before it: the one behind it is where the next field may be put. Remarks in it and behind it stay."""
    stop, dash = _end(text, item), _dash(text, item)
    rest = text[stop : line_end(text, stop)]
    remarks = _remarks(text, item, item)
    if remarks:
        lines = [*remarks, rest.strip()] if rest.strip() else remarks
        indent = text[line_start(text, dash) : dash]
        return Edit(dash, stop + len(rest), f"{line_ends(text)}{indent}".join(lines))
    if rest.strip():
        return Edit(_dash(text, item), stop + len(rest) - len(rest.lstrip()), "")
    return Edit(end_before(text, _dash(text, item)), line_end(text, _end(text, item)), "")


def _dash(text: str, item: Node) -> int:
    """Where the dash of an entry stands."""
    return text.rindex("-", 0, item.start)


def _end(text: str, node: Node) -> int:
    """Where a value ends; the parser counts the line end behind a block of text to it."""
    return node.start + len(text[node.start : node.end].rstrip())


def _with_own_keys(text: str, node: Node, value: str, known: Sequence[str]) -> str:
    """A mapping in braces with the keys of somebody's own that stood in its place."""
    if not node.pairs or not value.endswith("}"):
        return value
    _refuse_remarks(text, node)
    own = [f"{text[k.start : k.end]}: {_flat(text, v)}" for k, v in node.pairs if k.scalar not in known]
    return (
        value[:-1] + "".join(f"{', ' if value != '{}' else ''}{one}" for one in own) + "}" if own else value
    )


def _refuse_remarks(text: str, node: Node) -> None:
    """What stands in brackets goes as a whole, and a remark within them would go too."""
    is_empty = not node.items and not node.pairs
    remarks = _REMARK.findall(text[node.start : node.end]) if is_empty else _remarks(text, node, node)
    if node.is_flow and node.scalar is None and remarks:
        raise Problems(node.problem("a remark stands within this value; move it out"))


def _flat(text: str, node: Node) -> str:
    """A value as it may stand in braces."""
    raw = text[node.start : _end(text, node)]
    return raw if node.is_flow and "\n" not in raw and "\r" not in raw else quoted(node.scalar or raw)


def _remarks(text: str, first: Node, last: Node) -> list[str]:
    """The comments among the values from one node to another."""
    at, gaps = first.start, []
    leaves = {leaf.start: leaf for node in (first, last) for leaf in _leaves(node)}
    for start in sorted(leaves):
        gaps.append(text[at:start])
        at = max(at, leaves[start].end)
    return [remark for gap in [*gaps, text[at : _end(text, last)]] for remark in _REMARK.findall(gap)]


def _leaves(node: Node) -> list[Node]:
    if node.items:
        return [leaf for item in node.items for leaf in _leaves(item)]
    if node.pairs:
        return [leaf for pair in node.pairs for part in pair for leaf in _leaves(part)]
    return [node]
