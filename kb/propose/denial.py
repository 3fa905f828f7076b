"""Whether a sentence denies that one thing comes of another: what a negation in it reaches.

A *not* somewhere in a sentence denies nothing yet: `We did not retrain, so the drift lowered it`. So each
pattern holds a negation to what it denies: the cause, the verb between both, or the whole statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kb.suggest.phrases import Word

#: Cue phrases: a sentence that says so denies that one comes from the other, and denies neither of them.
UNLINKED = (
    "<not> because|due",
    "<not> .. cause|causes|caused|causing|lead|leads|led|leading|result|results|resulted",
    "<not> .. think|believe|say|said|claim",
    "<not> come|comes|came from",
    "<not> mean|means|meant that",
    "it's|it|that's|is <not> that",
    "<not> the|a|its|any cause|reason|fault",
    "nothing|little to do with",
    "no .. connection|link|relation|relationship|effect|influence",
)
NOT_HELPING = ("<not> .. help|helps|helped|work|works|worked|solve|solves|solved|fix|fixes|fixed|enough",)
# A word of a sentence without a comma after it; those on the cause begin with `@`.
_W = r"[^\s,]+ "
_DETERMINERS = (
    r"(?:(?:the|a|an|any|this|that|these|those|our|your|their|its|such|just|really|because|of|due|to|on"
    r"|account) )"
)
_IS_NOT = r"(?:wasn't|isn't|weren't|aren't|(?:was|is|were|are|been) (?:not|never|hardly)|not|neither|nor)"
_DID_NOT = r"(?:not|never|hardly|scarcely|barely|cannot|by no means|in no way|\w+n't)"
_VERBS = (
    r"(?:lower|rais|increas|decreas|reduc|hurt|harm|affect|influenc|impact|chang|break|broke|damag|worsen|degrad"
    r"|driv|drove|trigger|spoil|ruin|slow|hinder|stop|matter|contribut|explain|account|caus|lead|led|result|produc"
    r"|bring|brought|blame|responsib|culprit|reason|factor)\w*"
)
_COMES = r"(?:suffer|come|came|stem|result|depend|follow|aris|arose|drop|fall|fell|chang|declin|degrad)\w*"

#: What says no, though it reads like a denial: `not only because`, `no doubt`, `nothing but the drift`.
_NO_DENIAL = re.compile(
    r"\b(?:(?:not|\w+n't) (?:only|just|merely|simply|solely|surprising\w*|to mention|until|unlike\w*)"
    r"|(?:no|not|\w+n't|cannot) (?:to )?deny\w*"
    r"|(?:no|not|never|without|beyond|\w+n't)(?: a| any| the slightest| ever)? (?:doubt|question)\w*"
    r"|(?:no one|nobody|none) (?:doubt|question|denie|deny)\w*|nothing (?:but|else than|other than)"
    r"|(?:none|no one|nothing|no) other than|no wonder|(?:never|not|\w+n't) (?:fail|stop|ceas)\w*"
    r"|no matter|(?:can't|cannot) help"
    r"|(?:can't|cannot|couldn't) (?:even )?(?:say|tell|count) (?:you )?how"
    rf"|could(?:n't| not| hardly) have (?:{_W}){{1,5}}(?:more|worse))\b"
)
_DENIED = re.compile(
    "|".join(
        (
            # of the whole statement
            rf"\b(?:rule|rules|ruled|ruling) (?:{_W}){{0,4}}out\b",
            rf"\b(?:exclud|discard|dismiss|disprov|refut)\w* (?:{_W}){{0,3}}@",
            r"\b(?:doubt|doubts|doubted|doubtful|unlikely|improbable|implausible)\b",
            rf"\b(?:no|not any|\w+n't any|little|hardly any|never any) (?:{_W}){{0,2}}"
            r"(?:evidence|proof|sign|signs|indication|indications|hint|hints)\b",
            rf"\b{_DID_NOT} (?:{_W}){{0,2}}(?:find|found|see|seen|saw) (?:any )?"
            r"(?:evidence|proof|sign|signs)\b",
            r"\b(?:wrong|mistake|false|incorrect|untrue|myth|misconception) that\b",
            rf"\b(?:far from|anything but|{_DID_NOT}) (?:{_W}){{0,2}}"
            r"(?:clear|certain|obvious|proven|proved|established|plausible) (?:that|whether|if)\b",
            r"\b(?:not|\w+n't) as (?:if|though)\b",
            r"\b(?:nothing|no reason|little|not much) to (?:suggest|show|indicate|prove|think|believe|say)\b",
            r"\bbe (?:very |really |quite )?(?:surprised|astonished) if\b",
            r"\bwrong to (?:say|think|blame|claim)\b",
            rf"\b(?:{_DID_NOT}|nobody|no one|none) (?:{_W}){{0,2}}"
            r"(?:blame|show|shows|showed|shown|prove|proves|proved|proven|demonstrated|confirmed"
            r"|convinced|persuaded)\b",
            # of the cause
            rf"(?<!there ){_IS_NOT} {_DETERMINERS}{{0,4}}@",
            rf"\bneither (?:{_W}){{0,3}}@",
            rf"\b(?:other than|rather than|instead of|regardless of|irrespective of|unrelated to"
            rf"|independent of|independently of|despite) (?:{_W}){{0,2}}@",
            rf"\bwithout any (?:{_W}){{0,2}}@",
            rf"\b(?:by no means|in no way|never|nor) (?:did|does|do|has|have|had|was|is|were|are)"
            rf" (?:{_W}){{0,2}}@",
            rf"\b(?:not|never|hardly) (?:really )?(?:from|by|through) (?:{_W}){{0,2}}@",
            # of the link
            rf"\b{_DID_NOT} (?:{_W}){{0,2}}{_VERBS} (?:away )?by (?:{_W}){{0,2}}@",
            rf"@[^\s,]+ (?:{_W}){{0,3}}{_DID_NOT} (?:{_W}){{0,2}}(?:what |who )?{_VERBS}\b",
            rf"\b{_DID_NOT} (?:{_W}){{0,2}}{_COMES} (?:{_W}){{0,3}}"
            rf"(?:from|because|due|with|under|through|by|on) (?:{_W}){{0,2}}@",
            rf"\b(?:play|plays|played|have|has|had|having) (?:no|zero|little|hardly any) (?:{_W}){{0,2}}"
            r"(?:role|part|bearing|effect|influence|impact|share)\b",
            rf"\b{_DID_NOT} (?:{_W}){{0,2}}(?:anything|much|a lot) to do with\b",
            r"\b(?:not|\w+n't) (?:really|actually|necessarily|at all) (?:because|due|caused)\b",
        )
    )
)
# Where a clause with both ends ends: a negation on the other side of one of these reaches none of them.
_CUT = re.compile(
    r",|\b(?:because|since|so|but|due|although|though|while|when|if|unless|until|which|who|whose|where)\b"
    r"|\band (?=[@#]?(?:the|a|it|we|i|they|this|that|then|so|he|she|you) )"
)
_NEGATOR = re.compile(
    r"\b(?:no|not|never|nobody|none|nothing|neither|nor|hardly|scarcely|barely|cannot|zero|\w+n't)\b"
)
# What is not noticed, known or minded is so all the same; `without` and `as … as` beside a not deny nothing.
_STANDS_ALL_THE_SAME = re.compile(
    rf"\b(?:no|not|never|nobody|none|hardly|cannot|no one|\w+n't) (?:{_W}){{0,2}}"
    r"(?:notic|know|knew|known|realiz|realis|see\b|saw|seen|expect|forg|mind|mention|hide|hid|care|tell|told"
    r"|understand|understood|foresee|foresaw|anticipat|like\b|surpris|ignor|avoid|prevent|secret|wonder|question"
    r"|stop|fail|remember|recall|overlook|miss)\w*"
    rf"|\b(?:without|unless|except|other than|besides|but) (?:{_W}){{0,3}}[@#]|\bas (?:{_W}){{1,3}}as\b"
)
# A short sentence that takes back the one before it: `It didn't.`, `That's not true.`, `I doubt it.`
_TAKES_BACK = re.compile(
    r"(?:(?:^| )(?:(?:but|well|no|and|yet|though|actually|in fact|which),? )*"
    r"(?:(?:it|that|this|they|he|she) (?:\w+n't|(?:does|did|is|was|do|were|has|had|can|could) (?:not|never))"
    r"(?: (?:so|true|right|correct|really|at all|the case|it|that))*"
    r"|(?:that's|it's|that is|it is|this is|that was|it was)(?: just| simply)? "
    r"(?:not (?:so|true|right|it|correct|the case)|wrong|false|untrue|nonsense|a myth|a rumour)"
    r"|(?:they|he|she|people|we|you)(?:'re| are|'s| is| was| were) (?:just |simply )?(?:wrong|mistaken)"
    r"|not (?:true|so|really|at all)|i (?:doubt|don't (?:think|believe)) (?:it|that|so)|nonsense))+"
)


def without_affirmations(words: Sequence[Word]) -> list[Word]:
    """The words without those that only read like a denial (`not only`, `no doubt`)."""
    text = " ".join(word.text for word in words)
    spans = [found.span() for found in _NO_DENIAL.finditer(text)]
    kept, at = [], 0
    for word in words:
        if not any(start <= at < end for start, end in spans):
            kept.append(word)
        at += len(word.text) + 1
    return kept


def denies_link(
    words: Sequence[Word], on_cause: Callable[[Word], bool], on_effect: Callable[[Word], bool]
) -> bool:
    """Whether a sentence says that the cause is none, or that nothing comes of it.

    Args:
        words: The sentence, without fillers.
        on_cause: Whether a word speaks of the cause; none does where its name itself says that something is
            missing, since a *not* beside it is part of it then.
        on_effect: Whether a word speaks of the effect, in the same way.
    """

    def marked(sign: Callable[[Word], str]) -> str:
        text = "".join(f"{sign(word)}{word.text}{',' if word.comma else ''} " for word in words)
        return _NO_DENIAL.sub("…", text)

    def cause(word: Word) -> str:
        return "@" if on_cause(word) else ""

    if _DENIED.search(marked(cause)):
        return True
    both = marked(lambda word: cause(word) or ("#" if on_effect(word) else ""))
    return any(map(_reached, _CUT.split(both)))


def _reached(clause: str) -> bool:
    """Whether a negation stands before the second end; words on the ends begin with `@` and `#`.

    `The rain isn't what spoiled the flour` is denied, `The rain spoiled the flour and not the oil` is not.
    """
    second = max(clause.find("@"), clause.find("#"))
    if "@" not in clause or "#" not in clause or _STANDS_ALL_THE_SAME.search(clause):
        return False
    return _NEGATOR.search(clause, 0, second) is not None


def takes_back(words: Sequence[Word]) -> bool:
    """Whether a sentence does nothing but deny the one before it."""
    return bool(_TAKES_BACK.fullmatch(" ".join(word.text for word in words)))
