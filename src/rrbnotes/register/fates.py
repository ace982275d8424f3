"""Which records are in a merged register, and where the others went."""

from collections.abc import Mapping
from dataclasses import dataclass

from rrbnotes.model import Action
from rrbnotes.reconciling.refs import natural
from rrbnotes.register.pages import KNOWN, Page


@dataclass(frozen=True, slots=True)
class Fates:
    """What becomes of the records of both sides; those that are not named are gone."""

    stays: tuple[str, ...]
    """In the order of refs."""
    moves: Mapping[str, str]
    """Which one side has made one with another action, whose record stays: there goes what the other side added."""
    kept: tuple[str, ...]
    """Of those that stay, which one side took out and the other changed."""


def fates(base: Page, ours: Page, theirs: Page) -> Fates:
    """Compare which records both sides have: a record that nobody changed may go, and nothing else is lost."""
    stays, moves, kept = set(), {}, []
    before = homes(base)
    for here, there in ((ours, theirs), (theirs, ours)):
        home_of = homes(there)
        for ref in here.blocks:
            home = home_of.get(ref)
            if ref in there.blocks:
                stays.add(ref)
            elif home and home != before.get(
                ref
            ):  # else it was one with it before, and this side has parted them
                moves[ref] = home
            elif ref not in base.blocks:
                stays.add(ref)
            elif _content(here, ref) != _content(base, ref):
                stays.add(ref)
                kept.append(ref)
    for ref in sorted(moves, key=natural):
        if _end(ref, moves) == ref:  # each side made the other's one with its own: the first ref stays
            stays.add(ref)
            del moves[ref]
    ends = {ref: _end(ref, moves) for ref in sorted(moves, key=natural)}
    moved = {ref: end for ref, end in ends.items() if end in stays}
    everything = sorted(stays | (ends.keys() - moved.keys()), key=natural)
    return Fates(tuple(everything), moved, tuple(sorted(kept, key=natural)))


def homes(one: Page) -> dict[str, str]:
    """The records that answer to refs beside their own."""
    return {other: action.ref for action in one.file.actions for other in action.also}


def said(one: Page, ref: str) -> Action | None:
    """What a register says of an action; None where it has no record of it."""
    placed = one.file.records.get(ref)
    return placed.action if placed else None


def _end(ref: str, moves: Mapping[str, str]) -> str:
    """Where a record ends up; in a circle at the first of its refs."""
    way = [ref]
    while way[-1] in moves:
        to = moves[way[-1]]
        if to in way:
            return min(way[way.index(to) :], key=natural)
        way.append(to)
    return way[-1]


def _content(one: Page, ref: str) -> tuple[Action | None, dict[str, str | None]]:
    """What a record says, with what is somebody's own in it."""
    own = one.own(ref)
    return said(one, ref), {name: own.raw(name) for name in own.names if name not in KNOWN}
