"""Bullets and boxes to tick that are printed as characters, so that markdown sees no list."""

import re

from rrbnotes.reading.text import Text

_CHECK_BOX = re.compile(r"\[[ \u00a0]{0,3}([xX]?)[ \u00a0]{0,3}\](?=\s|$)|([☑☒✓✔]|☐)(?=\s)")
_PRINTED_BULLET = re.compile(
    r"^[^\S\n]*+(?:[•◦▪‣●○·∙⁃–—−‒‐■□◆◇►▶▸→➢➤»§\uf000-\uf0ff](?=[ \t\u00a0][^\S\n]*+\S)|[•◦▪‣●○](?=\w)"
    r"|(?=[☐☑☒✓✔][^\S\n])|o(?=[ \t\u00a0]{1,8}[A-Z@\[]))",
    re.MULTILINE,
)
"""Bullets that word processors and PDF readers leave as characters, so that markdown sees no list: signs, those of fonts of
their own among them, which lie in the private area; boxes to tick; an `o` before a capital."""
_BULLET_IN_ASCII = re.compile(r"(?:^|\n)[ \t]*o[ \t]")
_DASH = re.compile(r"[–—]\s+(?=\w)")
_SURE_BULLET = re.compile("[•◦▪‣●○·∙⁃\uf000-\uf0ff]")
"""What makes a list of a lone line; a dash, an arrow or a box may stand before it for other reasons."""


def printed_bullets(words: str) -> list[re.Match[str]]:
    """The bullets printed at the starts of lines; none of a lone line that may begin so for other reasons."""
    may_have = not words.isascii() or ("o" in words and _BULLET_IN_ASCII.search(words))
    found = list(_PRINTED_BULLET.finditer(words)) if may_have else []
    return found if "\n" in words or _SURE_BULLET.match(words) else []


def without_dash(text: Text) -> Text:
    """An item's words without a dash before them: `- – Ann to write` has one bullet of markdown and one of a word processor."""
    dash = _DASH.match(text.plain)
    return text.slice(dash.end()) if dash else text


def check_box(text: Text) -> tuple[Text, bool | None]:
    """The words behind a box, and whether it is ticked; None where there is no box."""
    box = _CHECK_BOX.match(text.plain)
    if not box:
        return text, None
    return text.slice(box.end()), bool(box[1] or box[2]) and box[2] != "☐"
