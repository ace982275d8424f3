"""The columns of a table of actions, by their headings or by what stands in them."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rrbnotes.dates import ANY_DAY, read_due_cell
from rrbnotes.owners import names_in
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.text import Text

_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (column, re.compile(words, re.IGNORECASE))
    for column, words in (
        ("owner", r"(?:action )?(?:owners?|leads?|who|by whom|responsible(?: officer| person)?|responsibility|res(?:p\.?)?|assignees?|"
                  r"assigned(?: to)?|person(?: responsible)?|lead officer|named? lead|action by|officer)"),
        ("due", r"(?:due|target|deadline|when|by when|due date|target date|timescales?|date due|completion date|by|new date)"),
        ("status", r"(?:status|progress|updates?|outcome|comments?|state|done\??|notes|position|rag|status/comments?|progress/update)"),
        ("ref", r"refs?"),
        ("number", r"(?:no\.?|#|nr\.?|number|id|item|item no\.?|action (?:no\.?|id|ref|number)|minute(?: ref)?)"),
        ("action", r"(?:agreed |open |key )?(?:actions?|action (?:items?|points?|required|agreed)|descriptions?|tasks?|what|details?|todos?|items?|issue)"),
    )
)  # fmt: skip
_MARKS = re.compile(r"\W*\d*\W*")
"""Marks and a number; behind a heading they are looked for from its end, so that a long row of marks costs no square."""
_PLAIN_NUMBER = re.compile(r"\W*(?:action )?\d{1,3}\W*", re.IGNORECASE)
REF = re.compile(r"(?:[\w-]{1,60}/){0,6}[\w-]{0,60}?\d{4}-\d{2}-\d{2}[\w-]{0,60}\.[pm]?\d{1,6}")
"""A ref as the register gives it: `2019-09-09.3`, `lcrb/2019-10-02.p1`."""
_OUR_REF = re.compile(r"\S[^\t\n]{0,300}\.[pm]?\d{1,6}")
"""A ref in a table that rrb wrote, where the note that it is named by may have any name."""
OWN_NUMBER = re.compile(r"(?:\d{1,4}(?:[./]\d{1,3})+[a-z]?|[A-Z]{1,5}[- ]?\d{1,4}(?:[./-]\d{1,4})*)")
"""A number that names an action beyond its list: `65.02`, `A12`, `BOD 60/17`; a bare `3` only counts rows."""
NUMBER_BEFORE = re.compile(rf"({OWN_NUMBER.pattern})\s*(?:[:–—-]\s*|\.\s+)")
"""Such a number before an action's words."""


def columns(heads: Sequence[str]) -> Mapping[str, int]:
    """Column name to place, as far as the headings tell; a later column never takes a name already given."""
    found: dict[str, int] = {}
    for at, head in enumerate(heads):
        column = next((column for column in _named_by(head) if column not in found), None)
        if column:
            found[column] = at
    if (
        "action" not in found
        and "number" in found
        and heads[found["number"]].strip(" *:").casefold() in ("item", "items")
    ):
        found["action"] = found.pop("number")  # a lone `Item` column holds the words, not a number
    return found


@lru_cache(maxsize=1024)
def _named_by(head: str) -> tuple[str, ...]:
    """The columns that a heading may name. Tables of one board repeat their headings, note by note."""
    marks = _MARKS.match(head[::-1])
    words = head[: len(head) - (marks.end() if marks else 0)].strip(" *_:")
    return tuple(column for column, pattern in _HEADINGS if pattern.fullmatch(words))


def ref_in(cell: str, is_ours: bool) -> str | None:
    """The ref that a cell holds; `is_ours` says that rrb wrote its table."""
    bare = cell.strip(" .:*[]()")
    if REF.fullmatch(bare):
        return bare
    return next((words for words in (cell.strip(), bare) if is_ours and _OUR_REF.fullmatch(words)), None)


def is_action_table(found: Mapping[str, int]) -> bool:
    """A table of actions has the words and at least one of owner, due and status."""
    return "action" in found and bool({"owner", "due", "status"} & found.keys())


def guess(cells: Sequence[Text], lore: Lore) -> Mapping[str, int]:
    """The columns of a row without headings: a number first, the longest cell is the action, then what the others look like."""
    words = [cell.folded() for cell in cells]
    found: dict[str, int] = {}
    if words and (_PLAIN_NUMBER.fullmatch(words[0]) or OWN_NUMBER.fullmatch(words[0].strip("."))):
        found["number"] = 0
    rest = [at for at in range(len(words)) if at not in found.values() and words[at]]
    if rest:
        found["action"] = max(rest, key=lambda at: len(words[at]))
        # the words of an action come before what is said of them, so a longer remark must not pass for the action
        early = [at for at in rest if at < found["action"] and len(words[at]) > 25]
        found["action"] = early[0] if early else found["action"]
    for at in rest:
        if at != found["action"]:
            column = (
                _looks_like(words[at], lore) if at > found["action"] or "owner" not in found else "status"
            )
            found.setdefault(column, at)
    return found


def _looks_like(words: str, lore: Lore) -> str:
    if lore.statuses.cell(words).status:
        return "status"
    if names_in(words, lore.directory):
        return "owner"
    due = read_due_cell(words, ANY_DAY, None)
    return "due" if due and (due.date or due.latest) else "status"
