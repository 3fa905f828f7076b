"""An interview as answers: what was asked, and the sentences of what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Literal

from kb.records import Turn
from kb.suggest.cues import Cues
from kb.suggest.model import CodedInterview
from kb.suggest.phrases import Phrase, Phrases, Word, has, sentences, without
from kb.text.assent import assents

Asks = Literal["cause", "effect", "issue", "fix"]
Where = Literal["after", "before"]

# An interviewer's turn without a question mark and with fewer words than this that carry content
# (I see; thank you) only encourages; the answer goes on.
_ASKING_WORDS = 4
# A refusal opens an answer within its first words (Yeah, well, no).
_OPENING = 4


@dataclass(frozen=True)
class Sentence:
    """A sentence of an answer.

    Attributes:
        place: Index of its passage in the answer.
        words: Without fillers.
        said: Factor of belief: 0 if denied, else a half for each of hedged and hypothetical, or 1.
        doubts: What lowered it, in words.
    """

    place: int
    words: tuple[Word, ...]
    said: float
    doubts: tuple[str, ...] = ()


# Codes on a passage of which each may hint at something with each other one: those are a thousand pairs.
_CROWD = 50


@dataclass(frozen=True)
class Passage:
    """A turn with its codes.

    Attributes:
        turn: The turn.
        spans: For each code on it the marked words, from and to; ``None`` marks the whole turn.
        loose: Codes whose label stands on it without marked words.
    """

    turn: Turn
    spans: Mapping[str, frozenset[tuple[int, int] | None]]
    loose: frozenset[str] = frozenset()

    @property
    def crowded(self) -> bool:
        """Whether so many codes are on it that standing there says nothing of any two of them."""
        return len(self.spans) + len(self.loose) > _CROWD

    @property
    def codes(self) -> frozenset[str]:
        """The codes on it."""
        return frozenset(self.spans)

    def together(self, a: str, b: str) -> bool:
        """Whether two codes are on the same words of it, as far as words are marked."""
        pairs = product(self.spans.get(a, ()), self.spans.get(b, ()))
        return any(not x or not y or (x[0] < y[1] and y[0] < x[1]) for x, y in pairs)


@dataclass(frozen=True)
class Answer:
    """A run of the interviewee's turns after a question.

    Attributes:
        interview: Id of the interview.
        question: The interviewer's turns before it, since the last answer.
        asks: What the question asks for.
        asked: Its sentences, with the index of their turn in `question`.
        confirmed: Whether the answer opens by confirming what was said.
        passages: The turns of the answer.
        sentences: Their sentences, in order.
        before: Codes of the last passage of the answer before, which a follow-up speaks of.
    """

    interview: str
    question: tuple[Passage, ...]
    asks: frozenset[Asks]
    asked: tuple[Sentence, ...]
    confirmed: bool
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    before: frozenset[str]


@dataclass(frozen=True)
class LinkCues:
    """The causal cues together.

    Attributes:
        phrases: To be looked for.
        meaning: Of each, whether it is strong, and on which side of it the cause stands.
    """

    phrases: Phrases
    meaning: Mapping[Phrase, tuple[bool, Where]]


@dataclass
class Reader:
    """Cuts interviews into answers, with the cues of a language.

    Args:
        cues: The cue words.
        doubt: Factor of belief for hedged speech, and again for hypothetical.
    """

    cues: Cues
    doubt: float
    _compiled: dict[str, Phrases] = field(default_factory=dict)

    def phrases(self, name: str) -> Phrases:
        """The phrases of one list of the cues (``questions.fix``), parsed once."""
        if name not in self._compiled:
            value = self.cues
            for part in name.split("."):
                value = getattr(value, part)
            self._compiled[name] = self.cues.phrases(value)  # type: ignore[arg-type]
        return self._compiled[name]

    @cached_property
    def links(self) -> LinkCues:
        """The causal cues, parsed once; one that is in two lists means what the stronger says."""
        meaning: dict[Phrase, tuple[bool, Where]] = {}
        for cues, strong in ((self.cues.links.strong, True), (self.cues.links.weak, False)):
            lists: tuple[tuple[tuple[str, ...], Where], ...] = (
                (cues.cause_after, "after"),
                (cues.cause_before, "before"),
            )
            for lines, where in lists:
                for phrase in self.cues.parsed(lines):
                    meaning.setdefault(phrase, (strong, where))
        return LinkCues(Phrases(sorted(meaning, key=lambda p: (-len(p.parts), p.text))), meaning)

    def split(self, text: str) -> list[tuple[Word, ...]]:
        """The sentences of a text, without fillers."""
        kept = (without(words, self.phrases("fillers")) for words in sentences(text))
        return [tuple(words) for words in kept if words]

    def content(self, words: Sequence[Word]) -> list[Word]:
        """The words that carry content."""
        return [word for word in words if word.text not in self._stopwords]

    def telling(self, words: Sequence[Word]) -> list[Word]:
        """The words that say something by themselves: `it often happens` has none."""
        return [word for word in words if word.text not in self._light]

    def words(self, name: str) -> frozenset[str]:
        """The single words of one list of the cues."""
        return self.cues.words(getattr(self.cues, name))

    @cached_property
    def hollow(self) -> frozenset[str]:
        """Words that no name ends with: those without content, and those that join."""
        return self._stopwords | self.words("joins")

    @cached_property
    def conditions(self) -> frozenset[str]:
        """The words that open a condition (if, when)."""
        return self.cues.words(self.cues.links.weak.cause_after)

    @cached_property
    def _stopwords(self) -> frozenset[str]:
        return self.cues.words(self.cues.stopwords)

    @cached_property
    def _light(self) -> frozenset[str]:
        return self._stopwords | self.cues.words(self.cues.light)

    def answers(self, interview: CodedInterview) -> Iterator[Answer]:
        """The answers of an interview, in order; what is said before any question is one too."""
        question: list[Passage] = []
        given: list[Passage] = []
        before: frozenset[str] = frozenset()
        for passage in _passages(interview):
            if passage.turn.role != "interviewer":
                given.append(passage)
            elif self._asks_something(passage.turn.text):
                if given:
                    yield self._answer(interview.interview, question, given, before)
                    before = given[-1].codes | given[-1].loose
                    question, given = [], []
                question.append(passage)
        if given:
            yield self._answer(interview.interview, question, given, before)

    def _asks_something(self, text: str) -> bool:
        return "?" in text or sum(len(self.content(s)) for s in self.split(text)) >= _ASKING_WORDS

    def _answer(
        self, interview: str, question: list[Passage], given: list[Passage], before: frozenset[str]
    ) -> Answer:
        asked = tuple(
            Sentence(place, words, 1.0)
            for place, passage in enumerate(question)
            for words in self.split(passage.turn.text)
        )
        said: list[Sentence] = []
        for place, passage in enumerate(given):
            refused = False
            for i, words in enumerate(self.split(passage.turn.text)):
                opening = place == 0 and i == 0
                refused = refused or (opening and self._refuses(words))
                refused = refused and not has(words, self.phrases("contrasts"))
                said.append(self._sentence(place, words, refused=refused))
        return Answer(
            interview=interview,
            question=tuple(question),
            asks=self._asks([sentence.words for sentence in asked]),
            asked=asked,
            confirmed=bool(question) and assents(given[0].turn.text),
            passages=tuple(given),
            sentences=tuple(said),
            before=before,
        )

    def _asks(self, asked: Sequence[Sequence[Word]]) -> frozenset[Asks]:
        kinds: tuple[Asks, ...] = ("cause", "effect", "issue", "fix")
        return frozenset(k for k in kinds if any(has(s, self.phrases(f"questions.{k}")) for s in asked))

    def _refuses(self, words: Sequence[Word]) -> bool:
        """Whether a sentence that opens an answer says no to what was asked."""
        if has(words, self.phrases("denials")):
            return True
        return any(
            found[0] > 1 or _closed(words, i)  # No, …; not really; but `no idea how` says nothing of it
            for i in range(min(_OPENING, len(words)))
            if (found := self.phrases("refusals").at(words, i))
        )

    def _sentence(self, place: int, words: tuple[Word, ...], *, refused: bool) -> Sentence:
        texts = frozenset(word.text for word in words)

        def said(cue: str) -> bool:
            phrases = self.phrases(cue)
            return not texts.isdisjoint(phrases.first) and has(words, phrases)

        if refused or said("denials"):
            return Sentence(place, words, 0.0, ("denied",))
        doubts = [
            name for name, cue in (("hedged", "hedges"), ("hypothetical", "hypotheticals")) if said(cue)
        ]
        return Sentence(place, words, self.doubt ** len(doubts), tuple(doubts))


def _closed(words: Sequence[Word], i: int) -> bool:
    return i + 1 == len(words) or words[i].comma


def _passages(interview: CodedInterview) -> Iterator[Passage]:
    spans: dict[str, dict[str, set[tuple[int, int] | None]]] = {}
    loose: dict[str, set[str]] = {}
    for coding in interview.codings:
        if coding.label_without_underline:
            loose.setdefault(coding.turn, set()).add(coding.code)
            continue
        marked = None if coding.start is None or coding.end is None else (coding.start, coding.end)
        spans.setdefault(coding.turn, {}).setdefault(coding.code, set()).add(marked)
    for turn in sorted(interview.turns, key=lambda t: t.index):
        on = {code: frozenset(marked) for code, marked in sorted(spans.get(turn.id, {}).items())}
        yield Passage(turn, on, frozenset(loose.get(turn.id, ())) - on.keys())
