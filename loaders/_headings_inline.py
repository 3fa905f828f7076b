"""Labels before words on the same line and without a colon: bold, in brackets, with a time, a dash, a tab."""

from __future__ import annotations

import re

from loaders._label import Heading, clean_label, heading
from loaders._label_words import BRACKETS, is_sound
from loaders._times import (
    BOLD,
    BOLD_END,
    DIGITS,
    EDGE,
    MARKS,
    only_time,
    peel_bracketed,
    peel_left,
    peel_right,
)

HEAD = 160  # characters of a line that may hold its label; the rest is not searched
_DOTTED = re.compile(r"([QA])(?:\.[ \t]+|[ ]*\t[ \t]*|[ ]{3,})(?:\((?i:by) [^()]{2,40}\)\s*)?(?=\S)")
_MACHINE = re.compile(r"(speaker[_ ]\d{1,3})\s+(?=[^\s\d:：(\[–-])", re.IGNORECASE)
_GAPS = ("\t", "   ", "\u00a0\u00a0", "\u3000")
_GAP = re.compile(r"([^\t\u3000]{1,70}?)(?:[ \u00a0]*\t\s*|[ \u00a0]{3,}|[ ]?\u3000+)(?=\S)")
_SIGNS = ("**", "__", BOLD, "*", "_")  # the longer ones first
_DASH = re.compile(r"(?:[–—]|--?)\s+")
_ARROW = re.compile(r"([^\t:：»›>]{1,64}?)(?:\s?[»›]|\s+>{1,2})\s+(?=\S)")
_BARE_TIME = re.compile(r"(?<=\s)\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,3})?(?=\s+\S)")


def bold(head: str) -> Heading | None:
    """A bold beginning, then text: ``**I [00:00:00]** Wie …``; one in italics is another form, ``slant``."""
    open_ = next((sign for sign in _SIGNS if head.startswith(sign)), None)
    if open_ is None:
        return None
    close = BOLD_END if open_ == BOLD else open_
    end = head.find(close, len(open_), HEAD)
    if end < 0:
        return None
    inner, text = head[len(open_) : end], head[end + len(close) :].lstrip(EDGE)
    if inner.startswith("*") and text.startswith("*"):  # bold and in italics
        text = text[1:].lstrip(EDGE)
    text = _DASH.sub("", text, count=1) if _DASH.match(text) else text
    if not text.strip(MARKS) or text[:1] in ":：":
        return None
    stamp, rest = peel_left(inner)
    rest = rest.lstrip(MARKS + "-–—") if stamp else rest
    after, rest = peel_right(rest)
    label = clean_label(rest)
    if label is None:
        return None
    inside, left = peel_bracketed(text)
    if inside is None and stamp is None and after is None:
        inside, left = peel_left(text)
        if inside and not left.strip(MARKS):  # a time alone: `_stamped` reads that
            return None
    text = left if inside else text
    if not text.strip(MARKS):
        return None
    found = stamp or after or inside
    return heading(
        label, text, found, *(("bold", "bold") if len(open_) > 1 or open_ == BOLD else ("slant", ""))
    )


def bracket(head: str) -> Heading | None:
    """A label in brackets, then text or a time."""
    inner = head.lstrip(MARKS) if head[:1] != "<" else head
    close = BRACKETS.get(inner[:1])
    if close is None:
        lead, rest = peel_bracketed(inner)
        if lead is None or BRACKETS.get(rest.lstrip(EDGE)[:1]) is None:
            return None
        inner = rest.lstrip(EDGE)
        close = BRACKETS[inner[:1]]
    else:
        lead, rest = peel_bracketed(inner)
        if lead:
            inner = rest.lstrip(EDGE)
            close = BRACKETS.get(inner[:1])
            if close is None:
                return None
    end = inner.find(close, 1, HEAD)
    if end < 0:
        return None
    after, rest = peel_right(inner[1:end])
    label = clean_label(rest)
    text = inner[end + 1 :].strip(EDGE + "*_")
    if label is None or is_sound(label) or text.startswith((":", "：")):
        return None
    stamp, left = peel_left(text)
    if stamp and not lead and not after:
        text = left.lstrip(EDGE)
    return heading(label, text, lead or after or stamp, "bracket", "bracket")


def timed(head: str) -> Heading | None:
    """A label, a time, then text, and no colon."""
    if DIGITS.isdisjoint(head[:80]):
        return None
    at = min((n for n in map(head[:80].find, "[(#{［（") if n > 0), default=-1)
    stamp, text = peel_bracketed(head[at:]) if at > 0 else (None, "")
    if stamp is None and (match := _BARE_TIME.search(head[:80])):
        at = match.start()
        stamp, text = peel_left(head[at:])
    label = clean_label(head[:at].rstrip(EDGE + "/|•·")) if stamp else None
    text = text.lstrip(EDGE + "*_-–—/|•·")
    if label is None or not text or text[0] in ":：" or re.search(r"[:：]", head[:at]):
        return None
    return heading(label, text, stamp, "timed", "time" if stamp and stamp.bracketed else "")


def machine(head: str) -> Heading | None:
    """A machine's label, perhaps after a time, then text: ``[0.50 - 2.10] SPEAKER_00 What …``."""
    stamp, rest = peel_bracketed(head)
    match = _MACHINE.match(rest.lstrip(EDGE)[:HEAD])
    if match is None or (stamp is None and "_" not in match[1]):
        return None
    return heading(match[1], rest.lstrip(EDGE)[match.end() :], stamp, "timed", "time")


def dotted(head: str) -> Heading | None:
    """``Q. text`` and ``A. text``, as courts write; ``Q. (By Ms. Lee) text`` too."""
    match = _DOTTED.match(head[:HEAD])
    return Heading(match[1], head[match.end() :], form="dotted") if match else None


def dashed(head: str) -> Heading | None:
    """A label, a dash between blanks, then text."""
    match = re.match(r"([^\t:：–—]{1,64}?)\s+(?:[–—]|--?)\s+(?=\S)", head[:HEAD])
    label = clean_label(match[1]) if match else None
    if match is None or label is None:
        return None
    return Heading(label, head[match.end() :], form="dashed")


def arrow(head: str) -> Heading | None:
    """A label, a sign that points to the right, then text: ``Dana » text``, ``Dana > text``."""
    match = _ARROW.match(head[:HEAD])
    label = clean_label(match[1]) if match else None
    if match is None or label is None:
        return None
    return Heading(label, head[match.end() :], form="arrow")


def semi(head: str) -> Heading | None:
    """A label, a semicolon, then text."""
    match = re.match(r"([^\t:：;]{1,64}?) ?;\s+(?=\S)", head[:HEAD])
    label = clean_label(match[1]) if match else None
    if match is None or label is None:
        return None
    return Heading(label, head[match.end() :], form="semi")


def number(head: str) -> Heading | None:
    """A number in the place of a name: ``1: text``."""
    match = re.match(r"(\d{1,2}) ?[:：](?:\s+|(?<=：))(?=\D)", head[:HEAD])
    return Heading(match[1], head[match.end() :], form="number") if match else None


def gap(head: str) -> Heading | None:
    """A label, a tab, three blanks or a wide one, then text; perhaps a time before it."""
    if not any(sign in head[:HEAD] for sign in _GAPS):
        return None
    stamp, head = peel_left(head)
    head = head.lstrip(EDGE) if stamp else head
    match = _GAP.match(head[:HEAD])
    if match is None:
        return None
    after, rest = peel_right(match[1])
    label = clean_label(rest)
    text = head[match.end() :]
    if label is None or only_time(text) or re.search(r"[:：]", rest):
        return None
    inside, left = peel_bracketed(text)
    return heading(label, left if inside else text, stamp or after or inside, "gap", "")
