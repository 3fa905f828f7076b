"""One speaker in several spellings: another case (``interviewer``, ``MO``), a full stop, two blanks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from loaders._heads import label_key
from loaders._roles import normal


def one_spelling(labels: Iterable[str]) -> dict[str, str]:
    """For each label the spelling that most of the same speaker's have.

    Of equals it is one with a capital and without a full stop, the first of them.

    Single letters keep their case: ``A`` and ``a`` may be two people.
    """
    counts = Counter(label for label in labels if label)
    groups: dict[str, list[str]] = defaultdict(list)
    for label in counts:
        long = len(normal(label)) > 1 or any(map(str.isdigit, label))
        groups[label_key(label) if long else label.rstrip(".")].append(label)
    return {
        label: max(group, key=lambda one: (counts[one], one[:1].isupper(), one[-1:] != "."))
        for group in groups.values()
        for label in group
    }
