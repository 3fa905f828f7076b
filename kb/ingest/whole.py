"""Files that are no interviews, each read as a whole by the function that reads such a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

Kind = Literal["relations", "catalogue", "codebook"]


def load_whole(kind: Kind, path: Path) -> Any:
    """Read a file that is no interview in this process, by the function that reads such a file.

    Raises:
        InputError: It is none.
    """
    if kind == "relations":
        from kb.relations import load_relations

        return load_relations(path)
    if kind == "catalogue":
        from kb.catalogue import load_catalogue

        return load_catalogue(path)
    from kb.codebook import user_codebook

    return user_codebook(path)
