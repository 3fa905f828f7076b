"""Pseudonyms at load: names are replaced in every record of a file before anything of it is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kb.codebook.model import Codebook
from kb.errors import InputError
from kb.records import AnyRecord, Code, Coding, End, Memo, Notice, Origin, Participant, Relation, Source, Turn
from kb.relation import PLACES
from kb.relations import Relation as Stated
from kb.text.names import Entry, Names, Replaced, clashes
from loaders._sheets import ENDINGS, read_sheets

_HEAD_NAME = frozenset({"name", "names", "real name", "original", "person", "speaker", "klarname", "nom"})
_HEAD_PSEUDONYM = frozenset({"pseudonym", "pseudonyms", "replacement", "alias", "new", "code", "pseudonyme"})
_HEAD_EXACT = frozenset({"exact", "as written"})
_SHORTEST = 2


def read_pseudonyms(path: Path, encoding: str | None = None) -> Names:
    """Read a list of names with their pseudonyms.

    Args:
        path: ``.csv``, ``.tsv`` or ``.xlsx``: a name and what stands for it a row, and an ``x`` in a third
            column ``exact`` for a name that is replaced only as written. A first row ``name, pseudonym``
            may name the columns.
        encoding: Of a CSV that is neither UTF-8 nor UTF-16 with its mark.

    Raises:
        InputError: It cannot be read, a pseudonym is missing, two stand for one name, or one is a name.
    """
    if path.suffix.lower() not in ENDINGS:
        raise InputError("a list of pseudonyms is a .csv, .tsv or .xlsx file: save it as one.", path)
    entries: dict[str, Entry] = {}
    for line, name, pseudonym, exact in _rows(path, encoding):
        if not pseudonym:
            raise InputError(f"'{name}' has no pseudonym: write it in the second column.", path, line=line)
        if len(name) < _SHORTEST:
            raise InputError(f"'{name}' is too short to be found as a name: leave it out.", path, line=line)
        entry = Entry(name, pseudonym, exact)
        if entries.setdefault(name.casefold(), entry).pseudonym != pseudonym:
            raise InputError(f"'{name}' has two pseudonyms: keep one.", path, line=line)
    if not entries:
        raise InputError("this list has no names: a row is a name and its pseudonym.", path)
    if clash := clashes(tuple(entries.values())):
        raise InputError(
            f"the pseudonym '{clash[0].pseudonym}' holds '{clash[1].name}', which is a name of the list: "
            "choose another, or nobody could tell the two apart.",
            path,
        )
    return Names(tuple(entries.values()))


def _rows(path: Path, encoding: str | None) -> Iterator[tuple[int, str, str, bool]]:
    columns = (0, 1, 2)
    for sheet in read_sheets(path, encoding)[:1]:
        rows = list(zip(sheet.lines, sheet.rows, strict=True))
        if rows:
            heads = [" ".join(cell.split()).casefold() for cell in rows[0][1]]
            found = [next((heads.index(h) for h in heads if h in words), None)
                     for words in (_HEAD_NAME, _HEAD_PSEUDONYM, _HEAD_EXACT)]  # fmt: skip
            if found[0] is not None and found[1] is not None:
                columns = (found[0], found[1], len(heads) if found[2] is None else found[2])
                rows = rows[1:]
        for line, cells in rows:
            name, pseudonym, exact = (
                " ".join(cells[at].split()) if at < len(cells) else "" for at in columns
            )
            if name and not name.startswith("#"):
                yield line, name, pseudonym, bool(exact) and exact.casefold() not in ("no", "0", "false")
            elif pseudonym and not name:
                raise InputError(f"'{pseudonym}' stands for no name.", path, line=line)


class Renamed:
    """The records of one file without the names.

    Args:
        names: The names.
        file: The file's name, for what is told.
    """

    def __init__(self, names: Names, file: str) -> None:
        self._names = names
        self._file = file
        self._turns: dict[str, tuple[str, Replaced]] = {}
        self._labels: set[str] = set()
        self._small: dict[str, int] = defaultdict(int)

    def all(self, records: Iterable[AnyRecord]) -> Iterator[AnyRecord]:
        """The records; those that tell a place in a turn come after all turns, whose texts they need."""
        later: list[AnyRecord] = []
        for record in records:
            if isinstance(record, Coding | Relation | Memo):
                later.append(record)
            else:
                yield self._renamed(record)
        for record in later:
            yield self._renamed(record)
        yield from self._told()

    def _renamed(self, record: AnyRecord) -> AnyRecord:
        name = self._names
        change: dict[str, Any] = {}
        if isinstance(record, Origin):
            change = {"file": name.file(record.file)}
        elif isinstance(record, Source):
            change = self._labels_of(record, "title", "coder", "round") | {"file": name.file(record.file)}
        elif isinstance(record, Turn):
            replaced = name.replaced(record.text)
            self._turns[record.id] = (record.text, replaced)
            for word in name.small(record.text):
                self._small[word] += 1
            change = {"text": replaced.text, "speaker": name.file(record.speaker)}
            change["id"] = self._turn(record.id)
        elif isinstance(record, Coding):
            self._label(record.label)
            change = self._labels_of(record, "coder", "round") | self._marked(record)
            change["turn"] = self._turn(record.turn)
        elif isinstance(record, Code):
            self._label(record.name)
            self._label(record.parent or "")
            change = self._each(record, "description")
        elif isinstance(record, Relation):
            change = self._each(record, "note") | self._labels_of(record, "coder")
            change |= {"start": self._end(record.start), "end": self._end(record.end)}
        elif isinstance(record, Participant):
            change = self._labels_of(record, "name", "speaker")
            change["attributes"] = {
                name.text(key): name.text(value) if isinstance(value, str) else value
                for key, value in record.attributes.items()
            }
        elif isinstance(record, Memo):
            change = self._each(record, "text", "title")
            change |= self._labels_of(record, "coder", "participant")
            change |= {"quote": self._quote(record.turn, record.quote), "turn": self._turn(record.turn)}
        elif isinstance(record, Notice):
            change = self._each(record, "message") | {"source": name.file(record.source)}
        interview = getattr(record, "interview", None)
        if interview is not None:
            change["interview"] = name.id(interview)
        return record.model_copy(update=change)

    def _each(self, record: AnyRecord, *fields: str) -> dict[str, Any]:
        values = {field: getattr(record, field) for field in fields}
        return {field: value and self._names.text(value) for field, value in values.items()}

    def _labels_of(self, record: AnyRecord, *fields: str) -> dict[str, Any]:
        """What people are called, which may be put together as a file's name is: ``ANNA_SCHMIDT``."""
        values = {field: getattr(record, field) for field in fields}
        return {field: value and self._names.file(value) for field, value in values.items()}

    def _label(self, label: str) -> None:
        if self._names.found(label):
            self._labels.add(label)

    def _marked(self, coding: Coding) -> dict[str, Any]:
        """The marked words of a coding, and where they are in the new text."""
        text, replaced = self._turns.get(coding.turn, ("", Replaced("", ())))
        if coding.start is None or coding.end is None or coding.end > len(text):
            return {"quote": self._quote(coding.turn, coding.quote)}
        start, end = replaced.span(coding.start, coding.end)
        if coding.quote == text[coding.start : coding.end]:
            return {"quote": replaced.text[start:end], "start": start, "end": end}
        return {"quote": coding.quote and self._names.text(coding.quote), "start": start, "end": end}

    def _quote(self, turn: str | None, quote: str | None) -> str | None:
        """Words of a turn; they may begin or end within a name."""
        if quote is None:
            return None
        text, replaced = self._turns.get(turn or "", ("", Replaced("", ())))
        at = text.find(quote) if quote else -1
        if at < 0:
            return self._names.text(quote)
        start, end = replaced.span(at, at + len(quote))
        return replaced.text[start:end]

    def _end(self, end: End) -> End:
        quote = self._quote(end.turn, end.quote)
        return end.model_copy(update={"quote": quote, "turn": self._turn(end.turn)})

    def _turn(self, id_: str | None) -> str | None:
        """A turn's id, which begins with that of its interview."""
        head, colon, number = (id_ or "").rpartition(":")
        return f"{self._names.id(head)}:{number}" if colon else id_

    def _told(self) -> Iterator[Notice]:
        if self._labels:
            listed = ", ".join(f"'{label}'" for label in sorted(self._labels)[:5])
            message = f"labels of codes stay as they are, and a name is in {len(self._labels)}: {listed}."
            yield Notice(level="warning", message=message, source=self._names.file(self._file))
        for word, count in sorted(self._small.items()):
            message = (
                f"'{word}' stands in small letters in {count} turns and is replaced there too; if that is a "
                "word of the language, put an x into a column 'exact' of the list of pseudonyms."
            )
            yield Notice(level="info", message=message, source=self._names.file(self._file))


def renamed_relation(names: Names, relation: Stated) -> Stated:
    """A relation of a relations file without the names; codes stay as they are.

    What stands at an end in plain words, more than one, is no code and is replaced too.
    """
    fields = relation.entry() | {"path": relation.path, "line": relation.line}
    if relation.speaker:
        fields["speaker"] = names.file(relation.speaker)
    for key in ("id", "note", *(f"{place.name}_as" for place in PLACES)):
        if fields.get(key):
            fields[key] = names.text(fields[key])
    for place in PLACES:
        if fields.get(place.name) and " " in fields[place.name]:
            fields[place.name] = names.text(fields[place.name])
    fields["quotes"] = tuple(names.text(quote) for quote in relation.quotes)
    fields["interview"] = names.id(relation.interview)
    return Stated(**fields)


def renamed_codebook(names: Names, book: Codebook) -> Codebook:
    """A codebook without the names in what its codes and categories are said to be; labels stay."""
    return Codebook(
        categories={id_: names.text(title) for id_, title in book.categories.items()},
        entries={
            label: entry.model_copy(
                update={"description": names.text(entry.description), "title": names.text(entry.title)}
            )
            for label, entry in book.entries.items()
        },
        notices=book.notices,
    )
