"""Registers that people and tools have written anew in their own way: each command changes what it is about and nothing
else, byte for byte, or refuses at the line whose spelling it cannot keep."""

import re
from pathlib import Path
from random import Random

import pytest

from boards import JANUARY, ODD, QUIRKS, REGISTER, Hand, Spelled, board_register, plant, rrb, set_board, tree
from reliability.figures import Tried
from test_writing import COMMANDS, DOOR, LAMPS, LATEST, REFS, check_meaning, check_places

MOST_QUIRKS = 12
REFUSED_AT_MOST = 0.2
"""Of all: a person who writes oddly is served too."""


GOES = {"unlink": {"own keys in entries"}}
"""What a command takes away with an entry that it takes away."""


def spelled_by(hand: Random, name: str) -> Spelled:
    """The board's register with some quirks, seldom with one that cannot always be kept."""
    quirks = {
        *hand.sample(QUIRKS, hand.randint(0, MOST_QUIRKS)),
        *hand.sample(ODD, hand.choice([0, 0, 0, 1])),
    }
    return Hand(frozenset(quirks - GOES.get(name, set())), hand).spell(tree(board_register()))


def check(root: Path, name: str, spelled: Spelled, pair: tuple[str, str]) -> bool:
    """Whether a command was done. What it did, or that it did nothing, is checked, and that `undo` brings every byte back."""
    case, (one, two) = COMMANDS[name], pair
    register = root / REGISTER
    register.write_bytes(spelled.data)
    (root / LATEST).write_text(JANUARY + case.news)
    answer = rrb(root, *case.arguments(one, two))
    written = register.read_bytes()
    if answer.code:
        assert (answer.code, written) == (2, spelled.data), answer
        assert re.match(r"rrb: notes/actions\.yaml:[1-9]\d*:[1-9]\d*: ", answer.err), answer
        return False
    check_places(spelled, written, case.touches(one, two))
    check_meaning(spelled.data, written, case.touches(one, two))
    assert rrb(root, "undo").code == 0
    assert register.read_bytes() == spelled.data
    return True


def check_many(root: Path, registers: int, tried: Tried) -> None:
    plant(root)
    kept = 0
    for seed in range(registers):
        for name in COMMANDS:
            hand = Random(seed)
            spelled = spelled_by(hand, name)
            one, two = hand.sample(REFS, 2)
            pair = (LAMPS, DOOR) if (one, two) == (DOOR, LAMPS) else (one, two)  # these are linked already
            try:
                kept += check(root, name, spelled, pair)
            except AssertionError as why:
                raise AssertionError(
                    f"register {seed}, {name}, {pair}:\n{spelled.data.decode()}\n{why}"
                ) from why
    assert kept >= (1 - REFUSED_AT_MOST) * registers * len(COMMANDS)
    tried("hand-edited registers preserved", kept)


def test_what_people_wrote_stays(tmp_path: Path, tried: Tried) -> None:
    check_many(tmp_path, 9, tried)


@pytest.mark.slow
def test_what_very_many_people_wrote_stays(tmp_path: Path, tried: Tried) -> None:
    check_many(tmp_path, 300, tried)


LINK = ("is: followed", 'to: "2019-11-19.2"', 'reason: "one painter: two jobs"')
IN_BRACKETS = f"links: [{{{', '.join(LINK)}}},  # mine\n      ]"
OVER_LINES = f"links:\n      - {LINK[0]}  # mine\n        {LINK[1]}  # too\n        {LINK[2]}"


@pytest.mark.parametrize(
    ("spelling", "says"), [(OVER_LINES, ""), (IN_BRACKETS, "a remark stands within this value; move it out")]
)
def test_a_remark_in_what_goes_stays_or_stands_in_the_way(tmp_path: Path, spelling: str, says: str) -> None:
    text = board_register().decode()
    at = text.index("    links:", text.index(f"  {LAMPS}:"))
    end = text.index("}", at) + 1
    text = f"{text[:at]}    {spelling}{text[end:]}"
    root = set_board(tmp_path, text.encode())
    answer = rrb(root, "unlink", DOOR, LAMPS)
    written = (root / REGISTER).read_text()
    assert says in answer.err and (answer.code == 2) is bool(says), answer
    assert written.count("# mine") == 1 and written.count("# too") == text.count("# too")
    assert not says or written == text


def test_a_writer_that_spells_all_anew_is_caught(tmp_path: Path) -> None:
    """As most libraries do it: what is said stays, and all else goes."""
    import yaml

    spelled = Hand(frozenset({"remarks behind", "single quotes"}), Random(1)).spell(tree(board_register()))
    assert spelled.remarks
    anew = yaml.safe_dump(tree(spelled.data), sort_keys=False).encode()
    with pytest.raises(AssertionError):
        check_places(spelled, anew, [LAMPS])
    with pytest.raises(AssertionError):
        check_meaning(spelled.data, anew, [])
