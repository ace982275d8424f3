"""The filters of the table in `views`, as options: a command takes them all as keywords."""

import inspect
from collections.abc import Callable, Mapping
from datetime import date as Date
from typing import Annotated, Any

import typer

from rrbnotes.cli import completing
from rrbnotes.cli.options import count, day
from rrbnotes.errors import RrbError
from rrbnotes.views.filters import FILTERS, SCOPES, Filter

_DECLARED = {"finished": ("--finished", "--closed")}
_TYPES: Mapping[str, tuple[Any, str]] = {
    "flag": (bool, ""),
    "number": (int | None, "N"),
    "days": (int | None, "DAYS"),
    "date": (Date | None, "DATE"),
    "status": (list[str] | None, "S"),
    "meeting": (list[str] | None, "M"),
    "owner": (list[str] | None, "O"),
    "board": (list[str] | None, "B"),
    "text": (list[str] | None, "TEXT"),
}
_PARSERS: Mapping[str, Callable[[str], Any]] = {"number": count, "days": count, "date": day}
_OFFERS = {
    "status": completing.statuses,
    "meeting": completing.meetings,
    "owner": completing.owners,
    "board": completing.boards,
}


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each scope and each filter, in the place of its `**options`."""
    signature = inspect.signature(command)
    own = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
    scopes = [_flag(name, help) for name, (help, _) in SCOPES.items()]
    first, *others = own
    command.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[first, *scopes, *map(_parameter, FILTERS), *others]
    )
    return command


def chosen(options: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The scope that the options name, and the filters with their values."""
    named = [scope for scope in SCOPES if options[scope]]
    if len(named) > 1:
        raise RrbError(f"{' and '.join(f'--{scope}' for scope in named)} exclude each other; name one")
    scope = named[0] if named else "all" if options["status"] else "open"
    return scope, {row.name: options[row.name] for row in FILTERS if options[row.name]}


def in_words(wanted: Mapping[str, Any]) -> str:
    """The filters as they were typed."""
    return " ".join(part for name, value in wanted.items() for part in _typed(_option(name), value))


def _typed(option: str, value: Any) -> list[str]:
    if value is True:
        return [option]
    words = value if isinstance(value, (list, tuple)) else [value]
    return [f"{option} '{word}'" if " " in str(word) else f"{option} {word}" for word in words]


def _parameter(row: Filter) -> inspect.Parameter:
    kind, metavar = _TYPES[row.takes]
    if row.takes == "flag":
        return _flag(row.name, row.help)
    option = typer.Option(
        _option(row.name),
        help=row.help,
        metavar=metavar,
        parser=_PARSERS.get(row.takes),
        autocompletion=_OFFERS.get(row.takes),
        show_default=False,
    )
    return _keyword(row.name, Annotated[kind, option], None)


def _flag(name: str, help: str) -> inspect.Parameter:
    declared = _DECLARED.get(name, (_option(name),))
    return _keyword(name, Annotated[bool, typer.Option(*declared, help=help, show_default=False)], False)


def _keyword(name: str, annotation: Any, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
