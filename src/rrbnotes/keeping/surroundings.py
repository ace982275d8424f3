"""What may be wrong around the register: folders, rights, leftovers, copies of sync clients, the lock, the journal, git."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from rrbnotes.diagnostics import Severity
from rrbnotes.errors import RrbError
from rrbnotes.keeping.health import Finding, Patient
from rrbnotes.memory import REGISTER
from rrbnotes.store import JOURNAL, LOCK
from rrbnotes.store.backups import BACKUP, backups, digest
from rrbnotes.store.disk import BYTES, DISK, NO_LINK
from rrbnotes.store.files import contents
from rrbnotes.store.look import absolute

_OWN = (("", True), (BACKUP, True), (LOCK, False), (JOURNAL, False))
"""What lies in `.rrb/`, and whether it is a folder."""
_WRITABLE = 0o222
_TEMP = ".rrb-tmp"
_MOST_HOLDER_BYTES = 800
_FEW = 5

_BY_SYNC = re.compile(
    r"[Cc]onflicted [Cc]opy"  # Dropbox, Nextcloud, ownCloud: `actions (Ann's conflicted copy 2026-01-12).yaml`
    r"|\.sync-conflict-\d"  # Syncthing: `actions.sync-conflict-20260112-101112-ABCDEFG.yaml`
    r"|\(SFConflict "  # Seafile
    r"|_conflict-\d"  # ownCloud of old
    r"|-safeBackup-\d"  # OneDrive on Linux
    r"|-(?:DESKTOP|LAPTOP|WIN)-[A-Z0-9]{5}"  # OneDrive puts the computer's name behind the file's
    r"|-\d{4}_[A-Za-z]{0,20}Conflict"  # Synology: `actions_PC_Jan-12-1011-2026_CaseConflict_1.yaml`
)
_NUMBERED = re.compile(r" (?:\(\d\d?\)|\d\d?)$")
"""What Google Drive, iCloud and browsers put behind the name of a second file."""


def own_places(patient: Patient) -> Iterator[Finding]:
    """A link or something else where rrb keeps what it needs for itself."""
    for name, is_folder in _OWN:
        path = patient.state / name
        try:
            mode = path.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            continue
        if not (stat.S_ISDIR if is_folder else stat.S_ISREG)(mode):
            kind = "a link" if stat.S_ISLNK(mode) else "not a folder" if is_folder else "not a file"
            what = f"{kind}; rrb keeps {'a folder' if is_folder else 'a file'} of its own there, and writes nothing now"
            yield Finding(Severity.ERROR, patient.shown(path), what, "move it away, a new one is made")
            return  # what lies in it is not ours either


def writable(patient: Patient) -> Iterator[Finding]:
    """What a command that writes would be refused."""
    state = patient.state if patient.state.exists() else patient.home.root
    folders = [patient.home.notes, _real_folder(patient.register), state, patient.state / BACKUP]
    for folder in dict.fromkeys(folders):
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            yield _read_only(patient, folder, "the folder cannot be written, so no change can be saved")
    for file in (patient.register, patient.state / LOCK, patient.state / JOURNAL):
        if file.is_file() and not (file.stat().st_mode & _WRITABLE and os.access(file, os.W_OK)):
            yield _read_only(patient, file, "the file is read-only, so no change can be saved")


def _read_only(patient: Patient, path: Path, what: str) -> Finding:
    return Finding(
        Severity.WARNING, patient.shown(path), what, "allow writing, if it is you who keeps the register"
    )


def _real_folder(path: Path) -> Path:
    """Where a file is written: a link may stand for it."""
    real = Path(os.path.realpath(path)).parent
    return path.parent if real == Path(os.path.realpath(path.parent)) else real


def damaged_journal(patient: Patient) -> Iterator[Finding]:
    """Lines of the journal that say nothing any more."""
    damaged = patient.journal.damaged
    if damaged:
        lines = ", ".join(map(str, damaged[:_FEW])) + (" …" if len(damaged) > _FEW else "")
        what = f"{len(damaged)} damaged, passed over (line {lines}): what these commands did cannot be undone"
        todo = "nothing else is lost; take the lines out to have peace"
        yield Finding(Severity.WARNING, f"{patient.shown(patient.state / JOURNAL)}:{damaged[0]}", what, todo)


def damaged_backups(patient: Patient) -> Iterator[Finding]:
    """Former texts that are not what was kept."""
    files = [file for entry in patient.journal.entries for file in entry.files]
    for name in dict.fromkeys([REGISTER, *(PurePosixPath(file.path).name for file in files)]):
        for path in backups(patient.home.root, name):
            data = contents(DISK, path)
            if data is not None and not digest(data).startswith(path.name.rpartition("-")[2]):
                what = "damaged: not the text that was kept under this name"
                todo = "remove it; rrb never puts it back"
                yield Finding(Severity.WARNING, patient.shown(path), what, todo)


def leftovers(patient: Patient) -> Iterator[Finding]:
    """Texts that were being written when a run was killed."""
    beside = [patient.state, patient.state / BACKUP, _real_folder(patient.register)]
    here = [path for folder in beside if folder.is_dir() for path in sorted(folder.iterdir())]
    for path in dict.fromkeys([*here, *patient.files]):
        if path.name.startswith(".") and path.name.endswith(_TEMP):
            what = "left over from a write that was cut short; harmless"
            todo = "the next write of that file removes it, or remove it yourself"
            yield Finding(Severity.NOTE, patient.shown(path), what, todo)


def copies(patient: Patient) -> Iterator[Finding]:
    """Second texts of the register and of notes, which sync clients leave where two computers wrote at once."""
    register = patient.register
    for path in patient.files:
        kind, stem = path.suffix.casefold(), path.stem
        number = _NUMBERED.search(stem)
        is_second = bool(number and path.with_name(stem[: number.start()] + path.suffix).exists())
        is_copy = is_second or bool(_BY_SYNC.search(stem))
        if kind in (".yaml", ".yml") and path.parent == register.parent and stem.startswith(register.stem):
            if path.name != register.name:
                what = (
                    f"looks like a copy of {register.name}, as sync clients leave them; rrb does not read it"
                )
                todo = f"see what it says that {register.name} does not, say that with `rrb update`, then remove it"
                yield Finding(Severity.WARNING, patient.shown(path), what, todo)
        elif kind == ".md" and is_copy:
            what = (
                "looks like a copy of a note, as sync clients leave them; it is read as a meeting of its own"
            )
            todo = "put what is right into one of the two and remove the other"
            yield Finding(Severity.WARNING, patient.shown(path), what, todo)


def held_lock(patient: Patient) -> Iterator[Finding]:
    """Somebody is writing at this moment, or a run hangs."""
    path = patient.state / LOCK
    if path.is_symlink() or not path.is_file():
        return
    try:
        fd = DISK.open(path, os.O_RDWR | NO_LINK | BYTES, 0)
    except OSError:  # that it cannot be written is said elsewhere
        return
    try:
        if DISK.lock(fd):
            DISK.unlock(fd)
            return
        words = DISK.read(fd, _MOST_HOLDER_BYTES).decode(errors="replace").strip() or "another rrb"
    finally:
        DISK.close(fd)
    todo = "others wait for it; if it is still there in a minute, end that process"
    yield Finding(Severity.NOTE, patient.shown(path), f"{words} is writing now", todo)


def git_merges(patient: Patient) -> Iterator[Finding]:
    """How git merges the register, as `.gitattributes` says it."""
    register = absolute(patient.register)
    top = next((folder for folder in register.parents if os.path.exists(folder / ".git")), None)
    where, way = _merge_way(top, register) if top else (register, "")
    if way == "union":
        what = (
            "merge=union puts the lines of both sides of the register together, so actions stand twice unseen"
        )
        yield Finding(Severity.ERROR, patient.shown(where), what, "say merge=rrb instead: `rrb init --git`")
    if way == "rrb" and top and not re.search(r'(?m)^[ \t]*\[merge[ \t]+"rrb"\]', _git_config(top)):
        what = "names the merge driver rrb, which this clone does not have: its merges of the register end in conflicts"
        yield Finding(Severity.WARNING, patient.shown(where), what, "set it up here: `rrb init --git`")


def _merge_way(top: Path, register: Path) -> tuple[Path, str]:
    """The last word of the nearest `.gitattributes` on how the register is merged, and that file."""
    found = register, ""
    for folder in (one for one in reversed(register.parents) if one.is_relative_to(top)):
        path = register.relative_to(folder).as_posix()
        for line in _text(folder / ".gitattributes").split("\n"):
            pattern, *attributes = line.split() or [""]
            ways = [word.partition("=")[2] for word in attributes if re.match(r"[-!]?merge(?:=|$)", word)]
            if ways and _fits(pattern, path):
                found = folder / ".gitattributes", ways[-1]
    return found


def _fits(pattern: str, path: str) -> bool:
    """As git has it: without a slash it is the name alone that counts."""
    pattern = pattern.removeprefix("**/")
    return fnmatchcase(path if "/" in pattern else PurePosixPath(path).name, pattern.removeprefix("/"))


def _git_config(top: Path) -> str:
    """The configuration of this clone; of a worktree, that of the clone it belongs to."""
    git = top / ".git"
    if git.is_file():
        git = top / _text(git).removeprefix("gitdir:").strip()
        git = git / _text(git / "commondir").strip()
    return _text(git / "config")


def _text(path: Path) -> str:
    """What a small file says; nothing where it cannot be read."""
    with suppress(OSError, RrbError, ValueError):
        return (contents(DISK, path) or b"").decode(errors="replace")
    return ""
