"""What stands in a transcript and is no speech: heads, feet, legends, paragraph numbers, front matter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from loaders._head_words import (
    BY_TOOL,
    HEAD_WORD,
    LEGEND_WORD,
    MAIL,
    META,
    NOTES,
    PAGE,
    RULE,
    SECTION,
    STARTED,
)
from loaders._roles import derived_role
from loaders._text import fold
from loaders._times import BOLD, BOLD_END, EDGE, MARKS, only_time

HEAD_LINES = 40  # non-empty lines within which a legend may stand
_FRONT_LINES = 200
_KEY = 80  # characters within which a key and its colon stand
SHORT = 14  # words of a line of a head

_FULL_STOP = re.compile(r"\.(?=\s|$)")
_INITIAL = re.compile(r"(?:^|\s)[^\W\d_]\.$")  # ``Frau M.``
SENTENCE = re.compile(r"[.?!…。？！][\"'”’»)\]]*$")


def bare(line: str) -> str:
    """The line without mark-up at its ends and with single blanks."""
    return fold(line.replace(BOLD, "").replace(BOLD_END, "").strip(MARKS))


def front_matter(lines: Sequence[str]) -> int:
    """How many lines at the top are YAML or TOML front matter, with its fences."""
    first = next((n for n, line in enumerate(lines) if line.strip(EDGE)), None)
    if first is None or lines[first].strip(EDGE) not in ("---", "+++"):
        return 0
    fence = lines[first].strip(EDGE)
    for number in range(first + 1, min(len(lines), first + _FRONT_LINES)):
        text = lines[number].strip(EDGE)
        if text == fence or (fence == "---" and text == "..."):
            inner = lines[first + 1 : number]
            keyed = sum(bool(re.match(r"\s*(?:- |#|[\w .-]+\s*[:=])", one)) for one in inner if one.strip())
            return number + 1 if keyed and keyed * 2 >= sum(bool(one.strip()) for one in inner) else 0
    return 0


def is_no_speech(line: str) -> bool:
    """Whether a line says of itself, wherever it stands, that a tool or an author wrote it."""
    if len(line) > 300:
        return False
    text = bare(line)
    if not text:
        return bool(line.strip(EDGE))
    if RULE.fullmatch(line.strip(EDGE)) and not any(c.isalnum() for c in line) and "…" not in line:
        return line.strip(EDGE) not in ("...", "…")
    return bool(STARTED.fullmatch(text) or BY_TOOL.fullmatch(text.strip("()[]")) or NOTES.fullmatch(text))


def is_running(line: str) -> bool:
    """Whether a line of no speech may stand between the lines of the talk: a rule, a page's number."""
    text = bare(line)
    return not any(c.isalpha() for c in text) or PAGE.fullmatch(text) is not None


@lru_cache(maxsize=65536)
def label_key(label: str) -> str:
    """What two spellings of one label have in common: no case, no full stop, one form of letters."""
    text = unicodedata.normalize("NFC", label)
    plain = fold("".join(c for c in text if c not in EDGE or c.isspace())).casefold()
    return _FULL_STOP.sub("", plain) if "." in plain else plain


def head_lines(lines: Sequence[str], first: int, *, everything: bool, stem: str) -> set[int]:
    """Indexes of the lines before the first label that are a head and no speech.

    Args:
        lines: All lines; ``""`` for those left out already.
        first: Index of the first label.
        everything: Each speech stands under a heading with a time, so what is above the first is a head.
        stem: The file's name without its ending.
    """
    before = [n for n in range(first) if lines[n].strip(EDGE)]
    if not before:
        return set()
    words = sum(len(lines[n].split()) for n in before)
    if everything and len(before) <= HEAD_LINES and words <= 400:
        return set(before)
    out: set[int] = set()
    for block in _blocks(lines, first):
        texts = [bare(lines[n]) for n in block]
        if any(SECTION.fullmatch(text) for text in texts):
            out.update(block)
            continue
        likely = [_like_head(lines[n], stem) for n in block]
        if all(likely) or (any(likely) and all(_may_be_head(text) for text in texts)):
            out.update(block)
        else:
            out.update(n for n, is_head in zip(block, likely, strict=True) if is_head)
    section = False
    for block in _blocks(lines, first):  # what is listed under “SPEAKERS” or “KEYWORDS”
        if section and all(_may_be_head(bare(lines[n])) or "," in lines[n] for n in block):
            out.update(block)
        section = bool(SECTION.fullmatch(bare(lines[block[-1]])))
    return out


def is_meta(line: str) -> bool:
    """Whether the line is ``Date: …`` or the like, as heads have them."""
    key, sign, rest = bare(line).partition(":")
    if not (sign and rest.strip() and META.fullmatch(key.strip())):
        return False
    return not SENTENCE.search(rest) or _INITIAL.search(rest) is not None


def meta_block(lines: Sequence[str], end: int) -> set[int]:
    """Indexes of a block of ``Date: …``, ``Interviewer: Anna`` at the top, which reads like labels.

    It is one if a key in it can be no speaker's and the block stands before the first blank line after it.

    Args:
        lines: All lines.
        end: Index at which the talk begins.
    """
    out: set[int] = set()
    filled = 0
    keys = [_key(line).casefold() for line in lines]
    speaks = {key for key, count in Counter(keys).items() if count > 1 and MAIL.fullmatch(key)}
    for block in _blocks(lines, end):
        filled += len(block)
        if filled > HEAD_LINES:
            break
        meta = [n for n in block if is_meta(lines[n]) and keys[n] not in speaks]
        sure = [n for n in meta if MAIL.fullmatch(keys[n]) or _is_surely_meta(_key(lines[n]))]
        if sure and len(meta) == len(block):
            out.update(block)
        elif sure and len(meta) * 2 >= len(block):
            # A head without a blank line after it: it ends with its last sure line.
            last = max(meta) if max(meta) == block[-1] else max(sure)
            out.update(n for n in block if n <= last)
        elif sure and not out:
            # No blank line parts head and talk, as in a word processor's paragraphs.
            lead = list(takewhile(lambda n: is_meta(lines[n]) or _is_date_or_title(lines[n]), block))
            out.update(n for n in lead if n <= max(set(sure) & set(lead), default=-1))
        elif not sure and not out and filled > 12:
            break
    return out


def _is_date_or_title(line: str) -> bool:
    return ":" not in line and "：" not in line and _like_head(line, "")


def _key(line: str) -> str:
    return bare(line[:_KEY]).partition(":")[0].strip() if ":" in line[:_KEY] else ""


def _is_surely_meta(key: str) -> bool:
    """Whether no one speaks under it: ``Date``, ``Participant ID``, but not ``Interviewer``."""
    return (
        derived_role(key) is None
        or re.search(r"\b(?:id|no|nr|number|code)\b", key, re.IGNORECASE) is not None
    )


def _blocks(lines: Sequence[str], first: int) -> list[list[int]]:
    blocks: list[list[int]] = []
    for n in range(first):
        if not lines[n].strip(EDGE):
            continue
        if blocks and n - 1 == blocks[-1][-1]:
            blocks[-1].append(n)
        else:
            blocks.append([n])
    return blocks


def _may_be_head(text: str) -> bool:
    return len(text.split()) <= SHORT and not SENTENCE.search(text)


def _like_head(line: str, stem: str) -> bool:
    text = bare(line)
    if line.lstrip(EDGE).startswith("#") and not only_time(line):
        return True
    if not _may_be_head(text):
        return False
    return bool(
        HEAD_WORD.search(text)
        or SECTION.fullmatch(text)
        or LEGEND_WORD.fullmatch(text)
        or is_meta(line)
        or only_time(line)
        or (len(text.split()) <= 6 and re.search(r"\b(?:19|20)\d\d\b", text))
        or (stem and fold(stem).casefold() == text.casefold())
    )
