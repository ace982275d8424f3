"""A ledger opened with what earlier runs found out of its notes and of its register."""

from datetime import date as Date
from functools import partial
from pathlib import Path

from rrbnotes.home import Home
from rrbnotes.keeping.ledger import Ledger, open_ledger
from rrbnotes.memory import REGISTER, Memory
from rrbnotes.notebook import load
from rrbnotes.readers import Readers

_RECORDS = "records"
_FEW, _SHARE = 20, 0.02
"""So many records may be new before all are kept anew: to write thousands down costs more than to read these again."""


def recall_ledger(
    home: Home,
    shown_from: Path,
    data: bytes | None,
    today: Date,
    memory: Memory | None,
    readers: Readers,
    as_at: Date | None = None,
    healed: str | None = None,
) -> Ledger:
    """As `open_ledger`; of notes and records only those are read that have changed."""
    known = (memory and memory.recall(_RECORDS)) or {}
    reading = partial(load, memory=memory, readers=readers)
    ledger = open_ledger(home, shown_from, data, today, as_at, healed, reading, known)
    records = ledger.file.known if ledger.file else {}
    new = sum(text not in known for text in records)
    if memory and new > max(_FEW, _SHARE * len(records)):
        memory.keep(_RECORDS, dict(records), [REGISTER])
    return ledger
