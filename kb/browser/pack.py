"""The pack: all that Neo4j Browser and Bloom import, in one folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kb.ask.query import Query
from kb.browser.favourites import favourites
from kb.browser.grass import grass
from kb.browser.guide import guide_asciidoc, guide_html
from kb.browser.perspective import perspective
from kb.errors import ExportError

STYLE, FAVOURITES, PERSPECTIVE = "kb.grass", "favourites.zip", "perspective.json"
GUIDE, GUIDE_SOURCE = "guide.html", "guide.adoc"
#: The files, and what to do with each.
ABOUT = {
    STYLE: "colours and captions: drop it on the window of Neo4j Browser 5",
    FAVOURITES: "the canned queries in folders: drop it on the window of Neo4j Browser 5",
    GUIDE: "a first walk through the graph, for Neo4j Browser 5: --serve it, then :guide ADDRESS",
    GUIDE_SOURCE: "the same for Neo4j Browser of 2025 and later",
    PERSPECTIVE: "for Bloom and Explore: import it in the drawer of perspectives",
}


def write_pack(folder: Path, queries: Sequence[Query]) -> list[Path]:
    """Write the files; the same queries give the same bytes.

    Args:
        folder: Made if it is not there; files of these names in it are overwritten.
        queries: What becomes favourites and search phrases.

    Raises:
        ExportError: The folder cannot be written to.
    """
    contents = {
        STYLE: grass().encode(),
        FAVOURITES: favourites(queries),
        GUIDE: guide_html(queries).encode(),
        GUIDE_SOURCE: guide_asciidoc(queries).encode(),
        PERSPECTIVE: perspective(queries).encode(),
    }
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            paths.append(folder / name)
            paths[-1].write_bytes(content)
    except OSError as error:
        raise ExportError(f"{error.filename or folder} cannot be written ({error.strerror}).") from error
    return paths
