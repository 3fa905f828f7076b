"""The cases of a QualCoder project, with attributes, as participants.

A case (`cases`) has passages of files (`case_text`), mostly whole files. Attributes are of cases, of files or
of journals (`attribute.attr_type`); a file's are those of whom it is from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kb.records import Memo, Participant, Value
from kb.text.words import speaker_key
from loaders._anchor import Anchors
from loaders._passages import Document
from loaders._sqlite import Database
from loaders._study import Further, Told

# Of references (author, title, year), which QualCoder gives to every file.
_REFERENCE = "Ref_"
_Attributes = dict[tuple[str, int | None], dict[str, Value]]


class Read(NamedTuple):
    """A file that became an interview."""

    interview: str
    title: str
    document: Document
    anchors: Anchors


def participants(db: Database, files: Mapping[int | None, Read], told: Told) -> Iterator[Further]:
    """The people of a project, and memos on them.

    Args:
        db: The project.
        files: Its files with text, by number.
        told: Told of what cannot be carried.
    """
    attributes = _attributes(db, told)
    names = {}
    for row in db.rows("cases", ("caseid", "name", "memo", "owner")):
        if not (name := row.text(1).strip()):
            told.lost("cases without a name")
            continue
        names[row.number(0)] = name
        yield Participant(name=name, attributes=attributes.pop(("case", row.number(0)), {}))
        if memo := row.text(2).strip():
            yield Memo(text=memo, coder=row.text(3) or None, participant=name)
    passages: dict[tuple[int | None, int | None], list[tuple[int, int]]] = defaultdict(list)
    for row in db.rows("case_text", ("caseid", "fid", "pos0", "pos1", "memo", "owner")):
        key = (row.number(0), row.number(1))
        if key[0] not in names:
            told.lost("passages of cases that are not there")
            continue
        if key[1] not in files:
            told.lost("cases' media without text")
            continue
        passages[key].append((row.number(2) or 0, row.number(3) or 0))
        if memo := row.text(4).strip():
            interview = files[key[1]].interview
            yield Memo(text=memo, coder=row.text(5) or None, participant=names[key[0]], interview=interview)
    of_file: dict[int | None, list[str]] = defaultdict(list)
    for (case, file), places in passages.items():
        read = files[file]
        of_file[file].append(names[case])
        speaker = _speaker(names[case], read, places)
        yield Participant(name=names[case], interview=read.interview, speaker=speaker)
    for file, read in files.items():
        if known := attributes.pop(("file", file), {}):
            cases = of_file.get(file, [])
            # Of a file with several cases, nobody's in particular.
            name = cases[0] if len(cases) == 1 else read.title
            yield Participant(name=name, interview=read.interview, attributes=known)
    told.lost("attributes of cases and files that are not there", sum(map(len, attributes.values())))


def _speaker(case: str, read: Read, passages: list[tuple[int, int]]) -> str | None:
    """The label of a case in a transcript: that of its name, else of the only one of its passages."""
    speakers = {turn.speaker: turn.role for turn in read.document.turns if turn.speaker}
    named = [label for label in speakers if speaker_key(label) == speaker_key(case)]
    if len(named) == 1:
        return named[0]
    by_id = {turn.id: turn.speaker for turn in read.document.turns}
    placed = filter(None, (read.anchors.place(start, end) for start, end in passages))
    touched = {by_id[p.turn] for at in placed for p in read.document.places(at.start, at.end)}
    answering = {label for label in touched if label and speakers[label] != "interviewer"}
    everybody = {label for label, role in speakers.items() if role != "interviewer"}
    return answering.pop() if len(answering) == 1 and len(everybody) > 1 else None


def _attributes(db: Database, told: Told) -> _Attributes:
    """By what they are of and its number."""
    numeric = set()
    for row in db.rows("attribute_type", ("name", "valuetype")):
        if row.text(1).strip().casefold() == "numeric":
            numeric.add(row.text(0))
    found: _Attributes = defaultdict(dict)
    for row in db.rows("attribute", ("name", "attr_type", "value", "id")):
        name, of, value = row.text(0).strip(), row.text(1).strip().casefold(), row.text(2).strip()
        if not name or not value:
            continue
        if of == "journal":
            told.lost("attributes of journals")
        elif of == "file" and name.startswith(_REFERENCE):
            told.lost("attributes of files that are references")
        else:
            found[of, row.number(3)][name] = _number(value) if row.text(0) in numeric else value
    return found


def _number(text: str) -> Value:
    """A number, if it is written as one."""
    for kind in (int, float):
        try:
            value = kind(text)
        except ValueError:
            continue
        if value == value and abs(value) != float("inf"):  # noqa: PLR0124  # not a number is not itself
            return value
    return text
