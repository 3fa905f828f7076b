"""Which labels are one name written differently: the pairing of fixes, and near-duplicates.

Names agree on a level, strongest first: the same, but for case and separators, but for singular
and plural, but for a word such as *issue*. Letters that merely look alike are no level: they
never pair anything (`Data-low-quality` and `Data-low-quantity` are two things).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from kb.codebook.labels import stem, words

SAME, SPELLING, NUMBER, ISSUE_WORD = range(4)
LEVELS = {
    SAME: "same name",
    SPELLING: "same name but for case or separators",
    NUMBER: "same name but for singular and plural",
    ISSUE_WORD: "same name but for an issue word",
}

# Words that only say that the rest of the name is a trouble; with or without them it is the same one.
_TROUBLE = """issue issues problem problems difficult difficulty difficulties challenge challenges
    challenging hard trouble troubles"""
_ISSUE_WORDS = frozenset(_TROUBLE.split())
_AUXILIARY = frozenset({"is", "are"})  # "… is difficult"
# Of these are the ends that `_plural` takes off and puts on.
_PLURAL_LETTERS = "seiy"

_Words = tuple[str, ...]


class Names:
    """An index of names that finds those that agree with another one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._by_shape: dict[_Words, list[str]] = defaultdict(list)
        for name in sorted(self._names):
            for shape in {_shape(words(stem(name))), _shape(_bare(words(stem(name))))} - {()}:
                self._by_shape[shape].append(name)

    def best(self, name: str) -> tuple[int, list[str]] | None:
        """The strongest level on which names agree with `name`, and those names, sorted."""
        if name in self._names:
            return SAME, [name]
        parts = words(name)
        found: dict[int, set[str]] = defaultdict(set)
        for shape in (_shape(parts), _shape(_bare(parts))):
            for other in self._by_shape.get(shape, ()):
                level = agree(parts, words(stem(other)))
                if level is not None:
                    found[level].add(other)
        if not found:
            return None
        level = min(found)
        return level, sorted(found[level])

    def pairs(self) -> Iterable[tuple[int, str, str]]:
        """Each two names that agree, once, with their level; in order."""
        levels: dict[tuple[str, str], int] = {}
        for names in self._by_shape.values():
            parts = {name: words(stem(name)) for name in names}
            for one, other in combinations(names, 2):
                level = agree(parts[one], parts[other])
                if level is not None:
                    levels[one, other] = level
        return [(level, one, other) for (one, other), level in sorted(levels.items())]


def agree(one: _Words, other: _Words) -> int | None:
    """The strongest level on which two names' words agree, or None."""
    if not one or not other:
        return None
    if one == other:
        return SPELLING
    if _same_but_number(one, other):
        return NUMBER
    if _same_but_number(_bare(one), _bare(other)):
        return ISSUE_WORD
    return None


def _bare(parts: _Words) -> _Words:
    """The words without issue words at their end; never none at all."""
    bare = parts
    while len(bare) > 1 and bare[-1] in _ISSUE_WORDS:
        bare = bare[:-1]
    while len(parts) > len(bare) > 1 and bare[-1] in _AUXILIARY:
        bare = bare[:-1]
    return bare


def _shape(parts: _Words) -> _Words:
    """What words keep in singular and plural; only names of one shape need be compared."""
    return tuple(part.rstrip(_PLURAL_LETTERS) for part in parts)


def _same_but_number(one: _Words, other: _Words) -> bool:
    return len(one) == len(other) and all(
        a == b or _plural(a, b) or _plural(b, a) for a, b in zip(one, other, strict=True)
    )


def _plural(singular: str, plural: str) -> bool:
    """Whether the second word is the first one's regular English plural.

    Comparing two words is safer than stripping endings off one (`bias` is no plural of `bia`).
    """
    if singular.isnumeric():
        return False
    return (
        plural in {singular + "s", singular + "es"}
        or (singular.endswith("y") and plural == singular[:-1] + "ies")
        or (singular.endswith("is") and plural == singular[:-2] + "es")
    )
