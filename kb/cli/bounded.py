"""Lists for people to read stay short: a survey is one file of a thousand interviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

SHOWN = 20  # of one kind, before the rest is a number
T = TypeVar("T")


def first_of_each(
    items: Iterable[T], kind: Callable[[T], Hashable], more: Callable[[T, int], T], shown: int = SHOWN
) -> Iterator[T]:
    """The items, of each kind at most so many, then how many more there are.

    Args:
        items: In their order.
        kind: What an item is one of.
        more: Makes what stands for the rest of a kind, from its last item and their number.
        shown: How many of a kind are shown; one more is shown, too, rather than counted.

    >>> list(first_of_each("aaaab", str, lambda item, n: f"{n} more {item}", 2))
    ['a', 'a', '2 more a', 'b']
    """
    items = list(items)
    count = Counter(map(kind, items))
    met: Counter[Hashable] = Counter()
    for item in items:
        here = kind(item)
        met[here] += 1
        if count[here] <= shown + 1 or met[here] <= shown:
            yield item
        elif met[here] == shown + 1:
            yield more(item, count[here] - shown)
