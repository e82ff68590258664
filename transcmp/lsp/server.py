"""The protocol's requests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from transcmp._version import __version__
from transcmp.errors import TranscmpError
from transcmp.lsp.places import Units, path_of, to_offset, to_range, units_of, uri_of
from transcmp.lsp.workspace import Outdated, Pairing, Result, Workspace, bead_at
from transcmp.model import Bead, Comparison, Severity, Side
from transcmp.visible import figure, visible

DISMISS = "transcmp.dismiss"
"""Command: dismiss a finding; arguments: pair (source, target or null), fingerprint, reason."""

NEXT = "transcmp.next"
"""Command: show a finding; arguments: URI, line and character from 0."""

_FIRST = 0.02  # seconds from an edit that comes after a pause to its comparison: what belongs to it arrives meanwhile
_DELAY = 0.06  # and from one that follows others: a comparison that the next key outdates is given up, but let it not be begun for each
_PAUSE = 0.5  # seconds without an edit
_WATCHED = ("transcmp.toml", "pyproject.toml", ".transcmp/decisions.jsonl")
"""Files on which all that is shown depends."""
_SEVERITY: dict[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}


class Server(LanguageServer):
    """A language server with a workspace."""

    def __init__(self) -> None:
        super().__init__("transcmp", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        self.files = Workspace(None)
        self._uris: dict[str, str] = {}
        """URIs of open files as the editor writes them, by path."""
        self._versions: dict[str, int | None] = {}
        """The editor's number of each open file's text."""
        self._timers: dict[str, threading.Timer] = {}
        self._wanted_whole: set[str] = set()
        """Files that wait for more than the surroundings of an edit."""
        self._settings_changed = False
        """Whether they are to be read again before anything is compared."""
        self._edited = 0.0
        """When the last edit came, by the monotonic clock."""
        self._timing = threading.Lock()
        """Over the timers; never held for long, so that the editor's messages are always read."""
        self.working = threading.RLock()
        """Over the workspace: comparisons are made one at a time."""

    @property
    def units(self) -> Units:
        """How the editor counts columns."""
        return units_of(self.workspace.position_encoding)

    def edited(self, uri: str) -> None:
        """Compare what is near an edit: at once after a pause, else when the typist rests."""
        now = time.monotonic()
        delay = _FIRST if now - self._edited > _PAUSE else _DELAY
        self._edited = now
        self.changed(uri, delay=delay)

    def changed(self, uri: str, *, delay: float = 0.0, whole: bool = False) -> None:
        """Compare a file's pairs soon; a further change within the delay takes the place of this one."""
        path = path_of(uri)
        self._uris[path] = uri
        document = self.workspace.get_text_document(uri)
        self._versions[path] = document.version
        self.files.texts[path] = document.source
        with self._timing:
            waiting = self._timers.pop(path, None)
            if waiting is not None:
                waiting.cancel()
            if whole:
                self._wanted_whole.add(path)
            timer = self._timers[path] = threading.Timer(delay, self.publish, (path,))
            timer.daemon = True
            timer.start()

    def closed(self, uri: str) -> None:
        """The file on the disk counts again, and its findings are taken from the editor."""
        path = path_of(uri)
        self.files.texts.pop(path, None)
        self._versions.pop(path, None)
        self._publish(path, [], None)
        self._uris.pop(path, None)

    def publish(self, path: str) -> None:
        """Compare the pairs of a file and show what was found, in every open file of them."""
        with self.working:
            with self._timing:
                whole = path in self._wanted_whole
                self._wanted_whole.discard(path)
                changed, self._settings_changed = self._settings_changed, False
            if changed:
                self.files.forget_settings()
            try:
                self._compare(path, whole=whole)
            except Outdated:
                return  # what was typed meanwhile is compared next
            except Exception as error:  # an editor must not lose its server to one document
                self._log(types.MessageType.Error, f"{path}: {type(error).__name__}: {error}")

    def _compare(self, path: str, *, whole: bool) -> None:
        versions = dict(self._versions)  # an edit while it is compared is not in what is shown
        touched = {path}
        for pairing in self._pairs_of(path):
            touched.update(name for name in (pairing.source, pairing.target) if name)
            try:
                self.files.compare(pairing, whole=whole)
            except TranscmpError as error:
                self._log(types.MessageType.Warning, str(error))
        for name in touched & set(self.files.texts):  # the source of several translations shows what was found in all of them
            shown = [found for pairing, result in self.compared(name) for at, found in self.diagnostics(pairing, result) if at == name]
            self._publish(name, shown, versions.get(name))

    def settings_changed(self) -> None:
        """Read the settings again, and compare all open files."""
        self._settings_changed = True
        for uri in list(self._uris.values()):
            self.changed(uri, whole=True)

    def _pairs_of(self, path: str) -> list[Pairing]:
        """The pairs of a file; none where the settings are wrong, which is said."""
        try:
            return list(self.files.pairs_of(path))
        except TranscmpError as error:
            self._log(types.MessageType.Warning, str(error))
            return []

    def compared(self, path: str) -> Iterator[tuple[Pairing, Result]]:
        """The pairs of a file as they are now; what cannot be compared is left out."""
        for pairing in self._pairs_of(path):
            try:
                yield pairing, self.files.result(pairing)
            except TranscmpError:
                continue

    def diagnostics(self, pairing: Pairing, result: Result) -> Iterator[tuple[str, types.Diagnostic]]:
        """Each finding at its place in the target, or in the source where it has none there: path and diagnostic."""
        alignment, units = result.comparison.alignment, self.units
        for finding in self.files.shown(result):
            sides = ((finding.target, alignment.target), (finding.source, alignment.source))
            located = [(place, side) for place, side in sides if place is not None]
            if not located:
                continue
            (place, side), *others = located
            related = [
                types.DiagnosticRelatedInformation(
                    types.Location(self.uri_of(other.document.path), to_range(other.document, at.span, units)),
                    f"the other side: {visible(at.text[:200])}",
                )
                for at, other in others
            ]
            yield (
                path_of(uri_of(side.document.path)),
                types.Diagnostic(
                    range=to_range(side.document, place.span, units),
                    message=visible(finding.message),
                    severity=_SEVERITY[finding.severity],
                    code=finding.rule,
                    source="transcmp",
                    related_information=related or None,
                    data={"fingerprint": finding.fingerprint, "source": pairing.source, "target": pairing.target},
                ),
            )

    def uri_of(self, path: str) -> str:
        """The URI of a path, as the editor writes it where it has the file open."""
        return self._uris.get(path) or uri_of(path)

    def _log(self, kind: types.MessageType, text: str) -> None:
        self.window_log_message(types.LogMessageParams(kind, visible(text)))

    def _publish(self, path: str, diagnostics: list[types.Diagnostic], version: int | None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(self.uri_of(path), diagnostics, version))


def make() -> Server:
    """A server with all its features. What waits for a comparison runs in a thread, and messages are read meanwhile."""
    server = Server()
    for name, function in _FEATURES.items():
        server.feature(name)(function)
    for name, function in _WAITING.items():
        server.feature(name)(server.thread()(function))
    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(server.thread()(_actions))
    server.command(DISMISS)(server.thread()(_dismiss))
    server.command(NEXT)(_go_to)
    return server


def _initialize(server: Server, params: types.InitializeParams) -> None:
    options: Any = params.initialization_options or {}
    named = options.get("pairs", []) if isinstance(options, dict) else []
    root = path_of(params.root_uri) if params.root_uri else params.root_path
    pairs = [
        Pairing(str(item["source"]), str(item["target"])) for item in named if isinstance(item, dict) and {"source", "target"} <= set(item)
    ]
    server.files = Workspace(root, pairs)


def _initialized(server: Server, _params: types.InitializedParams) -> None:
    """Ask to be told of changed settings and decisions, where the editor can watch files for its servers."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace else None
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(glob_pattern=f"**/{name}") for name in _WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    registration = types.Registration("transcmp-watched", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    server.client_register_capability(types.RegistrationParams([registration]))


def _files_changed(server: Server, _params: types.DidChangeWatchedFilesParams) -> None:
    server.settings_changed()


def _configured(_server: Server, _params: types.DidChangeConfigurationParams) -> None:
    """Nothing: what counts is in the project's files. Editors send it all the same."""


def _opened(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    server.changed(params.text_document.uri)


def _edited(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    server.edited(params.text_document.uri)


def _saved(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    uri = params.text_document.uri
    if uri.endswith((".toml", ".jsonl")):
        server.settings_changed()
    else:
        server.changed(uri, whole=True)


def _closed(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    server.closed(params.text_document.uri)


def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    for comparison, bead, side in _beads(server, params.text_document.uri, params.position):
        other = _other(comparison, side)
        numbers = bead.target if side == "source" else bead.source
        if numbers:
            text = "\n\n".join(visible(other.segments[number].text) for number in numbers)
            head = f"{other.language}, score {figure(bead.score)}" + (", moved" if bead.moved else "")
        else:
            text, head = "", f"no counterpart in {other.language}"
        return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, f"{text}\n\n({head})".strip()))
    return None


def _counterpart(server: Server, params: types.DefinitionParams) -> list[types.Location]:
    """Go to counterpart: the editor's "go to definition"."""
    places = []
    for comparison, bead, side in _beads(server, params.text_document.uri, params.position):
        other = _other(comparison, side)
        for number in bead.target if side == "source" else bead.source:
            span = other.segments[number].span
            places.append(types.Location(server.uri_of(other.document.path), to_range(other.document, span, server.units)))
    return places


def _beads(server: Server, uri: str, position: types.Position) -> list[tuple[Comparison, Bead, str]]:
    """What stands at a position: in each pair of the file the bead, and the side that the file is."""
    path, found = path_of(uri), []
    with server.working:
        for _, result in server.compared(path):
            comparison = result.comparison
            for side in (comparison.alignment.source, comparison.alignment.target):
                if path_of(uri_of(side.document.path)) == path:
                    there = bead_at(comparison, path, to_offset(side.document, position, server.units))
                    if there is not None:
                        found.append((comparison, *there))
                    break
    return found


def _other(comparison: Comparison, side: str) -> Side:
    return comparison.alignment.target if side == "source" else comparison.alignment.source


def _actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction | types.Command]:
    """Dismiss each finding here, and go to the next; as plain commands for an editor that knows no more."""
    found: list[tuple[types.Command, types.Diagnostic | None]] = []
    for diagnostic in params.context.diagnostics:
        data: Any = diagnostic.data
        if diagnostic.source == "transcmp" and isinstance(data, dict):
            for reason in ("the translation is right", "not a fault here"):
                title = f"transcmp: dismiss '{diagnostic.code}' ({reason})"
                found.append((types.Command(title=title, command=DISMISS, arguments=[data, reason]), diagnostic))
    following = _next(server, params) if _shows_documents(server) else None
    if following is not None:
        found.append((types.Command(title="transcmp: go to the next finding", command=NEXT, arguments=following), None))
    document = server.client_capabilities.text_document
    if document is None or document.code_action is None or document.code_action.code_action_literal_support is None:
        return [command for command, _ in found]
    return [
        types.CodeAction(
            title=command.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic] if diagnostic else None,
            command=command,
        )
        for command, diagnostic in found
    ]


def _shows_documents(server: Server) -> bool:
    """Whether the editor goes to a place that a server names."""
    window = server.client_capabilities.window
    return bool(window and window.show_document and window.show_document.support)


def _next(server: Server, params: types.CodeActionParams) -> list[Any] | None:
    """Arguments of :data:`NEXT`: the file and the finding behind the cursor; behind the last one comes the first."""
    uri = params.text_document.uri
    with server.working:
        ranges = sorted(
            (diagnostic.range.start.line, diagnostic.range.start.character)
            for pairing, result in server.compared(path_of(uri))
            for name, diagnostic in server.diagnostics(pairing, result)
            if name == path_of(uri)
        )
    if not ranges:
        return None
    here = (params.range.end.line, params.range.end.character)
    line, character = next((item for item in ranges if item > here), ranges[0])
    return [uri, line, character]


def _go_to(server: Server, uri: str, line: int, character: int) -> None:
    """Ask the editor to show a place."""
    place = types.Position(line, character)
    server.window_show_document(types.ShowDocumentParams(uri=uri, take_focus=True, selection=types.Range(place, place)))


def _dismiss(server: Server, data: Any, reason: str) -> bool:
    """Keep a dismissal and show what is left; False where the finding is no longer there."""
    pairing = Pairing(str(data["source"]), data["target"] and str(data["target"]))
    with server.working:
        result = server.files.result(pairing)
        for finding in result.findings:
            if finding.fingerprint == data["fingerprint"]:
                server.files.dismiss(result, finding, reason)
                server.publish(pairing.source if pairing.target is None else pairing.target)
                return True
    return False


_FEATURES: dict[str, Callable[..., Any]] = {
    types.INITIALIZE: _initialize,
    types.INITIALIZED: _initialized,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _files_changed,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: _configured,
    types.TEXT_DOCUMENT_DID_OPEN: _opened,
    types.TEXT_DOCUMENT_DID_CHANGE: _edited,
    types.TEXT_DOCUMENT_DID_SAVE: _saved,
    types.TEXT_DOCUMENT_DID_CLOSE: _closed,
}
"""What is answered at once, and by which function."""
_WAITING: dict[str, Callable[..., Any]] = {types.TEXT_DOCUMENT_HOVER: _hover, types.TEXT_DOCUMENT_DEFINITION: _counterpart}
"""What may have to wait for a comparison."""
