"""What typer's completion lacks in bash, where words end at `:` and `=` too and nothing quotes what is offered."""

import os
import re
import shlex
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

_BREAKS = frozenset("=:")
_ACTS = re.compile(r"([^\w@%+=:,./-])")


def is_completing() -> bool:
    """Whether bash asks what could come next."""
    return os.environ.get("_RRB_COMPLETE") == "complete_bash"


def complete_in_bash(answer: Callable[[], object]) -> None:
    """Let typer answer on the words that the person sees, and put its offers as bash inserts them."""
    words, at = whole_words(os.environ["COMP_WORDS"].split("\n"), int(os.environ["COMP_CWORD"]))
    os.environ["COMP_WORDS"], os.environ["COMP_CWORD"] = "\n".join(words), str(at)
    typed = words[at] if at < len(words) else ""
    out = StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(StringIO()):
            answer()
    finally:
        sys.stdout.write(
            "".join(f"{inserted(line, typed)}\n" for line in out.getvalue().splitlines() if line)
        )


def whole_words(words: Sequence[str], at: int) -> tuple[list[str], int]:
    """The words with what bash took apart put together, and where the one that is typed has gone."""
    whole: list[str] = []
    place = at
    for number, word in enumerate(words):
        before = words[number - 1] if number else ""
        if number > 1 and (_is_break(word) or _is_break(before)):
            whole[-1] += word
        else:
            whole.append(word)
        if number == at:
            place = len(whole) - 1
    return whole, place if at < len(words) else len(whole)


def inserted(offer: str, typed: str) -> str:
    """An offer as it has to stand behind what bash leaves of the typed word: quoted, and without what is before a colon."""
    quote = typed[:1] if typed[:1] in ("'", '"') else ""
    if quote:
        rest = offer
    else:
        plain = "".join(shlex.split(typed)[:1]) if _is_closed(typed) else typed
        value = plain.partition("=")[2] if plain.startswith("-") else plain
        head = value.rpartition(":")[0]
        rest = offer[len(head) + 1 :] if head and offer.startswith(f"{head}:") else offer
    if quote == "'":
        return rest.replace("'", "'\\''")
    return re.sub(r'([\\"$`])', r"\\\1", rest) if quote else _ACTS.sub(r"\\\1", rest)


def _is_break(word: str) -> bool:
    return bool(word) and set(word) <= _BREAKS


def _is_closed(typed: str) -> bool:
    try:
        shlex.split(typed)
    except ValueError:
        return False
    return True
