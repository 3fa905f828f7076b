"""Causes that the place of codes and the interviewer's question hint at, where no words say them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from kb.suggest.case import Item
from kb.suggest.kinds import allowed, directed, earlier, siblings
from kb.suggest.located import Located
from kb.suggest.model import Codes, Sign, Weights

Found = tuple[str, str, Item]


def of_place(located: Located, codes: Codes, weights: Weights) -> Iterator[Found]:
    """Codes on one passage or on neighbouring ones; one way only, the likelier one where both could be.

    The words are chosen over all passages that carry both codes, not the first of them.
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
            found = _together(located, cause, effect, on, codes, weights)
            if found:
                yield found


def _together(
    located: Located, cause: str, effect: str, on: dict[str, set[int]], codes: Codes, weights: Weights
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
    told = True
    if not directed(cause, effect, codes):
        # Stages are a hint, which words that say the other way round overrule.
        told = False
        staged = earlier(cause, effect, codes) or earlier(effect, cause, codes)
        if earlier(effect, cause, codes) or (not staged and _first(located, effect, cause, places)):
            cause, effect = effect, cause
        points *= weights.doubt
        why.append("direction not told")
        if siblings(cause, effect, codes):
            points *= weights.doubt
            why.append("of one category")
    elif any(located.has_strong_cue(place) for place in places):
        points += weights.near_cue
        why.append("causal words in the passage")
    if codes.kinds[cause] == "topic" and cause not in located.spoken_at_all and codes.stage(cause) is None:
        points *= weights.doubt
        why.append("topic not spoken of")
    ends = (located.where(best, cause), located.where(best, effect))
    named = sum(end is not None for end in ends)
    belief = located.answer.sentences[best].said
    return cause, effect, Item(sign, points, ", ".join(why), best, belief, None, "implied", named, ends, told)


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
