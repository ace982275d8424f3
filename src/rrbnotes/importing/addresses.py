"""Which links of a document a note keeps, and how their addresses are written."""

import re
from urllib.parse import quote

_KEPT = re.compile(r"(?:https?|ftp)://\S|mailto:\S", re.IGNORECASE)
_SAFE = "!#$%&'*+,/:;=?@~-._"
"""What stands in an address as it is; brackets and blanks would end a link of markdown."""


def kept(address: str, words: str) -> str:
    """The address of a link, safe to write; empty for one that runs a program, leads into the document itself or says no
    more than its words."""
    bare = re.sub(r"[\x00-\x20\x7f-\x9f]+", " ", address).strip()
    if not _KEPT.match(bare):
        return ""
    said = "".join(words.split()).casefold()
    if said in (bare.casefold(), bare.casefold().partition(":")[2].lstrip("/")):
        return ""
    return quote(bare, safe=_SAFE)
