"""Whether an answer says yes or no to what was asked, or tells something, by the words that it opens with.

English, German and French together, since who loads a transcript does not say its language.
"""

from __future__ import annotations

import re

_YES = re.compile(
    r"(?:(?:yes|yeah|yep|yup|exactly|absolutely|definitely|indeed|certainly|precisely|correct"
    r"|agreed|right|true|of course|for sure|totally|that(?:'s| is| was) (?:right|true|correct|it|the case)"
    r"|you(?:'re| are) right|it (?:does|is|did|was|has)|they (?:do|did)|we (?:do|did)|i think so|i agree"
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
_NO = re.compile(
    r"(?:no|nope|nah|never|none|not|hardly|no idea"
    r"|i (?:don't|do not|wouldn't|can't|cannot) (?:know|think|say|tell)|i doubt"
    r"|nein|nee|non|jamais)\b(?!\s+(?:doubt|question|wonder))"
)
# Who answers so knows nothing of it; `no` alone is an answer.
_UNKNOWING = re.compile(
    r"(?:(?:i have |i've |we have |we've )?(?:absolutely |really )?(?:no|not the (?:faintest|slightest))"
    r" (?:idea|clue)"
    r"|(?:i|we) (?:really |honestly )?(?:don't|do not|didn't|did not|wouldn't|would not|can't|cannot"
    r"|couldn't|could not) (?:really |honestly )?(?:know|say|tell|remember|recall|judge)"
    r"|not that i(?: would)? (?:know|recall|remember)"
    r"|(?:i am|i'm|we're|we are) not (?:so |too |really |quite )?(?:sure|certain)|not sure|dunno"
    r"|(?:i have |i've )?never (?:looked|checked|thought|asked)"
    r"|keine ahnung|(?:das )?wei(?:ß|ss) ich nicht|ich wei(?:ß|ss) (?:es |das )?nicht"
    r"|aucune idée|je ne sais pas)\b"
)
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nothing|nobody|neither|nor|hardly|cannot|without|unlikely|doubt\w*|\w+n't"
    r"|nicht|kein\w*|nie|niemals|jamais|pas|rien)\b"
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
    "please next sorry thanks thank case way ja nein nicht doch und oder aber das es ich wir ist war "
    "vielleicht oui non je ne pas sais et ou mais c'est ce peut-être "
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
    return rest is not None and not _TAKEN_BACK.match(rest)


def denies(text: str) -> bool:
    """Whether a turn opens by saying no to what was said before it, or that it cannot say."""
    said, at = _plain(text)
    return bool(_NO.match(said, at))


def knows_nothing(text: str) -> bool:
    """Whether a turn opens by saying that the speaker does not know."""
    said, at = _plain(text)
    return bool(_UNKNOWING.match(said, at))


def tells(text: str, asked: str = "") -> bool:
    """Whether an answer confirms what was asked, or states something of its own.

    `No idea` and `maybe` state nothing, nor does what only denies the words of the question. After an
    opening no, what a contrast or a reason brings is stated (`No, because the roof leaks`).

    Args:
        text: The answer, or the words of it that are quoted.
        asked: What was said before it.
    """
    said, at = _plain(text)
    if (rest := _after_yes(said, at)) is not None:
        return not _TAKEN_BACK.match(rest)
    words = frozenset(map(_stem, _WORD.findall(_plain(asked)[0])))
    if _UNKNOWING.match(said, at):
        turned = _CONTRAST.search(said, at)
    elif _NO.match(said, at):
        turned = _CONTRAST.search(said, at) or _REASON.search(said, at)
    else:
        return _states(said[at:], words)
    return turned is not None and _states(said[turned.end() :], words)


def _states(said: str, asked: frozenset[str]) -> bool:
    """Whether a clause has a word that tells something, other than one of the question beside a negation."""
    for clause in _CLAUSE.split(said):
        telling = {_stem(word) for word in _WORD.findall(clause) if word not in _EMPTY and "n't" not in word}
        if telling and not (_NEGATION.search(clause) and telling <= asked) and not _UNKNOWING.search(clause):
            return True
    return False


def _stem(word: str) -> str:
    """A word without an ending of English verbs and nouns: enough to tell whether the question had it."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
