"""Which lines of a text begin with a speaker's label, told from the whole document.

``Anna: yes`` and ``The problem is: no owner`` look alike, so a line alone cannot say. A label is
taken for one if it is a known word (`loaders._roles`) or a transcription tool's number
(``SPEAKER_01``, ``P1``), or if it reads like a name *and* comes back in the document; a name that
comes once counts only where nearly every paragraph has a label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from kb.records import Role
from loaders._roles import normal, role_of
from loaders._text import fold

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_STAMP = rf"[\[(]?{_TIME}(?:\s*(?:-->|[-–—])\s*{_TIME})?[\])]?"
_MARK = r"[*_#>\s]*"  # Markdown's bold, heading and quotation
_LABEL = r"(?P<label>[^\W_](?:[^:：\[\]<>]{0,38}?[^\s:：\[\]<>*])??)"
_COLON = re.compile(
    rf"^{_MARK}(?:(?P<before>{_STAMP})[\s*_]*[-–—]?[\s*_]*)?{_LABEL}"
    rf"\s*(?P<after>{_STAMP})?\s*[*_]*[:：][*_]*(?:\s+(?P<text>.*)|)$",
    re.DOTALL,
)
# A heading line with a time and no colon, as meeting tools write: ``Anna Smith   0:03``.
_STAMPED = re.compile(
    rf"^{_MARK}(?:(?P<before>{_STAMP})\s*[-–—]?\s*{_LABEL}"
    rf"|{_LABEL.replace('label', 'label2')}\s+(?P<after>{_STAMP}))[\s*_]*$"
)
_UNKNOWN = re.compile(r"(?:unknown|unidentified|multiple|inaudible)(?:[\s_-]*(?:speakers?|voices?))?", re.I)
_GENERIC = re.compile(r"(?:speaker|sprecher|locuteur|hablante|voice)[\s_-]*\w{1,3}|[a-z]{1,2}\d{1,3}", re.I)
_PARTICLE = re.compile(r"al|bin|d[aeiou]|de[lnr]|des|dos|el|l[ae]|te[nr]|van|von|y")
# Words that begin a line before a colon without being anyone's name: the head of a transcript, and
# what people and authors introduce a sentence with.
_NOT_NAME = re.compile(
    r"abstract|added|also|and|author|but|changed|conclusion|date|duration|examples?|file|finally|first"
    r"|fixed|however|introduction|keywords|language|length|license|link|location|no|notes?|ok|okay|place"
    r"|project|ps|recording|removed|second|so|subject|summary|third|time|title|todo|topic|transcript|url"
    r"|usage|version|warning|well|yeah|yes"
)
_MAX_WORDS = 4
_FEW_WORDS = 2
_MIN_BARE = 4  # letters: “A” or “Q” alone on a line is no heading
_HEAD = 200  # characters of a line that may hold its label; the rest is not searched


class Heading(NamedTuple):
    """A speaker's label at the start of a line.

    Attributes:
        label: The label as written, without time, mark-up and colon.
        text: What follows on the line, ``""`` where the label stands alone.
        start: The time on the line, seconds from the start of the recording, else None.
    """

    label: str
    text: str
    start: float | None


def seconds(time: str) -> float:
    """Seconds of ``[hours:]minutes:seconds[.fraction]``, the fraction after a point or a comma.

    >>> seconds("1:02:03,5"), seconds("01:02")
    (3723.5, 62.0)
    """
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def is_unknown(label: str) -> bool:
    """Whether the label itself says that nobody knows who speaks (``Unknown Speaker``)."""
    return _UNKNOWN.fullmatch(fold(label)) is not None


def key(label: str) -> str:
    """What two spellings of one label have in common: no case, white space folded."""
    return fold(label).casefold()


def derived_role(label: str) -> Role | None:
    """The role that a label's word says, also in brackets behind a name: ``Anna (interviewer)``."""
    role = role_of(label)
    if role is None and (inner := re.search(r"\(([^()]+)\)", label)):
        role = role_of(inner[1])
    return role


def _is_known(label: str) -> bool:
    return derived_role(label) is not None or is_unknown(label) or _GENERIC.fullmatch(label) is not None


def _like_name(label: str) -> bool:
    """Up to four words, each with a capital (or of a script without), numbers and particles aside."""
    words = re.findall(r"[^\W_][^\s,;]*", label)
    if not words or len(words) > _MAX_WORDS or re.search(r"[?!,;]|\w{4,}\.", label):
        return False
    if _NOT_NAME.fullmatch(key(label)) or not any(char.isalpha() for char in label):
        return False
    return not words[0][0].isdigit() and all(
        not word[0].islower() or _PARTICLE.fullmatch(word) for word in words
    )


def _candidate(line: str) -> Heading | None:
    head, rest = line[:_HEAD], line[_HEAD:]
    if match := _COLON.match(head):
        label, text = match["label"], (match["text"] or "") + rest
    elif not rest and (match := _STAMPED.match(head)):
        label, text = match["label"] or match["label2"], ""
    else:
        return None
    stamp = match["before"] or match["after"]
    time = re.search(_TIME, stamp) if stamp else None
    return Heading(fold(label).rstrip("*_"), text, seconds(time[0]) if time else None)


class Labels:
    """The labels of one document; reads its lines after having seen all of them once.

    Args:
        lines: The lines (or paragraphs, or cues) that may begin with a label; blank ones are
            passed over.
        given: Labels that the user names; they are labels however often they come.
    """

    def __init__(self, lines: Iterable[str], given: Collection[str] = ()) -> None:
        counts: Counter[str] = Counter()
        spelling: dict[str, str] = {}
        bare: Counter[str] = Counter()
        paragraphs = 0
        for line in lines:
            if not line.strip():
                continue
            paragraphs += 1
            found = _candidate(line)
            if found:
                counts[key(found.label)] += 1
                spelling.setdefault(key(found.label), found.label)
            elif self._bare_word(line):
                bare[key(line.strip(" \t*_#"))] += 1
        known = {name for name in counts if _is_known(spelling[name])} | {key(label) for label in given}
        names = {name for name in counts if _like_name(spelling[name])}
        often = {name for name in names if counts[name] > 1}
        # A label in small letters must be short and a good part of the document to be believed.
        often |= {
            name
            for name, count in counts.items()
            if count > 2 and len(name.split()) <= _FEW_WORDS and not _NOT_NAME.fullmatch(name)
            if count >= paragraphs / 10 and re.fullmatch(r"[\w .-]+", name)
        }
        once = names if sum(counts[name] for name in names | known) >= 0.8 * paragraphs else set()
        self._accepted = known | often | once
        labelled = sum(counts[name] for name in self._accepted)
        #: Whether lone speaker words (``Interviewee``) are this document's way to head a passage.
        self.bare_headings = bare.total() > max(labelled, 1)
        if self.bare_headings:
            labelled += bare.total()
        #: Whether the document has labels enough to be the transcript of a conversation.
        self.enough = (labelled > 0 and labelled >= paragraphs / 2) or (
            labelled > 1 and (bool(known & set(counts)) or self.bare_headings or labelled >= paragraphs / 5)
        )

    def read(self, line: str) -> Heading | None:
        """The label that the line begins with, or None for a line of running text."""
        found = _candidate(line)
        if found and key(found.label) in self._accepted:
            return found
        if self.bare_headings and self.is_bare(line):
            return Heading(fold(line.strip(" \t*_#")), "", None)
        return None

    def is_bare(self, line: str) -> bool:
        """Whether the line is a speaker's label and nothing else, not even a colon."""
        return self._bare_word(line) or key(line) in self._accepted

    @staticmethod
    def _bare_word(line: str) -> bool:
        word = fold(line.strip(" \t*_#"))
        if not word or not word[0].isupper() or word[-1] in ".?!,;" or len(normal(word)) < _MIN_BARE:
            return False
        return role_of(word) is not None or (is_unknown(word) and " " in word)
