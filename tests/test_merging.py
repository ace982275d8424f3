"""The merge of registers: what each rule does, by example, and what holds for all registers, by law."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rrbnotes.model import Action, Due, Link, Progress, Sighting, Status
from rrbnotes.reconciling.refs import natural
from rrbnotes.register.merging import Clash, Merged, merge, resolved
from rrbnotes.register.nodes import RegisterError
from rrbnotes.register.schema import FIELDS
from rrbnotes.register.sides import doubles, sides
from rrbnotes.register.text import RegisterFile, changed, new_text, read_text
from rrbnotes.register.threeway import HEADS, told

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
ROLLED = '      - {date: 2024-02-14, meeting: "2024-02-14", status: rolled over, reason: "more data needed"}\n'


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


def one(text: str, ref: str = "2024-01-10.1") -> Action:
    """An action of a register."""
    return read_text(text, "merged").records[ref].action


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


def test_new_records_of_both_sides_stand_in_their_places_byte_for_byte() -> None:
    ours = but(BASE, "# end of actions", OURS_NEW + "# end of actions")
    theirs = but(BASE, "  2024-01-10.1:\n", THEIRS_NEW + "  2024-01-10.1:\n")
    both = but(ours, "  2024-01-10.1:\n", THEIRS_NEW + "  2024-01-10.1:\n")
    assert agreed(BASE, ours, theirs) == both
    assert agreed(BASE, theirs, ours) == both
    assert agreed(None, ours, theirs) == both


def test_what_comes_from_theirs_ends_its_lines_as_ours_does() -> None:
    ours = BASE.replace("\n", "\r\n")
    theirs = but(BASE, "# end of actions", OURS_NEW + "# end of actions", '"1. Welcome"', '"1. Hello"')
    assert agreed(BASE, ours, theirs) == theirs.replace("\n", "\r\n")
    assert agreed(BASE, theirs, ours) == theirs


def test_a_register_that_is_indented_otherwise_takes_records_and_fields() -> None:
    wide = "".join(
        "  " + line if line.startswith("  ") else line for line in BASE.splitlines(keepends=True)
    )
    theirs = but(BASE, "  2024-01-10.1:\n", THEIRS_NEW + "  2024-01-10.1:\n", "owners: [\"Clinks\"]", "owners:\n      - 'MOPAC'")
    text = agreed(BASE, wide, theirs)
    assert "    2024-01-10.p1:   # an old one\n      action: >-\n        report on\n" in text
    assert "      owners:\n        - 'MOPAC'\n" in text
    assert set(read_text(text, "a").actions) == set(read_text(theirs, "a").actions)


def test_fields_of_one_record_are_merged_each_by_itself() -> None:
    ours = but(BASE, '"1. Welcome"', '"1. Apologies"')
    theirs = but(BASE, '    item: "1. Welcome"\n', "    item: \"1. Welcome\"\n    number:   '65.02'\n")
    assert agreed(BASE, ours, theirs) == but(theirs, '"1. Welcome"', '"1. Apologies"')


def test_equal_changes_keep_the_spelling_of_ours_and_others_that_of_who_wrote_them() -> None:
    ours = but(BASE, '"1. Welcome"', "'2. Data'", 'owners: ["Clinks"]', "owners: ['Clinks']   # still")
    theirs = but(BASE, '"1. Welcome"', "2. Data", '"write to the clinic"', "'write to the clinics'")
    assert agreed(BASE, ours, theirs) == but(ours, '"write to the clinic"', "'write to the clinics'")


HISTORY = [
    ('by: update, status: ongoing}', '2024-02-10', 'ongoing'),
]


def test_history_is_put_together_by_time_and_decides_the_head() -> None:
    ours = but(
        BASE,
        "status: rolled over\n    history:\n",
        "status: complete  # done\n    history:\n",
        ROLLED,
        ROLLED + "      - {date: 2024-03-01, by: update, status: complete}  # JS rang\n",
    )
    theirs = but(
        BASE,
        ROLLED,
        "      - {date: 2024-02-10, by: update, status: ongoing}\n" + ROLLED
        + '      # at last\n      - {date: 2024-03-13, meeting: "2024-03-13", status: ongoing, seen: by me}  # 2 of 3\n',
        "status: rolled over\n    history",
        "status: ongoing\n    history",
    )
    text = agreed(BASE, ours, theirs)
    assert text == but(
        BASE,
        ROLLED,
        "      - {date: 2024-02-10, by: update, status: ongoing}\n" + ROLLED
        + "      - {date: 2024-03-01, by: update, status: complete}  # JS rang\n"
        + '      # at last\n      - {date: 2024-03-13, meeting: "2024-03-13", status: ongoing, seen: by me}  # 2 of 3\n',
        "status: rolled over\n    history",
        "status: ongoing  # done\n    history",
    )
    assert set(one(agreed(BASE, theirs, ours)).history) == set(one(text).history)


def entry(day: str, rest: str) -> str:
    """A line of a history."""
    return f"      - {{date: {day}, {rest}}}\n"


@pytest.mark.parametrize(
    "ours, theirs, both",
    [
        # on one day manual progress comes before the meeting's
        (
            [ROLLED, entry("2024-02-14", "by: update, status: complete")],
            [ROLLED],
            [ROLLED, entry("2024-02-14", "by: update, status: complete")],
        ),
        (
            [ROLLED, entry("2024-02-14", "by: update, status: complete")],
            [ROLLED, entry("2024-03-13", 'meeting: "2024-03-13"')],
            [entry("2024-02-14", "by: update, status: complete"), ROLLED, entry("2024-03-13", 'meeting: "2024-03-13"')],
        ),
        # what has no date comes first
        (
            [entry("2024-02-20", "by: update"), ROLLED],
            ['      - {meeting: "undated"}\n', ROLLED],
            ['      - {meeting: "undated"}\n', ROLLED, entry("2024-02-20", "by: update")],
        ),
        # the same entry on both sides stands once
        (
            [ROLLED, entry("2024-03-01", "by: update, status: complete")],
            [ROLLED, entry("2024-03-01", "status: complete, by: update"), entry("2024-03-02", "by: update")],
            [ROLLED, entry("2024-03-01", "by: update, status: complete"), entry("2024-03-02", "by: update")],
        ),
        # what one side took out and the other left is gone; what both changed stands twice
        ([], [ROLLED, entry("2024-03-01", "by: update")], [entry("2024-03-01", "by: update")]),
        (
            [entry("2024-02-14", 'meeting: "2024-02-14", status: complete')],
            [entry("2024-02-14", 'meeting: "2024-02-14", status: closed')],
            [
                entry("2024-02-14", 'meeting: "2024-02-14", status: closed'),
                entry("2024-02-14", 'meeting: "2024-02-14", status: complete'),
            ],
        ),
        # several updates of one day stay in the order in which they were made
        (
            [entry("2024-02-01", "by: update, reason: z"), entry("2024-02-01", "by: update, reason: a"), ROLLED],
            [ROLLED, entry("2024-02-20", "by: hand, reason: h")],
            [
                entry("2024-02-01", "by: update, reason: z"),
                entry("2024-02-01", "by: update, reason: a"),
                ROLLED,
                entry("2024-02-20", "by: hand, reason: h"),
            ],
        ),
    ],
)  # fmt: skip
def test_history_entry_by_entry(ours: list[str], theirs: list[str], both: list[str]) -> None:
    def with_history(entries: list[str]) -> str:
        text = but(BASE, "    history:\n" + ROLLED, "    history:\n" + "".join(entries) if entries else "")
        action = one(text)
        return but(text, "status: rolled over\n  ", f"status: {told(action, 'status')}\n  ")

    merged = agreed(BASE, with_history(ours), with_history(theirs))
    assert one(merged) == one(with_history(both))
    assert one(agreed(BASE, with_history(theirs), with_history(ours))) == one(with_history(both))


def test_links_also_and_not_same_are_sets() -> None:
    def lists(also: str, links: str, not_same: str) -> str:
        more = f"    also: [{also}]\n    links:\n{links}    not_same: [{not_same}]\n  # end 2024-01-10.2"
        return but(BASE, "  # end 2024-01-10.2", more)

    two, three = '      - {is: follows, to: "2023-12-01.2"}\n', '      - {is: follows, to: "2023-12-01.3"}\n'
    text = agreed(
        lists("2023-12-01.8, 2023-12-01.9", two, '"2023-11-01.1", "2023-11-01.2"'),
        lists("2023-12-01.7, 2023-12-01.9", two + three, '"2023-11-01.1", "2023-11-01.2"'),
        lists("2023-12-01.8, 2023-12-01.9, 2023-12-01.6", three, '"2023-11-01.2", "2023-11-01.3"'),
    )
    action = one(text, "2024-01-10.2")
    assert set(action.also) == {"2023-12-01.6", "2023-12-01.7", "2023-12-01.9"}
    assert [link.ref for link in action.links] == ["2023-12-01.3"]
    assert set(action.not_same) == {"2023-11-01.2", "2023-11-01.3"}


def test_new_owners_and_dates_of_either_side_keep_the_first_ones() -> None:
    ours = but(
        BASE,
        'owners: ["Clinks"]',
        'owners: ["MOPAC"]',
        "    status: open\n  # end 2024-01-10.2",
        '    status: open\n    first_owners: ["Clinks"]\n    history:\n'
        + entry("2024-02-14", 'meeting: "2024-02-14", owners: ["MOPAC"]')
        + "  # end 2024-01-10.2",
    )
    theirs = but(
        BASE,
        'owners: ["Clinks"]',
        'owners: ["Clinks"]\n    due: {text: "in May", latest: 2024-05-31}',
        "    status: open\n  # end 2024-01-10.2",
        "    status: open\n    first_due: {}\n    history:\n"
        + entry("2024-02-14", 'by: update, due: {text: "in May", latest: 2024-05-31}')
        + "  # end 2024-01-10.2",
    )
    action = one(agreed(BASE, ours, theirs), "2024-01-10.2")
    assert (action.owners, action.first_owners) == (("MOPAC",), ("Clinks",))
    assert (action.due, action.first_due) == (Due("in May", latest=date(2024, 5, 31)), None)
    # the note was corrected on one side: the first owners follow it, and what came later still holds
    theirs = but(BASE, 'owners: ["Clinks"]', 'owners: ["CRC"]')
    action = one(agreed(BASE, ours, theirs), "2024-01-10.2")
    assert (action.owners, action.first_owners) == (("MOPAC",), ("CRC",))


def test_a_head_edited_by_hand_holds_unless_both_changed_it() -> None:
    by_hand = but(BASE, "status: rolled over\n    history", "status: complete\n    history")
    other = but(BASE, '"1. Welcome"', '"1. Hello"')
    assert one(agreed(BASE, by_hand, other)).status is Status.COMPLETE
    assert one(agreed(BASE, other, by_hand)).status is Status.COMPLETE
    reported = but(
        other,
        "status: rolled over\n    history",
        "status: ongoing\n    history",
        ROLLED,
        ROLLED + entry("2024-03-13", 'meeting: "2024-03-13", status: ongoing'),
    )
    result = merge_texts(BASE, by_hand, reported, labels=("HEAD", "topic"))
    assert result.clashes == (Clash("2024-01-10.1", "status", "complete", "ongoing"),)
    assert "status: open" in result.text
    assert (
        "<<<<<<< HEAD\n    status: complete\n||||||| base\n    status: rolled over\n=======\n    status: ongoing\n>>>>>>> topic\n"
        in result.text
    )
    assert merge_texts(BASE, by_hand, reported, settle=never).said == (
        "2024-01-10.1: status complete stays, ongoing is left out",
    )


def never(ours: Action, theirs: Action) -> bool:
    """Settles nothing."""
    raise AssertionError((ours, theirs))


CLASHING = ('"write to the clinic"', '"write to the clinics"'), ('"write to the clinic"', "'write to a clinic'")


def test_only_the_field_that_clashes_is_marked() -> None:
    ours, theirs = (but(BASE, *change) for change in CLASHING)
    theirs = but(theirs, '"1. Welcome"', '"1. Hello"')
    result = merge_texts(BASE, ours, theirs)
    assert result.clashes == (
        Clash("2024-01-10.2", "action", '"write to the clinics"', '"write to a clinic"'),
    )
    marked = (
        '<<<<<<< ours\n    action: "write to the clinics"\n||||||| base\n    action: "write to the clinic"\n=======\n'
        "    action: 'write to a clinic'\n>>>>>>> theirs\n"
    )
    assert result.text == but(
        BASE, '    action: "write to the clinic"\n', marked, '"1. Welcome"', '"1. Hello"'
    )
    before, *both = sides(result.text, "a")
    assert [before, *both] == [
        but(text, '"1. Welcome"', '"1. Hello"') if "Welcome" in text else text for text in (BASE, ours, theirs)
    ]
    wide = merge_texts(BASE, ours, theirs, size=9)
    assert "<<<<<<<<< ours\n" in wide.text and list(sides(wide.text, "a")[1:]) == both
    plain = merge_texts(None, ours, theirs)
    assert "|||||||" not in plain.text and plain.clashes[1] == result.clashes[0]


@pytest.mark.parametrize(
    "field, ours, theirs",
    [
        ("item", '    item: "2. Data"\n', ""),
        ("raised", "    raised: {date: 2024-01-11}\n", ""),
        ("number", "    number: '65.02'\n", "    number: '65.03'\n"),
        ("mine", "    mine: [a]\n", "    mine:\n      - b\n"),
    ],
)
def test_each_clash_can_be_read_from_both_sides_and_settled(field: str, ours: str, theirs: str) -> None:
    def with_field(line: str) -> str:
        old = {"item": '    item: "1. Welcome"\n', "raised": "    raised: {date: 2024-01-10}\n    status: rolled"}
        return (
            but(BASE, old[field], line + old[field].partition("\n")[2])
            if field in old
            else but(BASE, '    item: "1. Welcome"\n', line + '    item: "1. Welcome"\n')
        )

    mine, yours = with_field(ours), with_field(theirs)
    if field == "raised":
        yours = but(BASE, "    raised: {date: 2024-01-10}\n    status: rolled", "    raised: {date: 2024-01-12}\n    status: rolled")
    elif field == "item":
        yours = with_field("    item: 3. Hall\n")
    for left, right in ((mine, yours), (yours, mine)):
        result = merge_texts(BASE, left, right)
        assert [(clash.ref, clash.field) for clash in result.clashes] == [("2024-01-10.1", field)]
        before, *both = sides(result.text, "a")
        assert before is not None
        assert [read_text(text, "a").actions for text in both] == [
            read_text(text, "a").actions for text in (left, right)
        ]
        healed = resolved(result.text, "a", never)
        assert read_text(healed.text, "a").actions == read_text(left, "a").actions
        assert len(healed.said) == 1 and f"2024-01-10.1: {field} " in healed.said[0]
        assert healed.text == merge_texts(BASE, left, right, settle=never).text
