"""Text with times and without speakers: a recognizer's lines, what YouTube shows beside a video.

``[00:00.000 --> 00:03.000]  Well, …``, ``0:03 well …`` or a time on a line of its own above the words. The
times, in their order, say that it is a recording; nobody says who speaks in it, so nobody is named. Lines one
below the other are put together as captions are; a paragraph by itself is a turn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders._columns import in_order
from loaders._heads import SENTENCE, front_matter, is_no_speech
from loaders._joined import Piece
from loaders._label_words import is_noise
from loaders._paras import Para
from loaders._times import EDGE, Stamp, only_time, peel_left, without_marks

_LEAST = 3  # times that show the form
_SHARE = 0.3  # of the lines that have one; the others are wrapped
_SIGNS = EDGE + "-–—:|>"
_COLON = re.compile(r"^([\d:.,]{4,16}):(?=\s)")
_HEAD = 6  # lines above the first time that may be a head


def stamped(paras: Sequence[Para]) -> tuple[list[Piece], list[Para]] | None:
    """The pieces of such a text and the lines that are no speech; None where the text is none."""
    lines = [para.text for para in paras]
    filled = [n for n in range(front_matter(lines), len(lines)) if lines[n].strip(EDGE)]
    times = {n: found for n in filled if (found := _time_of(lines[n]))}
    if len(times) < _LEAST or len(times) < _SHARE * len(filled):
        return None
    starts = [stamp.start for stamp, _ in times.values()]
    if not in_order(starts):
        return None
    first = min(times)
    above = [n for n in filled if n < first]
    if len(above) > _HEAD or any(SENTENCE.search(lines[n].rstrip(EDGE)) for n in above):
        return None
    left = [paras[n] for n in above]
    pieces: list[Piece] = []
    held: Stamp | None = None
    for n in (n for n in filled if n >= first):
        stamp, text = times.get(n, (None, lines[n]))
        held = stamp or held
        if n not in times and is_no_speech(text):
            left.append(paras[n])
        elif words := without_marks(text).strip(EDGE):
            start, end = (held.start, held.end) if held else (None, None)
            # A paragraph by itself may be another's words; lines one below the other are cut for a screen.
            speaker = "" if n and not lines[n - 1].strip(EDGE) else None
            pieces.append(Piece(paras[n].line, start, end, speaker, words, is_noise(words)))
            held = None
    return pieces, left


def _time_of(line: str) -> tuple[Stamp, str] | None:
    """The time that a line begins with, and its words."""
    if stamp := only_time(line):
        return stamp, ""
    found, rest = peel_left(line)
    if found is None:
        return None
    rest = rest.lstrip(_SIGNS)
    until, after = peel_left(_COLON.sub(r"\1 ", rest, count=1))  # ``0:03 - 0:07: well …``
    if until and found.end is None and until.end is None:
        found, rest = found._replace(end=until.start), after.lstrip(_SIGNS)
    return found, rest
