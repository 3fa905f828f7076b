"""What may be asked of a report, and what of a study it is read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from kb.appendix.blocks import Quote
from kb.ask.answer import Answer, ask
from kb.ask.query import find_query
from kb.figure.options import FigureOptions
from kb.store.bolt import Store
from kb.text.headed import headed


class Asked(NamedTuple):
    """What the user wants of a report.

    Attributes:
        title: Its title.
        issues: How many issues get a card.
        links: How many links the map has at most.
        zoom: How the map is zoomed out: see the query `causal-map`.
        quotes: Whether people's words are shown.
        pseudonyms: Whether interviews, people and coders are replaced.
        width_mm: Width of figures.
    """

    title: str = "Supplementary material"
    issues: int = 10
    links: int = 60
    zoom: Literal["none", "category", "catalogue"] = "none"
    quotes: bool = True
    pseudonyms: bool = False
    width_mm: float = 170.0


@dataclass(frozen=True)
class Names:
    """What interviews are called, and every text without the names that must not leave the house.

    Attributes:
        interviews: Pseudonyms by id; none where they show as they are.
        scrub: Takes names out of a text.
    """

    interviews: Mapping[str, str] = field(default_factory=dict)
    scrub: Callable[[str], str] = str

    def interview(self, name: str) -> str:
        """What an interview is called."""
        return self.interviews.get(name, name)

    def quote(self, who: str, words: str) -> Quote:
        """Somebody's words; a number alone may count anything, and before words it is an interview."""
        if not who:
            return Quote(self.scrub(words))
        shown, said = headed(self.scrub(f"{who}: {words}"))
        return Quote(said, shown)


class Study(NamedTuple):
    """A graph, or the part of one that some people told, with how its figures are drawn."""

    store: Store
    figures: FigureOptions
    names: Names

    def ask(self, query: str, **given: Any) -> Answer:
        """Ask a canned query that kb ships."""
        return ask(self.store, find_query(query), given)

    def count(self, statement: str) -> int:
        """The number that a statement returns as `n`."""
        return int(self.store.read(statement).rows[0]["n"])
