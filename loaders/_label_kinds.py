"""The forms that labels have, and what sets them off; see `loaders._headings`."""

from __future__ import annotations

from collections import Counter

from loaders._label import Heading

#: All of them; of two that are as frequent the first one counts.
FORMS = (
    *("stamp", "colon", "bold", "timed", "bracket", "dotted"),
    *("slant", "dashed", "arrow", "semi", "number", "gap", "own"),
)
#: Signs between label and words that are no colon.
SET_OFF = frozenset({"slant", "dashed", "arrow", "semi", "gap"})
#: Those in which only what recurs is a label.
BY_RECURRENCE = frozenset({"gap", "slant", "dashed", "arrow", "semi", "dotted"})
#: The share of the units with a label that shows a form.
LEAST = {**dict.fromkeys(BY_RECURRENCE, 0.8), "slant": 0.6, "dotted": 0.1, "bracket": 0.5}


def set_off_alike(
    found: list[tuple[int, Heading]], counts: Counter[str], core: set[str], rare: set[str]
) -> set[str]:
    """Those that are set off as the others are: a time, bold, brackets, ``>>``, a title."""
    out = {h.key for _, h in found if h.key in rare and h.mark == "change"}
    marks = Counter(h.mark for _, h in found if h.key in core and h.mark)
    labels = sum(counts[k] for k in core)
    if marks and (mark := marks.most_common(1)[0])[1] >= 0.8 * labels:
        out |= {h.key for _, h in found if h.key in rare and h.mark == mark[0]}
    titles = {words[0] for k in core if len(words := k.split()) > 1}
    out |= {k for k in rare if len(words := k.split()) > 1 and words[0] in titles}
    return out
