"""What kb writes down beside a REFI-QDA project that it exports, since the format has no place for it.

A member ``kb.json``, which other programs pass over and need not keep: the turns of each text, with their
speakers, roles and times; the rounds; what a link or a coding is beyond its name. Each text's entry holds
its hash, so that one which was edited elsewhere is read like any other.
"""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError

from kb.records import Notice, Relation, Role, Turn, turn_id
from loaders._passages import Place

MEMBER = "kb.json"


class KeptTurn(NamedTuple):
    """A turn: where its words stand in the text, whose they are, when, and where they stood before."""

    start: int
    end: int
    speaker: str
    role: Role | None
    begins: float | None
    ends: float | None
    page: int | None
    line: int | None


def text_hash(text: str) -> str:
    r"""SHA-256 (hex) of a text with line ends ``\n``."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


class Kept:
    """What is kept, or nothing.

    Args:
        raw: The member, if there is one.
    """

    def __init__(self, raw: str | None = None) -> None:
        self._data: dict[str, Any] = {}
        try:
            data = json.loads(raw) if raw else {}
        except (ValueError, RecursionError):
            data = {}
        if isinstance(data, dict) and data.get("version") == 1:
            self._data = data
        #: Whether no text was found to be another one since.
        self.intact = True

    def _source(self, guid: str) -> dict[str, Any]:
        found = self._data.get("sources", {})
        entry = found.get(guid) if isinstance(found, dict) else None
        return entry if isinstance(entry, dict) else {}

    def interview(self, guid: str, text: str) -> str | None:
        """Id of the interview of a source, if its text is as it was."""
        entry = self._source(guid)
        if entry and entry.get("sha256") == text_hash(text) and isinstance(entry.get("interview"), str):
            return str(entry["interview"]) or None
        self.intact = False
        return None

    def title(self, guid: str) -> str | None:
        """Its title."""
        title = self._source(guid).get("title")
        return title if isinstance(title, str) else None

    def coders(self, guid: str) -> list[tuple[str, str, bool]]:
        """Those who read it, with round and whether codes were exported."""
        found = self._source(guid).get("coders", [])
        if not isinstance(found, list):
            return []
        whole = [each for each in found if isinstance(each, list) and len(each) == 3]
        return [(str(coder), str(round_), bool(exported)) for coder, round_, exported in whole]

    def turns(self, guid: str, text: str) -> list[KeptTurn]:
        """The turns of a text, if it is as it was."""
        if self.interview(guid, text) is None:
            return []
        try:
            turns = [KeptTurn(*turn) for turn in self._source(guid)["turns"]]
        except (KeyError, TypeError):
            return []
        ordered = all(_sound(turn, len(text)) for turn in turns) and all(
            a.end <= b.start for a, b in pairwise(turns)
        )
        return turns if ordered else []

    def relation(self, guid: str) -> Relation | None:
        """The relation of a link, if the texts that it may name places in are as they were."""
        said = self.beyond("links", guid).get("relation")
        if said is None or not self.intact:
            return None
        try:
            return Relation.model_validate(said)
        except ValidationError:
            return None

    def beyond(self, kind: str, guid: str) -> dict[str, Any]:
        """What a coding (``codings``) or link (``links``) is beyond what the format says."""
        found = self._data.get(kind, {})
        entry = found.get(guid) if isinstance(found, dict) else None
        return entry if isinstance(entry, dict) else {}


def _sound(turn: KeptTurn, length: int) -> bool:
    """Whether a turn is what kb writes."""
    places = (
        isinstance(turn.start, int) and isinstance(turn.end, int) and 0 <= turn.start < turn.end <= length
    )
    times = all(time is None or isinstance(time, int | float) for time in (turn.begins, turn.ends))
    lines = all(number is None or isinstance(number, int) for number in (turn.page, turn.line))
    return (
        places and times and lines and isinstance(turn.speaker, str) and turn.role in (None, *get_args(Role))
    )


class KeptDocument:
    """As `loaders._passages.Document`, for a text whose turns are known."""

    def __init__(self, interview: str, text: str, turns: list[KeptTurn]) -> None:
        self._kept, self._text = turns, text
        self.notices: list[Notice] = []
        self.turns = [
            Turn(
                id=turn_id(interview, index),
                interview=interview,
                index=index,
                speaker=kept.speaker,
                role=kept.role,
                text=text[kept.start : kept.end],
                start=kept.begins,
                end=kept.ends,
                page=kept.page,
                line=kept.line,
            )
            for index, kept in enumerate(turns)
        ]

    def places(self, start: int, end: int) -> list[Place]:
        """Where words of the text are in its turns.

        A selection with the line end after a turn means the whole turn: the text is written so.
        """
        found = []
        for turn, kept in zip(self.turns, self._kept, strict=True):
            first, last = max(start, kept.start), min(end, kept.end)
            if first >= last or not self._text[first:last].strip():
                continue
            if last == kept.end and end == kept.end + 1 and first == kept.start:
                found.append(Place(turn.id, None, None, None))
            else:
                at = (first - kept.start, last - kept.start)
                found.append(Place(turn.id, self._text[first:last], *at))
        return found
