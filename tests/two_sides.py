"""A register that two sides have changed, and their merge, for tests."""

from rrbnotes.model import Action
from rrbnotes.register.merging import Merged, merge
from rrbnotes.register.text import RegisterFile, read_text

BASE = """\
# what the board agreed
version: 1
actions:
  2024-01-10.1:
    action: "circulate the data"
    owners: ["NPS"]
    item: "1. Welcome"
    raised: {date: 2024-01-10}
    status: rolled over
    history:
      - {date: 2024-02-14, meeting: "2024-02-14", status: rolled over, reason: "more data needed"}
  # end 2024-01-10.1

  2024-01-10.2:
    action: "write to the clinic"
    owners: ["Clinks"]
    raised: {date: 2024-01-10}
    status: open
  # end 2024-01-10.2

  2024-01-10.3:
    action: "book the hall"
    raised: {date: 2024-01-10}
    status: open
  # end 2024-01-10.3

# end of actions
"""
ROLLED = (
    '      - {date: 2024-02-14, meeting: "2024-02-14", status: rolled over, reason: "more data needed"}\n'
)


def but(text: str, *changes: str) -> str:
    """The text with some of its parts, each of which stands there once, replaced: old, new, old, new …"""
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def merge_texts(base: str | None, ours: str, theirs: str, **how: object) -> Merged:
    """The merge of three texts; what comes out without clashes can be read."""
    before = None if base is None else read_text(base, "base")
    result = merge(before, read_text(ours, "ours"), read_text(theirs, "theirs"), **how)  # type: ignore[arg-type]
    if not result.clashes:
        read_text(result.text, "merged")
    return result


def agreed(base: str | None, ours: str, theirs: str) -> str:
    """The text of a merge that leaves nothing open and has nothing to say."""
    result = merge_texts(base, ours, theirs)
    assert (result.clashes, result.said) == ((), ())
    return result.text


def without(text: str, ref: str) -> str:
    """The text without a record."""
    start, end = text.index(f"  {ref}:\n"), text.index(f"# end {ref}\n\n") + len(f"# end {ref}\n\n")
    return text[:start] + text[end:]


def file_of(text: str) -> RegisterFile:
    """The register in a text."""
    return read_text(text, "a")


def one(text: str, ref: str = "2024-01-10.1") -> Action:
    """An action of a register."""
    return file_of(text).records[ref].action


OURS_NEW = """\
  # ours: asked by the chair
  2024-02-14.1:
    action:   'draft the plan'
    'mine':   {a: [1,2]}
    status:   open
  # end 2024-02-14.1

"""
THEIRS_NEW = """\
  # theirs: see the letter
  2024-01-10.p1:   # an old one
    action: >-
      report on
      the pilot
    # not before May
    their own: |
      two
        lines
    status: ongoing
    history:
      - {date: 2024-01-10, meeting: "2024-01-10", status: ongoing, seen by: "JS"}
    # so far
  # end 2024-01-10.p1

"""


def never(ours: Action, theirs: Action) -> bool:
    """Settles nothing."""
    raise AssertionError((ours, theirs))


def entry(day: str, rest: str) -> str:
    """A line of a history."""
    return f"      - {{date: {day}, {rest}}}\n"


def new_record(number: int, words: str, rest: str = "") -> str:
    """A record that a sync has added for a new note."""
    ref = f"2024-02-14.{number}"
    return f'  {ref}:\n    action: "{words}"\n    raised: {{date: 2024-02-14}}\n    status: open\n{rest}  # end {ref}\n\n'


def with_new(*records: str) -> str:
    """The base with further records."""
    return but(BASE, "# end of actions", "".join(records) + "# end of actions")


LINKED = but(
    without(BASE, "2024-01-10.2"),
    ROLLED,
    ROLLED,
    "  # end 2024-01-10.1",
    '    also: ["2024-01-10.2"]\n    links:\n      - {is: same, to: "2024-01-10.2", words: "write to the clinic"}\n  # end 2024-01-10.1',
)
PLAN, BEDS = new_record(1, "draft the plan"), new_record(1, "count all beds", "    mine: 1  # of theirs\n")
