"""The journal of a review: who decided what of which candidate, beside the relations file.

The relations file holds what came of the decisions; the journal holds what was decided on, of which two
reviewers' agreement is measured, and how long it took. It is only ever added to, a JSON object a line: a
review that is broken off loses nothing; a line that cannot be read is passed over and told.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kb.errors import InputError
from kb.review.model import Key
from kb.text.files import decoded, read_bounded

Verdict = Literal["accepted", "turned round", "changed", "refused"]
#: What a journal's name ends with, in place of its relations file's ending.
ENDING = ".review.jsonl"
#: Bytes at most: some hundred thousand decisions.
MAX_BYTES = 64 * 2**20


class Entry(BaseModel):
    """One line: a decision, one that is taken back, or how much was left when a review was left.

    Attributes:
        at: When, in UTC (ISO 8601, to the second).
        reviewer: Who; None where only one person reads.
        candidate: What it is about.
        verdict: What was decided; None if the decision on the candidate is taken back.
        became: What an accepted candidate says now, if that is not what was offered.
        relations: Ids of the entries of the relations file that it rests on: that were written, or that
            another decision had written with the same words.
        seconds: From when the candidate was shown until it was decided.
        left: When a review was left, of each kind (causes, fixes) and interview in it: the candidates
            without a decision, and all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: str = Field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    reviewer: str | None = None
    candidate: Key | None = None
    verdict: Verdict | None = None
    became: Key | None = None
    relations: tuple[str, ...] = ()
    seconds: float | None = None
    left: dict[str, dict[str, tuple[int, int]]] | None = None

    @property
    def result(self) -> Key | None:
        """What was accepted; None if nothing was."""
        return None if self.verdict in (None, "refused") else self.became or self.candidate


def journal_beside(relations: Path) -> Path:
    """The journal of a relations file."""
    return relations.with_name(f"{relations.stem}{ENDING}")


def journal_size(path: Path) -> int:
    """Bytes of a journal, which grows with every entry; 0 if there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def read_journal(path: Path, tell: Callable[[str], object] = lambda _said: None) -> list[Entry]:
    """The entries of a journal, in their order; none if there is no file.

    Args:
        path: The journal.
        tell: Told of each line that is passed over, with its number.

    Raises:
        InputError: The file cannot be read.
    """
    if not path.exists():
        return []
    try:
        text = decoded(read_bounded(path, MAX_BYTES))
    except UnicodeDecodeError as error:
        raise InputError("This journal of a review is not UTF-8: save it as UTF-8.", path) from error
    entries = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entries.append(Entry.model_validate(json.loads(line)))
        except (ValueError, ValidationError, RecursionError):
            tell(f"{path}, line {number}: this is no entry of a review's journal; it is passed over.")
    return entries


def append(path: Path, entry: Entry) -> None:
    """Add an entry.

    Raises:
        InputError: The file cannot be written.
    """
    line = json.dumps(
        entry.model_dump(mode="json", exclude_defaults=True) | {"at": entry.at}, ensure_ascii=False
    )
    try:
        whole = not path.exists() or path.stat().st_size == 0 or _ends_a_line(path)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            os.write(handle, f"{'' if whole else chr(10)}{line}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        reason = error.strerror or str(error)
        msg = f"The journal of the review cannot be written ({reason}); choose another place with --into."
        raise InputError(msg, path) from error


def standing(entries: Iterable[Entry], reviewer: str | None) -> dict[Key, Entry]:
    """One reviewer's decisions that were not taken back, by candidate, in the order decided."""
    found: dict[Key, Entry] = {}
    for entry in entries:
        if entry.candidate is None or entry.reviewer != reviewer:
            continue
        found.pop(entry.candidate, None)
        if entry.verdict is not None:
            found[entry.candidate] = entry
    return found


def reviewers(entries: Iterable[Entry]) -> list[str | None]:
    """Who decided anything, in the order of their first decision."""
    return list(dict.fromkeys(entry.reviewer for entry in entries if entry.candidate is not None))


class Left(NamedTuple):
    """What one reviewer had left when they last looked.

    Attributes:
        reviewer: Who; None where only one person reads.
        undecided: Candidates without a decision.
        total: All candidates.
        interviews: Ids of the interviews that were looked through for all kinds.
    """

    reviewer: str | None
    undecided: int
    total: int
    interviews: frozenset[str]


def last_left(entries: Iterable[Entry]) -> list[Left]:
    """What each reviewer had left: of each kind and interview, as the last review with it was left."""
    latest: dict[str | None, dict[tuple[str, str], tuple[int, int]]] = {}
    for entry in entries:
        for kind, interviews in (entry.left or {}).items():
            for interview, counts in interviews.items():
                latest.setdefault(entry.reviewer, {})[kind, interview] = counts
    return [
        Left(
            reviewer,
            sum(left for left, _ in found.values()),
            sum(total for _, total in found.values()),
            frozenset(i for _, i in found if all((kind, i) in found for kind in ("causes", "fixes"))),
        )
        for reviewer, found in latest.items()
    ]


def _ends_a_line(path: Path) -> bool:
    """Whether the file's last line is whole; a write that was cut off leaves half of one."""
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
