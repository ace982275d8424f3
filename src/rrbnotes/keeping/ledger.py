"""The notes reconciled with their register: what the register has, what it should have, and what a person changed in it."""

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date as Date
from pathlib import Path
from types import MappingProxyType

from rrbnotes.book import Notebook
from rrbnotes.errors import RrbError, Slip
from rrbnotes.home import Home
from rrbnotes.keeping.links import End, Tie, link
from rrbnotes.memory import REGISTER
from rrbnotes.model import Action, Due, Progress
from rrbnotes.notebook import load, reconciled
from rrbnotes.register.nodes import RegisterError
from rrbnotes.register.proof import strays
from rrbnotes.register.records import Placed
from rrbnotes.register.schema import differing
from rrbnotes.register.text import RegisterFile, changed, new_text, read_text
from rrbnotes.register.threeway import HEADS, told
from rrbnotes.shelf import shown
from rrbnotes.store.backups import digest
from rrbnotes.store.journal import read_journal

Known = Mapping[str, Action]
"""What earlier readings of a register found in the texts of its records."""
NOTHING: Known = MappingProxyType({})
BY_HAND = "hand"
"""Who said a progress that somebody wrote at the head of a record."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A register beside its notes."""

    path: Path
    shown: str
    """Its path as messages print it."""
    data: bytes | None
    """As it stands on disk; None where there is none."""
    file: RegisterFile | None
    book: Notebook
    """The notes, reconciled with the register and with what was changed in it by hand."""
    by_hand: Mapping[str, Progress]
    """What somebody wrote at the heads of records, by ref."""

    text: str | None
    """What the register should say; None where there is none and nothing to keep in one."""
    is_of_today: bool = False
    """Whether another day would see it otherwise: what a person wrote into the register is dated when it is found."""

    @property
    def bytes(self) -> bytes | None:
        """The same as bytes, with the byte order mark that the file has."""
        mark = codecs.BOM_UTF8 if (self.data or b"").startswith(codecs.BOM_UTF8) else b""
        return None if self.text is None else mark + self.text.encode()

    @property
    def is_behind(self) -> bool:
        """Whether a sync would write."""
        return self.bytes != self.data

    def with_records(self, records: Sequence[Action]) -> "Ledger":
        """The same after a person's word has changed the records."""
        book = reconciled(self.book, records)
        return replace(self, book=book, text=_text(self.file, book.register.actions))


def register_path(home: Home) -> Path:
    """Where the register of a board's notes is."""
    return home.notes / REGISTER


def shown_path(home: Home, shown_from: Path) -> str:
    """The register's path as messages print it."""
    return shown(register_path(home), shown_from)


def open_ledger(
    home: Home,
    shown_from: Path,
    data: bytes | None,
    today: Date,
    as_at: Date | None = None,
    healed: str | None = None,
    load: Callable[..., Notebook] = load,
    known: Known = NOTHING,
) -> Ledger:
    """Reconcile the notes with the bytes of their register; edits made in it by hand are of today. `healed` is the text
    to go on with where the bytes hold a conflict; `load` is how to read the notes, where more of them is wanted; `known`
    what an earlier reading of the register found in its records' texts."""
    path, name = register_path(home), shown_path(home, shown_from)
    text = healed if healed is not None or data is None else text_of(data, name)
    file = None if text is None else read_text(text, name, known)
    records = file.actions if file else ()
    book = load(home.notes, shown_from, home.settings, as_at, records)
    told_same = tuple(_told_same(book.register.actions)) if file and as_at is None else ()
    if told_same:
        book = reconciled(book, _joined(_recorded(book), told_same, today))
    by_hand = dict(_by_hand(file, book.register.actions, today)) if file and as_at is None else {}
    is_of_today = bool(told_same or by_hand)
    if by_hand and _is_as_left(home, path, data):  # asked last, for it reads the journal
        by_hand = {}
    if by_hand:
        book = reconciled(book, [_with_progress(one, by_hand.get(one.ref)) for one in _recorded(book)])
    # as it stood on another day, nothing is written
    text = _text(file, book.register.actions) if as_at is None else file.text if file else None
    return Ledger(path, name, data, file, book, by_hand, text, is_of_today)


def read_bytes(data: bytes, shown: str) -> RegisterFile:
    """Read a register from its bytes; raises `RegisterError` with the places of all that is wrong."""
    return read_text(text_of(data, shown), shown)


def text_of(data: bytes, shown: str) -> str:
    """The text of a register, without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        line = data.count(b"\n", 0, why.start) + 1
        raise RegisterError(
            f"{shown}:{line}:1: byte 0x{data[why.start]:02X} is not UTF-8; save the file as UTF-8, or restore a backup "
            "(`rrb doctor --restore`)"
        ) from why


def records_in(data: bytes | None) -> tuple[Action, ...]:
    """The actions in a register's bytes; none where there is no file."""
    return () if data is None else read_bytes(data, REGISTER).actions


def _text(file: RegisterFile | None, actions: Sequence[Action]) -> str | None:
    """What a register should say to have these actions."""
    if file is None:
        return new_text(actions) if actions else None
    kept = {action.ref for action in actions}
    return changed(file, actions, [ref for ref in file.said if ref not in kept])


def check_text(ledger: Ledger, data: bytes) -> None:
    """Read what is about to be written once more: it must say what was meant, and nothing else may have changed."""
    # records that stand there as they did say what they said
    known = ledger.file.known if ledger.file else NOTHING
    try:
        found = read_text(text_of(data, ledger.shown), ledger.shown, known)
    except RegisterError as why:  # its places are those of a text that is not there
        raise Slip(
            f"{ledger.shown}: cannot be changed in the way it is written now; nothing was changed; please report ({why})"
        ) from why
    wrong = differing(ledger.book.register.actions, found.actions)
    if not wrong and ledger.file:
        wrong = list(strays(ledger.file, found))
    if wrong:
        raise Slip(
            f"{ledger.shown}: would not read back as meant ({', '.join(wrong[:5])}); nothing was changed; please report"
        )


def _recorded(book: Notebook) -> list[Action]:
    """The actions that the register has."""
    return [action for action in book.register.actions if not action.provisional]


def _told_same(actions: Sequence[Action]) -> Iterator[tuple[str, str]]:
    """An earlier action and a later one whose own line names it by its ref, written there after both had a record: they are
    one, as by a person's link."""
    records = [action for action in actions if not action.provisional]
    known = {ref: action for action in records for ref in (action.ref, *action.also)}
    for action in records:
        path = action.first_seen.at.path if action.first_seen.at else None
        own = (one for one in action.mentions if one.at.path == path and one.ref and not one.echoes)
        named = (known[one.ref] for one in own if one.ref in known)
        keep = next((one for one in named if one is not action and _is_earlier(one, action)), None)
        if keep:
            yield keep.ref, action.ref


def _is_earlier(one: Action, other: Action) -> bool:
    mine, theirs = one.first_seen.date, other.first_seen.date
    return mine is not None and theirs is not None and mine < theirs


def _joined(actions: Sequence[Action], pairs: Iterable[tuple[str, str]], today: Date) -> Sequence[Action]:
    for keep, gone in pairs:
        by_ref = {action.ref: action for action in actions}
        if keep in by_ref and gone in by_ref:
            ends = (End(by_ref[keep], keep), End(by_ref[gone], gone))
            actions = link(actions, *ends, Tie("same", "", today))
    return actions


def _is_as_left(home: Home, path: Path, data: bytes | None) -> bool:
    """Whether the register is byte for byte what the last command here left, so that nobody has edited it since."""
    if data is None:
        return False
    with suppress(RrbError):  # where the journal cannot be read, the register is judged by itself
        return read_journal(home.root).left(home.root, path) == digest(data)
    return False


def _by_hand(file: RegisterFile, actions: Sequence[Action], today: Date) -> Iterator[tuple[str, Progress]]:
    """Heads of records that are neither what the notes and the history say nor what they said when last written."""
    for action in actions:
        record = file.said.get(action.ref)
        apart = [name for name in HEADS if record and getattr(record, name) != getattr(action, name)]
        placed = file.records[action.ref] if apart else None
        if placed:
            edited = {
                name: value
                for name in apart
                if name in placed.fields
                and (
                    (value := getattr(placed.action, name)) != told(placed.action, name)
                    or _is_written_short(placed, name)
                    or _is_moved(placed.action, name, getattr(action, name), action.first_seen.date)
                )
            }
            if edited:
                yield action.ref, Progress(today, by=BY_HAND, **edited)


def _is_written_short(placed: Placed, name: str) -> bool:
    """Whether a value stands as a person would write it and rrb never does: `owners: NPS`, `due: 2019-11-19`."""
    is_plain = name != "status" and placed.fields[name].scalar is not None
    return is_plain or bool(name == "due" and placed.action.due and not placed.action.due.text)


def _is_moved(record: Action, name: str, now: object, day: Date | None) -> bool:
    """Whether the same words stand with another day: no note says that, unless its meeting's own day was corrected."""
    is_of_day = record.first_seen.date == day
    return (
        name == "due"
        and is_of_day
        and isinstance(now, Due)
        and bool(record.due and record.due.text == now.text)
    )


def _with_progress(action: Action, progress: Progress | None) -> Action:
    return replace(action, history=(*action.history, progress)) if progress else action
