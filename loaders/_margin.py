"""Comments in a document's margin as codings: many people code there.

A comment's author is the coder; each of its lines (parts between semicolons too) is a label; the words it is
anchored to are the quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.records import Coding, Notice, Turn
from loaders._paras import Said
from loaders._source import SourceName
from loaders._text import fold
from loaders._times import BOLD, BOLD_END

# What a word processor calls an author that it does not know, or has made anonymous.
_NOBODY = frozenset(
    {"", "author", "autor", "auteur", "unknown author", "microsoft office user", "user", "unbekannt"}
)
_UNNAMED = "unnamed coder"  # whom a comment without an author has, where others have one
_LEAD = re.compile(r"(?:codes?|kodes?)\s*[:=]\s*|#(?=\w)", re.IGNORECASE)


class Anchor(NamedTuple):
    """A piece of one paragraph: its index, and the span in its text in code points."""

    para: int
    start: int
    end: int


class Remark(NamedTuple):
    """A comment: who wrote it, its text, what it is anchored to (without anchors: a place, ``at``)."""

    author: str
    text: str
    anchors: tuple[Anchor, ...]
    at: int


class Margin:
    """The comments of one document.

    Args:
        remarks: In the order of the document.
        texts: Its paragraphs as they were given to `loaders._dialogue`.
        source: What the file's name says.
        file: Name of the file.
    """

    def __init__(
        self, remarks: Sequence[Remark], texts: Sequence[str], source: SourceName, file: str
    ) -> None:
        self._remarks, self._texts, self._source, self._file = remarks, texts, source, file
        authors = {self._author(one) for one in remarks}
        #: Whether there are several coders.
        self.several = len(authors) > 1
        #: The one coder; None where there are several, or none is named.
        self.coder = next(iter(authors)) if len(authors) == 1 else None
        self._placed: set[int] = set()

    def _author(self, remark: Remark) -> str | None:
        author = fold(remark.author)
        return self._source.coder if author.casefold() in _NOBODY else author

    def _coder(self, remark: Remark) -> str | None:
        author = self._author(remark)
        return _UNNAMED if author is None and self.several else author

    def codings(self, said: Said, turn: Turn) -> Iterator[Coding]:
        """The codings on one turn."""
        for number, remark in enumerate(self._remarks):
            spans = [
                anchor for anchor in remark.anchors if anchor.para in said.paras and anchor.end > anchor.start
            ]
            if not spans and not (remark.at in said.paras and not remark.anchors):
                continue
            self._placed.add(number)
            quote = self._quote(spans, said)
            at = turn.text.find(quote) if quote else -1
            whole = at < 0 or quote == turn.text
            for label in labels_of(remark.text):
                yield Coding(
                    interview=turn.interview,
                    turn=turn.id,
                    label=label,
                    code=label,
                    coder=self._coder(remark),
                    round=self._source.round,
                    quote=None if whole else quote,
                    start=None if whole else at,
                    end=None if whole else at + len(quote),
                )

    def _quote(self, spans: Sequence[Anchor], said: Said) -> str:
        """The words between a comment's anchors, as they stand in the turn."""
        parts = []
        for anchor in spans:
            part = _plain(self._texts[anchor.para][anchor.start : anchor.end])
            if part and part not in said.text:  # the label, or a time, is within the anchor
                whole = _plain(self._texts[anchor.para])
                begin = whole.find(part)
                cut = whole.find(said.text) if said.text in whole else -1
                part = part[max(0, cut - begin) :].strip() if cut >= 0 else part
            parts.append(part)
        return fold(" ".join(part for part in parts if part))

    def lost(self) -> Iterator[Notice]:
        """The comments that stand on no turn."""
        for number, remark in enumerate(self._remarks):
            if number not in self._placed:
                yield Notice(
                    level="lost",
                    message=f"the comment “{fold(remark.text)[:60]}” stands on no one's words.",
                    source=self._file,
                    interview=self._source.interview,
                    line=remark.at + 1,
                )


def labels_of(text: str) -> list[str]:
    r"""The labels in a comment: one a line, or several between semicolons.

    >>> labels_of("Pump-dry; Meter-fault\nCode: Wiring")
    ['Pump-dry', 'Meter-fault', 'Wiring']
    """
    parts = [fold(_LEAD.sub("", part.strip(), count=1)) for part in re.split(r"[\n;]", text)]
    out: list[str] = []
    for part in parts:
        pieces = part.split(", ")
        out += (
            pieces if len(pieces) > 1 and all(re.fullmatch(r"[\w-]+", piece) for piece in pieces) else [part]
        )
    return list(dict.fromkeys(part for part in out if part))


def _plain(text: str) -> str:
    return fold(text.replace(BOLD, "").replace(BOLD_END, ""))
