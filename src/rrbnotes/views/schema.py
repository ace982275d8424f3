"""The settings as a JSON Schema, made from the table that reads them, for editors that check `rrb.toml` while one types."""

from collections.abc import Iterable, Mapping
from typing import Any

from rrbnotes.settings import OPTIONS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


def settings_schema(rules: Iterable[str]) -> Schema:
    """The schema of `rrb.toml`, and of `[tool.rrb]` in `pyproject.toml`; `rules` are the names of the checks."""
    whole = _object("Settings of rrb: how the notes of a board are read and checked.")
    for key, option in OPTIONS.items():
        group, _, name = key.rpartition(".")
        into = whole["properties"].setdefault(group, _object(f"Settings of {group}.")) if group else whole
        into["properties"][name] = _option(option.metadata)
    rule = {"enum": [*sorted(rules), "all"]}
    return {"$schema": _DIALECT, "title": "rrb.toml", **whole, "$defs": {"rule": rule}}


def _object(description: str) -> Schema:
    return {"description": description, "type": "object", "additionalProperties": False, "properties": {}}


def _option(option: Mapping[str, Any]) -> Schema:
    """One option: a value, or a table of values under any names or under these."""
    value, described = option["kind"].schema, {"description": option["help"]}
    if not option["table"]:
        return {**described, **value}
    if not option["names"]:
        return {**described, "type": "object", "additionalProperties": value}
    keys = dict.fromkeys(map(str, option["names"]), value)
    return {**described, "type": "object", "additionalProperties": False, "properties": keys}
