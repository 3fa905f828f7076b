"""What a question gives in Python: rows as a table, and the graph in them as a figure."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import ExportError, KbError
from kb.graph import Edge, Node, Subgraph

if TYPE_CHECKING:
    import networkx
    import pandas

    from kb.ask.lists import Names
    from kb.figure.options import FigureOptions

_SHOWN = 20  # rows of a table in a notebook


class Figure:
    """A subgraph that can be drawn, written to a file, or handed to networkx; a notebook shows it as SVG.

    Args:
        subgraph: Nodes and edges.
        names: All names that the study knows, so that pseudonyms are numbered alike in every figure.
        source: The citation of the catalogues that something in it rests on, for below the figure.
        within: A sentence on the people whose words it is drawn from, for the caption; empty for all.
        groups: Groups of people of which each has a map of its own in it.
    """

    def __init__(
        self,
        subgraph: Subgraph,
        *,
        names: Names | None = None,
        source: str | None = None,
        within: str = "",
        groups: tuple[str, ...] = (),
    ) -> None:
        self._subgraph = subgraph
        self._groups = groups
        self._within = within
        self._names = names._asdict() if names else {}
        self._source = source

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Its nodes, sorted by labels and id."""
        return self._subgraph.nodes

    @property
    def edges(self) -> tuple[Edge, ...]:
        """Its edges, sorted by type and ends; `properties` hold who said so, and the quotes."""
        return self._subgraph.edges

    def __repr__(self) -> str:
        return f"<kb figure: {len(self.nodes)} nodes, {len(self.edges)} edges>"

    def export(self, path: str | Path, **options: Any) -> Path:
        """Write it to a file in the format that the ending names (``.svg .pdf .png .graphml`` …).

        Args:
            path: The file.
            options: See `kb.figure.options.FigureOptions`: ``preset="one"`` or ``width_mm=120``, ``theme``,
                ``quotes=False``, ``pseudonyms=True``, ``title``, ``caption`` and others.

        Returns:
            The file.

        Raises:
            ExportError: The ending is unknown, there is nothing to draw, the file cannot be written, or
                there is no such option.
        """
        from kb.export import export

        path = Path(path)
        export(self._subgraph, path, self._options(options))
        return path

    def svg(self, **options: Any) -> str:
        """The drawing as an ``svg`` element; options and errors as in `export`."""
        from kb.export.privacy import shield
        from kb.figure.draw import compose
        from kb.figure.svg import markup

        if not self.nodes:
            raise ExportError("There is nothing to draw: the query gave no node.")
        graph, shielded = shield(self._subgraph, self._options(options))
        return markup(compose(graph, shielded, lambda message: warnings.warn(message, stacklevel=2)))

    def to_networkx(self) -> networkx.MultiDiGraph:
        """As a networkx graph: nodes with `labels` and their properties, edges keyed by their type.

        Raises:
            KbError: networkx is not installed.
        """
        nx = _needed("networkx")
        graph = nx.MultiDiGraph()
        for node in self.nodes:
            graph.add_node(node.id, **{**node.properties, "labels": list(node.labels)})
        for edge in self.edges:
            graph.add_edge(edge.start, edge.end, key=edge.type, **{**edge.properties, "type": edge.type})
        return graph

    def _repr_svg_(self) -> str | None:
        return self.svg() if self.nodes else None

    def _options(self, options: dict[str, Any]) -> FigureOptions:
        from pydantic import ValidationError

        from kb.figure.options import FigureOptions
        from kb.text.nearest import did_you_mean

        unknown = sorted(set(options) - set(FigureOptions.model_fields))
        if unknown:
            hint = did_you_mean(unknown[0], FigureOptions.model_fields)
            raise ExportError(f"A figure has no option {unknown[0]!r}.{hint}")
        known = {**self._names, "cited": self._source, "groups": self._groups}
        if self._within:
            options = {**options, "caption": " ".join(filter(None, (options.get("caption"), self._within)))}
        try:
            return FigureOptions.model_validate(known | options)
        except ValidationError as error:
            first = error.errors()[0]
            name, value, why = first["loc"][0], first["input"], first["msg"].lower()
            raise ExportError(f"The figure's option {name!r} cannot be {value!r}: {why}.") from error


class Answer:
    """What a question gives.

    Args:
        columns: Names of the columns, in order.
        rows: Values by column; graph values are `kb.graph` nodes, edges and paths.
        notes: What the rows do not hold, a sentence each.
        figure: Their graph.
        title: What was asked, for a notebook.
    """

    def __init__(
        self,
        columns: Sequence[str],
        rows: list[dict[str, Any]],
        notes: Sequence[str],
        figure: Figure,
        title: str = "",
    ) -> None:
        self.columns, self.rows, self.notes = tuple(columns), rows, tuple(notes)
        self._figure = figure
        self.title = title

    @property
    def subgraph(self) -> Figure:
        """All nodes, edges and paths in the rows as one graph."""
        return self._figure

    def to_df(self) -> pandas.DataFrame:
        """The rows as a pandas table, without the column `path`, which only repeats the others.

        Raises:
            KbError: pandas is not installed.
        """
        return _needed("pandas").DataFrame(
            [{column: row[column] for column in self._shown} for row in self.rows], columns=list(self._shown)
        )

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<kb answer: {self.title or 'rows'}, {len(self.rows)} rows: {', '.join(self._shown)}>"

    @cached_property
    def _shown(self) -> tuple[str, ...]:
        return tuple(column for column in self.columns if column != "path") or self.columns

    def _repr_html_(self) -> str:
        from kb.text.cells import cell

        head = "".join(f"<th>{escape(column.replace('_', ' '))}</th>" for column in self._shown)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(cell(row[c], c))}</td>' for c in self._shown)}</tr>"
            for row in self.rows[:_SHOWN]
        )
        more = len(self.rows) - _SHOWN
        notes = ([f"{more} more rows are in .rows and .to_df()."] if more > 0 else []) + list(self.notes)
        below = "".join(f"<p>{escape(note)}</p>" for note in notes)
        return f"<p><b>{escape(self.title)}</b></p><table><tr>{head}</tr>{body}</table>{below}"


def _needed(module: str) -> Any:
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError as error:
        raise KbError(
            f"{module} is not installed, which this needs: pip install 'kb-interviews[notebook]'."
        ) from error
