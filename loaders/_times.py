"""Times as transcripts write them: beside a label, in brackets, on a line of their own.

Read are ``0:05``, ``[00:01:23.4]``, ``(0:05 - 0:09)``, ``{00:00:05}``, ``00:00:03.000 --> 00:00:05.000``,
f4's ``#00:00:05-2#``, ``0 minutes 3 seconds`` (also in other languages), ``27m 42s`` and the time of day
``10:03 AM``. Everything is searched in a bounded piece of a line, so no line can make it slow.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Marks of writing direction and of byte order: they are no part of a label.
INVISIBLE = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u200b\ufeff"
#: What a container's reader writes around bold words; never part of the words.
BOLD, BOLD_END = "\ue000", "\ue001"
EDGE = " \t\u00a0\u2003\u2002\u2009\u202f\u3000" + INVISIBLE
MARKS = EDGE + "*_#>" + BOLD + BOLD_END

_CLOCK = r"\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,;:-]\d{1,3})?(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\b\.?)?"
_UNITS = (
    r"(?:h|hrs?|hours?|std|stunden?|heures?|horas?|or[ae]|uur|uren|saat|godz|godzin[ay]?|час(?:а|ов)?|ساعة|שעות?)",
    r"(?:m|min|mins|minutes?|minuten?|minut[oiay]?|minutos?|minuut|dk|dakika|мин|минут[аы]?|دقيقة|דקות|分)",
    r"(?:s|secs?|seconds?|sek|sekunden?|secondes?|segundos?|second[oi]|seconden?|sekund[ay]?|sn|saniye"
    r"|сек|секунд[аы]?|ثانية|שניות|秒)",
)
_LENGTH = (
    rf"(?:\d{{1,2}} ?{_UNITS[0]}\.?,? ?)?(?:\d{{1,3}} ?{_UNITS[1]}\.?,? ?(?:\d{{1,2}} ?{_UNITS[2]}\.?)?"
    rf"|\d{{1,3}} ?{_UNITS[2]}\.?)"
)
_DATE = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? )?"
_RANGE = rf"{_DATE}{_CLOCK}(?:(?: ?(?:-?->|→|[-–—]|to|bis) ?|,){_CLOCK})?"
_SECONDS = r"\d{1,6}\.\d{1,3}"  # ``[3.50s]``, ``[3.50 - 5.10]``
_BRACKETED = (
    rf"\[ ?{_SECONDS} ?(?:s|s? ?(?:-?->|→|[-–—]) ?{_SECONDS} ?s?) ?\]"
    rf"|\[ ?{_RANGE} ?\]|\( ?{_RANGE} ?\)|\{{ ?{_RANGE} ?\}}|< ?{_RANGE} ?>|#{_RANGE}#"
)
_STAMP = rf"(?P<stamp>{_BRACKETED}|(?<![\d:]){_RANGE}(?![\d:]))"
_LEFT = re.compile(rf"{_STAMP}(?=$|[^\w])", re.IGNORECASE)
_LEFT_BRACKETED = re.compile(rf"(?P<stamp>{_BRACKETED})")
_RIGHT = re.compile(rf"(?:{_STAMP}|(?<![\w])(?P<length>{_LENGTH}))$", re.IGNORECASE)
_INLINE = re.compile(rf"(?:(?<![ \t])[ \t]++)?(?:\[ ?{_RANGE} ?\]|#{_RANGE}#)")
_ONLY = re.compile(rf"(?:(?:{_BRACKETED}|{_RANGE}|{_LENGTH})[\s.,•|/]*){{1,3}}", re.IGNORECASE)
_DATED = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? ")
_CLOCK_RE = re.compile(_CLOCK)
_LENGTH_RE = re.compile(
    rf"(?:(\d{{1,2}}) ?{_UNITS[0]}\.?,? ?)?(?:(\d{{1,3}}) ?{_UNITS[1]}\.?,? ?)?"
    rf"(?:(\d{{1,3}}) ?{_UNITS[2]}\.?)?",
    re.IGNORECASE,
)
# Digits of other scripts, and full-width signs, by those of ASCII; one character for one.
_ZEROS = (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10)
_ASCII = {zero + n: ord("0") + n for zero in _ZEROS for n in range(10)}
_ASCII |= dict(zip(map(ord, "：［］（）"), map(ord, ":[]()"), strict=True))
#: All digits that times are written in.
DIGITS = frozenset("0123456789").union(chr(zero + n) for zero in _ZEROS for n in range(10))
_CLOCK_END = re.compile(r"(?<![\d:])\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d{1,3})?$")
_FIELD = 48  # characters that a time with its brackets may have


class Stamp(NamedTuple):
    """A time as written.

    Attributes:
        start: Seconds; from midnight where `of_day`.
        end: Seconds where a range is written, else None.
        bracketed: It stands in brackets or f4's hashes, so it can be no word.
        of_day: It is a time of day (AM, PM, or with a date), not of the recording.
    """

    start: float
    end: float | None = None
    bracketed: bool = False
    of_day: bool = False


def seconds(time: str) -> float:
    """Seconds of ``[hours:]minutes:seconds[.fraction]``, the fraction after a point, comma or hyphen.

    >>> seconds("1:02:03,5"), seconds("01:02"), seconds("00:00:05-2")
    (3723.5, 62.0, 5.2)
    """
    whole, _, fraction = re.sub(r"[,;-]", ".", time).partition(".")
    parts = whole.split(":")
    if len(parts) > 3:  # frames, whose rate the file does not say
        parts = parts[:3]
    if fraction:
        parts[-1] += f".{fraction}"
    total = 0.0
    for part in parts:
        total = total * 60 + float(part)
    return total


def _plain(text: str) -> str:
    return text if text.isascii() else text.translate(_ASCII)


def peel_left(text: str) -> tuple[Stamp | None, str]:
    """The time that a text begins with, and the rest; None and the text where there is none."""
    head = text.lstrip(EDGE)
    field = _plain(head[:_FIELD])
    match = _LEFT.match(field) or _LEFT_BRACKETED.match(field)  # ``[0:05]Dana``
    if match is None:
        return None, text
    return _stamp(match["stamp"]), head[match.end() :]


def peel_bracketed(text: str) -> tuple[Stamp | None, str]:
    """As `peel_left`, for a time in brackets only: one without could be said."""
    head = text.lstrip(EDGE)
    match = _LEFT_BRACKETED.match(_plain(head[:_FIELD]))
    if match is None:
        return None, text
    return _stamp(match["stamp"]), head[match.end() :]


def peel_right(text: str) -> tuple[Stamp | None, str]:
    """The time that a text ends with, and what stands before it."""
    tail = text.rstrip(EDGE)
    cut = max(0, len(tail) - _FIELD)
    match = _RIGHT.search(_plain(tail[cut:]))
    if match is None:
        return None, text
    found = _stamp(match["stamp"]) if match["stamp"] else _length(match["length"])
    return found, tail[: cut + match.start()]


def only_time(line: str) -> Stamp | None:
    """The time of a line that has nothing else; the last of several spellings of it."""
    text = line.strip(MARKS + "-–—")
    if line.strip(EDGE).startswith("#"):
        text = line.strip(EDGE + "*_")
    if not text or len(text) > 3 * _FIELD or not any(c.isdigit() for c in text):
        return None
    if not _ONLY.fullmatch(_plain(text)):
        return None
    stamp, _ = peel_right(text)
    return stamp or peel_left(text)[0]


def is_clock(text: str) -> bool:
    """Whether a text ends with a time of a recording: no time of day, no length in words."""
    return _CLOCK_END.search(_plain(text.rstrip(EDGE)[-_FIELD:])) is not None


def without_marks(text: str) -> str:
    """The words without times in square brackets or f4's hashes, which nobody says."""
    if "[" not in text and "#" not in text:
        return text
    return _INLINE.sub("", text)


def _stamp(text: str) -> Stamp:
    bracketed = text[0] in "[({<#"
    clocks = _DATED.sub("", text)
    found = _CLOCK_RE.findall(clocks) or re.findall(_SECONDS, clocks)
    half_day = bool(re.search(r"[AaPp]\.?[Mm]", text))
    times = [_of_day(one) if half_day else seconds(one) for one in found[:2]]
    return Stamp(times[0], times[1] if len(times) > 1 else None, bracketed, half_day or clocks != text)


def _of_day(text: str) -> float:
    digits = re.match(r"[\d:]+", text)
    hours, _, rest = (digits[0] if digits else "0").partition(":")
    after_noon = "p" in text.casefold()
    total = (int(hours) % 12 + (12 if after_noon else 0)) * 3600.0
    for part, unit in zip(rest.split(":"), (60, 1), strict=False):
        total += int(part or 0) * unit
    return total


def _length(text: str) -> Stamp:
    match = _LENGTH_RE.fullmatch(text)
    hours, minutes, secs = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return Stamp(hours * 3600.0 + minutes * 60 + secs)
