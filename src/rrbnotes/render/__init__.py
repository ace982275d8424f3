"""How to show it: one file a format, and each escapes its own text."""
