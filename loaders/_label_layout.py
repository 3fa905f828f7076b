"""Labels that look like none, told by the document's layout: telephone numbers, addresses, ``Mo?``.

Where the labels that are known stand in one layout (``NAME  0:05`` on a line of its own, ``**NAME:** text``),
what stands in the same place of other lines is a label too if it recurs, whatever it looks like; where it
comes once, nobody is named there. What the user names is a label wherever it begins a line with a sign
after it, whatever the sign is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from loaders._heads import SENTENCE
from loaders._label import Heading
from loaders._text import fold
from loaders._times import BOLD, BOLD_END, EDGE, MARKS, only_time, peel_left

_MAX, _WORDS = 110, 14  # characters and words of a label
_STAMP = 64  # characters of a line that is a time
_LINE = 400  # characters of a line that are searched
_FEW = 6  # words of a label that ends with a full stop: ``Mo Lake | Pump Co.``
_TIME = r"\d{1,3}(?:[:.;,：]\d\d){1,2}(?:[.,;:]\d{1,3})?(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\b\.?)?"
_TIMES = re.compile(_TIME)
_LETTERS = re.compile(r"\w")
_LEAST, _SHARE = 2, 0.3  # headings that show a layout, and their share
# Before a colon words stand as well, so there a label must be of a kind that no words are.
_ODD = re.compile(
    r"\+?[\d*][\d*() /.-]{2,24}|\S+@\S+\.\w+|[^\W\d_][\w'’.-]*(?:,? [^\W\d_a-zß-ÿ][\w'’.-]*){0,4}"
    r"(?: ?[?？]| ?[|/] ?\S.{0,60}| ?\([^()]{1,80}\))"
)
_TAGS = r"(?:</?\w{1,6}(?: [^<>]{0,60})?>)*"
_SIGN = re.compile(
    rf"{_TAGS}(?P<sign>[\])*_{BOLD}{BOLD_END}]*(?:\s*{_TIME}\W{{0,2}})?\s*(?:[:：;=>»›|~–—.-]+|\t|\s{{3,}}|$)"
    rf"[\])*_{BOLD}{BOLD_END}]*){_TAGS}(?:(?=\s|$)|(?<=[：=>»›\s]))"
)
_BEFORE = re.compile(rf"{_TAGS}(?:[\[(]?{_TIME}[\])]?\s*[-–—|]?\s*)?[\s*_#>»\[({BOLD}{BOLD_END}-]*")


_RUNS = re.compile(r"\s{3,}")


def _two(run: re.Match[str]) -> str:
    return "\t" if "\t" in run[0] else "  "


class Layout(NamedTuple):
    """Where the labels stand in their lines.

    Attributes:
        pattern: Matches a whole line; its groups are the label and the text.
        strong: Words hardly ever stand so: there is a time, a tab, bold, brackets or a heading's sign.
        alone: Nothing is said on the line.
    """

    pattern: re.Pattern[str]
    strong: bool
    alone: bool


class Further(NamedTuple):
    """What the layout tells besides.

    Attributes:
        headings: Further labels by the index of their line.
        once: What stands in the place of a label once, by the index of its line.
        nameless: Indexes of lines that are a label's time without the label.
    """

    headings: dict[int, Heading]
    once: dict[int, str]
    nameless: set[int]


def by_layout(
    lines: Sequence[str], headings: Mapping[int, Heading], judged: Collection[int], given: Collection[str]
) -> Further:
    """What stands where the known labels do.

    Args:
        lines: All lines, ``""`` for what is no speech.
        headings: The labels that are known.
        judged: Indexes of lines of which it is decided otherwise.
        given: Keys of the labels that the user names.
    """
    keys = {h.key for h in headings.values()}
    found: dict[int, tuple[Heading, Layout]] = {}
    layouts, times = _layouts(lines, headings)
    nameless = {
        n
        for n, line in enumerate(lines)
        if 0 < len(line) < _STAMP and n not in headings and _bare(line) in times
    }
    for n, line in enumerate(lines):
        if n in headings or n in judged or not line.strip(EDGE):
            continue
        for layout in layouts:
            if heading := _read(layout, line):
                found[n] = heading, layout
                break
    counts = Counter(h.key for h, _ in found.values())
    out: dict[int, Heading] = {}
    once: dict[int, str] = {}
    for n, (heading, layout) in found.items():
        odd = layout.strong or _ODD.fullmatch(heading.label) is not None
        if heading.key in keys or heading.key in given or (odd and counts[heading.key] > 1):
            out[n] = heading
        elif (layout.strong and layout.alone) or "@" in heading.label or heading.label[:1] == "+":
            once[n] = heading.label
    return Further(out, once, nameless if len(nameless) <= len(headings) else set())


def named(
    lines: Sequence[str], headings: Mapping[int, Heading], given: Collection[str]
) -> dict[int, Heading]:
    """The lines that begin with a label that the user names, with any sign after it that recurs there.

    Args:
        lines: All lines.
        headings: The labels that are known.
        given: The labels as the user writes them.
    """
    found: dict[int, tuple[str, Heading]] = {}
    for label in sorted(given, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, label.split()))
        if not words:
            continue
        pattern = re.compile(rf"{_BEFORE.pattern}(?P<label>{words})(?!\w)", re.IGNORECASE)
        for n, line in enumerate(lines):
            if n in headings or n in found or not line.strip(EDGE):
                continue
            match = pattern.match(line[:_LINE])
            sign = _SIGN.match(line, match.end(), _LINE) if match else None
            if match is None or sign is None:
                continue
            text = line[sign.end() :].strip(EDGE)
            if only_time(text):
                sign_, text = f"{sign['sign']} {text}", ""
            else:
                sign_ = sign["sign"]
            time = _TIMES.search(line[: match.start("label")]) or _TIMES.search(sign_)
            stamp = peel_left(time[0])[0] if time else None
            kind = re.sub(_TIME, "0", fold(sign_) or sign_[:1])
            heading = Heading(label, text, stamp.start if stamp else None, None, "named", "")
            found[n] = kind if text else "", heading
    counts = Counter(kind for kind, _ in found.values())
    most = max(counts.values(), default=0)
    return {n: h for n, (kind, h) in found.items() if counts[kind] > 1 and counts[kind] * 3 >= most}


def _layouts(lines: Sequence[str], headings: Mapping[int, Heading]) -> tuple[list[Layout], set[str]]:
    """The layouts that the known labels have, the most usual one first, and how a time stands in them."""
    seen: Counter[tuple[str, str, bool]] = Counter()
    for n, h in headings.items():
        line = lines[n].strip(EDGE)
        at = line.find(h.label)
        if at < 0 or not line.endswith(h.text):
            continue
        end = len(line) - len(h.text)
        if end < at + len(h.label):
            continue
        before, after = line[:at], line[at + len(h.label) : end]
        seen[_skeleton(before), _skeleton(after), bool(h.text.strip())] += 1
    out = []
    times: set[str] = set()
    for (before, after, text), count in seen.most_common():
        if count < _LEAST or count < _SHARE * len(headings):
            break
        signs = f"{before}{after}".strip()
        if not signs or (not text and not (set(signs) - set(".,-"))):
            continue  # a label alone looks like any short line
        strong = bool(set(signs) & set(f"0[(*#{BOLD}<>\t")) or "\t" in after
        rest = r"(?P<text>\S.*)" if text else r"(?P<text>)"
        pattern = rf"{_regex(before)}(?P<label>\S(?:.{{0,{_MAX}}}?\S)?){_regex(after)}{rest}"
        out.append(Layout(re.compile(pattern), strong, not text))
        if not text and "0" in signs:
            times.add(_bare(f"{before} {after}"))
    return out, times


def _bare(part: str) -> str:
    """A time with its brackets, as `_skeleton` writes it, without signs around it; else other words."""
    return _skeleton(part).strip(MARKS + "-–—|,.·•")


def _skeleton(part: str) -> str:
    """The signs around a label, a time as ``0`` and blanks as one; a tab stays."""
    part = _TIMES.sub("0", part)
    return re.sub(r"[^\S\t]+", " ", re.sub(r"\s*\t\s*", "\t", part))


def _regex(skeleton: str) -> str:
    out = []
    for char in skeleton:
        if char == "0":
            out.append(rf"(?:{_TIME})")
        elif char == " ":
            out.append(r"[^\S\t]{1,3}")
        elif char == "\t":
            out.append(r" {0,3}\t ?")
        else:
            out.append(re.escape(char))
    return "".join(out)


def _read(layout: Layout, line: str) -> Heading | None:
    line = line.strip(EDGE)
    if only_time(line):
        return None
    if layout.alone and len(line) > _LINE:
        return None
    head = _RUNS.sub(_two, line[:_LINE])  # a run of blanks must not make it slow
    match = layout.pattern.fullmatch(head)
    if match is None:
        return None
    label = fold(match["label"].strip(MARKS))
    if not label or len(label.split()) > _WORDS or not _LETTERS.search(label) or only_time(label):
        return None
    if SENTENCE.search(label) and len(label.split()) > _FEW:
        return None
    around = head[: match.start("label")] + "\n" + head[match.end("label") : match.start("text")]
    time = _TIMES.search(around)
    stamp = peel_left(time[0])[0] if time else None
    start = stamp.start if stamp else None
    text = line[len(line) - len(match["text"]) - max(0, len(line) - _LINE) :] if match["text"] else ""
    return Heading(label, text, start, None, "layout", "time" if time else "")
