"""Which of the lines that come again at the top or the foot of a PDF's pages are said by somebody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from loaders._delve_lines import Line
from loaders._heads import SENTENCE
from loaders._label_words import is_known
from loaders._labels import Labels

_PAGES = 2  # so many pages show that a line stands on every one
_FAR = 1.5  # usual distances of two lines: so far from the text is a head
Place = tuple[int, float]  # page and baseline


def heads_of_pages(
    lines: Mapping[int, Sequence[Line]], frame: set[Place], text_of: Callable[[Line], str]
) -> set[Place]:
    """The places of `frame` without those at which somebody speaks.

    A line that begins with a label of the document is a turn, though the same one begins two pages
    (``Interviewer: Okay.``); so is what stands between it and the talk. Only a label with a few words that
    are no sentence, on every page, is a head (``Interviewer: Dana Field``).

    Args:
        lines: The lines of each page, from the top.
        frame: Those that come again at the same place of other pages.
        text_of: The words of a line with its bold beginning marked.
    """
    if not frame:
        return frame
    texts = {(line.page, line.baseline): text_of(line) for page in lines.values() for line in page}
    all_ = Labels(list(texts.values()))
    body = Labels([text for place, text in texts.items() if place not in frame])
    every = _on_every_page(lines, frame, texts)
    apart = _apart(lines)

    def is_turn(place: Place) -> bool:
        heading = all_.read(texts[place])
        if heading is None:
            return False
        of_talk = heading.key in body.keys or is_known(heading.label)
        if not heading.text.strip():
            return of_talk and not (texts[place] in every and place in apart)
        if SENTENCE.search(heading.text.rstrip()):
            return True
        return of_talk and texts[place] not in every

    out = set(frame)
    for page in lines.values():
        places = [(line.page, line.baseline) for line in page]
        said = {n for n, place in enumerate(places) if place in frame and is_turn(place)}
        # Below a label on a line of its own are its words.
        said |= {
            n
            for n, place in enumerate(places)
            if n and place in frame and (h := all_.read(texts[places[n - 1]])) and not h.text.strip()
        }
        middle = len(places) / 2
        first = min((n for n in said if n < middle), default=len(places))
        last = max((n for n in said if n >= middle), default=-1)
        out -= {place for n, place in enumerate(places) if first <= n < middle or middle <= n <= last}
    return out


def _apart(lines: Mapping[int, Sequence[Line]]) -> set[Place]:
    """The places of lines that stand far from the line below them."""
    gaps = {
        (a.page, a.baseline): abs(b.baseline - a.baseline)
        for page in lines.values()
        for a, b in pairwise(page)
    }
    usual = median(gaps.values()) if gaps else 0.0
    return {place for place, gap in gaps.items() if gap > _FAR * usual}


def _on_every_page(
    lines: Mapping[int, Sequence[Line]], frame: set[Place], texts: Mapping[Place, str]
) -> set[str]:
    pages: dict[str, set[int]] = {}
    for place in frame:
        pages.setdefault(texts[place], set()).add(place[0])
    return {text for text, on in pages.items() if len(on) == len(lines) >= _PAGES}
