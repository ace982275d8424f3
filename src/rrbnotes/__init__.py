"""rrbnotes: an action tracker over markdown meeting notes."""

__version__ = "0.1.0"
