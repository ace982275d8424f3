"""A printed enumeration of names, in its parts."""

import re


def parted(words: str, separators: str = ",") -> list[str]:
    """The parts between separators outside brackets."""
    if not any(mark in words for mark in separators):
        return [words.strip()]
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(words):
        depth += (letter in "([") - (letter in ")]")
        if depth <= 0 and letter in separators:
            parts.append(words[start:at])
            start = at + 1
    parts.append(words[start:])
    return [part.strip() for part in parts]


def names_in(words: str) -> list[str]:
    """The parts between separators outside brackets; two names in one part are joined by `and`."""
    if not _MAY_JOIN.search(words):
        return [words.strip()] if words.strip() else []
    *most, last = parted(words, ",;|")
    ends = [last] if _is_spelt_out(last) else _LAST_AND.split(last)
    found: list[str] = []
    for part in (*(half for whole in most for half in _halves(_FIRST_AND.sub("", whole))), *ends):
        if found and _LONE_BRACKET.fullmatch(part):
            found[-1] = f"{found[-1]} {part}"  # `Ann Lee, (AL)`: a short form behind a stray comma
        elif part:
            found.append(part)
    return found


_MAY_JOIN = re.compile(r"[,;|&]|and")
"""What stands between any two names of a list."""
_FIRST_AND = re.compile(r"^(?:and|&)\s+")
_LAST_AND = re.compile(r"(?:^|(?<!\s)\s+)(?:and|&)\s+")
_LONE_BRACKET = re.compile(r"\([^()]+\)")


def _is_spelt_out(name: str) -> bool:
    """Whether a short form behind a name is made of the first letters of all its words: `Fire and Rescue Service (FRS)`."""
    found = _SPELT_OUT.fullmatch(name)
    return found is not None and "".join(re.findall(r"\b[A-Z]", found["name"])) == found["short"]


_SPELT_OUT = re.compile(r"(?P<name>[^()]{1,120})\((?P<short>[A-Z]{2,8})\)")


_PERSON = re.compile(r"(?:[A-Z][\w'’.-]*\s+){1,3}[A-Z][\w'’.-]+(?:\s*\([^()]*\))?")


def _halves(part: str) -> list[str]:
    """`Cllr A Muir and Mrs N Cooper`, in the midst of a list, are two; `Ministry of Health and Care` is one."""
    halves = re.split(r"\s(?:and|&)\s", part)
    both = len(halves) == 2 and all(_PERSON.fullmatch(half) for half in halves)
    return halves if both else [part]
