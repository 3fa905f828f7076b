"""What the loaders of whole projects have in common: interviews kept apart, and what could not be carried.

The records of a project come in an order made of their content, never of the program's own numbers: the
same project written anew is the same in the graph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kb.records import Code, Coding, Memo, Notice, Participant, Relation
from loaders._passages import Document
from loaders._source import interview_id
from loaders._text import fold

Further = Code | Coding | Memo | Participant | Relation
_ENDING = re.compile(
    r"(?<=.)(\.(txt|md|docx?|odt|rtf|pdf|html?|epub|vtt|srt|transcribed|mp[34]|m4a|wav|ogg|mov|wmv|flac))+$",
    re.IGNORECASE,
)
_ORDER = ("code", "coding", "relation", "participant", "memo")


class Told:
    """What a loader has to say of a file.

    Args:
        file: Its name, without folders.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._lost: Counter[str] = Counter()
        self._said: list[Notice] = []

    def lost(self, what: str, count: int = 1) -> None:
        """Count things that the graph does not hold."""
        if count:
            self._lost[what] += count

    def say(self, message: str, *, doubtful: bool = False) -> None:
        """A sentence on the file."""
        self._said.append(Notice(level="warning" if doubtful else "info", message=message, source=self._file))

    def notices(self) -> Iterator[Notice]:
        """All that was said, losses last, each kind with its number."""
        yield from self._said
        for what, count in sorted(self._lost.items()):
            yield Notice(level="lost", message=f"{what}: {count}.", source=self._file)


def title_of(name: str) -> str:
    """A document's name without a file's ending.

    >>> title_of("Interview 1.docx"), title_of("A.Smith")
    ('Interview 1', 'A.Smith')
    """
    return _ENDING.sub("", fold(name)) or "document"


def kept_apart(documents: Sequence[tuple[str, str]], told: Told) -> list[str]:
    """Ids of a project's interviews, one for each document; no two are the same.

    Args:
        documents: Title and text of each.
        told: Told of documents that would have had the id of another.

    >>> told = Told("study.qda")
    >>> kept_apart([("P1", "b"), ("Interview 1", "a"), ("Talk", "c")], told)
    ['1-2', '1', 'talk']
    """
    found = [interview_id(title) for title, _ in documents]
    taken = set(found)
    firsts: set[str] = set()
    for n in sorted(range(len(documents)), key=lambda n: documents[n]):
        id_ = found[n]
        if id_ not in firsts:
            firsts.add(id_)
            continue
        number = 2
        while f"{id_}-{number}" in taken:
            number += 1
        found[n] = f"{id_}-{number}"
        taken.add(found[n])
        told.say(
            f"document '{documents[n][0]}' is interview {found[n]}: another has the id {id_} by its name."
        )
    return found


def coded(
    document: Document, interview: str, start: int, end: int, label: str, coder: str | None
) -> list[Coding]:
    """One code on a passage of a document: a coding on each turn that it touches."""
    return [
        Coding(
            interview=interview,
            turn=place.turn,
            label=label,
            code=label,
            coder=coder,
            quote=place.quote,
            start=place.start,
            end=place.end,
        )
        for place in document.places(start, end)
    ]


def in_order(records: Iterable[Further]) -> list[Further]:
    """Records in an order that their content alone makes, each once."""
    found = {(_ORDER.index(record.type), record.model_dump_json()): record for record in records}
    return [found[key] for key in sorted(found)]
