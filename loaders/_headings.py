"""What a line may begin with in the place of a speaker's label, form by form; nothing is decided here.

The forms are ``Label: text`` (``colon``), a label with a time on a line of its own (``stamp``), a bold
label before text (``bold``), one in italics (``slant``), ``[Label] text`` (``bracket``), ``Label » text``
(``arrow``), ``Label<tab>text`` (``gap``), a label alone on its line (``own``), and ``Label [time] text``
(``timed``); the others are in `loaders._headings_inline`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from loaders._headings_inline import (
    HEAD,
    arrow,
    bold,
    bracket,
    dashed,
    dotted,
    gap,
    machine,
    number,
    semi,
    timed,
)
from loaders._label import MAX_LABEL, Heading, clean_label, heading
from loaders._label_words import BRACKETS, NAMES_AFTER, is_sound
from loaders._text import fold
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

_BULLET = re.compile(r"[-–—•·]\s+|\d{1,4}[.)]\s+(?=\*\*|__)")
# ``Interviewer:in:``, ``Befragte:r:``: the colon of German that names all genders.
_GENDER = re.compile(r"(?:in|innen|r|n|e|er)(?=[\s:：\])/.,\d]|$)")
_IN_TIME = re.compile(r"[\[(［（\s]{0,3}\d{1,2}(?:[:：]\d\d){1,2}")
_COLON = re.compile(r"[:：]")
_STRAY = re.compile(r"[ \t]*[:：](?=\s)")


@lru_cache(maxsize=65536)
def candidates(line: str) -> tuple[Heading, ...]:
    """All that the line could be a heading in, in no order of trust."""
    head = line.lstrip(EDGE)
    changes = head.startswith((">>", "»"))
    if changes:
        head = head.lstrip(">»" + EDGE)
    if bulleted := _BULLET.match(head):
        head = head[bulleted.end() :]
    found = [_without_stray(heading) for read in _READERS if (heading := read(head))]
    return tuple(h._replace(mark="change") if changes and not h.mark else h for h in found)


def _without_stray(heading: Heading) -> Heading:
    """Without a second colon after the label, or one after its time: ``Mo:: yes``, ``**Mo** (0:05): yes``."""
    stray = _STRAY.match(heading.text)
    return heading._replace(text=heading.text[stray.end() :]) if stray else heading


def without_aside(heading: Heading) -> Heading | None:
    """``Mo (laughing): text`` as Mo's text ``(laughing) text``; None where nothing is in brackets."""
    match = NAMES_AFTER.search(heading.label)
    if match is None or not match.start():
        return None
    aside = fold(match[0])
    return heading._replace(label=heading.label[: match.start()], text=f"{aside} {heading.text}".rstrip())


def _colon(head: str) -> Heading | None:
    for sign in _COLON.finditer(head, 0, HEAD):
        at, char = sign.start(), sign[0]
        before, after = head[at - 1 : at], head[at + 1 : at + 2]
        if before.isdigit() and after.isdigit() and (char == ":" or _IN_TIME.fullmatch(head[: at + 3])):
            continue
        if head.startswith("//", at + 1) or (
            after in (")", "-", "(") and head[at + 2 : at + 3] in ("", " ", ")")
        ):
            return None
        if char == ":" and before.islower() and (match := _GENDER.match(head, at + 1)):
            rest = head[match.end() : HEAD]
            if re.match(r"[^:：]{0,24}[:：]", rest):
                continue
        return _of_parts(head[:at], head[at + 1 :])
    return None


def _of_parts(left: str, right: str) -> Heading | None:
    mark = "bold" if left.lstrip(EDGE + "#>").startswith(("**", "__", BOLD)) else ""
    inner = left.strip(MARKS)
    stamp, rest = peel_left(inner) if not inner.startswith("#") else peel_bracketed(inner)
    rest = rest.lstrip(MARKS + "-–—") if stamp else rest
    after, rest = peel_right(rest)
    rest = rest.rstrip(EDGE + "*_-–—,|") if after else rest
    label = clean_label(rest) or clean_label(rest.strip(MARKS).removesuffix("."))
    if label is None:
        return None
    if rest.strip(MARKS)[:1] in BRACKETS and not mark:
        mark = "bracket"
    text = right.lstrip(EDGE)
    if mark == "bold" or text.startswith(("**", "__", BOLD_END)):
        for close in ("**", "__", BOLD_END):
            text = text.removeprefix(close)
    elif text.startswith(("*", "_")) and left.lstrip(EDGE).startswith(("*", "_")):
        text = text[1:]
    text = text.lstrip(EDGE)
    inside, rest = peel_bracketed(text)
    if inside:
        text = rest
    found = stamp or after or inside
    return heading(label, text, found, "colon", "time" if found else mark)


def _stamped(head: str) -> Heading | None:
    """A label and a time, nothing else; ``**Dana** 0:03``, ``[0:03] - Dana``, ``Dana (0:03)``."""
    if len(head) > HEAD or DIGITS.isdisjoint(head) or only_time(head):
        return None
    inner = head.strip(MARKS if not head.strip(EDGE).endswith("#") else EDGE + "*_" + BOLD + BOLD_END)
    stamp, rest = peel_right(inner)
    rest = rest.rstrip(MARKS + "-–—,|•·@").rstrip() if stamp else rest
    if rest.endswith((":", "：")):
        rest = rest[:-1]
    if stamp is None:
        stamp, rest = peel_left(inner)
        rest = rest.lstrip(MARKS + "-–—,|•·")
    label = clean_label(rest) if stamp else None
    if label is None or stamp is None or re.search(r"[:：]|\b(?:19|20)\d\d\b", label):
        return None
    return heading(label, "", stamp, "stamp", "time")


def _own(head: str) -> Heading | None:
    """A label alone: in bold, as a heading, in capitals, in brackets, or plain."""
    text = head.strip(EDGE)
    if (
        len(text) > MAX_LABEL + 8
        or text.endswith((".", "?", "!", ",", "…", "。", "？", "！"))
        or only_time(head)
    ):
        return None
    label = clean_label(text)
    if label is None or re.search(r"[:：]", text):
        return None
    if text.startswith(("**", "__", BOLD)) and text.endswith(("**", "__", BOLD_END)):
        mark = "bold"
    elif text.startswith("#"):
        mark = "heading"
    elif text[0] in BRACKETS:
        mark = "" if is_sound(label) else "bracket"
        if not mark:
            return None
    else:
        letters = [c for c in label if c.isalpha() and c.lower() != c.upper()]
        mark = "caps" if len(letters) > 1 and all(c.isupper() for c in letters) else ""
    return Heading(label, "", form="own", mark=mark)


_READERS = (_colon, _stamped, bold, bracket, timed, dotted, machine, dashed, arrow, semi, number, gap, _own)
