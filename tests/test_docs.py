"""The generated pages say what the code says."""

from __future__ import annotations

import contextlib
import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclopts import MissingArgumentError

from transcmp.cli.app import build

DOCS = Path(__file__).resolve().parent.parent / "docs"


def _generator():
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("path", "text"), list(_generator().pages()), ids=lambda value: value.name if isinstance(value, Path) else "")
def test_generated_page_is_current(path: Path, text: str) -> None:
    assert path.read_text(encoding="utf-8") == text, "run: python docs/generate.py"


def _commands() -> Iterator[tuple[str, str]]:
    """Every command line that the documentation shows: where, and what."""
    for path in (DOCS.parent / "README.md", DOCS.parent / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))):
        fenced = False
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            fenced ^= line.lstrip().startswith("```")
            shown = re.findall(r"`(transcmp [a-z][^`]*)`", line)
            if fenced or line.startswith("    "):
                shown += re.findall(r"^\s*(?:\$ |- )?(?:run: )?(transcmp [a-z].*)", line)
            for text in shown:
                command = re.split(r"\s{2,}| [|>&#]", text)[0]
                if "..." not in command:
                    yield f"{path.name}:{number}", command


@pytest.mark.parametrize(("place", "command"), list(_commands()), ids=lambda value: value if ":" in value else "")
def test_commands_in_the_documentation_are_commands(place: str, command: str) -> None:
    with contextlib.suppress(MissingArgumentError):  # a command by its name only
        build().parse_args(shlex.split(command)[1:], exit_on_error=False, print_error=False)


def test_the_documentation_shows_commands() -> None:
    assert len(list(_commands())) > 50


def test_the_examples_in_python_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (DOCS.parent / "corpora" / "news-it-en").glob("article.*.md"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / "python.md").read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    for block in blocks:
        exec(block, names)
    shown = capsys.readouterr().out
    assert "error number 78 24 line 78" in shown
    assert "translation 2 [('adequacy'" in shown
    assert Path("article.tmx").read_text(encoding="utf-8").count("<tu>") > 80
    assert len(Path("article.it").read_text(encoding="utf-8").splitlines()) == len(
        Path("article.en").read_text(encoding="utf-8").splitlines()
    )
