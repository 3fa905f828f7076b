"""A label whose colon was forgotten: ``Mo The meter …`` among ``Mo: …`` and ``Ada: …``.

It may be the name of somebody of whom another one speaks (``Mo Field came``). So it is taken for a label only
where every other paragraph has one, where it is the turn of somebody else than those before and after, and
where the word behind it is no name: it stands in small letters elsewhere, or is a small word of the language.
It counts as guessed all the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from loaders._label import Heading
from loaders._label_words import is_known, is_name, is_noise
from loaders._letters import language_of, small_words
from loaders._times import EDGE, only_time

FORM = "dropped"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MOST = 0.1  # of the labelled paragraphs; where more are without, they are no slips


def dropped_colons(
    lines: Sequence[str], headings: Mapping[int, Heading], form: str | None
) -> dict[int, Heading]:
    """The headings of the paragraphs whose label has lost its colon.

    Args:
        lines: All lines, ``""`` for those left out.
        headings: The labels by the index of their line.
        form: That of most labels.
    """
    if form != "colon" or len(headings) < 4:
        return {}
    first = min(headings)
    filled = [n for n, line in enumerate(lines) if line.strip(EDGE) and only_time(line) is None]
    bare = [n for n in filled if n not in headings and not is_noise(lines[n]) and n > first]
    if not bare or len(bare) > max(2, _MOST * len(headings)):
        return {}
    labels = {h.label for h in headings.values() if len(h.label) > 1 and not is_known(h.label)}
    names: dict[str, list[str]] = defaultdict(list)
    for label in sorted(filter(is_name, labels), key=len, reverse=True):
        names[label.split()[0]].append(label)
    found = {n: h for n in bare if (h := _begun(lines[n].strip(EDGE), names))}
    if not names or len(found) < len(bare):
        return {}
    texts = [h.text for h in headings.values()]
    small = {word for text in texts for word in _WORD.findall(text) if word.islower()}
    small |= small_words(language_of(texts))
    order = sorted({**headings, **found})
    out = {}
    for n, h in found.items():
        at = bisect_left(order, n)
        around = {headings[m].key for m in order[max(0, at - 1) : at + 2] if m in headings}
        word = _WORD.match(h.text)
        if word and word[0].casefold() in small and h.key not in around:
            out[n] = h
    return out


def _begun(text: str, names: Mapping[str, Sequence[str]]) -> Heading | None:
    """The name (by first words) that a paragraph begins with, a word with a capital behind it."""
    for name in names.get(text.split(maxsplit=1)[0], ()):
        rest = text[len(name) :]
        if text.startswith(name) and rest[:1].isspace() and rest.strip()[:1].isupper():
            return Heading(name, rest.strip(), form=FORM)
    return None
