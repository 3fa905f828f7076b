"""Files that are no interviews, each read as a whole by the function that reads such a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

Kind = Literal["relations", "catalogue", "codebook", "participants", "pseudonyms", "known"]


def load_whole(kind: Kind, path: Path, encoding: str | None = None) -> Any:
    """Read a file that is no interview in this process, by the function that reads such a file.

    Args:
        kind: What it is; ``known`` asks whether a loader reads it.
        path: The file.
        encoding: Of a table in CSV that is neither UTF-8 nor UTF-16 with its mark.

    Raises:
        InputError: It is none.
    """
    if kind == "relations":
        from kb.relations import load_relations

        return load_relations(path)
    if kind == "catalogue":
        from kb.catalogue import load_catalogue

        return load_catalogue(path)
    if kind == "participants":
        from kb.ingest.people_table import read_participants

        return read_participants(path, encoding)
    if kind == "pseudonyms":
        from kb.ingest.pseudonyms import read_pseudonyms

        return read_pseudonyms(path, encoding)
    if kind == "known":
        from loaders import registry

        return registry().knows(path)
    from kb.codebook import user_codebook

    return user_codebook(path)
