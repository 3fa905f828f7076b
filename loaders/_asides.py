"""Brackets behind a name that say how, or to whom, something is said: ``Mo (laughing)``, ``Mo [off]``."""

from __future__ import annotations

from collections import Counter

from loaders._heads import label_key
from loaders._label_words import NAMES_AFTER
from loaders._roles import derived_role


def count_asides(counts: Counter[str], spelling: dict[str, str]) -> None:
    """Count ``Mo (laughing)`` and ``Mo [off]``, which come once each, among Mo's."""
    more: Counter[str] = Counter()
    for one in [one for one in counts if counts[one] == 1]:
        match = NAMES_AFTER.search(spelling[one])
        if match and match.start() and derived_role(spelling[one]) is None and _how(match[0]):
            plain = spelling[one][: match.start()]
            more[label_key(plain)] += 1
            spelling.setdefault(label_key(plain), plain)
    for plain, count in more.items():
        if counts[plain] + count > 1:
            counts[plain] += count


def _how(aside: str) -> bool:
    """Whether brackets behind a name may say how, or to whom, something is said."""
    inner = aside.strip(" ()[]（）")
    return inner[:1].islower() and "/" not in inner and not any(c.isdigit() for c in inner)


def is_aside(label: str, counts: Counter[str], accepted: set[str]) -> bool:
    """Whether it is another label with how something is said in brackets: ``Mo (laughing)`` beside ``Mo``."""
    match = NAMES_AFTER.search(label)
    if match is None or "/" in match[0]:
        return False
    plain = label[: match.start()]
    if derived_role(label) is not None and not (derived_role(plain) and _how(match[0])):
        return False
    return label_key(plain) in accepted and counts[label_key(plain)] > counts[label_key(label)]
