"""Where on the web the notes can be read, for those who have no disk of ours."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from rrbnotes.errors import RrbError
from rrbnotes.source import Location

_ODD = re.compile(r"[^!$-;=?-Z_a-z~]")
"""What no address is written with; a fragment would swallow the line, and quotes or brackets act somewhere."""


@dataclass(frozen=True, slots=True)
class Web:
    """The address below which the notes lie."""

    base: str
    folder: str
    """The one that `rrb` works in, as seen from the folder that `base` stands for."""

    def link(self, at: Location | None) -> str:
        """The address of a line; empty where its note is not below."""
        path = posixpath.normpath(posixpath.join(self.folder, at.path)) if at else ".."
        if at is None or posixpath.isabs(path) or path.split("/")[0] == "..":
            return ""
        return f"{self.base}{quote(path, errors='surrogatepass')}#L{at.line}"


def checked(base: str) -> str:
    """The base as paths are put behind it; raises for what is no address of a web page."""
    try:
        parts = urlsplit(base)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_web = False
    if not is_web or _ODD.search(base):
        raise RrbError(
            f"--link-base {base}: no address that notes can lie below; write it as https://example.org/board/blob/main/"
        )
    return base if base.endswith(("/", "=")) else f"{base}/"
