"""A table of participants as it is read: what is known of those who were interviewed, a row a person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kb.errors import InputError
from kb.ingest.report import NotPlaced
from kb.records import Participant, Value
from loaders._sheets import ENDINGS, read_sheets

# Names of the columns that tell whose row it is, folded; the first that a table has counts.
_NAME = ("name", "participant", "participants", "person", "pseudonym", "interviewee", "respondent", "case",
         "teilnehmer", "teilnehmerin", "teilnehmer:in", "fall", "nom", "nombre", "id")  # fmt: skip
_INTERVIEW = ("interview", "interviews", "interview id", "interview_id", "transcript", "document",
              "source", "file", "dokument", "entretien", "entrevista")  # fmt: skip
_SPEAKER = ("speaker", "speaker label", "label", "sprecher", "sprecherin")
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})")
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,14})[.,](?:\d{1,2}|\d{4,15})|-?(?:0|[1-9]\d{0,14})\.\d{3}")
_SEVERAL = re.compile(r"\s*[;|\n]\s*")


class Table(NamedTuple):
    """A table as read.

    Attributes:
        rows: One a person and interview; without a name, the interview as written stands for it.
        notices: What of it is not used.
    """

    rows: tuple[Participant, ...]
    notices: tuple[NotPlaced, ...]


def read_participants(path: Path, encoding: str | None = None) -> Table:
    """Read a table of participants.

    Args:
        path: ``.csv``, ``.tsv`` or ``.xlsx`` (its first sheet with rows); the first row names the columns.
        encoding: Of a CSV that is neither UTF-8 nor UTF-16 with its mark.

    Raises:
        InputError: It cannot be read, or no column tells whose row it is.
    """
    if path.suffix.lower() not in ENDINGS:
        raise InputError("a table of participants is a .csv, .tsv or .xlsx file: save it as one.", path)
    sheets = read_sheets(path, encoding)
    if not sheets or len(sheets[0].rows) < 2:
        raise InputError(
            "this table has no rows below the names of its columns: a row is a participant.", path
        )
    sheet = sheets[0]
    reader = _Reader(path, sheet.rows[0], sheet.lines[0])
    for line, cells in zip(sheet.lines[1:], sheet.rows[1:], strict=True):
        reader.row(line, cells)
    if len(sheets) > 1:
        reader.tell("info", f"only the first sheet, '{sheet.name}', is read.")
    return reader.table()


class _Reader:
    """The rows of a table one after the other."""

    def __init__(self, path: Path, heads: list[str], line: int) -> None:
        self._path = path
        self._heads = [" ".join(head.split()) for head in heads]
        folded = [head.casefold() for head in self._heads]
        self._name = _column(folded, _NAME)
        self._interview = _column(folded, _INTERVIEW)
        self._speaker = _column(folded, _SPEAKER)
        if self._name is None and self._interview is None:
            raise InputError(
                "no column tells whose row it is: call one 'name' or 'interview' (with 'speaker', where an "
                "interview has several interviewees); the others are attributes.",
                path,
                line=line,
            )
        for at, head in enumerate(folded):
            if head and head in folded[:at]:
                raise InputError(f"two columns are named '{self._heads[at]}': rename one.", path, line=line)
        self._rows: list[Participant] = []
        self._known: dict[str, dict[str, Value]] = {}
        self._notices: list[NotPlaced] = []
        self._headless = 0

    def tell(self, level: str, message: str, line: int | None = None) -> None:
        self._notices.append(
            NotPlaced.model_validate(
                {"level": level, "source": self._path.name, "message": message, "line": line}
            )
        )

    def row(self, line: int, cells: list[str]) -> None:
        # "7; 8;" names two.
        interviews = list(filter(None, _SEVERAL.split(self._cell(cells, self._interview)))) or [""]
        name = self._cell(cells, self._name) or interviews[0]
        if not name:
            self.tell("lost", "a row tells neither a name nor an interview.", line)
            return
        attributes: dict[str, Value] = {}
        for at, cell in enumerate(cells):
            head = self._heads[at] if at < len(self._heads) else ""
            text = " ".join(cell.split())
            if not text or at in (self._name, self._interview, self._speaker):
                continue
            if not head:
                self._headless += 1
                continue
            attributes[head] = value(text)
            before = self._known.setdefault(name, {}).setdefault(head, attributes[head])
            if str(before).casefold() != str(attributes[head]).casefold():
                self.tell("lost", f"'{head}' of '{name}' is given twice; {before} counts.", line)
            attributes[head] = before
        speaker = self._cell(cells, self._speaker) or None
        for interview in interviews:
            self._rows.append(
                Participant(
                    name=self._cell(cells, self._name) or interview,
                    interview=interview or None,
                    speaker=speaker,
                    attributes=attributes,
                )
            )

    def table(self) -> Table:
        if self._headless:
            self.tell("lost", f"cells in columns without a name: {self._headless}.")
        return Table(tuple(self._rows), tuple(self._notices))

    def _cell(self, cells: list[str], at: int | None) -> str:
        return " ".join(cells[at].split()) if at is not None and at < len(cells) else ""


def _column(heads: list[str], names: Iterable[str]) -> int | None:
    return next((heads.index(name) for name in names if name in heads), None)


def value(text: str) -> Value:
    """A cell as a number where it is one, else as text.

    >>> value("12"), value("2,5"), value("007"), value("1,000")
    (12, 2.5, '007', '1,000')
    """
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text.replace(",", "."))
    return text
