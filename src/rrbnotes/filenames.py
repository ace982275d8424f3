"""Names that a file can have on every system: what is written here may be read on another."""

import re

_TAKEN = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Windows takes these for devices, whatever their ending."""
_LETTERS = re.compile(r"[^\x00-\x1f\x7f<>:\"|?*\\/]+")
_LONGEST = 200
"""Bytes; most systems have room for 255, of which a name that is being written takes some."""


def is_taken(name: str) -> bool:
    """Whether a name stands for a device somewhere."""
    return _TAKEN.fullmatch(name) is not None


def fits_everywhere(name: str) -> bool:
    """Whether a file or a folder can have this name on every system, is not hidden, and is no way out of its folder."""
    is_whole = name == name.strip(" .") and len(name.encode(errors="replace")) <= _LONGEST
    return is_whole and _LETTERS.fullmatch(name) is not None and not is_taken(name)
