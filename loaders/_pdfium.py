"""PDFium's letters, paths and pictures of a page, by its plain C functions.

The wrapper's own objects cost more than the library does; here each letter takes four calls, and what is
the same for all letters of one run (font, colour, baseline) is asked for once. Functions are described
in PDFium's public headers (fpdf_text.h, fpdf_edit.h).
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from loaders._delve_glyphs import Colour, Glyph, PageContent, Shape, is_bold, letters
from loaders._paras import UNREAD
from loaders._pdfium_calls import (
    LOCK,
    POINTER,
    Matrix,
    bounds,
    box_of,
    colour_from,
    fill_of,
    font_of,
    letter_of,
    matrix_from,
    matrix_of,
    media_box,
    name_of,
    object_of,
    origin_of,
    size_of,
    stroke_of,
    times,
    unmapped,
)

_TEXT, _PATH, _IMAGE, _FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_FORM,
)
_DEEPEST = 16  # forms within forms
_HYPHENS = (0x2, 0xFFFE)  # what the library makes of a hyphen at a line's end


class _Run(NamedTuple):
    """What the letters of one run share; `baseline` is None where they stand sideways."""

    baseline: float | None
    size: float
    bold: bool
    colour: Colour


class Drawing:
    """The pages of a PDF as they are drawn.

    Args:
        data: The file's bytes.

    Raises:
        ValueError: The library cannot open it.
    """

    def __init__(self, data: bytes) -> None:
        with LOCK:
            self._data = data  # it must stay while the document is open
            self._document = pdfium.FPDF_LoadMemDocument64(self._data, len(self._data), None)
        if not self._document:
            raise ValueError(f"PDFium: error {pdfium.FPDF_GetLastError()}")

    def __len__(self) -> int:
        with LOCK:
            return int(pdfium.FPDF_GetPageCount(self._document))

    def page(self, number: int) -> PageContent:
        """Read a page.

        Args:
            number: From 1.

        Raises:
            ValueError: It cannot be read.
        """
        with LOCK:
            page = pdfium.FPDF_LoadPage(self._document, number - 1)
            if not page:
                raise ValueError(f"PDFium: no page {number}")
            try:
                return Page(page).content(number)
            finally:
                pdfium.FPDF_ClosePage(page)

    def close(self) -> None:
        """Close it; a second time does nothing."""
        with LOCK:
            if self._document:
                pdfium.FPDF_CloseDocument(self._document)
            self._document = None


class Page:
    """One page of a document.

    Args:
        page: PDFium's page; it must stay open.
    """

    def __init__(self, page: Any) -> None:
        self._page = page
        left, bottom, right, top = media_box(page)
        rotation = pdfium.FPDFPage_GetRotation(page)
        width, height = right - left, top - bottom
        self._turn: Matrix = (
            (1, 0, 0, -1, -left, top),
            (0, 1, 1, 0, -bottom, -left),
            (-1, 0, 0, 1, right, -bottom),
            (0, -1, -1, 0, top, right),
        )[rotation % 4]
        self._rotation = rotation % 4
        self.width, self.height = (height, width) if rotation % 2 else (width, height)
        self._names: dict[int, bool] = {}

    def content(self, number: int) -> PageContent:
        """Read it, as the page of this number."""
        glyphs, unread, sideways = self._text()
        shapes: list[Shape] = []
        images = 0
        count = pdfium.FPDFPage_CountObjects(self._page)
        for kind, item in self._objects(count, pdfium.FPDFPage_GetObject, self._page, self._turn, 0):
            if kind == _IMAGE:
                images += 1
            elif isinstance(item, list):
                shapes += item
        return PageContent(
            number,
            self.width,
            self.height,
            tuple(glyphs),
            tuple(shapes),
            images,
            len(unread),
            sideways,
            (),
            tuple(unread),
        )

    # Letters.

    def _text(self) -> tuple[list[Glyph], list[tuple[int, Glyph]], int]:
        text = pdfium.FPDFText_LoadPage(self._page)
        try:
            return self._letters(ctypes.cast(text, POINTER).value or 0, pdfium.FPDFText_CountChars(text))
        finally:
            pdfium.FPDFText_ClosePage(text)

    def _letters(self, text: int, count: int) -> tuple[list[Glyph], list[tuple[int, Glyph]], int]:
        glyphs: list[Glyph] = []
        unread: list[tuple[int, Glyph]] = []
        sideways = 0
        box = pdfium.FS_RECTF()
        at = ctypes.addressof(box)
        shift, rotated = self._turn[4], self._rotation
        last = 0
        baseline, size, bold, colour = _Run(None, 0.0, False, None)
        for n in range(count):
            drawn = object_of(text, n)
            if not drawn:
                continue  # a blank or a line's end that the library puts in
            if drawn != last:
                last = drawn
                baseline, size, bold, colour = self._run(text, n, drawn)
            code = letter_of(text, n)
            letter = "-" if code in _HYPHENS else chr(code) if code <= 0x10FFFF else ""
            if not code or unmapped(text, n) or not (letter.isprintable() or letter.isspace()):
                box_of(text, n, at)
                edges = (box.left + shift, box.right + shift)
                unread.append((len(glyphs), Glyph(UNREAD, *edges, baseline or 0.0, size, bold, colour)))
                continue
            if baseline is None:
                sideways += 1
                continue
            box_of(text, n, at)
            if rotated:
                left, _, right, _ = self._box(self._turn, box.left, box.bottom, box.right, box.top)
            else:
                left, right = box.left + shift, box.right + shift
            if letter > "\u02ff":
                letter = letters(letter)
            glyphs.append(Glyph(letter, left, right, baseline, size, bold, colour))
        return glyphs, unread, sideways

    def _run(self, text: int, n: int, drawn: int) -> _Run:
        matrix = pdfium.FS_MATRIX()
        x, y = ctypes.c_double(), ctypes.c_double()
        matrix_of(text, n, ctypes.addressof(matrix))
        origin_of(text, n, ctypes.addressof(x), ctypes.addressof(y))
        (a, b), (c, d) = self._turned(matrix.a, matrix.b), self._turned(matrix.c, matrix.d)
        # y runs down here, so letters stand upright where d is negative.
        upright = a * -d > 0 and b * -c <= 0 and abs(a) > abs(b)
        size = size_of(text, n) * math.hypot(c, d)
        baseline = self._point(self._turn, x.value, y.value)[1]
        return _Run(baseline if upright else None, size, self._bold(drawn), colour_from(fill_of, drawn))

    def _bold(self, drawn: int) -> bool:
        font = font_of(drawn)
        if not font:
            return False
        if font not in self._names:
            name = ctypes.create_string_buffer(256)
            name_of(font, ctypes.addressof(name), 256)
            self._names[font] = is_bold(name.value.decode("utf-8", "replace"))
        return self._names[font]

    # Paths and pictures.

    def _objects(
        self, count: int, get: Callable[..., Any], parent: Any, matrix: Matrix, depth: int
    ) -> Iterator[tuple[int, list[Shape] | None]]:
        for n in range(count):
            item = get(parent, n)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == _TEXT:
                continue
            if kind == _PATH:
                yield kind, list(self._path(item, matrix))
            elif kind == _FORM and depth < _DEEPEST:
                inner = times(matrix_from(item), matrix)
                many = pdfium.FPDFFormObj_CountObjects(item)
                yield from self._objects(many, pdfium.FPDFFormObj_GetObject, item, inner, depth + 1)
            else:
                yield kind, None

    def _path(self, item: Any, matrix: Matrix) -> Iterator[Shape]:
        """A shape for each part of a path that is drawn in one stroke."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        if not fill.value and not stroke.value:
            return
        address = ctypes.cast(item, POINTER).value or 0
        colour = colour_from(fill_of if fill.value else stroke_of, address)
        own = times(matrix_from(item), matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for n in range(pdfium.FPDFPath_CountSegments(item)):
            segment = pdfium.FPDFPath_GetPathSegment(item, n)
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield bounds(points, colour)
                points = []
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(self._point(own, x.value, y.value))
        if len(points) > 1:
            yield bounds(points, colour)

    # Geometry.

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, _, _ = self._turn
        return a * x + c * y, b * x + d * y

    @staticmethod
    def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = matrix
        return a * x + c * y + e, b * x + d * y + f

    def _box(
        self, matrix: Matrix, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        points = [self._point(matrix, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)
