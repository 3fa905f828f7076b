"""How the report of a load is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from kb.cli.options import Format
from kb.cli.output import print_rows, say
from kb.text.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kb.ingest.report import LoadReport
    from kb.ingest.speakers import SpeakerReport


def print_report(report: LoadReport, format_: Format) -> None:
    """Print what a load did: the sources to stdout, the talk about them to stderr."""
    from kb.ingest.speakers import in_a_line
    from loaders import left_aside

    if format_ is Format.json:
        typer.echo(report.model_dump_json(indent=1))
        return
    further = [
        name for name in ("codes", "participants", "memos") if any(getattr(s, name) for s in report.sources)
    ]
    columns = ("status", "source", "format", "turns", "codings", "relations", *further, "path")
    rows = [
        {**s.model_dump(), "codings": "none exported" if s.codes_exported is False else s.codings}
        if s.status == "loaded"
        # Nothing was counted in the others: no number rather than a nought.
        else {key: value or None for key, value in s.model_dump().items()}
        for s in report.sources
    ]
    print_rows(columns, rows, format_)
    for source in report.sources:
        if source.error:
            where = "" if source.path in source.error else f"{source.path}: "
            say(f"not loaded: {where}{source.error}")
    for line in _not_placed(report):
        say(line)
    for line in left_aside(report.left_aside, [(file.path, file.step) for file in report.left_files]):
        say(f"left aside: {line}")
    for names, speakers in _speakers(report):
        say(f"speakers: {', '.join(names)}: {in_a_line(speakers)}")
    what = "would be read" if report.dry_run else "loaded"
    removed = report.count("removed")
    gone = f"{removed} removed, " if removed else ""
    number = len(report.interviews)
    say(
        f"{report.count('loaded')} {what}, {report.count('unchanged')} unchanged, "
        f"{gone}{report.count('failed')} failed; {plural(number, 'interview')} "
        f"{'would be ' if report.dry_run else ''}written ({report.nodes} nodes, {report.edges} edges)."
    )


def _not_placed(report: LoadReport) -> Iterator[str]:
    """What found no place or was derived: the same remark on one source once, with all its places."""
    words = {"lost": "not placed", "warning": "derived", "info": "note"}
    places: dict[tuple[str, str, str], list[str]] = {}
    for item in report.not_placed:
        at = f"line {item.line}" if item.line else f"page {item.page}" if item.page else ""
        places.setdefault((item.level, item.source, item.message), []).append(at)
    for (level, source, message), found in places.items():
        at = ", ".join(place for place in found if place)
        yield f"{words[level]}: {source}{', ' if at else ''}{at}: {message}"


def _speakers(report: LoadReport) -> Iterator[tuple[list[str], list[SpeakerReport]]]:
    """The speakers of each interview in each file, with the sources that have them (one a coder)."""
    found: dict[tuple[str, str | None], tuple[list[str], list[SpeakerReport]]] = {}
    for source in report.sources:
        if source.speakers:
            names, _ = found.setdefault((source.path, source.interview), ([], source.speakers))
            names.append(source.source or source.path)
    yield from found.values()
