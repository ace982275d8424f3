"""Keeping the register beside its notes: what it should say, what a sync changes, what a person's word changes."""
