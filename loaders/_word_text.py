"""The text of a Word document, paragraph by paragraph, with where its comments are anchored."""

from __future__ import annotations

from typing import Any

from loaders._document import Content, hidden_text
from loaders._margin import Anchor, Remark
from loaders._paras import Para
from loaders._word_marks import (
    W14,
    W,
    is_bold,
    is_hidden,
    local_name,
    marked_line,
    moved,
    nearest,
    replies,
    styles_of,
)

_SKIPPED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "pict", "object", "rPr", "pPr", "Fallback", "drawing"}
)


class Reader:
    """Walks the body of a document once, in its order."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._bold_styles, self._headings = styles_of(document)
        self._paras: list[Para] = []
        self._number = 0
        self._open: dict[str, list[Anchor]] = {}  # comments whose range is not ended
        self._spans: dict[str, list[Anchor]] = {}
        self._places: dict[str, int] = {}
        self._footnotes = 0
        self._hidden: list[str] = []
        self._cells = False
        # The paragraph at hand.
        self._text: list[str] = []
        self._bold: list[bool] = []
        self._from: dict[str, int] = {}

    def body(self) -> None:
        self._blocks(self._document.element.body)

    def content(self) -> Content:
        notes = []
        if self._footnotes:
            notes.append(f"footnotes of the document were left out: {self._footnotes}.")
        if self._hidden:
            notes.append(hidden_text(self._hidden))
        return Content(self._paras, self._remarks(), notes)

    # Blocks.

    def _blocks(self, parent: Any) -> None:
        for child in parent:
            name = local_name(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
                self._blocks(child)
            elif name in ("commentRangeStart", "commentRangeEnd"):
                self._mark(child)

    def _table(self, table: Any) -> None:
        for row in table.iter(f"{W}tr"):
            cells = [cell for cell in row.iter(f"{W}tc") if nearest(cell, "tr") is row]
            filled = [cell for cell in cells if "".join(t.text or "" for t in cell.iter(f"{W}t")).strip()]
            if len(filled) == 1:
                self._blocks(filled[0])
                continue
            self._number += 1
            self._begin()
            for n, cell in enumerate(cells):
                if n:
                    self._add("\t", bold=False)
                for m, paragraph in enumerate(p for p in cell.iter(f"{W}p")):
                    if m and self._text and not self._text[-1].isspace():
                        self._add(" ", bold=False)
                    self._runs(paragraph, bold=False)
            self._end(prefix="", splits=False)

    def _paragraph(self, paragraph: Any) -> None:
        self._number += 1
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        id_ = style.get(f"{W}val") if style is not None else None
        self._begin()
        self._runs(paragraph, bold=id_ in self._bold_styles)
        self._end(prefix="## " if id_ in self._headings else "", splits=True)

    def _begin(self) -> None:
        self._text, self._bold = [], []
        self._from = dict.fromkeys(self._open, 0)

    def _end(self, *, prefix: str, splits: bool) -> None:
        """Put the paragraph down, each of its lines for itself; anchors are moved along."""
        text, bold = "".join(self._text), self._bold
        for id_, start in self._from.items():
            self._spans.setdefault(id_, []).append(Anchor(-1, start, len(text)))
        pending = [
            (id_, n) for id_, spans in self._spans.items() for n, a in enumerate(spans) if a.para == -1
        ]
        start = 0
        for line in text.split("\n") if splits else [text.replace("\n", " ")]:
            marked, lead = marked_line(line, bold[start : start + len(line)], prefix)
            index = len(self._paras)
            self._paras.append(Para(marked, self._number, whole=True))
            end = start + len(line)
            for id_, n in pending:
                anchor = self._spans[id_][n]
                a, b = max(anchor.start, start) - start, min(anchor.end, end) - start
                if b > a:
                    self._spans[id_].append(Anchor(index, moved(a, marked, lead), moved(b, marked, lead)))
            start = end + 1
        for id_, spans in self._spans.items():
            self._places.setdefault(id_, len(self._paras) - 1)
            self._spans[id_] = [anchor for anchor in spans if anchor.para != -1]

    # Runs.

    def _runs(self, parent: Any, *, bold: bool) -> None:
        for child in parent:
            name = local_name(child)
            if name == "r" and is_hidden(child):
                if words := "".join(t.text or "" for t in child.iter(f"{W}t")).strip():
                    self._hidden.append(words)
            elif name == "r":
                self._run(child, bold=is_bold(child, self._bold_styles, bold))
            elif name in ("commentRangeStart", "commentRangeEnd"):
                self._mark(child)
            elif name not in _SKIPPED and name != "p":
                self._runs(child, bold=bold)

    def _run(self, run: Any, *, bold: bool) -> None:
        for child in run:
            name = local_name(child)
            if name == "t":
                self._add(child.text or "", bold=bold)
            elif name == "tab":
                self._add("\t", bold=bold)
            elif name in ("br", "cr"):
                if child.get(f"{W}type") in (None, "textWrapping"):
                    self._add("\n", bold=False)
            elif name == "noBreakHyphen":
                self._add("-", bold=bold)
            elif name in ("footnoteReference", "endnoteReference"):
                self._footnotes += 1
            elif name == "commentReference":
                self._places.setdefault(child.get(f"{W}id"), len(self._paras))
            elif name in ("AlternateContent", "Choice", "drawing", "pict", "txbxContent"):
                continue

    def _add(self, text: str, *, bold: bool) -> None:
        self._text.append(text)
        self._bold += [bold] * len(text)

    def _mark(self, mark: Any) -> None:
        id_ = mark.get(f"{W}id")
        at = len(self._bold)
        if local_name(mark) == "commentRangeStart":
            self._open[id_] = []
            self._from[id_] = at
            self._spans.setdefault(id_, [])
        elif id_ in self._open:
            del self._open[id_]
            self._spans[id_].append(Anchor(-1, self._from.pop(id_, 0), at))

    # Comments.

    def _remarks(self) -> list[Remark]:
        comments = getattr(self._document, "comments", None)
        if comments is None:
            return []
        answers = replies(self._document)
        out = []
        for comment in comments:
            id_ = str(comment.comment_id)
            paragraphs = list(comment.paragraphs)
            para_ids = {p._p.get(f"{W14}paraId") for p in paragraphs}
            if para_ids & answers:
                continue
            text = "\n".join(p.text for p in paragraphs)
            if id_ in self._places or self._spans.get(id_):
                out.append(
                    Remark(comment.author, text, tuple(self._spans.get(id_, ())), self._places.get(id_, 0))
                )
        return sorted(
            out, key=lambda one: (one.anchors[0].para, one.anchors[0].start) if one.anchors else (one.at, 0)
        )
