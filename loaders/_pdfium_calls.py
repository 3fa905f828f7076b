"""PDFium's functions as they are called most quickly, and the geometry that its values need.

Described in PDFium's public headers (fpdf_text.h, fpdf_edit.h, fpdf_transformpage.h).
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pypdfium2  # noqa: F401  # makes the library ready
import pypdfium2.raw as pdfium

from loaders._delve_glyphs import Colour, Shape

LOCK = threading.RLock()  # the library is not made for several threads
POINTER = ctypes.c_void_p
Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A C function whose pointers are numbers, which is quicker to call and to compare."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


_P, _I, _U = POINTER, ctypes.c_int, ctypes.c_uint
object_of = _plain(pdfium.FPDFText_GetTextObject, _P, _P, _I)
letter_of = _plain(pdfium.FPDFText_GetUnicode, _U, _P, _I)
unmapped = _plain(pdfium.FPDFText_HasUnicodeMapError, _I, _P, _I)
box_of = _plain(pdfium.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
origin_of = _plain(pdfium.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P)
matrix_of = _plain(pdfium.FPDFText_GetMatrix, _I, _P, _I, _P)
size_of = _plain(pdfium.FPDFText_GetFontSize, ctypes.c_double, _P, _I)
font_of = _plain(pdfium.FPDFTextObj_GetFont, _P, _P)
name_of = _plain(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _P, _P, ctypes.c_size_t)
fill_of = _plain(pdfium.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
stroke_of = _plain(pdfium.FPDFPageObj_GetStrokeColor, _I, _P, _P, _P, _P, _P)


def media_box(page: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of a page in its own units."""
    edges = [ctypes.c_float() for _ in range(4)]
    if pdfium.FPDFPage_GetMediaBox(page, *edges):
        x0, y0, x1, y1 = (edge.value for edge in edges)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return 0.0, 0.0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)


def bounds(points: Sequence[tuple[float, float]], colour: Colour) -> Shape:
    """The box around some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Shape(min(xs), min(ys), max(xs), max(ys), colour)


def matrix_from(item: Any) -> Matrix:
    """Of a page object."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def times(first: Matrix, then: Matrix) -> Matrix:
    """One matrix that does both."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def colour_from(get: Callable[..., Any], item: int) -> Colour:
    """The colour that `get` (`fill_of`, `stroke_of`) tells of a page object."""
    parts = (ctypes.c_uint * 4)()
    at = ctypes.addressof(parts)
    if not get(item, at, at + 4, at + 8, at + 12):
        return None
    return tuple(round(part / 255, 2) for part in parts[:3])
