"""An action is read, or a line says where it stands and that it is not: however deep it is nested, however its line ends,
and whatever a word processor, a PDF reader or a merge has left around it."""

import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from boards import NOVEMBER, REGISTER, Answer, board_register, done, rrb, set_board
from reliability.figures import Tried
from reliability.odd import HEAD, Seen, seen

# Nesting

Words = Callable[[int], str]


def bullets(depth: int, words: Words) -> str:
    return "".join(f"{'  ' * n}- {words(n)}\n" for n in range(depth))


def numbers(depth: int, words: Words) -> str:
    return "".join(f"{'   ' * n}1. {words(n)}\n" for n in range(depth))


def quotations(depth: int, words: Words) -> str:
    return "".join(f"{'> ' * n}{words(n - 1)}\n{'> ' * n}\n" for n in range(1, depth + 1))


def mixed(depth: int, words: Words) -> str:
    lines, before = "", ""
    for n in range(depth):
        mark, behind = ("> ", "> ") if n % 2 else ("- ", "  ")
        lines += f"{before}{mark}{words(n)}\n{before}{behind.rstrip()}\n"
        before += behind
    return lines


def tags(depth: int, words: Words) -> str:
    return "".join(f"<ul><li>{words(n)}\n" for n in range(depth)) + "</li></ul>" * depth + "\n"


SHAPES = {shape.__name__: shape for shape in (bullets, numbers, quotations, mixed, tags)}
DEPTHS = (9, 49, 50, 65, 66, 98, 99, 101)
LIMIT = {"bullets": 49, "numbers": 49, "quotations": 98, "mixed": 65, "tags": 99}
"""So deep is certainly read: an item takes two levels, of itself and of its list."""
READ_AT_ALL = ("too-deep", "too-large")
AFTER = "\n**Action:** BT to ring the bell\n\n## Actions\n\n- AO to lower the flag\n"


def told(shape: str, depth: int, one: Seen, first: int) -> None:
    """Each action is there at its line; or at a line on which no deeper one is left, the rest is said not to be read."""
    lines = {int(found[1]): at for at, words in zip(one.lines, map(str, one.owned), strict=True)
             if (found := re.search(r"buoy no (\d+)", words))}  # fmt: skip
    step = 2 if shape in ("quotations", "mixed") else 1
    assert all(at == first + n * step for n, at in lines.items()), (shape, depth)
    assert list(lines) == list(range(len(lines))), (shape, depth)
    deep = [at for name, at in one.findings if name == "too-deep"]
    assert len(lines) >= min(depth, LIMIT[shape]), (shape, depth, len(lines))
    if len(lines) < depth:
        assert deep and deep[0] <= first + len(lines) * step, (shape, depth)
    assert ("BT", "ring the bell") in one.owned and ("AO", "lower the flag") in one.owned, (shape, depth)


def test_what_nests_deeply_is_read_or_said_to_be_too_deep(tmp_path: Path, tried: Tried) -> None:
    notes = {
        f"{name}-{depth}": HEAD
        + SHAPES[name](depth, lambda n: f"Action: AO to paint buoy no {n} red")
        + AFTER
        for name in SHAPES
        for depth in DEPTHS
        if depth < 10 or LIMIT[name] <= depth < LIMIT[name] + 2
    }
    found = seen(tmp_path, notes, "too-deep")
    for key, one in found.items():
        shape, _, depth = key.partition("-")
        told(shape, int(depth), one, HEAD.count("\n") + 1)
    assert any(name == "too-deep" for one in found.values() for name, _ in one.findings)  # it can be told
    tried("odd notes", len(notes))


@pytest.mark.parametrize(
    ("mark", "depth"), list(product((">", "> ", "- ", "1. ", "* > "), (50, 101, 1_000, 100_000)))
)
def test_one_line_of_many_marks(mark: str, depth: int, tmp_path: Path, tried: Tried) -> None:
    one = seen(tmp_path, {"x": f"{HEAD}{mark * depth}Action: AO to paint it\n{AFTER}"}, *READ_AT_ALL)["x"]
    at = HEAD.count("\n") + 1
    if depth == 100_000:
        assert one.findings == [("too-large", at)] and not one.actions
    else:
        assert ("AO", "paint it") in one.owned or one.says("too-deep", line=at)
        assert ("BT", "ring the bell") in one.owned
    tried("odd notes", 1)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_a_thousand_levels(shape: str, tmp_path: Path, tried: Tried) -> None:
    depth = {"quotations": 900, "mixed": 900}.get(shape, 1_000)  # what a note may hold
    text = SHAPES[shape](depth, lambda n: f"Action: AO to paint buoy no {n} red")
    told(shape, depth, seen(tmp_path, {"x": HEAD + text + AFTER}, "too-deep")["x"], HEAD.count("\n") + 1)
    tried("odd notes", 1)


def test_every_command_says_that_a_note_is_not_read_whole(tmp_path: Path) -> None:
    set_board(tmp_path)
    (tmp_path / "notes/2019-11-19.md").write_text(NOVEMBER + "- " * 60 + "Action: GC to dive\n")
    before = (tmp_path / REGISTER).read_bytes()
    for words in (
        ("actions",),
        ("meetings",),
        ("stats",),
        ("sync",),
        ("add", "AO to sing"),
        ("summary", "--write"),
    ):
        answer = rrb(tmp_path, *words)
        assert (
            answer.code == 2 and "notes/2019-11-19.md:15: error: lists or quotes nest 100 deep" in answer.err
        ), words
    assert (tmp_path / REGISTER).read_bytes() == before
    assert rrb(tmp_path, "check").code == 1


# Line ends

ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}
INSIDE = "\f\v\x1c\x1d\x1e\x85\u2028\u2029"
FAULTY = (
    "# Harbour Board", "9 September 2019", "", "## Attendance", "", "- Alpha Org (AO)", "- Beta Trust (BT)", "",
    "## 1. Papers", "", "one{0}two", "", "**Action:** AO to paint the{1}boat", "", "**Action:** the report to be sent",
    "", "It was sa\u00adid.", "", "## 2. Money", "", "**Action:** BT to count{2}the money",
)  # fmt: skip
"""Odd characters stand within words at lines 11, 13 and 21; the markers are at lines 13, 15 and 21, a soft hyphen at 17."""


def spelled(end: str, inside: str, is_ended: bool) -> str:
    lines = [line.format(*inside) for line in FAULTY]
    if end == "mixed":
        ends = [
            "\r" if n % 3 == 0 and after else "\r\n" if n % 3 else "\n"
            for n, after in enumerate([*lines[1:], ""])
        ]
        return "".join(map("".join, zip(lines, ends, strict=True)))
    return ENDS[end].join(lines) + (ENDS[end] if is_ended else "")


def test_every_message_has_the_editors_line(tmp_path: Path, tried: Tried) -> None:
    cases = {
        f"{end} {at}": spelled(end, (INSIDE + INSIDE)[at : at + 3], is_ended=at != 3)
        for end, at in product((*ENDS, "mixed"), (0, 3, 6))
    }
    rules = ("no-owner", "suspicious-character", "control-character")
    for name, one in seen(tmp_path, cases, *rules).items():
        assert one.lines == [13, 15, 21], (name, one)
        assert one.says("no-owner", line=15) and one.says("suspicious-character", line=17), (
            name,
            one.findings,
        )
        assert all(one.says("control-character", "suspicious-character", line=at) for at in (11, 13, 21)), (
            name
        )
    tried("odd notes", len(cases))


@pytest.mark.parametrize(
    ("end", "mark", "is_ended"),
    [*product((*ENDS, "mixed"), [""], [True]), *product(("LF", "CRLF"), ["\ufeff"], [False])],
)
def test_writers_change_no_other_byte(
    end: str, mark: str, is_ended: bool, tmp_path: Path, tried: Tried
) -> None:
    """`--fix` deletes the soft hyphen and nothing else, a summary is only added, an update leaves notes alone."""
    path = tmp_path / "notes" / "2019-09-09.md"
    path.parent.mkdir()
    before = (mark + spelled(end, "   ", is_ended)).encode()
    path.write_bytes(before)
    done(tmp_path, "sync")
    done(tmp_path, "update", "2019-09-09.1", "ongoing", "-m", "wet", "--on", "2019-10-01")
    assert path.read_bytes() == before
    rrb(tmp_path, "check", "--fix", "--select", "suspicious-character")
    fixed = path.read_bytes()
    assert fixed == before.replace("\u00ad".encode(), b"") != before
    done(tmp_path, "summary", "2019-09-09", "--write")
    written = path.read_bytes()
    assert written.startswith(fixed) and b"AO to paint the boat" in written[len(fixed) :]
    done(tmp_path, "undo")
    assert path.read_bytes() == fixed
    tried("odd notes", 1)


# Forms of word processors and of PDF readers

SIGNS = "-*+•◦▪‣●○·∙⁃–—−‒‐■□◆◇►▶▸→➢➤»§☐☑☒✓✔\uf0b7\uf0a7\uf0d8\uf0fco"
GAPS = {"a blank": " ", "a tab": "\t", "a fixed blank": "\u00a0", "two of them": "\u00a0\u00a0", "none": ""}
TASKS = ("AO to paint the long boat", "BT to sell the old boat")
MARKED = {
    "fixed blanks": "\u00a0**Action:**\u00a0AO to paint it",
    "blank before the colon": "Action\u00a0: AO to paint it",
    "thin blank": "ACTION\u202f: AO to paint it",
    "blank before the dash": "ACTION\u00a0– AO to paint it",
    "number behind a fixed blank": "Action\u00a01: AO to paint it",
    "number behind a thin blank": "Action\u20091: AO to paint it",
    "fixed hyphen": "ACTION ‑ AO to paint it",
    "hyphen": "ACTION ‐ AO to paint it",
    "minus": "ACTION − AO to paint it",
    "figure dash": "ACTION ‒ AO to paint it",
    "em dash": "ACTION — AO to paint it",
    "soft hyphens": "Ac\u00adtion: A\u00adO to paint it",
    "zero width spaces": "\u200bAct\u200bion\u200b: AO to paint it",
    "byte order mark": "\ufeffAction: AO to paint it",
    "marks of direction": "\u200eAction:\u200f AO to paint it",
    "wide colon": "Action：AO to paint it",
    "wide colon behind bold": "**Action**：AO to paint it",
    "wide colon in bold": "**Action：** AO to paint it",
    "wide letters": "ＡＣＴＩＯＮ：ＡＯ to paint it",
    "quotation": "“Action: AO to paint it”",
    "quoted marker": "‘Action’: AO to paint it",
    "Greek": "Αction: AO to paint it",
    "Greek within": "ACΤION: AO to paint it",
    "Cyrillic": "**Аction:** AO to paint it",
    "bullet of a font": "\uf0b7\tAction: AO to paint it",
    "arrow": "→ Action: AO to paint it",
    "four blanks": "As agreed.\n\n    Action: AO to paint it now",
    "a tab": "As agreed.\n\n\t**Action:** AO to paint it now",
    "an open fence": "```\nsome code\n\nAction: AO to paint it now",
    "open HTML": "<script>\n\nAction: AO to paint it now",
}
"""One action each, on the last line."""
LISTED = {
    "fixed blank behind a number": ("1.\u00a0AO to paint it", "2.\u00a0BT to sell it"),
    "fixed blanks before bullets": ("\u00a0\u00a0- AO to paint it", "\u00a0\u00a0- BT to sell it"),
    "fixed blank in a box": ("- [x]\u00a0AO to paint it", "- [\u00a0]\u00a0BT to sell it"),
    "fixed blank before a box": ("-\u00a0[ ]\u00a0AO to paint it", "-\u00a0[ ]\u00a0BT to sell it"),
    "roomy boxes": ("- [ x ] AO to paint it", "- [] BT to sell it"),
    "two bullets": ("- – AO to paint it", "* • BT to sell it"),
    "dash behind the owner": ("- AO – paint it", "- BT — sell it"),
    "minus behind the owner": ("- AO − paint it", "- BT ‒ sell it"),
    "dash before the owner": ("- Paint it – AO", "- Sell it − BT"),
    "fixed blanks in names": ("- Alpha\u00a0Org to paint it", "- Beta\u00a0Trust\u00a0to sell it"),
    "wide names": ("- ＡＯ to paint it", "- ＢＴ：sell it"),
    "joined letters": ("- AO to ﬁnd the oﬃce", "- BT to ﬁx the ﬂag"),
    "soft hyphens": ("- A\u00adO to pa\u00adint it", "- B\u00adT to sell it"),
    "zero width spaces": ("\u200b- AO to paint it", "- B\u200bT to sell it"),
    "four blanks": ("    - AO to paint it all", "    - BT to sell it all"),
    "a tab": ("\t1. AO to paint it all", "\t2. BT to sell it all"),
}
"""Two actions each, of AO and of BT."""
SAID = ("unread-action", "suspicious-character")


def is_there(one: Seen, line: int, owner: str, words: str) -> bool:
    """An action at its line with its owner and all its words, and none of the next one's."""
    return any(
        at == line and who == owner and words in said and len(said) <= len(words) + 2
        for at, (who, said) in zip(one.lines, one.owned, strict=True)
    )


@pytest.mark.parametrize("part", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 6))])
def test_bullets_as_characters(part: int, tmp_path: Path, tried: Tried) -> None:
    first = HEAD.count("\n") + 3
    cases = {
        f"{ord(sign):x} {gap}": f"{HEAD}## Actions\n\n"
        + "".join(f"{sign}{GAPS[gap]}{task}\n" for task in TASKS)
        for sign, gap in list(product(SIGNS, GAPS))[part::6]
        if gap != "none" or not sign.isascii()
    }
    read = 0
    for name, one in seen(tmp_path, cases, *SAID).items():
        for n, task in enumerate(TASKS):
            owner, _, words = task.partition(" to ")
            is_read = is_there(one, first + n, owner, words)
            is_said = one.says(*SAID, line=first + n) or one.says("unread-action", line=first)
            assert is_read or is_said, (name, one)
            read += is_read
    assert read > 2 * len(cases) * 0.8  # the rest is only said
    tried("odd notes", len(cases))


def test_markers_among_odd_characters(tmp_path: Path, tried: Tried) -> None:
    cases = {name: f"{HEAD}{text}\n" for name, text in MARKED.items()}
    for name, one in seen(tmp_path, cases, *SAID).items():
        last = cases[name].count("\n")
        is_read = any(at == last and who == "AO" and said.startswith("paint it") for at, (who, said) in
                      zip(one.lines, one.owned, strict=True))  # fmt: skip
        is_said = any(rule in SAID and HEAD.count("\n") < at <= last for rule, at in one.findings)
        assert is_read or is_said, (name, one)
        assert is_read or name in UNREAD, name
    tried("odd notes", len(cases))


UNREAD = frozenset(
    (
        "quotation",
        "quoted marker",
        "arrow",
        "Greek",
        "Greek within",
        "Cyrillic",
        "four blanks",
        "a tab",
        "an open fence",
        "open HTML",
    )
)
"""Of `MARKED`, what is not read but said: it may be meant as it is, or only a person can say what is meant."""


def test_items_among_odd_characters(tmp_path: Path, tried: Tried) -> None:
    cases = {name: f"{HEAD}## Actions\n\n" + "\n".join(lines) + "\n" for name, lines in LISTED.items()}
    first = HEAD.count("\n") + 3
    for name, one in seen(tmp_path, cases, *SAID).items():
        for n, owner in enumerate(("AO", "BT")):
            is_read = any(
                at == first + n and who == owner for at, (who, _) in zip(one.lines, one.owned, strict=True)
            )
            assert is_read or one.says(*SAID, line=first + n), (name, one)
    tried("odd notes", len(cases))


def test_code_between_two_fences_is_nobodys_action(tmp_path: Path) -> None:
    text = f"{HEAD}```\nAction: AO to paint it\n\n- AO to sell it\n```\n\n~~~\n## Actions\n\n- BT to sing loudly\n~~~\n"
    one = seen(tmp_path, {"x": text}, "unread-action")["x"]
    assert not one.actions and not one.findings


# Conflicts

CONFLICT = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> branch\n"
IN_NOTE = CONFLICT.format("**Action:** AO to buy tar", "**Action:** BT to buy tar")
WRITING = (
    ("sync",), ("sync", "-n"), ("update", "2019-09-09.3", "done"), ("add", "AO to sing"), ("summary", "--write"),
    ("link", "2019-09-09.3", "different", "2019-11-19.1"), ("unlink", "2019-09-09.3", "2019-11-19.1"),
    ("new", "2020-03-02"),
)  # fmt: skip
ASKING = (("actions",), ("meetings",), ("owners",), ("stats",), ("chase",), ("show", "2019-09-09.3"))


def conflicted(folder: Path, where: str) -> str:
    """A board with a conflict somewhere, and the place that is to be named."""
    set_board(folder)
    if where == "note":
        (folder / "notes/2019-11-19.md").write_text(NOVEMBER + IN_NOTE)
        return "notes/2019-11-19.md:15"
    if where == "register":
        text = board_register().decode()
        at = text.index("    status: ")
        end = text.index("\n", at)
        both = CONFLICT.format(text[at:end], "    status: complete")
        (folder / REGISTER).write_text(text[:at] + both + text[end + 1 :])
        return f"{REGISTER}:{text.count(chr(10), 0, at) + 1}"
    (folder / "rrb.toml").write_text('notes = "notes"\n' + CONFLICT.format("exclude = []", 'exclude = ["x"]'))
    return "rrb.toml:2"


def files(folder: Path) -> dict[str, bytes]:
    kept = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".rrb" not in path.parts)
    return {str(path): path.read_bytes() for path in kept}


@pytest.mark.parametrize("where", ["note", "register", "settings"])
def test_a_conflict_is_named_and_nothing_is_written(where: str, tmp_path: Path, tried: Tried) -> None:
    place = conflicted(tmp_path, where)
    before = files(tmp_path)
    for words in (*WRITING, *ASKING):
        assert_named(rrb(tmp_path, *words), place, 2, words)
    for words in (("check",), ("check", "--fix")):
        assert_named(rrb(tmp_path, *words), place, 2 if where == "settings" else 1, words)
    assert files(tmp_path) == before
    tried("odd notes", 1)


def assert_named(answer: Answer, place: str, code: int, words: tuple[str, ...]) -> None:
    said = answer.out + answer.err
    assert answer.code == code and re.search(rf"{place}\b.*unresolved merge conflict", said), (words, answer)


FENCED = f"```\n{IN_NOTE}```\n"
NO_CONFLICTS = {
    "fenced": FENCED,
    "in wiggles": f"~~~~ diff\n{IN_NOTE}~~~~\n",
    "indented": IN_NOTE.replace("\n", "\n    ").join(("    ", "\n")),
    "a title": "Minutes\n=======\n\n",
    "a title of one line and a quotation": "Minutes\n=======\n>>>>>>> said Ann\n",
    "half of it": "<<<<<<< HEAD\nwords\n",
    "the wrong way round": ">>>>>>> a\n=======\n<<<<<<< b\n",
}
CONFLICTS = {
    "behind an open fence": f"```\ncode\n\n{IN_NOTE}",
    "a fence of one side": CONFLICT.format("```\ncode", "```\n**Action:** BT to sing"),
    "behind a fenced one": FENCED + IN_NOTE,
    "with the base": IN_NOTE.replace("=======", "||||||| base\n**Action:** tar\n======="),
    "nested": CONFLICT.format(IN_NOTE.rstrip("\n"), "words"),
    "CRLF": IN_NOTE.replace("\n", "\r\n"),
}


def test_examples_are_no_conflicts(tmp_path: Path, tried: Tried) -> None:
    both = NO_CONFLICTS | CONFLICTS
    for name, one in seen(
        tmp_path, {name: HEAD + text for name, text in both.items()}, "conflict-marker"
    ).items():
        rules = [rule for rule, _ in one.findings]
        assert ("conflict-marker" in rules) is (name in CONFLICTS), name
        assert not (name in CONFLICTS and one.actions), name
    tried("odd notes", len(both))


# Slow: every character


def characters() -> Iterator[str]:
    """All that print nothing, are blank, or are signs and punctuation of the basic plane."""
    import unicodedata

    odd = ("Z", "C", "P", "S")
    return (
        chr(at)
        for at in range(0x21, 0x10000)
        if unicodedata.category(chr(at))[0] in odd and not 0xD800 <= at < 0xE000
    )


@pytest.mark.slow
def test_no_character_before_a_marker_hides_it(tmp_path: Path, tried: Tried) -> None:
    """Whatever one character stands before `Action:`, the action is read or its line is named."""
    every = [letter for letter in characters() if letter not in "\r\n<#>`~\0"]
    every = [
        letter for letter in every if not 0xE000 <= ord(letter) < 0xF8FF or 0xF000 <= ord(letter) < 0xF100
    ]
    for start in range(0, len(every), 250):
        letters = every[start : start + 250]
        lines = "".join(
            f"{letter} Action: AO to paint buoy no {n} red\n\n" for n, letter in enumerate(letters)
        )
        one = seen(tmp_path, {"x": HEAD + lines}, *SAID, "control-character")["x"]
        there = {at for at, (_, said) in zip(one.lines, one.owned, strict=True) if "paint buoy" in said}
        told = {at for name, at in one.findings if name in (*SAID, "control-character")}
        missing = [
            ascii(letters[n]) for n in range(len(letters)) if HEAD.count("\n") + 1 + 2 * n not in there | told
        ]
        assert not missing
    tried("odd notes", len(every))
