"""The manual page says what the commands say, and is sound."""

import os
import shutil
import subprocess

import pytest

from man_page import FILE, man_page
from rrbnotes.cli.commands import COMMANDS


def test_the_page_is_what_the_commands_say() -> None:
    if os.environ.get("RRB_UPDATE"):
        FILE.write_text(man_page(), encoding="utf-8", newline="\n")
    assert FILE.read_text(encoding="utf-8") == man_page()


def test_every_command_is_in_it() -> None:
    assert [name for name in COMMANDS if f".SS rrb {name}" not in man_page()] == []


@pytest.mark.skipif(not shutil.which("groff"), reason="needs groff")
def test_groff_has_no_complaint() -> None:
    command = ["groff", "-man", "-Tutf8", "-ww", "-z", "-K", "utf8", str(FILE)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
