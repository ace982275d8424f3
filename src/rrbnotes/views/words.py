"""What a person says on the command line or in a sheet of how actions stand, and what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date as Date

from rrbnotes.book import Notebook
from rrbnotes.british import long_due
from rrbnotes.errors import RrbError, did_you_mean
from rrbnotes.keeping.replies import Reply, Unpack, each_or_all, read_replies
from rrbnotes.keeping.saying import Word, due_of, owners_of, says_nothing
from rrbnotes.model import Action, Due, Status
from rrbnotes.quoting import count
from rrbnotes.reconciling.wording import wording
from rrbnotes.statuses import Words
from rrbnotes.views.cells import deadline_text, due_words, owners_text
from rrbnotes.views.changes import short
from rrbnotes.views.names import Ambiguous, action, the_status
from rrbnotes.views.orders import NO_OWNER

_MOST_SAME = 3
"""So many actions of which nothing new is said are named; of more only the number is said."""


def spoken(
    book: Notebook, words: Sequence[str], reason: str, due: str | None, owners: Sequence[str], day: Date
) -> dict[str, Word]:
    """What `REF… STATUS` says of each action; the status may have several words, and may be left out where something
    else is said. The words that name actions come first, whatever follows is the status."""
    known = Words(book.settings.statuses)
    words = [word for word in words if word.strip()]
    cut = next((n for n, word in enumerate(words) if not _refs_in(book, word)), len(words))
    refs, rest = [ref for word in words[:cut] for ref in _refs_in(book, word)], words[cut:]
    if not refs or (rest and not known.meant(" ".join(rest))):
        raise _misread(book, refs, rest, known)
    if not rest and not (reason or due or owners):
        raise RrbError(
            f"no status; write rrb update {' '.join(refs)} STATUS, or say what is new: -m, --due, --owner"
        )
    status = the_status(" ".join(rest), known) if rest else None
    meant = [action(book, ref) for ref in refs]
    return {one.ref: _word(book, one, status, reason, due, owners, day) for one in meant}


def _refs_in(book: Notebook, word: str) -> list[str]:
    """The refs in a word: one, or several with commas, in brackets or not; none where it is something else."""
    parts = [part.strip("[]() ") for part in word.split(",") if part.strip("[]() ")]
    try:
        for part in parts:
            action(book, part)
    except Ambiguous:
        raise
    except RrbError:
        return []
    return parts


def _misread(book: Notebook, refs: Sequence[str], rest: Sequence[str], known: Words) -> RrbError:
    """What is wrong with words that are neither a ref nor a status."""
    ends = [n for n in range(len(rest) - 1, 0, -1) if known.meant(" ".join(rest[:n]))]
    if refs and ends:
        said, more = " ".join(rest[: ends[0]]), " ".join(rest[ends[0] :])
        return RrbError(
            f"'{more}' is no status; a reason goes behind -m: rrb update {' '.join(refs)} {said} -m '{more}'"
        )
    last = next((n for n, word in enumerate(rest) if _refs_in(book, word)), 0)
    if not refs and last and known.meant(" ".join(rest[:last])):
        return RrbError(f"the refs come first: rrb update {' '.join(rest[last:])} {' '.join(rest[:last])}")
    if known.meant(" ".join(rest)):
        return RrbError(f"no ref before '{' '.join(rest)}'; write rrb update REF {' '.join(rest)}")
    is_status = any(known.meant(" ".join(rest[n:])) for n in range(1, len(rest)))
    try:
        if is_status or not refs:
            action(book, rest[0])
        the_status(" ".join(rest), known)
    except RrbError as why:
        return why
    raise AssertionError(rest)  # one of the two was not understood


def replied(book: Notebook, data: bytes, shown: str, day: Date, unpack: Unpack) -> dict[str, Word]:
    """What the rows of a sheet say on a day; all that is wrong with them is raised at once."""
    known = Words(book.settings.statuses)
    said: dict[str, Word] = {}

    def take(reply: Reply) -> None:
        if not reply.ref:
            raise RrbError("no ref in this row; write one, or take the row out")
        one = action(book, reply.ref)
        status, more = _status_in(reply.status, known)
        is_over = status is not None and not status.outstanding
        done_on = reply.due if is_over and not _is_nothing(reply.due) else ""  # not when it is due
        reason = _news(one, ": ".join(filter(None, (more, done_on, reply.reason))))
        due = None if is_over else _due_in(book, one, reply, day)
        if status and status.outstanding and not one.status.outstanding and not (reason or due):
            status = None  # the sheet is older than the finish: whoever reopens an action says why
        word = Word(status, reason, due)
        if Word() not in (word, said.get(one.ref, Word())):
            raise RrbError(f"{one.ref} stands in an earlier row too; keep one")
        said[one.ref] = said.get(one.ref, word) if word == Word() else word

    each_or_all(read_replies(data, shown, unpack), shown, take)
    return said


_NO_DATE = frozenset(
    {"", "-", "–", "—", ".", "?", "none", "n/a", "na", "tbc", "tbd", "same", "unchanged", "no change", "as before", "no date"}
)  # fmt: skip
"""What a person writes who needs no other date; `--due none` takes one away."""


def _is_nothing(words: str) -> bool:
    return words.strip(" .").casefold() in _NO_DATE


def _due_in(book: Notebook, one: Action, reply: Reply, day: Date) -> Due | None:
    """The new date in a row: not the one that the action has, nor in a column of its dates one that it ever had."""
    printed = set() if reply.due else set(_dates_of(one))
    words = reply.due or reply.stated
    if _is_nothing(words) or any(words.casefold().startswith(known) for known in printed):
        return None
    try:
        due = due_of(words, one.board, book, day)
    except RrbError as why:
        raise RrbError(f"{one.ref}: {why}") from why
    return None if says_nothing(Word(due=due), one) else due


def _dates_of(one: Action) -> Iterator[str]:
    """The dates that an action has and had, as lists and letters print them."""
    for due in filter(None, (one.due, one.first_due, *(progress.due for progress in one.history))):
        words = (deadline_text(due), due_words(due), long_due(due), due.text)
        yield from (word.casefold() for word in words if word)


def _status_in(words: str, known: Words) -> tuple[Status | None, str]:
    """The status in a cell, and what stands beside it: `done - sent to all`."""
    read = known.cell(words)
    if known.meant(words):
        return the_status(words, known), ""
    if read.unknown:
        raise RrbError(
            f"unknown status '{words}'{did_you_mean(words, known.known)}; known are {', '.join(Status)}"
        )
    return read.status, read.reason


def outcome(before: Mapping[str, Action], after: Sequence[Action], said: Mapping[str, Word]) -> Iterator[str]:
    """What became of each action that was spoken of, in a line."""
    now = {one.ref: one for one in after}
    same = [ref for ref, word in said.items() if says_nothing(word, before[ref])]
    if len(same) > _MOST_SAME:
        yield f"{len(same)} of {len(said)} actions: nothing new"
    for ref, word in said.items():
        was, one = before[ref], now[ref]
        if ref in same and len(same) > _MOST_SAME:
            continue
        if ref in same:
            yield f"{ref}: {f'is {was.status} already' if word.status else 'nothing new'}: {short(was.action)}"
            continue
        facts = ", ".join(_facts(was, one, word))
        yield f"{ref}: {facts}: {short(one.action)}"
        if word.status and one.status is not word.status:
            last = [p for p in one.history if p.status][-1]
            yield f"  the note of {last.date} has the later word, so it stays {one.status}; see rrb show {ref}"


def command(news: Mapping[str, Word], sheet: str | None) -> str:
    """What was said, for the list of commands that can be undone."""
    if sheet:
        return f"update --from {sheet}: {count(len(news), 'action')}"
    word = next(iter(news.values()), Word())
    due = f"--due {due_words(word.due)}" if word.due else ""
    owners = f"--owner {owners_text(word.owners) or 'none'}" if word.owners is not None else ""
    reason = f'-m "{word.reason}"' if word.reason else ""
    return " ".join(part for part in ("update", *news, word.status or "", due, owners, reason) if part)


def welcome(new: Action, others: Sequence[Action]) -> Iterator[str]:
    """A new action, and those that say the same."""
    due = f", due {due_words(new.due)}" if new.due else ""
    yield f"{new.ref}: {owners_text(new.owners) or NO_OWNER}{due}: {short(new.action)}"
    for other in others:
        if other.board == new.board and wording(other.action).joined == wording(new.action).joined:
            yield f"  {other.ref} ({other.status}) has the same words; if it is the same: rrb link {other.ref} same {new.ref}"


def _word(
    book: Notebook,
    one: Action,
    status: Status | None,
    reason: str,
    due: str | None,
    owners: Sequence[str],
    day: Date,
) -> Word:
    until = due_of(due, one.board, book, day) if due else None
    return Word(status, reason, until, owners_of(owners, one.board, book) if owners else None)


def _news(one: Action, reason: str) -> str:
    """A reason that the last progress does not give already: a sheet may come back with what was sent out."""
    last = next((p.reason for p in reversed(one.history) if p.status or p.reason), "")
    return "" if reason == last else reason


def _facts(was: Action, one: Action, word: Word) -> Iterator[str]:
    if word.status:
        is_new = one.status is word.status and not word.status.outstanding
        agreed = " (for agreement at the next meeting)" if is_new else ""
        moved = f"{was.status} → {one.status}" if was.status is not one.status else f"still {one.status}"
        yield moved + agreed
    if word.due and one.due:
        yield f"due {due_words(one.due)}" + (f" (was {due_words(was.due)})" if was.due else "")
    if word.owners is not None:
        label = "owners " if one.owners else ""
        yield f"{label}{owners_text(one.owners) or NO_OWNER} (was {owners_text(was.owners) or NO_OWNER})"
    if word.reason:
        yield word.reason
