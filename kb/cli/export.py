"""``kb export``: a canned query drawn, in the format that the file's ending names."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Db, Format, FormatOption, Timeout, Where, store
from kb.cli.output import print_rows, say
from kb.cli.query import Folder, QueryGroup, all_queries, dashed, keyword, query_command, query_group

if TYPE_CHECKING:
    from kb.ask.map_groups import GroupMaps
    from kb.ask.query import Query
    from kb.store.bolt import Store


class Column(StrEnum):
    """The column of a paper that a figure is for."""

    one = "one"
    two = "two"
    poster = "poster"


class LinkLabels(StrEnum):
    """What is written on links."""

    people = "people"
    interviews = "interviews"
    ids = "ids"


class ByCategory(StrEnum):
    """What frames and pages go by."""

    category = "category"


class Theme(StrEnum):
    """What the figure stands on."""

    light = "light"
    dark = "dark"


def _option(name: str, type_: Any, default: Any, help_: str, *flags: str, **limits: Any) -> Any:
    return keyword(name, Annotated[type_, typer.Option(*flags, help=help_, **limits)], default)


_MM = {"min": 40, "max": 2000}
_OPTIONS = (
    _option("output", Path, ..., "The file; its ending chooses the format.", "--output", "-o"),
    _option(
        "column", Column, Column.two, "One column of a paper (85 mm wide), two (180 mm), or an A0 poster."
    ),
    _option("width", float | None, None, "Width in millimetres, instead of a column's.", **_MM),
    _option("theme", Theme, Theme.light, "For paper or for slides."),
    _option("quotes", bool, True, "Keep people's words in the file."),
    _option("pseudonyms", bool, False, "Replace interviews, speakers, coders by P1 …", "--pseudonyms"),
    _option("spreadsheet", bool, False, "In .csv, let no cell run as a formula.", "--spreadsheet"),
    _option("title", str | None, None, "A line above the figure."),
    _option("caption", str | None, None, "A sentence before the counts."),
    _option("source", str | None, None, "A citation below the figure."),
    _option("legend", bool, True, "Explain the signs."),
    _option("font", list[Path] | None, None, "A TrueType file for letters the fonts lack; can be repeated."),
    keyword("where", Where),
    _option(
        "compare",
        str | None,
        None,
        "Of causal-map: draw it for each group of participants, by this attribute of theirs.",
        metavar="ATTRIBUTE",
    ),
    keyword("timeout", Timeout),
    _option("names", bool, False, "Write titles from the codebook, or labels made readable.", "--names"),
    _option(
        "link_labels", LinkLabels | None, None, "Write on links how many tell them, or which interviews."
    ),
    _option("group_by", ByCategory | None, None, "Frame the codes of each category."),
    _option("pages", ByCategory | None, None, "In .pdf, a page for each category."),
    _option("dpi", int, 300, "Resolution of PNG, dots per inch.", min=36, max=1200),
)


class ExportGroup(QueryGroup):
    """The queries that return a graph, as commands that draw it."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of the queries that can be drawn: help and completion ask for the command of each."""
        return [q.name for q in all_queries(ctx.params.get("folder")) if q.returns == "graph"]

    def command_of(self, query: Query) -> Any:
        """The command that draws a query."""
        from kb.errors import UsageError

        if query.returns != "graph":
            raise UsageError(
                f"The query {query.name!r} returns rows, not a graph; `kb query {query.name} --format csv` "
                "writes them, and `kb export` lists what can be drawn."
            )
        return query_command(query, _export, _OPTIONS)


app = query_group(
    ExportGroup, "Draw a query's graph into a file, or write the whole study; without a name, list them."
)
ProjectFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Write the whole study for another tool: .qdpx (project) or .qdc (codebook)."
    ),
]


@app.callback(invoke_without_command=True)
def _list(
    ctx: typer.Context,
    folder: Folder = None,
    project: ProjectFile = None,
    causal_map: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.xlsx",
            help="Write the whole study for the tool Causal Map; `kb export causal-map` draws a map.",
        ),
    ] = None,
    db: Db = None,
    format_: FormatOption = Format.table,
) -> None:
    whole = "--project" if project is not None else "--causal-map" if causal_map is not None else ""
    if whole and ctx.invoked_subcommand is not None:
        from kb.errors import UsageError

        raise UsageError(f"{whole} writes the whole study: leave the query out.")
    if project is not None:
        _project(project, db)
        return
    if ctx.invoked_subcommand is not None:
        if db is not None:
            from kb.errors import UsageError

            raise UsageError(f"Put --db after the query: kb export {ctx.invoked_subcommand} --db {db}.")
        return
    if causal_map is not None:
        _causal_map(causal_map, db)
        return
    from kb.export import FORMATS
    from kb.export.project import FORMATS as PROJECTS

    rows = [{"query": q.name, "draws": q.title} for q in all_queries(folder) if q.returns == "graph"]
    print_rows(("query", "draws"), rows, format_, title="Queries that return a graph")
    for ending, (_, about) in FORMATS.items():
        say(f"{ending:10} {about}")
    for ending, (_, about) in PROJECTS.items():
        say(f"{ending:10} {about}: `kb export --project FILE{ending}`")
    say("`kb export NAME [options of the query] -o FILE` draws one.")


def _causal_map(path: Path, db: Path | None) -> None:
    from kb.errors import UsageError
    from kb.export.causal_map import export_causal_map

    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"--causal-map writes an Excel workbook: name it {path.stem}.xlsx.")
    with store(db, timeout=0) as graph:
        links, others = export_causal_map(graph, path, say)
    say(f"{path}: {links} links, {others} other relations.")


def _export(query: Query, params: dict[str, Any], options: dict[str, Any]) -> None:
    from kb.ask.answer import ask, to_subgraph
    from kb.ask.lists import citations, names
    from kb.cli.next_step import why_nothing
    from kb.errors import ExportError
    from kb.export import FigureOptions, export

    groups: tuple[str, ...] = ()
    with store(options["db"], timeout=options["timeout"]) as graph:
        if options["compare"] is None:
            answer = ask(graph, query, params, where=options["where"] or ())
            subgraph, notes, within = to_subgraph(answer), answer.notes, answer.within
        else:
            groups, subgraph, notes = _compared(graph, query, params, options)
            within = notes[0]
        if not subgraph.nodes:
            why = why_nothing(graph, query, params, options["db"], options["where"] or ())
            raise ExportError(f"{options['output'].name}: there is nothing to draw. {why}")
        known = names(graph)
        cited = citations(graph, (id_ for e in subgraph.edges for id_ in e.properties.get("catalogues", ())))
    figure = FigureOptions(
        preset=options["column"].value,
        width_mm=options["width"],
        theme=options["theme"].value,
        quotes=options["quotes"],
        pseudonyms=options["pseudonyms"],
        spreadsheet=options["spreadsheet"],
        **known._asdict(),
        title=options["title"],
        caption=" ".join(filter(None, (options["caption"], within))) or None,
        source=options["source"],
        cited=" ".join(cited.values()) or None,
        legend=options["legend"],
        fonts=tuple(options["font"] or ()),
        dpi=options["dpi"],
        names=options["names"],
        link_labels=options["link_labels"] and options["link_labels"].value,
        group_by=options["group_by"] and options["group_by"].value,
        pages=options["pages"] and options["pages"].value,
        groups=groups,
    )
    export(subgraph, options["output"], figure, lambda message: say(_with_options(message, query, params)))
    if query.name == "causal-map" and options["output"].suffix.lower() == ".xlsx":
        say(
            "These are the map's links, concepts and quotes; for the tool Causal Map: kb export --causal-map."
        )
    if (cite := figure.source or figure.cited) and options["output"].suffix.lower() == ".csv":
        say(f"The tables hold no citation; please cite: {cite}")
    for note in dict.fromkeys((within, *notes)):
        if note:
            say(note)
    say(f"{options['output']}: {len(subgraph.nodes)} nodes, {len(subgraph.edges)} edges.")


def _compared(graph: Store, query: Query, params: dict[str, Any], options: dict[str, Any]) -> GroupMaps:
    """The maps of the groups that ``--compare`` asks for."""
    from kb.ask.map_groups import MAP, compare_maps
    from kb.errors import UsageError

    if query.name != MAP:
        raise UsageError(f"--compare draws the map of each group: it is for `kb export {MAP}` alone.")
    return compare_maps(graph, params, options["compare"], where=options["where"] or ())


def _project(file: Path, db: Path | None) -> None:
    from kb.export.project import write_project

    with store(db, timeout=0) as graph:
        written = write_project(graph, file)
    for what, count in sorted(written.lost.items()):
        if count:
            say(f"not carried: {what}: {count}.")
    for note in written.notes:
        say(note)
    say(f"{file}: {', '.join(f'{count} {what}' for what, count in written.counts.items() if count)}.")


def _with_options(message: str, query: Query, params: dict[str, Any]) -> str:
    """A message on the figure; the advice to narrow the query names the options that do."""
    from kb.figure.draw import NARROW

    unused = [name for name, param in query.params.items() if param.default is None and params[name] is None]
    if NARROW not in message or not unused:
        return message
    return message.replace(NARROW, f"{NARROW} by {' or '.join(f'--{dashed(name)}' for name in unused)}")
