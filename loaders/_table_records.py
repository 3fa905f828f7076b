"""From the rows of a table to records: a document's passages as turns, with their codes and relations."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from kb.records import AnyRecord, Coding, End, Memo, Participant, Relation, Source, Turn, turn_id
from kb.relation import EXPLICIT
from loaders._joined import Piece, carries
from loaders._link_names import link_kind, named_relation
from loaders._speakers import Speakers
from loaders._table_cells import Labels
from loaders._table_columns import Columns
from loaders._table_documents import Home
from loaders._table_rows import Row
from loaders._text import fold

FORMAT = "table"


class Table(NamedTuple):
    """What the rows of one document are read with.

    Attributes:
        file: Name of the file.
        columns: Where the table has what.
        labels: Names of its codes.
        round: The coding round.
        person: Its column of speakers holds those who were interviewed.
    """

    file: str
    columns: Columns
    labels: Labels
    round: str
    person: bool


class Document:
    """The rows of one interview.

    Args:
        table: What they are read with.
        home: The interview.
        rows: With the coder that the document's name names, if it does.
        interviewers, interviewees: Labels that the user names.

    Attributes:
        lost: How many of what was found no place.
    """

    def __init__(
        self,
        table: Table,
        home: Home,
        rows: Sequence[tuple[Row, str | None]],
        interviewers: Collection[str] = (),
        interviewees: Collection[str] = (),
    ) -> None:
        self._table, self._home = table, home
        self._in_order = table.columns.kind == "transcript" or (
            "speaker" in table.columns.at
            and not table.person
            and table.columns.kind == "passages"
            and any(row.text and not row.codes for row, _ in rows)
        )
        # Whoever speaks was interviewed: a column of participants, or one participant's own text.
        self._answers = table.person or (self._in_order and "speaker" not in table.columns.at)
        self._rows = [(row, row.coder or coder) for row, coder in rows]
        self.lost: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        people = self._people()
        said = [(people[n], row.text) for n, (row, _) in enumerate(self._rows) if people[n]]
        self.speakers = Speakers(table.file, home.id, said, interviewers, interviewees)
        self._turn_of: dict[int, Turn] = {}
        self.turns = self._turns(people)

    def records(self) -> Iterator[AnyRecord]:
        """All that the rows say, in an order that their own does not change."""
        yield from self._sources()
        for turn in self.turns:
            if turn.role is None and (notice := self.speakers.notice(turn.speaker, turn.line)):
                yield notice
            yield turn
        found: dict[str, AnyRecord] = {}
        for n, (row, coder) in enumerate(self._rows):
            for record in self._of_row(row, coder or None, self._turn_of.get(n)):
                if record.model_dump_json() in found:
                    self.told["rows or cells that say again what another says"] += 1
                found.setdefault(record.model_dump_json(), record)
        yield from (found[text] for text in sorted(found))
        yield from self._participants()

    def _sources(self) -> Iterator[Source]:
        coded = any(row.codes for row, _ in self._rows)
        related = any(row.ends for row, _ in self._rows)
        coders = sorted(
            {coder or "" for row, coder in self._rows if row.codes or row.ends or not self._in_order}
        )
        if self._in_order and not coded and not related:
            coders = [""]
        for coder in coders or [""]:
            plain = self._in_order and not coded and not related
            yield Source(
                interview=self._home.id,
                title=self._home.title,
                file=self._table.file,
                format=FORMAT,
                coder=coder or None,
                round=None if plain else self._round(coded),
                codes_exported=coded,
                passages=not self._in_order,
            )

    def _round(self, coded: bool) -> str:
        # A table of relations stands beside the same coder's codings, not in their place.
        return self._table.round if coded else "relations"

    # Turns.

    def _people(self) -> list[str]:
        """The speaker of each row; in a transcript, of the row before where its form is so."""
        labels = [row.speaker for row, _ in self._rows]
        self._carried: set[int] = set()
        if not self._in_order:
            return labels
        if "speaker" not in self._table.columns.at:
            return [self._home.title] * len(labels)  # one participant's text, as answers to a survey are
        pieces = [Piece(row.line, None, None, row.speaker or None, row.text) for row, _ in self._rows]
        if carries(pieces):
            for n in range(1, len(labels)):
                if not labels[n] and labels[n - 1]:
                    labels[n] = labels[n - 1]
                    self._carried.add(n)
        return labels

    def _turns(self, people: Sequence[str]) -> list[Turn]:
        keys: dict[int, tuple[object, ...]] = {}
        for n, (row, _) in enumerate(self._rows):
            text = fold(row.text)
            if text:
                keys[n] = (n,) if self._in_order else (_numbers(row.position), text, people[n])
                if self._in_order and row.again:
                    keys[n] = keys.get(n - 1, keys[n])
        order = {key: index for index, key in enumerate(sorted(set(keys.values()), key=_comparable))}
        turns: dict[int, Turn] = {}
        for n, key in keys.items():
            index, (row, _) = order[key], self._rows[n]
            if index not in turns:
                role = self.speakers.role(people[n]) if people[n] else None
                if role is None and people[n] and self._answers:
                    role = "interviewee"
                turns[index] = Turn(
                    id=turn_id(self._home.id, index),
                    interview=self._home.id,
                    index=index,
                    speaker=people[n],
                    role=role,
                    text=fold(row.text),
                    line=row.line if self._in_order else None,
                    guessed="speaker" if self._in_order and n in self._carried else None,
                )
            self._turn_of[n] = turns[index]
        return [turns[index] for index in sorted(turns)]

    # What stands on them.

    def _of_row(self, row: Row, coder: str | None, turn: Turn | None) -> Iterator[AnyRecord]:
        if row.codes and turn is None:
            self.lost["codes of rows without a passage"] += len(row.codes)
        where = {"interview": self._home.id, "turn": turn.id if turn else None}
        round_ = self._round(coded=True)
        for path in row.codes if turn else ():
            label = self._table.labels.name(path)
            yield Coding(label=label, code=label, coder=coder, round=round_, **where)
        yield from self._relations(row, coder, turn)
        if row.comment and not row.ends:
            yield Memo(text=row.comment, coder=coder, **where)

    def _relations(self, row: Row, coder: str | None, turn: Turn | None) -> Iterator[Relation]:
        note = row.comment or None
        explicit = row.explicit.lower() if row.explicit.lower() in EXPLICIT else None
        left = set(row.ends)
        for kind, start, end in self._table.columns.pairs:
            # Without the issue that the column would name, a remedy is one of the cause.
            if start not in row.ends and kind != "causes" and "cause" in row.ends:
                start = "cause"  # noqa: PLW2901
            if start not in row.ends or end not in row.ends:
                continue
            left -= {start, end}
            ends = [End(code=row.ends[name], turn=turn.id if turn else None) for name in (start, end)]
            if kind == "causes" and row.relation:
                found = named_relation(row.relation, ends[0], ends[1], coder, note)
            else:
                found = Relation(kind=kind, start=ends[0], end=ends[1], coder=coder, note=note)
            if turn is None:
                self.told["relations without words, which are nobody's statement"] += 1
            yield found.model_copy(update={"explicit": explicit}) if explicit else found
        if left and row.ends:
            self.lost["ends of relations whose other end is empty"] += len(left)
        if row.relation and not link_kind(row.relation):
            self.told[f"relations called '{row.relation}', which keep that name and count as no cause"] += 1

    def _participants(self) -> Iterator[Participant]:
        values: dict[str, dict[str, str]] = defaultdict(dict)
        speakers: dict[str, str] = {}
        for row, _ in self._rows:
            name = (row.speaker if self._table.person else "") or self._home.title
            speakers[name] = row.speaker if self._table.person else ""
            for key, value in row.attributes.items():
                if values[name].setdefault(key, value) != value:
                    self.lost[
                        f"values in column '{key}' that contradict another of the same participant"
                    ] += 1
        for name, attributes in sorted(values.items()):
            if attributes:
                yield Participant(
                    name=name,
                    interview=self._home.id,
                    speaker=speakers[name] or None,
                    attributes=dict(attributes),
                )


def _numbers(position: str) -> tuple[int, ...]:
    """A place as written (``12 - 14``, ``1:02:03``, ``Page 3: 120-180``) as numbers to put in order by."""
    return tuple(int(part) for part in re.findall(r"\d{1,15}", position))


def _comparable(key: tuple[object, ...]) -> tuple[object, ...]:
    """Passages with a place first, in order; the others by their words."""
    return key if len(key) == 1 else (not key[0], *key)
