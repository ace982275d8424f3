"""Names that a file can have on every system: what is written here may be read on another."""

import re
import unicodedata

_TAKEN = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Windows takes these for devices, whatever their ending."""
_LETTERS = re.compile(r"[^\x00-\x1f\x7f<>:\"|?*\\/]+")
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters that have a stroke or another letter in them, and no accent that could be taken off."""
_LONGEST = 200
"""Bytes; most systems have room for 255, of which a name that is being written takes some."""


def is_taken(name: str) -> bool:
    """Whether a name stands for a device somewhere."""
    return _TAKEN.fullmatch(name) is not None


def fits_everywhere(name: str) -> bool:
    """Whether a file or a folder can have this name on every system, is not hidden, and is no way out of its folder."""
    is_whole = name == name.strip(" .") and len(name.encode(errors="replace")) <= _LONGEST
    return is_whole and _LETTERS.fullmatch(name) is not None and not is_taken(name)


def bare(words: str) -> str:
    """Words as they may be typed in haste: in any case, and without accents."""
    if words.isascii():
        return words.casefold()
    letters = unicodedata.normalize("NFKD", words.casefold().translate(_PLAIN))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def slashed(words: str) -> str:
    """A key or a path below the notes folder as it may be typed on Windows, with `/`."""
    return composed(words.replace("\\", "/"))


def composed(name: str) -> str:
    """A name with each letter and its accent as one: a Mac may spell them as two."""
    return unicodedata.normalize("NFC", name)
