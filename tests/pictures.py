"""The pictures of the README, made from the demo: `python tests/pictures.py` makes them anew.

The terminal is text in an SVG; the page is a photograph, for which Chromium is needed. Each holds what it was made from, so that
a test can tell whether it still shows what the program does.
"""

import hashlib
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from html import unescape
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

HERE = Path(__file__).parent / "pictures"
TERMINAL, PAGE = HERE / "actions.svg", HERE / "report.png"
DAY = "2026-06-01"
"""Between the demo's last meeting and its next."""
COLUMNS = 104
SIZE = (1200, 1000)
"""Of the page, in pixels."""
_SHOWN = "actions"
_LIGHT = TerminalTheme(
    (255, 255, 255),
    (36, 41, 47),
    [(36, 41, 47), (207, 34, 46), (17, 99, 41), (154, 103, 0), (9, 105, 218), (130, 80, 223), (27, 124, 131), (110, 119, 129)],
)  # fmt: skip
_FORM = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px; line-height: {line_height}px; white-space: pre }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
<rect x="1" y="1" width="99.8%" height="99.8%" rx="8" fill="#ffffff" stroke="#d0d7de"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""A terminal that asks the network for nothing: it is drawn in the reader's own fixed letters."""


def run(folder: Path, *words: str, terminal: bool = False) -> str:
    """What the program prints, into a file or on a terminal with colours."""
    env = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "GITHUB_ACTIONS")}
    env |= {"RRB_TODAY": DAY, "COLUMNS": str(COLUMNS), "TERM": "xterm", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "rrbnotes", "-C", str(folder), *words]
    if not terminal:
        return subprocess.run(command, env=env, capture_output=True, check=True).stdout.decode()
    ours, theirs = os.openpty()
    subprocess.run(command, env=env, stdout=theirs, check=True)
    os.close(theirs)
    with os.fdopen(ours, "rb") as read:
        return read.read1(100_000).decode().replace("\r\n", "\n")


def terminal_svg(printed: str, command: str) -> str:
    """A terminal that shows a command and what it printed."""
    console = Console(
        record=True, width=COLUMNS, file=StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(Text(f"$ {command}\n"), Text.from_ansi(printed), sep="\n")
    return console.export_svg(title="", theme=_LIGHT, code_format=_FORM, unique_id="rrb")


def words_of(svg: str) -> str:
    """The words that stand in a picture of a terminal, without the blanks between them."""
    shown = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return "".join(unescape("".join(shown)).split())


def photograph(page: str) -> bytes:
    """The top of a page in a browser, as PNG."""
    browser = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)
    if not browser:
        raise SystemExit("no Chromium or Chrome here: the page cannot be photographed")
    with tempfile.TemporaryDirectory() as folder:
        file, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        file.write_text(page, encoding="utf-8")
        flags = ("--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={SIZE[0]},{SIZE[1]}")
        command = [
            browser,
            *flags,
            f"--user-data-dir={folder}/profile",
            f"--screenshot={shot}",
            file.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True)
        return _marked(shot.read_bytes(), mark_of(page))


def mark_of(page: str) -> str:
    """What a photograph says that it was made from."""
    return hashlib.sha256(page.encode()).hexdigest()


def _marked(png: bytes, mark: str) -> bytes:
    """The picture with a text chunk in front of its end."""
    data = b"tEXtSource\0" + mark.encode()
    chunk = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    return png[:-12] + chunk + png[-12:]


def mark_in(png: bytes) -> str:
    """The mark that a photograph bears."""
    found = re.search(rb"tEXtSource\0([0-9a-f]{64})", png)
    return found[1].decode() if found else ""


def demo(folder: Path) -> tuple[str, str]:
    """What the list of actions prints in the demo, and its page for the board."""
    run(folder, "init", "--demo")
    return run(folder, _SHOWN, terminal=True), run(folder, "report")


def main() -> None:
    """Make both."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        listed, page = demo(Path(folder))
    TERMINAL.write_text(terminal_svg(listed, f"rrb {_SHOWN}"), encoding="utf-8")
    PAGE.write_bytes(photograph(page))


if __name__ == "__main__":
    main()
