"""Names so alike that one is a slip of the other."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rrbnotes.owners import fold_name

Key = tuple[str, ...]
"""The words of a name, or what is left of them."""
_MOST_LETTERS = 80
"""Of a name; longer ones are sentences."""
_LEAST_LETTERS = 5
"""Of a word with one wrong letter; shorter names differ by one letter and are two (`Jon` and `Joe`)."""
_DOTLESS = {ord("ı"): "i"} | dict.fromkeys(map(ord, "‐‑‒–—−"), "-") | dict.fromkeys(map(ord, "'’‘ʼ`´′."))
_MARKS = ".,:;'’*_()[]"
"""What may stand around a word without changing it."""
_SHORT_FORM = re.compile(r"[A-Z&]{3,}")
_ORGANISATION = re.compile(
    r"\b(?:[A-Z&]{3,}|(?i:agency|association|authority|board|centre|charity|college|committee|council|department|foundation|"
    r"health|hospital|institute|ministry|network|office|partnership|police|prison|probation|school|service|society|trust|union|"
    r"university)s?)\b"
)


def by_keys(forms: Iterable[str]) -> Mapping[Key, Sequence[str]]:
    """Names by what any other that is near to one of them shares with it."""
    found: dict[Key, list[str]] = {}
    for form in forms:
        for key in set(_keys(form)):
            found.setdefault(key, []).append(form)
    return found


def sharing(name: str, index: Mapping[Key, Sequence[str]]) -> Iterator[str]:
    """The names that may be near to one."""
    return iter(dict.fromkeys(form for key in _keys(name) for form in index.get(key, ())))


def _keys(name: str) -> Iterator[Key]:
    """The words of a name, and those without one word or one letter: names that differ by one share one of these."""
    words = _words(name)
    yield words
    yield ("", *_bare(name))
    if len(name) > _MOST_LETTERS:
        return
    for n, word in enumerate(words):
        before, behind = words[:n], words[n + 1 :]
        yield before + behind
        yield from ((*before, word[:at] + word[at + 1 :], *behind) for at in range(len(word)))


def is_organisation(name: str) -> bool:
    """Whether a name is surely no person's: a short form in capitals stands in it, or it says what it is."""
    return _ORGANISATION.search(name) is not None


def is_short_form(name: str) -> bool:
    """Whether a name is nothing but capitals: `PHE`."""
    return _SHORT_FORM.fullmatch(name) is not None


def is_slip(name: str, other: str) -> bool:
    """Whether two names differ by one letter of one word: one more or less, another one, or two swapped."""
    mine, yours = _words(name), _words(other)
    if len(mine) != len(yours):
        return False
    differing = [(a, b) for a, b in zip(mine, yours, strict=True) if a != b]
    return len(differing) == 1 and _is_one_letter(*differing[0])


def is_written_otherwise(name: str, other: str) -> bool:
    """Whether two names have the same letters but for accents, hyphens and marks: `Rene Dupre` and `René Dupré`."""
    return _bare(name) == _bare(other) and fold_name(name) != fold_name(other)


def is_longer_form(name: str, other: str) -> bool:
    """Whether one of two names has one word more than the other, and else the same."""
    few, many = sorted((_words(name), _words(other)), key=len)
    return len(many) == len(few) + 1 and any(many[:n] + many[n + 1 :] == few for n in range(len(many)))


@lru_cache(maxsize=20_000)
def _words(name: str) -> tuple[str, ...]:
    """Folded, but for short forms: capitals are all that they are."""
    words = (word.strip(_MARKS) for word in name.replace("-", " ").split())
    return tuple(word if is_short_form(word) else word.casefold() for word in words if word)


@lru_cache(maxsize=20_000)
def _bare(name: str) -> tuple[str, ...]:
    """The words of a name in plain letters."""
    letters = unicodedata.normalize("NFKD", name).casefold().translate(_DOTLESS)
    return _words("".join(letter for letter in letters if not unicodedata.combining(letter)))


def _is_one_letter(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    is_long_enough = len(short) >= _LEAST_LETTERS or (is_short_form(one) and is_short_form(other))
    if not is_long_enough or len(long) - len(short) > 1 or re.search(r"[\d_]", one + other):
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    is_swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or is_swapped
