"""Turns that begin within a line: ``Dana: Why? Mo: It rained.`` is said by two people.

A label of the document, as it is written elsewhere, with its colon and after the end of a sentence, begins a
turn there too; all that follows would else be put into the mouth of the one before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from loaders._label_words import is_name, is_stop
from loaders._labels import Labels
from loaders._paras import Para

_LABEL = r"[^\W\d_][^\s:：.?!…,;*]{0,30}(?: [^\s:：?!…,;*]{1,30}){0,5}"
_TIME = r"(?:[\[(]\d{1,3}:[\d:.,]{2,12}[\])]\s{0,2})?"
_AT = re.compile(
    rf"(?<=[.?!…。？！\"”»)\]])\s+(?=\*{{0,2}}{_TIME}\*{{0,2}}({_LABEL})\*{{0,2}} ?[:：]\*{{0,2}}(?:\s|$))"
)
_FEW = 2  # lines; with no more, the labels within them are told by how they recur there


def turns_apart(paras: Sequence[Para]) -> list[Para]:
    """The lines of a text, cut where a label of the document begins a turn within one."""
    if not any(_AT.search(para.text) for para in paras):
        return list(paras)
    labels = Labels([para.text for para in paras])
    known = set(labels.keys.values()) if labels.form in ("colon", "bold") else set()
    filled = [para.text for para in paras if para.text.strip()]
    if known and (len(known) == 1 or labels.labelled <= _FEW):
        counts = Counter(match[1] for text in filled for match in _AT.finditer(text))
        known |= {one for one, count in counts.items() if count > 1 and is_name(one) and not is_stop(one)}
    return [para._replace(text=part) for para in paras for part in _cut(para.text, labels, known)]


def cut(line: str, labels: Labels) -> list[str]:
    """A line as its turns: cut before each label of the document that stands after a sentence."""
    return _cut(line, labels, labels.keys.values())


def _cut(line: str, labels: Labels, known: Collection[str]) -> list[str]:
    found = [match for match in _AT.finditer(line) if match[1] in known]
    if not found:
        return [line]
    heading = labels.read(line)
    first = len(line) - len(heading.text) if heading else 0
    at = [match.end() for match in found if any(c.isalpha() for c in line[first : match.start()])]
    return [line[a:b].rstrip() if b else line[a:] for a, b in zip([0, *at], [*at, None], strict=True)]
