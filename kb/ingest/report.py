"""What a load did, and what it could not do: printed at its end, never silent."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field, field_validator

from kb.ingest.speakers import SpeakerReport

Status = Literal["loaded", "unchanged", "failed", "removed"]


def printable(text: str | None) -> str | None:
    """A file's name may hold bytes that are no text; JSON may not."""
    return text and text.encode(errors="replace").decode()


class SourceReport(BaseModel):
    """One source: a file, one interview's part of it, or its part on the whole study.

    Attributes:
        turns, codings, relations, codes, participants, memos: How many of each were read. Codes and
            participants are the study's; relations and memos are counted where they are kept.
        speakers: Who speaks in it, those with the most turns first; of a source that is unchanged, who speaks
            in its interview in the graph.
        guessed: Of how many of its turns the speaker or the role was derived, not written; the graph does
            not keep that, so it is 0 where the source was not read.
    """

    path: str
    status: Status
    source: str | None = None
    format: str | None = None
    interview: str | None = None
    coder: str | None = None
    round: str | None = None
    turns: int = 0
    codings: int = 0
    relations: int = 0
    codes: int = 0
    participants: int = 0
    memos: int = 0
    codes_exported: bool | None = None
    speakers: list[SpeakerReport] = Field(default_factory=list)
    guessed: int = 0
    error: str | None = None

    _printable = field_validator("path", "error")(printable)


class NotPlaced(BaseModel):
    """Something that a source holds and the graph does not, or only by a guess."""

    level: Literal["info", "warning", "lost"]
    source: str
    message: str
    line: int | None = None
    page: int | None = None

    @property
    def where(self) -> str:
        """File and line or page."""
        at = f", line {self.line}" if self.line else f", page {self.page}" if self.page else ""
        return f"{self.source}{at}"


class LeftFile(BaseModel):
    """A file in a folder that kb does not read.

    Attributes:
        step: What to do so that it is read, without a full stop; None where nothing is known to help.
    """

    path: str
    step: str | None = None

    _printable = field_validator("path")(printable)


class LoadReport(BaseModel):
    """The whole load.

    Attributes:
        sources: In the order met.
        not_placed: What could not be placed (``lost``), was derived (``warning``), or is a fact to
            know (``info``).
        left_aside: Files in folders that kb does not read, by ending.
        left_files: Of these the first of each ending, with what to do.
        interviews: Ids of the interviews that were written.
        nodes, edges: How many were written or deleted.
        dry_run: Nothing was written.
    """

    sources: list[SourceReport] = Field(default_factory=list)
    not_placed: list[NotPlaced] = Field(default_factory=list)
    left_aside: dict[str, int] = Field(default_factory=dict)
    left_files: list[LeftFile] = Field(default_factory=list)
    interviews: list[str] = Field(default_factory=list)
    nodes: int = 0
    edges: int = 0
    dry_run: bool = False

    def count(self, status: Status) -> int:
        """How many sources have a status."""
        return sum(source.status == status for source in self.sources)

    @property
    def failed(self) -> bool:
        """Whether something was left out: a bad file, or content that found no place."""
        return self.count("failed") > 0 or any(item.level == "lost" for item in self.not_placed)
