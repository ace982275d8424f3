"""What a command prints as JSON, as a JSON Schema made from the types of its fields."""

import re
from collections.abc import Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

Schema = dict[str, Any]
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


def answer_schema(answer: type) -> Schema:
    """The schema of an envelope. Each class of objects in it is one of the `$defs`, which the lines of ndjson can be
    checked by."""
    defs: dict[str, Schema] = {}
    return {**_object(answer, defs), "$defs": defs}


def _object(shape: Any, defs: dict[str, Schema]) -> Schema:
    """A class of objects; all fields that it names are always there, and further ones may come with newer versions."""
    fields = get_type_hints(shape, include_extras=True)
    return {
        "description": " ".join(str(shape.__doc__).split()),
        "type": "object",
        "required": list(fields),
        "properties": {name: _typed(kind, defs) for name, kind in fields.items()},
    }


def _typed(kind: Any, defs: dict[str, Schema]) -> Schema:
    """One type."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return {**_noted(parts[1:]), **_typed(parts[0], defs)}
    if origin is Literal or (isinstance(kind, type) and issubclass(kind, Enum)):
        return {"enum": list(parts or kind)}
    if origin is UnionType or NoneType in parts:
        (some,) = (one for one in parts if one is not NoneType)
        return _or_null(_typed(some, defs))
    if is_typeddict(kind):
        return _named(kind, defs)
    if origin and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _typed(parts[1], defs)}
    return {"type": "array", "items": _typed(parts[0], defs)} if origin else {"type": _PLAIN[kind]}


def _noted(notes: tuple[object, ...]) -> Schema:
    """What is said beside a type: words that describe it, or a further part of its schema with its name."""
    return dict(note if isinstance(note, tuple) else ("description", note) for note in notes)


def _or_null(schema: Schema) -> Schema:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if "type" in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _named(shape: type, defs: dict[str, Schema]) -> Schema:
    """A reference to a class of objects: `ActionRecord` is `action`."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", shape.__name__.removesuffix("Record")).lower()
    if name not in defs:
        defs[name] = {}
        defs[name] = _object(shape, defs)
    return {"$ref": f"#/$defs/{name}"}
