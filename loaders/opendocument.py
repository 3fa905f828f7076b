"""OpenDocument text (.odt), as LibreOffice writes it; annotations are codings.

Written from OASIS OpenDocument 1.3, part 3. odfpy is no longer kept, so the XML is read here, by a parser
that opens no entities and no network. Deleted text of tracked changes and footnotes are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from kb.errors import InputError
from kb.records import Coding, Notice, Source, Turn
from loaders._document import Content, has_part, part_of, records_of
from loaders._margin import Anchor, Remark
from loaders._paras import Para
from loaders._times import BOLD, BOLD_END

FORMAT = "opendocument"
ENDINGS = frozenset({".odt"})
RANK = 22
OPTIONS = frozenset({"interviewers", "interviewees"})
READS = "OpenDocument text (.odt)"
_PART = "content.xml"
_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _STYLE = (_NS % name for name in ("text", "table", "office", "style"))
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = frozenset(
    {f"{_TEXT}tracked-changes", f"{_TEXT}table-of-content", f"{_OFFICE}forms", f"{_TEXT}sequence-decls"}
)


def detect(path: Path) -> bool:
    """Whether the file is OpenDocument text, or has its ending."""
    return path.suffix.lower() == ".odt" or (path.suffix.lower() == ".zip" and has_part(path, _PART))


def parse(
    path: Path, interviewers: Collection[str] = (), interviewees: Collection[str] = ()
) -> Iterator[Source | Turn | Coding | Notice]:
    """Yield the interview, its turns with the annotations as codings, and notices.

    Arguments, lines and errors as for Word documents (`loaders.word`).
    """
    from lxml import etree

    raw = part_of(path, _PART)
    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise InputError(
            "the document is damaged or locked: open it in LibreOffice and save it anew without a password.",
            path,
        ) from error
    yield from records_of(path, _Reader(root).content(), FORMAT, interviewers, interviewees)


class _Reader:
    """Walks the text of a document once, in its order."""

    def __init__(self, root: Any) -> None:
        self._bold = {
            style.get(f"{_STYLE}name")
            for style in root.iter(f"{_STYLE}style")
            if any(p.get(f"{_FO}font-weight") == "bold" for p in style.iter(f"{_STYLE}text-properties"))
        } | {"Strong_20_Emphasis", "Strong Emphasis"}
        self._paras: list[Para] = []
        self._number = self._notes = 0
        self._open: dict[str, tuple[str, str, list[Anchor], int]] = {}
        self._begun: dict[str, int] = {}
        self._running: set[str] = set()  # annotations whose end is still to come
        self._ended = {end.get(f"{_OFFICE}name") for end in root.iter(f"{_OFFICE}annotation-end")}
        self._remarks: list[Remark] = []
        self._text: list[str] = []
        self._length = 0
        self._head_open = True  # still in the bold beginning
        self._head = 0
        body = root.find(f"{_OFFICE}body/{_OFFICE}text")
        if body is not None:
            self._blocks(body)
        for author, words, anchors, at in self._open.values():
            self._remarks.append(Remark(author, words, tuple(anchors), at))

    def content(self) -> Content:
        notes = [f"footnotes of the document were left out: {self._notes}."] if self._notes else []
        remarks = sorted(self._remarks, key=lambda one: one.anchors[0].para if one.anchors else one.at)
        return Content(self._paras, remarks, notes)

    def _blocks(self, parent: Any) -> None:
        for child in parent:
            if not isinstance(child.tag, str) or child.tag in _SKIPPED:
                continue
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._number += 1
                self._paragraph([child], "## " if child.tag.endswith("}h") else "")
            elif child.tag == f"{_TABLE}table-row":
                cells = [
                    list(cell.iter(f"{_TEXT}p", f"{_TEXT}h"))
                    for cell in child
                    if str(cell.tag).endswith("}table-cell")
                ]
                filled = [cell for cell in cells if any("".join(p.itertext()).strip() for p in cell)]
                if len(filled) == 1:
                    for p in filled[0]:
                        self._number += 1
                        self._paragraph([p], "")
                else:
                    self._number += 1
                    self._row(cells)
            else:
                self._blocks(child)

    def _row(self, cells: list[list[Any]]) -> None:
        self._begin()
        for n, cell in enumerate(cells):
            if n:
                self._add("\t", bold=False)
            for m, paragraph in enumerate(cell):
                if m:
                    self._add(" ", bold=False)
                self._inline(paragraph, bold=False)
        self._end("")

    def _paragraph(self, elements: list[Any], prefix: str) -> None:
        self._begin()
        for element in elements:
            self._inline(element, bold=element.get(f"{_TEXT}style-name") in self._bold)
        self._end(prefix)

    def _begin(self) -> None:
        self._text, self._length, self._head, self._head_open = [], 0, 0, True
        self._begun = dict.fromkeys(self._running, 0)

    def _end(self, prefix: str) -> None:
        index = len(self._paras)
        for name, start in self._begun.items():
            if self._length > start:
                self._open[name][2].append(Anchor(index, start, self._length))
        text = "".join(self._text)
        head = text[: self._head].rstrip()
        lead = len(prefix)
        if head.strip() and len(head) <= 90 and "\n" not in head:
            text = f"{BOLD}{head}{BOLD_END}{text[len(head) :]}"
            lead += 1
        self._shift(index, lead, len(head) if lead > len(prefix) else -1)
        lines = f"{prefix}{text}".split("\n") if text.strip() else [text]
        if len(lines) == 1:
            self._paras.append(Para(lines[0], self._number, whole=True))
            return
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
            self._paras.append(Para(line, self._number, whole=True))
        self._cut(index, starts)

    def _shift(self, index: int, lead: int, head: int) -> None:
        """Move the anchors of a paragraph by the marks put into it."""
        for anchors in self._all_anchors():
            for n, a in enumerate(anchors):
                if a.para == index:
                    anchors[n] = Anchor(
                        index, *(at + lead + (1 if 0 <= head < at else 0) for at in (a.start, a.end))
                    )

    def _cut(self, index: int, starts: list[int]) -> None:
        """Cut the anchors of a paragraph at its line breaks."""
        for anchors in self._all_anchors():
            for a in [a for a in anchors if a.para == index]:
                anchors.remove(a)
                for n in range(len(starts) - 1):
                    start, end = max(a.start, starts[n]), min(a.end, starts[n + 1] - 1)
                    if end > start:
                        anchors.append(Anchor(index + n, start - starts[n], end - starts[n]))

    def _all_anchors(self) -> list[list[Anchor]]:
        return [anchors for _, _, anchors, _ in self._open.values()]

    def _inline(self, element: Any, *, bold: bool) -> None:
        self._add(_spaces(element.text), bold=bold)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, bold=bold)
            self._add(_spaces(child.tail), bold=bold)

    def _child(self, child: Any, *, bold: bool) -> None:
        tag = child.tag
        if tag == f"{_TEXT}tab":
            self._add("\t", bold=bold)
        elif tag == f"{_TEXT}s":
            self._add(" " * min(200, int(child.get(f"{_TEXT}c") or 1)), bold=bold)
        elif tag == f"{_TEXT}line-break":
            self._add("\n", bold=bold)
        elif tag == f"{_TEXT}note":
            self._notes += 1
        elif tag == f"{_OFFICE}annotation":
            author = child.findtext(f"{_DC}creator") or ""
            words = "\n".join("".join(p.itertext()) for p in child.iter(f"{_TEXT}p"))
            name = child.get(f"{_OFFICE}name") or f"#{len(self._open)}"
            self._open[name] = (author, words, [], len(self._paras))
            if name in self._ended:
                self._running.add(name)
                self._begun[name] = self._length
        elif tag == f"{_OFFICE}annotation-end":
            name = child.get(f"{_OFFICE}name")
            if name in self._running:
                self._running.discard(name)
                self._open[name][2].append(Anchor(len(self._paras), self._begun.pop(name), self._length))
        elif tag not in _SKIPPED and not tag.startswith("{urn:oasis:names:tc:opendocument:xmlns:drawing"):
            self._inline(child, bold=bold or child.get(f"{_TEXT}style-name") in self._bold)

    def _add(self, text: str, *, bold: bool) -> None:
        if not text:
            return
        if self._head_open and (bold or not text.strip()):
            self._head = self._length + len(text)
        else:
            self._head_open = False
        self._text.append(text)
        self._length += len(text)


def _spaces(text: str | None) -> str:
    """Text of XML, in which line ends and indents are blanks."""
    return (
        ""
        if not text
        else " ".join(text.split("\n")).replace("\t", " ")
        if "\n" in text or "\t" in text
        else text
    )
