"""Marks that other writers leave in a transcript's text, made plain: HTML's tags, pandoc's escapes, frames.

Only what says nothing is changed; the lines stay as many as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders._times import EDGE

_BREAK = re.compile(r"<br\s*/?>[ \t]*$", re.IGNORECASE)
_BOLD = re.compile(r"[ \t]*<(b|strong)>([^<>]{1,80})</\1>", re.IGNORECASE)
# CommonMark: a backslash takes the meaning from a sign; at the end of a line it breaks the line.
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{}~])")  # not a bar, which ends a cell
_HARD_BREAK = re.compile(r"(?<!\\)\\$")
_ESCAPED_TIME = re.compile(r"\\[\[(]\d{1,2}:[0-5]\d")
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
    escaped = markdown or sum(bool(_ESCAPED_TIME.search(line[:_HEAD])) for line in lines) >= _ENOUGH
    return [_plain(line, escaped=escaped) for line in lines]


def _plain(line: str, *, escaped: bool) -> str:
    if "<" in line:
        line = _BREAK.sub("", line)
        if bold := _BOLD.match(line):
            line = f"**{bold[2].strip()}**{line[bold.end() :]}"
    if escaped and "\\" in line:
        line = _ESCAPE.sub(r"\1", _HARD_BREAK.sub("", line))
    if ";" in line and _ONLY_FRAMES.fullmatch(line.strip(EDGE)):
        line = _FRAMES.sub(r"\1:\2:\3", line)
    if "`" in line[:_HEAD]:
        line = _TICKED.sub(r"\1", line[:_HEAD]) + line[_HEAD:]
    return line
