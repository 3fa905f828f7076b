"""Candidate causes: which code the interviewees give as the cause of which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from kb.suggest.by_link import in_words, of_links
from kb.suggest.by_place import of_place, of_question
from kb.suggest.case import Case
from kb.suggest.cues import Cues
from kb.suggest.kinds import earlier
from kb.suggest.leading import confirmed
from kb.suggest.located import Located
from kb.suggest.mentions import Vocabulary
from kb.suggest.model import STATING, CodedInterview, Codes, Known, Sign, Suggestion, Weights, texts_of
from kb.suggest.rank import EARLIER, Piece, ranked, undecided
from kb.suggest.speech import Reader

# Evidence of codes that stand on different passages.
APART: frozenset[Sign] = frozenset({"next passage", "question"})


def suggest_causes(
    interviews: Iterable[CodedInterview],
    codes: Codes,
    cues: Cues,
    *,
    weights: Weights | None = None,
    known: Collection[Known] = (),
) -> list[Suggestion]:
    """Rank pairs of codes of which the interviewees may say that one causes the other.

    Args:
        interviews: The coded interviews.
        codes: The codes; causes are issues, causes and topics, effects issues and categories.
        cues: Cue words of the interviews' language.
        weights: Points of each kind of evidence.
        known: Relations accepted or refused before, which are left out, as are their reverses where
            words do not say these too.

    Returns:
        Best first, in an order that does not depend on that of the input. Where codes only stand
        together, and nothing tells the direction, there is one suggestion, not `directed`.
    """
    weights = weights or Weights()
    if isinstance(interviews, Iterator):  # gone through twice: for the words' weights, and to be read
        interviews = tuple(interviews)
    reader = Reader(cues, weights.doubt)
    vocabulary = Vocabulary(codes, cues, texts_of(interviews))
    codes = _without_inquiries(codes, vocabulary)
    heard = frozenset(code for code, kind in codes.kinds.items() if kind in {"issue", "cause"})
    pieces: list[Piece] = []
    for interview in interviews:
        used = frozenset(c.code for c in interview.codings if c.code)
        for answer in reader.answers(interview):
            located = Located(answer, reader, vocabulary, heard)
            pieces.extend(_of_answer(located, codes, used, weights))
            pieces.extend(confirmed(located, codes, used, weights))
    return undecided(_one_way(ranked("causes", pieces, weights)), known)


def _without_inquiries(codes: Codes, vocabulary: Vocabulary) -> Codes:
    """The codes with topics that only say what the interview asked (`how to judge a model`) as questions."""
    kinds = {
        code: "question" if kind == "topic" and code in vocabulary.inquiring else kind
        for code, kind in codes.kinds.items()
    }
    return codes.model_copy(update={"kinds": kinds})


def _of_answer(located: Located, codes: Codes, used: frozenset[str], weights: Weights) -> Iterator[Piece]:
    covered = {codes.categories.get(code) for code in located.near if codes.kinds.get(code) == "issue"}

    def vague(effect: str) -> bool:
        """Where an issue of the category stands, the category says nothing that the issue does not."""
        return codes.kinds.get(effect) == "category" and codes.categories.get(effect) in covered

    cases: dict[tuple[str, str], Case] = {}
    linked = tuple(of_links(located, codes, used, weights))
    spent = frozenset(item.sentence for *_, item in linked)
    for cause, effect, item in (
        *linked,
        *of_question(located, codes, used, weights),
        *of_place(located, codes, weights, spent),
    ):
        if vague(effect):
            continue
        turned = cases.get((effect, cause))
        if not item.directed and turned is not None and (cause, effect) not in cases:
            turned.add(item)  # the words tell the direction
            continue
        cases.setdefault((cause, effect), Case()).add(item)
    for (cause, effect), case in _capped(located, cases, weights):
        stage: list[tuple[Sign, float, str]] = []
        if earlier(cause, effect, codes):
            # A hint on the direction says less where nothing else tells it, or the codes stand apart.
            hint = case.directed and case.best.sign not in APART
            stage = [("earlier stage", weights.stage * (1 if hint else weights.doubt), EARLIER)]
        yield Piece(cause, effect, case.evidence(located, stage), directed=case.directed)
    for found in in_words(located, codes, used, weights):
        case = Case()
        case.add(found.item)
        turn = located.turn(located.answer.sentences[found.words.sentence].place)
        said = " ".join(turn.text[found.words.start : found.words.end].split())
        evidence = case.evidence(located)
        if found.forward:
            yield Piece(found.code, said, evidence, in_words="end", might_be=found.might_be)
        else:
            yield Piece(said, found.code, evidence, in_words="start", might_be=found.might_be)


def _capped(
    located: Located, cases: dict[tuple[str, str], Case], weights: Weights
) -> list[tuple[tuple[str, str], Case]]:
    """The pairs of an answer: all that words state, and of each turn a few of those beside them."""
    ordered = sorted(cases.items(), key=lambda c: (-c[1].points, -c[1].best.named, c[0]))
    taken: Counter[int] = Counter()
    kept = []
    for pair, case in ordered:
        place = located.answer.sentences[case.best.sentence].place
        stated = not STATING.isdisjoint(item.sign for item in case.items)
        if stated or taken[place] < weights.per_turn:
            kept.append((pair, case))
        taken[place] += 1
    return sorted(kept, key=lambda c: c[0])


def _one_way(suggestions: list[Suggestion]) -> list[Suggestion]:
    """Without the weaker of two directions, unless words say it too."""
    score = {(s.start, s.end): s.score for s in suggestions}
    return [
        s
        for s in suggestions
        if s.score >= score.get((s.end, s.start), 0.0) or any(e.explicit != "implied" for e in s.evidence)
    ]
