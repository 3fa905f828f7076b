"""A PDF's pages as paragraphs: lines by their baselines, paragraphs by their gaps, page headers left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from loaders._delve_glyphs import PageContent
from loaders._delve_lines import Line, lines_of
from loaders._labels import Labels
from loaders._numbers import numbers_off
from loaders._paras import UNREAD, Para
from loaders._pdf_heads import heads_of_pages
from loaders._pdf_numbers import without_line_numbers
from loaders._pdf_table import table_rows
from loaders._pdf_two import columns_below
from loaders._text import fold
from loaders._times import BOLD, BOLD_END

_MARGIN = 0.12  # of the page's height, at its top and its foot, in which headers and footers stand
_PARAGRAPH = 1.35  # of the usual distance of lines: a wider one parts paragraphs
_WIDE = 1.9  # type sizes: lines of a paragraph are hardly ever that far apart
_NUMBER = re.compile(
    r"[-–—\s]*(?:\w{1,7}\s+)?\d{1,4}(?:\s*(?:/|of|von|de|di|van|z)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE
)
_LABEL_END = re.compile(r"[:：\t]")
_LABEL = 64  # characters that a label may have
_HYPHENS = ("-", "‐")
_COLUMN_GAP = 3.0  # type sizes: a blank that wide parts cells


def paragraphs(pages: Sequence[PageContent]) -> tuple[list[Para], list[tuple[int, str]]]:
    """The paragraphs in their order, and the headers and footers that were left out, with their pages."""
    lines = {page.number: lines_of(page, page.with_unread()) for page in pages}
    height = {page.number: page.height for page in pages}
    frame = heads_of_pages(lines, _frame(lines, height), _text)
    left = [
        (page, line.text)
        for page, page_lines in lines.items()
        for line in page_lines
        if (page, line.baseline) in frame
    ]
    body = [
        line
        for page_lines in lines.values()
        for line in page_lines
        if (line.page, line.baseline) not in frame
    ]
    body = without_line_numbers(body)
    if not body:
        return [], left
    if (apart := columns_below(body, _text)) is not None:
        body = apart
    elif (rows := table_rows(body, _text)) is not None:
        return rows, left
    pitch = _pitch(body)
    right = _right_edge(body, median(page.width for page in pages))
    paras: list[Para] = []
    held: list[Line] = []
    begins = _beginnings([_text(line) for line in body])
    for n, line in enumerate(body):
        if held and (n in begins or not _goes_on(held, line, pitch, right)):
            paras.append(_para(held))
            held = []
        held.append(line)
    paras.append(_para(held))
    return paras, left


def _frame(lines: dict[int, list[Line]], height: dict[int, float]) -> set[tuple[int, float]]:
    """Page and baseline of the lines of headers and footers: they come again at the same place."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    places: list[tuple[tuple[str, int], Line]] = []
    out = set()
    for page, page_lines in lines.items():
        for n, line in enumerate(page_lines):
            outside = line.baseline < _MARGIN * height[page] or line.baseline > (1 - _MARGIN) * height[page]
            if not outside or 3 <= n < len(page_lines) - 3:
                continue
            where = (re.sub(r"\d+", "#", line.text), round(line.baseline / 3))
            seen[where].add(page)
            places.append((where, line))
            edge = n in (0, len(page_lines) - 1)
            if (
                edge
                and _NUMBER.fullmatch(line.text)
                and (line.text.strip("-–— ").isdigit() or len(lines) > 1)
            ):
                out.add((page, line.baseline))
    least = max(2, len(lines) * 0.5)
    return out | {(line.page, line.baseline) for where, line in places if len(seen[where]) >= least}


def _beginnings(texts: Sequence[str]) -> set[int]:
    """Lines that begin a paragraph whatever their distance: with a label, or with a paragraph's number."""
    bare = numbers_off(texts) or texts
    labels = Labels(bare)
    numbered = {n for n, (text, rest) in enumerate(zip(texts, bare, strict=True)) if text != rest}
    found = {n: heading for n, text in enumerate(bare) if (heading := labels.read(text))}
    # What follows a label on a line of its own is no part of that line.
    below = {n + 1 for n, heading in found.items() if not heading.text.strip()}
    unread = {n for n, text in enumerate(texts) if UNREAD in readable(text)}
    return numbered | set(found) | below | unread


def _pitch(body: Sequence[Line]) -> float:
    """The usual distance of two lines of one paragraph, in type sizes."""
    gaps = Counter(
        round((b.baseline - a.baseline) / a.size, 1)
        for a, b in pairwise(body)
        if a.page == b.page and b.baseline > a.baseline
    )
    usual = [gap for gap, count in gaps.items() if 0.9 <= gap < 4 and count >= max(1, gaps.total() / 20)]
    return min(usual, default=1.2)


def _right_edge(body: Sequence[Line], width: float) -> float:
    """Where lines are wrapped: where many of them end, else as far from the edge as they begin."""
    edges = sorted(line.x1 for line in body)
    edge = edges[int(len(edges) * 0.95)] if len(edges) > 20 else edges[-1]
    size = median(line.size for line in body)
    near = sum(x1 > edge - 6 * size for x1 in edges)
    if len(body) >= 10 and near >= 0.3 * len(body):
        return edge
    left = min(line.x0 for line in body)
    return max(edge, width - left - 2 * size)


def _goes_on(held: Sequence[Line], line: Line, pitch: float, right: float) -> bool:
    """Whether a line belongs to the paragraph of the lines above it."""
    last = held[-1]
    left = median(one.x0 for one in held)
    first_word = _word_width(line)
    full = last.x1 + first_word + 0.25 * last.size > right - 0.2 * last.size
    if line.page != last.page or line.baseline < last.baseline:  # the next page or column
        return full and not _SENTENCE_END.search(last.text)
    gap = (line.baseline - last.baseline) / last.size
    if gap <= 0 or gap > _PARAGRAPH * pitch:
        return False
    if pitch > _WIDE and _SENTENCE_END.search(last.text):  # no distance is small: which one is it?
        return False
    hangs = line.x0 > held[0].x0 + 0.8 * line.size and (
        len(held) == 1 or abs(line.x0 - left) < 0.8 * line.size
    )
    return full or (hangs and len(held) > 1) or (hangs and full)


_SENTENCE_END = re.compile(r"""[.?!…。？！]["'”’»)\]]*$""")


def _word_width(line: Line) -> float:
    """How wide the first word of a line is."""
    start = line.glyphs[0].x0
    end = start
    for glyph in line.glyphs:
        if glyph.text.isspace() or glyph.x0 - end > 0.2 * line.size:
            break
        end = glyph.x1
    return end - start


def _para(held: Sequence[Line]) -> Para:
    text = _text(held[0])
    for line in held[1:]:
        more = fold(_text(line).replace(BOLD, "").replace(BOLD_END, ""))
        if text.endswith(_HYPHENS) and len(text) > 1 and text[-2].isalpha() and more[:1].islower():
            # A word that was divided, or one with a hyphen of its own: the hyphen stays, no word is lost.
            text += more
        else:
            text = f"{text} {more}"
    return Para(readable(text), None, held[0].page, whole=True)


def readable(text: str) -> str:
    """The text without the signs for letters that cannot be read, but for those in the place of a label.

    There they show that a label is not known, so that nobody else's is taken for it.
    """
    if UNREAD not in text:
        return text
    sign = _LABEL_END.search(text[:_LABEL])
    end = sign.start() if sign else len(text) if len(text) < _LABEL else 0
    return text[:end] + text[end:].replace(UNREAD, "")


def _text(line: Line) -> str:
    """The words of a line, its bold beginning marked, wide gaps as tabs."""
    out: list[str] = []
    bold_end = 0
    bold = True
    length = 0
    for n, glyph in enumerate(line.glyphs):
        if n:
            gap = glyph.x0 - line.glyphs[n - 1].x1
            if gap > _COLUMN_GAP * line.size:
                out.append("\t")
                length += 1
            elif gap > 0.2 * line.size and not (out and out[-1].endswith((" ", "\t"))):
                out.append(" ")
                length += 1
        bold = bold and (glyph.bold or glyph.text.isspace())
        out.append(glyph.text)
        length += len(glyph.text)
        if bold:
            bold_end = length
    text = "".join(out)
    head = text[:bold_end].rstrip()
    if head.strip() and len(head) <= 90:
        return f"{BOLD}{head}{BOLD_END}{text[len(head) :]}"
    return text
