"""What one answer says for one pair of codes, gathered into evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.suggest.located import Located, Words
from kb.suggest.model import Evidence, Explicit, Quote, Sign, Span, Spans

# What a sort of evidence is: of each sort the best counts, and the sorts are added up.
SORT: dict[Sign, str] = {
    "strong cue": "link", "weak cue": "link", "half cue": "link", "listed": "question", "remedy": "words",
    "question": "question", "asked issues": "question", "pair": "pair", "same passage": "place",
    "next passage": "place", "cue nearby": "words",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One reason to suggest a pair.

    Attributes:
        sign: Its kind.
        points: Its weight before doubt.
        why: The reason, in a few words.
        sentence: The sentence of its quote, by its index in the answer.
        belief: The factor for hedged and hypothetical speech of its sentence.
        first: The sentence with which its quote begins, where that is an earlier one.
        explicit: How plainly it is said.
        named: How many ends the words of the quote name.
        ends: The words of the cause and of the effect (of the issue and of the fix), if any.
        directed: Whether it tells which end comes first.
    """

    sign: Sign
    points: float
    why: str
    sentence: int
    belief: float
    first: int | None = None
    explicit: Explicit = "implied"
    named: int = 0
    ends: tuple[Words | None, Words | None] = (None, None)
    directed: bool = True

    @property
    def weight(self) -> float:
        """Points after doubt."""
        return self.points * self.belief


@dataclass
class Case:
    """The best reason of each sort, for one pair in one answer."""

    found: dict[str, Item] = field(default_factory=dict)
    passages: int = 0

    def add(self, item: Item) -> None:
        """Keep an item if there is no better one of its sort: weightier, or else naming more ends."""
        sort = SORT[item.sign]
        self.passages += sort == "place"
        old = self.found.get(sort)
        if old is None or (item.weight, item.named) > (old.weight, old.named):
            self.found[sort] = item

    @property
    def items(self) -> list[Item]:
        """Its reasons, the weightiest first."""
        return sorted(self.found.values(), key=lambda item: (-item.weight, -item.named, item.why))

    @property
    def points(self) -> float:
        """What they add up to."""
        return sum(item.weight for item in self.found.values())

    @property
    def best(self) -> Item:
        """The weightiest reason, whose words are quoted."""
        return self.items[0]

    @property
    def directed(self) -> bool:
        """Whether any reason tells the direction."""
        return any(item.directed for item in self.found.values())

    def evidence(self, located: Located, further: Sequence[tuple[Sign, float, str]] = ()) -> Evidence:
        """The evidence of an answer: its items added up, with the quote of the weightiest.

        Args:
            located: The answer.
            further: Kind, points and reason of what hangs on the pair alone.
        """
        items = self.items
        best = items[0]
        points = self.points + sum(p for _, p, _ in further) * best.belief
        quotes, spans = _quoted(located, best)
        return Evidence(
            interview=located.answer.interview,
            turn=quotes[-1].turn,
            person=quotes[-1].person,
            quote=quotes[-1].text,
            quotes=quotes,
            spans=spans,
            kind=best.sign,
            signs=(*(item.sign for item in items), *(sign for sign, *_ in further)),
            points=round(points, 3),
            explicit=best.explicit,
            passages=self.passages,
            why=(
                *(item.why for item in items),
                *(why for *_, why in further),
                *located.answer.sentences[best.sentence].doubts,
            ),
        )


def _quoted(located: Located, item: Item) -> tuple[tuple[Quote, ...], Spans]:
    """The words of an item, of one turn or of two, with the places of its ends in them."""
    last = item.sentence
    first = last if item.first is None else item.first
    sentences = located.answer.sentences
    one = sentences[first].place == sentences[last].place
    stretches = [(first, last)] if one else [(first, first), (last, last)]
    quotes = []
    for a, b in stretches:
        turn = located.turn(sentences[b].place)
        start, end = located.bounds(a, b)
        quotes.append(Quote(turn=turn.id, person=turn.speaker, text=turn.text[start:end], start=start))
    one_end, other_end = (_span(located, words, quotes) for words in item.ends)
    return tuple(quotes), Spans(start=one_end, end=other_end)


def _span(located: Located, words: Words | None, quotes: Sequence[Quote]) -> Span | None:
    """Where words are in the quotes, if they are."""
    if words is None or words.sentence < 0:
        return None
    turn = located.turn(located.answer.sentences[words.sentence].place).id
    for n, quote in enumerate(quotes):
        start, end = words.start - quote.start, words.end - quote.start
        if quote.turn == turn and start >= 0 and end <= len(quote.text):
            return Span(n, start, end)
    return None
