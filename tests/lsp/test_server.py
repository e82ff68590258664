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

from transcmp import readers
from transcmp.cli import main
from transcmp.lsp.workspace import Outdated, Workspace

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
TARGET_FR = """# Rendre un livre

Rendez le livre dans les 30 jours. Le guichet est ouvert de neuf heures à cinq heures.

Les livres en retard coûtent dix centimes par jour.

Demandez au guichet si un livre est abîmé.
"""


class Editor:
    """A client that keeps what it is told."""

    def __init__(self) -> None:
        self.client = LanguageClient("test-editor", "1")
        self.found: dict[str, list[types.Diagnostic]] = {}
        self.news = asyncio.Event()
        self.shown: list[types.ShowDocumentParams] = []
        self.registered: list[types.Registration] = []

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.found[params.uri] = list(params.diagnostics)
            self.news.set()

        @self.client.feature(types.WINDOW_SHOW_DOCUMENT)
        def show(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            self.shown.append(params)
            return types.ShowDocumentResult(success=True)

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams) -> None:
            self.registered += params.registrations

    async def start(self, root: Path, *encodings: str, watches: bool = False, shows: bool = True) -> types.InitializeResult:
        await self.client.start_io(sys.executable, "-m", "transcmp", "lsp")
        watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=watches)
        can = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=encodings) if encodings else None,
            workspace=types.WorkspaceClientCapabilities(did_change_watched_files=watching),
            window=types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=shows)),
        )
        said = await self.client.initialize_async(types.InitializeParams(capabilities=can, root_uri=root.as_uri()))
        self.client.initialized(types.InitializedParams())
        return said

    async def diagnostics(self, uri: str, wanted: int) -> list[types.Diagnostic]:
        """Wait until a file has as many diagnostics."""
        async with asyncio.timeout(60):
            while len(self.found.get(uri, [None] * 99)) != wanted:
                self.news.clear()
                await self.news.wait()
        return self.found[uri]

    def open(self, path: Path, uri: str = "") -> str:
        uri = uri or path.as_uri()
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

    def save(self, uri: str) -> None:
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))

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
async def test_what_an_editor_dismisses_check_does_not_find(project: Path, capsys) -> None:
    editor = Editor()
    await editor.start(project)
    uri = editor.open(project / "de" / "book.md")
    (fault,) = await editor.diagnostics(uri, 1)
    arguments = [fault.data, "the source is wrong here"]
    await editor.client.workspace_execute_command_async(types.ExecuteCommandParams(command="transcmp.dismiss", arguments=arguments))
    await editor.diagnostics(uri, 0)
    await editor.stop()
    assert main(["check", "--jobs", "1", "--no-cache", "--config", str(project / "transcmp.toml")]) == 0
    assert "no findings" in capsys.readouterr().out


@pytest.mark.slow
async def test_an_editor_that_cannot_be_sent_to_a_place_is_not_offered_it(project: Path) -> None:
    editor = Editor()
    await editor.start(project, shows=False)
    uri = editor.open(project / "de" / "book.md")
    (fault,) = await editor.diagnostics(uri, 1)
    context = types.CodeActionContext(diagnostics=[fault])
    params = types.CodeActionParams(types.TextDocumentIdentifier(uri), fault.range, context)
    actions = await editor.client.text_document_code_action_async(params)
    assert [action.title.split()[1] for action in actions] == ["dismiss", "dismiss"]
    await editor.stop()


@pytest.mark.slow
async def test_both_sides_are_edited(project: Path) -> None:
    editor = Editor()
    await editor.start(project)
    source, target = editor.open(project / "en" / "book.md"), editor.open(project / "de" / "book.md")
    (fault,) = await editor.diagnostics(target, 1)
    assert await editor.diagnostics(source, 0) == []
    assert fault.related_information[0].location.uri == source
    editor.replace(source, 2, "30", "13", SOURCE)
    await editor.diagnostics(target, 0)
    editor.replace(target, 4, "Verspätete Bücher kosten zehn Cent pro Tag.", "", TARGET)
    (fault,) = await editor.diagnostics(source, 1)
    assert (fault.code, fault.range.start.line) == ("omitted", 4)
    assert await editor.diagnostics(target, 0) == []
    await editor.stop()


def test_a_comparison_that_an_edit_outdates_is_given_up(project: Path, monkeypatch) -> None:
    files = Workspace(str(project))
    (pairing,) = files.pairs()
    files.texts[pairing.target] = TARGET
    before = files.compare(pairing)
    files.texts[pairing.target] = TARGET.replace("13", "14")
    parse = readers.parse

    def slow(*arguments, **options):
        files.texts[pairing.target] = TARGET.replace("13", "30")  # typed while the last edit is read
        return parse(*arguments, **options)

    monkeypatch.setattr(readers, "parse", slow)
    with pytest.raises(Outdated):
        files.compare(pairing, whole=False)
    assert files.result(pairing) is before
    assert [finding.rule for finding in before.findings] == ["number"]
    assert files.compare(pairing, whole=False).findings == ()
    files.texts[pairing.target] = TARGET
    monkeypatch.setattr(readers, "parse", lambda *arguments, **options: files.texts.pop(pairing.target) and parse(*arguments, **options))
    assert len(files.compare(pairing, whole=False).findings) == 1  # a file that was closed meanwhile is nobody's to compare again


@pytest.mark.slow
async def test_the_last_key_of_a_word_is_the_one_that_counts(project: Path) -> None:
    editor = Editor()
    await editor.start(project)
    uri = editor.open(project / "de" / "book.md")
    await editor.diagnostics(uri, 1)
    text = TARGET
    for new in ("1", "", "3", "30"):
        old = next(f"halb von {digits} Tagen" for digits in ("13", "1", "", "3") if f"halb von {digits} Tagen" in text)
        editor.replace(uri, 2, old, f"halb von {new} Tagen", text)
        text = text.replace(old, f"halb von {new} Tagen")
        await asyncio.sleep(0.05)
    await editor.diagnostics(uri, 0)
    await editor.stop()


@pytest.mark.slow
async def test_a_source_shows_what_was_found_in_all_its_translations(project: Path) -> None:
    french = TARGET_FR.replace("Les livres en retard coûtent dix centimes par jour.\n\n", "")
    for language, text in (("fr", french), ("it", "")):
        (project / language).mkdir()
        (project / language / "book.md").write_text(text, encoding="utf-8")
    (project / "it" / "book.md").write_bytes(b"\xff\xfe\x00\xd8broken")
    editor = Editor()
    await editor.start(project)
    source = editor.open(project / "en" / "book.md")
    (fault,) = await editor.diagnostics(source, 1)
    assert (fault.code, fault.data["target"]) == ("omitted", str(project / "fr" / "book.md"))
    target = editor.open(project / "de" / "book.md")
    await editor.diagnostics(target, 1)
    editor.replace(target, 6, "Fragen Sie am Schalter, wenn ein Buch beschädigt ist.", "", TARGET)
    found = await editor.diagnostics(source, 2)
    assert {Path(one.data["target"]).parent.name for one in found} == {"fr", "de"}
    await editor.stop()


@pytest.mark.slow
@pytest.mark.parametrize(("encodings", "column"), [(("utf-8", "utf-16"), 40), (("utf-32", "utf-8", "utf-16"), 37), ((), 38)])
async def test_columns_are_counted_as_the_editor_wants(project: Path, encodings: tuple[str, ...], column: int) -> None:
    path = project / "de" / "book.md"
    path.write_text(TARGET.replace("Bringen Sie das Buch", "Bringen Sie das \U0001f4d8 Buch"), encoding="utf-8")
    editor = Editor()
    said = await editor.start(project, *encodings)
    assert said.capabilities.position_encoding == (encodings[0] if encodings else "utf-16")
    (fault,) = await editor.diagnostics(editor.open(path), 1)
    assert fault.range.start == types.Position(2, column)
    await editor.stop()


@pytest.mark.slow
async def test_settings_and_comments_are_obeyed_from_the_first_to_the_last_edit(project: Path) -> None:
    settings = (project / "transcmp.toml").read_text(encoding="utf-8")
    (project / "transcmp.toml").write_text(f'{settings}[rules]\nnumber = "warning"\nomitted = "off"\n', encoding="utf-8")
    editor = Editor()
    await editor.start(project)
    uri = editor.open(project / "de" / "book.md")
    (fault,) = await editor.diagnostics(uri, 1)
    assert fault.severity == types.DiagnosticSeverity.Warning
    editor.replace(uri, 2, "13", "14", TARGET)
    editor.replace(uri, 6, "Fragen Sie am Schalter, wenn ein Buch beschädigt ist.", "", TARGET)
    async with asyncio.timeout(60):
        while "14" not in editor.found[uri][0].message:
            editor.news.clear()
            await editor.news.wait()
    (fault,) = editor.found[uri]
    assert fault.severity == types.DiagnosticSeverity.Warning
    editor.replace(uri, 1, "", "<!-- transcmp: ignore number -- an older edition -->\n", TARGET)
    await editor.diagnostics(uri, 0)
    await editor.stop()


@pytest.mark.slow
async def test_a_save_compares_anew_and_reads_the_settings_again(project: Path) -> None:
    editor = Editor()
    await editor.start(project)
    uri = editor.open(project / "de" / "book.md")
    await editor.diagnostics(uri, 1)
    path = project / "transcmp.toml"
    path.write_text(path.read_text(encoding="utf-8") + '[rules]\nnumber = "off"\n', encoding="utf-8")
    editor.save(path.as_uri())
    await editor.diagnostics(uri, 0)
    (project / "en" / "book.md").write_text(SOURCE + "\nThe reading room on the second floor is quiet in the morning.\n", encoding="utf-8")
    editor.save(uri)
    source = editor.open(project / "en" / "book.md")
    (fault,) = await editor.diagnostics(source, 1)
    assert fault.code == "omitted"
    await editor.stop()


@pytest.mark.slow
async def test_settings_that_change_on_the_disk_are_read_again(project: Path) -> None:
    editor = Editor()
    await editor.start(project, watches=True)
    uri = editor.open(project / "de" / "book.md")
    await editor.diagnostics(uri, 1)
    (registration,) = editor.registered
    assert registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    patterns = {watcher["globPattern"] if isinstance(watcher, dict) else watcher.glob_pattern for watcher in watchers(registration)}
    assert {"**/transcmp.toml", "**/.transcmp/decisions.jsonl"} < patterns
    settings = project / "transcmp.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '[rules]\nnumber = "off"\n', encoding="utf-8")
    event = types.FileEvent(settings.as_uri(), types.FileChangeType.Changed)
    editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    await editor.diagnostics(uri, 0)
    await editor.stop()


def watchers(registration: types.Registration):
    options = registration.register_options
    return options["watchers"] if isinstance(options, dict) else options.watchers


@pytest.mark.slow
async def test_files_keep_the_names_that_the_editor_gives_them(project: Path) -> None:
    (project / "en" / "a (1)~.md").write_text(SOURCE, encoding="utf-8")
    path = project / "de" / "a (1)~.md"
    path.write_text(TARGET, encoding="utf-8")
    editor = Editor()
    await editor.start(project)
    await editor.diagnostics(editor.open(path, "file://" + str(path).replace(" ", "%20").replace("~", "%7E")), 1)
    await editor.stop()


@pytest.mark.slow
async def test_a_bilingual_file_is_compared_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "de.po"
    path.write_text('msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "Wait 30 days."\nmsgstr "Warten Sie 13 Tage."\n', encoding="utf-8")
    editor = Editor()
    await editor.start(tmp_path)
    (fault,) = await editor.diagnostics(editor.open(path), 1)
    assert (fault.code, fault.range.start.line) == ("number", 4)
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
