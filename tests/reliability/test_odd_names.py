"""A name is one person's however its letters are spelled, and never another's that only looks like it; a date that cannot be
is no date, in every zone and language."""

import json
import os
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date as Date
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from boards import done, environment, plant, rrb, set_board, settled, shown
from reliability.figures import Tried
from reliability.odd import Seen, seen

# Names of people

RENE, DECOMPOSED = "René Dupré", unicodedata.normalize("NFD", "René Dupré")
LONG = "Alicia " + "Montgomery" * 29
SAME: dict[str, tuple[str, tuple[str, ...]]] = {
    "NFC and NFD": (RENE, (RENE, DECOMPOSED, RENE.upper(), DECOMPOSED.upper())),
    "NFD in the list": (DECOMPOSED, (RENE, DECOMPOSED)),
    "zero width": (
        "Alice Brown",
        ("Ali\u200bce Brown", "Alice\ufeff Brown", "Al\u00adice Brown", "\u2060Alice Brown"),
    ),
    "direction": ("Alice Brown", ("\u200eAlice Brown\u200f",)),
    "blanks": ("Alice Brown", ("Alice\u00a0Brown", "Alice\u2009Brown", "Alice  Brown")),
    "wide": ("Alice Brown", ("Ａｌｉｃｅ Ｂｒｏｗｎ",)),
    "joined letters": ("Sofia Griffin", ("Soﬁa Griﬃn",)),
    "sharp s": ("Hans Strauß", ("Hans Strauss", "HANS STRAUSS", "HANS STRAUẞ")),
    "apostrophes": ("Siobhan O'Hara", ("Siobhan O’Hara", "Siobhan O‘Hara", "Siobhan Oʼhara")),
    "hyphens": ("Ann Lee-Smith", ("Ann Lee‑Smith", "Ann Lee‐Smith")),
    "Hebrew": ("דוד כהן", ("דוד כהן", "\u200fדוד כהן\u200f")),
    "Arabic": ("محمد علي", ("محمد علي",)),
}
"""Who is listed as present, and other spellings of the same name."""
OTHER: dict[str, tuple[str, tuple[str, ...]]] = {
    "Greek": ("Alice Brown", ("Αlice Brown", "Alice Βrown")),
    "Cyrillic": ("Alice Brown", ("Аlice Brown", "Aliсe Brown")),
    "capitals of another alphabet": ("Harbour Trust (HT)", ("НТ", "ΗΤ")),
    "accents": (RENE, ("Rene Dupre", "Renë Dupré")),
    "dotless": ("İlknur Işık", ("Ilknur Isik", "İLKNUR IŞIK")),
    "dotted": ("Ilker Demir", ("ILKER DEMİR", "Ilker Demır")),
    "dashes": ("Ann Lee-Smith", ("Ann Lee–Smith", "Ann Lee Smith")),
    "other apostrophes": ("Siobhan O'Hara", ("Siobhan O´Hara", "Siobhan O`Hara")),
    "turned round": ("Alice Brown", ("Alice\u202eBrown",)),
}
"""The same with names that may be another's: one for oneself, and a finding."""


def naming(present: str, owners: Sequence[str]) -> str:
    tasks = "".join(f"- {owner} to paint boat no {n} red\n" for n, owner in enumerate(owners))
    return f"# Harbour Board\n9 September 2019\n\n## Attendance\n- {present}\n- Zoltan Q\n\n## Actions\n\n{tasks}"


def whose(one: Seen) -> list[list[str]]:
    return [action["owners"] for action in one.actions]


def test_other_spellings_are_the_same_person(tmp_path: Path, tried: Tried) -> None:
    notes = {name: naming(*case) for name, case in SAME.items()}
    for name, one in seen(tmp_path, notes, "unknown-owner").items():
        present, owners = SAME[name]
        assert len({tuple(own) for own in whose(one)}) == 1 and len(whose(one)) == len(owners), (
            name,
            whose(one),
        )
        assert unicodedata.normalize("NFC", whose(one)[0][0]) == unicodedata.normalize("NFC", present), name
        assert not one.findings, (name, one.words)
    tried("odd notes", sum(len(owners) for _, owners in SAME.values()))


def test_what_only_looks_the_same_is_somebody_else_and_said(tmp_path: Path, tried: Tried) -> None:
    notes = {name: naming(*case) for name, case in OTHER.items()}
    said = ("unknown-owner", "suspicious-character", "control-character")
    for name, one in seen(tmp_path, notes, *said).items():
        present, owners = OTHER[name]
        assert len(one.actions) == len(owners), (name, whose(one))
        for n, action in enumerate(one.actions):
            assert present.partition(" (")[0] not in action["owners"] and "HT" not in action["owners"], (
                name,
                n,
            )
            assert one.says(*said, line=action["raised"]["line"]), (name, n, one.words)
    tried("odd notes", sum(len(owners) for _, owners in OTHER.values()))


def test_a_name_of_300_letters_stays_whole(tmp_path: Path, tried: Tried) -> None:
    """It is no name any more, so nobody gets it as his; but every letter of the action is there, in every command."""
    set_board(tmp_path)
    done(tmp_path, "add", f"{LONG} to paint the boat")
    done(tmp_path, "sync")
    for words in (
        ("show", "2020-02-01.m1"),
        ("chase",),
        ("actions", "--by", "owner"),
    ):
        done(tmp_path, *words)
    found = shown(tmp_path)["2020-02-01.m1"]
    assert LONG in (*found["owners"], found["action"].removesuffix(" to paint the boat"))
    tried("odd notes", 1)


# Names of files

FORMS: dict[str, Callable[[str], str]] = {
    form: partial(unicodedata.normalize, form) for form in ("NFC", "NFD")
}


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system spells names itself")
@pytest.mark.parametrize(("disk", "typed"), list(product(FORMS, FORMS)))
def test_a_file_is_found_by_its_name_however_it_is_spelled(
    disk: str, typed: str, tmp_path: Path, tried: Tried
) -> None:
    """A Mac spells `é` as two letters; the refs of all who share the notes are the same."""
    there, said = FORMS[disk], FORMS[typed]
    note = naming("Alice Brown", ["Alice Brown"])
    plant(
        tmp_path,
        {
            there("zoë/réunion-2019-09-09"): note,
            there("zoë/réunion-2019-10-09"): note.replace("September", "October"),
        },
    )
    done(tmp_path, "sync")
    key = "zoë/réunion-2019-09-09"
    assert list(shown(tmp_path)) == [f"{key}.1", "zoë/réunion-2019-10-09.1"] or list(shown(tmp_path)) == [
        f"{key}.1"
    ]
    done(tmp_path, "show", said(f"{key}.1"))
    done(tmp_path, "update", said(f"{key}.1"), "ongoing")
    assert "1 outstanding" in done(tmp_path, "actions", "--meeting", said("réunion-2019-09-09")).err
    assert "outstanding" in done(tmp_path, "actions", "--board", said("zoë")).err
    done(tmp_path, "summary", said(key))
    settled(tmp_path)
    (tmp_path / "rrb.toml").write_text(
        f'exclude = ["{said("zoë/*-10-*")}"]\n[boards]\n"{said("zoë/*")}" = "x"\n'
    )
    meetings = json.loads(done(tmp_path, "meetings", "--format", "json").out)["meetings"]
    assert [(one["key"], one["board"]) for one in meetings] == [(key, "x")]
    tried("odd notes", 1)


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="the file system takes both for one")
def test_two_files_whose_names_look_the_same_are_two_meetings(tmp_path: Path, tried: Tried) -> None:
    note = naming("Alice Brown", ["Alice Brown"])
    plant(
        tmp_path,
        {
            FORMS["NFC"]("café"): note,
            FORMS["NFD"]("café"): note.replace("9 Sep", "10 Sep").replace("red", "blue"),
        },
    )
    plant(tmp_path, {"b": note.replace("9 Sep", "11 Sep").replace("boat no 0 red", "the pier")})
    (tmp_path / "notes/b.MD").write_text(note.replace("9 Sep", "12 Sep").replace("boat no 0 red", "the mole"))
    done(tmp_path, "sync")
    assert len({one["raised"]["meeting"] for one in shown(tmp_path).values()}) == 4
    settled(tmp_path)
    tried("odd notes", 1)


# Dates

NO_DAY = (
    "29 February 2026", "30 February 2026", "31 April 2026", "31st of June 2026", "32 May 2026", "0 May 2026", "2026-02-29",
    "2026-02-30", "2026-13-01", "2026-00-10", "2026-05-00", "0000-01-01", "0000-00-00", "00/00/0000", "13/13/2026", "5/13/2026",
    "31/04/2026", "20260230", "31 December 9999", "1 January 10000", "31 December 20256", "the end of 9999", "12/31", "1/2",
    "10000-01-01", "May 32", "February 30, 2026", "Q5 2026", "week 54", "99999999999 days",
)  # fmt: skip
"""`by …` names no day: it cannot be, or nobody can say which."""
DAYS = {
    "1/2/26": "2026-02-01", "01/02/2026": "2026-02-01", "29.02.2028": "2028-02-29", "29 Feb": "2020-02-29",
    "9999-12-31": "9999-12-31", "28 February 2026": "2026-02-28", "2026-2-3": "2026-02-03", "31/12/2026": "2026-12-31",
}  # fmt: skip
"""Day before month, as the manual says."""


def dues(folder: Path) -> dict[str, Any]:
    found = json.loads(done(folder, "actions", "--all", "--format", "json", "-q").out)["actions"]
    return {action["action"].split()[1]: action["due"] for action in found}


def dated(words: Sequence[str], day: str = "9 September 2019") -> str:
    head = f"# Harbour Board\n{day}\n\n## Attendance\n- Alpha Org (AO)\n\n## Actions\n\n"
    return head + "".join(f"- AO to paint no{n}boat {one}\n" for n, one in enumerate(words))


def test_impossible_days_are_no_days_and_possible_ones_are(tmp_path: Path, tried: Tried) -> None:
    plant(tmp_path, {"2019-09-09": dated([f"by {words}" for words in (*NO_DAY, *DAYS)])})
    found = [due and (due["date"] or due["latest"]) for due in dues(tmp_path).values()]
    assert dict(zip((*NO_DAY, *DAYS), found, strict=True)) == dict.fromkeys(NO_DAY) | DAYS
    tried("odd notes", len(found))


EDGES = ("in 2 weeks", "in 100000 weeks", "next Friday", "by the end of the month", "by the end of the year", "next quarter",
         "next month", "within 3 months", "tomorrow", "by w/c 29 December", "by next Monday", "in the next year")  # fmt: skip


@pytest.mark.parametrize(
    "day",
    [
        "9999-12-31",
        "0001-01-01",
        *(pytest.param(day, marks=pytest.mark.slow) for day in ("9999-12-25", "0001-01-03")),
    ],
)
def test_reckoning_stops_at_the_ends_of_the_calendar(day: str, tmp_path: Path, tried: Tried) -> None:
    plant(tmp_path, {day: f"---\ndate: {day}\n---\n" + dated(EDGES, "Minutes")})
    for today in ("0001-01-01", "9999-12-31"):
        for words in (
            ("actions",),
            ("stats",),
            ("check", "--fail-on", "never"),
            ("chase",),
            ("meetings",),
            ("sync", "-n"),
        ):
            answer = rrb(tmp_path, *words, today=today)
            assert answer.code == 0, (words, answer)
    done(tmp_path, "sync", today="9999-12-31")
    settled(tmp_path, today="9999-12-31")
    assert all(Date.fromisoformat(due["date"]) for due in dues(tmp_path).values() if due and due["date"])
    tried("odd notes", len(EDGES))


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("2026-06-01", "2026-06-01"), ("1 June 2026", "2026-06-01"), ("2026-02-29", ""), ("2026-02-30", ""), ("0000-01-01", ""),
        ("", ""), ("tomorrow", ""), ("-1", ""), ("2026-06-01T23:59", ""), ("10000-01-01", ""), ("٢٠٢٦-٠١-٠١", ""), ("31/04/2026", ""),
        ("\u0000", ""), ("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31"),
    ],
)  # fmt: skip
def test_today_is_a_day_or_is_refused(word: str, day: str, tmp_path: Path, tried: Tried) -> None:
    plant(tmp_path, {"2019-09-09": dated(["by 1 October 2019"])})
    answer = rrb(tmp_path, "actions", "--format", "json", today=word)
    if day:
        assert json.loads(answer.out)["today"] == day
    else:
        assert answer.code == 2 and "is no date" in answer.err, answer
    tried("odd notes", 1)


ZONES = (
    "UTC",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
)
CHANGES = ("2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01")
"""Days on which clocks are changed in Europe and America."""


@contextmanager
def zone(name: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set here")
def test_no_zone_moves_a_day(tmp_path: Path, tried: Tried) -> None:
    """Whatever clocks do on that day: the same bytes, for the same today."""
    texts = [f"by {day}" for day in CHANGES] + ["in 2 weeks", "next Sunday", "tomorrow"]
    plant(tmp_path, {"2026-03-28": dated(texts, "28 March 2026")})
    for day in CHANGES:
        answers = set()
        for name in ZONES:
            with zone(name):
                answers.add(
                    tuple(
                        done(tmp_path, *words, today=day)
                        for words in (("actions",), ("actions", "--overdue"))
                    )
                )
        assert len(answers) == 1, day
    tried("odd notes", len(ZONES) * len(CHANGES))


LANGUAGES = (
    {"LC_ALL": "C"},
    {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE"},
    {"LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
)


@pytest.mark.parametrize(
    "language", [*(pytest.param(one, marks=pytest.mark.slow) for one in LANGUAGES[1:]), LANGUAGES[0]]
)
def test_no_language_of_the_machine_changes_a_word(
    language: dict[str, str], tmp_path: Path, tried: Tried
) -> None:
    """Neither the names of months, nor what is a capital, nor how text is encoded."""
    plant(tmp_path, {"2019-09-09": dated(["by 1 Oct 2019 – İstanbul", "by the end of MARCH 2020"])})
    command = [
        sys.executable,
        "-m",
        "rrbnotes",
        "-C",
        str(tmp_path),
        "--today",
        "2020-02-01",
        "actions",
        "--format",
        "json",
        "-q",
    ]
    given = {**environment(), "PYTHONIOENCODING": "utf-8", **language, "TZ": ZONES[1]}
    ran = subprocess.run(command, env=given, capture_output=True, check=True)
    assert ran.stdout.decode() == done(tmp_path, "actions", "--format", "json", "-q").out
    tried("odd notes", 1)
