"""The noisy text or Markdown conversion of a Delve export.

A title, then turns: a heading of any level with the speaker, the passage, the codes on it, each on
a line of its own or several on one; at the end Delve's footer. What the conversion lost (headings
at page breaks) or broke (paragraphs cut in two, body lines turned into headings) is put right from
the evidence of the file itself, and every such repair is told with its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from kb.errors import InputError
from kb.records import Coding, Level, Notice, Source, Turn, turn_id
from loaders._delve_text_codes import code_lines
from loaders._delve_text_lines import Kind, Line, lines_of
from loaders._delve_text_speakers import fill_speakers
from loaders._delve_text_turns import Assembly, Segment, assemble
from loaders._roles import role_of
from loaders._source import SourceName, name_doubt, name_parts
from loaders._text import read_text, sniff

FORMAT = "delve-text"
ENDINGS = frozenset({".txt", ".md"})
RANK = 40
OPTIONS = frozenset({"codebook"})
READS = "the text conversion of a Delve export (.txt, .md)"
_SNIFF_BYTES = 8192
_MADE_WITH = re.compile(r"created with .{0,80}\bdelve\b|delvetool\.com", re.IGNORECASE)


def detect(path: Path) -> bool:
    """Whether the file is text whose speakers stand in Markdown headings above their words."""
    head = sniff(path, _SNIFF_BYTES)
    if not head or head.lstrip().startswith("WEBVTT"):
        return False
    lines = lines_of(head)
    speakers = [line for line in lines if line.kind is Kind.SPEAKER]
    headings = Counter(line.text.casefold() for line in lines if line.kind is Kind.HEADING)
    if _others_speak(speakers, headings) and not _MADE_WITH.search(head):
        return False
    return len(speakers) >= max(1, headings.total())


def _others_speak(speakers: Sequence[Line], headings: Counter[str]) -> bool:
    """Whether only one side is known by its heading, and another comes again: the other side's name."""
    return len({line.text.casefold() for line in speakers}) == 1 and max(headings.values(), default=0) > 1


def parse(path: Path, codebook: Collection[str] = ()) -> Iterator[Source | Turn | Coding | Notice]:
    """Yield the file's interview, turns, codings and notices.

    Args:
        path: The file.
        codebook: Labels of the study, if known. They settle what the file's own evidence leaves
            open; nothing needs them.

    Raises:
        InputError: The file cannot be read as text, or has no speaker's heading.
    """
    text = read_text(path)
    lines = lines_of(text)
    if not any(line.kind is Kind.SPEAKER for line in lines):
        raise InputError(
            "no line is a speaker's heading ('### Interviewer 1'): "
            "export the interview from Delve again, or load it as a plain transcript.",
            path,
        )
    title = lines[0].text if lines[0].kind is Kind.TITLE else None
    name = _name(path, title)
    codes = code_lines(lines, codebook)
    assembly = assemble(lines, codes)
    yield Source(
        interview=name.interview,
        title=name.title,
        file=path.name,
        format=FORMAT,
        coder=name.coder,
        round=name.round,
        codes_exported=bool(codes.labels),
    )

    def notice(level: Level, message: str, line: int | None = None) -> Notice:
        return Notice(level=level, message=message, source=path.name, interview=name.interview, line=line)

    if doubt := name_doubt(path, name):
        yield notice("warning", doubt)
    if not codes.labels:
        yield notice("info", "no codes exported: that none are shown does not say that none were given.")
    if not (codes.labels or name.coder or _MADE_WITH.search(text)):
        # Nothing says that a conversion lost headings: they stand above what is said, as in any transcript.
        carried = _carry(assembly.segments)
        if carried:
            message = f"paragraphs without a heading that go on with the speaker above: {len(carried)}."
            yield notice("info", message, carried[0].line)
    yield from _records(assembly, name, notice)


def _carry(segments: Sequence[Segment]) -> list[Segment]:
    """Give paragraphs without a heading to the speaker above; returns these."""
    carried: list[Segment] = []
    speaker: str | None = None
    for segment in segments:
        if segment.speaker is None and speaker is not None and not segment.is_name:
            segment.speaker = speaker
            carried.append(segment)
        else:
            speaker = segment.speaker
    return carried


def _records(
    assembly: Assembly, name: SourceName, notice: Callable[..., Notice]
) -> Iterator[Turn | Coding | Notice]:
    """The turns in their order, each with its codings and what is to be told about it."""
    for line, labels in assembly.stray_codes:
        yield notice("lost", f"codes before any passage: {', '.join(labels)}.", line.number)
    speakers = fill_speakers([(segment.speaker, segment.text) for segment in assembly.segments])
    for index, (segment, speaker) in enumerate(zip(assembly.segments, speakers, strict=True)):
        turn = Turn(
            id=turn_id(name.interview, index),
            interview=name.interview,
            index=index,
            speaker=speaker,
            role=role_of(speaker),
            text=segment.text,
            line=segment.line,
            guessed="speaker" if speaker and (segment.speaker is None or segment.named_above) else None,
        )
        yield turn
        for label in segment.labels:
            yield Coding(
                interview=name.interview,
                turn=turn.id,
                label=label,
                code=label,
                coder=name.coder,
                round=name.round,
            )
        told = _doubt(segment, turn)
        if told:
            yield notice("warning", told, segment.line)
        for number in segment.joined:
            yield notice(
                "warning",
                f"this paragraph is taken for the continuation of the turn in line {segment.line}.",
                number,
            )
        for line in segment.doubtful:
            yield notice(
                "warning",
                f"{line.text!r} is taken for a code: it has no sentence's marks, but could be speech.",
                line.number,
            )
    for line in assembly.empty_headings:
        yield notice("lost", f"the heading {line.text!r} has no words below it.", line.number)


def _doubt(segment: Segment, turn: Turn) -> str | None:
    """What the user should know about how a turn was read, if anything."""
    if segment.is_name:
        return "a speaker's name that is no heading: kept as the words of a turn without a speaker."
    if segment.named_above:
        return f"no heading above this paragraph: given to {turn.speaker}, whom the paragraph above names."
    if segment.speaker is None:
        return (
            "no heading above this paragraph: taken for a turn of its own, by "
            f"{turn.speaker or 'nobody known'} (derived from the turns around it and its words)."
        )
    if turn.role is None:
        return f"the role of {turn.speaker!r} cannot be told from its name."
    return None


def _name(path: Path, title: str | None) -> SourceName:
    """What title and file name say; the file name fills in a coder that the title leaves out."""
    name = name_parts(path, title)
    if title is None or name.coder is not None:
        return name
    other = name_parts(path)
    return name._replace(coder=other.coder) if other.interview == name.interview else name
