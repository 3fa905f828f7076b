"""A graph out of a file of `kb.store.dump`, on either engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any, TypeVar

from kb.errors import KbError, StoreError, UsageError
from kb.store.bolt import Store, Tx
from kb.store.digest import digest_of_dump_1, parts
from kb.store.dump import VERSION, Counts, EdgeLine, NodeLine, checked, read
from kb.store.embedded import open_embedded
from kb.store.kept import forget_wrong
from kb.store.swap import begin, commit, drop
from kb.store.turn import BROKEN_OFF, LOCK
from kb.store.values import Zoned

T = TypeVar("T")
_BATCH = 4000  # nodes or edges a transaction


def restore(store: Store, path: Path, *, replace: bool = False) -> Counts:
    """Make the graph what the file says.

    The file is read to its end before anything is written: one that is not whole changes nothing. If the
    server refuses something of it, what was written is taken out again. It is written in several
    transactions: whoever is killed meanwhile leaves a part, which `kb.store.open_store` refuses to open.

    Args:
        store: The graph; others' loads wait meanwhile.
        path: The file.
        replace: Delete all that is in the graph before; without it the graph must be empty.

    Raises:
        InputError: The file is none of the format, or not whole.
        UsageError: The graph is not empty.
        StoreError: The server refuses a value of it, or the graph is not what the file says.
    """
    counts = checked(path)
    with store.loading():
        present = store.read(f"MATCH (n) WHERE NOT n:{LOCK} RETURN count(n) AS n", timeout=0).rows[0]["n"]
        if present and not replace:
            raise UsageError(
                f"The graph is not empty ({present} nodes); `kb restore --replace` deletes what is in it "
                "first, --db names another folder."
            )
        store.ensure_schema()
        store.transaction(lambda tx: tx.run(f"CREATE (:{BROKEN_OFF} {{file: $file}})", {"file": path.name}))
        try:
            _empty(store)
            _write(store, path)
            found = parts(store)
            made = found.whole.graph if counts.version == VERSION else digest_of_dump_1(store)
            if made != counts.digest:
                raise StoreError(
                    f"The graph that was made from {path} is not the one dumped ({made[:12]} instead "
                    f"of {counts.digest[:12]}); another kb may have written the file."
                )
            forget_wrong(store, found)
        except KbError:
            with suppress(KbError):
                _empty(store)
                _finish(store)
            raise
        _finish(store)
    return counts._replace(digest=found.whole.graph)


def replace_embedded(folder: Path, path: Path) -> Counts:
    """Make the graph of the embedded engine in a folder what the file says, in one step.

    It is made beside the old one, which is there unchanged until the new one is whole, and takes its place
    then. Until then both need room on the disk.

    Args:
        folder: The engine's; nobody else can use it meanwhile.
        path: The file.

    Raises:
        InputError: The file is none of the format, or not whole.
        StoreError: As `restore`, and what `kb.store.embedded.open_embedded` raises.
    """
    folder = folder.expanduser().absolute()
    held = open_embedded(folder, damaged=True)
    try:
        beside = begin(folder)
        try:
            with open_embedded(beside) as store:
                counts = restore(store, path)
        except BaseException:
            drop(folder)
            raise
    finally:
        held.close()
    try:
        commit(folder)
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be written ({error.strerror}): mend that, and the next command finishes the "
            "restore."
        ) from error
    return counts


def _finish(store: Store) -> None:
    store.transaction(lambda tx: tx.run(f"MATCH (n:{BROKEN_OFF}) DELETE n"))


def _empty(store: Store) -> None:
    """Delete everything, some at a time: a large graph does not fit into one transaction."""
    text = f"MATCH (n) WHERE NOT n:{LOCK} AND NOT n:{BROKEN_OFF} WITH n LIMIT {_BATCH} DETACH DELETE n "
    while store.transaction(lambda tx: tx.run(f"{text} RETURN count(*) AS n"))[0]["n"]:
        pass


def _write(store: Store, path: Path) -> None:
    ids: list[str] = []
    for is_node, lines in groupby(read(path), lambda line: isinstance(line, NodeLine)):
        for batch in _batches(lines, _BATCH):
            if is_node:
                ids += store.transaction(
                    partial(_nodes, nodes=[each for each in batch if isinstance(each, NodeLine)])
                )
            else:
                store.transaction(
                    partial(_edges, edges=[each for each in batch if isinstance(each, EdgeLine)], ids=ids)
                )


def _nodes(tx: Tx, nodes: list[NodeLine]) -> list[str]:
    """Create nodes; returns the server's ids, in their order."""
    by_labels: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    ids = [""] * len(nodes)
    for at, node in enumerate(nodes):
        if zoned := _zoned(node.properties):
            text = f"CREATE (n{_labels(node.labels)}) {_set('n', zoned)} RETURN elementId(n) AS id"
            ids[at] = tx.run(text, {"p": node.properties, "z": list(zoned.values())})[0]["id"]
        else:
            by_labels[tuple(node.labels)].append({"at": at, "p": node.properties})
    for labels, rows in by_labels.items():
        for row in tx.run(
            f"UNWIND $rows AS row CREATE (n{_labels(labels)}) SET n = row.p "
            "RETURN row.at AS at, elementId(n) AS id",
            {"rows": rows},
        ):
            ids[row["at"]] = row["id"]
    return ids


def _edges(tx: Tx, edges: list[EdgeLine], ids: list[str]) -> None:
    by_type: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for edge in edges:
        row = {"a": ids[edge.start], "b": ids[edge.end], "p": edge.properties}
        if zoned := _zoned(edge.properties):
            tx.run(
                "MATCH (a) WHERE elementId(a) = $a MATCH (b) WHERE elementId(b) = $b "
                f"CREATE (a)-[r:{quoted(edge.type)}]->(b) {_set('r', zoned)}",
                {**row, "z": list(zoned.values())},
            )
        else:
            by_type[edge.type].append(row)
    for type_, rows in by_type.items():
        tx.batch(
            "UNWIND $rows AS row MATCH (a) WHERE elementId(a) = row.a MATCH (b) WHERE elementId(b) = row.b "
            f"CREATE (a)-[r:{quoted(type_)}]->(b) SET r = row.p",
            rows,
        )


def _labels(labels: Iterable[str]) -> str:
    return "".join(f":{quoted(label)}" for label in labels)


def _zoned(properties: dict[str, Any]) -> dict[str, Any]:
    """The times with a zone, by name; they are taken out of the properties."""
    found = {name: value for name, value in properties.items() if _has_zone(value)}
    for name in found:
        del properties[name]
    return found


def _has_zone(value: Any) -> bool:
    return isinstance(value[0] if isinstance(value, list) and value else value, Zoned)


def _set(variable: str, zoned: dict[str, Any]) -> str:
    """The clause that sets the properties ``$p`` and the times ``$z``, a list of texts."""
    clauses = [f"SET {variable} = $p"]
    for at, (name, value) in enumerate(zoned.items()):
        read = f"[x IN $z[{at}] | datetime(x)]" if isinstance(value, list) else f"datetime($z[{at}])"
        clauses.append(f"SET {variable}.{quoted(name)} = {read}")
    return " ".join(clauses)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def quoted(name: str) -> str:
    """A name that a user chose, as Cypher takes any."""
    return "`" + name.replace("`", "``") + "`"
