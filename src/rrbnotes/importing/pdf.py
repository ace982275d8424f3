"""PDFs as pages, through pypdf: the printed lines with their places and letters, without what repeats on each page."""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count, pairwise
from typing import Any

from rrbnotes.errors import RrbError, needs
from rrbnotes.importing.pages import Block, Page, Run, line, plain
from rrbnotes.importing.prints import Printed, Setting, pages_in
from rrbnotes.importing.rows import Cell, Part, Strip, cut_tables
from rrbnotes.importing.running import without_running

MAX_PAGES = 300
MAX_LETTERS = 2_000_000
MAX_BYTES = 4_000_000
"""Of what a page draws, unpacked; of all pages five times as much."""
MAX_STEPS = 1_000_000
"""Of all drawing: forms may draw others, each of them twice."""
_NARROW, _WIDE = frozenset("iljtfrI.,:;'’‘|!()[]- "), frozenset("mwMWOQGD%@—…")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words as the page draws them."""

    words: str
    x: float
    y: float
    size: float
    looks: frozenset[str]


def read(data: bytes) -> Page:
    """The pages of a PDF."""
    with needs("reading a PDF", "pypdf", "import"):
        import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RrbError("protected with a password; print it to a new PDF, or ask for one without")
        if len(reader.pages) > MAX_PAGES:
            raise RrbError(f"{len(reader.pages):,} pages, more than {MAX_PAGES}; cut the minutes out of it")
        drawn = _drawn(reader.pages)
        pictures = sum(map(_pictures, reader.pages))
    except RrbError:
        raise
    except Exception as why:  # whatever a damaged or hostile file makes a library do
        raise RrbError("cannot be read as a PDF; it is damaged, or needs to be printed to a new one") from why
    sheets, factor = _sheets(drawn)
    if not any(sheets):
        raise RrbError("no text in it: it is a picture of paper; run it through text recognition first")
    return Page(tuple(_blocks(without_running(sheets), factor)), pictures)


def _drawn(pages: Iterable[Any]) -> list[list[_Piece]]:
    """What each page draws, in its order."""
    sheets: list[list[_Piece]] = []
    letters = drawing = 0
    steps = count(1)

    def step(*_: object) -> None:
        if next(steps) > MAX_STEPS:
            raise RrbError(f"more than {MAX_STEPS:,} steps of drawing; cut the minutes out of it")

    for page in pages:
        drawn: list[_Piece] = []
        content = page.get_contents()
        size = len(content.get_data()) if content is not None else 0
        drawing += size
        if size > MAX_BYTES or drawing > 5 * MAX_BYTES:
            raise RrbError("draws more than any minutes; cut the minutes out of it")

        def draw(words: str, around: Any, at: Any, font: Any, size: Any, drawn: list[_Piece] = drawn) -> None:
            x = at[4] * around[0] + at[5] * around[2] + around[4]
            y = at[4] * around[1] + at[5] * around[3] + around[5]
            scale = abs(at[3] * around[3]) or abs(at[1] * around[2]) or 1.0
            drawn.append(
                _Piece(words, float(x), float(y), round(float(size) * float(scale), 1), _looks(font))
            )

        page.extract_text(visitor_text=draw, visitor_operand_before=step)
        letters += sum(len(piece.words) for piece in drawn)
        if letters > MAX_LETTERS:
            raise RrbError(f"more than {MAX_LETTERS:,} letters; cut the minutes out of it")
        sheets.append(drawn)
    return sheets


def _sheets(drawn: Iterable[Sequence[_Piece]]) -> tuple[list[list[Strip]], float]:
    """The strips of each page, in the order in which it draws them, and how wide the letters are."""
    sheets = [_lines(pieces) for pieces in drawn]
    factor = _factor(pieces for sheet in sheets for pieces in sheet)
    return [[strip for pieces in sheet for strip in _strip(pieces, factor)] for sheet in sheets], factor


def _looks(font: Any) -> frozenset[str]:
    """What the name of a font tells."""
    name = str((font or {}).get("/BaseFont", "")).casefold()
    bold = any(word in name for word in ("bold", "black", "heavy"))
    slanted = any(word in name for word in ("italic", "oblique"))
    return frozenset(look for look, is_set in (("strong", bold), ("emphasis", slanted)) if is_set)


def _pictures(page: Any) -> int:
    """How many pictures a page shows, as far as it lists them."""
    try:
        objects = page["/Resources"]["/XObject"].get_object()
        return sum(objects[name].get("/Subtype") == "/Image" for name in objects)
    except Exception:  # it lists none, or is damaged there
        return 0


def _lines(drawn: Sequence[_Piece]) -> list[list[_Piece]]:
    """The pieces, line by line."""
    lines: list[list[_Piece]] = [[]]
    for piece in drawn:
        for n, part in enumerate(piece.words.split("\n")):
            if n:
                lines.append([])
            if part:
                lines[-1].append(replace(piece, words=part))
    return lines


def _strip(pieces: Sequence[_Piece], factor: float) -> list[Strip]:
    """The line of some pieces, cut into cells where a wide gap parts them. pypdf, which knows the fonts, draws a blank where
    there is any gap, and where there is none there is no new cell."""
    cells: list[list[list[_Piece]]] = []
    end, has_gap = 0.0, False
    for piece, behind in zip(pieces, [*pieces[1:], None], strict=False):
        if not piece.words.strip():
            is_drawn = not (behind and behind.x == piece.x)
            end = piece.x + width(piece.words, piece.size) * factor if is_drawn else end
            has_gap = has_gap or not is_drawn
            if cells:
                cells[-1][-1].append(piece)
            continue
        has_gap = has_gap or piece.words[0].isspace()
        if not cells or (has_gap and piece.x - end > _WIDE_GAP * piece.size):
            cells.append([[]])
        elif has_gap:
            cells[-1].append([])
        cells[-1][-1].append(piece)
        end, has_gap = piece.x + width(piece.words.strip(), piece.size) * factor, False
    if not cells:
        return []
    main = max(pieces, key=lambda one: len(one.words.strip()))
    return [Strip(tuple(map(_cell, cells)), main.y, main.size)]


_WIDE_GAP = 1.3
"""Between cells, as a share of the letters' size; blanks of justified lines are narrower."""


def _cell(parts: Sequence[Sequence[_Piece]]) -> Cell:
    made = tuple(Part(part[0].x, tuple(map(_run, part))) for part in parts)
    return Cell(made[0].x, line(run for part in made for run in part.runs), made)


def _run(piece: _Piece) -> Run:
    return Run(piece.words, piece.looks if piece.words.strip() else frozenset())


def _factor(lines: Iterable[Sequence[_Piece]]) -> float:
    """How much wider than usual the letters are, by how far pieces that follow each other at once are apart."""
    steps = sorted(
        (behind.x - piece.x) / width(piece.words, piece.size)
        for pieces in lines
        for piece, behind in pairwise(pieces)
        if len(piece.words.strip()) > 5 and behind.words.strip() and behind.x > piece.x
    )
    return min(max(steps[len(steps) // 4], 0.85), 1.35) if len(steps) > 3 else 1.0


def width(words: str, size: float) -> float:
    """About how wide words are: letters of usual fonts are much alike."""
    wide = sum(0.29 if c in _NARROW else 0.84 if c in _WIDE else 0.64 if c.isupper() else 0.53 for c in words)
    return wide * size


def _blocks(sheets: Sequence[Sequence[Strip]], factor: float) -> list[Block]:
    """The blocks of all pages: tables where the headings of one are sure, paragraphs and lists of the rest."""
    strips = [strip for sheet in sheets for strip in sheet]
    sizes = Counter[float]()
    for strip in strips:
        sizes[strip.size] += len(strip.words)
    size = sizes.most_common(1)[0][0] if sizes else 1.0

    def wide(words: str, size: float) -> float:
        return width(words, size) * factor

    ends = sorted(one.cells[-1].x + wide(plain(one.cells[-1].words), one.size) for one in strips)
    margin = ends[int(len(ends) * 0.97)] * 0.98 if ends else 0.0
    parts = cut_tables(sheets)
    printed = [_printed(one) if isinstance(one, Strip) else one for one in parts]
    pitch = _pitch([one for one in printed if isinstance(one, Printed)], size)
    seen = [one for one in printed if not isinstance(one, Printed) or one.words]
    return pages_in(seen, Setting(wide, margin, pitch, size))


def _printed(strip: Strip) -> Printed:
    words = line(
        run for n, cell in enumerate(strip.cells) for run in ([Run("\t")] if n else []) + list(cell.words)
    )
    return Printed(words, strip.cells[0].x, strip.above, strip.size)


def _pitch(lines: Iterable[Printed], size: float) -> float:
    """How far the lines of a paragraph are apart: the smallest of the usual steps."""
    steps = [
        round(one.above, 1)
        for one in lines
        if one.above and one.size == size and 0.9 * size < one.above < 2.0 * size
    ]
    seen = Counter(steps)
    common = (step for step in sorted(seen) if seen[step] >= max(2, 0.04 * len(steps)))
    return next(common, 1.3 * size)
