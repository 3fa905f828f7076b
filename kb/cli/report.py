"""How the report of a load is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from kb.cli.bounded import first_of_each
from kb.cli.options import Format
from kb.cli.output import print_rows, say
from kb.text.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kb.ingest.report import LoadReport
    from kb.ingest.speakers import SpeakerReport

Line = tuple[str, str, str]  # of what kind it is, on which file, and what it says


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
    if format_ is Format.table:
        rows = list(first_of_each(rows, lambda row: (row.get("path"), row.get("status")), _more_sources))
    print_rows(columns, rows, format_)
    _say(_errors(report))
    _say(_not_placed(report))
    for line in left_aside(report.left_aside, [(file.path, file.step) for file in report.left_files]):
        say(f"left aside: {line}")
    _say(
        ("speakers", path, f"{', '.join(names)}: {in_a_line(each)}")
        for path, names, each in _speakers(report)
    )
    what = "would be read" if report.dry_run else "loaded"
    removed = report.count("removed")
    gone = f"{removed} removed, " if removed else ""
    number = len(report.interviews)
    say(
        f"{report.count('loaded')} {what}, {report.count('unchanged')} unchanged, "
        f"{gone}{report.count('failed')} failed; {plural(number, 'interview')} "
        f"{'would be ' if report.dry_run else ''}written ({report.nodes} nodes, {report.edges} edges)."
    )


def _more_sources(row: dict[str, Any], count: int) -> dict[str, Any]:
    """A row for further sources of one file."""
    return dict.fromkeys(row) | {
        "status": row["status"],
        "source": f"… and {count} more",
        "path": row["path"],
    }


def _say(lines: Iterable[Line]) -> None:
    """Print lines, of one kind on one file only the first."""
    rest = "… and {} more; --format json has them all."
    more = first_of_each(
        lines, lambda line: line[:2], lambda line, n: (*line[:2], f"{line[1]}: {rest.format(n)}")
    )
    for kind, _, said in more:
        say(f"{kind}: {said}")


def _errors(report: LoadReport) -> Iterator[Line]:
    """Why sources were not loaded."""
    for source in report.sources:
        if source.error:
            where = "" if source.path in source.error else f"{source.path}: "
            yield "not loaded", source.path, f"{where}{source.error}"


def _not_placed(report: LoadReport) -> Iterator[Line]:
    """What found no place or was derived: the same remark on one source once, with all its places."""
    words = {"lost": "not placed", "warning": "derived", "info": "note"}
    places: dict[tuple[str, str, str], list[str]] = {}
    for item in report.not_placed:
        at = f"line {item.line}" if item.line else f"page {item.page}" if item.page else ""
        places.setdefault((item.level, item.source, item.message), []).append(at)
    for (level, source, message), found in places.items():
        at = ", ".join(place for place in found if place)
        yield words[level], source, f"{source}{', ' if at else ''}{at}: {message}"


def _speakers(report: LoadReport) -> Iterator[tuple[str, list[str], list[SpeakerReport]]]:
    """The speakers of each interview in each file, with the file and the sources that have them."""
    found: dict[tuple[str, str | None], tuple[list[str], list[SpeakerReport]]] = {}
    for source in report.sources:
        if source.speakers:
            names, _ = found.setdefault((source.path, source.interview), ([], source.speakers))
            names.append(source.source or source.path)
    for (path, _), (names, speakers) in found.items():
        yield path, names, speakers
