"""The one write path: lock, compare, replace whole, keep the former text, journal, undo. Reading never comes here."""
