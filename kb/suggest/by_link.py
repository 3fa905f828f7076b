"""Causes that words tell: one causal cue, one pair of ends, those whose words fill its two clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kb.suggest.case import Item
from kb.suggest.clauses import named_by, tells
from kb.suggest.kinds import allowed
from kb.suggest.links import ASKED, Link
from kb.suggest.located import Located, Spoken, Words
from kb.suggest.model import Codes, Explicit, Weights
from kb.suggest.phrases import has

# How far a code is to be trusted to be what words mean: it is coded on their passage, in the answer or
# its question, elsewhere in the interview, or nowhere in it.
_HERE, _NEAR, _ELSEWHERE, _UNCODED = 1.0, 0.8, 0.6, 0.4


class InWords(NamedTuple):
    """A link of which no code names one end.

    Attributes:
        code: The other end.
        forward: Whether that is the cause.
        words: The clause of the end without a code.
        might_be: Codes that it could be.
        item: The evidence.
    """

    code: str
    forward: bool
    words: Words
    might_be: tuple[str, ...]
    item: Item


def of_links(
    located: Located, codes: Codes, used: frozenset[str], weights: Weights
) -> Iterator[tuple[str, str, Item]]:
    """Cause, effect and evidence of each cue that tells both.

    Args:
        located: The answer.
        codes: Their kinds.
        used: The codes that a coder used in the interview.
        weights: Points.
    """
    for link in located.links:
        found = _pair(link, located, codes, used, weights)
        if found is not None:
            yield found


def in_words(located: Located, codes: Codes, used: frozenset[str], weights: Weights) -> Iterator[InWords]:
    """The strong cues that tell one end of a coded passage, and the other in words only."""
    for link in located.links:
        if not link.strong or _pair(link, located, codes, used, weights) is not None:
            continue
        place = located.answer.sentences[link.sentence].place
        here = located.passage(place).codes
        causes, effects = located.on_side(link.cause), located.on_side(link.effect)
        for forward, own, other, side in (
            (True, causes, effects, link.effect),
            (False, effects, causes, link.cause),
        ):
            named = {c: s for c, s in own.items() if c in here and c not in other and _end(c, codes, forward)}
            words = named_by(located, located.nearest(side))
            if not named or words is None:
                continue
            code = max(sorted(named), key=lambda c: named[c].weight)
            maybe = sorted(other, key=lambda c: (-other[c].weight, c))
            coded = sorted(c for c in here - {code} if c not in other and _end(c, codes, not forward))
            ends = (named[code].words, words) if forward else (words, named[code].words)
            belief = located.answer.sentences[link.sentence].said
            why = f"'{link.cue}' between words on {code} and words that no code names"
            item = Item("strong cue", weights.in_words, why, link.sentence, belief, explicit="stated",
                        named=1, ends=ends)  # fmt: skip
            yield InWords(code, forward, words, tuple((maybe + coded)[:3]), item)
            break


def _pair(
    link: Link, located: Located, codes: Codes, used: frozenset[str], weights: Weights
) -> tuple[str, str, Item] | None:
    """The one pair that a cue supports: the codes its two clauses speak of most plainly."""
    place = located.answer.sentences[link.sentence].place
    here = located.passage(place).codes
    causes, effects = located.on_side(link.cause), located.on_side(link.effect)
    _settle(causes, effects)
    if any(has(words, located.reader.phrases("remedies")) for _, words in link.effect.stretches):
        return None  # so we make sure that …: what was done about it is no effect

    def trust(code: str) -> float:
        if code in here:
            return _HERE
        return _NEAR if code in located.near else _ELSEWHERE if code in used else _UNCODED

    best = max(
        (
            (causes[c].weight * trust(c) + effects[e].weight * trust(e), c, e)
            for c in sorted(causes)
            for e in sorted(effects)
            if allowed(c, e, codes)
            and not located.same(c, e)
            and ({c, e} <= used or (link.strong and {c, e} & used))
        ),
        key=lambda found: found[0],
        default=None,
    )
    if best is None:
        return _half(link, located, codes, weights, causes, effects) if link.strong else None
    _, cause, effect = best
    points = weights.strong_both if link.strong else weights.weak_both
    why = f"'{link.cue}' between words on both"
    if link.opens:
        points *= weights.doubt
        why += ", at the beginning of a sentence"
    for code in (cause, effect):
        if code not in used:
            points *= weights.doubt
            why += f", no coder coded {code}"
    belief = located.answer.sentences[link.sentence].said
    ends = (causes[cause].words, effects[effect].words)
    first, explicit = _reach(link, ends, located)
    sign = "strong cue" if link.strong else "weak cue"
    item = Item(sign, points, why, link.sentence, belief, first, explicit, 2, ends)  # type: ignore[arg-type]
    return cause, effect, item


def _settle(causes: dict[str, Spoken], effects: dict[str, Spoken]) -> None:
    """Leave a code that both sides speak of on the side that does so more plainly, or on none."""
    for code in causes.keys() & effects.keys():
        a, b = causes[code].weight, effects[code].weight
        if a <= b:
            del causes[code]
        if b <= a:
            del effects[code]


def _half(
    link: Link,
    located: Located,
    codes: Codes,
    weights: Weights,
    causes: Mapping[str, Spoken],
    effects: Mapping[str, Spoken],
) -> tuple[str, str, Item] | None:
    """The words speak of one end; the other is the one further code that the passage is coded with.

    Of several codes that it might be, the one that the sentence next to the cue's speaks of; else none.
    """
    place = located.answer.sentences[link.sentence].place
    passage = located.passage(place)
    found = []
    for forward, own, other in ((True, causes, link.effect), (False, effects, link.cause)):
        for code, spoken in own.items():
            if code not in passage.codes:
                continue
            for end in passage.codes - causes.keys() - effects.keys():
                cause, effect = (code, end) if forward else (end, code)
                # A topic says where the passage is at home, not that it is the cause the words mean.
                if located.same(code, end):
                    continue
                if allowed(cause, effect, codes) and (forward or codes.kinds.get(end) != "topic"):
                    found.append((end, cause, effect, forward, spoken.words, other))
    if len(found) > 1:
        near = located.said_by(link.sentence)
        found = [one for one in found if one[0] in near]
    if len(found) != 1:
        return None
    _, cause, effect, forward, words, other = found[0]
    rest = located.nearest(other)
    if not tells(located, rest):
        return None
    ends = (words, rest) if forward else (rest, words)
    name, role = (cause, "cause") if forward else (effect, "effect")
    first, explicit = _reach(link, ends, located)
    why = f"'{link.cue}' with words on {name} as the {role}, on a passage with the other code"
    belief = located.answer.sentences[link.sentence].said
    item = Item("half cue", weights.strong_one, why, link.sentence, belief, first, explicit, 1, ends)
    return cause, effect, item


def _reach(link: Link, ends: tuple[Words, Words], located: Located) -> tuple[int, Explicit]:
    """The sentence with which the words of cue and ends begin, and how plainly it is said.

    What the cue points back to is no part of it where both ends are named without it.
    """
    first = min(link.sentence, *(words.sentence for words in ends if words.sentence != ASKED))
    sentences = located.answer.sentences
    asked = any(words.sentence == ASKED for words in ends)
    across = asked or sentences[first].place != sentences[link.sentence].place
    return first, "across-turns" if across else "stated"


def _end(code: str, codes: Codes, as_cause: bool) -> bool:
    kinds = ("issue", "cause", "topic") if as_cause else ("issue",)
    return codes.kinds.get(code) in kinds
