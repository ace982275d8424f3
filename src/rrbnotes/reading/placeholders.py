"""Words that only fill the place of an action: `None`, `TBC`, and a template's own, which nobody has filled in."""

import re

_NONE = re.compile(
    r"(?:none(?: .{0,20})?|n/?a|nil|tbc|tbd|todo|\W*|no (?:new |outstanding |further )?(?:actions?(?: items?)?|updates?)(?: .{0,30})?|no (?:other|further) (?:business|items?)|"
    r".{0,20}\bno (?:open|outstanding|new) action(?: item)?s?|action (?:item )?\d+|there were no .{0,60}|https?://\S+)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\{[^{}]*\}|\[(?:insert|add|enter|describe|type|write|fill|your|please|to be (?:added|completed|filled))\b[^\[\]]*\]",
    re.IGNORECASE,
)
"""`{{ action }}`, `[insert action here]`: what is to be written here."""
_WORD = re.compile(r"[^\W_]+")
_MADE_UP = re.compile(r"x+")
_FORM = frozenset(
    "action actions assignee assignees date deadline description descriptions detail details due item items name names"
    " owner owners placeholder task tasks tbc tbd text title todo what when who"
    " and by do for goes here insert of or s to".split()
)
"""What a template calls the things that belong in its places, and the words between: `NAME(S) to do ACTION by DATE`."""


def is_placeholder(words: str) -> bool:
    """Whether words are no action: `None`, `No new actions`, an address and nothing else, or nothing but a template's words,
    such as `NAME: Action item`."""
    bare = words.strip(" *_.<>")
    return _NONE.fullmatch(bare) is not None or _is_unfilled(_ASKS.sub(" tbc ", bare))


def _is_unfilled(words: str) -> bool:
    """Whether every word is one of a template's; of `<Name> to <action>` only `to` is read, for the rest is a tag of HTML."""
    said = {word for word in _WORD.findall(words.casefold()) if not word.isdecimal()}
    return bool(said) and all(word in _FORM or _MADE_UP.fullmatch(word) for word in said)
