"""A candidate as lines of text, for any terminal: 80 columns, without colour, read aloud.

The quote stands between « and », the words of an end in brackets behind its name: [cause: …]. Colour only
says the same again.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from kb.records import Turn
from kb.review.model import Draft
from kb.review.review import Progress
from kb.review.show import Segment, ShownTurn, shown_turns
from kb.text.words import plural

HELP = (
    ("a", "accept: the relation is written into the file, with the words in « »"),
    ("r", "refuse: the interview does not say it (w shows its other passages)"),
    ("t", "turn round: exchange the ends; then accept or refuse"),
    ("e", "end: another code (Tab completes), or a concept in several words"),
    ("c", "cut the quote: edit its words; … stands for words left out"),
    ("x", "level: stated, across-turns or implied (your inference)"),
    ("w", "words: the next passage that may say it"),
    ("m", "more, or less, of the interview around the passage"),
    ("n", "note: your own words, kept with the relation or the refusal"),
    ("s", "skip: put off until the next review"),
    ("u", "undo the last decision"),
    ("q", "quit; decisions are on file already, and the graph follows"),
)

# Least lines of the passage, whatever the screen's height; lines that the rest takes.
_LEAST, _OTHERS = 6, 11


class Style(NamedTuple):
    """Signs around words, besides the letters that mark them: of a terminal's colours, or nothing.

    Attributes:
        strong: Before what is important, such as the relation.
        quote: Before words of the quote.
        end: Before words of an end.
        dim: Before what is less important.
        off: After each.
    """

    strong: str = ""
    quote: str = ""
    end: str = ""
    dim: str = ""
    off: str = ""


COLOURS = Style("\x1b[1m", "\x1b[33m", "\x1b[1;36m", "\x1b[2m", "\x1b[0m")
PLAIN = Style()


def page(
    draft: Draft,
    turns: Sequence[Turn],
    progress: Progress,
    *,
    size: tuple[int, int],
    around: int = 1,
    style: Style = PLAIN,
) -> list[str]:
    """The lines that show a candidate, no wider than the terminal.

    Args:
        draft: The candidate as the reader has it.
        turns: Of its interview.
        progress: How far the review has come.
        size: Of the terminal, in columns and lines.
        around: Turns of context before and after.
        style: Its colours.
    """
    words, (width, height) = draft.words, size
    head = f" {progress_line(progress)} "
    lines = textwrap.wrap("─" * 2 + head + "─" * max(0, width - len(head) - 2), width)
    lines += _wrapped(_relation(draft), width, style.strong, style.off)
    shown = shown_turns(draft, turns, around)
    room = max(_LEAST, height - _OTHERS)
    lines += [line for turn in _fitting(shown, room, width) for line in _turn(turn, width, style)]
    lines.append("")
    for label, texts in (("why", words.why), ("look", words.doubts)):
        if texts:
            lines += _wrapped(f"{label}: {'; '.join(texts)}", width, style.dim, style.off)
    lines += _wrapped(_beside(draft), width, style.dim, style.off)
    return lines


def progress_line(progress: Progress) -> str:
    """How far the review has come, in a few words."""
    said = f"{progress.decided} of {progress.total} decided"
    if progress.skipped:
        said += f", {progress.skipped} put off"
    minutes = progress.minutes_left
    if minutes is not None and progress.left:
        said += f", about {plural(max(1, round(minutes)), 'minute')} left"
    return said


def _relation(draft: Draft) -> str:
    key, kind = draft.key, draft.candidate.kind
    arrow = "→" if kind.causal else kind.verb
    sure = "" if draft.candidate.directed or draft.turned else "  (or the other way round: t)"
    return f"{key.interview}: {draft.start} {arrow} {draft.end}{sure}"


def _beside(draft: Draft) -> str:
    """What else there is to know: level, other passages, who proposed it, the note."""
    words = draft.words
    said = [f"explicit: {draft.explicit}"]
    if not words.states:
        said.append("the codes only stand together here")
    if (more := len(draft.candidate.passages)) > 1:
        said.append(f"passage {draft.passage + 1} of {more}")
    if words.by:
        said.append(f"proposed by {words.by}")
    if draft.candidate.might_be:
        said.append(f"might be {', '.join(draft.candidate.might_be[:3])}")
    if draft.note:
        said.append(f"note: {draft.note}")
    return "; ".join(said)


def _fitting(shown: Sequence[ShownTurn], room: int, width: int) -> list[ShownTurn]:
    """Turns cut so that they fit: first the context, then what is far from the quote."""
    for most in (1000, 4, 2, 1):
        fitted = [turn if turn.focus else _cut(turn, most * width) for turn in shown]
        if sum(len(_turn(turn, width, PLAIN)) for turn in fitted) <= room:
            return fitted
    focus = [turn for turn in shown if turn.focus]
    letters = max(width, (room // max(1, len(focus)) - 1) * (width - 4))
    return [_cut(turn, letters) for turn in focus]


def _cut(turn: ShownTurn, letters: int) -> ShownTurn:
    """A turn with what is far from its quote left out; the quote itself is always whole."""
    if sum(len(segment.text) for segment in turn.segments) <= letters:
        return turn
    quoted = [n for n, segment in enumerate(turn.segments) if segment.quoted]
    if not quoted:
        text = turn.segments[0].text
        return turn._replace(segments=(Segment(textwrap.shorten(text, max(20, letters), placeholder=" …")),))
    inner = turn.segments[quoted[0] : quoted[-1] + 1]
    spare = max(20, (letters - sum(len(segment.text) for segment in inner)) // 2)
    before = "".join(segment.text for segment in turn.segments[: quoted[0]])
    after = "".join(segment.text for segment in turn.segments[quoted[-1] + 1 :])
    if len(before) > spare:
        before = "… " + before[-spare:].partition(" ")[2]
    if len(after) > spare:
        after = after[:spare].rpartition(" ")[0] + " …"
    return turn._replace(segments=(Segment(before), *inner, Segment(after)))


def _turn(turn: ShownTurn, width: int, style: Style) -> list[str]:
    """A turn as wrapped lines: its speaker, then its words with the marks in them."""
    name = turn.speaker or "?"
    marked = f"{name}: {_marked(turn.segments)}"
    sign = "> " if turn.focus else "  "
    lines = textwrap.wrap(marked, width - 2, break_on_hyphens=False) or [""]
    return [sign + line for line in _coloured(lines, style, turn.focus)]


def _marked(segments: Sequence[Segment]) -> str:
    text, quoted = "", False
    for segment in segments:
        if segment.quoted != quoted:
            text += "«" if segment.quoted else "»"
            quoted = segment.quoted
        text += f"[{segment.end}: {segment.text}]" if segment.end else segment.text
    return text + ("»" if quoted else "")


def _coloured(lines: Sequence[str], style: Style, focus: bool) -> list[str]:
    """The same lines with colours between the marks; each line begins and ends its own."""
    if not style.off:
        return list(lines)
    if not focus:
        return [f"{style.dim}{line}{style.off}" for line in lines]
    coloured, quoted, end = [], False, False
    for line in lines:
        out = style.end if end else style.quote if quoted else ""
        for letter in line:
            if letter == "«":
                quoted, out = True, out + style.quote + letter
            elif letter == "»":
                quoted, out = False, out + letter + style.off
            elif letter == "[":
                end, out = True, out + style.end + letter
            elif letter == "]":
                end, out = False, out + letter + style.off + (style.quote if quoted else "")
            else:
                out += letter
        coloured.append(out + (style.off if quoted or end else ""))
    return coloured


def _wrapped(text: str, width: int, on: str, off: str) -> list[str]:
    lines = textwrap.wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)
    return [f"{on}{line}{off}" for line in lines]
