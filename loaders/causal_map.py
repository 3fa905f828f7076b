"""Causal Map (app.causalmap.app): a workbook of links between causes and effects, with what was said (.xlsx).

A link is somebody's claim that something causes something, with the words quoted; `;` in a factor's label
makes a hierarchy and `~` an opposite. A source is an interview: its statements, or its text, are the turns,
and its further columns are what is known of the participant.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from kb.errors import InputError
from kb.records import AnyRecord, End, Level, Memo, Notice, Participant, Relation, Source
from kb.relation import EXPLICIT, by_name
from loaders._causal_labels import label, tree
from loaders._causal_sheets import FACTORS, LINKS, OTHERS, QUESTIONS, SOURCES, STATEMENTS, Page, is_map, pages
from loaders._causal_text import SourceText, Statement, in_order
from loaders._sheets import heads, read_sheets
from loaders._source import name_parts
from loaders._table_documents import Home, homes
from loaders._table_names import says_something

FORMAT = "causal-map"
ENDINGS = frozenset[str]()
MAYBE = frozenset({".xlsx"})
RANK = 37
OPTIONS = frozenset({"interviewers", "interviewees"})
READS = "workbooks of Causal Map (.xlsx)"
_DUMMY = {"global question", "global source"}  # what the app fills in where there is nothing


def detect(path: Path) -> bool:
    """Whether it is a workbook with a sheet of links between causes and effects."""
    return path.suffix.lower() in MAYBE and is_map(pages(heads(path)))


class _Link(NamedTuple):
    source: str
    statement: str
    quote: str
    to_statement: str
    to_quote: str
    relation: Relation  # between codes, without its passages


def parse(
    path: Path, interviewers: Collection[str] = (), interviewees: Collection[str] = ()
) -> Iterator[AnyRecord]:
    """Yield each source's interview, the links as relations, and the factors as a tree of codes.

    Args:
        path: The workbook.
        interviewers: Speakers' labels of those who ask.
        interviewees: Labels of those who answer.

    Raises:
        InputError: It cannot be read, or has no links.
    """
    yield from _Map(path, interviewers, interviewees).records()


class _Map:
    """One workbook."""

    def __init__(self, path: Path, interviewers: Collection[str], interviewees: Collection[str]) -> None:
        self._path = path
        self._named = interviewers, interviewees
        self._pages = pages(read_sheets(path))
        if not is_map(self._pages):
            raise InputError("this workbook has no sheet 'links' with causes and effects.", path)
        self._lost: Counter[str] = Counter()
        self._told: Counter[str] = Counter()
        self._factors = self._read_factors()
        self._source_of: dict[str, str] = {}
        self._statements = self._read_statements()
        self._links = [link for name in (LINKS, OTHERS) for link in self._read_links(name)]
        self._sources = self._read_sources()

    def records(self) -> Iterator[AnyRecord]:
        """Everything, in an order that the rows' own does not change."""
        labels = {
            code
            for link in self._links
            for code in (link.relation.start.code, link.relation.end.code)
            if code
        }
        yield from tree(labels | set(self._descriptions), self._descriptions)
        by_source: dict[str, list[_Link]] = defaultdict(list)
        for link in self._links:
            by_source[link.source].append(link)
        for id_ in sorted(self._sources, key=in_order):
            yield from self._source(id_, by_source[id_])
        self._count_the_rest()
        for counts, level in ((self._told, "warning"), (self._lost, "lost")):
            for what, n in sorted(counts.items()):
                if n:
                    yield self._tell("lost" if level == "lost" else "warning", f"{what}: {n}.")

    def _tell(self, level: Level, message: str) -> Notice:
        return Notice(level=level, message=message, source=self._path.name)

    # The sheets.

    def _read_factors(self) -> dict[str, str]:
        """Labels by id; what is said of them is kept aside."""
        self._descriptions: dict[str, str] = {}
        by_id = {}
        if page := self._pages.get(FACTORS):
            for row in page.rows:
                if name := label(page.get(row, "label")):
                    by_id[page.get(row, "id")] = name
                    if text := page.raw(row, "note").strip():
                        self._descriptions.setdefault(name, text)
        return by_id

    def _read_statements(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = defaultdict(list)
        if page := self._pages.get(STATEMENTS):
            spoken = "speaker" in page.at
            for row, line in zip(page.rows, page.lines, strict=True):
                id_ = page.get(row, "id") or f"row {line}"
                source = page.get(row, "source")
                self._source_of[id_] = source
                speaker = page.get(row, "speaker") if spoken else None
                found[source].append(Statement(id_, page.raw(row, "text"), speaker, page.get(row, "role")))
                if page.get(row, "note"):
                    self._lost["notes on statements"] += 1
        return {source: sorted(each, key=lambda s: in_order(s.id)) for source, each in found.items()}

    def _read_links(self, name: str) -> Iterator[_Link]:
        page = self._pages.get(name)
        if page is None:
            return
        for row in page.rows:
            ends = [self._factor(page, row, *fields) for fields in (("cause", "from"), ("effect", "to"))]
            if not all(ends):
                self._lost["links without a cause or an effect"] += 1
                continue
            tags = [tag.strip(" #") for tag in page.get(row, "tags").replace(";", ",").split(",")]
            note = " ".join(
                part for part in (page.get(row, "note"), *(f"#{tag}" for tag in tags if tag)) if part
            )
            kind = page.get(row, "relation") if name == OTHERS else "causes"
            explicit = page.get(row, "explicit")
            relation = Relation(
                kind=kind if kind in by_name() else kind or "is related to",
                start=End(code=ends[0]),
                end=End(code=ends[1]),
                coder=page.get(row, "coder") or None,
                note=note or None,
            )
            if explicit in EXPLICIT:
                relation = relation.model_copy(update={"explicit": explicit})
            statement = page.get(row, "statement")
            source = (
                self._source_of.get(statement, "")
                if statement in self._source_of
                else page.get(row, "source")
            )
            yield _Link(source, statement, page.raw(row, "quote"), page.get(row, "to_statement"),
                        page.raw(row, "to_quote"), relation)  # fmt: skip

    def _factor(self, page: Page, row: list[str], by_label: str, by_id: str) -> str:
        """The factor at one end: by its label, or by its id, which may be its label."""
        id_ = page.get(row, by_id)
        return label(page.get(row, by_label)) or self._factors.get(id_) or label(id_)

    def _read_sources(self) -> dict[str, Home]:
        """The interview of each source, by its id."""
        self._titles: dict[str, str] = {}
        page = self._pages.get(SOURCES)
        ids = {*self._statements, *(link.source for link in self._links)}
        self._source_rows: dict[str, list[str]] = {}
        if page:
            for row in page.rows:
                id_ = page.get(row, "id") or page.get(row, "title")
                if id_:
                    self._source_rows[id_] = row
                    self._titles[id_] = page.get(row, "title") or id_
        titles = Counter(self._titles.values())
        name_of = {id_: self._titles.get(id_, id_) for id_ in {*ids, *self._source_rows}}
        name_of = {id_: name if titles[name] < 2 else id_ for id_, name in name_of.items()}
        found, _ = homes((("", name) for name in name_of.values()), coders=False)
        result = {id_: found["", name] for id_, name in name_of.items()}
        if "" in result:
            own = name_parts(self._path)
            result[""] = Home(own.interview, own.title, None)
        return result

    # Their records.

    def _source(self, id_: str, links: list[_Link]) -> Iterator[AnyRecord]:
        home = self._sources[id_]
        row = self._source_rows.get(id_)
        page = self._pages.get(SOURCES)
        text = page.raw(row, "text") if page and row else ""
        quotes = {(link.statement, link.quote) for link in links} | {
            (link.to_statement, link.to_quote) for link in links if link.to_quote
        }
        statements = [s for s in self._statements.get(id_, ()) if s.text.strip()]
        spoken = SourceText(self._path.name, home.id, home.title, statements, text, quotes, *self._named)
        if spoken.turns:
            yield Source(
                interview=home.id,
                title=home.title,
                file=self._path.name,
                format=FORMAT,
                round="relations" if spoken.quotes_only else None,
                passages=spoken.quotes_only,
            )
            yield from spoken.notices
            yield from spoken.turns
        found: dict[str, Relation] = {}
        for link in links:
            relation = self._placed(link, spoken)
            if found.setdefault(_key(relation), relation) is not relation:
                self._told["links that say again what another says"] += 1
        yield from (found[key] for key in sorted(found))
        if page and row:
            yield from self._about(home, page, row, known=bool(spoken.turns))

    def _placed(self, link: _Link, spoken: SourceText) -> Relation:
        words, found = spoken.find(link.statement, link.quote)
        if not found:
            self._told["links whose quote was not found; their whole statement is taken" if words else
                       "links whose quote was not found, which are nobody's statement"] += 1  # fmt: skip
        elif words is None:
            self._told["links without words, which are nobody's statement"] += 1
        if words is None:
            return link.relation
        start, end = words
        if link.to_quote or link.to_statement:
            other, also = spoken.find(link.to_statement or link.statement, link.to_quote)
            end = other.last if other else end
            self._told["links of which one quote was not found"] += not also
        return link.relation.model_copy(
            update={"start": End(code=link.relation.start.code, turn=start[0], quote=start[1]),
                    "end": End(code=link.relation.end.code, turn=end[0], quote=end[1])}
        )  # fmt: skip

    def _about(self, home: Home, page: Page, row: list[str], *, known: bool) -> Iterator[AnyRecord]:
        attributes = {
            name: row[n].strip() for name, n in page.others.items() if n < len(row) and row[n].strip()
        }
        name = page.get(row, "participant") or home.title
        if attributes or page.get(row, "participant"):
            yield Participant(name=name, interview=home.id if known else None, attributes=dict(attributes))
        note = page.raw(row, "note").strip()
        if note and note.lower() not in _DUMMY:
            yield Memo(text=note, interview=home.id if known else None)

    def _count_the_rest(self) -> None:
        """What stands in columns and sheets that nothing is read from."""
        for name, page in self._pages.items():
            if name == SOURCES:
                continue
            for column, n in page.others.items():
                count = sum(says_something(row[n]) for row in page.rows if n < len(row))
                if count:
                    self._lost[f"values in column '{column}' of the sheet '{name}'"] += count
        if questions := self._pages.get(QUESTIONS):
            texts = {questions.get(row, "text") for row in questions.rows} - {"", *_DUMMY}
            if texts:
                self._lost["texts of questions"] += len(texts)


def _key(relation: Relation) -> str:
    return relation.model_dump_json()
