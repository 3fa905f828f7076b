"""What the words about a proposed quote say for the relation, and against it.

The cues, sentences and names are those of `kb.suggest`: denied and hedged speech, causal words with what
stands on their sides, the codes that words speak of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from kb.propose.denial import NOT_HELPING, UNLINKED, denies_link, takes_back, without_affirmations
from kb.relation import by_name
from kb.suggest import CodedInterview, Codes, Cues, Suggestion, Weights, suggest_causes, suggest_fixes
from kb.suggest.links import Side
from kb.suggest.located import Located
from kb.suggest.mentions import Vocabulary
from kb.suggest.phrases import Phrases, Word, find, has, parse_phrase, word_texts
from kb.suggest.speech import Answer, Reader, Sentence

# A sentence with fewer words that carry something (`No. No,`) says nothing that could be denied.
_CONTENT = 2
# A question with fewer says of two things that they are spoken of, not what one does to the other.
_ASSERTING = 3
# A question with one of these asks for something: a yes to it says nothing.
_OPEN = frozenset(["what", "which", "who", "whom", "whose", "why", "how", "where", "when", "or"])


class Part(NamedTuple):
    """Words of a turn that a quote covers, from and to."""

    turn: str
    start: int
    end: int


class Heard(NamedTuple):
    """What kb finds at a quote.

    Attributes:
        warnings: What a reader should look at first, a sentence each.
        speaks_for, speaks_against: Reasons, a few words each.
        asked: Whether the words say a relation though the interviewer says them: an answer could confirm it.
    """

    warnings: tuple[str, ...]
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    asked: bool = False


class Witness:
    """One interview, asked about quotes in it.

    Args:
        interview: With its codings.
        codes: Of the study; concepts in words that proposals name are added.
        cues: Of its language.
        concepts: Concepts in words.
    """

    def __init__(
        self, interview: CodedInterview, codes: Codes, cues: Cues, concepts: Collection[str] = ()
    ) -> None:
        self._interview = interview
        self._codes = codes
        self._cues = cues
        # One that a relation names is no issue by itself for suggestions, but has words to be heard.
        kinds = {**dict.fromkeys(concepts, "issue"), **codes.kinds}
        texts = (turn.text for turn in interview.turns)
        self._vocabulary = Vocabulary(codes.model_copy(update={"kinds": kinds}), cues, texts)
        self._reader = Reader(cues, Weights().doubt)
        self._places: dict[str, tuple[Answer, int]] = {}
        for answer in self._reader.answers(interview):
            for place, passage in enumerate(answer.passages):
                self._places[passage.turn.id] = (answer, place)
        self._unlinked = self._phrases(UNLINKED)
        self._not_helping = self._phrases(NOT_HELPING)

    def _phrases(self, lines: Iterable[str]) -> Phrases:
        negators = self._cues.words(self._cues.negators)
        return Phrases([parse_phrase(line, negators) for line in lines])

    def hear(self, kind: str, start: str, end: str, parts: Sequence[Part]) -> Heard:
        """What speaks for a relation at a quote, and against it.

        Args:
            kind: One of `kb.relation.KINDS`, by name.
            start: The concept at its start.
            end: The concept at its end.
            parts: The words that the quote covers.
        """
        warnings: list[str] = []
        pro: list[str] = []
        con: list[str] = []
        sentences = list(self._sentences(parts))
        if kind != "does-not-fix":
            warnings += self._denials(kind, start, end, sentences)
        doubts = dict.fromkeys(chain.from_iterable(sentence.doubts for _, _, sentence in sentences))
        con += [f"{doubt} speech" for doubt in doubts if doubt != "denied"]
        if by_name()[kind].causal:
            self._direction(start, end, parts, sentences, warnings, pro)
        said = [self._spoken(sentence.words, start, end) for _, _, sentence in sentences]
        for name in (start, end):
            if any(name in each for each in said):
                pro.append(f"words on {name}")
            elif sentences:
                con.append(f"no word on {name}")
        pro += self._coded({part.turn for part in parts}, (start, end))
        self._suggested(kind, start, end, pro, con)
        asked = self._asks_whether(kind, start, end, parts)
        return Heard(tuple(warnings), tuple(pro), tuple(con), asked)

    def _asks_whether(self, kind: str, start: str, end: str, parts: Sequence[Part]) -> bool:
        """Whether what the quote covers says a relation, so that a yes confirms one.

        There is a word of cause, or of a remedy, in its midst; or its words are on both ends (`And the rain
        spoiled the flour?`), and do not ask for either (`What does the rain do to the flour?`).
        """
        phrases = self._reader.links.phrases if by_name()[kind].causal else self._reader.phrases("remedies")
        texts = {turn.id: turn.text for turn in self._interview.turns}
        sentences = list(
            chain.from_iterable(self._reader.split(texts[part.turn][part.start : part.end]) for part in parts)
        )
        if any(
            self._on_both(words, start, end)
            and len(self._reader.content(words)) >= _ASSERTING
            and _OPEN.isdisjoint(word.text for word in words)
            for words in sentences
        ):
            return True
        return any(
            self._reader.content(words[:at]) or (words[at].text != "so" and self._reader.content(words[at:]))
            for words in sentences
            for at, *_ in find(words, phrases)
        )

    def _on_both(self, words: Sequence[Word], start: str, end: str) -> bool:
        """Whether one word is on one end, and another on the other."""
        content = self._reader.content(words)
        one, other = (self._vocabulary.touching(content, name) for name in (start, end))
        return bool(one and other) and len(one | other) > 1

    def _sentences(self, parts: Sequence[Part]) -> Iterable[tuple[Answer, int, Sentence]]:
        """The sentences that the quote touches, with their answer and their index in it."""
        for part in parts:
            if part.turn not in self._places:
                continue
            answer, place = self._places[part.turn]
            for index, sentence in enumerate(answer.sentences):
                touched = sentence.words[0].start < part.end and sentence.words[-1].end > part.start
                if sentence.place == place and touched:
                    yield answer, index, sentence

    def _on(self, kind: str, name: str) -> Callable[[Word], bool]:
        """Whether a word speaks of an end of `causes`; none does if its name says that something lacks."""
        absence = self._cues.words(self._cues.absence)
        lacking = not absence.isdisjoint(word_texts(name.replace("-", " ").replace("_", " ")))
        heard = by_name()[kind].causal and not lacking
        return lambda word: heard and bool(self._vocabulary.touching(self._reader.content((word,)), name))

    def _denials(
        self, kind: str, start: str, end: str, sentences: Sequence[tuple[Answer, int, Sentence]]
    ) -> Iterable[str]:
        on_cause, on_effect = self._on(kind, start), self._on(kind, end)
        for answer, index, sentence in sentences:
            if len(self._reader.content(sentence.words)) < _CONTENT:
                continue
            words = " ".join(word.text for word in sentence.words[:12])
            more = " …" if len(sentence.words) > 12 else ""
            if not sentence.said:
                opened = not has(sentence.words, self._reader.phrases("denials"))
                yield f"{'the answer opens with a no' if opened else 'denied there'}: '{words}{more}'."
            elif has(asserted := without_affirmations(sentence.words), self._unlinked) or (
                kind == "fixes" and has(asserted, self._not_helping)
            ):
                yield f"a 'not' stands by it: '{words}{more}'."
            elif denies_link(sentence.words, on_cause, on_effect):
                yield f"it may be denied: '{words}{more}'."
            else:
                after = answer.sentences[index + 1 : index + 2]
                if after and after[0].place == sentence.place and takes_back(after[0].words):
                    said = " ".join(word.text for word in after[0].words)
                    yield f"it may be taken back in the next sentence: '{said}'."

    def _spoken(self, words: Sequence[Word], start: str, end: str) -> frozenset[str]:
        return self._vocabulary.spoken(words, {start, end}, ())

    def _on_side(
        self, answer: Answer, side: Side, parts: Sequence[Part], start: str, end: str
    ) -> frozenset[str]:
        """The ends that one side of a cue speaks of, in words that the quote covers."""
        found: set[str] = set()
        for index, words in side.stretches:
            if index < 0:
                continue  # the question
            turn = answer.passages[answer.sentences[index].place].turn.id
            covered = [
                word
                for word in words
                if any(part.turn == turn and part.start <= word.start < part.end for part in parts)
            ]
            found |= self._spoken(covered, start, end)
        return frozenset(found)

    def _direction(
        self,
        start: str,
        end: str,
        parts: Sequence[Part],
        sentences: Sequence[tuple[Answer, int, Sentence]],
        warnings: list[str],
        pro: list[str],
    ) -> None:
        """What the causal words of the quote say of which end is the cause."""
        straight: list[str] = []
        turned: list[str] = []
        half_straight: list[str] = []
        half_turned: list[str] = []
        answers = {id(answer): answer for answer, _, _ in sentences}
        touched = {(id(answer), index) for answer, index, _ in sentences}
        for key, answer in answers.items():
            for link in Located(answer, self._reader, self._vocabulary, ()).links:
                if (key, link.sentence) not in touched:
                    continue
                causes = self._on_side(answer, link.cause, parts, start, end)
                effects = self._on_side(answer, link.effect, parts, start, end)
                causes, effects = causes - effects, effects - causes
                right = (start in causes, end in effects)
                wrong = (end in causes, start in effects)
                if all(right):
                    straight.append(link.cue)
                elif all(wrong):
                    turned.append(link.cue)
                elif any(right) != any(wrong):
                    (half_straight if any(right) else half_turned).append(link.cue)
        if straight:
            pro.append(f"'{straight[0]}' between words on both")
        elif turned:
            warnings.append(f"the words say it the other way round: '{turned[0]}' makes {end} the cause.")
        elif half_turned and not half_straight:
            warnings.append(
                f"the words may say it the other way round: what stands by '{half_turned[0]}' fits {end} as "
                f"the cause, or {start} as the effect."
            )
        elif half_straight and not half_turned:
            pro.append(f"'{half_straight[0]}' with words on one end")

    def _coded(self, turns: Collection[str], names: Sequence[str]) -> Iterable[str]:
        for name in names:
            coders = {c.coder or "?" for c in self._interview.codings if c.turn in turns and c.code == name}
            if coders:
                yield f"coded with {name} by {', '.join(sorted(coders))}"

    def _suggested(self, kind: str, start: str, end: str, pro: list[str], con: list[str]) -> None:
        for suggestion in self._suggestions.get(kind, ()):
            best = suggestion.evidence[0]
            if (suggestion.start, suggestion.end) == (start, end):
                pro.append(f"suggested by kb ({best.turn}: {'; '.join(best.why)})")
            elif (suggestion.start, suggestion.end) == (end, start) and best.explicit != "implied":
                con.append(f"the reverse suggested by kb ({best.turn}: {'; '.join(best.why)})")

    @cached_property
    def _suggestions(self) -> dict[str, list[Suggestion]]:
        return {
            "causes": suggest_causes([self._interview], self._codes, self._cues),
            "fixes": suggest_fixes([self._interview], self._codes, self._cues),
        }
