"""One name, several spellings: typed in haste, typed on Windows, stored by a Mac."""

import unicodedata

_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
"""Letters that have a stroke or another letter in them, and no accent that could be taken off."""


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
