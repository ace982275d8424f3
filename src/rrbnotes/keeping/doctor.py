"""What may be wrong with a board's notes and their register: a table of checks, each from a patient to findings."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from textwrap import shorten

from rrbnotes.book import HALF_READ, UNREADABLE
from rrbnotes.diagnostics import Severity
from rrbnotes.errors import did_you_mean
from rrbnotes.keeping.health import Finding, Patient, Probe
from rrbnotes.keeping.links import BACK
from rrbnotes.keeping.overlooked import RIGHT_FOLDER, TO_BEGIN, overlooked
from rrbnotes.keeping.restoring import Kept, newest_good
from rrbnotes.keeping.surroundings import (
    copies,
    damaged_backups,
    damaged_journal,
    git_merges,
    held_lock,
    leftovers,
    own_places,
    writable,
)
from rrbnotes.model import Action
from rrbnotes.reconciling.refs import natural
from rrbnotes.reconciling.wording import wording
from rrbnotes.register.threeway import HEADS

Check = Callable[[Patient], Iterator[Finding]]
_MOST_PLACES = 20
_LONGEST = 70
_OWN_CURE = ("rrb sync --resolve", "use a newer rrb")
"""Where a problem of the register says one of these, an older text is no cure."""
_PLACE = re.compile(r":(\d+:\d+): ")
_OTHER_SIDE = {**BACK, **{back: verb for verb, back in BACK.items()}}


def findings(patient: Patient) -> list[Finding]:
    """All that is wrong, from the worst to the mildest."""
    probe = Probe(patient.shown_from)
    found = [
        finding
        for check in CHECKS
        for finding in probe.at(patient.home.root, partial(_all, check, patient)) or ()
    ]
    order = list(Severity)
    every = dict.fromkeys(
        (*patient.unseen, *found, *probe.failures)
    )  # several checks may stand before one closed door
    return sorted(every, key=lambda finding: order.index(finding.severity))


def _all(check: Check, patient: Patient) -> list[Finding]:
    """A check carried out to its end."""
    return list(check(patient))


def damaged_register(patient: Patient) -> Iterator[Finding]:
    """A register that cannot be read: what to do, then each place."""
    if not patient.wrong:
        return
    where, lines = patient.shown(patient.register), patient.wrong
    kept = newest_good(patient.home.root, patient.data)
    if any(cure in line for line in lines for cure in _OWN_CURE):
        todo = "do as is said below"
    else:
        todo = f"mend it where is said below, or {_bring_back(kept)}"
    yield Finding(Severity.ERROR, where, "cannot be read, and no other command goes on until it can", todo)
    backup = "(`rrb doctor --restore`)" if kept else "(from version control)"
    for line in lines[:_MOST_PLACES]:
        place = _PLACE.match(line.removeprefix(where))
        what = (line.removeprefix(where)[place.end() :] if place else line).replace(
            "(`rrb doctor --restore`)", backup
        )
        todo = "" if any(mark in what for mark in ";?") else "mend it there"
        yield Finding(Severity.ERROR, f"{where}:{place[1]}" if place else where, what, todo)
    if len(lines) > _MOST_PLACES:
        yield Finding(
            Severity.ERROR, where, f"{len(lines) - _MOST_PLACES} more like these", "mend these first"
        )


def missing_register(patient: Patient) -> Iterator[Finding]:
    """A register that was written here and is gone, or none yet."""
    if patient.ledger is None or patient.data is not None:
        return
    where, actions = patient.shown(patient.register), len(patient.book.register.actions)
    if patient.was_written:
        what = "gone, though rrb has written it here; with it go the refs, and what `rrb update` was told"
        yield Finding(Severity.ERROR, where, what, _bring_back(newest_good(patient.home.root, None)))
    elif actions:
        what = f"not there yet: {actions} actions wait for refs that stay"
        yield Finding(Severity.NOTE, where, what, "`rrb sync` makes it")


def _bring_back(kept: Kept | None) -> str:
    """How a former text of the register comes back."""
    if kept is None:
        return "take it from version control or a backup of your own, for rrb has kept no good text of it"
    return f"put back what it was on {kept.when} ({len(kept.actions)} actions): `rrb doctor --restore`"


def unread_notes(patient: Patient) -> Iterator[Finding]:
    """Notes that cannot be read, and a folder without any."""
    told = {finding.where for finding in patient.unseen}
    for diagnostic in patient.book.diagnostics:
        if diagnostic.name in HALF_READ and str(diagnostic.at) not in told:
            todo = "" if ";" in diagnostic.message else "mend it there"
            yield Finding(Severity.ERROR, str(diagnostic.at), diagnostic.message, todo)
    if not patient.book.meetings and not patient.book.diagnostics and not patient.unseen:
        todo = RIGHT_FOLDER if patient.data is not None or patient.journal.entries else TO_BEGIN
        yield Finding(Severity.WARNING, patient.shown(patient.home.notes), "no notes in it", todo)


def overlooked_files(patient: Patient) -> Iterator[Finding]:
    """Files that may be minutes and are not read: a line for each kind."""
    for kind in overlooked(patient.home, patient.shown_from):
        it = "it" if kind.is_one else "them"
        what = (
            "not read" if kind.is_one else f"{len(kind.paths)} files that end in {kind.ending} are not read"
        )
        where = kind.paths[0] if kind.is_one else patient.shown(patient.home.notes)
        todo = f"{kind.todo}, or name {it} under `exclude`"
        yield Finding(Severity.NOTE, where, f"{what}, for a note ends in .md", todo)


def lost_actions(patient: Patient) -> Iterator[Finding]:
    """Outstanding actions whose line is gone from a note that is here."""
    paths = {meeting.key: meeting.path for meeting in patient.book.meetings}
    for action in patient.changes.lost if patient.changes else ():
        where = paths.get(action.first_seen.meeting or "", patient.at(action.ref))
        todo = f"put it back, or close it: rrb update {action.ref} closed -m REASON"
        yield Finding(Severity.ERROR, where, f"the line of {action.ref} is gone: {_quoted(action)}", todo)


def missing_notes(patient: Patient) -> Iterator[Finding]:
    """Notes that records name and that are not here; a note that is here and cannot be read is another matter."""
    unread = {d.at.path for d in patient.book.diagnostics if d.name in UNREADABLE}
    for key, records in patient.changes.absent.items() if patient.changes else ():
        where = patient.shown(patient.home.notes / f"{key}.md")
        if where not in unread:
            named = (
                "1 record names it and stays as it"
                if records == 1
                else f"{records} records name it and stay as they"
            )
            verb = "is" if records == 1 else "are"
            todo = "put it back, if it was not taken away on purpose"
            yield Finding(Severity.WARNING, where, f"no such note here; {named} {verb} in the register", todo)


def unknown_refs(patient: Patient) -> Iterator[Finding]:
    """Refs in links that name no action."""
    known = {ref for action in patient.said.values() for ref in (action.ref, *action.also)}
    for ref, action in patient.said.items():
        named = [("links", n, link.ref) for n, link in enumerate(action.links)]
        named += [("not_same", n, other) for n, other in enumerate(action.not_same)]
        for field, n, other in named:
            if other is not None and other not in known:
                what = f"{ref} names {other}, which no action has{did_you_mean(other, known)}"
                todo = "write the right ref there, or take the entry out"
                yield Finding(Severity.WARNING, patient.at(ref, field, n), what, todo)
        for n, other in enumerate(action.also):
            if not natural(other)[3] or not natural(other)[0]:
                what = f"{ref} is said to be also '{other}', which is no ref"
                yield Finding(Severity.WARNING, patient.at(ref, "also", n), what, "take it out of `also`")


def one_sided_links(patient: Patient) -> Iterator[Finding]:
    """Links of which the other action says nothing."""
    records = {name: action for action in patient.said.values() for name in (action.ref, *action.also)}
    for ref, action in patient.said.items():
        for n, link in enumerate(action.links):
            other, back = records.get(link.ref or ""), _OTHER_SIDE.get(link.verb)
            if other and back and not _says(other, back, action):
                one, verb, far = (ref, link.verb, other.ref) if link.verb in BACK else (other.ref, back, ref)
                what = f"{one} {verb} {far}, but {other.ref} does not say so"
                todo = f"say it again: rrb unlink {one} {far}, then rrb link {one} {verb} {far}"
                yield Finding(Severity.WARNING, patient.at(ref, "links", n), what, todo)


def _says(action: Action, verb: str, other: Action) -> bool:
    return any(link.verb == verb and link.ref in (other.ref, *other.also) for link in action.links)


def duplicates(patient: Patient) -> Iterator[Finding]:
    """Records of one board that say the same, for the same people, and were first seen at the same meeting."""
    alike: dict[object, list[Action]] = defaultdict(list)
    for action in patient.book.register.actions:
        if action.ref in patient.said:
            seen, words = action.first_seen, wording(action.action).joined
            alike[action.board, seen.meeting, seen.date, words, frozenset(action.first_owners)].append(action)
    for first, *others in alike.values():
        for other in others:
            if other.ref not in first.not_same and first.ref not in other.not_same:
                what = f"{other.ref} says the same as {first.ref} of the same meeting: {_quoted(other)}"
                todo = f"if they are one: rrb link {first.ref} same {other.ref}; if not: rrb link {first.ref} different {other.ref}"
                yield Finding(Severity.WARNING, patient.at(other.ref), what, todo)


def edits_by_hand(patient: Patient) -> Iterator[Finding]:
    """Heads of records that disagree with their own history."""
    for ref, progress in patient.ledger.by_hand.items() if patient.ledger else ():
        fields = [name for name in HEADS if getattr(progress, name) is not None]
        what = f"{ref}: {' and '.join(fields)} changed by hand, which its history does not say yet"
        todo = f"`rrb sync` keeps it as progress of {progress.date}"
        yield Finding(Severity.NOTE, patient.at(ref, fields[0]), what, todo)


def unknown_refs_in_notes(patient: Patient) -> Iterator[Finding]:
    """Refs printed in notes that name no action."""
    actions = patient.book.register.actions
    known = {ref for action in actions for ref in (action.ref, *action.also)}
    for meeting in (
        patient.book.meetings if patient.ledger else ()
    ):  # without a register nobody could know them
        for mention in meeting.mentions:
            if mention.ref and mention.ref not in known:
                what = f"the ref {mention.ref} names no action{did_you_mean(mention.ref, known)}"
                todo = "correct it there; `rrb actions --all` lists the refs"
                yield Finding(Severity.WARNING, str(mention.at), what, todo)


def behind(patient: Patient) -> Iterator[Finding]:
    """A register that does not say yet what the notes say."""
    if patient.ledger and patient.data is not None and patient.ledger.is_behind:
        todo = "`rrb sync` brings it up to date, `rrb sync -n` shows what that changes"
        yield Finding(Severity.NOTE, patient.shown(patient.register), "behind the notes", todo)


def _quoted(action: Action) -> str:
    return f"“{shorten(action.action, _LONGEST, placeholder='…')}”"


CHECKS: tuple[Check, ...] = (
    missing_register,
    damaged_register,
    own_places,
    unread_notes,
    overlooked_files,
    git_merges,
    lost_actions,
    writable,
    copies,
    missing_notes,
    unknown_refs,
    one_sided_links,
    duplicates,
    unknown_refs_in_notes,
    damaged_journal,
    damaged_backups,
    edits_by_hand,
    behind,
    leftovers,
    held_lock,
)
"""In this order within one severity."""
