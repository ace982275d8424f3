"""What several rules go by is looked for once in each note, and kept as long as the note is."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

Thing = TypeVar("Thing")
Found = TypeVar("Found")


def once(look: Callable[[Thing], Found]) -> Callable[[Thing], Found]:
    """The same function, which looks at each thing once only. Things are told apart by what they are, not by what they
    say; what is found must not hold the thing itself, or neither would ever go."""
    kept: WeakKeyDictionary[Thing, Found] = WeakKeyDictionary()

    @wraps(look)
    def known(thing: Thing) -> Found:
        if thing not in kept:
            kept[thing] = look(thing)
        return kept[thing]

    return known
