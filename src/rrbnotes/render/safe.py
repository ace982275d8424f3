"""Text from notes made harmless for a terminal: what would act or hide there is written out instead."""

import re

HARMFUL = (
    "[\x00-\x1f\x7f-\x9f"  # controls: move the cursor, set the title, answer for the person
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi: show other words than stand there
    "\u200b\u2028\u2029\u2060-\u2064\u206a-\u206f\ufeff\U000e0000-\U000e007f"  # seen by nobody
    "\ud800-\udfff]"  # cannot be encoded
)


def visible(text: str) -> str:
    """The text with controls as `\\x1b`, and bidi, invisible and broken characters as `<U+202E>`."""
    return re.sub(HARMFUL, _written, text)  # compiled when it is first asked for, which few runs do


def on_terminal(text: str, coloured: bool) -> str:
    """A whole text of any format for a terminal: lines and tabs stay, and colours where they are ours."""
    stays = r"[\t\n]|\x1b\[[\d;]*m" if coloured else r"[\t\n]"
    return re.sub(f"({stays})|{HARMFUL}", _let_be, text.replace("\r\n", "\n"))


def unobeyed(text: str) -> str:
    """A text for a log of GitHub Actions, with what it would obey written as `\\x3a:`: a command begins a line, one of the
    old form stands anywhere."""
    return re.sub(r"((?:^|[\r\n])[^\S\r\n]*):(?=:)", r"\1\\x3a", text).replace("##[", "#\\x23[")


def one_line(text: str) -> str:
    """As `visible`, with tabs and line ends as spaces."""
    return inline(text.strip())


def inline(text: str) -> str:
    """As `one_line`, with the blanks at its ends: for words that others stand beside."""
    return visible(re.sub(r"[\t\r\n]+", " ", text))


def _let_be(match: re.Match[str]) -> str:
    return match[1] or _written(match)


def _written(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0xA0 else f"<U+{code:04X}>"
