"""One module a source format; each says all about itself (`Loader`).

A loader knows no database and no other loader. Modules are imported when first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cache
from pathlib import Path

from kb.errors import InputError
from loaders._find import Found, FoundFile
from loaders._find import find_sources as _find_sources
from loaders._registry import Loader, Registry
from loaders._sheets import problem
from loaders._source import file_name, name_parts
from loaders._steps import left_aside, step_for, step_left
from loaders._table_columns import fields_said
from loaders._table_names import FIELDS as COLUMN_FIELDS
from loaders._text import check_file, read_text, sniff

__all__ = [
    "COLUMN_FIELDS",
    "MODULES",
    "Found",
    "FoundFile",
    "Loader",
    "check_file",
    "detect",
    "fields_said",
    "file_name",
    "find_sources",
    "left_aside",
    "loaders",
    "name_parts",
    "registry",
    "step_left",
    "table_endings",
]

# In the order they are asked; the catch-all for plain text comes last.
MODULES = (
    "pdf_text",
    "delve_pdf",
    "refi",
    "word",
    "opendocument",
    "rtf",
    "jsonl",
    "praat",
    "chat",
    "recognizers",
    "whisper",
    "causal_map",
    "tables",
    "captions",
    "delve_text",
    "qualcoder",
    "taguette",
    "transcript",
)


def registry() -> Registry:
    """The loaders that there are; plug-ins are looked for once in a process."""
    return _registry(MODULES)


_registry = cache(Registry)


def loaders() -> tuple[Loader, ...]:
    """The loaders in the order they are asked."""
    return registry().loaders


def table_endings() -> frozenset[str]:
    """Endings of files that are tables, which a folder's load takes if the user names columns."""
    taken = (loader for loader in loaders() if "columns" in loader.OPTIONS)
    return frozenset().union(*(getattr(loader, "MAYBE", ()) for loader in taken))


def find_sources(
    paths: Iterable[Path | str], also: Collection[str] = (), knows: Callable[[Path], bool] | None = None
) -> Found:
    """The files to load that the user names; see `loaders._find.find_sources`.

    Args:
        paths: Files, folders and patterns.
        also: Endings that are taken from folders besides the loaders' own.
        knows: As `Registry.knows`, which is without a bound of time: `kb.ingest.reader.Reader.knows` has one.
    """
    return _find_sources(paths, registry().endings | set(also), knows or registry().knows)


# The endings under which a wrong encoding is worth a sentence of its own, and who reads them.
_TEXT_ENDINGS = {".txt": "transcript", ".md": "transcript", ".vtt": "captions", ".srt": "captions"}
_TEXT_ENDINGS |= {".textgrid": "praat", ".cha": "chat"}


def detect(path: Path, encoding: str | None = None, *, columns: bool = False) -> Loader:
    """The loader that reads this file.

    Args:
        path: The file.
        encoding: As the user says, for text that is neither UTF-8 nor UTF-16 with its mark.
        columns: The user names columns, so that any table is read as one.

    Raises:
        InputError: The file is missing, a folder, empty or may not be read, is text in an encoding
            that is not read, a damaged table, or no loader knows it (says what to do with it instead).
    """
    check_file(path)
    text = _TEXT_ENDINGS.get(path.suffix.lower())
    old = text is not None and sniff(path) is None
    if old:
        read_text(path, encoding)  # says which line is no text
    for loader in loaders():
        if columns and "columns" in loader.OPTIONS and path.suffix.lower() in getattr(loader, "MAYBE", ()):
            return loader
        if loader.detect(path):
            return loader
    if old:
        return next(loader for loader in loaders() if text == loader.FORMAT)
    if path.suffix.lower() in table_endings() and (damage := problem(path)):
        raise damage
    step = step_for(path)
    what_to_do = f": {step}" if step else ""
    raise InputError(f"no loader knows this file{what_to_do}; what is read are {registry().reads}.", path)
