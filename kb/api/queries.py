"""The canned queries as Python has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.ask.query import Query


class Queries(Mapping[str, "Query"]):
    """The canned queries by name; a notebook shows them as a table.

    Args:
        folder: A folder with queries of one's own, which come on top.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        from kb.ask.query import query_paths

        self._paths = query_paths([Path(folder)] if folder else [])

    def __getitem__(self, name: str) -> Query:
        from kb.ask.query import read_query

        return read_query(self._paths[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __repr__(self) -> str:
        return f"<kb queries: {', '.join(self)}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(name)}</td><td>{escape(query.title)}</td>"
            f"<td>{escape(', '.join(query.params))}</td></tr>"
            for name, query in self.items()
        )
        return f"<table><tr><th>query</th><th>question</th><th>parameters</th></tr>{rows}</table>"
