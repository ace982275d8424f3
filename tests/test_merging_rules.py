"""The merge of registers, by example: what each rule does."""

from datetime import date

import pytest

from rrbnotes.model import Action, Due, Status
from rrbnotes.register.merging import Clash, resolved
from rrbnotes.register.renumbering import Settle
from rrbnotes.register.sides import sides
from rrbnotes.register.threeway import told
from two_sides import (
    BASE,
    BEDS,
    LINKED,
    OURS_NEW,
    PLAN,
    ROLLED,
    THEIRS_NEW,
    agreed,
    but,
    entry,
    file_of,
    merge_texts,
    never,
    new_record,
    one,
    with_new,
    without,
)


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
