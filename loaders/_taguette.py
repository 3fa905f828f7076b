"""What a database of Taguette holds, as records; `loaders.taguette` says all about the format.

`documents.contents` is HTML, `highlights.start_offset` and `end_offset` count the bytes of its text nodes,
`highlights.snippet` has the words; who coded stands in the log of commands alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from kb.errors import InputError
from kb.records import AnyRecord, Code, Memo, Source
from kb.text.words import plural
from loaders._anchor import BYTES, Anchors
from loaders._passages import Document
from loaders._sqlite import Database, tables_of
from loaders._study import Further, Told, coded, in_order, kept_apart, title_of
from loaders._taguette_html import Html
from loaders._taguette_log import Log

FORMAT = "taguette"
_TABLES = {"projects", "documents", "tags", "highlights"}


class _Tag(NamedTuple):
    path: str
    description: str
    parent: int | None


class _Highlight(NamedTuple):
    id: int
    start: int | None
    end: int | None
    snippet: str
    tags: list[int]


def is_taguette(path: Path) -> bool | None:
    """Whether a database has Taguette's tables; None where they cannot be read; never raises."""
    tables = tables_of(path)
    return None if tables is None else tables >= _TABLES


def read(path: Path, interviewers: Collection[str], interviewees: Collection[str]) -> Iterator[AnyRecord]:
    """The records of a database; arguments and errors as in `loaders.taguette.parse`."""
    with Database(path, "Taguette") as db:
        if not set(db.tables) >= _TABLES:
            raise InputError("this is no project of Taguette: in Taguette, export the project anew.", path)
        yield from _Project(path, db).records(interviewers, interviewees)


class _Project:
    def __init__(self, path: Path, db: Database) -> None:
        self._path, self._db = path, db
        self._told = Told(path.name)
        self._further: list[Further] = []
        self._moved: dict[str, int] = defaultdict(int)

    def records(self, interviewers: Collection[str], interviewees: Collection[str]) -> Iterator[AnyRecord]:
        tags = {
            row.number(0): _Tag(row.text(1), row.text(2), row.number(3))
            for row in self._db.rows("tags", ("id", "path", "description", "parent_id"))
        }
        highlights = self._highlights()
        log = self._log()
        documents = [
            (row.number(0), title_of(row.text(1) or row.text(2)), row.text(3), row.text(4))
            for row in self._db.rows("documents", ("id", "name", "filename", "description", "contents"))
        ]
        if not documents:
            raise InputError("no document is in this project: there is nothing to load.", self._path)
        self._tree(tags)
        ids = kept_apart([(title, contents) for _, title, _, contents in documents], self._told)
        for (key, title, description, contents), id_ in sorted(
            zip(documents, ids, strict=True), key=lambda pair: pair[1]
        ):
            html = Html(contents)
            self._told.lost("pictures in documents", html.pictures)
            here = highlights.pop(key, [])
            yield from self._document(id_, title, html, here, tags, log, interviewers, interviewees)
            if description.strip():
                self._further.append(Memo(text=description.strip(), title="description", interview=id_))
        self._told.lost("highlights of documents that are not there", sum(map(len, highlights.values())))
        self._about()
        yield from in_order(self._further)
        for how, count in sorted(self._moved.items()):
            self._told.say(f"{plural(count, 'highlight')} stood elsewhere than Taguette counts, found {how}.")
        yield from self._told.notices()

    def _document(
        self,
        id_: str,
        title: str,
        html: Html,
        highlights: list[_Highlight],
        tags: dict[int | None, _Tag],
        log: Log,
        interviewers: Collection[str],
        interviewees: Collection[str],
    ) -> Iterator[AnyRecord]:
        """The turns of a document; its codings are kept for later."""
        if not html.text.strip():
            self._told.lost("documents without any text")
            self._told.lost("highlights in documents without any text", len(highlights))
            return
        anchors = Anchors(html.nodes, BYTES)
        placed = []
        for highlight in highlights:
            words = Html(highlight.snippet).nodes
            place = anchors.place(highlight.start, highlight.end, words)
            if place is None:
                self._told.lost("highlights whose place is not in the document")
                continue
            if not place.sure:
                self._told.lost(
                    "highlights whose words are not the document's; they are on what is there now"
                )
            placed.append((highlight, html.at[place.start], html.at[place.end]))
        for how, count in anchors.found.items():
            self._moved[how] += count
        document = Document(
            self._path.name, id_, title, html.text, [(s, e) for _, s, e in placed], interviewers, interviewees
        )
        yield Source(interview=id_, title=title, file=self._path.name, format=FORMAT, codes_exported=True)
        yield from document.turns
        for highlight, start, end in placed:
            self._coded(document, id_, highlight, start, end, tags, log)
        yield from document.notices

    def _coded(
        self,
        document: Document,
        id_: str,
        highlight: _Highlight,
        start: int,
        end: int,
        tags: dict[int | None, _Tag],
        log: Log,
    ) -> None:
        places = document.places(start, end)
        if not places:
            self._told.lost("highlights of no words")
            return
        known = [tag for tag in highlight.tags if tag in tags]
        self._told.lost("tags on highlights that the project does not have", len(highlight.tags) - len(known))
        for tag in known:
            coder = log.coder(highlight.id, tag)
            self._further += coded(document, id_, start, end, tags[tag].path, coder)
        if not highlight.tags:
            self._further += [
                Memo(
                    text=place.quote or "",
                    title="highlight without a tag",
                    coder=log.coder(highlight.id, None),
                    interview=id_,
                    turn=place.turn,
                    quote=place.quote,
                )
                for place in places
            ]

    def _highlights(self) -> dict[int | None, list[_Highlight]]:
        """By their document."""
        tags: dict[int | None, list[int]] = defaultdict(list)
        for row in self._db.rows("highlight_tags", ("highlight_id", "tag_id")):
            if (tag := row.number(1)) is not None:
                tags[row.number(0)].append(tag)
        found: dict[int | None, list[_Highlight]] = defaultdict(list)
        names = ("id", "document_id", "start_offset", "end_offset", "snippet")
        for row in self._db.rows("highlights", names):
            id_ = row.number(0)
            found[row.number(1)].append(
                _Highlight(id_ or 0, row.number(2), row.number(3), row.text(4), tags.get(id_, []))
            )
        return found

    def _log(self) -> Log:
        commands = [
            (row.number(0) or 0, row.text(1), row.text(2))
            for row in self._db.rows("commands", ("id", "user_login", "payload"))
        ]
        members = {row.text(0) for row in self._db.rows("project_members", ("user_login",))}
        log = Log(((user, said) for _, user, said in sorted(commands)), members - {""})
        self._told.lost("commands of the log that cannot be read", log.unread)
        return log

    def _tree(self, tags: dict[int | None, _Tag]) -> None:
        """The tags; one of the name ``group.tag`` stands under the tag ``group``, if there is one."""
        said: dict[str, Code] = {}
        paths = {tag.path for tag in tags.values()}
        for tag in sorted(tags.values(), key=lambda tag: (tag.path, not tag.description, tag.description)):
            if not tag.path.strip():
                continue
            above = tags.get(tag.parent) if tag.parent is not None else None
            code = Code(
                name=tag.path,
                parent=above.path if above else _above(tag.path, paths),
                description=tag.description.strip() or None,
            )
            if said.setdefault(tag.path, code) != code and code.description:
                self._told.lost("descriptions of tags that another project here describes otherwise")
        self._further += said.values()

    def _about(self) -> None:
        """What is said of the study as a whole."""
        projects = [
            (row.text(0).strip(), row.text(1).strip())
            for row in self._db.rows("projects", ("name", "description"))
        ]
        if len(projects) > 1:
            self._told.say(
                f"{len(projects)} projects are in this file and are loaded as one study; to load one alone, "
                "export it in Taguette."
            )
        self._further += [Memo(text=said, title=name or None) for name, said in projects if said]


def _above(path: str, paths: set[str]) -> str | None:
    """The tag that a tag stands under by its name."""
    while "." in path:
        path = path.rpartition(".")[0]
        if path in paths:
            return path
    return None
