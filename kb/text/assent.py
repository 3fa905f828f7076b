"""Whether an answer says yes or no to what was asked, or tells something, by the words that it opens with.

English, German and French together, since who loads a transcript does not say its language.
"""

from __future__ import annotations

import re

_YES = re.compile(
    r"(?:(?:yes|yeah|yep|yup|exactly|absolutely|definitely|indeed|certainly|precisely|correct"
    r"|agreed|right(?! (?:now|after|before|away|there|here|at|from))|true"
    r"|of course|for sure|totally|that(?:'s| is| was) (?:right|true|correct|it|the case)"
    r"|you(?:'re| are) right|you got it|sure (?:did|does|do|is|was|were)|i think so|i agree"
    # `it was.`, `it was indeed`; not `it was the oven`, `we do that by hand`
    r"|it (?:is|was|has)(?=\s*(?:[^\w\s]|$)| (?:indeed|so|exactly|really|always|often)\b)"
    r"|(?:it (?:does|did)|they (?:do|did)|we (?:do|did))"
    r"(?! (?:it|that|this|these|those|the|an?|some|our|have|not)\b)"
    r"|ja|genau|stimmt|richtig|natürlich"
    r"|oui|exact|exactement|tout à fait|bien sûr|c'est (?:ça|vrai|exact))\b)"
)
_BETWEEN = re.compile(r"[\s,.!…-]*")  # two of them: yeah, yeah, exactly
# What may stand before it: sounds of hesitation and words that only open a turn.
_OPENING = re.compile(r"(?:(?:uh+|um+|er+m*|h+m+|m+h*m+|euh|äh+m?|oh|ah|well|so|and|okay|ok)\b[\s,.…-]*)*")
# What takes it back at once: `yes, no`, `yeah but no`, `right, I don't know`.
_TAKEN_BACK = re.compile(
    r"^[\s,.…-]*(?:(?:but|and|well|uh+|um+|i mean)\b[\s,.…-]*)*"
    r"(?:no\b|nope\b|not\b|never\b|i (?:don't|do not|wouldn't) (?:know|think|say)|no idea|nein\b|non\b)"
    # `Yes? Really?`, `exactly the opposite`, `correct me if …`, `true enough for others`, `… so I can't say`
    r"|^\s*\?|^\s*(?:the (?:opposite|contrary)|me (?:if|when)|enough\b)"
    r"|^[^.?!]*\b(?:i (?:can't|cannot|couldn't|could not) (?:say|tell)|wrongly)\b"
)
# What confirms nothing though it says yes: it is about the talk, reports others, or turns it round.
_OF_SOMETHING_ELSE = re.compile(
    r"^[^.?!]*\b(?:other way (?:a?round|about)|the (?:opposite|reverse|contrary)|vice versa"
    r"|(?:was|were|been|got|being) told|(?:they|people|others|some|everybody|everyone|folks)"
    r" (?:all |would |might |may |could |will )?(?:claim|say)(?:ed)?\b"
    r"|one (?:would|might|may|could) (?:think|say|assume|believe)"
    r"|you(?:'d| would| might| may| could) (?:think|say|assume|believe)|supposedly|allegedly|rumou?rs?"
    r"|i (?:can |did |do )?(?:hear|heard|understand|understood|see|get|got)"
    r" (?:you\b|your|the question|what you)"
    r"|(?:you(?:'ve| have)?|i) (?:already |just )?ask(?:ed)?\b|next question|go (?:on|ahead)|as if\b"
    # `but it is not like that`, `but it was the pump`; not `but only in winter`
    r"|but (?:it|that|this)\b[^.,?!]*(?:\b(?:not|no|never|nothing)\b|n't\b)(?! only)"
    r"|but (?:it|that|this)(?:'s| is| was) (?!only|just|mostly|mainly|always|rare|often|less|more)"
    r"|wer wei(?:ß|ss)|gegenteil|umgekehrt|andersherum|contraire|angeblich|soi-disant)"
    r"|^[\s,]*(?:(?:ist|war|wäre) )?(?:(?:das|es|so|aber|auch) )*(?:nicht|kein\w*|falsch)\b"
    r"|^[\s,]*(?:mais|et|enfin)[\s,]+(?:non|pas)\b"
)
_NO = re.compile(
    r"(?:(?:absolutely|certainly|definitely|of course|probably|surely) not|pas du tout|no|nope|nah|never"
    r"|none|not|hardly|no idea"
    r"|i (?:don't|do not|wouldn't|can't|cannot) (?:know|think|say|tell)|i doubt"
    r"|nein|nee|keine?|non|jamais)\b(?!\s+(?:doubt|question|wonder))"
)
# Who answers so knows nothing of it; `no` alone is an answer.
_UNKNOWING = re.compile(
    r"(?:(?:i have |i've |we have |we've )?(?:absolutely |really )?(?:no|not the (?:faintest|slightest))"
    r" (?:idea|clue)|i (?:haven't|have not) (?:the|a) (?:foggiest|faintest|slightest|clue)"
    r"|(?:i|we) (?:really |honestly )?(?:don't|do not|didn't|did not|wouldn't|would not|can't|cannot"
    r"|couldn't|could not) (?:really |honestly )?(?:know|say|tell|remember|recall|judge)"
    r"|not that i(?: would)? (?:know|recall|remember)"
    r"|(?:i am|i'm|we're|we are) not (?:so |too |really |quite )?(?:sure|certain)|not sure|dunno"
    r"|(?:i have |i've )?never (?:looked|checked|thought|asked)"
    r"|keine ahnung|(?:das )?wei(?:ß|ss) ich nicht|ich wei(?:ß|ss) (?:es |das )?nicht"
    r"|aucune idée|je ne sais pas)\b"
)
# Who opens a clause so leaves the answer to others, or gives none, as far as the next comma or reason.
_ANSWERS = r"(?:answer|say|tell|comment|speculate|judge|guess)"
_IT = r"(?=\s*(?:,|$))"
_EVADING = re.compile(
    r"^(?:(?:[\s,–-]|(?:sorry|honestly|frankly|well|oh|ah|uh+|um+|so|and|no|please|maybe|perhaps|i think"
    r"|i guess|i'm afraid|that|this)\b)*)"
    rf"(?:i (?:really )?(?:can't|cannot|can not|couldn't|could not|won't|wouldn't|would not)"
    rf" (?:\w+ )?{_ANSWERS}"
    rf"|(?:i'd|i would) rather not\b|i (?:don't|do not) (?:want|like|wish) to {_ANSWERS}"
    rf"|(?:i|we|one|you) can only (?:guess|speculate){_IT}"
    r"|(?:you|one|we)(?:'d| would|'ll)? (?:(?:better|need to|should|must|have to) )(?:\w+ )?"
    r"(?:ask|talk to|speak to)\b"
    r"|(?:i|we)(?:'d| would|'ll| will) (?:have|need) to (?:ask|check|look|find out)\b"
    rf"|(?:some\w+ else|others) (?:would|could|can|will|might|may) (?:have to |need to )?(?:{_ANSWERS}|know)"
    r"|(?:that's|it's|that is|it is) (?:rather |really )?(?:a (?:question|matter) for\b"
    r"|not something (?:i|we) can)"
    r"|ask (?:the|our|them|him|her|my|your|some\w+|any\w+)\b"
    r"|(?:i'm|i am|we're|we are) not (?:really )?(?:the|an?) (?:right |best )?(?:person|one|expert"
    r"|specialist)"
    r"|(?:(?:that's|it's|that is|it is|this is) )?(?:not (?:really )?(?:my|our) (?:area|field|department"
    r"|job|call|expertise|business)|(?:above|beyond|outside) (?:my|our) )"
    r"|i (?:have|'ve got|have got|don't have|do not have) (?:no|any) (?:information|knowledge|insight"
    r"|opinion|view)"
    r"|(?:i|we)(?:'ve| have)?(?: never|n't| not) (?:really )?(?:looked into|investigated|studied|examined"
    r"|analy[sz]ed) (?:that|this|it)\b"
    rf"|(?:it's |that's )?(?:hard|difficult|impossible) to (?:say|tell|judge|know)\b"
    rf"|(?:pass|beats me|search me){_IT}"
    rf"|(?:who|god|heaven) knows{_IT}|(?:any\w+|your)(?:'s)? guess\b|no comment|next question"
    r"|i wish (?:i|we) (?:knew|could|had)|(?:nobody|no one|no-one) (?:really )?knows"
    r"|(?:i|we)(?:'ve| have)?(?: often| also| always)* wonder(?:ed)?\b"
    r"|(?:i was|we were)(?: also)? wondering\b"
    r"|(?:that|it)(?:'s| is| was) what (?:i|we) (?:also )?(?:wonder|ask)(?:ed)?\b"
    r"|(?:it|that)(?:'s| is| was| remains) (?:still )?a (?:mystery|riddle|puzzle)\b"
    r"|(?:i|we)(?:'d| would) be (?:guessing|speculating)|you(?:'d| would) (?:think|hope) so"
    r"|(?:i|we) (?:wasn't|was not|weren't|were not) (?:there|on|in|at|around|present|involved|part)\b"
    r"|say (?:that )?again\b|(?:that|it) was before my (?:time|days)"
    r"|we had (?:that|the same) (?:discussion|question|debate)|my (?:colleagues?|boss) (?:\w+ )?knows?\b"
    r"|there (?:are|were|could be|may be|might be|can be) (?:many|several|all sorts of|a lot of|lots of)"
    r" (?:possible |different )?(?:reasons|causes|explanations|possibilities|answers)"
    r"|(?:i|we)(?:'ve| have) no (?:opinion|view)"
    r"|(?:i|we)(?:'re| are) (?:still )?(?:looking into|investigating)"
    rf"|(?:(?:it|that)(?:'s| is) )?(?:still |very |quite )?(?:unclear|unknown|an open question){_IT}"
    r"|time will tell|ich war nicht (?:dabei|da)\b|(?:das|da) (?:müss\w*|sollt\w*) sie\b"
    r"|gute frage|bonne question)"
    r".*?(?=,|\b(?:because|since)\b|$)"
)
# A question back is no answer: `What do you mean by drift?`
_BACK = re.compile(
    r"(?:^|(?<=[.;:?!…]))\s*(?:(?:sorry|well|oh|uh+|um+|and|so)\b[\s,]*)*(?:what|how|who|why|which|where|when"
    r"|could you|can you|would you|do you|did you|are you|you mean|is that|was that|pardon|sorry)\b"
    r"[^.;:?!…]*\?"
)
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nothing|nobody|neither|nor|hardly|cannot|without|unlikely|doubt\w*|\w+n't"
    r"|nicht|kein\w*|nie|niemals|jamais|pas|rien"
    r"|same|unchanged|unaffected|constant)\b"  # `it stayed the same`
)
# What follows one of these is told, though the answer opened with a no.
_CONTRAST = re.compile(r"\b(?:but|however|though|although|except|still|yet|instead|aber|sondern|mais)\b")
_REASON = re.compile(r"\b(?:because|since|due to|weil|parce que)\b")
_CLAUSE = re.compile(r"[.;:?!…]+(?=\s|$)|\b(?:but|however|though|although)\b")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
# Words that tell nothing by themselves: an answer of these says neither what nor that.
_EMPTY = frozenset(_WORD.findall(
    "a an the and or but so then also too very really just well yeah yes yep no not nope okay ok right "
    "oh ah uh um hm hmm mm mhm i me my we us our you your he she it its they them their this that these "
    "those there here it's that's i'm we're you're they're i've we've i'd we'd i'll there's is are was "
    "were be been being am do does did done have has had can could will would should may might must to "
    "of in on at by for with from as into about over up out if when because since which who what how "
    "why where whether maybe perhaps possibly probably guess suppose think thought know knew say said "
    "tell told see sure certain idea clue mean remember recall depends depend hard good great nice "
    "interesting question let let's lot bit some any all more most much many thing things something "
    "anything nothing never none hardly however though although doubt like kind sort course honestly "
    "please next yet sorry thanks thank case way ja nein nicht doch und oder aber das es ich wir ist war "
    "vielleicht oui non je ne pas sais et ou mais c'est ce peut-être "
))  # fmt: skip
# Words of what comes of something: beside a negation they say that nothing does.
_COMING = frozenset(_WORD.findall(
    "effect effects affect affected influence influenced impact impacts difference differences change "
    "changed changes role part relation connection link bearing evidence sign signs stay stayed stays "
    "see saw seen notice noticed find found remain remained remains keep kept play played plays "
    "make made makes same unchanged unaffected constant"
))  # fmt: skip


def _plain(text: str) -> tuple[str, int]:
    """An answer in small letters, and where it begins after what only opens it."""
    said = text.casefold().replace("’", "'").lstrip(" \t\n\"'“„«—–-….")
    opening = _OPENING.match(said)
    return said, opening.end() if opening else 0


def _after_yes(said: str, at: int) -> str | None:
    """What follows a confirmation, however often it is said; None where there is none."""
    yes = _YES.match(said, at)
    if yes is None:
        return None
    end = yes.end()
    while (more := _BETWEEN.match(said, end)) and (following := _YES.match(said, more.end())):
        end = following.end()
    return said[end:]


def assents(text: str) -> bool:
    """Whether a turn opens by confirming what was said before it, and does not take it back at once."""
    rest = _after_yes(*_plain(text))
    return rest is not None and _stands(rest)


def _stands(rest: str) -> bool:
    """Whether a confirmation is one, by what follows it."""
    return not (_TAKEN_BACK.match(rest) or _OF_SOMETHING_ELSE.match(rest))


def denies(text: str) -> bool:
    """Whether a turn opens by saying no to what was said before it, or that it cannot say."""
    said, at = _plain(text)
    return bool(_NO.match(said, at))


def denies_what(text: str, asked: str) -> bool:
    """Whether an answer says no to what was asked, in whichever words: `No`, `It had no effect`.

    Who does not know, or leaves it to others, does not.

    Args:
        text: The answer, or the words of it that are quoted.
        asked: What was said before it.
    """
    said, at = _plain(text)
    if _UNKNOWING.match(said, at) or _EVADING.match(said[at:]):
        return False
    if _NO.match(said, at):
        return True
    first = next((clause for clause in _CLAUSE.split(said[at:]) if clause.strip()), "")
    return bool(_NEGATION.search(first)) and _telling(first) <= _stems(asked)


def tells(text: str, asked: str = "") -> bool:
    """Whether an answer confirms what was asked, or states something of its own.

    `No idea`, `maybe` and `ask the others` state nothing, nor does a question back, nor what only denies
    the words of the question. After an opening no, what a contrast or a reason brings is stated (`No,
    because the roof leaks`).

    Args:
        text: The answer, or the words of it that are quoted.
        asked: What was said before it.
    """
    said, at = _plain(text)
    if (rest := _after_yes(said, at)) is not None:
        return _stands(rest)
    words = _stems(asked)
    if _UNKNOWING.match(said, at):
        turned = _CONTRAST.search(said, at)
    elif _NO.match(said, at):
        turned = _CONTRAST.search(said, at) or _REASON.search(said, at)
    else:
        return _states(said[at:], words)
    return turned is not None and _states(said[turned.end() :], words)


def _states(said: str, asked: frozenset[str]) -> bool:
    """Whether a clause has a word that tells something, other than one of the question beside a negation."""
    for clause in _CLAUSE.split(_BACK.sub("", said)):
        rest = _EVADING.sub("", clause.strip())
        denied = _NEGATION.search(rest) and _telling(rest) <= asked
        if any(word not in _EMPTY and "n't" not in word for word in _WORD.findall(rest)) and not (
            denied or _UNKNOWING.search(rest)
        ):
            return True
    return False


def _telling(clause: str) -> frozenset[str]:
    """The stems of words that tell something, other than that it comes of something."""
    words = _WORD.findall(clause)
    return frozenset(_stem(w) for w in words if w not in _EMPTY and w not in _COMING and "n't" not in w)


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stem, _WORD.findall(_plain(text)[0])))


def _stem(word: str) -> str:
    """A word without an ending of English verbs and nouns: enough to tell whether the question had it."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
