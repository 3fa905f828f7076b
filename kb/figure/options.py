"""What can be asked of a figure, and how a format tells its user something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

#: Takes one sentence that the user should read (the command line prints it to stderr).
Notify = Callable[[str], None]

#: Widths in millimetres: one of two columns of a paper, its full text width, and a poster (A0 upright).
PRESETS = {"one": 85.0, "two": 180.0, "poster": 841.0}

POINTS_PER_MM = 72 / 25.4


class FigureOptions(BaseModel):
    """How a figure is drawn. What a format has no use for, it ignores.

    Attributes:
        preset: What the figure is for; gives the width where `width_mm` is not set. On a poster the letters
            are as large as its height allows, up to twice those of a paper.
        width_mm: Width of the figure in millimetres; the height follows from the graph.
        theme: ``light`` for paper, ``dark`` for slides.
        quotes: False leaves every word of a transcript out: quotes, texts of turns, notes.
        pseudonyms: Interviews become P1, P2 …, speakers P1-S1 …, coders C1 …, in every place.
        interviews, coders, people, participants: All that the study knows, by id, in any order. Given,
            the numbers of the pseudonyms are the same in every figure, and names of people of other
            interviews are found in texts too; else they count what is in this subgraph.
        title: Line above the figure.
        caption: Sentence before the counts.
        counts: Whether the caption counts what is drawn.
        source: Citation, as the last line of the caption; pseudonyms are put into it.
        cited: Citation of published work, such as a catalogue's; never changed, and gives way to `source`.
        legend: Whether the signs are explained.
        fonts: Further font files (TrueType) for letters that the built-in fonts lack.
        dpi: Resolution of PNG.
        link_labels: What is written on a relation: the number of ``people`` or of ``interviews`` that tell
            it, or the ``ids`` of these interviews.
        names: Call codes by their titles in the codebook, else by their labels made readable.
        group_by: ``category`` draws a frame around the boxes of each category.
        pages: ``category`` makes a PDF of several pages: on each a category with all links of its codes.
        categories: Titles of categories by their ids, for frames and pages.
        groups: A map is drawn for each of these groups of people, where the edges say who tells them
            (`kb.ask.map_groups`).
        spreadsheet: In CSV, no cell runs as a formula, and a mark of byte order tells Excel that it is UTF-8.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    preset: Literal["one", "two", "poster"] = "two"
    width_mm: float | None = Field(default=None, ge=40, le=2000)
    theme: Literal["light", "dark"] = "light"
    quotes: bool = True
    pseudonyms: bool = False
    spreadsheet: bool = False
    interviews: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    title: str | None = None
    caption: str | None = None
    counts: bool = True
    source: str | None = None
    cited: str | None = None
    legend: bool = True
    fonts: tuple[Path, ...] = ()
    dpi: int = Field(default=300, ge=36, le=1200)
    link_labels: Literal["people", "interviews", "ids"] | None = None
    names: bool = False
    group_by: Literal["category"] | None = None
    pages: Literal["category"] | None = None
    categories: Mapping[str, str] = Field(default_factory=dict)
    groups: tuple[str, ...] = ()

    @property
    def width(self) -> float:
        """The width in points (1/72 inch)."""
        return (self.width_mm or PRESETS[self.preset]) * POINTS_PER_MM
