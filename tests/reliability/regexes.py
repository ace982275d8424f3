"""Finds every regular expression of the package by itself, attacks each as it is used, and measures how its time grows.

cd tests && python -m reliability.regexes 50000
"""

import ast
import importlib
import json
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from types import FrameType
from typing import Any, NamedTuple

FILLS = (*"a|A|1|(|[|*|_|-|/|- |a |A b |1. |a, |<a |: ".split("|"), " ", " \t", "\n", "\u00a0", "|")
"""What attacks are made of, beside the pattern's own words."""
BEHIND = "\0"
"""Comes after an attack, so that what can be matched in many ways is matched in none."""
FACTOR = 4
MOST_GROWTH = 9.0
"""A text four times as long takes what is linear four times as long, and what goes by the square sixteen times."""
NOTICED = 0.004
"""Seconds from which growth can be measured."""
BOUNDED = {
    **dict.fromkeys(
        (
            "rrbnotes.owners.names._GROUPS",
            "rrbnotes.owners.names._ALTERNATIVE",
            "rrbnotes.owners.names._ASIDE",
        ),
        "asked of phrases of up to 160 characters",
    ),
    "rrbnotes.owners.names._SEPARATORS": "asked of such phrases, and of cells in which white space is folded",
    "rrbnotes.owners.grammar._DOES": "asked of the first 120 characters",
    "rrbnotes.owners.grammar.": "asked of the last 120 characters",
    "rrbnotes.owners.grammar._HANDLES_LAST": "asked of the last 120 characters",
    "rrbnotes.reading.front_matter._KEY": "only matched at the start of a line",
    "rrbnotes.reading.front_matter._TOML_KEY": "only matched at the start of a line",
    "rrbnotes.reading.promises._SAID": "asked of the first 80 characters",
    "rrbnotes.statuses._suffix": "begun at the last bracket or dash, or 300 characters before the end",
    "rrbnotes.reading.roles.": "asked of a whole heading, which is short",
    "rrbnotes.reading.markers.": "only matched where a line or sentence begins",
    "rrbnotes.checks.rules.empty_action._HEADING": "only matched at the start of a line",
    "rrbnotes.checks.rules.empty_action._ANNOUNCED": "only matched at the start of a line",
}
"""Regular expressions that go by the square of the text, and why they are given none that is long."""
Use = Callable[[re.Pattern[str], str], object]
USES: Mapping[str, Use] = {
    "match": re.Pattern.match,
    "fullmatch": re.Pattern.fullmatch,
    "search": re.Pattern.search,
    "finditer": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
}
_SAME_AS = dict.fromkeys(("sub", "subn", "split", "findall"), "finditer")
_FUNCTIONS = (*USES, *_SAME_AS)


class Place(NamedTuple):
    """Where a pattern is made."""

    module: str
    line: int


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression of the package."""

    place: Place
    name: str
    """By which it is used; empty where nobody knows how it is used."""
    pattern: re.Pattern[str]
    uses: frozenset[str]


# Finding them


class Recorder:
    """Stands for `re` while the package is imported and at work, and remembers what is compiled there."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, int], tuple[Place, re.Pattern[str], str]] = {}
        self.real: dict[str, Any] = {}

    def __enter__(self) -> "Recorder":
        for name in ("compile", *_FUNCTIONS):
            self.real[name] = getattr(re, name)
            setattr(re, name, self._standing_for(name))
        return self

    def __exit__(self, *why: object) -> None:
        for name, real in self.real.items():
            setattr(re, name, real)

    def _standing_for(self, name: str) -> Callable[..., Any]:
        real = self.real[name]

        def recorded(pattern: Any, *further: Any, **named: Any) -> Any:
            place = _place(sys._getframe(1))
            if place and isinstance(pattern, str):
                flags = named.get("flags", further[0] if name == "compile" and further else 0)
                made = self.real["compile"](pattern, flags)
                self.found.setdefault((pattern, made.flags), (place, made, "" if name == "compile" else name))
            return real(pattern, *further, **named)

        return recorded


def _place(frame: FrameType | None) -> Place | None:
    """The line of the package that asked, if it was one."""
    name = frame.f_globals.get("__name__", "") if frame else ""
    return Place(name, frame.f_lineno) if frame and name.startswith("rrbnotes") else None


def regexes() -> list[Regex]:
    """All regular expressions that the package makes, when it is imported and while a board is read and checked."""
    with Recorder() as recorder:
        import rrbnotes

        for module in pkgutil.walk_packages(rrbnotes.__path__, "rrbnotes."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        from boards import NOTES
        from reliability.whole import go_whole_way

        go_whole_way("\x1e".join(list(NOTES.values())[:2]))
        _make_the_late_ones()
    names, uses = _names(Path(rrbnotes.__path__[0]))
    return [
        _regex(place, pattern, function, names, uses) for place, pattern, function in recorder.found.values()
    ]


def _make_the_late_ones() -> None:
    """Call what makes patterns only when it is asked, as far as it wants nothing to be told."""
    for name, module in list(sys.modules.items()):
        if name.startswith("rrbnotes"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_info") and not value.__wrapped__.__code__.co_argcount:
                    value()


def _regex(
    place: Place,
    pattern: re.Pattern[str],
    function: str,
    names: Mapping[str, list[tuple[int, int, str]]],
    uses: Mapping[str, frozenset[str]],
) -> Regex:
    if function:
        return Regex(place, f"re.{function}", pattern, frozenset({_SAME_AS.get(function, function)}))
    name = next((name for first, last, name in names[place.module] if first <= place.line <= last), "")
    return Regex(
        place, name, pattern, (uses.get(_own(place.module, name)) if name else None) or frozenset(USES)
    )


def _names(package: Path) -> tuple[dict[str, list[tuple[int, int, str]]], dict[str, frozenset[str]]]:
    """The names given to patterns, with the lines where; and how each name is used, unless it is handed on as it is."""
    given: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    used: dict[str, set[str]] = defaultdict(set)
    for file in package.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        below = file.relative_to(package.parent).with_suffix("")
        module = ".".join(part for part in below.parts if part != "__init__")
        asked = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and _is_compiled(node.value):
                given[module].append((node.lineno, node.end_lineno or node.lineno, _name(node.targets[0])))
                asked.add(id(node.targets[0]))
            elif isinstance(node, ast.Attribute) and node.attr in _FUNCTIONS and _name(node.value):
                used[_own(module, _name(node.value))].add(_SAME_AS.get(node.attr, node.attr))
                asked.add(id(node.value))
            elif isinstance(node, ast.Attribute) and node.attr == "pattern":
                asked.add(id(node.value))
        for node in ast.walk(tree):
            if isinstance(node, ast.Name | ast.Attribute) and id(node) not in asked:
                used[_own(module, _name(node))].update(USES)
    return given, {name: frozenset(how) for name, how in used.items()}


def _own(module: str, name: str) -> str:
    """A name by which no other is meant: those that begin with a line are their module's own."""
    return f"{module}.{name}" if name.startswith("_") else name


def _is_compiled(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func) == "re.compile"
    )


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


# Attacking them


def attacks(pattern: str) -> Iterator[str]:
    """Pieces to be repeated: those that trouble patterns, and words of the pattern itself."""
    yield from FILLS
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\\[a-zA-Z]|\(\?P<\w+>|\(\?[a-z]+", "", pattern))
    yield from dict.fromkeys(form for word in (*words[:2], *words[-1:]) for form in (word, f"{word} "))


def seconds(pattern: re.Pattern[str], use: Use, text: str) -> float:
    """How long a use of a pattern takes, at best."""
    found = []
    for _ in range(2):
        start = process_time()
        use(pattern, text)
        found.append(process_time() - start)
    return min(found)


def growth(pattern: re.Pattern[str], use: Use, piece: str, size: int) -> float:
    """By what the time grows from a quarter of a size to all of it; 1 where it is too short to tell."""
    whole, part = (
        (piece * (length // len(piece) + 1))[:length] + BEHIND for length in (size, size // FACTOR)
    )
    start = process_time()
    use(pattern, whole)
    if process_time() - start < NOTICED:
        return 1.0
    return seconds(pattern, use, whole) / max(seconds(pattern, use, part), 1e-5)


def worst(regex: Regex, size: int) -> tuple[float, str, str]:
    """The worst growth, the use and the piece where it was met."""
    return max(
        (growth(regex.pattern, USES[use], piece, size), use, piece)
        for use in _hardest(regex.uses)
        for piece in attacks(regex.pattern.pattern)
    )


def _hardest(uses: frozenset[str]) -> Iterator[str]:
    """The uses that take longest: who finds all finds the first, and who looks everywhere looks at the start."""
    yield from uses & {"fullmatch"}
    yield from [use for use in ("finditer", "search", "match") if use in uses][:1]


def main(size: int, most: float = MOST_GROWTH) -> int:
    """Measure all of them; prints how many are not bounded, and those that grow too fast."""
    every = [
        one
        for one in regexes()
        if isinstance(one.pattern.pattern, str) and f"{one.place.module}.{one.name}" not in BOUNDED
    ]
    bad = []
    for one in every:
        grows, use, piece = worst(one, size)
        if grows > most:
            bad.append(f"{one.place.module}:{one.place.line} {one.name}.{use}: x{grows:.0f} for {piece!r}")
    print(json.dumps({"tried": len(every), "bad": bad}))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
