"""The block of `key: value` lines between `---` lines at the top of a note, or of `key = value` lines between `+++`.

Read by lines and not as YAML: every value must keep the line it stands on, and a note whose front matter is not
valid YAML is still a note.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from rrbnotes.source import split_lines

_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
_TOML_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*=[ \t]*(.*)$")
_FENCES = {"---": (("---", "..."), _KEY), "+++": (("+++",), _TOML_KEY)}
"""What opens front matter, what closes it, and how its keys look."""
_BLOCK = re.compile(r"[|>][+-]?\d?$")


@dataclass(frozen=True, slots=True)
class Value:
    """What stands behind a key: the words on its own line, or the indented lines below."""

    line: int
    text: str
    below: tuple[str, ...] = ()
    """Without their common indentation; the first stands on the line after the key's."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values by lower-case key."""

    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    end: int = 0
    """The line of the closing `---`; 0 where there is no front matter."""

    def text(self, *keys: str) -> str:
        """The words of the first of the keys that has any."""
        return next(
            (self.values[key].text for key in keys if key in self.values and self.values[key].text), ""
        )

    def entries(self, *keys: str) -> list[tuple[str, int]]:
        """The items of a list below the first of the keys that is there, each with its line."""
        for key in keys:
            value = self.values.get(key)
            if value and value.text.startswith("["):
                return [
                    (plain(part), value.line) for part in value.text.strip("[]").split(",") if part.strip()
                ]
            if value and value.below:
                rows = enumerate((row.strip() for row in value.below), value.line + 1)
                return [(plain(row[1:]), line) for line, row in rows if row.startswith("-")]
        return []


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a note's text; without a closing fence there is none."""
    if text[:3] not in _FENCES:
        return FrontMatter()
    lines = split_lines(text)
    fence = _FENCES.get(lines[0].rstrip())
    end = next((n for n, line in enumerate(lines[1:], 2) if fence and line.rstrip() in fence[0]), 0)
    if not fence or not end:
        return FrontMatter()
    values: dict[str, Value] = {}
    for number, line in enumerate(lines[1 : end - 1], 2):
        key = fence[1].match(line)
        if key:
            values.setdefault(key[1].lower(), _value(number, key[2] or "", lines[number : end - 1]))
    return FrontMatter(MappingProxyType(values), end)


def _value(line: int, words: str, rest: list[str]) -> Value:
    below: list[str] = []
    for after in rest:
        if after.strip() and after[0] not in " \t-":
            break
        below.append(after)
    indent = min((len(row) - len(row.lstrip()) for row in below if row.strip()), default=0)
    text = "" if _BLOCK.match(words.strip()) else plain(words)
    return Value(line, text, tuple(row[indent:] for row in below))


def plain(words: str) -> str:
    """A scalar without its quotes."""
    words = words.strip()
    if len(words) > 1 and words[0] == words[-1] and words[0] in "\"'":
        return words[1:-1]
    return words
