"""The text of a merged register: ours with the merged values, and what only theirs wrote, taken over as it stands."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rrbnotes.edits import Edit, apply
from rrbnotes.model import Action
from rrbnotes.reconciling.refs import natural
from rrbnotes.register.pages import KNOWN, SHOWN, Page, page, shifted
from rrbnotes.register.places import line_ends, line_start, next_line
from rrbnotes.register.remarks import Remark, put
from rrbnotes.register.schema import FIELDS, differing
from rrbnotes.register.text import RegisterFile, changed, placing, read_text


def woven(
    base: Page, ours: Page, theirs: Page, wanted: Mapping[str, Action], apart: Collection[str] = ()
) -> RegisterFile:
    """The merged register, which says what is wanted, by ref; nothing of theirs goes into the records that are to be kept
    apart. Raises `ValueError` where it would not: a slip of ours.

    Both sides are first brought to the wanted values, each in its own spelling; then each record, field and entry is
    taken from the side that wrote it.
    """
    left, right = page(_saying(ours.file, wanted)), page(_saying(theirs.file, wanted))
    sides = _Sides(
        base, ours, theirs, left, right, line_ends(left.file.text), _all_above(base) | _all_above(ours)
    )
    text = apply(left.file.text, _edits(sides, wanted, apart))
    file = left.file if text == left.file.text else read_text(text, SHOWN)
    wrong = differing(wanted.values(), file.actions)
    if wrong:
        raise ValueError(f"the merged register would not read back as meant: {', '.join(wrong[:5])}")
    return file


def _saying(file: RegisterFile, wanted: Mapping[str, Action]) -> RegisterFile:
    """A side of the merge with the wanted values, in its own spelling, and without the records that are not wanted."""
    gone = [ref for ref in file.records if ref not in wanted]
    text = changed(file, [wanted[ref] for ref in file.records if ref in wanted], gone)
    return file if text == file.text else read_text(text, SHOWN)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The three registers, and two that say what is wanted: `left` in the spelling of ours, `right` in that of theirs."""

    base: Page
    ours: Page
    theirs: Page
    left: Page
    right: Page
    end: str
    """How ours ends its lines."""
    known: frozenset[str]
    """The comments above records that theirs did not bring."""


def _edits(sides: _Sides, wanted: Mapping[str, Action], apart: Collection[str]) -> Iterator[Edit]:
    """What to change in `left`; what goes to one place, in the order in which it shall stand there."""
    left, right = sides.left, sides.right
    yield from _own_fields(sides, "")
    place_for = placing(left.file)
    for ref in sorted(right.blocks.keys() - left.blocks.keys(), key=natural):
        yield _added(sides, ref, place_for(ref))
    yield from _comments(sides, "")
    for ref in left.blocks:
        is_both = ref in right.blocks and ref not in apart
        if not is_both or sides.theirs.raw(ref, True) == sides.base.raw(ref, True):
            continue
        if sides.ours.raw(ref) == sides.base.raw(ref):
            yield from _comments(sides, ref, only_above=True)
            yield Edit(left.blocks[ref].start, left.blocks[ref].end, _block(sides, ref))
        elif not any(one.file.records[ref].in_braces for one in (left, right)):
            yield from _own_fields(sides, ref)
            yield from _known_fields(sides, wanted[ref])
            yield from _comments(sides, ref)


def _block(sides: _Sides, ref: str) -> str:
    """A record of theirs, as it is to stand among ours."""
    block, file = sides.right.blocks[ref], sides.right.file
    column = next((placed.key.column for placed in sides.left.file.records.values()), 3)
    by = column - file.records[ref].key.column
    return shifted(file.text[block.start : block.end], by, sides.end)


def _added(sides: _Sides, ref: str, at: int) -> Edit:
    """A record that only theirs has, with the comments above it, but for those that stood above another record."""
    block, text = _block(sides, ref), sides.left.file.text
    pad = block[: len(block) - len(block.lstrip(" "))]
    above = "".join(f"{pad}{one}{sides.end}" for one in _above(sides.right, ref) if one not in sides.known)
    return Edit(at, at, ("" if at == 0 or text[at - 1] in "\r\n" else sides.end) + above + block)


def _above(one: Page, ref: str) -> list[str]:
    """The comments above a record's key."""
    return [remark.text for remark in one.remarks(ref) if _is_above(remark)]


def _is_above(remark: Remark) -> bool:
    return remark.name == "" and not remark.trails


def _all_above(one: Page) -> frozenset[str]:
    """The comments above all records."""
    led = [ref for ref, block in one.blocks.items() if block.lead < block.start]
    return frozenset(text for ref in led for text in _above(one, ref))


def _own_fields(sides: _Sides, ref: str) -> Iterator[Edit]:
    """Somebody's own fields that only theirs changed, put in, replaced or taken out."""
    base, ours, theirs = (one.own(ref) for one in (sides.base, sides.ours, sides.theirs))
    left, right = sides.left.own(ref), sides.right.own(ref)
    by = sides.left.indent(ref) - sides.right.indent(ref)
    place = sides.left.first_place(ref)
    for name in dict.fromkeys((*right.names, *left.names)):
        decides = name not in KNOWN and ours.raw(name) == base.raw(name) != theirs.raw(name)
        if name in left.names:
            start, end = left.span(name)
            place = next_line(left.text, end) if name != "actions" else place
            if decides and name in right.names:
                yield Edit(start, end, _spelled(sides, ref, name))
            elif decides:
                yield Edit(start, place, "")
        elif decides:
            yield Edit(place, place, shifted(sides.right.lines(ref, name), by, sides.end))


def _spelled(sides: _Sides, ref: str, name: str) -> str:
    """A field as theirs spells it."""
    start, end = sides.right.own(ref).span(name)
    by = sides.left.indent(ref) - sides.right.indent(ref)
    return shifted(sides.right.file.text[start:end], by, sides.end)


def _known_fields(sides: _Sides, action: Action) -> Iterator[Edit]:
    """The values that theirs wrote, as theirs spells them."""
    ref = action.ref
    base, ours, left, right = (one.own(ref) for one in (sides.base, sides.ours, sides.left, sides.right))
    ours_said, theirs_said = (one.file.records[ref].action for one in (sides.ours, sides.theirs))
    for name, field in FIELDS.items():
        value = field.of(action)
        if value is None or name not in left.names or name not in right.names:
            continue
        is_new = field.of(ours_said) != value or ours.raw(name) == base.raw(name)
        if field.entry:
            yield from _entries(sides, ref, name, value)
        elif is_new and field.of(theirs_said) == value and left.raw(name) != right.raw(name):
            yield Edit(*left.span(name), _spelled(sides, ref, name))


def _entries(sides: _Sides, ref: str, name: str, said: Sequence[object]) -> Iterator[Edit]:
    """The entries that theirs wrote, as theirs spells them, where both sides give each a line."""
    before, ours, theirs = (one.own(ref).entries(name) for one in (sides.base, sides.ours, sides.theirs))
    nodes = [one.own(ref).values[name] for one in (sides.left, sides.right)]
    if any(node.is_flow for node in nodes):
        return
    text, other = sides.left.file.text, sides.right.file.text
    for entry, mine, yours in zip(said, *(node.items or () for node in nodes), strict=True):
        if entry in theirs and (entry not in ours or ours[entry] == before.get(entry)):
            start, by = line_start(other, yours.start), mine.column - yours.column
            spelled = shifted(other[start : yours.end], by, sides.end)
            yield Edit(line_start(text, mine.start), mine.end, spelled)


def _comments(sides: _Sides, ref: str, only_above: bool = False) -> Iterator[Edit]:
    """The comments that theirs brought, at what they stand at; above a record none that stood above another one."""
    left = sides.left
    known = {remark.text for one in (sides.base, sides.ours) for remark in one.remarks(ref)}
    names = left.own(ref).names
    brought = [
        remark
        for remark in sides.right.remarks(ref)
        if remark.text not in known
        and not (_is_above(remark) and remark.text in sides.known)
        and (_is_above(remark) or not only_above)
        and (not remark.name or remark.name in names or remark.name in KNOWN)  # else they came with the field
    ]
    yield from put(left.file.text, left.atoms(ref), brought)
