"""What a look at a folder of notes found, in words, and the settings that it proposes."""

from rrbnotes.quoting import count
from rrbnotes.reading.survey import Survey


def found(survey: Survey) -> str:
    """`9 notes, 41 actions, owners before the verb (30), in a column (8)`."""
    if not survey.notes:
        return "no notes yet"
    parts = [count(survey.notes, "note"), count(survey.actions, "action")]
    if survey.places:
        parts.append("owners " + ", ".join(f"{where} ({times})" for where, times in survey.places))
    return ", ".join(parts)


def proposed(survey: Survey) -> list[str]:
    """Lines for `rrb.toml` that would teach what the notes do and the tables of words do not know."""
    lines = []
    if survey.markers:
        lines.append(f"markers = {_listed(survey.markers)}")
    if survey.sections:
        lines.append(f"sections.actions = {_listed(survey.sections)}")
    if not lines:
        return []
    return ["for rrb.toml, if these mark or head actions:", "", "[reading]", *lines]


def _listed(words: tuple[str, ...]) -> str:
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    return "[" + ", ".join(f'"{word}"' for word in quoted) + "]"
