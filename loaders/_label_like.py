"""Lines that begin as those with a label do, in words that make no label: in quotes, or as several words.

``"Dana": I saw it.`` or ``A woman from the office: I saw it.`` may be said by somebody who speaks but once.
They stand where labels stand: after an empty line, or after a line that is not full, where those are; with a
colon; what follows begins as it does after the labels.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from loaders._heads import SENTENCE, is_no_speech, label_key
from loaders._label import Heading, clean_label
from loaders._label_words import BACKCHANNEL, is_noise, is_sound, is_stop
from loaders._labels import Labels
from loaders._paras import Para, Told
from loaders._text import fold
from loaders._times import EDGE

_HEAD = 120  # characters of a line that are searched
_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "‚": "‘’"}
_OPEN = "".join(_QUOTES)
_CLOSE = "".join(sorted(set("".join(_QUOTES.values()))))
_LIKE = re.compile(
    rf"(?P<open>[{_OPEN}]?)(?P<label>[^\W\d_][^:：?!;…\t{_OPEN}]{{0,62}}?)(?P<close>[{_CLOSE}]?)"
    r" ?(?:[:：])(?:\s+|(?<=：))(?=\S)"
)
# A name of one to three words, each with a capital.
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}")
_HABIT = 0.8  # of the labels are set off, or what follows them begins with a capital
_FEW = 0.1  # paragraphs without a label, for each with one: then each paragraph has one
_MANY = 0.25  # of the paragraphs without a label look like this
_SHOWN = 3  # of what is told


class Like(NamedTuple):
    """What stands in the place of a label: its words, what follows them, and whether it is in quotes."""

    label: str
    text: str
    quoted: bool


def label_like(
    lines: Sequence[str], headings: Mapping[int, Heading], given: Collection[str], labels: Labels
) -> tuple[dict[int, Like], dict[int, Heading]]:
    """The lines that begin like those with a label, by index, and those of them whose label is known.

    Args:
        lines: All lines, ``""`` for what is no speech.
        headings: The labels by the index of their line.
        given: Keys of the labels that the user names.
        labels: The document's, which doubt some lines themselves.
    """
    said = list(headings.values())
    # Labels on a line of their own: a name and a colon below one is another's, who speaks but once.
    above = sum(not h.text.strip() for h in said) >= _HABIT * len(said)
    if not said or not (above or sum(h.form == "colon" and not h.mark for h in said) >= _HABIT * len(said)):
        return {}, {}
    large = not above and sum(_begins_large(h.text) for h in said) >= _HABIT * len(said)
    known = {h.key: h.label for h in said}
    # The words stand on the line below the label.
    below = sum(bool("".join(lines[n + 1 : n + 2]).strip(EDGE)) for n in headings)
    close = above and below >= _HABIT * len(said)
    first = min(headings)
    found: dict[int, Like] = {}
    sure: dict[int, Heading] = {}
    for n in range(first + 1, len(lines)):
        if n in headings or not lines[n].strip(EDGE) or _is_below(n, headings):
            continue
        like = _alone(lines, n, headings) if close else None
        like = like or _read(lines[n])
        if like is None or (large and not _begins_large(like.text)):
            continue
        if above and not _NAME.fullmatch(like.label):
            continue
        key = label_key(like.label)
        if key in given or (like.quoted and key in known):
            sure[n] = Heading(known.get(key, like.label), like.text)
        elif not (labels.doubtful(lines[n]) or labels.broken(lines[n]) or labels.mistyped(lines[n])):
            found[n] = like
    return found, sure


def judged(
    likes: Mapping[int, Like],
    pieces: Sequence[tuple[tuple[int, ...], str]],
    headings: Mapping[int, Heading],
    paras: Sequence[Para],
    lines: Sequence[str],
) -> tuple[dict[int, str], Told | None]:
    """Those that make nobody speak, by index, and what is to be told of the others, which are words.

    Args:
        likes: See `label_like`.
        pieces: The paragraphs, with the indexes of their lines.
        headings: The labels by the index of their line.
        paras: The lines as they stand in the file.
        lines: What is read of them.
    """
    firsts = [numbers[0] for numbers, _ in pieces]
    begin, first = set(firsts), min(headings)
    loose = [
        n
        for n in firsts
        if n > first and n not in headings and not _is_quiet(lines[n]) and not _is_below(n, headings)
    ]
    plain = sum(n not in likes for n in loose)
    here = {n for n in loose if n in likes}
    each = plain <= _FEW * len(headings) or (len(here) > 1 and len(here) >= _MANY * len(loose))
    spaced = sum(n == 0 or not paras[n - 1].text.strip(EDGE) for n in headings) >= 0.9 * len(headings)
    nobodys = {n: likes[n].label for n in here if each or likes[n].quoted or not likes[n].text}
    words = {
        n: like
        for n, like in likes.items()
        if n not in nobodys and (n in begin or (not spaced and SENTENCE.search(lines[n - 1].rstrip(EDGE))))
    }
    if not words:
        return nobodys, None
    shown = "”, “".join(dict.fromkeys(like.label for like in [*words.values()][:_SHOWN]))
    message = (
        f"lines that look like labels of other speakers and were read as words: {len(words)} (“{shown}”"
        f"{' …' if len(words) > _SHOWN else ''}); if one is a speaker, name it (--interviewer or "
        "--interviewee)."
    )
    return nobodys, Told("warning", message, paras[min(words)])


def _is_below(n: int, headings: Mapping[int, Heading]) -> bool:
    """Whether a line is the first one under a label that stands on a line of its own."""
    label = headings.get(n - 1)
    return label is not None and not label.text.strip()


def _read(line: str) -> Like | None:
    head = line.lstrip(EDGE)
    match = _LIKE.match(head[:_HEAD])
    if match is None:
        return None
    quoted = bool(match["open"])
    if match["close"] not in (_QUOTES[match["open"]] if quoted else "") or (quoted and not match["close"]):
        return None
    label = clean_label(match["label"])
    if label is None or is_stop(label) or is_sound(label) or label_key(label) in BACKCHANNEL:
        return None
    return Like(fold(label), head[match.end() :], quoted)


def _alone(lines: Sequence[str], n: int, headings: Mapping[int, Heading]) -> Like | None:
    """A name on a line of its own, after an empty line and with words on the line below."""
    text = lines[n].strip(EDGE)
    words_below = n + 1 < len(lines) and n + 1 not in headings and lines[n + 1].strip(EDGE)
    if not words_below or (n and lines[n - 1].strip(EDGE)) or text.endswith("."):
        return None
    label = clean_label(text) if _NAME.fullmatch(text) else None
    if label is None or is_stop(label) or is_sound(label) or label_key(label) in BACKCHANNEL:
        return None
    return Like(fold(label), "", False)


def _begins_large(text: str) -> bool:
    """Whether it begins with a capital, a figure, or a letter that has none."""
    first = next((c for c in text if c.isalnum()), "")
    return bool(first) and not first.islower()


def _is_quiet(line: str) -> bool:
    return is_noise(line) or is_no_speech(line) or not any(c.isalnum() for c in line)
