"""A study's codes as a codebook of REFI-QDA (``.qdc``), which tools read into a project of theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from kb.errors import ExportError
from kb.export.project.codes import Node, below, tree
from kb.export.project.model import Written
from kb.export.project.study import projects
from kb.export.project.xml import Element, element, new, saved
from kb.store.bolt import Store
from kb.text.files import write_file

NAMESPACE = "urn:QDA-XML:codebook:1.0"


def write(store: Store, path: Path) -> Written:
    """Write the codebook.

    Raises:
        ExportError: There is no code, or the file cannot be written.
    """
    rows = store.read("MATCH (:Turn)-[r:CODED_AS]->() RETURN DISTINCT r.label AS label", timeout=0).rows
    nodes = tree(store, (row["label"] for row in rows), projects(store))
    if not nodes:
        raise ExportError(f"{path.name}: there is no code in the graph to write.")
    root = new(NAMESPACE, "CodeBook", origin="kb")
    add_codes(element(root, "Codes"), below(nodes), None)
    write_file(path, saved(root))
    return Written({"codes": len(nodes)}, Counter())


def add_codes(
    parent: Element, under: Mapping[str | None, Sequence[Node]], label: str | None,
    notes: Mapping[str, Sequence[str]] | None = None,
) -> None:  # fmt: skip
    """Add the codes below one (None: at the top) to an element.

    Args:
        parent: The element.
        under: See `below`.
        label: Of the code.
        notes: GUIDs of notes on codes, by label.
    """
    for node in under.get(label, ()):
        made = element(parent, "Code", guid=node.guid, name=node.name, isCodable=str(node.codable).lower())
        if node.colour:
            made.set("color", node.colour)
        if node.description:
            element(made, "Description", node.description)
        for note in (notes or {}).get(node.label, ()):
            element(made, "NoteRef", targetGUID=note)
        add_codes(made, under, node.label, notes)
