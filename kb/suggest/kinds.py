"""Which codes can cause which, by their kinds and categories."""

from __future__ import annotations

from kb.suggest.model import Codes

# A topic (how data is collected) can be where a trouble comes from; what comes of it is a trouble.
CAUSE_KINDS = frozenset({"issue", "cause", "topic"})
EFFECT_KINDS = frozenset({"issue", "category"})


def allowed(cause: str, effect: str, codes: Codes) -> bool:
    """Whether the kinds allow it; a category is no effect of its own codes."""
    if cause == effect or codes.kinds.get(cause) not in CAUSE_KINDS:
        return False
    kind = codes.kinds.get(effect)
    own = codes.categories.get(cause) == codes.categories.get(effect)
    return kind in EFFECT_KINDS and not (kind == "category" and own)


def directed(cause: str, effect: str, codes: Codes) -> bool:
    """Whether only one of two codes can be the cause, by their kinds."""
    return not (allowed(cause, effect, codes) and allowed(effect, cause, codes))


def earlier(cause: str, effect: str, codes: Codes) -> bool:
    """Whether the cause belongs to an earlier stage than the effect."""
    before, after = codes.stage(cause), codes.stage(effect)
    if before is None:
        return False
    if after is None:  # what no category holds comes before every category, also one without a stage
        return before < 0 and effect in codes.categories
    return before < after


def likely_first(a: str, b: str, codes: Codes) -> bool | None:
    """Whether the first of two codes is the likelier cause by their stages; None where these do not tell.

    A category that is none of the stages may stand anywhere among them: it is taken to be in the middle,
    since most stages come before a late one, and after an early one.
    """
    middle = (len(codes.stages) - 1) / 2
    one, other = (middle if (at := codes.stage(code)) is None else at for code in (a, b))
    return None if one == other else one < other


def siblings(cause: str, effect: str, codes: Codes) -> bool:
    """Whether both are issues of one category: on one passage likely two sides of one trouble."""
    kinds = {codes.kinds.get(cause), codes.kinds.get(effect)}
    own = codes.categories.get(cause)
    return kinds == {"issue"} and own is not None and own == codes.categories.get(effect)
