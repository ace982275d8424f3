"""Where people run the check: pre-commit, GitHub Actions, GitLab; what they are given is run here as they would run it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import Write
from repository import needs_git
from test_check_command import BAD, GOOD, MARKED_UP, check

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = Path(sys.executable).parent / "rrb"
needs_command = pytest.mark.skipif(not COMMAND.exists(), reason="rrb is not installed as a command")
needs_bash = pytest.mark.skipif(not shutil.which("bash") or os.name == "nt", reason="no bash here")


def read_yaml(name: str) -> Any:
    """A manifest."""
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def run(folder: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script of bash as a runner does, with our command found first."""
    path = f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI"))}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder, env={**clean, "PATH": path, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def board(write_notes: Write) -> Path:
    """A meeting with an action that nobody owns."""
    return write_notes({"2026-01-12.md": BAD}).parent


@pytest.mark.slow  # run by .ci/run
@needs_bash
@needs_command
def test_the_action_checks_and_annotates(board: Path) -> None:
    action = read_yaml("action.yml")
    step = next(step for step in action["runs"]["steps"] if "rrb check" in step.get("run", ""))
    given = {"RRB_FAIL_ON": "error", "RRB_ARGS": "--ignore no-due", "RRB_SARIF_FILE": "out.sarif"}
    assert set(step["env"]) == set(given)
    answer = run(board, step["run"], GITHUB_ACTIONS="true", **given)
    assert answer.returncode == 1, answer.stderr
    assert "::error file=notes/2026-01-12.md" in answer.stdout and (board / "out.sarif").exists()
    odd = {**given, "RRB_ARGS": "$(touch injected) ; touch injected", "RRB_SARIF_FILE": ""}
    assert run(board, step["run"], **odd).returncode == 2 and not (board / "injected").exists()
    lenient = {
        **given,
        "RRB_FAIL_ON": action["inputs"]["fail-on"]["default"],
        "RRB_ARGS": "",
        "RRB_SARIF_FILE": "",
    }
    (board / "notes/2026-01-12.md").write_text(GOOD, encoding="utf-8")
    assert run(board, step["run"], **lenient).returncode == 0


@pytest.mark.slow
@needs_bash
@needs_command
def test_the_action_takes_several_lines_and_leaves_the_weight_to_the_settings(board: Path) -> None:
    action = read_yaml("action.yml")
    step = next(step for step in action["runs"]["steps"] if "rrb check" in step.get("run", ""))
    given = {"RRB_FAIL_ON": action["inputs"]["fail-on"]["default"], "RRB_ARGS": "", "RRB_SARIF_FILE": ""}
    assert run(board, step["run"], **given).returncode == 1
    several = {**given, "RRB_ARGS": "--ignore no-due\n--ignore no-owner\n"}
    assert run(board, step["run"], **several).returncode == 0
    (board / "rrb.toml").write_text('[check]\nfail-on = "never"\n', encoding="utf-8")
    assert run(board, step["run"], **given).returncode == 0
    assert run(board, step["run"], **{**given, "RRB_FAIL_ON": "error"}).returncode == 1


def test_the_action_puts_no_input_into_a_script() -> None:
    for step in read_yaml("action.yml")["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_every_input_of_the_action_is_used() -> None:
    action = read_yaml("action.yml")
    steps = json.dumps(action["runs"]["steps"])
    assert {name for name in action["inputs"] if f"inputs.{name}" not in steps} == set()


def test_the_problem_matcher_reads_what_concise_writes(board: Path) -> None:
    matcher = json.loads((ROOT / ".github/rrb-problem-matcher.json").read_text(encoding="utf-8"))
    (pattern,) = matcher["problemMatcher"][0]["pattern"]
    line = next(line for line in check(board, "--format", "concise").stdout.split("\n") if "no-owner" in line)
    found = re.fullmatch(pattern["regexp"], line)
    assert found
    read = {key: found[group] for key, group in pattern.items() if isinstance(group, int)}
    assert (read["file"], read["severity"], read["code"]) == ("notes/2026-01-12.md", "error", "no-owner")


@needs_bash
@needs_command
def test_the_recipe_for_gitlab_runs(board: Path) -> None:
    recipe = re.search(r"```yaml\n(rrb-check:\n.*?)```", README, re.DOTALL)
    assert recipe
    job = yaml.safe_load(recipe[1])["rrb-check"]
    script = "\n".join(line for line in job["script"] if not line.startswith("pip "))
    assert run(board, script).returncode == 1
    report = job["artifacts"]["reports"]["codequality"]
    assert json.loads((board / report).read_text(encoding="utf-8"))[0]["check_name"]


def test_the_hooks_see_all_notes_at_once() -> None:
    hooks = {hook["id"]: hook for hook in read_yaml(".pre-commit-hooks.yaml")}
    assert set(hooks) == {"rrb-check", "rrb-fix", "rrb-sync"}
    for hook in hooks.values():
        assert (hook["language"], hook["pass_filenames"], hook["require_serial"]) == ("python", False, True)
        assert re.search(hook["files"], "notes/2026-01-12.md")


@pytest.mark.slow
@needs_git
def test_the_hooks_run_from_a_real_clone(board: Path, tmp_path: Path) -> None:
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    clone = tmp_path / "rrbnotes"
    _git(tmp_path, "clone", "-q", str(ROOT), str(clone))
    _git(board, "init", "-q")
    _git(board, "add", "notes")

    def hook(name: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "pre_commit", "try-repo", str(clone), name, "--all-files", "--verbose"]
        environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache")}
        return subprocess.run(words, cwd=board, env=environment, capture_output=True, text=True, check=False)

    failed = hook("rrb-check")
    assert failed.returncode == 1 and "(no-owner)" in failed.stdout, failed.stdout + failed.stderr
    (board / "notes/2026-01-12.md").write_text(MARKED_UP, encoding="utf-8")
    assert "mended 1 finding" in hook("rrb-fix").stdout
    assert hook("rrb-check").returncode == 0


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)
