"""``kb report``: the supplementary report of a study, for a paper's appendix."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.options import Db, Timeout, Where, store
from kb.cli.output import say


class ZoomOption(StrEnum):
    """By what the links of the map are summed."""

    none = "none"
    category = "category"
    catalogue = "catalogue"


def report(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER|FILE",
            help="A file that ends in .html, .docx or .md, or a folder for all three.",
        ),
    ],
    title: Annotated[str, typer.Option(help="Its title.")] = "Supplementary material",
    issues: Annotated[int, typer.Option(min=0, max=1000, help="How many issues get a card.")] = 10,
    links: Annotated[int, typer.Option(min=1, max=1000, help="How many links the map has at most.")] = 60,
    zoom: Annotated[
        ZoomOption, typer.Option(help="Sum the map's links by category, or by the catalogue's issue.")
    ] = ZoomOption.none,
    quotes: Annotated[bool, typer.Option(help="Show people's words.")] = True,
    pseudonyms: Annotated[
        bool, typer.Option("--pseudonyms", help="Replace interviews, speakers, coders by P1 ….")
    ] = False,
    where: Where = None,
    timeout: Timeout = None,
    db: Db = None,
) -> None:
    """Write a report for a paper's appendix.

    The study in numbers, the causal map, a card with quotes for each of the issues told of most, agreement
    between coders, saturation. Figures are in the file; those of Markdown lie beside it.
    """
    from kb.appendix.asked import Asked
    from kb.appendix.content import read_report
    from kb.appendix.write import check_path, write_report

    check_path(output)
    asked = Asked(title, issues, links, zoom.value, quotes, pseudonyms)
    with store(db, timeout=timeout) as graph:
        found = read_report(graph, asked, where or ())
    for note in found.notes:
        say(note)
    for path in write_report(found, output):
        say(f"{path}: written.")
