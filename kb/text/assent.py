"""Whether an answer says yes or no to what was asked, by the words that it opens with.

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


def assents(text: str) -> bool:
    """Whether a turn opens by confirming what was said before it, and does not take it back at once."""
    said = text.casefold().replace("’", "'").lstrip(" \t\n\"'“„«—–-….")
    opening = _OPENING.match(said)
    at = opening.end() if opening else 0
    yes = _YES.match(said, at)
    if yes is None:
        return False
    end = yes.end()
    while True:  # yeah, yeah, exactly
        more = re.compile(r"[\s,.!…-]*").match(said, end)
        following = _YES.match(said, more.end()) if more else None
        if following is None:
            break
        end = following.end()
    return not _TAKEN_BACK.match(said[end:])


_NO = re.compile(
    r"(?:no|nope|nah|never|none|not|hardly|no idea"
    r"|i (?:don't|do not|wouldn't|can't|cannot) (?:know|think|say|tell)|i doubt"
    r"|nein|nee|non|jamais)\b(?!\s+(?:doubt|question|wonder))"
)


def denies(text: str) -> bool:
    """Whether a turn opens by saying no to what was said before it, or that it cannot say."""
    said = text.casefold().replace("’", "'").lstrip(" \t\n\"'“„«—–-….")
    opening = _OPENING.match(said)
    return bool(_NO.match(said, opening.end() if opening else 0))
