"""The documentation names what is there, and all of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("corpora/*.md")])
PATH = re.compile(r"`((?:transcmp|tests|bench|corpora)/[\w./-]*(?:\.\w+|/))`")
LINK = re.compile(r"\]\((?!\w+:|#|/)([^)#\s]+)(#[^)\s]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_paths_and_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^(```|~~~).*?^\1|^    [^\n]*$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    missing = [path for path in PATH.findall(text) if not (ROOT / path).exists()]
    missing += [path for path, _ in LINK.findall(re.sub(r"`[^`\n]*`", "", text)) if not (page.parent / path).exists()]
    assert missing == []


def test_every_package_and_module_at_the_top_has_its_place_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    names = [path.stem for path in (ROOT / "transcmp").iterdir() if (path / "__init__.py").exists() or path.suffix == ".py"]
    own = [name for name in names if not name.startswith("_")]
    assert [name for name in own if not re.search(rf"\b{name}\b", text)] == []


def test_the_drawn_layers_are_the_checked_ones() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    checked = [layer.replace("transcmp.", "") for layer in layers if "__main__" not in layer]
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert "\n".join(f"    {layer}" for layer in checked) in text


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in (ROOT / "docs").glob("*.md") if path.name != "README.md" and f"({path.name})" not in index] == []


def test_no_page_names_a_package_index() -> None:
    hosts = [page.name for page in PAGES if re.search(r"/simple/?\b|index-url", page.read_text(encoding="utf-8"))]
    assert hosts == []
