"""A small editor for the tests of the language server: it starts `rrb lsp` as a process and speaks with it over a pipe."""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from rrbnotes.edits import Edit, apply
from rrbnotes.source import split_lines


class Editor:
    """One session."""

    def __init__(self) -> None:
        self.client = LanguageClient("test", "1")
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.news: dict[str, asyncio.Queue[types.PublishDiagnosticsParams]] = {}
        self.messages: list[str] = []
        hears: Mapping[str, Callable[..., None]] = {
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: self._take_diagnostics,
            types.WINDOW_SHOW_MESSAGE: self._take_message,
            types.CLIENT_REGISTER_CAPABILITY: self._register,
        }
        for name, listener in hears.items():
            self.client.feature(name)(partial(listener))  # pygls writes on what it is given

    @classmethod
    async def start(cls, root: Path, units: str | None = None) -> "Editor":
        """Start the server, and say which folder is worked in and how characters are counted."""
        editor = cls()
        environment = {**os.environ, "RRB_TODAY": "2026-06-01"}
        await editor.client.start_io(sys.executable, "-m", "rrbnotes", "lsp", cwd=root, env=environment)
        edits = types.WorkspaceEditClientCapabilities(document_changes=True)
        watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        general = types.GeneralClientCapabilities(
            position_encodings=[types.PositionEncodingKind(units)] if units else None
        )
        able = types.ClientCapabilities(
            workspace=types.WorkspaceClientCapabilities(
                workspace_edit=edits, did_change_watched_files=watching
            ),
            general=general,
        )
        folders = [types.WorkspaceFolder(root.as_uri(), root.name)]
        await editor.client.initialize_async(types.InitializeParams(able, workspace_folders=folders))
        editor.client.initialized(types.InitializedParams())
        return editor

    def open(self, path: Path, text: str) -> None:
        """Open a file; its text may differ from that on disk."""
        uri = self._hold(path, text)
        item = types.TextDocumentItem(uri, "markdown", self.versions[uri], text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, path: Path, text: str) -> None:
        """Type until the text is this."""
        uri = self._hold(path, text)
        change = types.TextDocumentContentChangeWholeDocument(text)
        document = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    def close(self, path: Path) -> None:
        """Close a file."""
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(_named(path)))

    async def found(self, path: Path, version: int | None) -> Sequence[types.Diagnostic]:
        """What is shown to be wrong with a version of a file."""
        while True:
            news = await self._queue(path.as_uri()).get()
            if news.version == version:
                return news.diagnostics

    async def actions(self, path: Path, at: types.Range) -> Sequence[types.CodeAction]:
        """What can be done about a stretch of a file."""
        params = types.CodeActionParams(_named(path), at, types.CodeActionContext([]))
        found = await self.client.text_document_code_action_async(params)
        return [one for one in found or () if isinstance(one, types.CodeAction)]

    def applied(self, action: types.CodeAction) -> str:
        """The text of the one file that an action changes, which must be of the version that is open."""
        changes = action.edit.document_changes if action.edit else None
        assert changes and len(changes) == 1 and isinstance(changes[0], types.TextDocumentEdit)
        document, edits = changes[0].text_document, changes[0].edits
        assert document.version == self.versions[document.uri]
        text = self.texts[document.uri]
        made = [one for one in edits if isinstance(one, types.TextEdit)]
        return apply(text, [Edit(_at(text, e.range.start), _at(text, e.range.end), e.new_text) for e in made])

    async def hover(self, path: Path, at: types.Position) -> types.Hover | None:
        """What is shown where the pointer rests."""
        return await self.client.text_document_hover_async(types.HoverParams(_named(path), at))

    async def completion(self, path: Path, at: types.Position) -> Sequence[types.CompletionItem]:
        """What is offered to be written next."""
        found = await self.client.text_document_completion_async(types.CompletionParams(_named(path), at))
        return found.items if isinstance(found, types.CompletionList) else found or []

    async def definition(self, path: Path, at: types.Position) -> Sequence[str]:
        """Where a place leads to, each as `address:line`."""
        found = await self.client.text_document_definition_async(types.DefinitionParams(_named(path), at))
        places = found if isinstance(found, Sequence) else [found] if found else []
        return [_written(one) for one in places if isinstance(one, types.Location)]

    async def references(self, path: Path, at: types.Position) -> Sequence[str]:
        """Which other places speak of the same, each as `address:line`."""
        params = types.ReferenceParams(types.ReferenceContext(True), _named(path), at)
        return [_written(one) for one in await self.client.text_document_references_async(params) or ()]

    async def symbols(self, path: Path) -> Sequence[types.DocumentSymbol]:
        """The contents of a file."""
        params = types.DocumentSymbolParams(_named(path))
        found = await self.client.text_document_document_symbol_async(params)
        return [one for one in found or () if isinstance(one, types.DocumentSymbol)]

    async def stop(self) -> int | None:
        """Take leave; the server's exit code."""
        await self.client.shutdown_async(None)
        self.client.exit(None)
        await self.client.stop()  # type: ignore[no-untyped-call]
        return self.client._server.returncode if self.client._server else None

    def _hold(self, path: Path, text: str) -> str:
        uri = path.as_uri()
        self.texts[uri] = text
        self.versions[uri] = self.versions.get(uri, 0) + 1
        return uri

    def _queue(self, uri: str) -> "asyncio.Queue[types.PublishDiagnosticsParams]":
        return self.news.setdefault(uri, asyncio.Queue())

    def _take_diagnostics(self, params: types.PublishDiagnosticsParams) -> None:
        self._queue(params.uri).put_nowait(params)

    def _take_message(self, params: types.ShowMessageParams) -> None:
        self.messages.append(params.message)

    def _register(self, params: types.RegistrationParams) -> None:
        pass


def _named(path: Path) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(path.as_uri())


def _written(place: types.Location) -> str:
    return f"{place.uri}:{place.range.start.line + 1}"


def _at(text: str, position: types.Position) -> int:
    """An offset, where characters are counted in UTF-16."""
    lines = split_lines(text)
    before = sum(len(line) + 1 for line in lines[: position.line])
    words = lines[position.line].encode("utf-16-le") if position.line < len(lines) else b""
    return before + len(words[: 2 * position.character].decode("utf-16-le"))
