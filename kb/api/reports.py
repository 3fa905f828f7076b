"""What a graph writes for a paper: the maps of groups side by side, and the supplementary report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kb.api.answer import Figure
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.store.bolt import Store


class Reports:
    """The part of `kb.api.graph.Graph` that draws and writes the whole study."""

    _store: Store

    def compare_maps(
        self, attribute: str, *, where: str | Sequence[str] | Mapping[str, Any] = (), **params: Any
    ) -> Figure:
        """The causal map of each group of participants side by side; what one group alone tells is marked.

        Args:
            attribute: Of the participants, whose values are the groups.
            where: Only what people with these other attributes told, as in `ask`.
            params: Of the query ``causal-map``.

        Returns:
            The map; `properties` of its edges say which `groups` tell them, and `only` which alone.

        Raises:
            UsageError: Nobody has the attribute, or its values make fewer than two groups.
        """
        from kb.ask.lists import names
        from kb.ask.map_groups import MAP, compare_maps
        from kb.ask.query import find_query
        from kb.ask.where import conditions
        from kb.text.nearest import did_you_mean

        known = find_query(MAP).params
        if unknown := sorted(set(params) - set(known)):
            hint = did_you_mean(unknown[0], known)
            raise UsageError(f"The query {MAP!r} has no parameter {unknown[0]!r}.{hint}")
        found = compare_maps(self._store, params, attribute, where=conditions(where))
        return Figure(found.graph, names=names(self._store), within=found.notes[0], groups=found.groups)

    def report(
        self,
        path: str | Path,
        *,
        title: str = "Supplementary material",
        issues: int = 10,
        links: int = 60,
        zoom: Literal["none", "category", "catalogue"] = "none",
        quotes: bool = True,
        pseudonyms: bool = False,
        where: str | Sequence[str] | Mapping[str, Any] = (),
    ) -> list[Path]:
        """Write a report for a paper's appendix, as ``kb report`` does.

        Args:
            path: A file that ends in ``.html``, ``.docx`` or ``.md``, or a folder for all three.
            title: Its title.
            issues: How many issues get a card.
            links: How many links the map has at most.
            zoom: Sum the map's links by category, or by the catalogue's issue.
            quotes: Show people's words.
            pseudonyms: Replace interviews, people and coders.
            where: Only what people with these attributes told, as in `ask`.

        Returns:
            The files written.

        Raises:
            ExportError: The ending is unknown, the graph is empty, or a file cannot be written.
        """
        from kb.appendix.asked import Asked
        from kb.appendix.content import read_report
        from kb.appendix.write import check_path, write_report
        from kb.ask.where import conditions

        check_path(Path(path))
        asked = Asked(title, issues, links, zoom, quotes, pseudonyms)
        return write_report(read_report(self._store, asked, conditions(where)), Path(path))
