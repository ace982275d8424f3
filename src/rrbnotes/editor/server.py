"""The protocol: hears what an editor opens, types and asks, and answers from the latest edition of its notes."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date as Date
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from rrbnotes import __version__
from rrbnotes.editor import wire
from rrbnotes.editor.completing import suggestions
from rrbnotes.editor.editions import Buffer, Edition, Look, Opened, look, read
from rrbnotes.editor.mending import FIX_ALL, QUICK_FIX, mends
from rrbnotes.editor.pointing import origin, places, pointed
from rrbnotes.editor.spots import UNITS, Count
from rrbnotes.editor.symbols import symbols
from rrbnotes.editor.telling import told
from rrbnotes.editor.wire import Page

PAUSE = 0.2
"""Seconds without a keystroke before the notes are read again."""


class Service:
    """One editor's notes. All of it runs in one thread but the reading, of which there is one at a time."""

    def __init__(self, start: Path, config: Path | None, today: Callable[[], Date]) -> None:
        # whole texts, and not changes of them: pygls counts more ends of lines than the protocol has
        self.server = LanguageServer(
            wire.NAME, __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
        )
        self.start = start
        self.day = today
        self.opened = Opened(config=config)
        self.look = Look()
        self.buffers: Mapping[str, Buffer] = {}
        """As they were at that look."""
        self.editions: tuple[Edition, ...] = ()
        self.published: dict[str, tuple[int | None, list[types.Diagnostic]]] = {}
        self.said: set[str] = set()
        self.is_due = False
        self.reading: asyncio.Task[None] | None = None
        self.is_over = False
        """The editor has taken its leave."""
        for name, answer, options in self._features():
            self.server.feature(name, options)(partial(answer))  # pygls writes on what it is given

    def _features(self) -> tuple[tuple[str, Callable[..., Any], Any], ...]:
        typing = types.CompletionOptions(trigger_characters=["[", "|", " ", "\t", "/", "@"])
        mending = types.CodeActionOptions(code_action_kinds=[QUICK_FIX, FIX_ALL])
        return (
            (types.INITIALIZED, self.initialized, None),
            (types.TEXT_DOCUMENT_DID_OPEN, self.did_open, None),
            (types.TEXT_DOCUMENT_DID_CHANGE, self.did_change, None),
            (types.TEXT_DOCUMENT_DID_CLOSE, self.did_close, None),
            (types.TEXT_DOCUMENT_DID_SAVE, self.touched, None),
            (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self.touched, None),
            (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, self.did_change_folders, None),
            (types.TEXT_DOCUMENT_CODE_ACTION, self.code_actions, mending),
            (types.TEXT_DOCUMENT_HOVER, self.hover, None),
            (types.TEXT_DOCUMENT_COMPLETION, self.complete, typing),
            (types.TEXT_DOCUMENT_DEFINITION, self.definition, None),
            (types.TEXT_DOCUMENT_REFERENCES, self.references, None),
            (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, self.document_symbols, None),
            (types.SHUTDOWN, self.shut_down, None),
        )

    # what the editor tells

    def initialized(self, params: types.InitializedParams) -> None:
        """Learn the editor's folders, and ask it to watch the files that count."""
        self._learn_folders()
        workspace = self.server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching and watching.dynamic_registration:
            self.server.client_register_capability(wire.watchers())

    def did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Take a text that was opened."""
        one = params.text_document
        self._take(one.uri, one.text, one.version)

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Take a text as it is now."""
        one = params.text_document
        self._take(one.uri, self.server.workspace.get_text_document(one.uri).source, one.version)

    def did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """From now on the file counts as it is on disk, and nothing is shown of it."""
        uri = params.text_document.uri
        rest = {other: one for other, one in self.opened.buffers.items() if other != uri}
        self.opened = replace(self.opened, buffers=rest)
        if self.published.pop(uri, None):
            self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        self.touched()

    def did_change_folders(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        """Learn the editor's folders again."""
        self._learn_folders()
        self.touched()

    def touched(self, params: object = None) -> None:
        """Something may have changed: read again once the typing pauses."""
        self.is_due = True
        if self.reading is None or self.reading.done():
            self.reading = asyncio.ensure_future(self._keep_up())

    def shut_down(self, params: object = None) -> None:
        """The editor takes its leave."""
        self.is_over = True

    # what the editor asks

    async def code_actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """What can be done about the findings on some lines."""
        page = await self._page(params.text_document.uri)
        minutes = page.edition.book.by_path().get(page.path) if page else None
        if page is None or minutes is None:
            return []
        first, last = params.range.start.line + 1, params.range.end.line + 1
        only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        found = await asyncio.to_thread(
            lambda: list(mends(page.edition, page.path, first, last, only))  # proofs read the notes again
        )
        return [page.code_action(mend, minutes.source, self._has_versions) for mend in found]

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """The lives of the actions that a place speaks of."""
        page = await self._page(params.text_document.uri)
        if page is None:
            return None
        line, column = page.place(params.position)
        edition = page.edition
        found = edition.found(page.path)
        said = told(edition.book, found, page.path, line, column, edition.folder.today)
        return page.hover(said) if said else None

    async def complete(self, params: types.CompletionParams) -> types.CompletionList | None:
        """What may be written next. The latest edition will do for that, however old: typing does not wait."""
        uri = params.text_document.uri
        buffer = self.opened.buffers.get(uri)
        page = self._latest(uri) or await self._page(uri)
        if page is None or buffer is None:
            return None
        line, column = wire.place(buffer.text, params.position, page.count)
        found = suggestions(page.edition.book, page.path, buffer.text, line, column)
        return wire.completion(found, params.position, page.count)

    async def definition(self, params: types.DefinitionParams) -> list[types.Location]:
        """Where the actions of a place were raised."""
        page = await self._page(params.text_document.uri)
        about = pointed(page.edition.book, page.path, *page.place(params.position)) if page else None
        if page is None or about is None:
            return []
        book = page.edition.book
        return [page.location(at) for action in about.actions if (at := origin(book, action))]

    async def references(self, params: types.ReferenceParams) -> list[types.Location]:
        """Every line that speaks of the actions of a place."""
        page = await self._page(params.text_document.uri)
        about = pointed(page.edition.book, page.path, *page.place(params.position)) if page else None
        if page is None or about is None:
            return []
        first = {action.first_seen.at for action in about.actions}
        every = (at for action in about.actions for at in places(action))
        kept = (at for at in every if params.context.include_declaration or at not in first)
        return [page.location(at) for at in kept]

    async def document_symbols(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        """The contents of a note."""
        page = await self._page(params.text_document.uri)
        return [page.symbol(one) for one in symbols(page.edition.book, page.path)] if page else []

    # how it keeps up

    async def _keep_up(self) -> None:
        """Read until nothing is new. While somebody types, or while the notes are being read, no second reading begins."""
        while self.is_due:
            self.is_due = False
            await asyncio.sleep(PAUSE)
            if not self.is_due:
                await self._read()

    async def _read(self) -> None:
        opened, today = self.opened, self.day()
        try:
            seen = look(opened, today)
            self.editions = await asyncio.to_thread(read, seen, self.editions)
        except Exception as why:  # a slip of ours must not take the editor's server down
            seen = Look(problems=(f"internal error: {type(why).__name__}: {why}; please report",))
            self.editions = ()
        self.look, self.buffers = seen, opened.buffers
        crashes = [
            f"internal error in the rule {crash.name}: {crash.error}; please report"
            for edition in self.editions
            for crash in edition.outcome.crashes
        ]
        self._say({*seen.problems, *crashes})
        self._publish()

    def _publish(self) -> None:
        """Show what is wrong with each open note, unless it is shown already or the note has changed since."""
        for uri, buffer in self.buffers.items():
            if self.opened.buffers.get(uri) is not buffer:
                continue
            page = self._latest(uri)
            found = [page.diagnostic(one) for one in page.edition.found(page.path)] if page else []
            is_news = self.published.get(uri) != (buffer.version, found)
            if is_news and (page or uri in self.published):
                self.server.text_document_publish_diagnostics(
                    types.PublishDiagnosticsParams(uri, found, buffer.version)
                )
                self.published[uri] = buffer.version, found

    def _say(self, problems: set[str]) -> None:
        """Say each problem once, until it is gone."""
        for problem in sorted(problems - self.said):
            self.server.window_show_message(types.ShowMessageParams(types.MessageType.Error, problem))
        self.said = problems

    async def _page(self, uri: str) -> Page | None:
        """A note as it stands now."""
        if uri not in self.opened.buffers:
            return None
        if self.reading is None or self.reading.done():
            is_current = self.opened.buffers == self.buffers and look(self.opened, self.day()) == self.look
            if not is_current:
                self.touched()
        if self.reading:
            await asyncio.shield(self.reading)
        return self._latest(uri)

    def _latest(self, uri: str) -> Page | None:
        """A note as it was last read."""
        home, path = self.look.notes.get(uri, (None, ""))
        edition = next((one for one in self.editions if one.folder.home == home), None)
        buffer = self.buffers.get(uri)
        return Page(edition, path, buffer, self._count) if edition and buffer else None

    def _take(self, uri: str, text: str, version: int | None) -> None:
        path = wire.path_of(uri)
        if path:
            buffers = {**self.opened.buffers, uri: Buffer(uri, path, text, version)}
            self.opened = replace(self.opened, buffers=buffers)
            self.touched()

    def _learn_folders(self) -> None:
        workspace = self.server.workspace
        roots = wire.paths_of(workspace.folders.values())
        if not roots:
            roots = [Path(workspace.root_path) if workspace.root_path else self.start]
        self.opened = replace(self.opened, roots=tuple(roots))

    @property
    def _count(self) -> Count:
        return UNITS[str(getattr(encoding := self.server.workspace.position_encoding, "value", encoding))]

    @property
    def _has_versions(self) -> bool:
        workspace = self.server.client_capabilities.workspace
        return bool(workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes)


def serve(start: Path, config: Path | None, today: Callable[[], Date]) -> bool:
    """Serve one editor over standard input and output until it leaves; whether it took its leave first. `start` is where
    to look for notes where the editor names no folder."""
    service = Service(start, config, today)
    service.server.start_io()
    return service.is_over
