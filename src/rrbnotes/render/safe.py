"""Text from notes made harmless for a terminal: what would act or hide there is written out instead."""

import re

_HARMFUL = (
    "[\x00-\x1f\x7f-\x9f"  # controls: move the cursor, set the title, answer for the person
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi: show other words than stand there
    "\u200b\u2028\u2029\ufeff\U000e0000-\U000e007f"  # seen by nobody
    "\ud800-\udfff]"  # cannot be encoded
)


def visible(text: str) -> str:
    """The text with controls as `\\x1b`, and bidi, invisible and broken characters as `<U+202E>`."""
    return re.sub(_HARMFUL, _written, text)  # compiled when it is first asked for, which few runs do


def one_line(text: str) -> str:
    """As `visible`, with tabs and line ends as spaces."""
    return inline(text.strip())


def inline(text: str) -> str:
    """As `one_line`, with the blanks at its ends: for words that others stand beside."""
    return visible(re.sub(r"[\t\r\n]+", " ", text))


def _written(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0xA0 else f"<U+{code:04X}>"
