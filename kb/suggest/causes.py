"""Candidate causes: which code the interviewees give as the cause of which."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import product

from kb.suggest.case import Case, Item
from kb.suggest.cues import Cues
from kb.suggest.links import Link
from kb.suggest.located import Located
from kb.suggest.mentions import Vocabulary
from kb.suggest.model import CodedInterview, Codes, Evidence, Explicit, Known, Suggestion, Weights
from kb.suggest.rank import ranked, undecided
from kb.suggest.speech import Reader

# A topic (how data is collected) can be where a trouble comes from; what comes of it is a trouble.
CAUSE_KINDS = frozenset({"issue", "cause", "topic"})
EFFECT_KINDS = frozenset({"issue", "category"})


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
        together, and nothing tells the direction, both directions are suggested.
    """
    weights = weights or Weights()
    interviews = sorted(interviews, key=lambda i: i.interview)
    reader = Reader(cues, weights.doubt)
    vocabulary = Vocabulary(codes, cues, (t.text for i in interviews for t in i.turns))
    codes = _without_inquiries(codes, vocabulary)
    evidence: list[tuple[str, str, Evidence]] = []
    for interview in interviews:
        # A code that no coder used in the interview is not looked for: they did not hear it there.
        used = {c.code for c in interview.codings if codes.kinds.get(c.code) in {"issue", "cause"}}
        for answer in reader.answers(interview):
            located = Located(answer, reader, vocabulary, used)
            evidence.extend(_of_answer(located, codes, weights))
    return undecided(_one_way(ranked("causes", evidence, weights)), known)


def _without_inquiries(codes: Codes, vocabulary: Vocabulary) -> Codes:
    """The codes with topics that only say what the interview asked (`how to judge a model`) as questions."""
    kinds = {
        code: "question" if kind == "topic" and code in vocabulary.inquiring else kind
        for code, kind in codes.kinds.items()
    }
    return codes.model_copy(update={"kinds": kinds})


def _of_answer(located: Located, codes: Codes, weights: Weights) -> Iterator[tuple[str, str, Evidence]]:
    cases: dict[tuple[str, str], Case] = {}
    pairs = (
        *_by_place(located, codes, weights),
        *_by_links(located, codes, weights),
        *_by_question(located, codes, weights),
    )
    covered = {codes.categories.get(code) for code in located.near if codes.kinds.get(code) == "issue"}
    for cause, effect, sort, item in pairs:
        # Where an issue of the category stands, the category says nothing that the issue does not.
        vague = codes.kinds.get(effect) == "category" and codes.categories.get(effect) in covered
        if not vague and _can(cause, effect, codes):
            cases.setdefault((cause, effect), Case()).add(sort, item)
    for (cause, effect), case in sorted(cases.items()):
        stage = [(weights.stage, "of an earlier stage")] if _stage(cause, effect, codes) else []
        yield cause, effect, case.evidence(located, stage)


def _can(cause: str, effect: str, codes: Codes) -> bool:
    """Whether the kinds allow it; a category is no effect of its own codes."""
    if cause == effect or codes.kinds.get(cause) not in CAUSE_KINDS:
        return False
    kind = codes.kinds.get(effect)
    own = codes.categories.get(cause) == codes.categories.get(effect)
    return kind in EFFECT_KINDS and not (kind == "category" and own)


def _stage(cause: str, effect: str, codes: Codes) -> bool:
    """Whether the cause belongs to an earlier stage than the effect."""
    before, after = codes.stage(cause), codes.stage(effect)
    return before is not None and after is not None and before < after


Found = tuple[str, str, str, Item]
_TOGETHER = {True: "coded on one passage", False: "coded on neighbouring passages"}


def _by_place(located: Located, codes: Codes, weights: Weights) -> Iterator[Found]:
    """Codes on one passage or on neighbouring ones, both ways; a category is too vague for that."""
    passages = located.answer.passages
    for j, at_effect in enumerate(passages):
        for i in range(max(0, j - 1), min(len(passages), j + 2)):
            causes = passages[i].codes | (passages[i].loose if i == j else frozenset())
            causes, effects = causes - located.denied_on(i), at_effect.codes - located.denied_on(j)
            for cause, effect in product(sorted(causes), sorted(effects)):
                best = located.best_sentence(j, (cause, effect))
                if best is None or codes.kinds.get(effect) == "category" or not _can(cause, effect, codes):
                    continue
                if not located.unlinked.isdisjoint((place, frozenset((cause, effect))) for place in (i, j)):
                    continue
                if codes.kinds[cause] == "topic" and cause in located.praising:
                    continue  # what is good makes no trouble, unless words say so
                firm = i == j and passages[i].together(cause, effect)
                points, why = weights.same if firm else weights.next, [_TOGETHER[firm]]
                if not _directed(cause, effect, codes):
                    points *= weights.doubt
                    why.append("direction not told")
                elif located.has_strong_cue(j):
                    points += weights.near_cue
                    why.append("causal words in the passage")
                if codes.kinds[cause] == "topic" and cause not in located.spoken_at_all:
                    points *= weights.doubt
                    why.append("topic not spoken of")
                belief, named = located.answer.sentences[best].said, located.named(best, (cause, effect))
                yield cause, effect, "place", Item(points, ", ".join(why), best, best, belief, named=named)


def _directed(cause: str, effect: str, codes: Codes) -> bool:
    """Whether only one of two codes can be the cause, by their kinds."""
    return not (_can(cause, effect, codes) and _can(effect, cause, codes))


def _by_links(located: Located, codes: Codes, weights: Weights) -> Iterator[Found]:
    """A causal cue with both ends in its words, or one in its words and the other coded there."""
    for link in located.links:
        causes, effects = located.on_side(link.cause), located.on_side(link.effect)
        belief = located.answer.sentences[link.sentence].said
        place = located.answer.sentences[link.sentence].place
        first = min(index for side in (link.cause, link.effect) for index, _ in side.stretches)
        across = located.answer.sentences[first].place != place
        both = weights.strong_both if link.strong else weights.weak_both
        causes, effects = causes - effects, effects - causes
        for cause, effect in product(sorted(causes), sorted(effects)):
            why = f"'{link.cue}' between words on both"
            explicit: Explicit = "across-turns" if across else "stated"
            yield cause, effect, "link", Item(both, why, first, link.sentence, belief, explicit)
        if not link.strong:
            continue
        unspoken = located.answer.passages[place].codes - located.spoken_on(place)
        for code in sorted(unspoken):
            for cause in sorted(causes):
                yield _half(cause, code, cause, link, weights.strong_one, first, belief)
            # A topic says where the passage is at home, not that it is the cause the words mean.
            for effect in sorted(effects) if codes.kinds.get(code) != "topic" else ():
                yield _half(code, effect, effect, link, weights.strong_one, first, belief)


def _half(
    cause: str, effect: str, spoken: str, link: Link, points: float, first: int, belief: float
) -> Found:
    side = "cause" if spoken == cause else "effect"
    why = f"'{link.cue}' with words on {spoken} as the {side}, on a passage with the other code"
    return cause, effect, "link", Item(points, why, first, link.sentence, belief)


def _by_question(located: Located, codes: Codes, weights: Weights) -> Iterator[Found]:
    """What the interviewer asked about, with what the answer holds."""
    questions = (
        ("cause", weights.question, "asked for the cause", False),
        ("effect", weights.question, "asked for the effect", True),
        ("issue", weights.asked_issues, "asked for issues of it", True),
    )
    for place, passage in enumerate(located.answer.passages):
        here = passage.codes | located.spoken_on(place)
        for code in sorted(here):
            best = located.best_sentence(place, (code,))
            if best is None:
                continue
            belief = located.answer.sentences[best].said
            named = located.named(best, (code,))  # the question names the other end
            for asked in sorted(located.topic - {code}):
                for sort, points, why, forward in questions:
                    if sort not in located.answer.asks:
                        continue
                    if sort == "issue" and codes.kinds.get(asked) != "topic":
                        continue
                    item = Item(points, why, best, best, belief, named=named)
                    yield (asked, code, "question", item) if forward else (code, asked, "question", item)


def _one_way(suggestions: list[Suggestion]) -> list[Suggestion]:
    """Without the weaker of two directions, unless words say it too."""
    score = {(s.start, s.end): s.score for s in suggestions}
    return [
        s
        for s in suggestions
        if s.score >= score.get((s.end, s.start), 0.0) or any(e.explicit != "implied" for e in s.evidence)
    ]
