"""What a look at a board's notes and register found, and what restoring did, in sentences."""

from collections.abc import Iterable, Iterator, Sequence

from rrbnotes.diagnostics import Severity
from rrbnotes.keeping.health import Finding, Patient
from rrbnotes.keeping.restoring import Difference, Kept
from rrbnotes.quoting import count
from rrbnotes.store.backups import backups
from rrbnotes.store.trial import Trial

_MOST_REFS = 8


def is_bad(found: Iterable[Finding]) -> bool:
    """Whether anything is damaged."""
    return any(finding.severity is Severity.ERROR for finding in found)


def summary(found: Sequence[Finding]) -> str:
    """`1 error, 2 warnings`."""
    counts = ((sum(f.severity is severity for f in found), severity) for severity in Severity)
    return ", ".join(count(number, severity) for number, severity in counts if number)


def well(found: Iterable[Finding], patient: Patient) -> Iterator[str]:
    """That all is well, where nothing is worse than a note: `17 actions in notes/actions.yaml, …`."""
    if all(finding.severity is Severity.NOTE for finding in found):
        register = patient.shown(patient.register)
        has = f"{count(len(patient.said), 'action')} in {register}"
        none = f"{count(len(patient.book.register.actions), 'action')} in the notes, no register"
        journal = patient.journal
        undoable = count(len(journal.entries) - len(journal.undone), "command")
        kept = count(len(backups(patient.home.root, patient.register.name)), "backup")
        yield f"all is well: {none if patient.data is None else has}, {undoable} can be undone, {kept}"


def locking(trial: Trial, shown: str) -> str:
    """Whether people can safely write in a folder from one computer."""
    if trial.is_safe:
        turns = f"{trial.hands} programs took turns {trial.holds} times, and no two wrote at once"
        return f"{shown}: safe: {turns}; other computers were not tried"
    if trial.wrong:
        what = f"nobody can be kept from writing beside another: {trial.wrong}"
    else:
        what = f"two people can write here at once: of {trial.holds} times, {trial.together} met another, and {trial.lost} were lost"
    return f"{shown}: {Severity.ERROR}: {what}; keep the notes on a disk of the computer's own, and share them with git"


def kept(texts: Iterable[Kept], present: bytes | None) -> Iterator[str]:
    """The former texts of the register, each once, newest first: name, when, what is in it."""
    seen: set[tuple[str, str]] = set()
    for text in texts:
        if (text.name, text.wrong) in seen:
            continue
        seen.add((text.name, text.wrong))
        what = text.wrong or count(len(text.actions), "action")
        now = ", as the register is now" if text.data == present else ""
        yield f"{text.name}  {text.when}  {len(text.data):,} bytes, {what}{now}"


def restored(shown: str, text: Kept, differs: Difference, is_new: bool) -> Iterator[str]:
    """What was put back, and what that changes."""
    if not is_new:
        yield f"{shown}: is {text.name} already, nothing was written"
        return
    yield f"{shown}: put back as it was on {text.when} ({text.name}): {count(len(text.actions), 'action')}"
    said = (
        ("there again", differs.more),
        ("no longer there", differs.less),
        ("there as they were then", differs.other),
    )
    for what, refs in said:
        if refs:
            more = f" and {len(refs) - _MOST_REFS} more" if len(refs) > _MOST_REFS else ""
            yield f"  {what}: {', '.join(refs[:_MOST_REFS])}{more}"
