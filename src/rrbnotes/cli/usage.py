"""What is wrong with a command line, in the words of `rrb`. The library's exceptions are known by their names, since it
does not hand them out."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from rrbnotes.errors import did_you_mean


def in_words(error: Any) -> str:
    """One line for an error of the command line: what is wrong, and what to do."""
    kind = next((one.__name__ for one in type(error).__mro__ if one.__name__ in _KINDS), None)
    said = _KINDS[kind](error) if kind else error.format_message()
    command = error.ctx.command_path if getattr(error, "ctx", None) else "rrb"
    return said if ";" in said else f"{said}; `{command} --help` says what it takes"


def _no_such_option(error: Any) -> str:
    return f"unknown option '{error.option_name}'{did_you_mean(error.option_name, _options(error))}"


def _options(error: Any) -> list[str]:
    """The options that the command has."""
    return [name for param in error.ctx.command.params for name in param.opts if name.startswith("-")]


def _bad_option(error: Any) -> str:
    option = error.option_name
    if "requires" in error.message:
        return f"{option} takes a value, and none is given; write {option} VALUE"
    return f"{option} takes no value, and one is given; write {option} alone"


def _missing(error: Any) -> str:
    return f"{error.param.human_readable_name.strip('{}[]')} is missing"


def _bad_value(error: Any) -> str:
    name = error.param.opts[0] if error.param.param_type_name == "option" else error.param.human_readable_name
    set_by = f" ({error.param.envvar})" if getattr(error.param, "envvar", None) else ""
    return f"{name}{set_by}: {error.message.rstrip('.')}"


def _other(error: Any) -> str:
    extra = re.fullmatch(r"Got unexpected extra argument\(s\) \((.*)\)", error.message, re.DOTALL)
    if extra is None:
        return str(error.format_message()).rstrip(".")
    meant = f"--{extra[1].partition(' ')[0]}"
    return f"more than it takes: {extra[1]}" + (
        f"; did you mean '{meant}'?" if meant in _options(error) else ""
    )


_KINDS: Mapping[str, Callable[[Any], str]] = {
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _bad_option,
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
    "UsageError": _other,
}
"""How each kind of the library's errors is told; the first of an error's classes counts."""
