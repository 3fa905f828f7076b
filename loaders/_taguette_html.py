"""The text of a document in Taguette, which keeps it as HTML.

Offsets count the bytes of the HTML's text nodes, markup left out and white space as it stands. To read,
paragraphs are lines and white space is as a browser shows it; for each character of the text nodes it is
kept where it went.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from loaders._text import listed

# Elements that begin and end a line; others (bold, links) stand within one.
_BLOCKS = frozenset(
    listed(
        """address article aside blockquote body caption dd details div dl dt fieldset figcaption figure
        footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody
        tfoot thead tr ul"""
    )
)
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"head", "script", "style", "template", "title"})
_KEPT = frozenset({"pre", "listing", "textarea"})  # white space stands as it is
_RUNS = re.compile(r"(?P<blank>[ \t\n\f\r]+)|[^ \t\n\f\r]+")


class Html(HTMLParser):
    """A document.

    Args:
        html: Its HTML, as a whole or the inner part of a body.

    Attributes:
        nodes: Its text nodes, one after the other.
        text: The text to read.
        at: For each place of `nodes`, the place in `text`.
        pictures: How many pictures it shows.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._nodes: list[str] = []
        self._text: list[str] = []
        self.at: list[int] = []
        self.pictures = 0
        self._length = 0  # of the text
        self._line = False  # there is something on the line that is being written
        self._blank = False  # white space was met that is not written yet
        self._kept = self._unseen = 0  # how deep in elements of these kinds
        self._fresh = False  # a <pre> has just begun: its first line end is left out
        # As a browser does before the first element.
        self.feed(html.replace("\r\n", "\n").replace("\r", "\n").lstrip(" \t\n\f"))
        self.close()
        self.at.append(self._length)
        self.nodes, self.text = "".join(self._nodes), "".join(self._text)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """What begins as one (``<![``) and is none is a comment, as to a browser."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:  # as Python before 3.14 has it
            return self.parse_bogus_comment(i, report)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin an element."""
        self._fresh = tag in _KEPT
        self._kept += tag in _KEPT
        self._unseen += tag in _UNSEEN
        self.pictures += tag == "img"
        self._edge(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """An element that a slash closes at once, as is right for some only."""
        self.pictures += tag == "img"
        self._edge(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element; ends that nothing began change no depth."""
        self._fresh = False
        if tag in _KEPT:
            self._kept = max(0, self._kept - 1)
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag != "br":
            self._edge(tag)

    def handle_data(self, data: str) -> None:
        """A text node, or a part of one."""
        if self._fresh and data.startswith("\n"):
            data = data[1:]
        self._fresh = False
        if self._unseen:  # counted by nobody: Taguette takes such elements out
            return
        self._nodes.append(data)
        for run in _RUNS.finditer(data):
            self._show(run[0], bool(run["blank"]))

    def _show(self, run: str, blank: bool) -> None:
        """Words, or the white space between them."""
        if blank and self._kept:
            for char in run:
                self.at.append(self._length)
                if char == "\n":
                    self._break()
                else:
                    self._write(char)
        elif blank:
            self.at += [self._length] * len(run)
            self._blank = self._blank or self._line
        else:
            if self._blank:
                self._write(" ")
                self._blank = False
            self.at += range(self._length, self._length + len(run))
            self._write(run)
            self._line = True

    def _edge(self, tag: str) -> None:
        if tag == "br" or (tag in _BLOCKS and self._line):
            self._break()
        elif tag in _CELLS:
            self._blank = self._line

    def _break(self) -> None:
        self._write("\n")
        self._line = self._blank = False

    def _write(self, words: str) -> None:
        self._text.append(words)
        self._length += len(words)
