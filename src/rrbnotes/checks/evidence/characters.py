"""Characters that a reader does not see, or takes for others: what each is, and what is meant by it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rrbnotes.checks.evidence.alike import code_spans, shape, stays_blank
from rrbnotes.checks.evidence.setting import Printed
from rrbnotes.edits import Edit, apply


@dataclass(frozen=True, slots=True)
class Slip:
    """A stretch of a line that is not what it seems."""

    start: int
    end: int
    what: str
    """With its article: `a zero width space`."""
    meant: str | None = None
    """What to write instead, where that is certain; nothing at all for a mark that prints nothing."""
    stands_out: bool = False
    """It is printed, so that it can be shown."""


# Letters of another alphabet

_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
_CYRILLIC = dict(zip("АВЕКМНОРСТХІЈЅаеорсухіјѕ", "ABEKMHOPCTXIJSaeopcyxijs", strict=True))
_LATIN_FOR = {**_GREEK, **_CYRILLIC}
_SCRIPTS = {"Greek": "\u0370-\u03ff\u1f00-\u1fff", "Cyrillic": "\u0400-\u052f"}
_RUNS = {script: re.compile(f"[{letters}]{{2,}}") for script, letters in _SCRIPTS.items()}
_FOREIGN = re.compile(f"[{''.join(_SCRIPTS.values())}]")
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[A-Za-z]")


def alphabets(text: str) -> frozenset[str]:
    """The other alphabets that a note has words in, so that their letters are meant."""
    if text.isascii():
        return frozenset()
    return frozenset(
        script
        for script, run in _RUNS.items()
        if any(letter not in _LATIN_FOR for found in run.finditer(text) for letter in found[0])
    )


def _lookalikes(line: str, at_home: frozenset[str]) -> Iterator[Slip]:
    """Letters that look like Latin ones, alone or among Latin ones."""
    for word in _WORD.finditer(line):
        foreign = [at for at in range(word.start(), word.end()) if line[at] in _LATIN_FOR]
        if not foreign or _is_foreign(word[0]):
            continue
        is_sure = len(word[0]) > 1 or _LATIN.search(line) is not None
        for at in foreign:
            what = unicodedata.name(line[at]).lower().capitalize()
            if what.partition(" ")[0] not in at_home:
                yield Slip(
                    at, at + 1, f"a {what}", _LATIN_FOR[line[at]] if is_sure else None, stands_out=True
                )


def _is_foreign(word: str) -> bool:
    """Whether a word has letters that no Latin one looks like, so that it is one of its own language."""
    return any(letter not in _LATIN_FOR for letter in _FOREIGN.findall(word))


# Marks that print nothing

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff"
_MARK = re.compile(f"[{_INVISIBLE}]+")
_SEPARATOR = re.compile("[\u2028\u2029]")
_LOST = re.compile("\ufffd+")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_KEEPS_APART = "@#/:"
"""Behind these a mark is put on purpose: so that `@name` calls nobody, and `#12` links to nothing."""


def _marks(line: str) -> Iterator[Slip]:
    for found in _MARK.finditer(line):
        before, after = line[max(0, found.start() - 1) : found.start()], line[found.end() : found.end() + 1]
        if _may_stand_by(before) and _may_stand_by(after) and before not in (*_KEEPS_APART,):
            yield Slip(*found.span(), f"a {unicodedata.name(found[0][0]).lower()}", "")
    inside = _inside(line)
    for found in _SEPARATOR.finditer(line):
        yield Slip(
            *found.span(), f"a {unicodedata.name(found[0]).lower()}", " " if found.start() in inside else ""
        )


def _inside(line: str) -> range:
    """The places between the first word of a line and its last."""
    return range(len(line) - len(line.lstrip()), len(line.rstrip()))


def _may_stand_by(letter: str) -> bool:
    """Whether a mark without width has no business beside a letter; some alphabets and emoji need it."""
    return letter < "\u0250" or unicodedata.category(letter)[0] == "P"


def _odd(line: str) -> Iterator[Slip]:
    for found in _LOST.finditer(line):
        what = "a replacement character" if len(found[0]) == 1 else f"{len(found[0])} replacement characters"
        yield Slip(*found.span(), what)
    for found in _PRIVATE.finditer(line):
        yield Slip(*found.span(), f"a private-use character (U+{ord(found[0]):04X})")


# Text decoded twice


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_BYTES = {_cp1252(byte): byte for byte in range(0x80, 0x100)} | {
    chr(byte): byte for byte in range(0x80, 0xA0)
}
_TAIL = "".join(map(re.escape, (letter for letter, byte in _BYTES.items() if byte < 0xC0)))
_TWICE = re.compile(rf"(?:[ÂÃ][{_TAIL}]|â[{_TAIL}]{{2}}|ð[Ÿ\x9f][{_TAIL}]{{2}})+")
"""UTF-8 read as Windows-1252: a first byte and those that go on with it, each as a letter or a sign of its own."""
_CLOSES = "”’…–—»\u00a0"
"""What may well follow a word in capitals that ends in a letter with an accent."""


def _decoded_twice(line: str) -> Iterator[Slip]:
    for found in _TWICE.finditer(line):
        before = line[found.start() - 1 : found.start()]
        meant = _decoded(found[0])
        if meant != found[0] and not (before.isupper() and found[0][1] in _CLOSES and len(found[0]) == 2):
            yield Slip(*found.span(), "text decoded twice", meant, stands_out=True)


def _decoded(words: str) -> str:
    """What was there before it was decoded once more, or several times more, than it was encoded."""
    for _ in range(3):
        once = _TWICE.sub(_decode, words)
        if once == words:
            break
        words = once
    return words


def _decode(found: re.Match[str]) -> str:
    try:
        text = bytes(_BYTES[letter] for letter in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    is_likely = all(
        0xA0 <= ord(letter) < 0x100 or 0x2000 <= ord(letter) < 0x2C00 or letter > "\uffff" for letter in text
    )
    return text if is_likely else found[0]


def suspicious(line: str, at_home: frozenset[str]) -> list[Slip]:
    """What stands on a line that a reader does not see or takes for something else; code is meant as it is."""
    if line.isascii():
        return []
    codes = list(code_spans(line))
    found = (*_decoded_twice(line), *_lookalikes(line, at_home), *_marks(line), *_odd(line))
    apart: list[Slip] = []
    for one in sorted(found, key=lambda slip: slip.start):
        is_code = any(start <= one.start < end for start, end in codes)
        if not is_code and (not apart or apart[-1].end <= one.start):
            apart.append(one)
    return apart


# Control characters

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OVERRIDES = "\u202d\u202e"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_CALLED = {
    "\f": "page break",
    "\v": "vertical tab",
    "\b": "backspace",
    "\x07": "bell",
    "\x1b": "escape character",
    "\x7f": "delete character",
}
_UNSURE = "\b\x1b\x02\x1e"
"""What goes with the characters around it, or stands for a hyphen."""


def controls(line: str) -> list[Slip]:
    """The control characters on a line. Those for the direction of text are meant where some of it runs from right to
    left, but those that turn it round by force."""
    if line.isprintable() or not _CONTROL.search(line):
        return []
    runs_left = _RIGHT_TO_LEFT.search(line) is not None
    twice = [(one.start, one.end) for one in _decoded_twice(line)]
    inside = _inside(line)
    return [
        Slip(*found.span(), _called(found[0]), _instead(found, inside))
        for found in _CONTROL.finditer(line)
        if not any(start <= found.start() < end for start, end in twice)
        and not (runs_left and found[0] > "\x9f" and found[0] not in _OVERRIDES)
    ]


def _called(letter: str) -> str:
    name = _CALLED.get(letter) or unicodedata.name(letter, "control character").lower()
    article = "an" if name[0] in "aeiou" else "a"
    return f"{article} {name} (U+{ord(letter):04X})"


def _instead(found: re.Match[str], inside: range) -> str | None:
    """A blank for a break between words, the sign for a byte of Windows-1252, nothing for what prints nothing."""
    letter = found[0]
    if letter in _UNSURE:
        return None
    if "\x80" <= letter <= "\x9f":
        sign = _cp1252(ord(letter))
        return sign if sign != letter else None
    return " " if letter in "\f\v" and found.start() in inside else ""


# What is meant


def todo(slips: Sequence[Slip]) -> str:
    """What to do about what stands on a line."""
    first, is_one = slips[0], len(slips) == 1
    if all(one.meant is not None and not one.meant.strip() for one in slips):
        return "delete it" if is_one else "delete them"
    if is_one:
        return f"write '{first.meant}'" if first.meant else "delete it, or type what is meant"
    return "type what is meant"


def seen(words: str) -> str:
    """The words as they can be shown: put right, and without what has no sign of its own."""
    shown = (" " if _CONTROL.match(letter) else letter for letter in _PRIVATE.sub("", as_meant(words)))
    return " ".join("".join(shown).split())


def as_meant(words: str) -> str:
    """The words with all that is certain put right, for telling whether two texts say the same."""
    return "\n".join(map(_line_as_meant, words.split("\n")))


def _line_as_meant(line: str) -> str:
    plain = mended(line, suspicious(line, frozenset()))
    return mended(plain, controls(plain))


def mended(line: str, slips: Sequence[Slip]) -> str:
    """A line with what is certain put right."""
    return apply(line, (Edit(one.start, one.end, one.meant) for one in slips if one.meant is not None))


def edits(lines: Sequence[str], line: Printed, slips: Sequence[Slip]) -> tuple[Edit, ...]:
    """What puts right what is certain on a line of a note; nothing where markdown would then see something else in it. One
    that is left empty must not come to part what it held together."""
    after = mended(line.words, slips)
    is_alike = shape(line.words, as_meant) == shape(after, as_meant)
    if not (is_alike if after.strip() else stays_blank(lines, line.number)):
        return ()
    return tuple(
        Edit(line.start + one.start, line.start + one.end, one.meant)
        for one in slips
        if one.meant is not None
    )
