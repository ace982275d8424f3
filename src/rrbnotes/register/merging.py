"""The three-way merge of registers, by ref and field: for git, for `sync --resolve` and for `undo`."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from rrbnotes.model import Action
from rrbnotes.reconciling.refs import natural
from rrbnotes.register.fates import Fates, fates, homes, said
from rrbnotes.register.marking import marked
from rrbnotes.register.nodes import RegisterError
from rrbnotes.register.pages import KNOWN, SHOWN, Page, page, shifted
from rrbnotes.register.places import line_ends
from rrbnotes.register.renumbering import Settle, renumbered, unlike
from rrbnotes.register.schema import FIELDS
from rrbnotes.register.sides import claims, doubles, refenced, sides, singled
from rrbnotes.register.text import RegisterFile, read_text
from rrbnotes.register.threeway import absorbed, merged, other_changes, without_names
from rrbnotes.register.weaving import woven


@dataclass(frozen=True, slots=True)
class Clash:
    """One field of one record that both sides changed in different ways."""

    ref: str
    """Empty for the top of the register."""
    field: str
    """Empty where two actions have the same ref; then the values are their words."""
    ours: str
    """As it is written in a register; empty where there is nothing."""
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of two registers."""

    text: str
    """The whole register. Around what clashes stand git's conflict markers, with what was there before."""
    clashes: tuple[Clash, ...]
    said: tuple[str, ...]
    """What a person should know, a line each."""


def merge(
    base: RegisterFile | None,
    ours: RegisterFile,
    theirs: RegisterFile,
    settle: Settle | None = None,
    *,
    labels: tuple[str, str] = ("ours", "theirs"),
    size: int = 7,
) -> Merged:
    """Merge what two sides made of a register; without a `base`, what both of them hold.

    With `settle` no clash is left: it says, for two actions that got the same new ref, whether ours keeps it, and the
    other is renumbered; of all other clashes ours wins, and it is said. `size` is the length of the conflict markers.
    Raises `ValueError` where the result would not read back as meant, which is a slip of ours.
    """
    return _merge(base, ours, theirs, settle, labels, size)


def _merge(
    base: RegisterFile | None,
    ours: RegisterFile,
    theirs: RegisterFile,
    settle: Settle | None,
    labels: tuple[str, str],
    size: int = 7,
    is_mixed: bool = False,
) -> Merged:
    if theirs.text in (ours.text, base and base.text):
        return Merged(ours.text, (), ())
    if base and ours.text == base.text:
        return Merged(shifted(theirs.text, 0, line_ends(ours.text)), (), ())
    apart = [] if settle else unlike(base, ours, theirs)
    ours, theirs, notes = renumbered(base, ours, theirs, settle)
    before, left, right = (page(file or RegisterFile("")) for file in (base, ours, theirs))
    three = _Three(before, left, right, fates(before, left, right), is_mixed)
    wanted, other = (three.actions(apart, ours_wins) for ours_wins in (True, False))
    file = woven(before, left, right, wanted, apart)
    clashes = tuple(_clashes(three, wanted, other, apart))
    notes += three.told(labels)
    notes += _claimed_twice(left, right, wanted, labels)
    if settle:
        notes += [
            f"{c.ref or 'at the top'}: {c.field} {c.ours or 'nothing'} stays, {c.theirs or 'nothing'} is left out"
            for c in clashes
        ]
        return Merged(file.text, (), tuple(notes))
    places = [(clash.ref, clash.field) for clash in clashes]
    text = marked(page(file), right, before if base else None, places, other, labels, size)
    return Merged(text, clashes, tuple(notes))


def resolved(text: str, shown: str, settle: Settle, labels: tuple[str, str] = ("ours", "theirs")) -> Merged:
    """Heal a register that has git's conflict markers in it, keys that stand twice because git took the lines of both
    sides, or both. Raises `RegisterError` where a marker is missing or a side cannot be read."""
    before, ours, theirs = sides(text, shown)
    named = [(labels[0], shown, ours)]
    if ours != theirs:
        named = [
            (label, f"{shown} ({label})", side) for label, side in zip(labels, (ours, theirs), strict=True)
        ]
    files = [
        (label, read_text(part, name))
        for label, name, side in named
        for part in singled(refenced(side, name), name)
    ]
    # what stands twice came from one side, and git has put it into the base too, as if it had been there before
    is_known = before is not None and all(doubles(side, name)[1] is None for _, name, side in named)
    base = _readable(before) if before is not None and is_known else None
    (_, result), *rest = files
    notes: list[str] = []
    for label, file in rest:
        step = _merge(base, result, file, settle, (labels[0], label), is_mixed=True)
        result = read_text(step.text, SHOWN)
        notes += step.said
    return Merged(result.text, (), tuple(dict.fromkeys(notes)))


def _readable(text: str) -> RegisterFile | None:
    """What was before both sides; None where git has put lines of both into it."""
    try:
        text = refenced(text, SHOWN)
        return read_text(claims(text, SHOWN)[1] or text, SHOWN)
    except RegisterError:
        return None


@dataclass(frozen=True, slots=True)
class _Three:
    """The three registers of a merge."""

    base: Page
    ours: Page
    theirs: Page
    fates: Fates
    is_mixed: bool
    """Whether git has put lines of each side into the other's text."""

    def actions(self, apart: Collection[str], ours_wins: bool) -> dict[str, Action]:
        """The merged actions by ref; of those that are to be kept apart the winner's, and what names them means that one."""
        result = {}
        for ref in self.fates.stays:
            before, ours, theirs = self.said(ref)
            winner, loser = (ours, theirs) if ours_wins else (theirs, ours)
            one = winner or loser
            if ours and theirs and ref not in apart:
                one = merged(before, ours, theirs, ours_wins, self.is_mixed)
            if one:
                result[ref] = without_names(one, loser, (winner, before), apart)
        for ref, home in self.fates.moves.items():
            before, ours, theirs = self.said(ref)
            if gone := ours or theirs:
                result[home] = absorbed(result[home], gone, before)
        return _answering(result)

    def said(self, ref: str) -> tuple[Action | None, Action | None, Action | None]:
        """What each says of an action."""
        return said(self.base, ref), said(self.ours, ref), said(self.theirs, ref)

    def told(self, labels: tuple[str, str]) -> Iterator[str]:
        """What a person should know of records that one side took out."""
        for ref in (*self.fates.kept, *self.fates.moves):
            gone, here = labels if ref in self.theirs.blocks else labels[::-1]
            before, ours, theirs = self.said(ref)
            action, home = ours or theirs, self.fates.moves.get(ref)
            if home is None:
                yield f"{ref}: taken out by {gone}, changed by {here}; it stays"
            elif action and action != before:
                lost = ", ".join(other_changes(action, before)) if before else f'its words "{action.action}"'
                left_out = f"; left out: {lost}" if lost else ""
                yield f"{ref}: made one with {home} by {gone}; what {here} added to it stands there{left_out}"


def _answering(actions: dict[str, Action]) -> dict[str, Action]:
    """The actions, each answering only to refs that no record has and no action before it answers to."""
    taken = set(actions)
    for ref, action in actions.items():
        also = tuple(other for other in dict.fromkeys(action.also) if other not in taken)
        taken.update(also)
        if also != action.also:
            actions[ref] = replace(action, also=also)
    return actions


def _claimed_twice(
    ours: Page, theirs: Page, wanted: Mapping[str, Action], labels: tuple[str, str]
) -> Iterator[str]:
    """What each side made one with another action."""
    left, right = homes(ours), homes(theirs)
    for ref in sorted(left.keys() & right.keys(), key=natural):
        both = (left[ref], right[ref])
        answers = [home for home in both if home in wanted and ref in wanted[home].also]
        if both[0] != both[1] and answers:
            by = " and ".join(f"with {home} by {label}" for home, label in zip(both, labels, strict=True))
            yield f"{ref}: made one {by}; {answers[0]} answers to it"


def _clashes(
    three: _Three, wanted: Mapping[str, Action], other: Mapping[str, Action], apart: Collection[str]
) -> Iterator[Clash]:
    """What comes out differently when theirs wins, and what is somebody's own and was changed by both."""
    yield from _own_clashes(three, "")
    for ref, ours in wanted.items():
        if ref in apart:
            yield Clash(ref, "", ours.action, other[ref].action)
            continue
        for name, field in FIELDS.items():
            values = field.of(ours), field.of(other[ref])
            if values[0] != values[1]:
                yield Clash(ref, name, *("" if v is None else field.kind.write(v) for v in values))
        if ref in three.ours.blocks and ref in three.theirs.blocks:
            yield from _own_clashes(three, ref)


def _own_clashes(three: _Three, ref: str) -> Iterator[Clash]:
    base, ours, theirs = (one.own(ref) for one in (three.base, three.ours, three.theirs))
    for name in dict.fromkeys(name for name in (*ours.names, *theirs.names) if name not in KNOWN):
        before, mine, yours = (one.raw(name) for one in (base, ours, theirs))
        if len({before, mine, yours}) == 3:
            yield Clash(ref, name, mine or "", yours or "")
