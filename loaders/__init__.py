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

from kb.model import Coding, Interview, Notice, Turn


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
