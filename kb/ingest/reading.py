"""One source's reading: what a loader yielded for it, kept so that the graph can be put together.

An interview in the graph is a pure function of the readings of all its sources (`kb.ingest.build`),
whatever the order they were loaded in. So the graph keeps each reading, on its `Source` node.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kb.records import Coding, Memo, Notice, Participant, Relation, Source, Turn, turn_id

UNNAMED_CODER = "unnamed coder"


@dataclass(frozen=True)
class Reading:
    """The records of one source.

    Attributes:
        source: The header record.
        turns: In the order said; `Turn.index` is the position.
        codings: Each on one of `turns`.
        notices: What the loader had to say.
        sha256: Of the file's bytes (hex), to skip unchanged sources.
        relations, memos, participants: Those of this interview; turns that they name are of `turns`.
        project: Id of the file's part on the whole study (`kb.ingest.project`), if it has one.
    """

    source: Source
    turns: tuple[Turn, ...]
    codings: tuple[Coding, ...]
    notices: tuple[Notice, ...] = field(default=(), compare=False)
    sha256: str = ""
    relations: tuple[Relation, ...] = ()
    memos: tuple[Memo, ...] = ()
    participants: tuple[Participant, ...] = ()
    project: str | None = None

    @property
    def interview(self) -> str:
        """Id of the interview."""
        return self.source.interview

    @property
    def coded(self) -> bool:
        """Whether the source is a coder's, as against a plain transcript."""
        return self.source.round is not None

    @property
    def coder(self) -> str | None:
        """The coder; `UNNAMED_CODER` where a coded source names none."""
        return (self.source.coder or UNNAMED_CODER) if self.coded else None

    @property
    def id(self) -> str:
        """What makes it the same source when it is loaded again: interview, coder and round."""
        head = self.source
        if self.coded:
            return f"{head.interview}/{self.coder}/{head.round}"
        return f"{head.interview}/{head.format}"

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels it uses, each once, sorted."""
        used = {coding.label for coding in self.codings}
        used.update(end.code for r in self.relations for end in (r.start, r.end) if end.code)
        used.update(memo.code for memo in self.memos if memo.code)
        return tuple(sorted(used))

    def dump(self) -> str:
        """As JSON, without what the position or the header says already, and what only the report tells."""
        return self._text

    @cached_property
    def _text(self) -> str:
        turns = [
            t.model_dump(exclude_defaults=True, exclude={"type", "id", "interview", "index", "guessed"})
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
        head = self.source.model_dump(exclude_defaults=True)
        # The name the header's file had in earlier graphs, which need not be read again for this.
        head = {"source" if key == "file" else key: value for key, value in head.items()}
        data = {"interview": head, "turns": turns, "codings": codings}
        for name in ("relations", "memos", "participants"):
            if records := [r.model_dump(exclude_defaults=True) for r in getattr(self, name)]:
                data[name] = records
        if self.project:
            data["project"] = self.project
        return json.dumps(data, ensure_ascii=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what was read, which the user's options change and the file's does not."""
        return hashlib.sha256(self.dump().encode()).hexdigest()

    @classmethod
    def load(cls, text: str, sha256: str) -> Reading:
        """Undo `dump`."""
        data: dict[str, Any] = json.loads(text)
        header = data["interview"]
        head = Source(file=header.pop("source"), **header)
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
        return cls(
            head,
            turns,
            codings,
            (),
            sha256,
            tuple(Relation(**fields) for fields in data.get("relations", ())),
            tuple(Memo(**fields) for fields in data.get("memos", ())),
            tuple(Participant(**fields) for fields in data.get("participants", ())),
            data.get("project"),
        )
