"""Where the files that kb ships are: in an installed wheel, or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_dir() -> Path:
    """The folder of the shipped codebook, catalogue, relations and sample interviews."""
    return _shipped("data")


def cypher_dir() -> Path:
    """The folder of the canned queries."""
    return _shipped("cypher")


def _shipped(name: str) -> Path:
    """The wheel carries the folders inside the package (see ``[tool.hatch.build.sources]``)."""
    bundled = _PACKAGE / "_bundled" / name
    return bundled if bundled.is_dir() else _PACKAGE.parent / name
