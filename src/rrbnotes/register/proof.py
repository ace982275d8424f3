"""Whether a change to a register kept to what it was meant to change: asked before each write, and knows nothing of how the
change was made."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rrbnotes.register.places import line_start, next_line
from rrbnotes.register.remarks import atoms_of, remarks_in
from rrbnotes.register.schema import FIELDS, says_same
from rrbnotes.register.text import RegisterFile, end_of
from rrbnotes.source import split_lines

_FENCE = "# end "
_VALUE = re.compile(r"^[ \t]*[^#\s]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """A record with all that stands between it and the next one."""

    start: int
    stop: int


def strays(before: RegisterFile, after: RegisterFile) -> Iterator[str]:
    """What a change took along that is not its own: words outside the records that say something else now, and in these
    people's remarks and keys."""
    changed = [ref for ref in before.said if ref in after.said and not _is_same(before, after, ref)]
    touched = frozenset(changed) | (before.said.keys() ^ after.said.keys())
    ours, theirs = _parts(before, touched), _parts(after, touched)
    rests = _rest(before, ours), _rest(after, theirs)
    if rests[0] != rests[1] and _lines(rests[0]) != _lines(rests[1]):
        yield "what stands outside the records that change"
    for ref in changed:
        if _has_own(before, ref) and not _is_kept(before, ours[ref], after, theirs[ref], ref):
            yield f"remarks or keys of somebody's own in {ref}"


def _is_same(before: RegisterFile, after: RegisterFile, ref: str) -> bool:
    return before.said[ref] is after.said[ref] or says_same(before.said[ref], after.said[ref])


def _parts(file: RegisterFile, refs: Iterable[str]) -> Mapping[str, Part]:
    """Some records, as far as they are here, in the order of the file: each from the line of its key to that of the next."""
    starts = sorted(file.starts.values())
    found = {}
    for start, ref in sorted((file.starts[ref], ref) for ref in refs if ref in file.starts):
        after = bisect_right(starts, start)
        stop = line_start(file.text, starts[after]) if after < len(starts) else len(file.text)
        found[ref] = Part(line_start(file.text, start), stop)
    return found


def _rest(file: RegisterFile, parts: Mapping[str, Part]) -> str:
    """A register without these records."""
    pieces, at = [], 0
    for ref, part in parts.items():
        pieces.append(file.text[at : part.start])
        at = _end(file, part, ref)
    return "".join([*pieces, file.text[at:]])


def _lines(text: str) -> list[str]:
    """Empty ones may come and go with records."""
    return [line for line in split_lines(text) if line.strip()]


def _end(file: RegisterFile, part: Part, ref: str) -> int:
    """Where a record ends and what is between the records begins."""
    fence = f"{_FENCE}{ref}\n"
    at = file.text.find(fence, part.start, part.stop)
    is_plain = at >= 0 and file.text.count(_FENCE, part.start, part.stop) == 1
    if is_plain and not _VALUE.search(file.text, at + len(fence), part.stop):
        return at + len(fence)  # with a value behind it, it stands in a text of a person's own
    return end_of(file, file.records[ref])


def _has_own(file: RegisterFile, ref: str) -> bool:
    """Whether there may be a remark in a record, or a key that is none of ours."""
    record = file.records[ref]
    return not record.fields.keys() <= FIELDS.keys() or "#" in file.text[record.key.start : _last(file, ref)]


def _is_kept(before: RegisterFile, ours: Part, after: RegisterFile, theirs: Part, ref: str) -> bool:
    """Whether each remark of a record and each key of somebody's own is there as it was."""
    # the remark of an entry that went stays on a line of its own, perhaps behind all values
    end = _end(after, theirs, ref)
    is_said = _remarks(before, ours, ref, _own_end(before, ours, ref)) <= _remarks(after, theirs, ref, end)
    return is_said and _own_keys(before, ref) <= _own_keys(after, ref)


def _last(file: RegisterFile, ref: str) -> int:
    record = file.records[ref]
    return max((node.end for node in record.fields.values()), default=record.key.end)


def _own_end(file: RegisterFile, part: Part, ref: str) -> int:
    """The end of the line of a record's last value."""
    return min(next_line(file.text, _last(file, ref)), part.stop)


def _remarks(file: RegisterFile, part: Part, ref: str, end: int) -> Counter[str]:
    """The remarks in a record, up to a place."""
    atoms = atoms_of(file.records[ref])
    return Counter(remark.text for remark in remarks_in(file.text, atoms, part.start, end, _FENCE + ref))


def _own_keys(file: RegisterFile, ref: str) -> set[str]:
    record = file.records[ref]
    own = {name: node for name, node in record.fields.items() if name not in FIELDS}
    return {f"{name}: {file.text[node.start : node.end].strip()}" for name, node in own.items()}
