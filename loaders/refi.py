"""Projects and codebooks in REFI-QDA (https://www.qdasoftware.org), the exchange format of tools.

ATLAS.ti, MAXQDA, NVivo, QualCoder, Dedoose, Quirkos, Transana and f4analyse write projects (``.qdpx``: an
archive; ``.qde``: its XML alone) and codebooks (``.qdc``). Each text of a project is an interview; its
speakers are found as in a plain transcript, and one without speakers is one participant's words. How the
writer counted offsets is tried out (`loaders._refi_offsets`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from kb.errors import InputError
from kb.records import AnyRecord, Code, Notice, Relation
from kb.text.refi import code_tree, sets_in
from kb.text.words import plural
from loaders._refi_archive import has_project, opened
from loaders._refi_docs import Docs
from loaders._refi_ends import relations
from loaders._refi_kept import MEMBER, Kept
from loaders._refi_model import Link
from loaders._refi_read import read
from loaders._refi_study import FORMAT, Study
from loaders._text import check_file

__all__ = ["ENDINGS", "FORMAT", "OPTIONS", "RANK", "READS", "detect", "parse"]

ENDINGS = frozenset({".qdpx", ".qde", ".qdc"})
RANK = 12
OPTIONS = frozenset({"interviewers", "interviewees", "encoding"})
_SHOWN = 3
READS = "REFI-QDA projects and codebooks (.qdpx, .qde, .qdc)"


def detect(path: Path) -> bool:
    """Whether it is named like one, or is an archive with a project in it."""
    ending = path.suffix.lower()
    return ending in ENDINGS or (ending == ".zip" and has_project(path))


def parse(
    path: Path,
    interviewers: Collection[str] = (),
    interviewees: Collection[str] = (),
    encoding: str | None = None,
) -> Iterator[AnyRecord]:
    """Yield the records of a project; of a codebook, its codes.

    Raises:
        InputError: It is broken, hostile, or something else; says what.
    """
    if path.suffix.lower() == ".qdc":
        yield from _codebook(path)
        return
    with opened(path, encoding) as archive:
        content = read(archive)
        kept = Kept(archive.own(MEMBER) if content.origin.startswith("kb ") else None)
        docs = Docs(path, archive, content, kept, interviewers, interviewees)
        study = Study(path, content, docs, kept)
        if not (docs.all or content.codes or content.cases or content.notes):
            raise InputError("there is nothing in this project: no text, code, case or note.", path)
        yield from study.interviews()
        yield from study.codes()
        yield from study.participants()
        yield from _relations(path, study, study.without_notes(content.links), kept)
        yield from study.notes.all()
        yield from _twins(path, [code.label for code in content.codes])
        if free := study.ends.bare():
            study.lost["selections without a code, a note or a link"] += free
        yield from docs.notices
        for what, count in sorted(study.lost.items()):
            if count:
                yield Notice(level="lost", message=f"{what}: {count}.", source=path.name)


def _codebook(path: Path) -> Iterator[Code | Notice]:
    check_file(path)
    codes = code_tree(path)
    if not codes:
        raise InputError("there is no code in this codebook.", path)
    for code in sorted(codes, key=lambda code: code.label):
        yield Code(
            name=code.label, parent=code.parent, colour=code.colour,
            description=code.description and code.description.strip(),
        )  # fmt: skip
    yield from _twins(path, [code.label for code in codes])
    if sets := sets_in(path):
        yield Notice(level="lost", message=f"sets of codes: {sets}.", source=path.name)


def _twins(path: Path, labels: list[str]) -> Iterator[Notice]:
    """Say which codes cannot be told apart: of one name below one code."""
    twins = sorted(label for label, count in Counter(labels).items() if count > 1)
    more = len(twins) - _SHOWN
    if twins:
        yield Notice(
            level="warning",
            message="codes of one name at one place are taken as one: "
            f"{', '.join(twins[:_SHOWN])}{f' and {more} more' if more > 0 else ''}.",
            source=path.name,
        )


def _relations(path: Path, study: Study, links: list[Link], kept: Kept) -> Iterator[Relation | Notice]:
    """The links; in an order of their own, since that of the file says nothing."""
    found: list[Relation] = []
    supposed = 0
    for link, relation, guessed in relations(study.ends, links, study.lost):
        note, writer = study.notes.on_link(link.notes)
        if kept.beyond("links", link.guid).get("sum"):  # kb adds up what people say, for others to show
            continue
        change = {"note": note, "coder": study.coder(link.user) or writer}
        found.append(kept.relation(link.guid) or relation.model_copy(update=change))
        supposed += guessed
    yield from sorted(found, key=lambda relation: relation.model_dump_json())
    if supposed:
        yield Notice(
            level="warning",
            message=f"{plural(supposed, 'link')} without a direction have a name that has one (such as "
            "“causes”): they are read from their first end to their second.",
            source=path.name,
        )
