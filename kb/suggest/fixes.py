"""Candidate fixes: which fix the interviewees give for which issue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kb.suggest.case import Case, Item
from kb.suggest.cues import Cues
from kb.suggest.located import Located
from kb.suggest.mentions import Vocabulary
from kb.suggest.model import CodedInterview, Codes, Evidence, Known, Suggestion, Weights
from kb.suggest.phrases import has
from kb.suggest.rank import ranked, undecided
from kb.suggest.speech import Reader

Found = tuple[str, str, str, Item]


def suggest_fixes(
    interviews: Iterable[CodedInterview],
    codes: Codes,
    cues: Cues,
    *,
    weights: Weights | None = None,
    known: Collection[Known] = (),
) -> list[Suggestion]:
    """Rank pairs of an issue and a fix of which the interviewees may say that one helps the other.

    The issue that the codebook pairs a fix with is a candidate wherever the fix is coded; so is
    every issue that is coded beside it, spoken of in its passage, or asked about.

    Args:
        interviews: The coded interviews.
        codes: The codes; fixes must be coded, issues need not stand on the same passage.
        cues: Cue words of the interviews' language.
        weights: Points of each kind of evidence.
        known: Relations accepted or refused before, which are left out.

    Returns:
        Best first, with the issue as start and the fix as end, in an order that does not depend on
        that of the input.
    """
    weights = weights or Weights()
    interviews = sorted(interviews, key=lambda i: i.interview)
    reader = Reader(cues, weights.doubt)
    vocabulary = Vocabulary(codes, cues, (t.text for i in interviews for t in i.turns))
    evidence: list[tuple[str, str, Evidence]] = []
    for interview in interviews:
        used = {c.code for c in interview.codings if codes.kinds.get(c.code) == "issue"}
        for answer in reader.answers(interview):
            located = Located(answer, reader, vocabulary, used)
            evidence.extend(_of_answer(located, codes, weights))
    return undecided(ranked("fixes", evidence, weights), known)


def _of_answer(located: Located, codes: Codes, weights: Weights) -> Iterator[tuple[str, str, Evidence]]:
    cases: dict[tuple[str, str], Case] = {}
    for place, passage in enumerate(located.answer.passages):
        for fix in sorted(passage.codes):
            if codes.kinds.get(fix) != "fix":
                continue
            for issue, sort, item in _of_passage(located, place, fix, codes, weights):
                if codes.kinds.get(issue) == "issue":
                    cases.setdefault((issue, fix), Case()).add(sort, item)
    for (issue, fix), case in sorted(cases.items()):
        yield issue, fix, case.evidence(located)


def _of_passage(
    located: Located, place: int, fix: str, codes: Codes, weights: Weights
) -> Iterator[tuple[str, str, Item]]:
    """What one passage coded with a fix says: issue, sort of evidence, evidence."""
    passages = located.answer.passages
    here, paired = passages[place], codes.issues.get(fix)
    beside = [passages[i] for i in (place - 1, place + 1) if 0 <= i < len(passages)]
    near = here.loose.union(*(passage.codes for passage in beside))
    said = {issue for i in _remedies(located, place) for issue in located.said[i]}
    for issue in sorted(here.codes | near | said | located.topic | ({paired} if paired else set())):
        best = _sentence(located, place, issue)
        if best is None or issue == fix:
            continue
        reasons: list[tuple[str, float, str]] = []
        if issue == paired:
            reasons.append(("named", weights.named, "paired by the codebook"))
        if issue in here.codes:
            together = here.together(issue, fix)
            points = weights.same if together else weights.next
            reasons.append(("place", points, "coded on one passage"))
        elif issue in near:
            reasons.append(("place", weights.next, "coded on neighbouring passages"))
        if issue in said:
            reasons.append(("words", weights.strong_one, "spoken of with words of a remedy"))
        elif reasons and best in _remedies(located, place):
            reasons.append(("words", weights.near_cue, "words of a remedy in the passage"))
        if issue in located.topic and "fix" in located.answer.asks:
            reasons.append(("question", weights.question, "asked for the remedy"))
        belief = located.answer.sentences[best].said
        for sort, points, why in reasons:
            stated = sort == "words" and issue in located.said[best]
            named = located.named(best, (issue,))
            yield issue, sort, Item(points, why, best, best, belief, "stated" if stated else "implied", named)


def _remedies(located: Located, place: int) -> list[int]:
    """The sentences of a passage with words of a remedy."""
    cues = located.reader.phrases("remedies")
    return [i for i in _usable(located, place) if has(located.answer.sentences[i].words, cues)]


def _usable(located: Located, place: int) -> list[int]:
    """The sentences of a passage that do not say that something did not help."""
    failures = located.reader.phrases("failures")
    return [i for i in located.usable(place) if not has(located.answer.sentences[i].words, failures)]


def _sentence(located: Located, place: int, issue: str) -> int | None:
    """The sentence to quote for a fix: with a remedy, speaking of the issue, the longest."""
    sentences, remedies = located.answer.sentences, _remedies(located, place)
    return max(
        _usable(located, place),
        key=lambda i: (
            i in remedies,
            issue in located.said[i],
            sentences[i].said,
            len(sentences[i].words),
            -i,
        ),
        default=None,
    )
