"""How one print is laid out, learned from its first pages, and what each line on a page then is.

Nothing is measured in points: print scale, paper and margins differ from file to file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from loaders._delve_glyphs import PageContent
from loaders._delve_lines import SMALL, Box, Line, boxes_of, fields, had_room, in_box, lines_of
from loaders._text import fold

# The title is set 1.7 times as large as the text.
_LARGE = 1.3
# Lines of one paragraph are 2.2 type sizes apart, paragraphs 4.
_DEFAULT_PITCH = 2.2
_LARGEST_PITCH = 3.0
_NEW_PARAGRAPH = 1.5  # in line pitches
# A page header or footer has at most so many lines.
_FURNITURE_LINES = 3
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
# Each begins at the beginning of a number or word alone, and goes back over none of it.
_PAGE_OF = re.compile(r"(?<!\d)(\d++)\s*+(?:/|of|de|von|sur)\s*+(\d++)$", re.IGNORECASE)
_URL = re.compile(r"\b\w++://|delvetool\.com", re.IGNORECASE)
# Printed after the last turn (2023: "Created with the Delve Qualitative Analysis Tool (http://…)").
# Narrow columns break it, so only its beginning can be asked for.
CREDIT = re.compile(r"Created with the Delve\b", re.IGNORECASE)
_DELVE_URL = re.compile(r"delvetool\.com", re.IGNORECASE)


class Layout(NamedTuple):
    """What is the same on all pages of a print.

    Attributes:
        size: Type size of the text.
        pitch: Distance of two baselines within a paragraph.
        right: Where the longest line ends, near the column's right edge.
        head, foot: How far header and footer reach from the page's top and bottom edge; 0 for none.
        furniture: The lines of header and footer, numbers masked.
        header_title: The title in the page header.
        title: The title above the first turn.
    """

    size: float
    pitch: float
    right: float
    head: float
    foot: float
    furniture: frozenset[str]
    header_title: str | None
    title: str | None


class Sheet(NamedTuple):
    """One page, sorted.

    Attributes:
        items: Lines and code boxes from top to bottom, without header and footer.
        stray: Text in the margins that is not the header's or footer's.
        of_pages: How many pages the print has, as its footer says.
        names_delve: Whether header, footer or the line after the last turn name the tool.
    """

    items: tuple[Line | Box, ...]
    stray: tuple[str, ...]
    of_pages: int | None
    names_delve: bool


def layout_of(sample: Sequence[PageContent]) -> Layout | None:
    """Learn the layout from the first pages; None if there is no text on them."""
    pages = [(page, lines_of(page, page.glyphs)) for page in sample]
    pages = [(page, lines) for page, lines in pages if lines]
    if not pages:
        return None
    head = [line for _, line in _repeated(pages, from_top=True)]
    foot = [(page, line) for page, line in _repeated(pages, from_top=False)]
    furniture = {id(line) for line in head} | {id(line) for _, line in foot}
    size = _text_size(pages, furniture)
    body = [
        line
        for _, lines in pages
        for line in lines
        if id(line) not in furniture and SMALL * size <= line.size <= _LARGE * size
    ]
    gaps = [
        after.baseline - line.baseline
        for line, after in pairwise(body)
        if line.page == after.page and not line.bold and not after.bold
    ]
    gaps = [gap for gap in gaps if gap <= _LARGEST_PITCH * size]
    first = [line for line in pages[0][1] if id(line) not in furniture]
    title = [line.text for line in first[: _leading(first, size)]]
    return Layout(
        size,
        median(gaps) if gaps else _DEFAULT_PITCH * size,
        _right_edge(sample[0].width, body, wrapped=bool(gaps)),
        max((line.baseline for line in head), default=0.0),
        max((page.height - line.baseline for page, line in foot), default=0.0),
        frozenset(_masked(line.text) for line in (*head, *(line for _, line in foot))),
        _header_title(head),
        " ".join(title) or None,
    )


def sheet_of(page: PageContent, layout: Layout) -> Sheet:
    """Sort one page."""
    boxes, rest = boxes_of(page, layout.size)
    items: list[tuple[float, Line | Box]] = [(box.top, box) for box in boxes]
    stray: list[str] = []
    of_pages, names_delve = None, False
    near = 0.3 * layout.size
    for line in lines_of(page, rest):
        text = line.text
        if line.baseline <= layout.head + near or page.height - line.baseline <= layout.foot + near:
            names_delve |= bool(_DELVE_URL.search(text))
            match = _PAGE_OF.search(text)
            of_pages = int(match.group(2)) if match else of_pages
            if _masked(text) not in layout.furniture:
                stray.append(text)
        else:
            names_delve |= bool(CREDIT.match(text))
            items.append((line.baseline - 0.7 * line.size, line))
    items.sort(key=lambda item: item[0])  # stable: boxes of one row keep their order
    return Sheet(tuple(item for _, item in items), tuple(stray), of_pages, names_delve)


def is_title(line: Line, layout: Layout) -> bool:
    """Set larger than any text."""
    return line.size > _LARGE * layout.size


def is_heading(line: Line, layout: Layout) -> bool:
    """A speaker: bold, of about the text's size."""
    return line.bold and SMALL * layout.size <= line.size <= _LARGE * layout.size


def is_text(line: Line, layout: Layout) -> bool:
    """A line of a paragraph."""
    return not line.bold and SMALL * layout.size <= line.size <= _LARGE * layout.size


def goes_on(line: Line, following: Line, layout: Layout) -> bool:
    """Whether two successive text lines are of one paragraph.

    On one page their distance tells. Over a page break, which swallows the space between
    paragraphs, they are unless the next line's first word would have fitted on the line before.
    """
    if line.page == following.page:
        return following.baseline - line.baseline <= _NEW_PARAGRAPH * layout.pitch
    return not had_room(line, following, layout.right)


def _text_size(pages: Sequence[tuple[PageContent, Sequence[Line]]], furniture: set[int]) -> float:
    """The commonest type size of the letters that stand neither in header or footer nor in a box."""
    sizes: Counter[float] = Counter()
    for page, lines in pages:
        for line in lines:
            if id(line) not in furniture:
                sizes.update(
                    round(glyph.size, 1)
                    for glyph in line.glyphs
                    if not glyph.text.isspace() and not in_box(glyph, page.shapes)
                )
    return sizes.most_common(1)[0][0] if sizes else pages[0][1][0].size


def _right_edge(width: float, body: Sequence[Line], *, wrapped: bool) -> float:
    """The right edge of the text, rather too far left than too far right.

    Wrapped lines show it. Where no paragraph has two lines, the right margin is taken for no more
    than one and a half times the left one.
    """
    longest = max((line.x1 for line in body), default=0.0)
    if wrapped or not body:
        return longest
    return max(longest, width - 1.5 * min(line.x0 for line in body))


def _leading(lines: Sequence[Line], size: float) -> int:
    """How many of the first lines are set large."""
    return next((at for at, line in enumerate(lines) if line.size <= _LARGE * size), len(lines))


def _repeated(
    pages: Sequence[tuple[PageContent, Sequence[Line]]], *, from_top: bool
) -> list[tuple[PageContent, Line]]:
    """The outermost lines that are on all pages alike, at the same height and but for numbers."""
    found: list[tuple[PageContent, Line]] = []
    for nth in range(_FURNITURE_LINES):
        if any(len(lines) <= nth for _, lines in pages):
            break
        edge = [(page, lines[nth if from_top else -1 - nth]) for page, lines in pages]
        at = [line.baseline if from_top else page.height - line.baseline for page, line in edge]
        alike = max(at) - min(at) <= 0.3 * edge[0][1].size
        texts = {_masked(line.text) for _, line in edge}
        if not alike or len(texts) > 1 or edge[0][1].bold:
            break
        if len(pages) == 1 and not _like_furniture(edge[0][1].text, from_top=from_top):
            break  # one page cannot repeat: only what a browser prints there counts
        found += edge
    return found


def _like_furniture(text: str, *, from_top: bool) -> bool:
    """Whether the line looks like a browser's page header (a date) or footer (address, page of pages)."""
    if CREDIT.match(text):
        return False
    return bool(_DATE.match(text)) if from_top else bool(_URL.match(text) or _PAGE_OF.search(text))


def _header_title(head: Sequence[Line]) -> str | None:
    """The longest part of the header that is no date, address or page number."""
    parts = [] if not head else fields(head[0])
    parts = [
        part
        for part in parts
        if not _URL.match(part)
        and not _PAGE_OF.fullmatch(part)
        and not (_DATE.match(part) and re.search(r"\d:\d\d", part))
    ]
    return max(parts, key=len, default=None)


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", fold(text))
