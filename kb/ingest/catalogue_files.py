"""Catalogue files: read, held against each other and against the codes, with a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kb.codebook import Codebook, fold
from kb.errors import InputError
from kb.ingest.catalogues import CatalogueSource
from kb.ingest.origin import file_digest
from kb.ingest.reader import Reader
from kb.ingest.report import LoadReport, NotPlaced, SourceReport
from kb.text.nearest import did_you_mean
from kb.unexpected import told

FORMAT = "catalogue"


def gather_catalogues(
    paths: Iterable[Path], stored: Mapping[str, CatalogueSource], report: LoadReport, reader: Reader
) -> dict[str, CatalogueSource]:
    """Read catalogues; a bad one goes into the report and does not stop the load.

    Args:
        paths: The files.
        stored: The catalogues in the graph, by id.
        report: Told of each file.
        reader: Reads them.

    Returns:
        The new or changed ones, by id.
    """
    new: dict[str, CatalogueSource] = {}
    for path in paths:
        try:
            source = CatalogueSource(reader.read("catalogue", path), path.name, file_digest(path))
            _check_names(source, path, stored, new)
        except InputError as error:
            report.sources.append(SourceReport(path=str(path), status="failed", error=str(error)))
            continue
        except Exception as error:  # a mistake of kb's own: the other files are loaded all the same
            said = f"{path}: {told(error)}"
            report.sources.append(SourceReport(path=str(path), status="failed", error=said))
            continue
        old = stored.get(source.id)
        unchanged = old is not None and (old.file, old.sha256) == (source.file, source.sha256)
        if not unchanged:
            new[source.id] = source
        report.sources.append(
            SourceReport(
                path=str(path),
                status="unchanged" if unchanged else "loaded",
                source=source.id,
                format=FORMAT,
                relations=len(list(source.said())),
            )
        )
    return new


def _check_names(
    source: CatalogueSource,
    path: Path,
    stored: Mapping[str, CatalogueSource],
    new: Mapping[str, CatalogueSource],
) -> None:
    """Two catalogues of one id, or with an issue of one name, would be taken for each other."""
    if source.id in new:
        raise InputError(f"has the id '{source.id}' of {new[source.id].file}; give it another one.", path)
    for other in {**stored, **new}.values():
        if other.id == source.id:
            continue
        titles = {issue.title for issue in other.catalogue.issues}
        for issue in source.catalogue.issues:
            if issue.title in titles:
                raise InputError(
                    f"the catalogue '{other.id}' has an issue '{issue.title}' too; rename this one, or give "
                    f"the file the id '{other.id}' to take that catalogue's place.",
                    path,
                    line=issue.line,
                )


def doubtful_names(source: CatalogueSource, codebook: Codebook, labels: Iterable[str]) -> list[NotPlaced]:
    """Codes that neither the codebook nor an interview has: maybe slips of the pen, so they are told."""
    known = {*labels, *codebook.canonical_of}
    told = [
        (code, line, "falls under no issue until an interview is coded with it")
        for issue in source.catalogue.issues
        for code, line in zip(issue.codes, issue.code_lines, strict=True)
    ]
    told += [
        (said.statement.what, said.statement.line or 0, "is taken for a name of its own")
        for said in source.said()
        if len(said.statement.what.split()) == 1
        and said.statement.what not in {issue.id for issue in source.catalogue.issues}
    ]
    return [
        NotPlaced(
            level="warning",
            source=source.file,
            line=line or None,
            message=f"no codebook and no interview has the code '{name}', which {what}."
            f"{did_you_mean(name, known)}",
        )
        for name, line, what in told
        if fold(name) not in known
    ]
