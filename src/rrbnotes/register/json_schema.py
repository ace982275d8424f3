"""A register as a JSON Schema, made from the tables that read it, so that editors check the file while somebody types.

It takes what the reader takes: a value is a text to us however YAML would type it, an empty one is none, and keys that we
do not know are somebody's own. What is said of several places at once, such as a ref that stands twice, only the reader knows.
"""

from collections.abc import Mapping
from typing import Any

from rrbnotes.model import LINK_VERBS, Status
from rrbnotes.register.schema import FIELDS, LINK_FIELDS, PROGRESS_FIELDS, RAISED_FIELDS, VERSION
from rrbnotes.register.values import DAY, DUE, DUE_FIELDS, STATUS, TEXT, TEXTS, VERB, WORD, Kind
from rrbnotes.statuses import SYNONYMS

Schema = dict[str, Any]
_TEXT = ["string", "number", "boolean"]
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_REF = r"^.+\.[pm]?[0-9]+$"


def _ref(name: str, **more: object) -> Schema:
    return {"$ref": f"#/$defs/{name}", **more}


def _any_case(words: str) -> str:
    """A pattern of some words in capitals or not, for patterns of JSON Schema cannot ignore case."""
    letters = (f"[{letter.upper()}{letter}]" if letter.isalpha() else letter for letter in words)
    return "".join(letters).replace("'", "['’]")


def _status() -> Schema:
    """The five, which an editor offers, and the other words for them."""
    known = sorted({phrase for phrases in SYNONYMS.values() for phrase in phrases})
    words = f"^(?:{'|'.join(map(_any_case, known))})$"
    return {"anyOf": [{"enum": [*Status]}, {"type": ["string", "null"], "pattern": words}]}


_TEXTS: Schema = {"type": ["array", *_TEXT, "null"], "items": _ref("text")}
_A_DAY: Schema = {"type": ["string", "null"], "format": "date", "pattern": _DAY}
KINDS: Mapping[Kind, tuple[str, str, Schema]] = {
    TEXT: ("text", "A text; a number may stand for one.", {"type": [*_TEXT, "null"]}),
    VERB: ("verb", "What an action is to another one.", {"enum": [*LINK_VERBS]}),
    WORD: ("word", "A short text.", {"type": [*_TEXT, "null"]}),
    TEXTS: ("texts", "A list, or one text with commas.", _TEXTS),
    DAY: ("day", "A day, such as 2019-11-19.", _A_DAY),
    STATUS: ("status", "One of the five, or another word for one of them.", _status()),
    DUE: ("due", "A day alone, or a due date in its parts.", {"anyOf": [_ref("day"), _ref("due_in_parts")]}),
}
"""Of each kind of value its name in the schema, what it is, and what it may be."""

_OF_ACTION = {
    "action": "What is to be done, without owner and status. The note that raised it decides.",
    "owners": "Who is to do it now: short names, such as [\"NPS\", \"MPS\"].",
    "due": "When it is due now.",
    "item": "The agenda item under which it was raised.",
    "raised": "When it was raised; without this the note that raised it is not here.",
    "number": "The board's own number for it, such as 65.02.",
    "status": "open, ongoing, rolled over, complete or closed, as the history has it.",
    "first_owners": "Whose it was at first, where that has changed.",
    "first_due": "When it was due at first, where that has changed; {} for no day.",
    "also": "Refs that are other names of this action.",
    "links": "What it is to other actions: `rrb link` writes it.",
    "not_same": "Refs of actions that it is never to be joined with.",
    "history": "What each meeting and each update said of it.",
}  # fmt: skip
_OF_PROGRESS = {
    "date": "The day of the meeting or of the update.",
    "meeting": "The key of the meeting's note: its path below the notes folder without .md.",
    "by": "Who said it where no meeting did: update for a command, hand for an edit of this file.",
    "status": "How it stood.",
    "reason": "Why, or what was done.",
    "words": "The note's words, where they differ from the action's.",
    "due": "Where it was given another date: that one.",
    "owners": "Where it was given to others: those.",
}
_OF_RAISED = {
    "date": "The day of the meeting.",
    "meeting": "The key of its note, where the ref has not got it.",
}
_OF_LINK = {
    "is": "What this action is to the other one.",
    "to": "The ref of the other action.",
    "meeting": "Of a line in a note: the key of its note.",
    "words": "Of a line in a note, or of an action joined with this one: its words.",
    "reason": "Why.",
}
_OF_DUE = {
    "text": "The words of the note.",
    "date": "The day, where the words fix one.",
    "latest": "The last day that the words allow, where they allow several.",
    "not_before": "The day that 'after ...' names; it is no deadline.",
    "recurs": "How often, such as quarterly.",
}


def _mapping(kinds: Mapping[str, Kind], said: Mapping[str, str], description: str) -> Schema:
    """A mapping of known fields, each with what it says."""
    fields = {name: _ref(KINDS[kind][0], description=said[name]) for name, kind in kinds.items()}
    return {"description": description, "type": "object", "properties": fields}


def _listed(name: str) -> Schema:
    return {"type": ["array", "null"], "items": _ref(name)}


def _said(name: str) -> Schema:
    """That a field is there, and not empty."""
    return {"required": [name], "properties": {name: {"type": _TEXT}}}


_LISTS = {"links": _listed("link"), "history": _listed("progress")}
_RAISED = {"anyOf": [_ref("raised"), {"type": "null"}]}


def _action() -> Schema:
    """One record."""
    made = {**_LISTS, "raised": _RAISED}
    plain = {name: field.kind for name, field in FIELDS.items() if name not in made}
    whole = _mapping(plain, _OF_ACTION, "An action; keys of your own may stand beside these.")
    fields = {
        name: whole["properties"].get(name) or {**made[name], "description": _OF_ACTION[name]}
        for name in FIELDS
    }
    fields["action"]["type"] = _TEXT
    return {**whole, "required": ["action"], "properties": fields}


def register_schema() -> Schema:
    """The schema of `actions.yaml`."""
    link = _mapping(LINK_FIELDS, _OF_LINK, "What this action is to another one, or to a line of a note.")
    progress = _mapping(PROGRESS_FIELDS, _OF_PROGRESS, "What one meeting, or one update, said of the action.")
    due = _mapping(DUE_FIELDS, _OF_DUE, "When an action is due, as far as the words say.")
    records = {"type": ["object", "null"], "propertyNames": {"pattern": _REF}}
    actions = "The actions, each under its ref, such as 2019-09-09.3."
    return {
        "title": "actions.yaml",
        "description": "The register of rrb: the actions of a board, with what became of them.",
        "type": "object",
        "required": ["version", "actions"],
        "properties": {
            "version": {"description": "Of the layout of this file.", "enum": [int(VERSION), VERSION]},
            "actions": {"description": actions, **records, "additionalProperties": _ref("action")},
        },
        "$defs": {
            "action": _action(),
            "progress": {**progress, "anyOf": [_said("meeting"), _said("by")]},
            "link": {**link, "required": ["is"]},
            "raised": _mapping(RAISED_FIELDS, _OF_RAISED, "The meeting at which it was agreed."),
            "due_in_parts": due,
            **{name: {"description": what, **may_be} for name, what, may_be in KINDS.values()},
        },
    }
