"""The one write path: lock, compare, replace whole, keep the former text, journal, undo; and the cache."""

STATE = ".rrb"
"""The folder, below the root, of what `rrb` keeps for itself."""
LOCK = "lock"
JOURNAL = "journal.jsonl"
