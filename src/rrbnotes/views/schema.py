"""The JSON Schemas: of the settings and the register, made from the tables that read them, and of what commands print."""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from rrbnotes.register.json_schema import register_schema
from rrbnotes.settings import OPTIONS
from rrbnotes.views.answer_schema import answer_schema
from rrbnotes.views.choice import pick
from rrbnotes.views.fields.answers import ANSWERS

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
    return {"title": "rrb.toml", **whole, "$defs": {"rule": rule}}


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


def _of_settings() -> Schema:
    from rrbnotes.checks.rules import RULES  # here, since no other schema knows the rules

    return settings_schema(rule.name for rule in RULES)


def _of_answer(command: str) -> Schema:
    return {"title": f"rrb {command} --format json", **answer_schema(ANSWERS[command])}


SCHEMAS: Mapping[str, Callable[[], Schema]] = {
    "settings": _of_settings,
    "register": register_schema,
    **{command: partial(_of_answer, command) for command in ANSWERS},
}
"""By the words of `rrb schema`: what a person writes, and what a command of that name prints as JSON."""


def schema_text(name: str) -> str:
    """A schema as it stands in its file."""
    schema = {"$schema": _DIALECT, **pick("schema", name, SCHEMAS)()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
