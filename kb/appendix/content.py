"""A report's content, read from a graph."""

from __future__ import annotations

from collections.abc import Sequence

from kb.appendix import findings, method
from kb.appendix.asked import Asked, Names, Study
from kb.appendix.blocks import Heading, Paragraph, Report
from kb.ask.lists import citations, names
from kb.ask.within import within
from kb.errors import ExportError
from kb.export.pseudonyms import Pseudonyms, numbered
from kb.figure.options import FigureOptions
from kb.graph import Node, Subgraph
from kb.store.bolt import Store


def read_report(store: Store, asked: Asked, where: Sequence[str] = ()) -> Report:
    """Read all that a report says.

    Args:
        store: The graph.
        asked: What of it, and what is to be left out.
        where: Only what people with these attributes told (`kb.ask.where`).

    Raises:
        UsageError: A condition is none, or nobody has that.
        ExportError: There is no interview in the graph.
    """
    known = names(store)
    options = FigureOptions(
        width_mm=asked.width_mm, quotes=asked.quotes, pseudonyms=asked.pseudonyms, **known._asdict()
    )
    with within(store, where) as part:
        if not part.store.read("MATCH (i:Interview) RETURN count(i) AS n").rows[0]["n"]:
            raise ExportError("There is no interview to report on; load some first with `kb load PATH`.")
        # Only names and words are scrubbed, not kb's own sentences: "3 interviews (7 passages)" names none.
        study = Study(part.store, options, _names(part.store, options) if asked.pseudonyms else Names())
        report = Report(
            study.names.scrub(asked.title), notes=[text for text in (part.said, *part.notes) if text]
        )
        if part.said:
            report.add(Paragraph(part.said))
        report.add(*method.in_numbers(study))
        report.add(*findings.causal_map(study, asked, report))
        report.add(*findings.cards(study, asked))
        report.add(*method.agreement(study))
        report.add(*method.saturation(study, asked))
        catalogues = [row["id"] for row in part.store.read("MATCH (g:Catalogue) RETURN g.id AS id").rows]
        if cited := citations(part.store, catalogues):
            report.add(Heading("Please cite"), *(Paragraph(text) for text in cited.values() if text))
    return report


def _names(store: Store, options: FigureOptions) -> Names:
    """Pseudonyms as figures have them; words that are part of a code stay."""
    concepts = [
        Node(id=row["name"], labels=("Concept",), properties={"name": row["name"]})
        for row in store.read("MATCH (c:Concept) RETURN c.name AS name").rows
    ]
    return Names(numbered(options.interviews, "P"), Pseudonyms(Subgraph.of(concepts, ()), options).scrub)
