"""The merge of registers: what each rule does, by example, and what holds for all registers, by law."""

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reliability.figures import Tried
from rrbnotes.model import Action, Due, Link, Progress, Sighting, Status
from rrbnotes.reconciling.refs import natural
from rrbnotes.register.merging import Clash, Merged, merge, resolved
from rrbnotes.register.nodes import RegisterError
from rrbnotes.register.renumbering import Settle
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
    wide = "".join("  " + line if line.startswith("  ") else line for line in BASE.splitlines(keepends=True))
    theirs = but(
        BASE,
        "  2024-01-10.1:\n",
        THEIRS_NEW + "  2024-01-10.1:\n",
        'owners: ["Clinks"]',
        "owners:\n      - 'MOPAC'",
    )
    text = agreed(BASE, wide, theirs)
    assert "    2024-01-10.p1:   # an old one\n      action: >-\n        report on\n" in text
    assert "      owners:\n        - 'MOPAC'\n" in text
    assert set(file_of(text).actions) == set(file_of(theirs).actions)


def test_fields_of_one_record_are_merged_each_by_itself() -> None:
    ours = but(BASE, '"1. Welcome"', '"1. Apologies"')
    theirs = but(
        BASE,
        "{date: 2024-01-10}\n    status: rolled",
        "{date: 2024-01-10}\n    number:   '65.02'\n    status: rolled",
    )
    assert agreed(BASE, ours, theirs) == but(theirs, '"1. Welcome"', '"1. Apologies"')


def test_equal_changes_keep_the_spelling_of_ours_and_others_that_of_who_wrote_them() -> None:
    ours = but(BASE, '"1. Welcome"', "'2. Data'", 'owners: ["Clinks"]', "owners: ['Clinks']   # still")
    theirs = but(BASE, '"1. Welcome"', "2. Data", '"write to the clinic"', "'write to the clinics'")
    assert agreed(BASE, ours, theirs) == but(ours, '"write to the clinic"', "'write to the clinics'")


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
        "      - {date: 2024-02-10, by: update, status: ongoing}\n"
        + ROLLED
        + '      # at last\n      - {date: 2024-03-13, meeting: "2024-03-13", status: ongoing, seen: by me}  # 2 of 3\n',
        "status: rolled over\n    history",
        "status: ongoing\n    history",
    )
    text = agreed(BASE, ours, theirs)
    assert text == but(
        BASE,
        ROLLED,
        "      - {date: 2024-02-10, by: update, status: ongoing}\n"
        + ROLLED
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


CLASHING = (
    ('"write to the clinic"', '"write to the clinics"'),
    ('"write to the clinic"', "'write to a clinic'"),
)


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
        but(text, '"1. Welcome"', '"1. Hello"') if "Welcome" in text else text
        for text in (BASE, ours, theirs)
    ]
    wide = merge_texts(BASE, ours, theirs, size=9)
    assert "<<<<<<<<< ours\n" in wide.text and list(sides(wide.text, "a")[1:]) == both
    plain = merge_texts(None, ours, theirs)
    assert "|||||||" not in plain.text and plain.clashes[1] == result.clashes[0]


ITEM = '    item: "1. Welcome"\n'
RAISED = "    raised: {date: 2024-01-10}\n    status: rolled over\n"


@pytest.mark.parametrize(
    "field, old, ours, theirs",
    [
        ("item", ITEM, '    item: "2. Data"\n', "    item: 3. Hall  # why?\n"),
        ("item", ITEM, "", "    item: 3. Hall\n"),
        ("raised", RAISED, RAISED.replace("10", "11"), RAISED.replace("10", "12")),
        ("raised", RAISED, "    status: rolled over\n", RAISED.replace("10", "12")),
        ("number", ITEM, f"    number: '65.02'\n{ITEM}", f"    number: '65.03'\n{ITEM}"),
        ("owners", '["NPS"]', '["MOPAC"]', "[Clinks]"),
        ("due", ITEM, f"{ITEM}    due: 2024-05-01\n", f"{ITEM}    due: 2024-06-01\n"),
        ("mine", ITEM, f"{ITEM}    mine: [a]\n", f"{ITEM}    mine:\n      - b\n"),
    ],
)
def test_each_clash_can_be_read_from_both_sides_and_settled(
    field: str, old: str, ours: str, theirs: str
) -> None:
    one_side, other_side = but(BASE, old, ours), but(BASE, old, theirs)
    for left, right in ((one_side, other_side), (other_side, one_side)):
        result = merge_texts(BASE, left, right)
        assert [(clash.ref, clash.field) for clash in result.clashes] == [("2024-01-10.1", field)]
        before, *both = sides(result.text, "a")
        assert before is not None
        assert [file_of(text).actions for text in both] == [file_of(text).actions for text in (left, right)]
        healed = resolved(result.text, "a", never)
        assert file_of(healed.text).actions == file_of(left).actions
        assert len(healed.said) == 1 and f"2024-01-10.1: {field} " in healed.said[0]
        assert healed.text == merge_texts(BASE, left, right, settle=never).text


def test_what_is_somebodys_own_is_merged_too() -> None:
    own = but(BASE, '    item: "1. Welcome"\n', '    item: "1. Welcome"\n    room: 3\n    mood: good\n')
    ours = but(
        own, "version: 1\n", "version: 1\nboard: {name: LCRB}\n", "    mood: good\n", "", "room: 3", "room: 4"
    )
    theirs = but(
        own,
        "    mood: good\n",
        "    mood: good\n    # for the chair\n    chair's note: |\n      ask # again\n        twice\n",
        "version: 1\n",
        "version: 1\n# who we are\nseen: [JS]\n",
        '    item: "1. Welcome"\n',
        '    item: "1. Hello"\n',
    )  # fmt: skip
    assert agreed(own, ours, theirs) == but(
        own,
        "version: 1\n",
        "version: 1\n# who we are\nseen: [JS]\nboard: {name: LCRB}\n",
        "    room: 3\n    mood: good\n",
        "    room: 4\n    # for the chair\n    chair's note: |\n      ask # again\n        twice\n",
        '"1. Welcome"',
        '"1. Hello"',
    )
    result = merge_texts(own, ours, but(own, "room: 3", "room: 5"))
    assert result.clashes == (Clash("2024-01-10.1", "room", "room: 4", "room: 5"),)
    at_top = [but(BASE, "version: 1\n", f"version: 1\nboard: {name}\n") for name in ("LCRB", "GLA")]
    assert merge_texts(BASE, *at_top).clashes == (Clash("", "board", "board: LCRB", "board: GLA"),)
    assert merge_texts(BASE, *at_top, settle=never).text == at_top[0]


def test_comments_of_theirs_stand_where_they_stood() -> None:
    ours = but(
        BASE, '"1. Welcome"', '"1. Hello"', "    status: rolled over\n", "    status: rolled over  # ours\n"
    )
    theirs = but(
        BASE,
        "# what the board agreed\n",
        "# what the board agreed\n# since January\n",
        "  2024-01-10.1:\n",
        "  # urgent\n  2024-01-10.1:  # the first\n",
        "    status: rolled over\n",
        "    # sadly\n    status: rolled over  # theirs\n",
        "  # end 2024-01-10.1",
        "    # more to come\n  # end 2024-01-10.1",
        ROLLED,
        "      # in February\n" + ROLLED.replace("\n", "  # again\n"),
        "# end of actions",
        "# that is all\n# end of actions",
    )
    assert agreed(BASE, ours, theirs) == but(
        theirs, "    status: rolled over  # theirs\n", "    # theirs\n    status: rolled over  # ours\n",
        '"1. Welcome"', '"1. Hello"',
    )  # fmt: skip


def test_a_record_that_one_side_took_out_is_gone_unless_the_other_changed_it() -> None:
    gone = without(BASE, "2024-01-10.1")
    other = but(BASE, '"book the hall"', '"book a hall"')
    assert agreed(BASE, gone, other) == without(other, "2024-01-10.1")
    assert agreed(BASE, other, gone) == without(other, "2024-01-10.1")
    changed_too = but(BASE, ROLLED, ROLLED + entry("2024-03-01", "by: update"))
    result = merge_texts(BASE, gone, changed_too, labels=("main", "topic"))
    assert result.text == changed_too
    assert result.said == ("2024-01-10.1: taken out by main, changed by topic; it stays",)
    result = merge_texts(BASE, but(BASE, "{date: 2024-02-14", "{mine: 1, date: 2024-02-14"), gone)
    assert "mine: 1" not in result.text  # the record says the same as before


LINKED = but(
    without(BASE, "2024-01-10.2"),
    ROLLED,
    ROLLED,
    "  # end 2024-01-10.1",
    '    also: ["2024-01-10.2"]\n    links:\n      - {is: same, to: "2024-01-10.2", words: "write to the clinic"}\n  # end 2024-01-10.1',
)


def test_what_was_said_of_an_action_goes_to_the_one_that_it_was_made_one_with() -> None:
    more = but(
        BASE,
        '"write to the clinic"\n    owners: ["Clinks"]\n    raised: {date: 2024-01-10}\n    status: open\n',
        '"write to the clinic"\n    owners: ["CRC"]\n    raised: {date: 2024-01-10}\n    status: complete\n'
        '    links:\n      - {is: follows, to: "2023-12-01.1"}\n    history:\n'
        + entry("2024-03-13", 'meeting: "2024-03-13", status: complete'),
    )
    for ours, theirs in ((LINKED, more), (more, LINKED)):
        result = merge_texts(BASE, ours, theirs)
        action = one(result.text)
        assert "2024-01-10.2" not in file_of(result.text).records
        assert (action.also, action.status) == (("2024-01-10.2",), Status.COMPLETE)
        assert [(p.date, p.words) for p in action.history] == [
            (date(2024, 2, 14), None),
            (date(2024, 3, 13), "write to the clinic"),
        ]
        assert {link.ref for link in action.links} == {"2024-01-10.2", "2023-12-01.1"}
        who = ("ours", "theirs") if ours is LINKED else ("theirs", "ours")
        assert result.said == (
            f"2024-01-10.2: made one with 2024-01-10.1 by {who[0]}; what {who[1]} added to it stands there; "
            "left out: first_owners",
        )
    assert agreed(BASE, LINKED, but(BASE, "book the hall", "book a hall")) == but(
        LINKED, "book the hall", "book a hall"
    )


def test_records_that_each_side_made_one_with_the_other_are_one() -> None:
    other_way = but(
        without(BASE, "2024-01-10.1"),
        "  # end 2024-01-10.2",
        '    also: ["2024-01-10.1"]\n  # end 2024-01-10.2',
    )
    for ours, theirs in ((LINKED, other_way), (other_way, LINKED)):
        text = merge_texts(BASE, ours, theirs).text
        assert list(file_of(text).records) == ["2024-01-10.1", "2024-01-10.3"]
        assert one(text).also == ("2024-01-10.2",)


def test_actions_that_one_side_parted_stay_parted() -> None:
    ours = but(BASE, "book the hall", "book a hall")
    theirs = but(LINKED, '"1. Welcome"', '"1. Hello"')
    text = agreed(LINKED, ours, theirs)
    assert text == but(ours, '"1. Welcome"', '"1. Hello"')


def test_an_action_that_each_side_made_one_with_another_one_answers_once() -> None:
    ours, theirs = (
        but(without(BASE, "2024-01-10.3"), f"  # end {ref}", f'    also: ["2024-01-10.3"]\n  # end {ref}')
        for ref in ("2024-01-10.2", "2024-01-10.1")
    )
    result = merge_texts(BASE, ours, theirs)
    assert (one(result.text).also, one(result.text, "2024-01-10.2").also) == (("2024-01-10.3",), ())
    assert result.said == (
        "2024-01-10.3: made one with 2024-01-10.2 by ours and with 2024-01-10.1 by theirs; 2024-01-10.1 answers to it",
    )


def new_record(number: int, words: str, rest: str = "") -> str:
    """A record that a sync has added for a new note."""
    ref = f"2024-02-14.{number}"
    return f'  {ref}:\n    action: "{words}"\n    raised: {{date: 2024-02-14}}\n    status: open\n{rest}  # end {ref}\n\n'


def with_new(*records: str) -> str:
    """The base with further records."""
    return but(BASE, "# end of actions", "".join(records) + "# end of actions")


PLAN, BEDS = new_record(1, "draft the plan"), new_record(1, "count all beds", "    mine: 1  # of theirs\n")
FOLLOWS = '    links:\n      - {is: follows, to: "2024-02-14.1"}\n    not_same: ["2024-02-14.1"]\n'


def test_one_action_that_both_sides_found_anew_is_one() -> None:
    theirs = with_new(new_record(1, "Draft the plans", "    number: 'A7'\n"))
    result = merge_texts(BASE, with_new(PLAN), theirs, settle=never)
    action = one(result.text, "2024-02-14.1")
    assert (action.action, action.number) == ("draft the plan", "A7")
    assert result.said == ('2024-02-14.1: action "draft the plan" stays, "Draft the plans" is left out',)


def test_two_actions_with_one_new_ref_are_marked_whole() -> None:
    result = merge_texts(BASE, with_new(PLAN), with_new(BEDS, new_record(2, "pay every bill", FOLLOWS)))
    assert [(c.ref, c.field) for c in result.clashes] == [
        ("2024-02-14.1", ""),
        ("2024-02-14.2", "links"),
        ("2024-02-14.2", "not_same"),
    ]
    assert f"<<<<<<< ours\n{PLAN}||||||| base\n=======\n{BEDS}>>>>>>> theirs\n" in result.text
    # what theirs says of the action is marked with it, so that it can follow the action later
    healed = resolved(result.text, "actions.yaml", lambda ours, theirs: True)
    bill = one(healed.text, "2024-02-14.2")
    assert ([link.ref for link in bill.links], bill.not_same) == (["2024-02-14.3"], ("2024-02-14.3",))
    assert one(healed.text, "2024-02-14.3").action == "count all beds"


@pytest.mark.parametrize("ours_keeps", [True, False])
def test_two_actions_with_one_new_ref_are_told_apart(ours_keeps: bool) -> None:
    def settle(ours: Action, theirs: Action) -> bool:
        assert (ours.action, theirs.action) == ("draft the plan", "count all beds")
        return ours_keeps

    bill = new_record(2, "pay every bill", FOLLOWS)
    result = merge_texts(BASE, with_new(PLAN), with_new("  # how many?\n" + BEDS, bill), settle=settle)
    if ours_keeps:
        beds = "  # how many?\n" + BEDS.replace("2024-02-14.1", "2024-02-14.3")
        assert result.text == with_new(PLAN, bill.replace("2024-02-14.1", "2024-02-14.3"), beds)
        assert result.said == (
            '2024-02-14.1 on both sides for two actions: "draft the plan" keeps it, "count all beds" is now 2024-02-14.3',
        )
    else:
        plan = PLAN.replace("2024-02-14.1", "2024-02-14.3")
        assert result.text == with_new("  # how many?\n" + BEDS, bill, plan)


def test_words_that_both_sides_changed_are_of_one_action_if_they_share_a_past() -> None:
    ours, theirs = (but(BASE, "circulate the data", words) for words in ("count all beds", "draft the plan"))
    for base in (BASE, None):
        assert [clash.field for clash in merge_texts(base, ours, theirs).clashes] == ["action"]
    anew = [with_new(PLAN.replace("draft the plan", words)) for words in ("count all beds", "draft the plan")]
    assert [clash.field for clash in merge_texts(None, *anew).clashes] == [""]


@pytest.mark.parametrize("settle", [None, never])
def test_a_new_ref_that_one_side_gave_to_an_action_which_is_part_of_another_now(
    settle: Settle | None,
) -> None:
    linked = but(
        BASE,
        "  # end 2024-01-10.1",
        '    also: ["2024-02-14.1"]\n    links:\n      - {is: same, to: "2024-02-14.1", words: "WORDS"}\n  # end 2024-01-10.1',
    )
    foreign = linked.replace("WORDS", "count all beds")
    for ours, theirs in ((with_new(PLAN), foreign), (foreign, with_new(PLAN))):
        result = merge_texts(BASE, ours, theirs, settle=settle)
        assert one(result.text).also == ("2024-02-14.1",)
        assert one(result.text, "2024-02-14.2").action == "draft the plan"
        assert result.said == (
            '2024-02-14.1 on both sides for two actions: "count all beds" keeps it, "draft the plan" is now 2024-02-14.2',
        )
    result = merge_texts(BASE, with_new(PLAN), linked.replace("WORDS", "Draft the plan"), settle=settle)
    assert result.text == linked.replace("WORDS", "Draft the plan")


def test_a_new_ref_is_one_that_nobody_has_or_had() -> None:
    ours = with_new(PLAN, new_record(4, "pay every bill", '    also: ["2024-02-14.7"]\n'))
    text = merge_texts(BASE, ours, with_new(BEDS), settle=lambda a, b: True).text
    assert one(text, "2024-02-14.8").action == "count all beds"


def test_without_a_base_nothing_goes() -> None:
    ours = but(
        without(BASE, "2024-01-10.3"),
        ROLLED,
        ROLLED + entry("2024-03-01", "by: update, status: complete"),
        "status: rolled over\n    history",
        "status: complete\n    history",
    )
    theirs = but(
        without(BASE, "2024-01-10.2"),
        ROLLED,
        ROLLED + entry("2024-03-13", 'meeting: "2024-03-13", status: ongoing'),
        "status: rolled over\n    history",
        "status: ongoing\n    history",
        "    raised: {date: 2024-01-10}\n    status: open\n  # end 2024-01-10.3",
        "    raised: {date: 2024-01-10}\n    status: open\n    number: 'A7'\n  # end 2024-01-10.3",
    )
    text = agreed(None, ours, theirs)
    assert list(file_of(text).records) == ["2024-01-10.1", "2024-01-10.2", "2024-01-10.3"]
    assert (one(text).status, len(one(text).history)) == (Status.ONGOING, 3)
    result = merge_texts(None, but(BASE, "1. Welcome", "1. Hello"), BASE)
    assert result.clashes == (Clash("2024-01-10.1", "item", '"1. Hello"', '"1. Welcome"'),)


def test_a_command_is_undone_beside_what_came_later() -> None:
    update = entry("2024-03-01", "by: update, status: complete")
    written = but(
        BASE, ROLLED, ROLLED + update, "status: rolled over\n    history", "status: complete\n    history"
    )
    later = but(
        written,
        "  # end 2024-01-10.2",
        "    history:\n" + entry("2024-03-02", "by: update, status: closed") + "  # end 2024-01-10.2",
        'owners: ["Clinks"]\n    raised: {date: 2024-01-10}\n    status: open',
        'owners: ["Clinks"]\n    raised: {date: 2024-01-10}\n    status: closed',
    )
    assert agreed(written, later, BASE) == but(
        later, update, "", "status: complete\n    history", "status: rolled over\n    history"
    )
    # the same action was updated again: only the first update goes
    again = but(written, update, update + entry("2024-03-09", "by: update, status: closed"), "status: complete\n    history", "status: closed\n    history")  # fmt: skip
    assert agreed(written, again, BASE) == but(again, update, "")


# What git leaves.


def git_merge(folder: Path, base: str, ours: str, theirs: str, *options: str) -> str:
    """What git makes of three texts, line by line."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    paths = [folder / name for name in ("ours", "base", "theirs")]
    for path, text in zip(paths, (ours, base, theirs), strict=True):
        path.write_bytes(text.encode())
    command = ["git", "merge-file", "-p", *options, *map(str, paths)]
    return subprocess.run(command, capture_output=True, check=False, cwd=folder).stdout.decode()


UPDATED = but(
    BASE,
    ROLLED,
    ROLLED + entry("2024-03-01", "by: update, status: complete"),
    "status: rolled over\n    history",
    "status: complete\n    history",
)
REPORTED = but(BASE, ROLLED, ROLLED + entry("2024-03-13", 'meeting: "2024-03-13", status: rolled over'))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("options", [(), ("--diff3",), ("--zdiff3",), ("--diff3", "--marker-size=12")])
def test_both_sides_of_a_conflict_are_whole_texts(tmp_path: Path, options: Sequence[str], end: str) -> None:
    base, ours, theirs = (
        text.replace("\n", end)
        for text in (BASE, but(UPDATED, "the hall", "a hall"), but(REPORTED, "the hall", "two halls"))
    )
    text = git_merge(tmp_path, base, ours, theirs, *options)
    before, *both = sides(text, "actions.yaml")
    if "--zdiff3" in options and not text:
        pytest.skip("this git knows no zdiff3")
    # git has put what only one side changed into both
    meant = [
        but(text, "status: rolled over" + end + "    history", "status: complete" + end + "    history")
        for text in (theirs, base)
    ]
    assert both == [ours, meant[0]]
    assert before == (meant[1] if options else None)
    healed = resolved(text, "actions.yaml", never)
    # for git `complete` was the only change of the status; what the history says came later
    assert one(healed.text).status is Status.ROLLED_OVER
    assert [p.date for p in one(healed.text).history] == [
        date(2024, 2, 14),
        date(2024, 3, 1),
        date(2024, 3, 13),
    ]
    assert healed.said == ('2024-01-10.3: action "book a hall" stays, "book two halls" is left out',)


def test_a_text_without_markers_is_its_own_two_sides() -> None:
    assert sides(BASE, "a") == (None, BASE, BASE)
    assert resolved(BASE, "a", never) == Merged(BASE, (), ())


@pytest.mark.parametrize(
    "text, line, says",
    [
        ("<<<<<<< ours\na: 1\n=======\na: 2\n", 1, "no `>>>>>>>`"),
        ("<<<<<<< ours\na: 1\n>>>>>>> theirs\n", 3, "`>>>>>>>` does not belong here"),
        ("<<<<<<< ours\na: 1\n||||||| base\na: 2\n", 1, "no `=======`"),
        ("a: 1\n=======\na: 2\n>>>>>>> theirs\n", 2, "`=======` does not belong here"),
        ("<<<<<<< ours\n<<<<<<< ours\n=======\n>>>>>>> theirs\n", 2, "`<<<<<<<` does not belong here"),
    ],
)
def test_a_damaged_conflict_is_refused_at_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(RegisterError, match=r"git checkout --merge -- actions\.yaml") as why:
        resolved(text, "actions.yaml", never)
    assert str(why.value).startswith(f"actions.yaml:{line}:1: ") and says in str(why.value)


def test_a_base_that_git_had_to_merge_itself_is_not_known() -> None:
    nested = "<<<<<<<<< one\na: 1\n=========\na: 2\n>>>>>>>>> two\n"
    text = f"<<<<<<< ours\na: 3\n||||||| base\n{nested}=======\na: 4\n>>>>>>> theirs\n"
    assert sides(text, "a") == (None, "a: 3\n", "a: 4\n")


def test_a_side_that_cannot_be_read_is_named() -> None:
    text = but(
        BASE, '    item: "1. Welcome"\n', "<<<<<<< HEAD\n    item: [\n=======\n    item: x\n>>>>>>> b\n"
    )
    with pytest.raises(RegisterError, match=r"actions\.yaml \(ours\):\d+:\d+: "):
        resolved(text, "actions.yaml", never)


def test_records_and_fields_that_stand_twice_are_merged() -> None:
    again = new_record(1, "draft the plan", "    history:\n" + entry("2024-03-13", 'meeting: "2024-03-13"'))
    text = but(with_new(PLAN, again), '"1. Welcome"\n', '"1. Welcome"\n    item: "2. Data"\n')
    with pytest.raises(RegisterError, match="stands twice"):
        file_of(text)
    ours, theirs = doubles(text, "a")
    assert ours == with_new(PLAN)
    assert theirs == but(with_new(again), '"1. Welcome"', '"2. Data"')
    healed = resolved(text, "a", never)
    assert healed.text == with_new(again)
    assert healed.said == ('2024-01-10.1: item "1. Welcome" stays, "2. Data" is left out',)
    thrice = resolved(with_new(PLAN, BEDS, new_record(1, "pay every bill")), "a", lambda ours, theirs: True)
    assert [a.action for a in file_of(thrice.text).actions[3:]] == [
        "draft the plan", "count all beds", "pay every bill",
    ]  # fmt: skip
    assert len(thrice.said) == 2


@pytest.mark.parametrize("options", [(), ("--diff3",)])
@pytest.mark.parametrize("is_linked_by_ours", [True, False])
def test_an_action_made_one_with_another_while_the_other_side_went_on_with_it(
    tmp_path: Path, options: Sequence[str], is_linked_by_ours: bool
) -> None:
    went_on = but(
        BASE,
        '    owners: ["Clinks"]\n    raised: {date: 2024-01-10}\n    status: open\n',
        '    owners: ["Clinks"]\n    raised: {date: 2024-01-10}\n    status: complete\n    history:\n'
        + entry("2024-03-13", 'meeting: "2024-03-13", status: complete'),
    )
    both = (LINKED, went_on) if is_linked_by_ours else (went_on, LINKED)
    text = git_merge(tmp_path, BASE, *both, *options)
    with pytest.raises(RegisterError, match="a record of its own"):
        file_of(sides(text, "a")[1:][is_linked_by_ours])
    healed = resolved(text, "a", never)
    assert list(file_of(healed.text).records) == ["2024-01-10.1", "2024-01-10.3"]
    assert (one(healed.text).also, one(healed.text).status) == (("2024-01-10.2",), Status.COMPLETE)
    assert len(one(healed.text).history) == 2 and len(healed.said) == 1


def test_a_new_record_of_both_that_git_has_put_there_twice(tmp_path: Path) -> None:
    """Ours took out the record before it, and git makes the new one of ours the successor of that."""
    longer = PLAN.replace("    status", '    owners: ["NPS"]\n    status').replace(
        "  # end", "    history:\n" + entry("2024-03-13", 'meeting: "2024-03-13"') + "  # end"
    )
    ours = without(with_new(PLAN), "2024-01-10.3")
    theirs = but(with_new(longer), "  2024-01-10.3:\n", "  2024-01-10.3:\n    # when?\n")
    text = git_merge(tmp_path, BASE, ours, theirs, "--diff3")
    with pytest.raises(RegisterError, match="stands twice"):
        file_of(sides(text, "a")[1])
    action = one(resolved(text, "a", never).text, "2024-02-14.1")
    assert (action.owners, len(action.history)) == (("NPS",), 1)


def test_a_record_that_came_where_another_one_went_has_its_own_end() -> None:
    text = but(
        BASE,
        "  2024-01-10.3:\n    action: \"book the hall\"\n    raised: {date: 2024-01-10}\n    status: open\n  # end 2024-01-10.3\n\n",
        "  2024-01-10.4:\n    action: \"book the choir\"\n    raised: {date: 2024-01-10}\n<<<<<<< ours\n    status: closed\n"
        "    history:\n" + entry("2024-03-01", "by: update, status: closed") + "    # too dear\n  # end 2024-01-10.3\n"
        "=======\n    status: open\n  # end 2024-01-10.4\n>>>>>>> theirs\n\n",
    )  # fmt: skip
    healed = resolved(text, "a", never)
    assert list(file_of(healed.text).records)[2:] == ["2024-01-10.3", "2024-01-10.4"]
    assert [one(healed.text, ref).status for ref in ("2024-01-10.3", "2024-01-10.4")] == [
        Status.CLOSED,
        Status.OPEN,
    ]


def test_an_action_that_two_others_answer_to_is_left_to_the_first() -> None:
    text = but(
        without(BASE, "2024-01-10.3"),
        "  # end 2024-01-10.1",
        '    also: ["2024-01-10.3"]\n  # end 2024-01-10.1',
        "  # end 2024-01-10.2",
        '    also:\n      - "2024-01-10.3"\n  # end 2024-01-10.2',
    )
    healed = resolved(text, "a", never)
    assert (one(healed.text).also, one(healed.text, "2024-01-10.2").also) == (("2024-01-10.3",), ())
    assert len(healed.said) == 1


# Laws: registers that people and programs have changed on two sides.

SENTENCES = (
    "draft the plan", "book the hall", "write to the clinic", "circulate the data", "ask for a speaker", "pay every bill",
    "count all beds", "meet new partners",
)  # fmt: skip
DAYS = [date(2024, 1, 10), date(2024, 2, 14), date(2024, 3, 13), date(2024, 4, 10)]
dues = st.builds(Due, st.sampled_from(["soon", "in May"]), st.none() | st.sampled_from(DAYS))
names = st.sampled_from([("NPS",), ("MOPAC",), ("NPS", "Clinks")])
said = st.builds(
    Progress,
    date=st.sampled_from(DAYS[1:]),
    meeting=st.none(),
    by=st.sampled_from(["update", "hand"]),
    status=st.none() | st.sampled_from(Status),
    reason=st.sampled_from(["", "x", "y"]),
    due=st.none() | dues,
    owners=st.none() | names,
).flatmap(lambda p: st.sampled_from([p, replace(p, meeting=str(p.date), by=None)]))
links = st.builds(
    Link, st.sampled_from(["follows", "followed"]), st.sampled_from(["2024-01-10.1", "2024-02-14.1"])
)
Actions = dict[str, Action]
Change = Callable[[st.DrawFn, Actions, str], None]


def in_time(history: Sequence[Progress]) -> tuple[Progress, ...]:
    """As a sync writes them."""
    return tuple(sorted(dict.fromkeys(history), key=lambda p: (p.date or date.min, p.meeting or "")))


def kept_up(action: Action) -> Action:
    """The action with the head that its history says."""
    heads = {name: told(action, name) for name in HEADS}
    return replace(action, **heads)  # type: ignore[arg-type]


@st.composite
def new_actions(draw: st.DrawFn, key: str, number: int) -> Action:
    """An action that a sync has just written."""
    is_raised = draw(st.booleans())
    history = in_time(draw(st.lists(said, max_size=2)))
    owners, due = draw(st.just(()) | names), draw(st.none() | dues)
    day = date.fromisoformat(key) if is_raised else None
    action = Action(
        ref=f"{key}.{'' if is_raised else 'p'}{number}",
        board=None,
        action=draw(st.sampled_from(SENTENCES)),
        owners=owners,
        status=Status.OPEN,
        due=due,
        first_owners=owners,
        first_due=due,
        first_seen=Sighting(key, day, draw(st.none() | st.just("1. Data")), None),
        is_raised=is_raised,
        history=history,
        provisional=False,
    )
    return kept_up(action)


bases = st.tuples(*(new_actions("2024-01-10", number) for number in (1, 2, 3))).map(
    lambda made: {a.ref: a for a in made}
)


def say(draw: st.DrawFn, found: Actions, ref: str) -> None:
    found[ref] = kept_up(replace(found[ref], history=in_time((*found[ref].history, draw(said)))))


def unsay(draw: st.DrawFn, found: Actions, ref: str) -> None:
    found[ref] = kept_up(replace(found[ref], history=found[ref].history[1:]))


def edit_head(draw: st.DrawFn, found: Actions, ref: str) -> None:
    found[ref] = replace(found[ref], status=draw(st.sampled_from(Status)))


def re_read(draw: st.DrawFn, found: Actions, ref: str) -> None:
    seen = replace(found[ref].first_seen, item=draw(st.sampled_from(["2. Beds", "3. Hall"])))
    found[ref] = kept_up(
        replace(found[ref], first_seen=seen, first_owners=draw(names), first_due=draw(st.none() | dues))
    )


def reword(draw: st.DrawFn, found: Actions, ref: str) -> None:
    found[ref] = replace(found[ref], action=draw(st.sampled_from(SENTENCES)))


def tie(draw: st.DrawFn, found: Actions, ref: str) -> None:
    other = draw(st.sampled_from(["2023-11-01.1", "2024-02-14.1"]))
    found[ref] = replace(
        found[ref],
        links=tuple(dict.fromkeys((*found[ref].links, draw(links)))),
        not_same=tuple(dict.fromkeys((*found[ref].not_same, other))),
    )


def raise_new(draw: st.DrawFn, found: Actions, ref: str) -> None:
    number = 1 + sum(other.startswith("2024-02-14") for other in found)
    new = draw(new_actions("2024-02-14", number))
    found[new.ref] = new


def take_out(draw: st.DrawFn, found: Actions, ref: str) -> None:
    del found[ref]


def make_one(draw: st.DrawFn, found: Actions, ref: str) -> None:
    """As `rrb link A same B` does."""
    keep, gone = sorted((ref, draw(st.sampled_from(sorted(found)))), key=natural, reverse=draw(st.booleans()))
    if keep != gone:
        old = found.pop(gone)
        came = [replace(p, words=(p.words or old.action) if p.meeting else None) for p in old.history]
        found[keep] = kept_up(
            replace(
                found[keep],
                history=in_time((*found[keep].history, *came)),
                also=(*found[keep].also, gone, *old.also),
                links=(*found[keep].links, Link("same", gone)),
            )
        )


GROWTH = (say, re_read, tie, raise_new)
CHANGES = (say, say, unsay, edit_head, re_read, reword, tie, raise_new, raise_new, take_out, make_one)


@st.composite
def changed_texts(draw: st.DrawFn, base: str, who: str, changes: Sequence[Change]) -> str:
    """A register after some changes, with comments and keys of somebody's own."""
    file = read_text(base, who)
    found = {action.ref: action for action in file.actions}
    for change in draw(st.lists(st.sampled_from(changes), max_size=3)):
        if found:
            change(draw, found, draw(st.sampled_from(sorted(found))))
    text = changed(file, list(found.values()), [ref for ref in file.records if ref not in found])
    return with_remarks(Random(draw(st.integers(0, 999))), text, who)


def with_remarks(dice: Random, text: str, who: str) -> str:
    """Comments above, behind and in the records, and a key in some of them, all of them somebody's own."""
    lines = []
    for n, line in enumerate(text.split("\n")):
        is_inside = re.match(r" {4}[a-z].*[^|]$| {6}- ", line)
        if (is_inside or re.match(r"[va]|  2", line)) and dice.random() < 0.1:
            lines.append(f"{line[: len(line) - len(line.lstrip())]}# {who} {n} above")
        lines.append(f"{line}  # {who} {n} behind" if is_inside and dice.random() < 0.1 else line)
        if line.startswith("    action: ") and dice.random() < 0.2:
            lines.append(f"    of {who}: " + dice.choice(["1", "{a: [1, 2]}", "|\n      two\n        lines"]))
    return "\n".join(lines)


@st.composite
def three_texts(draw: st.DrawFn, changes: Sequence[Change] = CHANGES) -> tuple[str, str, str]:
    """A register, and what two sides made of it."""
    base = with_remarks(Random(draw(st.integers(0, 999))), new_text(list(draw(bases).values())), "base")
    ours, theirs = (draw(changed_texts(base, who, changes)) for who in ("ours", "theirs"))
    return base, ours, theirs


def values(text: str) -> dict[str, dict[str, object]]:
    """What a register says; links and the like are sets."""
    return {
        action.ref: {
            name: sorted(value, key=repr) if name in ("links", "also", "not_same") and value else value
            for name, field in FIELDS.items()
            for value in [field.of(action)]
        }
        for action in file_of(text).actions
    }


law = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # that counts how often it was tried
)


@law
@given(three_texts())
def test_a_side_that_did_nothing_has_no_say(tried: Tried, texts: tuple[str, str, str]) -> None:
    tried("two-branch merges", 1)
    base, ours, _ = texts
    again = "# looked through\n" + base
    assert agreed(base, ours, ours) == ours
    assert agreed(base, ours, base) == ours
    assert agreed(base, base, ours) == ours
    assert agreed(base, ours, again).replace("# looked through\n", "") == ours
    assert values(agreed(base, again, ours)) == values(ours)


@law
@given(three_texts())
def test_it_does_not_matter_who_is_called_ours(tried: Tried, texts: tuple[str, str, str]) -> None:
    tried("two-branch merges", 1)
    base, ours, theirs = texts
    one_way, other_way = merge_texts(base, ours, theirs), merge_texts(base, theirs, ours)
    assert bool(one_way.clashes) == bool(other_way.clashes)
    if not one_way.clashes:
        assert values(one_way.text) == values(other_way.text)


def first(ours: Action, theirs: Action) -> bool:
    return True


@law
@given(three_texts(), st.booleans(), st.booleans())
def test_nothing_is_lost_and_nothing_left_open(
    tried: Tried, texts: tuple[str, str, str], ours_keeps: bool, is_base_known: bool
) -> None:
    tried("two-branch merges", 1)
    base, ours, theirs = texts
    result = merge_texts(base if is_base_known else None, ours, theirs, settle=lambda a, b: ours_keeps)
    assert result.clashes == ()
    actions = file_of(result.text).actions
    known = {ref for action in actions for ref in (action.ref, *action.also)}
    entries = {replace(p, words=None) for action in actions for p in action.history}
    before = file_of(base).records
    was = {replace(p, words=None) for action in file_of(base).actions for p in action.history}
    for side in (ours, theirs):
        for action in file_of(side).actions:
            assert action.ref in known or action.ref in before
            assert {replace(p, words=None) for p in action.history} <= entries | was
    assert (
        merge_texts(base, result.text, theirs if is_base_known else result.text, settle=first).clashes == ()
    )


@law
@given(three_texts(GROWTH), st.booleans())
def test_no_comment_and_no_key_of_anybodys_own_is_lost(
    tried: Tried, texts: tuple[str, str, str], is_base_known: bool
) -> None:
    tried("two-branch merges", 1)
    base, ours, theirs = texts
    text = merge_texts(base if is_base_known else None, ours, theirs, settle=first).text
    for side, who in ((ours, "ours"), (theirs, "theirs")):
        own = re.findall(rf"# {who} \d+ \w+|    of {who}: .*", side)
        assert [remark for remark in own if remark not in text] == []


@law
@given(three_texts())
def test_marked_conflicts_are_healed_as_if_they_had_been_settled_at_once(
    tried: Tried, texts: tuple[str, str, str]
) -> None:
    tried("two-branch merges", 1)
    base, ours, theirs = texts
    open_, settled = merge_texts(base, ours, theirs), merge_texts(base, ours, theirs, settle=first)
    healed = resolved(open_.text, "a", first)
    assert values(healed.text) == values(settled.text)
