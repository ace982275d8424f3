"""Git's conflict markers around what both sides of a merge changed, and around nothing else."""

from collections.abc import Iterable, Mapping

from rrbnotes.edits import Edit, apply
from rrbnotes.model import Action
from rrbnotes.register.pages import Page, plain, shifted
from rrbnotes.register.places import line_ends, next_line
from rrbnotes.register.schema import FIELDS
from rrbnotes.register.splicing import field_text


def marked(
    here: Page,
    theirs: Page,
    base: Page | None,
    places: Iterable[tuple[str, str]],
    other: Mapping[str, Action],
    labels: tuple[str, str],
    size: int,
) -> str:
    """The text of a merged register with both sides of some fields, by ref and name; of a whole record where no name is given.

    `other` has the actions as they would be if theirs had won. What was before is written too, where it is known: without
    it nobody could tell later a field that both changed from two actions that got one ref.
    """
    text = here.file.text
    end = line_ends(text)
    bar = {sign: sign * size for sign in "<|=>"}
    edits = []
    for ref, name in places:
        start, stop = _span(here, ref, name)
        before = f"{bar['|']} base{end}{_lines(base, here, ref, name)}" if base else ""
        edits.append(
            Edit(
                start,
                stop,
                f"{bar['<']} {labels[0]}{end}{text[start:stop]}{before}{bar['=']}{end}"
                f"{_theirs(theirs, here, ref, name, other)}{bar['>']} {labels[1]}{end}",
            )
        )
    return apply(text, edits)


def _span(here: Page, ref: str, name: str) -> tuple[int, int]:
    """The whole lines of a field or record; an empty place where the field could stand if it is not there."""
    text, own = here.file.text, here.own(ref)
    if not name:
        return here.blocks[ref].start, here.blocks[ref].end
    if name in own.names:
        start, end = own.span(name)
        return start, next_line(text, end)
    known = list(FIELDS)
    earlier = known[: known.index(name)] if name in FIELDS else []
    before = next((other for other in reversed(earlier) if other in own.names), None)
    place = next_line(text, own.span(before)[1]) if before else here.first_place(ref)
    return place, place


def _above(one: Page, ref: str) -> str:
    """The lines above a record that are its own."""
    return plain(one.file.text[one.blocks[ref].lead : one.blocks[ref].start])


def _lines(one: Page, here: Page, ref: str, name: str) -> str:
    """A field or record of another register, as it would stand here; nothing where it is not there."""
    if (not name and ref not in one.blocks) or (name and name not in one.own(ref).names):
        return ""
    start, stop = _span(one, ref, name)
    if not name and _above(one, ref) != _above(here, ref):
        start = one.blocks[ref].lead
    by = here.indent(ref) - one.indent(ref)
    return shifted(one.file.text[start:stop], by, line_ends(here.file.text))


def _theirs(theirs: Page, here: Page, ref: str, name: str, other: Mapping[str, Action]) -> str:
    """Theirs in its own spelling, unless what it says follows from more than this field."""
    if name not in FIELDS or not ref:
        return _lines(theirs, here, ref, name)
    value = FIELDS[name].of(other[ref])
    placed = theirs.file.records.get(
        ref
    )  # a record may clash that theirs has not: what it names went to another there
    if placed and value == FIELDS[name].of(placed.action) and name in theirs.own(ref).names:
        return _lines(theirs, here, ref, name)
    if value is None:
        return ""
    return field_text(name, value, here.indent(ref), line_ends(here.file.text))
