"""What is said beside the answer: always on standard error, and harmless there."""

import sys

from rrbnotes.render.safe import visible


def complain(message: str) -> None:
    """What stopped the run, each line with the program's name."""
    for line in message.split("\n"):
        say(f"rrb: {line}")


def say(line: str) -> None:
    """One line."""
    print(visible(line), file=sys.stderr)
