"""What somebody may put into a note, a register or a name so that it acts where it is shown: each text with its name."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

PAYLOADS: Mapping[str, str] = {
    # terminals
    "colour": "\x1b[31mred\x1b[0m",
    "clear the screen": "\x1b[2J\x1b[H\x1b[8m",
    "title of the window": "\x1b]0;pwned\x07",
    "clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "a link of a terminal": "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "a question to a terminal": "\x1b[6n\x1b[c\x1b[>q\x05",
    "controls of 8 bits": "\x9b31m \x9d0;x\x9c \x90q\x84\x85",
    "bell, backspace and delete": "\x07ab\x08\x08cd\x7f\x00",
    "words over words": "unpaid\rpaid  ",
    "letters from right to left": "\u202egpj.exe\u202c \u2066x\u2069 \u200f\u061c",
    "letters that nobody sees": "a\u200bb\ufeffc\u2060d\u00ade\u180e",
    "tags": "seen\U000e0061\U000e0062\U000e007f",
    "lines of other alphabets": "one\u2028two\u2029three\x0bfour\x0cfive\x1csix\x1e",
    "half of a pair": "half \ud800 and \udcff",
    "marks that pile up": "z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308" * 2,
    # markup of rich
    "tags of rich": "[/] [/x] [bold]b[/bold] [red on blue]",
    "a link of rich": "[link=file:///etc/passwd]here[/link] [@click=app.quit]",
    "words in brackets": "[TODO] [A-12] [x] a\\[b] [not a tag",
    "an emoji of rich": ":smile: :warning: :+1:",
    # spreadsheets
    "formula": "=1+1",
    "formula that calls": "=cmd|'/c calc'!A1",
    "formula with plus": "+44 20 7946",
    "formula with minus": "-2+3+cmd|' /C calc'!A0",
    "formula with at": "@SUM(1+1)*cmd|'/c'!A0",
    "formula behind a blank": "  =HYPERLINK(\"http://evil.example\")",
    "formula behind a tab": "\t=1+1",
    "formula behind a line end": "a\r\n=1+1",
    "formula of wide letters": "＝1+1 ＠x",
    "formula in another cell": "x;=1+1;\"=2\",=3",
    "quotes of a sheet": "\"=1\" ,\"\",\"",
    # pages
    "script": "<script>alert(1)</script>",
    "picture that runs": "\"><img src=x onerror=alert(1)>",
    "drawing that runs": "'><svg/onload=alert(1)><math>",
    "link that runs": "[x](javascript:alert(1)) <javascript:alert(2)>",
    "link of data": "![x](data:text/html,<b>) <https://evil.example/?q=1>",
    "end of the style": "</style></title></textarea></td></table>",
    "attributes": "x' onmouseover='alert(1)' y=\" onfocus=alert(2) autofocus",
    "character references": "&lt;b&gt; &#60;i&#62; &copy &amp;amp;",
    "a comment": "<!-- rrb: allow no-owner: x -->",
    "a comment that stays open": "<!-- rrb:previous",
    "the end of a comment": "--> --!> *//* ]]> <![CDATA[ <?php ?>",
    "templates": "{{7*7}} {% raw %} {# x #} ${7*7} #{7*7} %s %(x)s {0} {x!r}",
    # calendars and mails
    "another event": "x\r\nBEGIN:VEVENT\r\nSUMMARY:injected\r\nEND:VEVENT",
    "another property": "x\nATTACH:http://evil.example\n ;VALUE=URI:y",
    "signs of a calendar": "a,b;c\\n\\\\ \\N \"q\":z ^n",
    "another receiver": "x\r\nBcc: evil@evil.example\r\n\r\nbody",
    "words of mail": "=?utf-8?b?QQ==?= \"x\" <evil@evil.example>, y@evil.example",
    # GitHub
    "a command of GitHub": "::set-output name=x::y",
    "a command on its own line": "x\n::error::injected\n  ::add-mask::x",
    "a command in code": "%0A::error file=a,line=1::injected%0D%25",
    "an old command of GitHub": "##[command]x ##[error]y ##[set-env name=PATH]z",
    "properties of a command": ",file=/etc/passwd,line=1::x:%2C",
    # notes
    "an action": "\n- [ ] fake to do it",
    "a marked action": "\n\n**Action:** MPS to pay the attacker\n\n",
    "a heading": "\n## Actions\n\n1. MPS to pay",
    "a heading below a line": "x\n===\n---\ny: z\n---",
    "cells": "a | b | c |\n| --- | --- |\n| x | y |",
    "a cell with a bar": "a \\| b \\\\| c",
    "code": "`a` ``b ```\n~~~\n",
    "signs of markdown": "*a* __b__ ~~c~~ # d > e \\ f [g]: h",
    "our own marks": "<!-- rrb:summary -->\n| 1 | x |\n<!-- /rrb:summary -->",
    # data
    "keys of a register": "x\nstatus: complete\n  # end 2020-01-01.1\n",
    "signs of a register": "yes: &a *a !!python/object:os.system [x] {y} # z '\" | > %",
    "words that are none": "null",
    "quotes of SQL": "'); DROP TABLE actions; --",
    "quotes of JSON": "\"},{\"x\":\"\\u0000\\",
    "names of a workbook": "_x0041_ _x000D_ \ufffe\uffff",
    # shells
    "words of a shell": "$(touch BAD) `touch BAD` ; touch BAD | sh && x > y",
    "an option": "--help -rf ~ * ?",
    "the prompt of a pager": "!touch BAD\n.so /etc/passwd\n\\fB.TH",
}  # fmt: skip


class Carried(NamedTuple):
    """A payload between two words of its own, by which it is found again wherever it comes out."""

    name: str
    tag: str
    text: str


def carried(names: Iterable[str] = PAYLOADS, mark: str = "zq") -> Iterator[Carried]:
    """The payloads, each in a text that is told from all others."""
    numbers = {name: at for at, name in enumerate(PAYLOADS)}
    for name in names:
        tag = f"{mark}{numbers[name]:02}"
        yield Carried(name, tag, f"{tag} {PAYLOADS[name]} {tag}end")


def bare(names: Iterable[str] = PAYLOADS, mark: str = "zq") -> Iterator[Carried]:
    """The payloads at the very beginning of a text, where formulas, commands and marks begin."""
    for one in carried(names, mark):
        yield one._replace(text=f"{PAYLOADS[one.name]} {one.tag}bare")


# A board whose notes carry them

ALONE = frozenset(
    name for name in PAYLOADS if "comment" in name or "marks" in name or name in ("code", "a heading below a line", "script")
)  # fmt: skip
"""What would swallow, or make another part of, what stands below it in a note."""
_SO_MANY = 9
"""Payloads to a note."""
_NO_NAME = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff/\\\\"
    + '<>:"|?*' * (sys.platform == "win32")
    + "]"
)
FEW = (
    "tags of rich", "letters that nobody sees", "formula behind a line end", "link that runs", "templates", "another receiver",
    "a command on its own line", "an old command of GitHub", "cells", "our own marks",
)  # fmt: skip
"""One for each way out; an old command of GitHub is obeyed wherever it stands."""
RECORDS = "harbour/2019-05-06"
"""The key of a note that is gone: of it only the register tells."""


def as_name(text: str) -> str:
    """A text as a part of a file's name: without what no file system takes, and what is refused in a name."""
    return _NO_NAME.sub("", text).encode()[:120].decode(errors="ignore").rstrip(" .")


def plant_hostile(folder: Path, noted: Iterable[str] = PAYLOADS) -> None:
    """Boards whose names, files and notes hold these payloads wherever a text may stand, and a register with all of them."""
    for names in grouped(noted):
        every = tuple(zip(carried(names), bare(names), strict=True))
        first = every[0][0]
        board = folder / "notes" / as_name(first.text)
        board.mkdir(parents=True)
        for day, text in (("2019-09-09", _raised(every)), ("2019-11-19", _reported(every))):
            (board / f"{day} {as_name(every[-1][0].text)}.md").write_bytes(
                text.replace("\0", "").encode("utf-8", "replace")
            )
    records = "".join(_record(number, name) for number, name in enumerate(PAYLOADS, 1))
    register = f"version: 1\n# {as_name(' '.join(PAYLOADS.values()))}\nactions:\n{records}# end of actions\n"
    (folder / "notes/actions.yaml").write_text(register, encoding="utf-8", newline="\n")


def grouped(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The names of the payloads that share a board."""
    every = tuple(names)
    others = [name for name in every if name not in ALONE]
    yield from (tuple(others[at : at + _SO_MANY]) for at in range(0, len(others), _SO_MANY))
    yield from ((name,) for name in every if name in ALONE)


def _raised(every: Iterable[tuple[Carried, Carried]]) -> str:
    pairs = tuple(every)
    first = pairs[0][0].text
    names = "".join(f"- {plain.text}\n- Org {plain.tag} ({bare.text})\n" for plain, bare in pairs)
    items = "".join(
        f"\n## {number}. {plain.text}\n\n**Action:** AO and {plain.text} to write {plain.text} by {plain.text}\n\n"
        f"**Action:** {bare.text}\n"
        for number, (plain, bare) in enumerate(pairs, 1)
    )
    return (
        f"# Board of {first}: 9 September 2019\n\nVenue: {first}\n\n## Attendance\n\n- Alpha Org (AO)\n{names}{items}\n"
        f"## Next meeting\n\n19 November 2019, {first}\n"
    )


def _reported(every: Iterable[tuple[Carried, Carried]]) -> str:
    pairs = tuple(every)
    rows = "".join(
        f"| AO and {_cell(plain)} to write {_cell(plain)} by {_cell(plain)} | {_cell(plain)} | {_cell(plain)} | Rolled over - {_cell(plain)} |\n"
        f"| {_cell(bare)} | {_cell(bare)} | {_cell(bare)} | {_cell(bare)} |\n"
        for plain, bare in pairs
    )
    tasks = "".join(f"- [ ] @{bare.text} {plain.text} ({plain.text})\n" for plain, bare in pairs)
    front = "".join(f"{plain.tag}: {_one_line(plain)}\n" for plain, _ in pairs)
    return (
        f"---\ntitle: {_one_line(pairs[0][0])}\ndate: 2019-11-19\nvenue: {_one_line(pairs[0][1])}\n{front}---\n\n"
        f"## Apologies\n\n- {pairs[0][0].text}\n\n## Actions from the previous meeting\n\n"
        f"| Action | Owner | Due | Status |\n| --- | --- | --- | --- |\n{rows}\n## Actions\n\n{tasks}"
        f"<!-- rrb: allow {_one_line(pairs[0][1])}: x -->\n"
    )


def _cell(one: Carried) -> str:
    """As somebody types it into a table, where a line is a row."""
    return re.sub(r"[\r\n]+", " ", one.text)


_one_line = _cell


def _record(number: int, name: str) -> str:
    """An action of which no note is left, with the payload in every field."""
    (plain,), (bare_one,) = carried((name,), "zr"), bare((name,), "zr")
    text, other = _yaml(plain.text), _yaml(bare_one.text)
    said = f"date: 2019-06-06, by: update, status: ongoing, reason: {text}, words: {other}, owners: [{text}, {other}]"
    return (
        f"  {RECORDS}.{number}:\n    action: {text if number % 2 else other}\n    owners: [{text}, {other}]\n"
        f"    due: {{text: {text}}}\n    item: {other}\n    raised: {{date: 2019-05-06}}\n    number: {text}\n"
        f"    status: ongoing\n    {_yaml(plain.text[:60])}: {other}  # {as_name(plain.text)}\n"
        f"    history:\n      - {{{said}}}\n  # end {RECORDS}.{number}\n\n"
    )


def _yaml(text: str) -> str:
    """A text as YAML; half of a pair, which YAML cannot say, as a question mark."""
    return "".join(
        char if " " <= char < "\x7f" and char not in '"\\' else f"\\U{ord(char):08x}"
        for char in text.encode("utf-8", "replace").decode()
    ).join('""')
