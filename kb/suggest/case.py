"""What one answer says for one pair of codes, gathered into evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.suggest.located import Located
from kb.suggest.model import Evidence, Explicit


@dataclass(frozen=True)
class Item:
    """One reason to suggest a pair.

    Attributes:
        points: Its weight before doubt.
        why: The reason, in a few words.
        first, last: The sentences of its quote, by their index in the answer.
        belief: The factor for hedged and hypothetical speech of its sentence.
        explicit: How plainly it is said.
        named: How many ends the words of the quote name.
    """

    points: float
    why: str
    first: int
    last: int
    belief: float
    explicit: Explicit = "implied"
    named: int = 0

    @property
    def weight(self) -> float:
        """Points after doubt."""
        return self.points * self.belief


@dataclass
class Case:
    """The best reason of each sort, for one pair in one answer."""

    found: dict[str, Item] = field(default_factory=dict)
    passages: int = 0

    def add(self, sort: str, item: Item) -> None:
        """Keep an item if there is no better one of its sort: weightier, or else naming more ends."""
        self.passages += sort == "place"
        old = self.found.get(sort)
        if old is None or (item.weight, item.named) > (old.weight, old.named):
            self.found[sort] = item

    def evidence(self, located: Located, further: Sequence[tuple[float, str]] = ()) -> Evidence:
        """The evidence of an answer: its items added up, with the quote of the weightiest.

        Args:
            located: The answer.
            further: Points and reasons that hang on the pair alone.
        """
        items = sorted(self.found.values(), key=lambda item: (-item.weight, -item.named, item.why))
        best = items[0]
        sentence = located.answer.sentences[best.last]
        turn = located.turn(sentence.place)
        points = sum(item.weight for item in items) + sum(p for p, _ in further) * best.belief
        return Evidence(
            interview=located.answer.interview,
            turn=turn.id,
            person=turn.speaker,
            quote=located.quote(best.first, best.last),
            points=round(points, 3),
            explicit=best.explicit,
            passages=self.passages,
            why=(*(item.why for item in items), *(why for _, why in further), *sentence.doubts),
        )
