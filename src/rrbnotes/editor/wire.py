"""Values as the protocol writes them."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol import types

from rrbnotes.diagnostics import Diagnostic, Severity
from rrbnotes.editor.completing import Suggestions
from rrbnotes.editor.contexts import Wanted
from rrbnotes.editor.editions import Buffer, Edition
from rrbnotes.editor.mending import Mend
from rrbnotes.editor.spots import Count, Spot, Stretch, column, replacing, stretch
from rrbnotes.editor.symbols import Symbol
from rrbnotes.editor.telling import Told
from rrbnotes.source import Location, Range, Source, printed, split_lines

NAME = "rrb"
_WEIGHTS = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_KINDS = {
    Wanted.OWNER: types.CompletionItemKind.Value,
    Wanted.STATUS: types.CompletionItemKind.EnumMember,
    Wanted.REF: types.CompletionItemKind.Reference,
}


@dataclass(frozen=True, slots=True)
class Page:
    """An open note in its edition, for an editor that counts in some units."""

    edition: Edition
    path: str
    """As messages print it."""
    buffer: Buffer
    """As it was when the edition was read."""
    count: Count

    def place(self, position: types.Position) -> tuple[int, int]:
        """A position as line and column from 1."""
        return place(self.buffer.text, position, self.count)

    def range(self, at: Range) -> types.Range:
        """A range of any file of the edition."""
        return _range(stretch(at, self.edition.lines(at.path), self.count))

    def location(self, at: Location) -> types.Location:
        """The line of a place of any file of the edition."""
        whole = printed(at.path, at.line, self.edition.lines(at.path))
        return types.Location(self.address(at.path), self.range(whole))

    def address(self, path: str) -> str:
        """Of a file of the edition; an open note keeps the address that its editor gave it."""
        return self.buffer.uri if path == self.path else self.edition.file(path).as_uri()

    def diagnostic(self, one: Diagnostic) -> types.Diagnostic:
        """A finding with its rule, its weight and the places that it speaks of."""
        related = [
            types.DiagnosticRelatedInformation(self.location(other.at), other.message)
            for other in one.finding.related
        ]
        return types.Diagnostic(
            range=self.range(one.at),
            message=one.message,
            severity=_WEIGHTS[one.severity],
            code=one.name,
            source=NAME,
            related_information=related or None,
        )

    def code_action(self, mend: Mend, source: Source, has_versions: bool) -> types.CodeAction:
        """What can be done, as an edit of the text that the editor had; with its version, where that is understood."""
        replaced = replacing(source, self.count)
        edits = [types.TextEdit(_range(replaced(edit)), edit.text) for edit in mend.edits]
        document = types.OptionalVersionedTextDocumentIdentifier(self.buffer.uri, self.buffer.version)
        changed = types.WorkspaceEdit(
            changes=None if has_versions else {self.buffer.uri: edits},
            document_changes=[types.TextDocumentEdit(document, edits)] if has_versions else None,
        )
        return types.CodeAction(
            title=mend.title,
            kind=mend.kind,
            diagnostics=[self.diagnostic(one) for one in mend.about],
            is_preferred=mend.is_preferred or None,
            edit=changed,
        )

    def hover(self, told: Told) -> types.Hover:
        """Markdown over the words that it tells of."""
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, told.text), self.range(told.at))

    def symbol(self, one: Symbol) -> types.DocumentSymbol:
        """An entry of the contents with those inside it."""
        return types.DocumentSymbol(
            name=one.name.strip() or "…",  # the protocol wants a name
            detail=one.detail,
            kind=types.SymbolKind.Event if one.is_action else types.SymbolKind.Namespace,
            range=self.range(one.at),
            selection_range=self.range(one.named_at),
            children=[self.symbol(inner) for inner in one.inside],
        )


def place(text: str, position: types.Position, count: Count) -> tuple[int, int]:
    """A position of a text as line and column from 1."""
    lines = split_lines(text)
    words = lines[position.line] if position.line < len(lines) else ""
    return position.line + 1, column(words, position.character, count)


def completion(
    found: Suggestions | None, position: types.Position, count: Count
) -> types.CompletionList | None:
    """Suggestions in place of what is typed; incomplete, for with more typed there may be others."""
    if found is None:
        return None
    start = types.Position(position.line, max(0, position.character - count(found.typed)))
    items = [
        types.CompletionItem(
            label=one.label,
            detail=one.detail or None,
            kind=_KINDS[found.wanted],
            sort_text=f"{n:04}",
            filter_text=one.sought,
            text_edit=types.TextEdit(types.Range(start, position), one.text),
        )
        for n, one in enumerate(found.found)
    ]
    return types.CompletionList(is_incomplete=True, items=items)


def path_of(uri: str) -> Path | None:
    """The file at an address; None for what is no file, as a text that was never saved."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    path = unquote(parts.path)
    if parts.scheme != "file" or not path or "\0" in path:
        return None
    if parts.netloc and parts.netloc != "localhost":
        path = f"//{parts.netloc}{path}"
    return Path(path[1:] if os.name == "nt" and path[2:3] == ":" else path)  # `/c:/notes`


def watchers() -> types.RegistrationParams:
    """What an editor is asked to watch: notes, registers and settings."""
    files = ("**/*.md", "**/actions.yaml", "**/rrb.toml", "**/pyproject.toml")
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(one) for one in files])
    return types.RegistrationParams(
        [types.Registration("rrb-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)]
    )


def paths_of(folders: Iterable[types.WorkspaceFolder]) -> Sequence[Path]:
    """Where the folders of an editor are."""
    return [path for folder in folders if (path := path_of(folder.uri))]


def _range(at: Stretch) -> types.Range:
    return types.Range(_position(at.start), _position(at.end))


def _position(spot: Spot) -> types.Position:
    return types.Position(spot.line, spot.character)
