"""The package as a stranger gets it: whole, the same bytes each time, and at work where nothing else is installed."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import rrbnotes

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "RRB_"))
    }
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def tracked(*below: str) -> set[str]:
    """The files that git knows."""
    try:
        return set(run("git", "ls-files", "--cached", "--others", "--exclude-standard", *below).splitlines())
    except (OSError, AssertionError):
        pytest.skip("no clone: git cannot tell what belongs to the package")


def built(target: Path) -> tuple[Path, Path]:
    """A source archive, and the wheel made from it."""
    pytest.importorskip("build")
    run(sys.executable, "-m", "build", "--quiet", "--no-isolation", "--outdir", target)
    return next(target.glob("*.tar.gz")), next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return built(tmp_path_factory.mktemp("dist"))


def test_no_file_is_forgotten_and_none_is_too_many(archives: tuple[Path, Path]) -> None:
    source, wheel = archives
    with zipfile.ZipFile(wheel) as opened:
        packed = {
            name for name in opened.namelist() if not name.split("/")[0].endswith((".dist-info", ".data"))
        }
        assert f"rrbnotes-{rrbnotes.__version__}.data/data/share/man/man1/rrb.1" in opened.namelist()
    assert {f"src/{name}" for name in packed} == tracked("src")
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names - {"PKG-INFO"} == tracked(".")


def test_two_builds_are_the_same_bytes(archives: tuple[Path, Path], tmp_path: Path) -> None:
    again = built(tmp_path)
    assert [one.read_bytes() for one in again] == [one.read_bytes() for one in archives]


def test_the_wheel_works_where_nothing_else_is(archives: tuple[Path, Path], tmp_path: Path) -> None:
    venv.create(tmp_path / "clean", with_pip=True)
    scripts = tmp_path / "clean" / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", archives[1])
    assert f"rrb {rrbnotes.__version__}" in run(scripts / "rrb", "--version", cwd=tmp_path)
    assert "2019-09-09.p1\trolled over" in run(
        scripts / "rrb", "-C", ROOT, "--no-cache", "actions", cwd=tmp_path
    )
    assert "no-owner" in run(scripts / "rrb", "rules", cwd=tmp_path)
