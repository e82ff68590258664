"""From a keystroke to the diagnostics, in the real server over standard input and output: ``python bench/lsp.py``.

A page of 200 fragments, made of a corpus of the project, is edited once in every paragraph in turn; the goal is 300 ms with the server's
own delay of 100 ms in it. The server's CPU time says what a busy machine hides.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

CORPUS = Path(__file__).resolve().parent.parent / "corpora" / "docs-en-de"
FRAGMENTS = 200
EDITS = 15


def page(path: Path) -> str:
    """The corpus repeated with a number in each paragraph, so that no two are the same, up to as many fragments."""
    paragraphs = [part for part in path.read_text(encoding="utf-8").split("\n\n") if part.strip()]
    made = []
    while len(made) < FRAGMENTS:
        part = paragraphs[len(made) % len(paragraphs)]
        plain = part[0].isalpha() and "\n" not in part.strip()
        made.append(f"{part.strip()} ({len(made)})" if plain else part.strip("\n"))
    return "\n\n".join(made) + "\n"


async def measure() -> tuple[list[float], float]:
    """Seconds from each edit to its diagnostics; CPU seconds of the server for all of them."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / ".git").mkdir()
        for language in ("en", "de"):
            (root / language).mkdir()
            (root / language / "page.md").write_text(page(CORPUS / f"backups.{language}.md"), encoding="utf-8")
        settings = 'source_language = "en"\n[[pairs]]\nsource = "en/*.md"\ntarget = "{lang}/*.md"\n'
        (root / "transcmp.toml").write_text(settings, encoding="utf-8")
        return await _edit(root)


def cpu_of(process: int) -> float:
    """CPU seconds of a running process, user and system; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _edit(root: Path) -> tuple[list[float], float]:
    client = LanguageClient("bench", "1")
    news = asyncio.Event()

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def publish(_: types.PublishDiagnosticsParams) -> None:
        news.set()

    await client.start_io(sys.executable, "-m", "transcmp", "lsp")
    await client.initialize_async(types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=root.as_uri()))
    path = root / "de" / "page.md"
    lines = path.read_text(encoding="utf-8").splitlines()
    item = types.TextDocumentItem(uri=path.as_uri(), language_id="markdown", version=1, text="\n".join(lines))
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    await news.wait()
    prose = [number for number, line in enumerate(lines) if line[:1].isalpha() and len(line) > 40]
    times: list[float] = []
    server = client._server.pid if client._server is not None else 0
    before = cpu_of(server)
    for edit in range(EDITS):
        line = prose[edit * len(prose) // EDITS]
        end = types.Position(line, len(lines[line]))
        change = types.TextDocumentContentChangePartial(range=types.Range(end, end), text=f" Noch {edit + 11} Worte.")
        news.clear()
        start = time.monotonic()
        client.text_document_did_change(
            types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(version=edit + 2, uri=path.as_uri()), [change])
        )
        await news.wait()
        times.append(time.monotonic() - start)
    used = cpu_of(server) - before
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return times, used


def main() -> int:
    times, used = asyncio.run(measure())
    times.sort()
    print(f"{FRAGMENTS} fragments, {EDITS} edits, 100 ms of each the server's own delay")
    print(f"median {statistics.median(times) * 1000:.0f} ms, slowest {times[-1] * 1000:.0f} ms (goal 300 ms)")
    print(f"CPU of the server {used / EDITS * 1000:.0f} ms an edit")
    return 0


if __name__ == "__main__":
    sys.exit(main())
