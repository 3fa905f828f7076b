"""The lines of a transcript on their way to turns: which of them are no speech."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kb.records import Role
from loaders._columns import Row, read_rows
from loaders._court import court
from loaders._headings import candidates
from loaders._heads import front_matter, head_lines, is_no_speech, is_running, meta_block
from loaders._label import Heading
from loaders._labels import Labels
from loaders._legend import legend
from loaders._legend_said import head_of_keys, said_like_turns
from loaders._numbers import line_numbers_off, numbers_off
from loaders._paras import Para, Told
from loaders._running import running_heads
from loaders._said_times import first_of_talk
from loaders._text import fold
from loaders._times import EDGE, only_time
from loaders._who import who_is_who

_SHOWN = 3  # of what is left out


class Lines:
    """The lines of one file.

    Args:
        paras: Its lines or paragraphs, blank ones too.

    Attributes:
        text: What is read of each, ``""`` for what is no speech.
        rows: The rows of a table, by the index of their line.
        roles: What a legend says of labels, by `loaders._heads.label_key`.
        numbered: The paragraphs had numbers, which are off.
        joins: The lines had, so each goes on to the next label.
        undecided: Indexes of lines that may be a legend's or turns.
        running: Indexes of the heads of pages and sections.
        told: What is to be told of columns.
    """

    def __init__(self, paras: Sequence[Para]) -> None:
        self._paras = paras
        self._left: list[int] = []
        self.text = [para.text for para in paras]
        self.told: list[Told] = []
        self.rows: dict[int, Row] = {}
        self.roles: dict[str, Role | None] = {}
        self.numbered = self.joins = False
        self.running: set[int] = set()
        self.undecided: set[int] = set()
        self._drop(range(front_matter(self.text)))
        self._lay_out()
        tools = {n: line for n, line in enumerate(self.text) if n not in self.rows and is_no_speech(line)}
        self._tools = tools
        self._drop(tools)
        if self.rows:
            self._drop(meta_block(self.text, min(self.rows)))
        else:
            self._heed_legends()
            self._drop(meta_block(self.text, first_of_talk(self.text)))

    def restore(self, headings: Mapping[int, Heading]) -> None:
        """Keep lines within the talk that a tool might have written: heads and feet are at the ends."""
        first = min(headings, default=len(self.text))
        last = max((n for n, line in enumerate(self.text) if line.strip(EDGE)), default=0)
        for n, line in self._tools.items():
            if first < n < last and n in self._left and not is_running(line):
                self.text[n] = line
                self._left.remove(n)

    def leave_head(self, headings: Mapping[int, Heading], labels: Labels, stem: str) -> None:
        """Leave out what stands above the talk, and headings in it.

        Args:
            headings: The labels by the index of their line.
            labels: The document's labels.
            stem: The file's name without its ending.
        """
        if not self.rows and headings:
            first = min(headings)
            while first and only_time(self.text[first - 1]):
                first -= 1
            timed = labels.form == "stamp" or all(
                h.start is not None and not h.text for h in headings.values()
            )
            self._drop(head_lines(self.text, first, everything=timed, stem=stem))
        self._drop([n for n, line in enumerate(self.text) if n not in headings and _is_title(line)])

    def left(self) -> Told | None:
        """What is to be told of lines that were left out."""
        if not self._left:
            return None
        shown = sorted(self._left)
        words = "; ".join(fold(self._paras[n].text)[:40] for n in shown[:_SHOWN])
        more = " …" if len(shown) > _SHOWN else ""
        message = f"lines that are no speech were left out: {len(shown)} (“{words}”{more})."
        return Told("info", message, self._paras[shown[0]])

    def _drop(self, numbers: Iterable[int]) -> None:
        for n in sorted(numbers):
            if self.text[n].strip(EDGE):
                self._left.append(n)
            self.text[n] = ""

    def _lay_out(self) -> None:
        """Read columns, and take off the numbers of lines and paragraphs and the heads of pages."""
        if table := read_rows(self.text):
            self.rows = {row.at: row for row in table.rows}
            self._drop(table.header)
            self._tell_columns(table.left)
            return
        if trial := court(self.text):
            self.text, self.joins = trial.lines, trial.numbered
            self._drop(trial.left)
            return
        if (bare := line_numbers_off(self.text, right=True)) is not None:
            self.text = bare
        self.running = running_heads(self.text)
        self._drop(self.running)
        if (bare := numbers_off(self.text)) is not None:
            self.text = bare
            self.numbered = True
        elif (bare := line_numbers_off(self.text, right=False)) is not None:
            self.text = bare

    def _tell_columns(self, left: Sequence[tuple[int, str]]) -> None:
        if left:
            words = "; ".join(fold(cell)[:40] for _, cell in left[:_SHOWN])
            more = " …" if len(left) > _SHOWN else ""
            message = (
                "cells of other columns than the speaker's, the times' and the words' were left out: "
                f"{len(left)} (“{words}”{more})."
            )
            self.told.append(Told("warning", message, self._paras[left[0][0]]))

    def _heed_legends(self) -> None:
        like_turns = said_like_turns(self.text)
        who = who_is_who(self.text)
        self._drop(who.lines | like_turns.lines)
        self._drop(head_of_keys(self.text))
        met = {
            h.key
            for line in self.text
            for h in candidates(line)
            if h.form in ("colon", "bold", "bracket", "timed")
        }
        lines, self.roles = legend(self.text, met)
        self._drop(lines)
        self.roles.update(like_turns.roles | who.roles)
        self.undecided = {n for n in like_turns.undecided if self.text[n]}


def _is_title(line: str) -> bool:
    """Whether a line is a heading in Markdown that nobody says."""
    text = line.lstrip(EDGE)
    hashes = len(text) - len(text.lstrip("#"))
    words = text[hashes:].split()
    return (
        0 < hashes <= 6
        and text[hashes : hashes + 1].isspace()
        and 0 < len(words) <= 14
        and words[-1][-1] not in ".?!…"
        and ":" not in text
        and not words[0][0].islower()
    )
