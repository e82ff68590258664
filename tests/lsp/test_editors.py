"""Real editors, set up as docs/editors.md says: both sides are opened and edited, hover, counterpart and dismissal are asked for."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the extra lsp is not installed")

from tests.lsp.test_server import project  # noqa: F401 - a fixture

HERE = Path(__file__).parent
DOCS = HERE.parent.parent / "docs" / "editors.md"


def settings(language: str) -> str:
    """What the page on editors tells people to write, in a language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return found


def session(command: list[str], folder: Path, home: Path) -> str:
    """What an editor prints, whose user's folder is ``home``."""
    shutil.rmtree(folder / ".git")  # an empty one
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}
    run = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=200, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def dismissed(folder: Path) -> list[str]:
    lines = (folder / ".transcmp" / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["reason"] for line in lines]


def neovim() -> str | None:
    """Neovim, if it is new enough for the settings of the page; ``NVIM`` may name one that is not in the path."""
    found = os.environ.get("NVIM") or shutil.which("nvim")
    said = subprocess.run([found, "--version"], capture_output=True, encoding="utf-8", check=False).stdout if found else ""
    version = re.match(r"NVIM v(\d+)\.(\d+)", said)
    return found if version is not None and (int(version[1]), int(version[2])) >= (0, 11) else None


@pytest.mark.slow
@pytest.mark.skipif(neovim() is None, reason="needs Neovim 0.11")
def test_neovim(project: Path, tmp_path_factory) -> None:  # noqa: F811 - the fixture
    home = tmp_path_factory.mktemp("neovim")
    (home / "init.lua").write_text(settings("lua"), encoding="utf-8")
    command = [str(neovim()), "--headless", "--clean", "-u", str(home / "init.lua"), "-l", str(HERE / "neovim.lua")]
    assert [json.loads(line) for line in session(command, project, home).splitlines()] == [
        ["finding", "number", 2, "line 3: the source says 30 days, the translation 13"],
        ["hover", "Late books cost ten cents a day."],
        ["counterpart", "en", 5],
        ["lost", "omitted", 4],
        ["dismissed"],
    ]
    assert dismissed(project) == ["the translation is right"]


def has_eglot() -> bool:
    """Whether there is an Emacs with Eglot and a mode for Markdown."""
    wanted = "(progn (package-initialize) (kill-emacs (if (and (require 'eglot nil t) (require 'markdown-mode nil t)) 0 1)))"
    emacs = shutil.which("emacs")
    return emacs is not None and subprocess.run([emacs, "--batch", "--eval", wanted], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not has_eglot(), reason="needs Emacs with eglot and markdown-mode")
def test_emacs(project: Path, tmp_path_factory) -> None:  # noqa: F811 - the fixture
    home = tmp_path_factory.mktemp("emacs")
    (home / "init.el").write_text(settings("elisp"), encoding="utf-8")
    command = ["emacs", "--batch", "-f", "package-initialize", "-l", str(home / "init.el"), "-l", str(HERE / "emacs.el")]
    assert session(command, project, home).splitlines() == [
        '(finding "transcmp [number]: line 3: the source says 30 days, the translation 13" 3)',
        '(hover "Late books cost ten cents a day.")',
        '(counterpart "en" 5)',
        '(lost "transcmp [omitted]" 5)',
        "(next 3)",
        "(dismissed)",
    ]
    assert dismissed(project) == ["the translation is right"]


def test_the_extension_for_vs_code_reads_the_settings_that_it_declares() -> None:
    folder = HERE.parent.parent / "editors" / "vscode"
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    code = (folder / package["main"]).read_text(encoding="utf-8")
    assert set(package["contributes"]["configuration"]["properties"]) == {
        f"transcmp.{name}" for name in re.findall(r'get\("(\w+)"\)', code)
    }
    needed = set(re.findall(r'require\("([\w-]+)', code))
    assert needed == {"vscode", *package["dependencies"]}
