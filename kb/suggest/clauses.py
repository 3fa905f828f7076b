"""Clauses that stand for what no code names: which of them name something by themselves."""

from __future__ import annotations

from kb.suggest.links import ASKED
from kb.suggest.located import Located, Words
from kb.suggest.phrases import Word

# A clause that stands for an end has as many words with content, and at most as many words.
_LEAST, _MOST = 2, 16


def tells(located: Located, words: Words) -> bool:
    """Whether a clause says something of its own."""
    return words.sentence != ASKED and len(located.reader.telling(_words(located, words))) >= _LEAST


def _words(located: Located, words: Words) -> list[Word]:
    of = located.answer.sentences[words.sentence].words
    return [word for word in of if words.start <= word.start < words.end]


def named_by(located: Located, words: Words) -> Words | None:
    """The clause without the small words at its ends, if it can stand for a concept.

    One that only says that there is a problem, or asks (`which …`, `if …`), names nothing.
    """
    if words.sentence == ASKED:
        return None
    of, reader = _words(located, words), located.reader
    vague, opening = reader.words("generic"), reader.words("inquiries") | reader.conditions
    joins = reader.words("joins") | reader.words("openers")
    while of and of[0].text in joins:
        of = of[1:]
    while of and of[-1].text in reader.hollow:
        of = of[:-1]
    if len(of) > _MOST or len(reader.telling(of)) < _LEAST or of[0].text in opening:
        return None
    if of[0].text in reader.words("pronouns"):
        return None  # it did not work: what `it` is stands elsewhere
    if any(word.text in vague for word in of):
        return None
    return Words(words.sentence, of[0].start, of[-1].end)
