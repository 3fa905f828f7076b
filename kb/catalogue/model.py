"""A catalogue file as records: frozen, validated, with the line each entry stands on."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _folded(value: object) -> object:
    """Words broken over two lines of YAML are the same words; a bare number is its text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return " ".join(value.split()) if isinstance(value, str) else value


def _listed(value: object) -> object:
    """One source needs no list."""
    return (value,) if isinstance(value, (str, int)) else value


Words = Annotated[str, BeforeValidator(_folded), Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int | None = Field(default=None, exclude=True, repr=False)


class Statement(_Entry):
    """One cause, consequence or fix of an issue.

    Attributes:
        what: A code, the id of another issue of the catalogue, or a few words.
        source: What the statement rests on, as the catalogue names it (``Q``, ``I16``).
        note: What else is to be said of it.
        outcome: For a fix, what came of it, where that is known.
    """

    what: Words
    source: Annotated[tuple[Words, ...], BeforeValidator(_listed)] = Field(min_length=1)
    note: Words | None = None
    outcome: Words | None = None

    @property
    def text(self) -> str:
        """The statement in one line, with its sources."""
        parts = [self.what]
        if self.note:
            parts.append(self.note.rstrip("."))
        if self.outcome:
            parts.append(f"Outcome: {self.outcome.rstrip('.')}")
        return f"{'. '.join(parts)} ({', '.join(self.source)})"


class CatalogueIssue(_Entry):
    """One issue of a catalogue.

    Attributes:
        id: The catalogue's number for it, ``I6.1``.
        name: A few words that fit into a figure.
        attribute: The quality attribute it harms.
        description: The issue in a sentence.
        codes: Codes of interviews that fall under it.
        code_lines: The line of each code.
    """

    id: Words
    name: Words
    attribute: Words | None = None
    description: Words | None = None
    causes: tuple[Statement, ...] = ()
    consequences: tuple[Statement, ...] = ()
    fixes: tuple[Statement, ...] = ()
    codes: tuple[Words, ...] = ()
    code_lines: tuple[int, ...] = Field(default=(), exclude=True, repr=False)

    @property
    def title(self) -> str:
        """The name of its concept in the graph: ``concept or data drift (I6.1)``."""
        return f"{self.name} ({self.id})"


class Catalogue(_Entry):
    """Issues of one publication.

    Attributes:
        id: Names the catalogue in the graph; a file of the same id takes the place of the former one.
        title: What it is a catalogue of.
        citation: The publication, to be cited where the catalogue is shown.
        doi: Its DOI, without the resolver's address.
        about: How to read it: what its sources' names mean.
    """

    id: Words
    title: Words
    citation: Words
    doi: Words | None = None
    about: Words | None = None
    issues: tuple[CatalogueIssue, ...] = Field(min_length=1)
