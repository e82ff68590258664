"""Languages of fragments, sentences, runs of words and lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcmp import pipeline
from transcmp.cli import main

TEXT = (
    "Il presidente ucraino Volodymyr Zelensky (left) with the President of the European Council in Brussels today.\n\n"
    "The slope had been under observation since 2019. Il versante era sotto osservazione dal 2019. Nobody was surprised.\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "mixed.md"
    made.write_text(TEXT, encoding="utf-8")
    return made


def test_fragments_by_default(path: Path) -> None:
    assert [fragment.text for fragment in pipeline.detect(path).fragments] == TEXT.strip().split("\n\n")


def test_sentences_and_runs_inside_them_have_languages_and_spans(path: Path) -> None:
    document = pipeline.detect(path, unit="sentence")
    found = [(fragment.language, fragment.text, fragment.info) for fragment in document.fragments]
    assert ("it", "Il presidente ucraino Volodymyr Zelensky", "run") in found
    assert [language for language, _, info in found if not info][1:] == ["en", "it", "en"]
    for fragment in document.fragments:
        assert fragment.render(document.text) == fragment.text
    assert [fragment.id for fragment in document.fragments] == list(range(len(found)))


def test_lines_forced_to_one_of_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "lines.md"
    path.write_text("# La casa\n\ndie\tHäuser stehen am Fluss\nthe house by the river\n", encoding="utf-8")
    arguments = ["detect", str(path), "--unit", "line", "--languages", "it,en", "--min-confidence", "0", "--format", "tsv"]
    assert main(arguments) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == ["1", "2", "3", "4"]
    assert [row[3] for row in rows] == ["# La casa", "", "die Häuser stehen am Fluss", "the house by the river"]
    assert {row[1] for row in rows if any(map(str.isalpha, row[3]))} <= {"it", "en"}
    assert (rows[0][1], rows[3][1]) == ("it", "en")


def test_a_closed_set_answers_with_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("Das Haus steht am Fluss und ist sehr alt.\nThe house stands by the river.\n12 345\n", encoding="utf-8")
    answers = {}
    for confidence in (0.7, 0.0):
        document = pipeline.detect(path, unit="line", languages=["it", "en"], closed=True, min_confidence=confidence)
        answers[confidence] = [fragment.language for fragment in document.fragments]
    assert answers[0.7] == ["und", "en", "zxx"]
    assert answers[0.0][0] in ("it", "en")
    assert answers[0.0][1:] == ["en", "zxx"]


def test_several_documents_end_with_a_summary(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.md").write_text("# Title of the page\n\n- one item of the list\n", encoding="utf-8")
    assert main(["detect", str(tmp_path)]) == 0
    assert capsys.readouterr().out.endswith("2 documents, 4 fragments\n  languages: en 4\n  kinds: paragraph 2, heading 1, list-item 1\n")


def test_the_whole_page_on_request(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text('<html lang="en"><body><nav>Home of the site</nav><main><p>Hello to everyone.</p></main></body></html>', "utf-8")
    assert len(pipeline.detect(path).fragments) == 1
    assert len(pipeline.detect(path, options=pipeline.Options(whole_page=True)).fragments) == 2


def test_an_empty_file_is_said_and_an_error_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.md"
    path.write_text("\n", encoding="utf-8")
    assert main(["detect", str(path), "--format", "tsv"]) == 0
    told = capsys.readouterr()
    assert (told.out, "is empty" in told.err) == ("", True)
    assert main(["check", str(path), "--fail-on-empty"]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"transcmp: error: {path}: is empty\n")
