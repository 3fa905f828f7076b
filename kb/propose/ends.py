"""The ends of a proposed relation: codes, whatever their case and separators, or several words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from kb.propose.model import MAX_NAME
from kb.text.nearest import did_you_mean, misspelt, nearest


class End(NamedTuple):
    """What an end means.

    Attributes:
        name: The concept as the study writes it, or the words of one that no code names.
        code: Whether a code, or a concept that the graph has, goes by it.
        like: The codes that words may stand for, the nearest first.
    """

    name: str
    code: bool
    like: tuple[str, ...] = ()


class Names:
    """The names that concepts of a study go by.

    Args:
        concepts: Any name (labels as written, aliases), and the concept's that it stands for.
    """

    def __init__(self, concepts: Mapping[str, str]) -> None:
        self._concepts = dict(concepts)
        self._by_key: dict[str, set[str]] = defaultdict(set)
        for name, concept in concepts.items():
            self._by_key[_key(name)].add(concept)
        self._in_words = [name for name in concepts if len(name.split()) > 1]

    def end(self, given: str) -> End | str:
        """What a name means, or what is wrong with it, in a sentence."""
        name = " ".join(given.split())
        if not any(map(str.isalnum, name)):
            return f"'{name}' is no name: write a code, or several words."
        if len(name) > MAX_NAME:
            return f"'{name[:40]}…' is longer than {MAX_NAME} letters: write a code, or a few words."
        if name in self._concepts:
            return End(self._concepts[name], code=True)
        found = sorted(self._by_key.get(_key(name), ()))
        if len(found) == 1:
            return End(found[0], code=True)
        if found:
            return f"'{name}' could be {' or '.join(map(repr, found))}: name one of them as it is written."
        if len(name.split()) == 1:
            return (
                f"there is no code '{name}'.{did_you_mean(name, self._concepts)} A concept that is no code "
                "has several words."
            )
        if near := misspelt(name, self._in_words):
            return f"'{name}' is no code, but nearly the code '{near}': write it that way."
        return End(name, code=False, like=tuple(nearest(name, self._concepts)))


def _key(name: str) -> str:
    """A name without case and separators."""
    return re.sub(r"[\W_]+", "", name.casefold())
