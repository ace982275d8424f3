"""What a board may set, in `rrb.toml` or `[tool.rrb]`. Settings are data: no command, no address."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from rrbnotes.errors import RrbError, cannot_be, did_you_mean
from rrbnotes.status import Status

ROLES = ("attendance", "absence", "previous", "actions", "next-meeting", "agenda")
"""The sections of a note that further heading words may name."""
MAX_BYTES = 256 * 1024
_DEEP = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){50}")
"""A key of fifty parts: the time to read one grows with the square of its length."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A type of value: what it must be, in words, and how to tell."""

    words: str
    fits: Callable[[object], bool]
    schema: Mapping[str, object]
    """The same for programs, as JSON Schema."""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)


STANDS = ("before", "behind", "anywhere")
"""Where a board may say that it prints who does an action: before its words or behind them."""

FAIL_ON = ("error", "warning", "note", "never")
"""The least weight of a finding that makes a check fail."""

_FAIL_ON = _Kind(f"one of {', '.join(FAIL_ON)}", lambda value: value in FAIL_ON, {"enum": list(FAIL_ON)})
DATES = ("iso", "british")
"""How tables for people write days; data for programs always has them as ISO 8601."""

_DATES = _Kind(f"one of {', '.join(DATES)}", lambda value: value in DATES, {"enum": list(DATES)})
_STAND = _Kind(f"one of {', '.join(STANDS)}", lambda value: value in STANDS, {"enum": list(STANDS)})
_TEXT = _Kind('a text, such as "…"', _is_text, {"type": "string"})
_TEXTS = _Kind(
    'a list of texts, such as ["…", "…"]', _is_texts, {"type": "array", "items": {"type": "string"}}
)
_WORDS = _Kind(
    'a list of words, such as ["…", "…"]',
    _is_words,
    {"type": "array", "items": {"type": "string", "pattern": r"\S"}},
)
_RULES = _Kind(
    'a list of rules, such as ["no-due"]', _is_texts, {"type": "array", "items": {"$ref": "#/$defs/rule"}}
)


def _one(kind: _Kind, default: object, help: str, key: str = "") -> Any:
    """One value; `key` is its dotted name in the file where that is not the field's."""
    return field(default=default, metadata={"help": help, "kind": kind, "table": False, "key": key})


def _table(kind: _Kind, help: str, names: tuple[str, ...] = (), key: str = "") -> Any:
    """A table of values of one kind; with `names`, only these may be its keys."""
    metadata = {"help": help, "kind": kind, "table": True, "names": names, "key": key}
    return field(default_factory=dict, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Settings:
    """The options: this class is their table."""

    notes: str = _one(_TEXT, "notes", "the notes folder, in or below the folder of this file")
    exclude: tuple[str, ...] = _one(_TEXTS, (), "globs below the notes folder: files that are no notes")
    boards: Mapping[str, str] = _table(
        _TEXT, "glob below the notes folder -> name of its board; '' for no board"
    )
    owners: Mapping[str, tuple[str, ...]] = _table(_TEXTS, "short form of an owner -> its other names")
    members: Mapping[str, tuple[str, ...]] = _table(_TEXTS, "group -> its members, as short forms")
    statuses: Mapping[str, tuple[str, ...]] = _table(_TEXTS, "status -> further words for it", tuple(Status))
    markers: tuple[str, ...] = _one(
        _WORDS, (), "further words that mark an action among the discussion", "reading.markers"
    )
    owners_stand: str = _one(
        _STAND, "anywhere", "where names beside an action's words are its owners", "reading.owners"
    )
    sections: Mapping[str, tuple[str, ...]] = _table(
        _TEXTS, "role of a section -> further words of its heading", ROLES, "reading.sections"
    )
    dates: str = _one(_DATES, "iso", "days in tables for people: 2026-03-31, or 31 Mar 2026", "show.dates")
    select: tuple[str, ...] = _one(_RULES, (), "the only rules that `rrb check` asks", "check.select")
    ignore: tuple[str, ...] = _one(_RULES, (), "rules that `rrb check` does not ask", "check.ignore")
    fail_on: str = _one(_FAIL_ON, "error", "the least weight that fails `rrb check`", "check.fail-on")
    ignore_at: Mapping[str, tuple[str, ...]] = _table(
        _RULES, "glob below the notes folder -> rules that are not asked there", key="check.paths"
    )


OPTIONS = {option.metadata["key"] or option.name: option for option in fields(Settings)}
"""By their dotted names in the file."""
_GROUPS = frozenset(key.partition(".")[0] for key in OPTIONS if "." in key)
"""Tables that only group options."""


def _flat(values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The values by their dotted names."""
    for name, value in values.items():
        if name in _GROUPS and isinstance(value, dict):
            yield from ((f"{name}.{inner}", one) for inner, one in value.items())
        else:
            yield name, value


def settings_of(values: Mapping[str, object], shown: str) -> Settings:
    """The settings in a TOML table; all that is wrong with it is one error."""
    wrong = [f"{shown}: {problem}" for problem in _problems(values)]
    if wrong:
        raise RrbError("\n".join(wrong))
    return Settings(**{OPTIONS[name].name: _frozen(value) for name, value in _flat(values)})


def _problems(values: Mapping[str, object]) -> Iterator[str]:
    for name, value in _flat(values):
        if name not in OPTIONS:
            inside = next((key for key in OPTIONS if key.endswith(f".{name}")), None)
            hint = f"; it stands as '{inside}'" if inside else did_you_mean(name, (*OPTIONS, *_GROUPS))
            yield f"unknown key '{name}'{hint}"
            continue
        option = OPTIONS[name].metadata
        if not option["table"]:
            yield from _misfit(name, value, option["kind"])
        elif not isinstance(value, dict):
            yield f"'{name}' must be a table: {option['help']}"
        else:
            yield from _table_problems(name, value, option)


def _table_problems(name: str, table: Mapping[str, object], option: Mapping[str, Any]) -> Iterator[str]:
    names = option["names"]
    for key, value in table.items():
        if not key.strip():
            yield f"'{name}' has an empty key; say what it is for"
        elif names and key not in names:
            hint = did_you_mean(key, names) or f"; known are {', '.join(names)}"
            yield f"unknown key '{name}.{key}'{hint}"
        else:
            yield from _misfit(f"{name}.{key}", value, option["kind"])


def _misfit(name: str, value: object, kind: _Kind) -> Iterator[str]:
    if not kind.fits(value):
        yield f"'{name}' must be {kind.words}"


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return tuple(value) if isinstance(value, list) else value


def read(file: Path, shown: str) -> Mapping[str, object] | None:
    """The settings' table in a file; None where it is a `pyproject.toml` without one."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as why:
        raise RrbError(f"{file}: {cannot_be('read', why)}") from why
    shared = file.name == "pyproject.toml"
    if shared and b"rrb" not in data:
        return None
    values = _parsed(data, shown)
    ours = _mapping(values.get("tool")).get("rrb") if shared else values
    if ours is not None and not isinstance(ours, dict):
        raise RrbError(f"{shown}: 'tool.rrb' must be a table; write [tool.rrb]")
    return ours


def _parsed(data: bytes, shown: str) -> Mapping[str, Any]:
    """What stands in a file of settings."""
    import tomllib  # here, since most folders have no settings and need not pay for it

    if len(data) > MAX_BYTES:
        raise RrbError(f"{shown}: more than {MAX_BYTES // 1024} KB; cut it down")
    try:
        text = data.decode("utf-8-sig")
        if _DEEP.search(text):
            raise RecursionError
        return tomllib.loads(text)
    except UnicodeDecodeError as why:
        place = data.count(b"\n", 0, why.start) + 1
        what = f"byte 0x{data[why.start]:02X} is not UTF-8"
        raise RrbError(f"{shown}:{place}: {what}; save the file as UTF-8") from why
    except RecursionError as why:
        raise RrbError(f"{shown}: not valid TOML: nested too deeply; write it out flat") from why
    except ValueError as why:
        from rrbnotes.source import conflict_line, split_lines  # only where something is wrong

        conflict = conflict_line(split_lines(data.decode("utf-8", "replace")))
        if conflict:
            todo = "keep one side and delete the marker lines"
            raise RrbError(f"{shown}:{conflict}: unresolved merge conflict; {todo}") from why
        raise RrbError(f"{shown}: not valid TOML: {why}; correct it there") from why


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
