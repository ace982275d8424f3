"""Paths as programs outside the working folder want them."""

from posixpath import normpath
from urllib.parse import quote


def from_top(path: str, prefix: str) -> str:
    """A path as seen from the top of its repository."""
    return normpath(f"{prefix}/{path}") if prefix else path


def uri(path: str) -> str:
    """A path as a relative URI; a colon in it never looks like a scheme."""
    return quote(_bytes(path))


def _bytes(path: str) -> bytes:
    """The bytes of a file's name, those too that are not UTF-8."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogatepass")
