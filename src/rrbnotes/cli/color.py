"""Whether to write colours: our own rule, since libraries differ in theirs."""

from collections.abc import Mapping

CHOICES = ("auto", "always", "never")


def colored(choice: str, environment: Mapping[str, str], is_terminal: bool) -> bool:
    """The flag, else NO_COLOR, else FORCE_COLOR (`0` is off), else TERM=dumb, else whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return environment["FORCE_COLOR"] != "0"
    return is_terminal and environment.get("TERM") != "dumb"
