"""A speaker's label and what follows it on its line."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from loaders._heads import label_key
from loaders._label_words import BRACKETS
from loaders._role_words import PERSONS
from loaders._text import fold
from loaders._times import BOLD, BOLD_END, INVISIBLE, MARKS, Stamp

MAX_LABEL = 64
_MAX_WORDS = 8
_BRACKET_SIGNS = frozenset("".join(f"{left}{right}" for left, right in BRACKETS.items()))
_SHORT_DOT = re.compile(
    r"(?:\b[^\W\d_]{1,3}|\b(?:prof|dipl|dott|ssa|herr|frau|mlle|phd|priv|sign|hon))\.", re.IGNORECASE
)
_NO_LABEL = re.compile(r"""[?!;"“”„«»<>{}|\t=…。？！、，\[\]\ufffd]|\.\.|://|\.\w{2,}\.|\w@\w""")
# ``Speaker ?``: whom a machine could not tell.
_QUERIED = re.compile(
    rf"^((?:{'|'.join(PERSONS)}))[\s_]*[?？]+$",
    re.IGNORECASE,
)
_SQUARE_END = re.compile(r"\[[^\[\]]*\]$")


class Heading(NamedTuple):
    """A speaker's label at the start of a line.

    Attributes:
        label: The label as written, in one form of letters, without time, mark-up and colon.
        text: What follows on the line, ``""`` where the label stands alone.
        start, end: The times on the line, seconds, else None.
        form: See the module.
        mark: How the label is set off besides: ``time``, ``bold``, ``bracket``, ``caps``, ``heading``,
            ``change`` (broadcasters' ``>>`` before it) or ``""``.
        of_day: The time is one of the day.
    """

    label: str
    text: str
    start: float | None = None
    end: float | None = None
    form: str = "colon"
    mark: str = ""
    of_day: bool = False

    @property
    def key(self) -> str:
        """What two spellings of the label have in common."""
        return label_key(self.label)


def clean_label(text: str) -> str | None:
    """The label in a piece of a line, its brackets and mark-up off; None where no label looks like this."""
    text = text.strip(MARKS).rstrip(":：")
    text = text.strip(MARKS)
    if len(text) > 1 and BRACKETS.get(text[0]) == text[-1] and text[-1] not in text[1:-1]:
        text = text[1:-1].strip(MARKS)
    if not text or len(text) > MAX_LABEL or len(text.split()) > _MAX_WORDS:
        return None
    if not any(c.isalpha() for c in text) or not (
        text[0].isalnum() or unicodedata.category(text[0])[0] == "L"
    ):
        return None
    if _NO_LABEL.search(_QUERIED.sub(r"\1", _SQUARE_END.sub("", text))):
        return None
    if not _balanced(text):
        return None
    left = "" if re.fullmatch(r"[^\W\d_]{1,6}\.(?: ?\d{1,2})?", text) else _SHORT_DOT.sub("", text)
    if re.search(r"\.(?=\s|$)", left):
        return None
    for sign in INVISIBLE + BOLD + BOLD_END:
        text = text.replace(sign, "")
    return fold(unicodedata.normalize("NFC", text.replace("**", "").replace("__", ""))) or None


def _balanced(text: str) -> bool:
    if _BRACKET_SIGNS.isdisjoint(text):
        return True
    return all(text.count(left) == text.count(right) for left, right in BRACKETS.items() if left != "<")


def heading(label: str, text: str, stamp: Stamp | None, form: str, mark: str) -> Heading:
    """A heading with the times of a stamp."""
    if stamp is None:
        return Heading(label, text, None, None, form, mark)
    return Heading(label, text, stamp.start, stamp.end, form, mark, stamp.of_day)
