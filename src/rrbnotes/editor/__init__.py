"""The language server: what an editor asks, answered from the notes as they stand in it."""
