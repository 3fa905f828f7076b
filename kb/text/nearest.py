"""What a misspelt name may have meant."""

from __future__ import annotations

from collections.abc import Iterable

# Out of 100. Below it, names have no more in common than any two words of a language.
_ENOUGH = 65.0
# A name that is near a part of another one is a weaker sign than one that is near all of it.
_PART_WEIGHT = 0.8
_MIN_PART = 4
# A few letters are part of any long sentence: what was asked is at least this share of the name.
_MIN_SHARE = 0.3
# Out of 100: two names that are one, written by a slip in two ways.
_SAME_NAME = 90.0


def nearest(name: str, names: Iterable[str], n: int = 3) -> list[str]:
    """The names most like `name`, best first, for "did you mean".

    Case does not count; the whole name counts more than a part of it. Names that are too far
    away are left out, so that the list may be empty.

    >>> nearest("MT-overfiting", ["MD-performance-drop", "MT-overfitting"])
    ['MT-overfitting']
    """
    from rapidfuzz import fuzz

    asked = name.casefold()

    def score(other: str) -> float:
        whole = fuzz.ratio(asked, other)
        if not max(_MIN_PART, _MIN_SHARE * len(other)) <= len(asked) <= len(other):
            return whole
        return max(whole, _PART_WEIGHT * fuzz.partial_ratio(asked, other))

    scored = ((score(other.casefold()), other) for other in set(names))
    ranked = sorted((-value, other) for value, other in scored if value >= _ENOUGH)
    return [other for _, other in ranked[:n]]


def misspelt(name: str, names: Iterable[str]) -> str | None:
    """The one of some names in several words that `name` is but for a slip; None if it is none of them.

    Names that differ in a number or in a single letter (`model A`, `model B`) are different names.

    >>> misspelt("late delivry of data", ["late delivery of data"])
    'late delivery of data'
    >>> misspelt("pump number 8 breaks", ["pump number 9 breaks"])
    """
    from rapidfuzz import fuzz

    folded = name.casefold()
    for other in names:
        close = len(other.split()) > 1 and fuzz.ratio(folded, other.casefold()) >= _SAME_NAME
        if close and _counted(folded) == _counted(other.casefold()):
            return other
    return None


def _counted(name: str) -> list[str]:
    """The words of a name that count or letter something."""
    return [word for word in name.split() if len(word) == 1 or any(map(str.isdigit, word))]


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A question to append to a message, with a blank before it, or nothing if none is near."""
    near = nearest(name, names)
    return f" Did you mean {' or '.join(repr(other) for other in near)}?" if near else ""
