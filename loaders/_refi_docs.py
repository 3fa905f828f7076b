"""The texts of a REFI-QDA project as interviews: which there are, and where its selections are in them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Collection
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Protocol

from kb.records import Notice, Turn
from kb.text.words import plural
from loaders._passages import Document, Place, newlines
from loaders._refi_archive import Archive
from loaders._refi_kept import Kept, KeptDocument
from loaders._refi_model import Body, Content, Item, Selection
from loaders._refi_offsets import Body as Counted
from loaders._refi_offsets import Marked, Reading, choose
from loaders._refi_regions import on_words
from loaders._source import interview_id, name_parts

_ENDING = re.compile(
    r"\.(?:txt|md|docx?|odt|rtf|pdf|html?|vtt|srt|xlsx?|mp[34]|m4[av]|wav|wma|ogg|aac|flac|mov|avi|webm|"
    r"jpe?g|png)$",
    re.IGNORECASE,
)
_SHOWN = 3
# How kb itself counts.
_OWN = Reading("characters", crlf=False, shift=0, inclusive=False)


class Placing(Protocol):
    """What `loaders._passages.Document` gives."""

    turns: list[Turn]
    notices: list[Notice]

    def places(self, start: int, end: int) -> list[Place]:
        """Where words of the text are in its turns."""


class Doc(NamedTuple):
    """One interview.

    Attributes:
        marks: The selections, with their places in code points; those of the recording or page that the
            text stands for, too.
    """

    interview: str
    title: str
    item: Item
    body: Body
    text: str
    placing: Placing
    marks: list[tuple[Selection, tuple[int, int]]]


class _Draft(NamedTuple):
    item: Item
    body: Body
    title: str
    text: str
    double: frozenset[int]


class Docs:
    """Reads all texts of a project.

    Args:
        path: The project.
        archive: Its files.
        content: What its XML says.
        kept: What kb itself wrote down beside it.
        interviewers, interviewees: Labels that the user names.

    Attributes:
        lost: What has no place, and how much of it; added to.
        notices: What to tell.
    """

    def __init__(
        self,
        path: Path,
        archive: Archive,
        content: Content,
        kept: Kept,
        interviewers: Collection[str],
        interviewees: Collection[str],
    ) -> None:
        self._path, self._archive, self._kept = path, archive, kept
        self._labels = (interviewers, interviewees)
        self.lost: Counter[str] = Counter()
        self.notices: list[Notice] = []
        drafts = _without_twins([draft for item in content.items for draft in self._drafts(item)])
        ids = self._ids(drafts)
        counted = [_counted(draft) for draft in drafts]
        # A text that is as kb wrote it leaves nothing to find out.
        known = [bool(kept.turns(draft.body.guid, draft.text)) for draft in drafts]
        readings, told = choose(counted) if not all(known) else ([_OWN] * len(drafts), [])
        readings = [_OWN if own else found for own, found in zip(known, readings, strict=True)]
        for sure, message in told:
            self._tell("info" if sure else "warning", message)
        self.all = [
            self._doc(draft, id_, body, reading)
            for draft, id_, body, reading in zip(drafts, ids, counted, readings, strict=True)
        ]

    def _tell(self, level: str, message: str) -> None:
        self.notices.append(
            Notice(level="warning" if level == "warning" else "info", message=message, source=self._path.name)
        )

    def _drafts(self, item: Item) -> list[_Draft]:
        """The texts of one source; what is of a source without one is told."""
        drafts = []
        for number, body in enumerate(item.texts):
            found = self._text(body)
            if found is None or not found.strip():
                continue
            text, moved = newlines(found)
            double = frozenset(a for a, b in pairwise(moved or ()) if a == b)
            title = _ENDING.sub("", item.name or body.name or "") or f"text {_hash(text)[:8]}"
            if number:
                title = f"{title} ({body.name or number + 1})"
            drafts.append(_Draft(item, body, title, text, double))
        if not drafts:
            self._without_text(item)
        return drafts

    def note_text(self, note: Body) -> str | None:
        """What a note says; None if its text is not in the file."""
        text = self._text(note)
        return None if text is None else newlines(text)[0]

    def _text(self, body: Body) -> str | None:
        if body.content:
            return body.content
        found = self._archive.text(body.path) if body.path else None
        return body.content if found is None else found[0]

    def _without_text(self, item: Item) -> None:
        kind = {
            "TextSource": "documents whose text is not in the file",
            "PDFSource": "PDF documents without a text of theirs in the file",
            "PictureSource": "pictures",
            "AudioSource": "recordings without a transcript in the file",
            "VideoSource": "recordings without a transcript in the file",
        }[item.kind]
        self.lost[kind] += 1
        coded = [*item.whole.codings, *(c for s in item.regions for c in s.codings)]
        coded += [c for body in item.texts for s in body.selections for c in s.codings]
        self.lost[f"codings of {kind}"] += len(coded)
        notes = [*item.whole.notes, *(n for s in item.regions for n in s.notes)]
        self.lost[f"notes on {kind}"] += len(notes) + bool(item.whole.description)

    def _ids(self, drafts: list[_Draft]) -> list[str]:
        """Ids from titles; of texts with the same one the second and further get a number, by content."""
        groups: dict[str, list[int]] = defaultdict(list)
        for n, draft in enumerate(drafts):
            groups[self._kept.interview(draft.body.guid, draft.text) or _id(draft.title)].append(n)
        ids = {n: id_ for id_, group in groups.items() for n in group}
        for id_, group in groups.items():
            if len(group) == 1:
                continue
            group.sort(key=lambda n: (drafts[n].title, _hash(drafts[n].text)))
            number = 1
            for n in group[1:]:
                number += 1
                while f"{id_}-{number}" in groups:
                    number += 1
                ids[n] = f"{id_}-{number}"
            names = ", ".join(f"“{drafts[n].title}”" for n in group[:_SHOWN])
            more = f" and {len(group) - _SHOWN} more" if len(group) > _SHOWN else ""
            self._tell(
                "warning",
                f"{plural(len(group), 'source')} would be interview {id_} ({names}{more}); they are kept "
                f"apart as {id_}, {ids[group[1]]}{' …' if len(group) > 2 else ''}.",
            )
        return [ids[n] for n in range(len(drafts))]

    def _doc(self, draft: _Draft, interview: str, counted: Counted, reading: Reading) -> Doc:
        item, body, text = draft.item, draft.body, draft.text
        marks = []
        for selection in body.selections:
            span = counted.span(reading, _marked(body, selection))
            if span is None or not text[slice(*span)].strip():
                self.lost["codings of selections that hold no words of their text"] += len(selection.codings)
                self.lost["notes on selections that hold no words of their text"] += len(selection.notes)
                continue
            marks.append((selection, span))
        times = {}
        for _, time, at in body.sync:
            if time is None:
                continue
            if span := counted.span(reading, Marked(at, at + (not reading.inclusive), None)):
                times[span[0]] = time / 1000
        if body is item.texts[0]:
            found, notice = on_words(self._path.name, item, text, times, marks, self.lost)
            marks += found
            self.notices += [notice] if notice else []
        title = self._kept.title(body.guid) or draft.title
        placing: Placing
        if turns := self._kept.turns(body.guid, text):
            placing = KeptDocument(interview, text, turns)
        else:
            placing = Document(
                self._path.name, interview, title, text, [span for _, span in marks], *self._labels, times
            )
        counted.forget()
        return Doc(interview, title, item, body, text, placing, marks)


def _without_twins(drafts: list[_Draft]) -> list[_Draft]:
    """The texts, without transcripts that stand as a document of their own beside the recording.

    QualCoder writes them so; the codings are the document's, the times the transcript's.
    """
    documents = {draft.text: draft.body for draft in drafts if draft.item.kind == "TextSource"}
    kept = []
    for draft in drafts:
        twin = documents.get(draft.text)
        coded = draft.body.selections or draft.body.codings or draft.item.regions
        if draft.item.kind in ("AudioSource", "VideoSource") and twin is not None and not coded:
            twin.sync = twin.sync or draft.body.sync
        else:
            kept.append(draft)
    return kept


def _counted(draft: _Draft) -> Counted:
    body = draft.body
    marked = [_marked(body, selection) for selection in body.selections]
    return Counted(draft.text, draft.double, marked, [at for *_, at in body.sync])


def _marked(body: Body, selection: Selection) -> Marked:
    """A selection of a text; one of a transcript runs between two sync points."""
    start, end = selection.start, selection.end
    if selection.kind == "TranscriptSelection" and any(selection.sync):
        at: dict[str, int | None] = {guid: position for guid, _, position in body.sync}
        at[""] = None
        # One that says no end runs to the text's.
        if all(guid in at for guid in selection.sync):
            return Marked(at[selection.sync[0]], at[selection.sync[1]], selection.name)
        start = None
    if start is None or end is None:
        return Marked(-1, -1, None)
    return Marked(start, end, selection.name)


def _id(title: str) -> str:
    """The id that a file of this name has, if it has a number: it may be loaded beside, dated."""
    parts = name_parts(Path("source.txt"), title)
    return parts.interview if parts.coder is None and parts.interview.isdigit() else interview_id(title)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
