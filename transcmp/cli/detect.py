"""``transcmp detect``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from transcmp.cli.common import Input, Output, need_format, need_share, path_argument, spare
from transcmp.model import Document, Unit


def detect(
    paths: Annotated[list[str], path_argument("PATH")],
    /,
    *,
    unit: Unit = "fragment",
    languages: str | None = None,
    min_confidence: float = 0.7,
    format: str | None = None,
    input: Input = Input(),  # noqa: B008 - frozen
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Name the language of every fragment: line, kind, language, confidence, text.

    Parameters
    ----------
    paths
        Files or directories; '-' is standard input.
    unit
        fragment; sentence, with runs of other languages inside a sentence; or line: every line of the file, whatever its suffix.
    languages
        The only languages to answer with, as in it,en. Text that looks more like another is 'und', unless --min-confidence is 0.
    min_confidence
        Below this the answer is 'und' (undetermined).
    format
        text, json, jsonl or tsv (line, language, confidence, text).
    """
    need_format("detect", format)
    need_share("--min-confidence", min_confidence)
    from transcmp.cli.inputs import expand

    files = expand(paths)
    spare([output.output], (*files, input.srx))

    def documents() -> Iterator[Document]:
        from transcmp import pipeline

        tags = [tag.strip() for tag in languages.split(",") if tag.strip()] if languages else []
        expected = tags or [tag for tag in (input.source_language, input.target_language) if tag]
        options = input.options(largest=100_000_000)
        for path in files:
            yield pipeline.detect(path, unit=unit, languages=expected, closed=bool(tags), min_confidence=min_confidence, options=options)

    output.emit("detect", format, list(documents()))
    return 0
