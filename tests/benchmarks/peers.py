"""The peers: what each is, and how it comes into a folder of its own without touching the system."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that does some of what rrb does."""

    name: str
    version: str
    install: Callable[[str, str, Path], None]
    """By package name and version, into a folder that is there and empty."""
    executable: str
    """Below that folder."""

    @property
    def folder(self) -> str:
        """The name of its folder: another version is another folder."""
        return f"{self.name}-{self.version}"


class Missing(Exception):
    """A peer cannot be had here, and why."""


def _from_pypi(name: str, version: str, folder: Path) -> None:
    _call(sys.executable, "-m", "venv", str(folder))
    _call(str(folder / "bin" / "pip"), "install", "--quiet", f"{name}=={version}")


def _from_npm(name: str, version: str, folder: Path) -> None:
    _call("npm", "install", "--silent", "--prefix", str(folder), f"{name}@{version}")


def _from_debian(name: str, version: str, folder: Path) -> None:
    """Unpacked, not installed: the libraries it needs are those of every such system."""
    with tempfile.TemporaryDirectory() as work:
        _call("apt-get", "download", f"{name}={version}", folder=Path(work))
        for package in Path(work).glob("*.deb"):
            _call("dpkg-deb", "--extract", str(package), str(folder))


PEERS = (
    Peer("todoman", "4.7.0", _from_pypi, "bin/todo"),
    Peer("meet2action", "1.0.0", _from_pypi, "bin/meet2action"),
    Peer("mdformat", "1.0.0", _from_pypi, "bin/mdformat"),
    Peer("rumdl", "0.3.0", _from_pypi, "bin/rumdl"),
    Peer("markdownlint-cli2", "0.24.1", _from_npm, "node_modules/.bin/markdownlint-cli2"),
    Peer("taskwarrior", "2.6.2+dfsg-1", _from_debian, "usr/bin/task"),
)


def find(peer: Peer, cache: Path) -> Path:
    """Where its program is, brought there if need be; `Missing` if it cannot be."""
    folder = cache / peer.folder
    program = folder / peer.executable
    if not program.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        peer.install(peer.name, peer.version, folder)
    return program


def _call(*words: str, folder: Path | None = None) -> None:
    try:
        subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True, timeout=_PATIENCE)
    except subprocess.CalledProcessError as error:
        raise Missing((error.stderr.strip() or f"exit code {error.returncode}").splitlines()[-1]) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(str(error)) from error
