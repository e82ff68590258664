"""The server as an editor sees it: a real client over standard input and output."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the extra lsp is not installed")

from lsprotocol import types
from pygls.lsp.client import LanguageClient

SOURCE = """# Returning a book

Bring the book back within 30 days. The desk is open from nine to five.

Late books cost ten cents a day.

Ask at the desk if a book is damaged.
"""
TARGET = """# Ein Buch zurückgeben

Bringen Sie das Buch innerhalb von 13 Tagen zurück. Der Schalter ist von neun bis fünf Uhr geöffnet.

Verspätete Bücher kosten zehn Cent pro Tag.

Fragen Sie am Schalter, wenn ein Buch beschädigt ist.
"""


class Editor:
    """A client that keeps what it is told."""

    def __init__(self) -> None:
        self.client = LanguageClient("test-editor", "1")
        self.found: dict[str, list[types.Diagnostic]] = {}
        self.news = asyncio.Event()
        self.shown: list[types.ShowDocumentParams] = []

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.found[params.uri] = list(params.diagnostics)
            self.news.set()

        @self.client.feature(types.WINDOW_SHOW_DOCUMENT)
        def show(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            self.shown.append(params)
            return types.ShowDocumentResult(success=True)

    async def start(self, root: Path) -> None:
        await self.client.start_io(sys.executable, "-m", "transcmp", "lsp")
        await self.client.initialize_async(types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=root.as_uri()))
        self.client.initialized(types.InitializedParams())

    async def diagnostics(self, uri: str, wanted: int) -> list[types.Diagnostic]:
        """Wait until a file has as many diagnostics."""
        async with asyncio.timeout(60):
            while len(self.found.get(uri, [None] * 99)) != wanted:
                self.news.clear()
                await self.news.wait()
        return self.found[uri]

    def open(self, path: Path) -> str:
        uri = path.as_uri()
        item = types.TextDocumentItem(uri=uri, language_id="markdown", version=1, text=path.read_text(encoding="utf-8"))
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def replace(self, uri: str, line: int, old: str, new: str, text: str) -> None:
        column = text.splitlines()[line].index(old)
        span = types.Range(types.Position(line, column), types.Position(line, column + len(old)))
        change = types.TextDocumentContentChangePartial(range=span, text=new)
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(version=2, uri=uri), [change])
        )

    async def stop(self) -> None:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    for name, text in (("en/book.md", SOURCE), ("de/book.md", TARGET)):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    settings = 'source_language = "en"\n[[pairs]]\nsource = "en/**/*.md"\ntarget = "{lang}/**/*.md"\n'
    (tmp_path / "transcmp.toml").write_text(settings, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
async def test_an_editing_session(project: Path) -> None:
    editor = Editor()
    await editor.start(project)
    uri = editor.open(project / "de" / "book.md")

    (fault,) = await editor.diagnostics(uri, 1)
    assert (fault.code, fault.severity, fault.range.start.line) == ("number", types.DiagnosticSeverity.Error, 2)
    assert "30" in fault.message

    here = types.TextDocumentIdentifier(uri)
    hover = await editor.client.text_document_hover_async(types.HoverParams(here, types.Position(4, 3)))
    assert "Late books cost ten cents a day." in hover.contents.value
    (place,) = await editor.client.text_document_definition_async(types.DefinitionParams(here, types.Position(4, 3)))
    assert place.uri == (project / "en" / "book.md").as_uri()
    assert place.range.start == types.Position(4, 0)

    context = types.CodeActionContext(diagnostics=[fault])
    actions = await editor.client.text_document_code_action_async(types.CodeActionParams(here, fault.range, context))
    following = next(action for action in actions if "next finding" in action.title)
    await editor.client.workspace_execute_command_async(
        types.ExecuteCommandParams(command=following.command, arguments=following.arguments)
    )
    async with asyncio.timeout(10):
        while not editor.shown:
            await asyncio.sleep(0.01)
    assert editor.shown[0].selection.start == fault.range.start

    start = time.monotonic()
    editor.replace(uri, 2, "13", "30", TARGET)
    await editor.diagnostics(uri, 0)
    assert time.monotonic() - start < 10  # bench/lsp.py measures; this only sees that it does not hang

    editor.replace(uri, 2, "30", "31", TARGET.replace("13", "30"))
    (fault,) = await editor.diagnostics(uri, 1)
    actions = await editor.client.text_document_code_action_async(
        types.CodeActionParams(here, fault.range, types.CodeActionContext(diagnostics=[fault]))
    )
    dismiss = next(action for action in actions if "dismiss" in action.title)
    await editor.client.workspace_execute_command_async(types.ExecuteCommandParams(command=dismiss.command, arguments=dismiss.arguments))
    await editor.diagnostics(uri, 0)
    (line,) = (project / ".transcmp" / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["reason"] == "the translation is right"
    await editor.stop()


@pytest.mark.slow
async def test_a_mixed_document_needs_no_project(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(
        "The slope had been under observation for years, and nobody was surprised when it moved in the night.\n\n"
        "![I vigili del fuoco controllano il versante sopra il paese con un drone](drone.jpg)\n\n"
        "The road will stay closed until the end of the week, the mayor said on Friday morning.\n",
        encoding="utf-8",
    )
    editor = Editor()
    await editor.start(tmp_path)
    (fault,) = await editor.diagnostics(editor.open(path), 1)
    assert (fault.code, fault.range.start) == ("untranslated", types.Position(2, 2))
    await editor.stop()
