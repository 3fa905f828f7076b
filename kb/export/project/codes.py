"""The codes of a study as a tree, for another tool: those that passages have, and those above them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from kb.ingest.project import Project
from kb.records import Code
from kb.store.bolt import Store
from kb.text.refi import BETWEEN
from kb.text.xmltext import legal


@dataclass
class Node:
    """A code as it is written.

    Attributes:
        name: Its label without those above it.
        codable: False for a folder: no passage has it, and codes are below it.
    """

    label: str
    name: str
    guid: str
    colour: str | None
    description: str | None
    codable: bool
    parent: str | None


def guid(*parts: str) -> str:
    """A GUID made from content, so that the same graph gives the same file."""
    return str(uuid5(NAMESPACE_URL, "kb:" + "\x1f".join(parts)))


def tree(store: Store, used: Iterable[str], said: Iterable[Project], more: Iterable[str] = ()) -> list[Node]:
    """The codes, by label.

    Args:
        store: The graph, for what the codebook says of a code.
        used: Labels of codings.
        said: The trees of the files that have one; of two that differ the first counts.
        more: Names of concepts that a relation needs and no code has.
    """
    described = _descriptions(store)
    codes: dict[str, Code] = {}
    for project in said:
        for code in project.codes:
            codes.setdefault(code.name, code)
    used = set(used)
    labels = {*codes, *used, *more, *(c.parent for c in codes.values() if c.parent)}
    parents = {label: codes[label].parent if label in codes else None for label in labels}
    above = {label: parent for label, parent in parents.items() if parent and not _loop(label, parents)}
    with_children = set(above.values())
    short = _names(labels, above)
    nodes = []
    for label in sorted(labels):
        own = codes.get(label)
        nodes.append(
            Node(
                label,
                legal(short[label]),
                guid("code", label),
                own.colour if own else None,
                (own.description if own else None) or described.get(label),
                label in used or label not in with_children,
                above.get(label),
            )
        )
    return nodes


def below(nodes: Iterable[Node]) -> dict[str | None, list[Node]]:
    """The codes under each code; under None those at the top."""
    found: dict[str | None, list[Node]] = defaultdict(list)
    for node in nodes:
        found[node.parent].append(node)
    return found


def _descriptions(store: Store) -> dict[str, str]:
    rows = store.read(
        "MATCH (c:Concept) WHERE c.description IS NOT NULL RETURN c.name AS name, c.description AS said",
        timeout=0,
    ).rows
    return {row["name"]: row["said"] for row in rows}


def _loop(label: str, parents: Mapping[str, str | None]) -> bool:
    """Whether a code stands above itself, as two files together may say."""
    met = {label}
    here = parents.get(label)
    while here:
        if here in met:
            return True
        met.add(here)
        here = parents.get(here)
    return False


def _names(labels: Iterable[str], above: Mapping[str, str]) -> dict[str, str]:
    """Names under their parents, where reading them back gives the same labels."""
    short = {}
    for label in labels:
        parent = above.get(label)
        begin = f"{parent.rpartition(BETWEEN)[2]}{BETWEEN}" if parent else ""
        tail = label.rpartition(BETWEEN)[2]
        short[label] = tail if begin and label.endswith(f"{begin}{tail}") else label
    count = Counter(short.values())
    return {label: name if count[name] > 1 else label for label, name in short.items()}
