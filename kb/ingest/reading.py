"""One source's reading: what a loader yielded for one file, kept so that the graph can be put together.

An interview in the graph is a pure function of the readings of all its sources (`kb.ingest.build`),
whatever the order they were loaded in. So the graph keeps each reading, on its `Source` node.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kb.errors import InputError
from kb.records import Coding, Interview, Notice, Turn

UNNAMED_CODER = "unnamed coder"


@dataclass(frozen=True)
class Reading:
    """The records of one source.

    Attributes:
        interview: The header record.
        turns: In the order said; `Turn.index` is the position.
        codings: Each on one of `turns`.
        notices: What the loader had to say.
        sha256: Of the file's bytes (hex), to skip unchanged sources.
    """

    interview: Interview
    turns: tuple[Turn, ...]
    codings: tuple[Coding, ...]
    notices: tuple[Notice, ...] = field(default=(), compare=False)
    sha256: str = ""

    @property
    def coded(self) -> bool:
        """Whether the source is a coder's, as against a plain transcript."""
        return self.interview.round is not None

    @property
    def coder(self) -> str | None:
        """The coder; `UNNAMED_CODER` where a coded source names none."""
        return (self.interview.coder or UNNAMED_CODER) if self.coded else None

    @property
    def id(self) -> str:
        """What makes it the same source when it is loaded again: interview, coder and round."""
        head = self.interview
        if self.coded:
            return f"{head.interview}/{self.coder}/{head.round}"
        return f"{head.interview}/{head.format}"

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels it uses, each once, sorted."""
        return tuple(sorted({coding.label for coding in self.codings}))

    def dump(self) -> str:
        """As JSON, without what the position or the header says already."""
        turns = [
            t.model_dump(exclude_defaults=True, exclude={"type", "id", "interview", "index"})
            for t in self.turns
        ]
        position = {turn.id: turn.index for turn in self.turns}
        codings = [
            c.model_dump(
                exclude_defaults=True, exclude={"type", "interview", "turn", "code", "coder", "round"}
            )
            | {"turn": position[c.turn]}
            for c in self.codings
        ]
        head = self.interview.model_dump(exclude_defaults=True)
        return json.dumps({"interview": head, "turns": turns, "codings": codings}, ensure_ascii=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what was read, which the user's options change and the file's does not."""
        return hashlib.sha256(self.dump().encode()).hexdigest()

    @classmethod
    def load(cls, text: str, sha256: str) -> Reading:
        """Undo `dump`."""
        from kb.records import turn_id

        data: dict[str, Any] = json.loads(text)
        head = Interview(**data["interview"])
        turns = tuple(
            Turn(id=turn_id(head.interview, i), interview=head.interview, index=i, **turn)
            for i, turn in enumerate(data["turns"])
        )
        codings = tuple(
            Coding(
                interview=head.interview,
                turn=turns[coding.pop("turn")].id,
                code=coding["label"],
                coder=head.coder,
                round=head.round,
                **coding,
            )
            for coding in data["codings"]
        )
        return cls(head, turns, codings, (), sha256)


def collect(records: Iterable[Interview | Turn | Coding | Notice], sha256: str) -> Reading:
    """Gather one source's records.

    Raises:
        InputError: The loader yielded no turn, so there is nothing to load.
    """
    head: Interview | None = None
    turns: list[Turn] = []
    codings: list[Coding] = []
    notices: list[Notice] = []
    for record in records:
        if isinstance(record, Interview):
            head = record
        elif isinstance(record, Turn):
            turns.append(record)
        elif isinstance(record, Coding):
            codings.append(record)
        else:
            notices.append(record)
    if head is None or not turns:
        raise InputError("no speaker's turn was found in it; see `kb parse` for what kb reads.")
    return Reading(head, tuple(turns), tuple(codings), tuple(notices), sha256)
