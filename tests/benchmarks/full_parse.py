"""What it costs to parse all notes below a folder with markdown-it-py, and nothing else: a peer."""

import sys
from pathlib import Path

from markdown_it import MarkdownIt

if __name__ == "__main__":
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for note in sorted(Path(sys.argv[1]).rglob("*.md")):
        parser.parse(note.read_text(encoding="utf-8"))
