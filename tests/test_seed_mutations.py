"""A mixed document, mutated: what is left over is named wherever and in whatever language it stands, and nothing else is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from transcmp import pipeline
from transcmp.model import Comparison

ROOT = Path(__file__).parent.parent
CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases" / "mixed_documents.toml").read_text(encoding="utf-8"))["case"]


def _english(text: str) -> str:
    """An article without the fragments in other languages that it came with."""
    kept = [line for line in text.split("\n") if not line.startswith(("![", "> ")) and "Chi ha bisogno" not in line]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


@pytest.fixture(params=["corpus", "seed"], scope="module")
def article(request: pytest.FixtureRequest) -> str:
    """An English article: one of this project's, and the seed where it is on this machine."""
    if request.param == "seed":
        path: Path = request.getfixturevalue("seed_document")
    else:
        path = ROOT / "corpora" / "mixed-en-it" / "report.md"
    return _english(path.read_text(encoding="utf-8"))


def _plant(article: str, markdown: str, at: str) -> str:
    blocks = article.split("\n\n")
    if at == "inside":
        longest = max(range(len(blocks)), key=lambda number: len(blocks[number]))
        first, rest = re.split(r"(?<=\.) ", blocks[longest], maxsplit=1)
        blocks[longest] = f"{first} {markdown} {rest}"
    else:
        blocks.insert({"start": 0, "middle": len(blocks) // 2, "end": len(blocks)}[at], markdown.strip("\n"))
    return "\n\n".join(blocks) + "\n"


Check = Callable[..., Comparison]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Check a text as a file, with or without languages given."""

    def run(text: str, source_language: str | None = None, newline: str = "\n") -> Comparison:
        path = tmp_path / "article.md"
        path.write_text(text, encoding="utf-8", newline=newline)
        options = pipeline.Options(source_language=source_language, target_language="en" if source_language else None)
        return pipeline.check(str(path), options=options)

    return run


def _named(comparison: Comparison) -> list[tuple[str, str, str, int, str]]:
    places = [(finding.rule, finding.severity, finding.source) for finding in comparison.findings]
    return [
        (rule, severity, place.kind, place.start.line, " ".join(place.text.split())) if place else (rule, severity, "", 0, "")
        for rule, severity, place in places
    ]


def _expected(case: dict[str, Any], text: str, *, told: bool = True) -> list[tuple[str, str, str, int, str]]:
    lines = text.split("\n")
    named = []
    for item in case["expected"] if told else case.get("detected", case["expected"]):
        (line,) = [number for number, content in enumerate(lines, 1) if item["text"] in content]
        named.append(("untranslated", "error", item["kind"], line, item["text"]))
    return named


@pytest.mark.parametrize("case", CASES, ids=[case["name"].replace(" ", "-") for case in CASES])
@pytest.mark.parametrize("told", [True, False], ids=["languages-given", "detected"])
def test_left_over_text_is_named(case: dict[str, Any], told: bool, article: str, check: Check) -> None:
    text = _plant(article, case["markdown"], case["at"])
    comparison = check(text, case["language"] if told else None)
    assert _named(comparison) == _expected(case, text, told=told)
    assert {finding.source.language for finding in comparison.findings if finding.source} <= {case["language"]}


def test_a_left_over_caption_has_no_counterpart_but_a_nearest_passage(article: str, check: Check) -> None:
    comparison = check(_plant(article, CASES[0]["markdown"], "end"), "it")
    (bead,) = [bead for bead in comparison.alignment.beads if bead.source]
    assert bead.target == ()
    assert bead.closest is not None
    assert len(bead.closest.target) >= 1
    assert bead.closest.score < 0.5


@pytest.mark.parametrize("newline", ["\r\n", "\r"], ids=["crlf", "cr"])
def test_line_ends_of_other_systems(newline: str, article: str, check: Check) -> None:
    case = CASES[0]
    text = _plant(article, case["markdown"], case["at"])
    assert _named(check(text, "it", newline)) == _expected(case, text)
