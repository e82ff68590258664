"""Where the gate runs: the GitHub action, the GitLab job and the pre-commit hook, as far as a machine without network allows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.pipeline import site

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = Path(__file__).parent / "schemas"
yaml = pytest.importorskip("yaml", reason="PyYAML comes with pre-commit (dependency group lint)")

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


def validate(value: Any, schema: str) -> None:
    loaded = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(loaded)(loaded).validate(value)


def blocks(page: str) -> list[Any]:
    """The YAML examples of a page."""
    return [
        yaml.safe_load(text)
        for text in re.findall(r"^```yaml\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    ]


@pytest.fixture
def commands(tmp_path) -> str:
    """A PATH on which ``transcmp`` is this checkout and ``python3`` can tell of what it was asked to install."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, line in (
        ("transcmp", f'exec "{sys.executable}" -m transcmp "$@"'),
        ("python3", f'printf "%s\\n" "$@" > "{tmp_path}/installed"'),
    ):
        path = folder / name
        path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        path.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def action() -> Any:
    return yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def run_steps(where: Path, path: str, **inputs: str) -> tuple[int, str, dict[str, str]]:
    """Run the action's own scripts with the variables that GitHub would set: exit code, log, outputs."""
    temp = where.parent / "temp"
    temp.mkdir(exist_ok=True)
    known = {"runner.temp": str(temp), "runner.os": "Linux"}
    known |= {f"inputs.{name}": inputs.get(name.replace("-", "_"), value["default"]) for name, value in action()["inputs"].items()}
    output, summary = temp / "output", temp / "summary"
    base = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_ACTION_PATH": "/the/action"}  # fmt: skip
    log, code = "", 0
    for step in action()["runs"]["steps"]:
        if "run" not in step:
            continue
        assert "${{" not in step["run"], "a value in a script could be run"
        own = {name: re.sub(r"\$\{\{ (.*?) \}\}", lambda match: known[match[1]], value) for name, value in step.get("env", {}).items()}
        # as GitHub runs a step with shell: bash
        done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], cwd=where, env=base | own,
                              capture_output=True, text=True, encoding="utf-8", check=False)  # fmt: skip
        log += done.stdout + done.stderr
        code = code or done.returncode
    outputs = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
    outputs["summary"] = summary.read_text(encoding="utf-8") if summary.exists() else ""
    return code, log, outputs


def test_the_action_is_valid():
    validate(action(), "github-actions.json")
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(action()["inputs"])


def test_the_action_annotates_sums_up_and_fails(tmp_path, commands):
    root = site.write(tmp_path / "site")
    code, log, outputs = run_steps(root, commands, sarif="out.sarif", arguments="--jobs\n1\n")
    assert code == 1
    assert "::error file=docs/de/guide/tour.md,line=3," in log
    assert outputs["exit-code"] == "1"
    assert outputs["summary"].startswith("## Translation check: failed\n")
    assert json.loads((root / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "installed").read_text(encoding="utf-8").split() == ["-m", "pip", "install", "--quiet", "/the/action"]
    assert any((tmp_path / "temp" / "transcmp-cache").rglob("*"))


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_annotations_name_files_from_the_top_of_the_repository(tmp_path, commands):
    top = tmp_path / "repository"
    root = site.write(top / "site")
    git(top, "init")
    code, log, _ = run_steps(root, commands, sarif="out.sarif", arguments="--jobs\n1\n--report\ngitlab=quality.json\n")
    assert code == 1
    assert "::error file=site/docs/de/guide/tour.md,line=3," in log
    results = json.loads((root / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    places = [place["physicalLocation"]["artifactLocation"]["uri"] for result in results for place in result["locations"]]
    assert places
    assert all((top / place).is_file() for place in places)
    issues = json.loads((root / "quality.json").read_text(encoding="utf-8"))
    assert all((top / issue["location"]["path"]).is_file() for issue in issues)


def test_the_action_passes_and_writes_only_what_it_is_asked_for(tmp_path, commands):
    root = site.write(tmp_path / "site")
    code, log, outputs = run_steps(root, commands, fail_on="never", summary="false", package="transcmp==1.0", arguments="--jobs\n1")
    assert (code, outputs["exit-code"], outputs["summary"]) == (0, "0", "")
    assert "::error" in log
    assert "transcmp==1.0" in (tmp_path / "installed").read_text(encoding="utf-8")


def test_a_step_that_fails_shows_no_other_steps_summary(tmp_path, commands):
    root = site.write(tmp_path / "site")
    first = run_steps(root, commands, arguments="--jobs\n1")[2]["summary"]
    assert first.count("## Translation check") == 1
    code, _, outputs = run_steps(root, commands, arguments="--no-such-option")
    assert (code, outputs["summary"]) == (2, first)


def test_the_actions_inputs_are_words_not_commands(tmp_path, commands):
    root = site.write(tmp_path / "site")
    code, log, outputs = run_steps(root, commands, arguments='"; touch evil; "\n$(touch evil)\n`touch evil`', fail_on="$(touch evil)")
    assert outputs["exit-code"] == "2"
    assert code == 2
    assert "error" in log
    assert not list(tmp_path.rglob("evil"))


def test_the_gitlab_job_is_valid():
    jobs = [block for block in blocks("docs/ci.md") if "translations" in block and "script" in block["translations"]]
    assert len(jobs) == 1
    validate(jobs[0], "gitlab-ci.json")


def test_the_gitlab_jobs_commands_work(tmp_path, commands):
    root = site.write(tmp_path / "site")
    job = next(block["translations"] for block in blocks("docs/ci.md") if "script" in block.get("translations", {}))
    script = "\n".join(line for line in job["script"] if not line.startswith("pip "))
    variables = {name: value.replace("$CI_PROJECT_DIR", str(root)) for name, value in job["variables"].items()}
    env = {**os.environ, "PATH": commands, "PYTHONPATH": str(ROOT), **variables}
    done = subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=root, env=env, capture_output=True, check=False)
    assert done.returncode == 1
    for report in job["artifacts"]["reports"].values():
        assert (root / report).stat().st_size > 0
    assert (root / job["cache"]["paths"][0]).is_dir()


def test_the_examples_name_inputs_that_exist():
    workflow = next(block for block in blocks("docs/ci.md") if isinstance(block, dict) and "jobs" in block)
    step = next(step for step in workflow["jobs"]["check"]["steps"] if "transcmp" in step.get("uses", ""))
    assert set(step["with"]) <= set(action()["inputs"])


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_pre_commit_runs_the_hook_of_a_local_clone(tmp_path, commands):
    pytest.importorskip("pre_commit", reason="pre-commit is in the dependency group lint")
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")], check=True)
    clone = tmp_path / "transcmp"
    clone.mkdir()
    shutil.copyfile(ROOT / ".pre-commit-hooks.yaml", clone / ".pre-commit-hooks.yaml")
    git(clone, "init")
    git(clone, "add", ".")
    git(clone, "commit", "-m", "x")
    root = site.write(tmp_path / "site")
    # the hook's environment would be installed from the network: this machine's transcmp stands in for it
    config = {"repos": [{"repo": str(clone), "rev": git(clone, "rev-parse", "HEAD").strip(),
                         "hooks": [{"id": "transcmp", "language": "system", "args": ["--jobs", "1"]}]}]}  # fmt: skip
    (root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    git(root, "init")
    git(root, "add", ".")
    env = {
        **os.environ,
        "PATH": commands,
        "PYTHONPATH": str(ROOT),
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
        "GIT_CONFIG_GLOBAL": "/dev/null",
    }
    command = [sys.executable, "-m", "pre_commit", "run", "transcmp", "--all-files"]
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "number: " in done.stdout, done.stdout + done.stderr
    assert done.returncode == 1
    subprocess.run([sys.executable, "-m", "transcmp", "check", "--update-baseline"], cwd=root, env=env, check=True, capture_output=True)
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
