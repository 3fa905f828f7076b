"""Causes that the place of codes and the interviewer's question hint at, where no words say them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from kb.suggest.case import Item
from kb.suggest.kinds import allowed, directed, likely_first, siblings
from kb.suggest.located import Located
from kb.suggest.model import Codes, Sign, Weights

Found = tuple[str, str, Item]

# Of so many issues on a passage, that two of them stand there says less of the two.
SEVERAL = 3


def of_place(
    located: Located, codes: Codes, weights: Weights, spent: frozenset[int] = frozenset()
) -> Iterator[Found]:
    """Codes on one passage or on neighbouring ones; one way only, the likelier one where both could be.

    The words are chosen over all passages that carry both codes, not the first of them.

    Args:
        located: The answer.
        codes: Their kinds.
        weights: Points.
        spent: Sentences whose cue states a link: it says nothing of two codes that only stand there.
    """
    on: dict[str, set[int]] = {}
    ends: list[list[str]] = []
    for place, passage in enumerate(located.answer.passages):
        here = (passage.codes | passage.loose) - located.denied_on(place)
        here = frozenset() if passage.crowded else here
        for code in here:
            on.setdefault(code, set()).add(place)
        ends.append([code for code in here if codes.kinds.get(code) != "category"])
    near = (combinations(one | other, 2) for one, other in pairwise([*map(set, ends), set[str]()]))
    for a, b in sorted({(min(pair), max(pair)) for pairs in near for pair in pairs}):
        cause, effect = (a, b) if allowed(a, b, codes) else (b, a)
        if allowed(cause, effect, codes) and not located.same(a, b):
            found = _together(located, cause, effect, on, codes, weights, spent)
            if found:
                yield found


def _together(
    located: Located,
    cause: str,
    effect: str,
    on: dict[str, set[int]],
    codes: Codes,
    weights: Weights,
    spent: frozenset[int],
) -> Found | None:
    passages = located.answer.passages
    pair = frozenset((cause, effect))
    both = [
        p
        for p in sorted(on[cause] & on[effect])
        if (p, pair) not in located.unlinked and effect not in passages[p].loose
    ]
    firm = [p for p in both if passages[p].together(cause, effect)]
    beside = [] if both else sorted(
        {p for i in on[cause] for j in on[effect] if abs(i - j) == 1 for p in (i, j)
         if (p, pair) not in located.unlinked}
    )  # fmt: skip
    if siblings(cause, effect, codes) and not firm:
        return None  # two symptoms told one after the other
    places = firm or both or beside
    best = located.best_of_run(places, (cause, effect))
    if best is None:
        return None
    if codes.kinds[cause] == "topic" and cause in located.praising:
        return None  # what is good makes no trouble, unless words say so
    points = weights.same if firm else weights.next
    why = ["coded on one passage" if firm else "coded on neighbouring passages"]
    sign: Sign = "same passage" if firm else "next passage"
    told = directed(cause, effect, codes)
    if not told:
        if _other_way(located, cause, effect, places, codes):
            cause, effect = effect, cause
        factor, doubts = _undirected(located, cause, effect, firm, codes, weights)
        points *= factor
        why += doubts
    elif any(located.has_strong_cue(place, spent) for place in places):
        points += weights.near_cue
        why.append("causal words in the passage")
    if codes.kinds[cause] == "topic" and cause not in located.spoken_at_all and codes.stage(cause) is None:
        points *= weights.doubt
        why.append("topic not spoken of")
    ends = (located.where(best, cause), located.where(best, effect))
    named = sum(end is not None for end in ends)
    belief = located.answer.sentences[best].said
    return cause, effect, Item(sign, points, ", ".join(why), best, belief, None, "implied", named, ends, told)


def _undirected(
    located: Located,
    cause: str,
    effect: str,
    firm: list[int],
    codes: Codes,
    weights: Weights,
) -> tuple[float, list[str]]:
    """Factor of the points, with reasons, of two codes of which their kinds do not tell the cause.

    Args:
        located: The answer.
        cause: The likelier cause.
        effect: The other.
        firm: The passages that carry both.
        codes: Their kinds.
        weights: Points.
    """
    here = [located.passage(place).codes for place in firm]
    several = bool(here) and all(sum(codes.kinds.get(c) == "issue" for c in of) >= SEVERAL for of in here)
    if _told_after(located, cause, effect, firm):
        factor = weights.after
        why = [f"{effect} begins where {cause} goes on"]
    else:
        factor = weights.doubt
        why = ["direction not told"]
    if several:
        factor *= weights.several
        why.append("several issues on it")
    if siblings(cause, effect, codes):
        factor *= weights.doubt
        why.append("of one category")
    return factor, why


def _other_way(located: Located, cause: str, effect: str, places: list[int], codes: Codes) -> bool:
    """Whether two codes that only stand together are likelier the other way round.

    By the question, else by the stages, else by who is spoken of first; words that tell it overrule all.
    """
    first = _asked_first(located, cause, effect)
    first = likely_first(cause, effect, codes) if first is None else first
    return first is False or (first is None and _first(located, effect, cause, places))


def _asked_first(located: Located, a: str, b: str) -> bool | None:
    """Whether the question speaks of the first of two codes only: what it asks of is there before the answer.

    None where it speaks of both or of neither, or asks for a cause: then the answer goes back in time.
    """
    one, other = a in located.asked_for, b in located.asked_for
    return None if one == other or "cause" in located.answer.asks else one


def _told_after(located: Located, cause: str, effect: str, places: list[int]) -> bool:
    """Whether the effect is told after the cause: its code begins beside one that goes on."""
    return any(located.begins(p, effect) and cause in located.answer.passages[p - 1].codes for p in places)


def _first(located: Located, a: str, b: str, places: list[int]) -> bool:
    """Whether words speak of `a` before `b`: people tell the cause first, unless a cue says otherwise."""
    said = [
        next((i for p in places for i in located.usable(p) if code in located.said[i]), None)
        for code in (a, b)
    ]
    return said[0] is not None and said[1] is not None and (said[0], a) < (said[1], b)


def of_question(located: Located, codes: Codes, used: frozenset[str], weights: Weights) -> Iterator[Found]:
    """What the interviewer asked about, with what the answer holds, each by its own sentence."""
    questions: tuple[tuple[str, Sign, float, str, bool], ...] = (
        ("cause", "question", weights.question, "asked for the cause", False),
        ("effect", "question", weights.question, "asked for the effect", True),
        ("issue", "asked issues", weights.asked_issues, "asked for issues of it", True),
    )
    asks = [q for q in questions if q[0] in located.answer.asks]
    if not asks:
        return
    held: dict[str, list[int]] = {}
    for place, passage in enumerate(located.answer.passages):
        coded = frozenset[str]() if passage.crowded else passage.codes
        for code in coded | (located.spoken_on(place) & used):
            held.setdefault(code, []).append(place)
    for code, places in sorted(held.items()):
        best = located.best_of_run(places, (code,))
        if best is None:
            continue
        belief = located.answer.sentences[best].said
        own = located.where(best, code)
        for asked in sorted(located.topic - {code}):
            for kind, sign, points, why, forward in asks:
                if kind == "issue" and codes.kinds.get(asked) != "topic":
                    continue
                cause, effect = (asked, code) if forward else (code, asked)
                if not allowed(cause, effect, codes) or located.same(cause, effect):
                    continue
                ends = (None, own) if forward else (own, None)
                # In a list of issues each has its own words; what is not named may be on another point.
                listed: Sign = "listed" if own is not None else sign
                worth = points * (1.0 if own is not None else weights.doubt)
                yield (
                    cause,
                    effect,
                    Item(listed, worth, why, best, belief, named=int(own is not None), ends=ends),
                )
