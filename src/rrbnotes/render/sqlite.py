"""SQLite: the actions of a notebook as tables that refer to each other, for Datasette, DuckDB and who writes SQL."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rrbnotes.render.page import Page
from rrbnotes.views.listing import Listing, Records

_Record = Mapping[str, Any]
_Row = dict[str, object]

SCHEMA = """
CREATE TABLE about (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
CREATE TABLE meetings (
  key TEXT PRIMARY KEY,
  board TEXT, title TEXT, date TEXT, start TEXT, end TEXT, venue TEXT, draft INTEGER,
  attended INTEGER, absent INTEGER, next_meeting TEXT, path TEXT
);
CREATE TABLE actions (
  ref TEXT PRIMARY KEY,
  board TEXT, number TEXT, action TEXT NOT NULL, owners TEXT NOT NULL,
  status TEXT NOT NULL, reason TEXT, outstanding INTEGER NOT NULL, for_agreement INTEGER NOT NULL,
  due TEXT, due_words TEXT, due_not_before TEXT, due_recurs TEXT, first_due TEXT, due_changes INTEGER NOT NULL,
  overdue INTEGER NOT NULL, unreported INTEGER NOT NULL,
  reported INTEGER NOT NULL, rolled_over INTEGER NOT NULL, silent INTEGER NOT NULL,
  age_days INTEGER, is_raised INTEGER NOT NULL, first_seen TEXT REFERENCES meetings (key), first_date TEXT, item TEXT,
  last_reported TEXT REFERENCES meetings (key), path TEXT, line INTEGER, provisional INTEGER NOT NULL, also TEXT NOT NULL
);
CREATE TABLE action_owners (
  ref TEXT NOT NULL REFERENCES actions (ref),
  owner TEXT NOT NULL,
  PRIMARY KEY (ref, owner)
);
CREATE TABLE progress (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL REFERENCES actions (ref),
  meeting TEXT REFERENCES meetings (key),
  date TEXT, status TEXT, reason TEXT, due TEXT, due_words TEXT, owners TEXT, by TEXT, path TEXT, line INTEGER
);
CREATE TABLE mentions (
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL REFERENCES actions (ref),
  meeting TEXT REFERENCES meetings (key),
  kind TEXT NOT NULL, text TEXT NOT NULL, owners TEXT NOT NULL, due TEXT, due_words TEXT, status TEXT, reason TEXT,
  path TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE INDEX action_owners_owner ON action_owners (owner);
CREATE INDEX progress_ref ON progress (ref);
CREATE INDEX progress_meeting ON progress (meeting);
CREATE INDEX mentions_ref ON mentions (ref);
CREATE INDEX mentions_meeting ON mentions (meeting);
CREATE VIEW outstanding AS
  SELECT ref, status, due, owners, reported + silent AS carried, action, reason, board, overdue, unreported, age_days
  FROM actions WHERE outstanding ORDER BY actions.rowid;
CREATE VIEW overdue AS SELECT * FROM outstanding WHERE overdue ORDER BY due;
CREATE VIEW unreported AS SELECT * FROM outstanding WHERE unreported;
CREATE VIEW by_owner AS
  SELECT action_owners.owner, outstanding.* FROM outstanding JOIN action_owners USING (ref) ORDER BY owner;
"""
"""Days are `2019-11-19`, what is so or not is 1 or 0; `owners` and `also` are in one line for who looks, and `action_owners`
has them one by one. How an action stands is as of `today` in `about`."""


def write(listing: Listing, page: Page) -> bytes:
    """The database; the same listing gives the same bytes."""
    records = listing.records()
    actions = list(records.items)
    meetings = [
        meeting for beside in listing.beside() if beside.name == "meetings" for meeting in beside.items
    ]
    base = sqlite3.connect(":memory:", isolation_level=None)
    try:
        base.executescript(f"PRAGMA foreign_keys = ON; BEGIN; {SCHEMA}")
        for table, rows in _tables(records, actions, meetings):
            _insert(base, table, rows)
        base.execute("COMMIT")
        return base.serialize()
    finally:
        base.close()


def _tables(
    records: Records, actions: list[_Record], meetings: list[_Record]
) -> Iterator[tuple[str, Iterable[_Row]]]:
    """The rows of each table; a table comes after those that it refers to."""
    keys = {place["path"]: place["meeting"] for action in actions for place in _places(action)}
    known = {meeting["key"] for meeting in meetings}
    yield "about", [{"key": key, "value": value} for key, value in records.head.items()]
    yield "meetings", [*map(_meeting, meetings), *_gone(actions, known)]
    yield "actions", map(_action, actions)
    yield (
        "action_owners",
        [{"ref": a["ref"], "owner": o} for a in actions for o in dict.fromkeys(a["owners"])],
    )
    yield "progress", [_progress(action["ref"], step) for action in actions for step in action["history"]]
    yield "mentions", [_mention(action["ref"], one, keys) for action in actions for one in action["mentions"]]


def _meeting(meeting: _Record) -> _Row:
    names = "key board title date start end venue draft path".split()
    following = meeting["next_meeting"]
    return {
        **{name: meeting[name] for name in names},
        "attended": len(meeting["attended"]),
        "absent": len(meeting["absent"]),
        "next_meeting": following["date"] if following else None,
    }


def _gone(actions: list[_Record], known: set[str]) -> Iterator[_Row]:
    """What actions say of meetings whose notes are not there."""
    said = {
        place["meeting"]: {"key": place["meeting"], "board": action["board"], "date": place["date"]}
        for action in actions
        for place in (*_places(action), action["last_reported"])
        if place and place["meeting"]
    }
    return (row for key, row in sorted(said.items()) if key not in known)


def _places(action: _Record) -> Iterator[_Record]:
    """Where meetings speak of an action, with their keys."""
    yield from (place for place in (action["first_seen"], *action["history"]) if place["meeting"])


def _action(action: _Record) -> _Row:
    names = "ref board number action status outstanding for_agreement due_changes overdue unreported age_days provisional"
    raised, seen, carried, last = (action[n] for n in ("raised", "first_seen", "carried", "last_reported"))
    due = action["due"] or {}
    said = [step for step in action["history"] if step["status"] or step["reason"]]
    return {
        **{name: action[name] for name in names.split()},
        **_due(action["due"]),
        "owners": ", ".join(action["owners"]),
        "also": ", ".join(action["also"]),
        "reason": said[-1]["reason"] if said else None,
        "due_not_before": due.get("not_before"),
        "due_recurs": due.get("recurs"),
        "first_due": _due(action["first_due"])["due"],
        "reported": carried["reported"],
        "rolled_over": carried["rolled"],
        "silent": carried["silent"],
        "is_raised": raised is not None,
        "first_seen": seen["meeting"],
        "first_date": seen["date"],
        "item": raised["item"] if raised else None,
        "last_reported": last["meeting"] if last else None,
        "path": seen["path"],
        "line": seen["line"],
    }


def _progress(ref: str, step: _Record) -> _Row:
    names = "meeting date status reason by path line".split()
    owners = step["owners"]
    return {
        "ref": ref,
        **{name: step[name] for name in names},
        **_due(step["due"]),
        "owners": None if owners is None else ", ".join(owners),
    }


def _mention(ref: str, mention: _Record, keys: Mapping[str, str]) -> _Row:
    names = "kind text status reason path line".split()
    return {
        "ref": ref,
        "meeting": keys.get(mention["path"]),
        **{name: mention[name] for name in names},
        **_due(mention["due"]),
        "owners": ", ".join(mention["owners"]),
    }


def _due(due: _Record | None) -> _Row:
    """The day after which it is overdue, and the words."""
    return {"due": (due["date"] or due["latest"]) if due else None, "due_words": due["text"] if due else None}


def _insert(base: sqlite3.Connection, table: str, rows: Iterable[_Row]) -> None:
    """Names of tables and columns are those of the schema; values are bound."""
    for row in rows:
        places = ", ".join(f":{name}" for name in row)
        named = {name: _value(value) for name, value in row.items()}
        base.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", named)


def _value(value: object) -> object:
    """A value that the database takes: no NUL, at which programs stop reading, and nothing that has no UTF-8."""
    if not isinstance(value, str):
        return value
    return value.replace("\0", "\ufffd").encode(errors="backslashreplace").decode()
