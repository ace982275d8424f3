"""Addresses in papers: whatever a paper gives as one, only that of a web page becomes a link, and nothing in it acts."""

import re
from urllib.parse import quote

_WEB = re.compile(r"https?://[^/?#]")
_KEPT = "/:?#@!$&*+,;=%~-._()"
"""What stands in an address as it is; quotes, brackets, bars and blanks do not."""


def address(link: str) -> str:
    """The address with all that could break out of its place written as `%7C`; empty for what is none."""
    return quote(link, safe=_KEPT, errors="surrogatepass") if _WEB.match(link) else ""
