"""``kb load`` and ``kb remove``: sources into the graph, and out of it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.names import completer
from kb.cli.options import Db, FileTimeout, Format, settings, store
from kb.cli.output import say
from kb.cli.report import print_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.ingest.gather import Progress
    from kb.store.bolt import Store

_PATHS = typer.Argument(metavar="PATH…", help="Files, folders or patterns.", show_default=False)
Paths = Annotated[list[str], _PATHS]
Coder = Annotated[str | None, typer.Option(help="The coder of these sources, where their names do not say.")]
InterviewId = Annotated[
    str | None, typer.Option(help="The interview's id, for a single interview's sources.")
]
Interviewers = Annotated[
    list[str] | None,
    typer.Option("--interviewer", help="A speaker's label that is an interviewer; may be repeated."),
]

Interviewees = Annotated[
    list[str] | None,
    typer.Option("--interviewee", help="A speaker's label that is an interviewee; may be repeated."),
]
Encoding = Annotated[
    str | None,
    typer.Option(help="The encoding of text files that are not UTF-8, such as cp1252 or mac-roman."),
]
ColumnNames = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        metavar="FIELD=NAME,…",
        help="Which column of a table holds what, as document=…,text=…,codes=…; may be repeated.",
    ),
]
Pseudonyms = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="A list (.csv, .tsv, .xlsx) of names and what replaces them."),
]
AcceptGuesses = Annotated[
    bool,
    typer.Option("--accept-guesses", help="Take a source though most of its speakers are guessed."),
]


def load(
    paths: Annotated[list[str] | None, _PATHS] = None,
    catalogue: Annotated[
        bool, typer.Option("--catalogue", help="Load the catalogue of issues that kb ships, too.")
    ] = False,
    catalogue_file: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Load a catalogue of your own, too; may be repeated."),
    ] = None,
    codebook: Annotated[
        Path | None,
        typer.Option(
            help="Your codebook (.yaml, .csv, .xlsx or .qdc), laid over the shipped one; kept in the graph."
        ),
    ] = None,
    participants: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A table of participants (.csv, .tsv, .xlsx); may be repeated."),
    ] = None,
    pseudonyms: Pseudonyms = None,
    no_pseudonyms: Annotated[
        bool,
        typer.Option("--no-pseudonyms", help="These hold no names, though names in the graph were replaced."),
    ] = False,
    coder: Coder = None,
    round_: Annotated[str | None, typer.Option("--round", help="The coding round of these sources.")] = None,
    interview: InterviewId = None,
    interviewer: Interviewers = None,
    interviewee: Interviewees = None,
    encoding: Encoding = None,
    columns: ColumnNames = None,
    accept_guesses: AcceptGuesses = False,
    shipped_relations: Annotated[
        bool, typer.Option(help="Use the relations that kb ships where their words are in the interview.")
    ] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report, write nothing.")] = False,
    rebuild: Annotated[
        bool,
        typer.Option("--rebuild", help="Make the whole graph anew from what it keeps of its sources, first."),
    ] = False,
    file_timeout: FileTimeout = None,
    db: Db = None,
    format_: Annotated[
        Format, typer.Option("--format", "-f", help="How to print the report.")
    ] = Format.table,
) -> None:
    """Load interviews, transcripts, relations files and catalogues.

    A load is a sync: what is no longer in a source leaves the graph. Unchanged sources are skipped.
    At the end: who speaks in each source, how often, in which role, and what of it was guessed.
    Ends with 1 if a file could not be read, more than half of its speakers would be guessed, or something
    in it found no place; the rest is loaded.
    """
    from kb.catalogue import shipped_catalogue
    from kb.errors import UsageError
    from kb.ingest.load import Options
    from kb.ingest.load import load as run
    from kb.ingest.overrides import Overrides
    from kb.ingest.reader import read_codebook, read_names

    catalogues = [*([shipped_catalogue()] if catalogue else []), *(catalogue_file or [])]
    beside = bool(catalogues or participants)
    if rebuild:
        if dry_run:
            raise UsageError("--rebuild writes; leave --dry-run out, or see `kb check --graph`.")
        _rebuild(db)
        if not paths and not beside:
            return
    if not paths and not beside:
        raise UsageError("Name what to load: files, folders or patterns, --participants or --catalogue.")
    files = [Path(path) for path in paths or []]
    book = read_codebook(codebook, file_timeout) if codebook else None
    codes = tuple(book.canonical_of) if book else ()
    options = Options(
        overrides=Overrides(
            interview,
            coder,
            round_,
            tuple(interviewer or ()),
            codes,
            interviewees=tuple(interviewee or ()),
            encoding=encoding,
            accept_guesses=accept_guesses,
            columns=column_names(columns),
            preview=dry_run,
            pseudonyms=read_names(pseudonyms, encoding, file_timeout) if pseudonyms else None,
        ),
        without_pseudonyms=no_pseudonyms,
        codebook=book,
        catalogues=tuple(catalogues),
        participants=tuple(participants or ()),
        shipped_relations=shipped_relations,
        dry_run=dry_run,
        file_timeout=file_timeout,
    )
    next_ = ""
    with _progress() as progress:
        tables = participants or []
        there = _exists(db) or (
            not dry_run and (catalogues or _any_file(files, columns, tables, file_timeout))
        )
        if not there:
            report = run(None, files, options, progress)  # a mistyped path must not leave an empty graph
        else:
            with store(db, create=not dry_run, timeout=0) as graph:
                report = run(graph, files, options, progress)
                if not dry_run:
                    next_ = _next_step(graph, db, changed=bool(report.nodes or report.edges))
    print_report(report, format_)
    if next_:
        say(f"next: {next_}")
    if report.failed:
        raise typer.Exit(1)


def column_names(said: list[str] | None) -> dict[str, str]:
    """What the user says of a table's columns."""
    from kb.errors import UsageError
    from loaders import COLUMN_FIELDS, fields_said

    try:
        return fields_said(said or (), COLUMN_FIELDS)
    except ValueError as error:
        raise UsageError(f"--columns: {error}") from error


def remove(
    interview: Annotated[
        str | None,
        typer.Argument(
            help="Id of the interview; or of a file that holds several, as `kb load` prints it.",
            show_default=False,
            autocompletion=completer("interview"),
        ),
    ] = None,
    catalogue: Annotated[str | None, typer.Option(metavar="ID", help="A catalogue instead.")] = None,
    coder: Annotated[
        str | None, typer.Option(help="Only this coder's codings.", autocompletion=completer("coder"))
    ] = None,
    round_: Annotated[str | None, typer.Option("--round", help="Only this round's codings.")] = None,
    db: Db = None,
) -> None:
    """Take an interview, one coder's codings, or a catalogue, out.

    Claims and counts that only it supported go with it.
    """
    from kb.errors import UsageError
    from kb.ingest.remove import remove as run
    from kb.ingest.remove import remove_catalogue

    if (interview is None) == (catalogue is None):
        raise UsageError("Name what to remove: the id of an interview, or --catalogue with its id.")
    with store(db, timeout=0) as graph:
        if interview is not None:
            removed = run(graph, interview, coder=coder, round_=round_)
        else:
            remove_catalogue(graph, str(catalogue))
            removed = [f"the catalogue {catalogue}"]
        _remember_names(graph, db)
    say(f"Removed {', '.join(removed)}.")


def _rebuild(db: Path | None) -> None:
    from kb.ingest.rebuild import rebuild as run
    from kb.text.words import plural

    with store(db, timeout=0, damaged=True) as graph:
        report = run(graph)
        _remember_names(graph, db)
    written = f"{plural(len(report.interviews), 'interview')} ({report.nodes} nodes, {report.edges} edges)"
    say(f"Made anew from what the graph keeps of its sources: {written} written.")


def _exists(db: Path | None) -> bool:
    found = settings(db)
    return not found.embedded or (found.db / "databases").is_dir()


def _any_file(
    paths: list[Path], columns: list[str] | None, tables: list[Path], file_timeout: float | None
) -> bool:
    from kb.ingest.gather_relations import RELATION_ENDINGS
    from kb.ingest.reader import Reader
    from loaders import find_sources, table_endings

    also = RELATION_ENDINGS | (table_endings() if columns else set())
    with Reader(file_timeout) as reader:
        found = find_sources(paths, also, reader.knows).sources
    return any(table.is_file() for table in tables) or any(source.error is None for source in found)


def _next_step(graph: Store, db: Path | None, *, changed: bool) -> str:
    """Keep the names for completion, and say what comes next in the study."""
    from kb.ask.next_step import next_step
    from kb.ask.standing import standing
    from kb.cli.names import counted_candidates, remember
    from kb.cli.next_step import SEARCHED

    found = standing(graph)
    candidates = None if changed else counted_candidates(db)
    if candidates is None and found.coded and not found.relations and sum(found.turns.values()) <= SEARCHED:
        from kb.cli.suggest import DEFAULT_FILE
        from kb.suggest.over_graph import suggestions

        candidates = {k: len(suggestions(graph, k, ledger=DEFAULT_FILE)) for k in ("causes", "fixes")}
    remember(graph, settings(db), candidates)
    return next_step(found, candidates)


def _remember_names(graph: Store, db: Path | None) -> None:
    from kb.cli.names import remember

    remember(graph, settings(db))


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _total, _name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, name: bar.update(task, completed=done, total=total, description=name)
