"""Marks that other writers leave in a transcript's text, made plain: HTML's tags, pandoc's escapes, frames.

Only what says nothing is changed; the lines stay as many as they are, a tag that ends one becomes `WITHIN`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from loaders._pipes import without_bars
from loaders._times import EDGE

#: The end of a line within a line of the file.
WITHIN = "\v"
_LAST_BREAK = re.compile(r"(?:<br\s*/?>[ \t]*)+$", re.IGNORECASE)
# Between blanks in the midst of a sentence somebody speaks of it: ``I typed <br> and it was gone``.
_BREAK = re.compile(
    r"(?<![ \t])<br\s*/?>[ \t]*|(?<=[.?!…:])[ \t]<br\s*/?>[ \t]*|[ \t]?<br\s*/?>(?![ \t])", re.IGNORECASE
)
_PASTED = re.compile(r"^[ \t]*<(?:p|div)(?:\s[^<>]{0,200})?>|</(?:p|div)>[ \t]*$", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_BLOCK = re.compile(
    r"</?(?:p|div|html|head|title|meta|link|body|main|section|article|blockquote|ul|ol|li|hr|h[1-6])"
    r"(?:\s[^<>]{0,200})?/?>|<!doctype[^<>]{0,200}>",
    re.IGNORECASE,
)
_INLINE = re.compile(r"</?(?:b|strong|i|em|u|span|a|font)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_BOLD = re.compile(r"[ \t]*<(b|strong)>([^<>]{1,80})</\1>", re.IGNORECASE)
# CommonMark: a backslash takes the meaning from a sign; at the end of a line it breaks the line.
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{}~])")  # not a bar, which ends a cell
_HARD_BREAK = re.compile(r"(?<!\\)\\$")
_ESCAPED_HEAD = re.compile(r"\\[\[(]\d{1,2}:[0-5]\d|^[^:：]{1,80}?\\:(?=\s|\\|$)")
# Premiere's time codes, drop frame: hours;minutes;seconds;frames.
_FRAMES = re.compile(r"(\d\d);([0-5]\d);([0-5]\d);\d\d")
_ONLY_FRAMES = re.compile(rf"{_FRAMES.pattern}(?: ?(?:-?->|[-–—]) ?{_FRAMES.pattern})?")
_TICKED = re.compile(r"`([\[(]?\d{1,2}:[0-5]\d(?::[0-5]\d)?[\])]?)`")
_HEAD = 120  # characters in which a label with its time stands
_ENOUGH = 2  # times that show a habit of the writer


def plain(lines: Sequence[str], *, markdown: bool) -> list[str]:
    """The lines without such marks.

    Args:
        lines: Of the whole text.
        markdown: The file says that it is Markdown, so a backslash is no sign of its own.
    """
    escaped = markdown or sum(bool(_ESCAPED_HEAD.search(line[:_HEAD])) for line in lines) >= _ENOUGH
    pasted = sum(len(_PASTED.findall(line)) for line in lines if "<" in line) >= _ENOUGH
    if pasted:
        lines = [_BLOCK.sub(WITHIN, line) for line in lines]
    if any("<" in line for line in lines) and without_bars(lines) is None:  # in a cell it ends no row
        lines = [_BREAK.sub(WITHIN, _LAST_BREAK.sub("", line)) for line in lines]
    return [
        WITHIN.join(_plain(part, escaped=escaped, pasted=pasted) for part in line.split(WITHIN))
        for line in lines
    ]


def _plain(line: str, *, escaped: bool, pasted: bool) -> str:
    if "<" in line and (bold := _BOLD.match(line)):
        line = f"**{bold[2].strip()}**{line[bold.end() :]}"
    if escaped and "\\" in line:
        line = _ESCAPE.sub(r"\1", _HARD_BREAK.sub("", line))
    if pasted:
        line = _ENTITY.sub(lambda found: html.unescape(found[0]), _INLINE.sub("", line))
    if ";" in line and _ONLY_FRAMES.fullmatch(line.strip(EDGE)):
        line = _FRAMES.sub(r"\1:\2:\3", line)
    if "`" in line[:_HEAD]:
        line = _TICKED.sub(r"\1", line[:_HEAD]) + line[_HEAD:]
    return line
