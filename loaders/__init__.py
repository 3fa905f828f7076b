"""One module a source format: ``FORMAT``, ``detect(path) -> bool``, ``parse(path) -> Iterator[Record]``.

A loader knows no database and no other loader. `detect` looks at the name and at most the first
few kilobytes and never raises for a file it does not know; `parse` raises `kb.errors.InputError`
with line or page for a file that is its own but broken.

Modules are imported when first asked for, since a PDF library takes longer to import than the
rest of kb together.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from kb.errors import InputError
from kb.records import Coding, Interview, Notice, Turn
from loaders._find import Found, Source, find_sources
from loaders._source import name_parts
from loaders._text import check_file, read_text

__all__ = [
    "MODULES",
    "Found",
    "Loader",
    "Source",
    "check_file",
    "detect",
    "find_sources",
    "loaders",
    "name_parts",
]


class Loader(Protocol):
    """What each module of this package offers."""

    FORMAT: str

    def detect(self, path: Path) -> bool:
        """Whether the file looks like this format."""

    def parse(self, path: Path) -> Iterator[Interview | Turn | Coding | Notice]:
        """Yield the file's records; raise `kb.errors.InputError` where it is broken."""


# In the order they are asked; the catch-all for plain text comes last.
MODULES = ("delve_pdf", "captions", "delve_text", "transcript")


def loaders() -> Iterator[Loader]:
    """The loaders in the order they are asked."""
    for name in MODULES:
        yield cast(Loader, import_module(f"loaders.{name}"))


# The endings under which a wrong encoding is worth a sentence of its own.
_TEXT_ENDINGS = frozenset({".txt", ".md", ".vtt", ".srt"})


def detect(path: Path) -> Loader:
    """The loader that reads this file.

    Raises:
        InputError: The file is missing, a folder, empty or may not be read, is text in an encoding
            that is not read, or no loader knows it.
    """
    check_file(path)
    for loader in loaders():
        if loader.detect(path):
            return loader
    if path.suffix.lower() in _TEXT_ENDINGS:
        read_text(path)  # says which line is no text
    raise InputError(
        "no loader knows this file; what is read are Delve's exports (print-PDF, or its text conversion), "
        "transcripts with “Speaker: …” paragraphs (.txt, .md) and captions (.vtt, .srt).",
        path,
    )
