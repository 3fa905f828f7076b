"""What a label says by itself: its words, its kind marker, its prefix, its bracket.

Nothing here knows the other labels of a study; `kb.codebook.rules` and `kb.codebook.pairing` put
labels side by side.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

Kind = Literal["issue", "fix", "cause", "detection", "topic", "question", "category"]
KINDS: tuple[Kind, ...] = ("issue", "fix", "cause", "detection", "topic", "question", "category")

_MARKERS: dict[str, Kind] = {
    "issue": "issue",
    "fix": "fix",
    "fixes": "fix",
    "cause": "cause",
    "topic": "topic",
    "question": "question",
}
_WORD = "|".join(_MARKERS)
# "No signal (fix)", "No signal [fix]"; "Fix: no signal"; "no-signal-fix", "no_signal_fix"; "fix_no_signal".
_TAG = re.compile(rf"^(?P<stem>.*?)\s*[(\[]\s*(?P<word>{_WORD})\s*[)\]]$", re.IGNORECASE)
_HEAD = re.compile(rf"^(?P<word>{_WORD})\s*(?:[:/]|\s[-–—]\s)\s*(?P<stem>.+)$", re.IGNORECASE)
# The stem ends before a separator, so that a long run of separators is walked once.
_SUFFIX = re.compile(r"^(?P<stem>.*[^\s\-_:/.])[\s\-_:/.]+(?P<word>fix|fixes|cause)$", re.IGNORECASE)
_PREFIX_FIX = re.compile(r"^(?P<word>fix)[-_.](?P<stem>.+)$", re.IGNORECASE)
_FORMS = (
    (_TAG, "rule: marked ({word})"),
    (_HEAD, "rule: begins with {word}:"),
    (_SUFFIX, "rule: suffix -{word}"),
    (_PREFIX_FIX, "rule: begins with {word}"),
)
#: Longer ones carry no mark: each form goes over a label several times.
MAX_LABEL = 1000
# "hard-to-fix", "no-fix": the last word is a verb, or the label says that there is none.
_NOT_A_STEM = frozenset({"to", "no", "not", "cannot", "without"})

# "Q5.4", "q3", "RQ1", "Question 2.1", "Q5.4: fairness".
_QUESTION = re.compile(
    r"^(?P<research>R)?(?:Q|Question)[\s.\-]?\d+(?:\.\d+)*[a-z]?(?:\s*:\s.*)?$", re.IGNORECASE
)

_BRACKET = re.compile(r"^(?P<name>.*?)\s*(?P<open>[(\[])\s*(?P<id>[^()\[\]]+?)\s*[)\]]$")
# A separator may follow one word ("Data-no-signal"); after several words only one that ranks does
# ("Data quality: no signal"): some tools write the parents of a code before it.
_RANKS = r":/\\>"
_SEPARATORS = rf"\-_.{_RANKS}"
_PREFIX = re.compile(
    rf"^(?P<prefix>[^\s{_SEPARATORS}()\[\]]+|[^{_SEPARATORS}()\[\]]+?(?=\s*[{_RANKS}]))\s*[{_SEPARATORS}]\s*\S"
)
_TOKEN = re.compile(r"[^\W_]+[+#]*")


class Marked(NamedTuple):
    """A kind that a label names itself, the label without that mark, and the rule that read it."""

    kind: Kind
    stem: str
    basis: str


class Bracket(NamedTuple):
    """The bracket at a label's end: ``Model-Training-issues (MT)`` → id ``MT``, the name before it."""

    id: str
    name: str
    square: bool


def fold(label: str) -> str:
    """The label with its white space and its Unicode composition made one; nothing else changed.

    Print and text exports of one tool break lines and compose accents differently.
    """
    return " ".join(unicodedata.normalize("NFC", label).split())


def words(label: str) -> tuple[str, ...]:
    """The words of a label, case folded: ``"Data_no signal"`` → ``("data", "no", "signal")``."""
    return tuple(_TOKEN.findall(label.casefold()))


def marked(label: str) -> Marked | None:
    """The kind that a label names itself (``X-fix``, ``Fix: X``, ``X (fix)``), or None."""
    if len(label) > MAX_LABEL:
        return None
    for pattern, basis in _FORMS:
        match = pattern.match(label)
        if match is None:
            continue
        stem, word = match["stem"], match["word"].casefold()
        last = words(stem)[-1:]
        if not last or last[0] in _NOT_A_STEM:
            return None
        return Marked(_MARKERS[word], stem, basis.format(word=word))
    return None


def stem(label: str) -> str:
    """The label without the mark of its kind: ``"Fix: no signal"`` → ``no signal``."""
    mark = marked(label)
    return mark.stem if mark else label


def question_prefix(label: str) -> str | None:
    """``Q`` of ``Q5.4`` or ``Question 3``, ``RQ`` of ``RQ2``; None if the label numbers no question."""
    match = _QUESTION.match(label) if len(label) <= MAX_LABEL else None
    if match is None:
        return None
    return "RQ" if match["research"] else "Q"


def bracket(label: str) -> Bracket | None:
    """The bracket at the label's end, unless it holds the mark of a kind."""
    match = _BRACKET.match(label) if len(label) <= MAX_LABEL else None
    if match is None or match["id"].casefold() in _MARKERS:
        return None
    return Bracket(match["id"], match["name"], match["open"] == "[")


def prefix(label: str) -> str | None:
    r"""The part before the first separator (one of ``- _ . : / \ >``), as written."""
    match = _PREFIX.match(stem(label)) if len(label) <= MAX_LABEL else None
    return match["prefix"] if match else None
