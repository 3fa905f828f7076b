"""Candidate fixes: which fix the interviewees give for which issue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kb.suggest.case import Case, Item
from kb.suggest.clauses import named_by
from kb.suggest.cues import Cues
from kb.suggest.located import Located, Words
from kb.suggest.mentions import Vocabulary
from kb.suggest.model import CodedInterview, Codes, Explicit, Known, Sign, Suggestion, Weights, texts_of
from kb.suggest.phrases import find, has
from kb.suggest.rank import Piece, ranked, undecided
from kb.suggest.speech import Reader

# A clause that stands for a fix no code names has as many words with content, and at most as many words.
_LEAST, _MOST = 3, 16


def suggest_fixes(
    interviews: Iterable[CodedInterview],
    codes: Codes,
    cues: Cues,
    *,
    weights: Weights | None = None,
    known: Collection[Known] = (),
) -> list[Suggestion]:
    """Rank pairs of an issue and a fix of which the interviewees may say that one helps the other.

    The issue that the codebook pairs a fix with is a candidate wherever the fix is coded; any other
    only where words of a remedy speak of it, or the interviewer asked for its remedy, or the fix is one
    that the codebook pairs with no issue. Where a remedy is told and no fix is coded, the fix is in words.
    Other codes that only stand together are not offered: they could not be ranked.

    Args:
        interviews: The coded interviews.
        codes: The codes.
        cues: Cue words of the interviews' language.
        weights: Points of each kind of evidence.
        known: Relations accepted or refused before, which are left out.

    Returns:
        Best first, with the issue as start and the fix as end, in an order that does not depend on
        that of the input.
    """
    weights = weights or Weights()
    if isinstance(interviews, Iterator):  # gone through twice: for the words' weights, and to be read
        interviews = tuple(interviews)
    reader = Reader(cues, weights.doubt)
    vocabulary = Vocabulary(codes, cues, texts_of(interviews))
    pieces: list[Piece] = []
    for interview in interviews:
        used = {c.code for c in interview.codings if codes.kinds.get(c.code) == "issue"}
        for answer in reader.answers(interview):
            located = Located(answer, reader, vocabulary, used)
            pieces.extend(_coded(located, codes, weights))
            pieces.extend(_in_words(located, codes, weights))
    return undecided(ranked("fixes", pieces, weights), known)


def _coded(located: Located, codes: Codes, weights: Weights) -> Iterator[Piece]:
    cases: dict[tuple[str, str], Case] = {}
    for place, passage in enumerate(located.answer.passages):
        for fix in sorted(passage.codes):
            if codes.kinds.get(fix) != "fix":
                continue
            for issue, item in _of_passage(located, place, fix, codes, weights):
                if codes.kinds.get(issue) == "issue":
                    cases.setdefault((issue, fix), Case()).add(item)
    for (issue, fix), case in sorted(cases.items()):
        told = {item.sign for item in case.items}
        # A fix that the codebook pairs with no issue (a measure taken) is of the issue it stands with.
        if told & {"pair", "remedy", "question"} or (fix not in codes.issues and "same passage" in told):
            yield Piece(issue, fix, case.evidence(located))


def _of_passage(
    located: Located, place: int, fix: str, codes: Codes, weights: Weights
) -> Iterator[tuple[str, Item]]:
    """What one passage coded with a fix says: issue and evidence."""
    passages = located.answer.passages
    here, paired = passages[place], codes.issues.get(fix)
    beside = [passages[i] for i in (place - 1, place + 1) if 0 <= i < len(passages)]
    crowded = here.crowded or any(passage.crowded for passage in beside)
    coded = frozenset[str]() if crowded else here.codes
    near = frozenset[str]() if crowded else here.loose.union(*(passage.codes for passage in beside))
    remedies = _remedies(located, place)
    said = {issue for i in remedies for issue in located.said[i]}
    asked = _asked(located, codes)
    if paired in asked:
        asked = frozenset({paired})
    for issue in sorted(coded | near | said | asked | ({paired} if paired else set())):
        best = _sentence(located, place, issue)
        if best is None or issue == fix:
            continue
        own = located.where(best, issue)
        reasons: list[tuple[Sign, float, str]] = []
        if issue == paired:
            reasons.append(("pair", weights.named, "paired by the codebook"))
        if issue in here.codes:
            together = here.together(issue, fix)
            points = weights.same if together else weights.next
            reasons.append(("same passage", points, "coded on one passage"))
        elif issue in near:
            reasons.append(("next passage", weights.next, "coded on neighbouring passages"))
        if issue in said:
            reasons.append(("remedy", weights.strong_one, "spoken of with words of a remedy"))
        elif best in remedies and (issue == paired or issue in here.codes | near):
            reasons.append(("cue nearby", weights.near_cue, "words of a remedy in the passage"))
        if issue in asked:
            reasons.append(("question", weights.question, "asked for the remedy"))
        belief = located.answer.sentences[best].said
        ends = (own, _clause(located, best))
        for sign, points, why in reasons:
            explicit: Explicit = "stated" if sign == "remedy" and own is not None else "implied"
            named = int(own is not None)
            yield issue, Item(sign, points, why, best, belief, explicit=explicit, named=named, ends=ends)


def _in_words(located: Located, codes: Codes, weights: Weights) -> Iterator[Piece]:
    """Remedies on passages that no fix is coded on, of an issue that words or question name."""
    asked = _asked(located, codes)
    for place, passage in enumerate(located.answer.passages):
        if any(codes.kinds.get(code) == "fix" for code in passage.codes):
            continue
        coded = {c for c in passage.codes if codes.kinds.get(c) == "issue"}
        for i in _remedies(located, place):
            if located.answer.sentences[i].said < 1:
                continue
            said = located.said[i]
            named = sorted(c for c in said if c in coded | asked)
            issues = named or (sorted(asked) if len(asked) == 1 else [])
            clause = _clause(located, i)
            words = clause and named_by(located, clause)
            if not issues or words is None:
                continue
            issue = max(issues, key=lambda c: said[c].share if c in named else 0.0)
            own = located.where(i, issue)
            points = weights.strong_one if named else weights.near_cue
            why = "words of a remedy that no fix is coded on"
            explicit: Explicit = "stated" if named else "implied"
            case = Case()
            case.add(Item("remedy", points, why, i, 1.0, None, explicit, len(named), (own, words)))
            if issue in asked:
                why = "asked for the remedy"
                case.add(Item("question", weights.question, why, i, 1.0, ends=(own, words)))
            text = located.turn(place).text
            fix = " ".join(text[words.start : words.end].split())
            maybe = tuple(sorted(f for f, of in codes.issues.items() if of == issue))
            yield Piece(issue, fix, case.evidence(located), in_words="end", might_be=maybe[:3])
            break


def _asked(located: Located, codes: Codes) -> frozenset[str]:
    """The issues of which the interviewer asked for the remedy: those named, else what the question is on."""
    if "fix" not in located.answer.asks:
        return frozenset()
    issues = frozenset(c for c in located.topic if codes.kinds.get(c) == "issue")
    return issues & located.asked_for or issues


def _clause(located: Located, i: int) -> Words | None:
    """The words of a sentence that tell the remedy: from its cue's clause on, as many as make a name."""
    words = located.answer.sentences[i].words
    cue = next(find(words, located.reader.phrases("remedies")), None)
    if cue is None:
        return None
    first = cue[0]
    while first > 0 and not words[first - 1].comma:
        first -= 1
    last = cue[0] + cue[1] - 1
    while last + 1 < len(words) and last + 1 - first < _MOST:
        enough = words[last].comma and len(located.reader.telling(words[first : last + 1])) >= _LEAST
        if enough:
            break
        last += 1
    of = words[first : last + 1]
    if len(located.reader.telling(of)) < _LEAST:
        return None
    return Words(i, of[0].start, of[-1].end)


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
