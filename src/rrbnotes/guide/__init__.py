"""The manual's pages, one subject a page. `rrb help TOPIC` shows them, and so do code hosts."""

import re
from collections.abc import Iterator
from importlib.resources import files
from textwrap import wrap

PAGES = (
    "tutorial",
    "notes",
    "git",
    "register",
    "settings",
    "rules",
    "commands",
    "formats",
    "limits",
    "architecture",
    "dialects",
    "python",
)
"""In the order in which they are listed; each is the file `NAME.md` beside this one."""
_TITLE = re.compile(r"# (?P<title>.+)\n+(?P<first>(?:.+\n)+)")
_SENTENCE = re.compile(r".*?[.?!](?=\s|$)")
_MARKUP = re.compile(r"\[([^\[\]]+)\]\([^()]*\)")
_LINK = re.compile(r"\[([^\[\]]+)\]\((?:(\w+)\.md)?(?:#[\w-]*)?\)")


def page(name: str) -> str:
    """The text of a page."""
    return files(__name__).joinpath(f"{name}.md").read_text(encoding="utf-8")


def on_screen(text: str) -> str:
    """A page for who reads it by `rrb help`: a link names the topic to ask for."""
    return _LINK.sub(_told, text)


def heading(text: str) -> tuple[str, str]:
    """The title of a page, and its first sentence in plain words."""
    found = _TITLE.match(text)
    if not found:
        raise ValueError("a page begins with its title and a paragraph")
    words = _MARKUP.sub(r"\1", " ".join(found["first"].split()))
    sentence = _SENTENCE.match(words)
    return found["title"], sentence[0] if sentence else words


def contents(width: int) -> Iterator[str]:
    """The list of the pages, line by line: topic, title and first sentence."""
    most = max(map(len, PAGES)) + 2
    for name in PAGES:
        title, first = heading(page(name))
        lines = wrap(f"{title}. {first}", max(width - most, 20), break_on_hyphens=False)
        yield from (f"{name if n == 0 else '':{most}}{line}" for n, line in enumerate(lines))


def _told(link: re.Match[str]) -> str:
    words, topic = link.groups()
    return f"{words} (`rrb help {topic}`)" if topic else words
