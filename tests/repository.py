"""A git repository of a board, for tests: git with no settings but theirs, and the `rrb` under test."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from boards import REGISTER, Answer, environment
from rrbnotes.keeping.ledger import records_in
from rrbnotes.model import Action

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
ADVICE = "`rrb sync --resolve`"
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Ann"), ("EMAIL", "ann@example.org"), ("DATE", "2020-02-01T12:00:00Z"))
}
ALONE = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_EDITOR": "true",
}


@pytest.fixture(autouse=True)
def git_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git has no settings but those of the test, and the `rrb` it may find is the one under test."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in (ALONE | IDENTITY).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


def git(root: Path, *words: str) -> Answer:
    """Run git; it may fail."""
    command = ["git", "-c", "core.autocrlf=false", *words]
    ran = subprocess.run(
        command, cwd=root, env=environment(), capture_output=True, text=True, encoding="utf-8"
    )
    return Answer(ran.returncode, ran.stdout, ran.stderr)


def must(root: Path, *words: str) -> str:
    """Run git, which has to work."""
    answer = git(root, *words)
    assert answer.code == 0, f"git {' '.join(words)}: {answer}"
    return answer.out


def make_repository(root: Path) -> None:
    root.mkdir(parents=True, exist_ok=True)
    must(root, "init", "-q", "-b", "main")
    must(root, "config", "commit.gpgsign", "false")


def commit(root: Path, message: str) -> None:
    must(root, "add", "-A")
    must(root, "commit", "-q", "--allow-empty", "-m", message)


def unmerged(root: Path) -> set[str]:
    """The files that a merge left in conflict."""
    return set(must(root, "diff", "--name-only", "--diff-filter=U").splitlines())


def register_of(root: Path) -> dict[str, Action]:
    return {action.ref: action for action in records_in((root / REGISTER).read_bytes())}
