"""``kb parse``: what a loader reads in a file, as JSON Lines."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.bounded import first_of_each
from kb.cli.load import (
    AcceptGuesses,
    Coder,
    ColumnNames,
    Encoding,
    Interviewees,
    Interviewers,
    InterviewId,
    Paths,
    Pseudonyms,
    column_names,
)
from kb.cli.options import FileTimeout
from kb.cli.output import say


class ParseFormat(StrEnum):
    """How records are printed."""

    jsonl = "jsonl"


def parse(
    paths: Paths,
    codebook: Annotated[
        Path | None, typer.Option(help="Your codebook; labels are mapped to its codes, over the shipped one.")
    ] = None,
    coder: Coder = None,
    round_: Annotated[str | None, typer.Option("--round", help="The coding round of these sources.")] = None,
    interview: InterviewId = None,
    interviewer: Interviewers = None,
    interviewee: Interviewees = None,
    encoding: Encoding = None,
    columns: ColumnNames = None,
    pseudonyms: Pseudonyms = None,
    accept_guesses: AcceptGuesses = False,
    file_timeout: FileTimeout = None,
    format_: Annotated[  # noqa: ARG001  # there is one; it is named so that a script says what it expects
        ParseFormat, typer.Option("--format", "-f", help="How to print the records.")
    ] = ParseFormat.jsonl,
) -> None:
    """Print what is read in files, as JSON Lines.

    Each line has a type: source, turn, coding, code, relation, participant, memo or notice; of several files
    also origin, the file that the lines after it are of. Saved as a file (.jsonl), they load as the files
    themselves do. On stderr, at the end: who speaks in each interview, and what was guessed. Ends with 1 if a
    file could not be read, or more than half of its speakers are guessed, so that `kb load` would refuse it.
    """
    from kb.ingest.reader import Reader

    reader = Reader(file_timeout)
    reader.start()
    from kb.codebook import shipped_codebook
    from kb.errors import InputError
    from kb.ingest.origin import with_origin
    from kb.ingest.overrides import Overrides
    from kb.ingest.pseudonyms import Renamed, read_pseudonyms
    from kb.ingest.speakers import ParsedSpeakers, in_a_line, too_much_guessed
    from kb.records import Coding, Turn
    from loaders import find_sources, left_aside, registry, step_left, table_endings

    book = reader.read("codebook", codebook) if codebook else shipped_codebook()
    codes = tuple(book.canonical_of) if codebook else ()
    names = read_pseudonyms(pseudonyms, encoding) if pseudonyms else None
    overrides = Overrides(
        interview,
        coder,
        round_,
        tuple(interviewer or ()),
        codes,
        interviewees=tuple(interviewee or ()),
        encoding=encoding,
        columns=column_names(columns),
    )
    failed = False
    speakers: list[tuple[str, Path, str]] = []
    found = find_sources([Path(path) for path in paths], table_endings() if columns else (), reader.knows)
    alone = len(found.sources) == 1
    for source in found.sources:
        try:
            if source.error is not None:
                raise source.error
            here = ParsedSpeakers()
            lines: list[str] = []  # printed when all is read: half a file must not be taken for a whole
            records = reader.records(source.path, overrides)
            said = with_origin(source.path, records, alone=alone)
            for record in Renamed(names, source.path.name).all(said) if names else said:
                if isinstance(record, Coding):
                    code = book.canonical(record.label) or record.label
                    record = record.model_copy(update={"code": code})  # noqa: PLW2901
                elif isinstance(record, Turn):
                    here.add(record)
                lines.append(record.model_dump_json())
            typer.echo("\n".join(lines))
            for id_, found_here in here.by_interview().items():
                speakers.append(("speakers", source.path, f"interview {id_}: {in_a_line(found_here)}"))
                if not accept_guesses and (doubt := too_much_guessed(found_here)):
                    failed = True
                    speakers.append(("not to be loaded as it is", source.path, f"interview {id_}: {doubt}"))
        except InputError as error:
            failed = True
            say(f"kb: {error}" if error.path else f"kb: {source.path}: {error}")
    reader.close()
    for sentence in registry().broken:
        say(f"note: {sentence}")
    left = [(str(path), step_left(path)) for paths in found.left.values() for path in paths]
    for line in left_aside(found.left_aside, left):
        say(f"left aside: {line}")
    for what, path, line in first_of_each(
        speakers, lambda each: each[:2], lambda last, n: (*last[:2], f"… and {n} more interviews")
    ):
        say(f"{what}: {path}, {line}")
    if failed:
        raise typer.Exit(1)
