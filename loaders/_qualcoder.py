"""What a database of QualCoder holds, as records; `loaders.qualcoder` says all about the format.

Offsets count characters, the end exclusive; text that was coded in its window may have them in UTF-16 units
instead, which the words beside them settle. What an older version had not is not asked for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from kb.errors import InputError
from kb.records import AnyRecord, Coding, Memo, Source
from kb.text.words import plural
from loaders._anchor import Anchors
from loaders._passages import Document
from loaders._qualcoder_cases import Read, participants
from loaders._qualcoder_speakers import Speakers
from loaders._qualcoder_tree import SYSTEM, Tree
from loaders._source import file_name
from loaders._sqlite import Database, Row
from loaders._study import Further, Told, coded, in_order, kept_apart, title_of

FORMAT = "qualcoder"
_TABLES = {"source", "code_name", "code_text"}
_MEDIA = {
    "code_image": "codings on pictures",
    "code_av": "codings on recordings",
    "ris": "entries of references",
    "stored_sql": "stored queries",
    "graph": "drawings of graphs, whose labelled lines between codes are kept",
}
# What is read, and what says how QualCoder's windows look.
_KNOWN = _TABLES | set(_MEDIA) | {
    "project", "annotation", "journal", "cases", "case_text", "attribute", "attribute_type", "code_cat",
    "coder_names", "manage_files_display", "files_filter", "links_type", "sqlite_sequence", "sqlite_stat1",
    "gr_cdct_text_item", "gr_case_text_item", "gr_file_text_item", "gr_free_text_item", "gr_cdct_line_item",
    "gr_free_line_item", "gr_pix_item", "gr_av_item", "gr_memo_item",
}  # fmt: skip


def read(path: Path, interviewers: Collection[str], interviewees: Collection[str]) -> Iterator[AnyRecord]:
    """The records of a database; arguments and errors as in `loaders.qualcoder.parse`."""
    with Database(path, "QualCoder") as db:
        if not set(db.tables) >= _TABLES:
            raise InputError(
                "this is no project of QualCoder: name the folder that it saves, NAME.qda.", path
            )
        yield from _Project(path, db, interviewers, interviewees).records()


class _Project:
    def __init__(
        self, path: Path, db: Database, interviewers: Collection[str], interviewees: Collection[str]
    ) -> None:
        self._path, self._db, self._file = path, db, file_name(path)
        self._people = (interviewers, interviewees)
        self._told = Told(self._file)
        self._tree = Tree(db, self._told)
        self._further: list[Further] = []
        self._used: set[int | None] = set()
        self._moved: Counter[str] = Counter()
        self._speakers = Speakers(db, self._people, self._told)

    def records(self) -> Iterator[AnyRecord]:
        codings = self._by_file(
            "code_text", ("fid", "pos0", "pos1", "seltext", "cid", "owner", "memo", "important")
        )
        notes = self._by_file("annotation", ("fid", "pos0", "pos1", "memo", "owner"))
        sources = []
        for row in self._db.rows("source", ("id", "name", "fulltext", "memo", "owner")):
            if row.text(2).strip():
                sources.append((row, title_of(row.text(1))))
            else:
                self._told.lost("pictures, recordings and other files without text")
        if not sources:
            raise InputError("no file in this project has a text: there is nothing to load.", self._path)
        ids = kept_apart([(title, row.text(2)) for row, title in sources], self._told)
        files: dict[int | None, Read] = {}
        for (row, title), id_ in sorted(zip(sources, ids, strict=True), key=lambda pair: pair[1]):
            key = row.number(0)
            anchors = Anchors(row.text(2))
            passages = self._placed(anchors, codings.pop(key, []))
            document = self._document(id_, title, anchors, passages)
            files[key] = Read(id_, title, document, anchors)
            yield Source(interview=id_, title=title, file=self._file, format=FORMAT, codes_exported=True)
            self._speakers.name(document, anchors, key, self._marked(passages))
            yield from document.turns
            self._coded(document, id_, passages)
            self._annotated(document, id_, anchors, notes.pop(key, []))
            if memo := row.text(3).strip():
                self._further.append(Memo(text=memo, coder=row.text(4) or None, interview=id_))
            yield from document.notices
        self._told.lost(
            "codings in files that have no text or are not there", sum(map(len, codings.values()))
        )
        self._told.lost(
            "annotations in files that have no text or are not there", sum(map(len, notes.values()))
        )
        self._further += self._tree.entries(self._used)
        self._further += self._tree.lines(self._db)
        self._further += participants(self._db, files, self._told)
        self._about()
        yield from in_order(self._further)
        yield from self._told.notices()

    # Passages of one file.

    def _by_file(self, table: str, columns: tuple[str, ...]) -> dict[int | None, list[Row]]:
        found: dict[int | None, list[Row]] = defaultdict(list)
        for row in self._db.rows(table, columns):
            found[row.number(0)].append(row)
        return found

    def _placed(self, anchors: Anchors, rows: list[Row]) -> list[tuple[int, int, Row]]:
        """Where the codings stand in the file's text."""
        placed = []
        for row in rows:
            if self._tree.code(row.number(4)) is None:
                self._told.lost("codings with codes that are not there")
                continue
            place = anchors.place(row.number(1), row.number(2), row.text(3))
            if place is None:
                self._told.lost("codings whose place is not in the text")
                continue
            if not place.sure:
                self._told.lost("codings whose words are not the text's; they are on what is there now")
            placed.append((place.start, place.end, row))
        self._moved += anchors.found
        return placed

    def _document(
        self, id_: str, title: str, anchors: Anchors, passages: list[tuple[int, int, Row]]
    ) -> Document:
        text = anchors.text
        if text.startswith("\ufeff"):  # a mark of the encoding is no part of the first label
            text = " " + text[1:]
        marked = [(start, end) for start, end, row in passages if not row.text(5).startswith(SYSTEM)]
        return Document(self._file, id_, title, text, marked, *self._people)

    def _marked(self, passages: list[tuple[int, int, Row]]) -> list[tuple[int, int, str]]:
        """The passages that QualCoder marked as a speaker's."""
        return [
            (start, end, (self._tree.code(row.number(4)) or "").removeprefix(SYSTEM).strip())
            for start, end, row in passages
            if row.text(5).startswith(SYSTEM)
        ]

    def _coded(self, document: Document, id_: str, passages: list[tuple[int, int, Row]]) -> None:
        for start, end, row in passages:
            if row.text(5).startswith(SYSTEM):
                continue
            label, coder = self._tree.code(row.number(4)) or "", row.text(5) or None
            found: list[Coding] = coded(document, id_, start, end, label, coder)
            if not found:
                self._told.lost("codings on no words")
                continue
            self._used.add(row.number(4))
            self._further += found
            self._told.lost("marks of codings as important", 1 if row.number(7) else 0)
            if memo := row.text(6).strip():
                first = found[0]
                self._further.append(
                    Memo(
                        text=memo, coder=coder, interview=id_, turn=first.turn, quote=first.quote, code=label
                    )
                )

    def _annotated(self, document: Document, id_: str, anchors: Anchors, rows: list[Row]) -> None:
        for row in rows:
            memo = row.text(3).strip()
            place = anchors.place(row.number(1), row.number(2))
            at = document.places(place.start, place.end)[:1] if place else []
            if memo:
                turn, quote = (at[0].turn, at[0].quote) if at else (None, None)
                self._further.append(
                    Memo(text=memo, coder=row.text(4) or None, interview=id_, turn=turn, quote=quote)
                )

    # The study.

    def _about(self) -> None:
        for table, title, text, owner in (
            ("project", "", "memo", "codername"),
            ("journal", "name", "jentry", "owner"),
            ("attribute_type", "name", "memo", "owner"),
            ("graph", "name", "description", ""),
            ("gr_free_text_item", "", "free_text", ""),
        ):
            for row in self._db.rows(table, (title, text, owner)):
                if said := row.text(1).strip():
                    coder = row.text(2) or None if owner == "owner" else None
                    self._further.append(Memo(text=said, title=row.text(0).strip() or None, coder=coder))
        for table, what in _MEDIA.items():
            self._told.lost(what, self._db.count(table))
        for table in sorted(set(self._db.tables) - _KNOWN):
            self._told.lost(f"rows of a table that kb does not know ({table})", self._db.count(table))
        self._speakers.tell()
        for how, count in sorted(self._moved.items()):
            self._told.say(f"{plural(count, 'coding')} stood elsewhere than QualCoder counts, found {how}.")
