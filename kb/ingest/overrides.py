"""The records of a file, with the user's word over its name's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.errors import InputError
from kb.records import AnyRecord, Coding, End, Memo, Notice, Participant, Relation, Source, Turn
from kb.text.names import Names
from loaders import detect, file_name, loaders


@dataclass(frozen=True)
class Overrides:
    """What the user says of the sources, over what their names say.

    Attributes:
        interview, coder, round: For every source of this load.
        interviewers, interviewees: Speakers' labels that ask or answer, where labels are names.
        encoding: Of text that is neither UTF-8 nor UTF-16 with its mark.
        codes: Labels of the user's codebook, which settle what a noisy text leaves open.
        codes_are_new: The codebook was given with this load, so that known sources are read again.
        accept_guesses: Load a source though most of its speakers or roles are guessed.
        columns: Names of a table's columns by what they hold.
        preview: Show how a table's first rows are read.
        pseudonyms: Names that are replaced in whatever is loaded.
    """

    interview: str | None = None
    coder: str | None = None
    round: str | None = None
    interviewers: Collection[str] = ()
    codes: Collection[str] = ()
    codes_are_new: bool = True
    interviewees: Collection[str] = ()
    encoding: str | None = None
    accept_guesses: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    preview: bool = False
    pseudonyms: Names | None = None

    def file(self, path: Path) -> str:
        """The name of a file as the graph has it."""
        name = file_name(path)
        return self.pseudonyms.file(name) if self.pseudonyms else name

    def __bool__(self) -> bool:
        said = (self.interview, self.coder, self.round, self.interviewers, self.interviewees, self.encoding)
        return any(map(bool, said)) or bool(self.columns)

    def change(self, format_: str) -> bool:
        """Whether a source of this format may be read otherwise than before because of them."""
        by_codebook = any(format_ == loader.FORMAT and "codebook" in loader.OPTIONS for loader in loaders())
        return bool(self) or (bool(self.codes) and self.codes_are_new and by_codebook)


def parse(path: Path, overrides: Overrides) -> tuple[str, Iterable[AnyRecord]]:
    """The format of a file, and its records, with the user's word over its name's.

    In this process and without a bound of time; see `kb.ingest.reader`.

    Raises:
        InputError: No loader knows the file, it is broken, or one of several interviews (coders, rounds)
            in it would be taken for another.
    """
    loader = detect(path, overrides.encoding, columns=bool(overrides.columns))
    given: dict[str, Any] = {
        "interviewers": overrides.interviewers,
        "interviewees": overrides.interviewees,
        "codebook": overrides.codes,
        "encoding": overrides.encoding,
        "columns": overrides.columns,
        "preview": overrides.preview,
    }
    found: Iterable[AnyRecord] = loader.parse(
        path, **{name: given[name] for name in sorted(loader.OPTIONS & set(given)) if given[name]}
    )
    return loader.FORMAT, _Overridden(path, overrides).all(found) if overrides else found


class _Overridden:
    """Changes the records of a file; a word that could mean several things in it is refused."""

    def __init__(self, path: Path, overrides: Overrides) -> None:
        self._path = path
        self._said = overrides
        self._seen: dict[str, str] = {}

    def all(self, records: Iterable[AnyRecord]) -> Iterator[AnyRecord]:
        for record in records:
            yield record.model_copy(update={**self._interview(record), **self._coding(record)})

    def _once(self, what: str, value: str | None) -> None:
        """Take note of a value that is to be replaced.

        Raises:
            InputError: The file has another one.
        """
        if value is None:
            return
        if self._seen.setdefault(what, value) != value:
            raise InputError(
                f"--{what} stands for one {what}, and this file holds several ({self._seen[what]}, {value}, "
                "perhaps more): load it without.",
                self._path,
            )

    def _interview(self, record: AnyRecord) -> dict[str, Any]:
        new = self._said.interview
        if new is None:
            return {}
        change: dict[str, Any] = {}
        if isinstance(record, Source | Turn | Coding | Participant | Memo | Notice):
            self._once("interview", record.interview)
            change = {"interview": new} if record.interview is not None else {}
        if isinstance(record, Source):
            change["title"] = f"Interview {new}"
        elif isinstance(record, Turn):
            change["id"] = self._turn(record.id)
        elif isinstance(record, Coding | Memo):
            change["turn"] = self._turn(record.turn)
        elif isinstance(record, Relation):
            change["start"] = self._end(record.start)
            change["end"] = self._end(record.end)
        return change

    def _coding(self, record: AnyRecord) -> dict[str, Any]:
        """Coder and round; a plain transcript has neither."""
        change: dict[str, Any] = {}
        coded = isinstance(record, Coding) or (isinstance(record, Source) and (record.coder or record.round))
        if coded and isinstance(record, Coding | Source):
            for what in ("coder", "round"):
                if new := getattr(self._said, what):
                    self._once(what, getattr(record, what))
                    change[what] = new
        return change

    def _end(self, end: End) -> End:
        return end.model_copy(update={"turn": self._turn(end.turn)})

    def _turn(self, turn: str | None) -> str | None:
        """The id of a turn under the interview's new id, where it is made of the old one."""
        old = f"{self._seen.get('interview')}:"
        return f"{self._said.interview}:{turn.removeprefix(old)}" if turn and turn.startswith(old) else turn
