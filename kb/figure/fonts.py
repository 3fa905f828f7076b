"""Letters: which font has them, how wide they are, where a line breaks, and their outlines.

The figures are set in IBM Plex Sans Condensed (SIL OFL), whose narrow letters leave room in a
paper's column; Noto Sans (SIL OFL) stands in for Greek, Cyrillic and Devanagari. Both come from
PyPI, so that a figure looks the same on every machine; fonts of the system are never used. Further
files may be given for other scripts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kb.errors import ExportError

ASCENT = 0.78  # of the letter size: from the top of a line to its baseline, optically
MISSING_ADVANCE = 0.9  # width of a letter that no font has, in ems
UNBROKEN = 9.0  # width in ems up to which a word is not broken, however little room there is
_BREAK_AFTER = frozenset("-_/,;:.–—)]}|")


class Face:
    """One font file, read when first asked.

    Raises:
        ExportError: If the file is no TrueType font.
    """

    def __init__(self, path: Path) -> None:
        from fontTools.ttLib import TTFont, TTLibError

        self.path = path
        try:
            font = TTFont(path, lazy=True)
            self._names: dict[int, str] = font.getBestCmap() or {}
            self._advances = font["hmtx"].metrics
            self._em = int(font["head"].unitsPerEm)
            font["glyf"]  # PDF needs TrueType outlines
        except (OSError, TTLibError, KeyError) as error:
            raise ExportError(f"{path} is not a TrueType font; give a .ttf file.") from error
        self._font = font

    def has(self, character: str) -> bool:
        """Whether the font can draw it."""
        return ord(character) in self._names

    def advance(self, character: str) -> float:
        """Width of a letter in ems."""
        return float(self._advances[self._names[ord(character)]][0]) / self._em

    @lru_cache(maxsize=2048)  # noqa: B019 - faces live as long as the process
    def outline(self, character: str) -> str:
        """The letter as SVG path data, in thousandths of an em, y upwards; empty for a blank."""
        from fontTools.pens.svgPathPen import SVGPathPen
        from fontTools.pens.transformPen import TransformPen

        glyphs = self._font.getGlyphSet()
        pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.0f}")
        scale = 1000 / self._em
        glyphs[self._names[ord(character)]].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        return str(pen.getCommands())


class Run(NamedTuple):
    """Letters of one line that one font draws; no face: no font has them."""

    face: Face | None
    text: str


class Typeface:
    """The fonts of a figure, in the order in which they are asked for a letter."""

    def __init__(self, extra: Sequence[Path] = ()) -> None:
        others = [_face(path) for path in (_packaged("Noto Sans", 400), *extra)]
        self._faces = {
            False: [_face(_packaged("IBM Plex Sans Condensed", 400)), *others],
            True: [_face(_packaged("IBM Plex Sans Condensed", 600)), *others],
        }
        self.missing: set[str] = set()
        self._known: dict[tuple[str, bool], tuple[Face | None, float]] = {}

    @property
    def faces(self) -> list[Face]:
        """The fonts for text that is not bold; the first is that of most letters."""
        return self._faces[False]

    def runs(self, text: str, bold: bool = False) -> list[Run]:
        """The line in pieces by font."""
        result: list[Run] = []
        for character in text:
            face = self._find(character, bold)[0]
            if result and result[-1].face is face:
                result[-1] = Run(face, result[-1].text + character)
            else:
                result.append(Run(face, character))
        return result

    def _find(self, character: str, bold: bool) -> tuple[Face | None, float]:
        """The font that draws a letter, and the letter's width in ems."""
        known = self._known.get((character, bold))
        if known is None:
            face = next((face for face in self._faces[bold] if face.has(character)), None)
            known = (face, MISSING_ADVANCE if face is None else face.advance(character))
            self._known[character, bold] = known
            if face is None:
                self.missing.add(character)
        return known

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Width of a line in points at a font size in points."""
        return size * sum(self._find(character, bold)[1] for character in text)

    def wrap(self, text: str, size: float, room: float, bold: bool = False) -> list[str]:
        """Break a text into lines no wider than `room`, of about equal width.

        It breaks at blanks and after hyphens and other punctuation of names. A word that is wider
        than `room` is left whole up to nine times the letters' size, about twenty letters.
        """
        pieces = self._pieces(clean(text), size, room, bold)
        lines, _ = _fill(pieces, room)
        # The narrowest room that needs no further line makes the lines even.
        low, high = room / 4, room
        for _ in range(7):
            middle = (low + high) / 2
            narrower, widest = _fill(pieces, middle)
            if len(narrower) <= len(lines) and widest <= middle:
                lines, high = narrower, middle
            else:
                low = middle
        return lines

    def fill(self, text: str, size: float, room: float, bold: bool = False) -> list[str]:
        """Break a text into lines that are filled one after the other, as in a paragraph."""
        return _fill(self._pieces(clean(text), size, room, bold), room)[0]

    def _pieces(self, text: str, size: float, room: float, bold: bool) -> list[_Piece]:
        """The unbreakable pieces of a text, each with the blank that follows it."""
        pieces: list[_Piece] = []
        start, width = 0, 0.0
        for i, character in enumerate(text):
            advance = size * self._find(character, bold)[1]
            if width and character != " " and width + advance > max(room, UNBROKEN * size):
                pieces.append(_Piece(text[start:i], width, width))
                start, width = i, 0.0
            width += advance
            following = text[i + 1 : i + 2]
            hyphen = character in _BREAK_AFTER and following.isalnum() and i > start
            if character == " " or hyphen or not following:
                solid = width - advance if character == " " else width
                pieces.append(_Piece(text[start : i + 1], width, solid))
                start, width = i + 1, 0.0
        return pieces


class _Piece(NamedTuple):
    """Letters that stay together; `solid` is their width without the blank at the end."""

    text: str
    width: float
    solid: float


def _fill(pieces: Sequence[_Piece], room: float) -> tuple[list[str], float]:
    """Lines no wider than `room` as far as pieces allow, and the width of the widest."""
    lines, widest, width = [""], 0.0, 0.0
    for piece in pieces:
        if width and width + piece.solid > room:
            lines.append("")
            width = 0.0
        lines[-1] += piece.text
        widest = max(widest, width + piece.solid)
        width += piece.width
    return [line.strip() for line in lines], widest


def run_width(run: Run) -> float:
    """Width of a run in ems."""
    if run.face is None:
        return MISSING_ADVANCE * len(run.text)
    return sum(map(run.face.advance, run.text))


def clean(text: str) -> str:
    """The text as one line that can be set: composed letters, no control or joining characters."""
    composed = unicodedata.normalize("NFC", text)
    kept = (
        " " if character.isspace() else character
        for character in composed
        if character.isspace()
        or (
            unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Cn")
            and not "\ufe00" <= character <= "\ufe0f"
        )
    )
    return " ".join("".join(kept).split())


@lru_cache(maxsize=32)
def _face(path: Path) -> Face:
    return Face(path)


def _packaged(family: str, weight: int) -> Path:
    import fontpkg

    try:
        return Path(fontpkg.path(family, weight, nearest=True))
    except fontpkg.FontpkgError as error:
        name = f"fontpkg-{family.lower().replace(' ', '-')}"
        raise ExportError(f"The font {family} is missing; install it with: pip install {name}") from error
