"""Parts of a recording or a page that are coded, on the words of the text that stands for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kb.records import Notice
from kb.text.words import plural
from loaders._refi_model import Body, Item, Selection

_SEARCHED = 8  # letters of words that are looked for in a text, since their place is not given

Placed = tuple[Selection, tuple[int, int]]


def on_words(
    file: str,
    item: Item,
    text: str,
    times: Mapping[int, float],
    marks: Sequence[Placed],
    lost: Counter[str],
) -> tuple[list[Placed], Notice | None]:
    """The parts whose words can be told, with their places; and what to say of it.

    Args:
        file: Name of the project.
        item: The source.
        text: Its first text.
        times: Seconds, by place in the text.
        marks: The text's own selections.
        lost: How many have no words, which is added to.
    """
    there = {span for _, span in marks}
    found = []
    for region in item.regions:
        span = None
        if region.kind in ("AudioSelection", "VideoSelection") and times:
            span = _between(region, times, len(text))
        elif region.kind == "PDFSelection":
            span = _search(region.name, text)
        if span is not None:
            if span not in there or not _again(region, item.texts[0]):
                found.append((region, span))
            continue
        kind = {"PDFSelection": "pages", "PictureSelection": "pictures"}.get(region.kind, "recordings")
        lost[f"codings of parts of {kind}"] += len(region.codings)
        lost[f"notes on parts of {kind}"] += len(region.notes) + bool(region.description)
    if not found:
        return [], None
    page = item.kind == "PDFSource"
    what, how = ("page", "that they name") if page else ("recording", "at their times")
    count = plural(len(found), "selection")
    message = f"{count} of the {what} “{item.name}” are put on the words of its text {how}."
    return found, Notice(level="warning", message=message, source=file)


def _between(region: Selection, times: Mapping[int, float], end: int) -> tuple[int, int] | None:
    """The words said between two times."""
    if region.start is None or region.end is None or region.start >= region.end:
        return None
    points = sorted(times.items())
    before = [at for at, time in points if time <= region.start / 1000]
    after = [at for at, time in points if time >= region.end / 1000]
    span = (before[-1] if before else points[0][0], after[0] if after else end)
    return span if span[0] < span[1] else None


def _search(words: str | None, text: str) -> tuple[int, int] | None:
    """Where words stand in a text, whatever its line breaks; None where they do not, or twice."""
    wanted = (words or "").split()
    if sum(map(len, wanted)) < _SEARCHED or len(wanted) > 2000:
        return None
    found = re.finditer(r"\s+".join(map(re.escape, wanted)), text)
    first, second = next(found, None), next(found, None)
    return first.span() if first and not second else None


def _again(region: Selection, body: Body) -> bool:
    """Whether the same codes are on the words already."""
    codes = {coding.code for selection in body.selections for coding in selection.codings}
    return codes >= {coding.code for coding in region.codings}
