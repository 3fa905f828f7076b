"""Labels of factors in Causal Map: ``;`` makes a hierarchy, ``~`` an opposite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kb.records import Code, End, Relation

OPPOSITE = "opposite of"


def label(text: str) -> str:
    """A factor's label in one way of writing.

    >>> label(" Health;better  diet; "), label("~ Health")
    ('Health; better diet', '~Health')
    """
    parts = [" ".join(part.split()) for part in text.split(";")]
    return "; ".join(re.sub(r"^~\s*", "~", part) for part in parts if part)


def tree(labels: Iterable[str], descriptions: Mapping[str, str]) -> Iterator[Code | Relation]:
    """The codes, each under what stands before its last ``;``, and which is the opposite of which."""
    every: dict[str, None] = {}
    for one in labels:
        parts = one.split("; ")
        every |= dict.fromkeys("; ".join(parts[:n]) for n in range(1, len(parts) + 1))
    opposites = {}
    for one in every:
        other = "; ".join(part.removeprefix("~") for part in one.split("; "))
        if other != one and other:
            opposites[one] = other
    every |= dict.fromkeys(opposites.values())
    for one in sorted(every):
        above = one.rpartition("; ")[0]
        yield Code(name=one, parent=above or None, description=descriptions.get(one))
    for one, other in sorted(opposites.items()):
        yield Relation(kind=OPPOSITE, start=End(code=one), end=End(code=other))
