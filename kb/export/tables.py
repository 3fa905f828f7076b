"""CSV (RFC 4180, UTF-8): the edges in NAME.csv, the nodes in NAME.nodes.csv beside it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from kb.export.flat import Record, edge_record, node_record
from kb.figure.options import FigureOptions, Notify
from kb.graph import Subgraph
from kb.text.files import write_file
from kb.text.sheets import MARK, guarded


def write(graph: Subgraph, path: Path, options: FigureOptions, notify: Notify) -> None:  # noqa: ARG001
    """Write the two tables; a node's `id` is what `source` and `target` of an edge name.

    With `options.spreadsheet`, no cell runs as a formula, and Excel is told that this is UTF-8.
    """
    sheet = options.spreadsheet
    nodes = path.with_name(f"{path.stem}.nodes{path.suffix}")
    write_file(nodes, table([node_record(node) for node in graph.nodes], ("id", "labels", "caption"), sheet))
    edges = [edge_record(edge) for edge in graph.edges]
    write_file(path, table(edges, ("source", "type", "target", "weight"), sheet))


def table(records: Sequence[Record], first: Sequence[str], sheet: bool = False) -> str:
    """Records as CSV: the columns of `first`, then the others by name; `sheet`: for a spreadsheet."""
    others = sorted({name for record in records for name in record} - set(first))
    text = StringIO()
    text.write(MARK if sheet else "")
    writer = csv.DictWriter(text, [*first, *others], restval="")
    writer.writeheader()
    for record in records:
        writer.writerow({k: guarded(v) if sheet and isinstance(v, str) else v for k, v in record.items()})
    return text.getvalue()
