"""A study as a project of REFI-QDA (``.qdpx``, https://www.qdasoftware.org), valid under its schema 1.0.

The text of an interview is plain text in ``sources/``. What the format has no place for (the turns, the
rounds) stands beside it in ``kb.json``, which other programs pass over and `loaders.refi` reads.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kb.errors import ExportError
from kb.export.project.cases import Cases
from kb.export.project.codebook import add_codes
from kb.export.project.codes import below, guid, tree
from kb.export.project.links import Links
from kb.export.project.model import Written
from kb.export.project.notes import Notes
from kb.export.project.study import matched, projects, read_interviews
from kb.export.project.texts import Text
from kb.export.project.xml import Element, element, new, saved
from kb.store.bolt import Store
from kb.text.files import write_file

NAMESPACE = "urn:QDA-XML:project:1.0"
ROUND = "coding"  # which goes without saying
_DAY = (1980, 1, 1, 0, 0, 0)  # of members: the same graph gives the same bytes


def write(store: Store, path: Path) -> Written:
    """Write the project.

    Raises:
        ExportError: There is no interview, or the file cannot be written.
    """
    texts = [Text(interview) for interview in read_interviews(store)]
    said = projects(store)
    if not texts and not said:
        raise ExportError(f"{path.name}: there is no interview in the graph to write.")
    users = _Users()
    notes = Notes(texts, said, users)
    links = Links(store, texts, said, notes)
    labels = {coding.label for text in texts for coding in text.interview.codings}
    codes = tree(store, labels, said, links.concepts | notes.codes)
    code_guids = {code.label: code.guid for code in codes}
    cases = Cases(texts, said, notes, matched(store))
    sources = new(NAMESPACE, "Sources")
    for text in texts:
        _source(sources, text, users, notes, code_guids)
    root = new(NAMESPACE, "Project", name=path.stem, origin=f"kb {version('kb-interviews')}")
    users.add(root)
    if codes:
        add_codes(element(element(root, "CodeBook"), "Codes"), below(codes), None, notes.on_codes)
    cases.add(root)
    if len(sources):
        root.append(sources)
    notes.add(root)
    links.add(root, code_guids)
    for note in notes.on_study:
        element(root, "NoteRef", targetGUID=note)
    kept = {
        "version": 1,
        "sources": {text.guid: text.kept() for text in texts},
        "codings": {made: {"label_without_underline": True} for text in texts for made in text.bare},
        "links": links.kept,
        "cases": cases.kept,
        "notes": notes.kept,
        "codes": {code_guids[name]: {"concept": True} for name in sorted(links.concepts - labels)
                  if all(name not in project.labels for project in said)},
    }  # fmt: skip
    write_file(path, _zipped(saved(root), texts, kept))
    counts = {
        "interviews": len(texts),
        "codes": len(codes),
        "codings": sum(len(text.interview.codings) for text in texts),
        "links": links.count,
        "participants": cases.count,
        "notes": notes.count,
    }
    return Written(counts, _lost(texts) + links.lost + notes.lost, _notes(store))


class _Users:
    """Coders as users, one a round: the name is what other programs show, the id is both parts."""

    def __init__(self) -> None:
        self._users: dict[tuple[str, str], str] = {}

    def guid(self, coder: str | None, round_: str | None = None) -> str | None:
        """The GUID of a coder."""
        if not coder:
            return None
        whose = (coder, round_ or ROUND)
        return self._users.setdefault(whose, guid("user", *whose))

    def add(self, root: Element) -> None:
        """Write them."""
        if not self._users:
            return
        users = element(root, "Users")
        for (coder, round_), made in sorted(self._users.items()):
            name = coder if round_ == ROUND else f"{coder} ({round_})"
            element(users, "User", guid=made, name=name, id=f"{coder}/{round_}")


def _source(sources: Element, text: Text, users: _Users, notes: Notes, codes: Mapping[str, str]) -> None:
    for coder in text.interview.coders:
        users.guid(coder.coder, coder.round)
    source = element(
        sources, "TextSource", guid=text.guid, name=text.interview.title,
        plainTextPath=f"internal://{text.guid}.txt",
    )  # fmt: skip
    for selection in text.selections():
        made = element(
            source, "PlainTextSelection", guid=selection.guid, name=selection.name,
            startPosition=str(selection.start), endPosition=str(selection.end),
        )  # fmt: skip
        ordered = sorted(selection.codings, key=lambda each: (each[1].label, each[0]))
        for coding_guid, coding in ordered:
            one = element(
                made, "Coding", guid=coding_guid, creatingUser=users.guid(coding.coder, coding.round)
            )
            element(one, "CodeRef", targetGUID=codes[coding.label])
        for note in selection.notes:
            element(made, "NoteRef", targetGUID=note)
    for note in notes.on_sources.get(text.interview.id, ()):
        element(source, "NoteRef", targetGUID=note)


def _zipped(project: bytes, texts: list[Text], kept: dict[str, Any]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        members = {"project.qde": project}
        members |= {f"sources/{text.guid}.txt": text.text.encode("utf-8", "replace") for text in texts}
        members["kb.json"] = json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _lost(texts: list[Text]) -> Counter[str]:
    lost: Counter[str] = Counter()
    for text in texts:
        lost["statements of relations files, which are links between codes in it; load the file again"] += (
            text.interview.statements
        )
        lost["turns of a statement's passage between its first and its last"] += text.interview.between
        lost["turns that stand at another number"] += text.interview.renumbered
    return lost


def _notes(store: Store) -> tuple[str, ...]:
    """What must be given beside it, for the same graph."""
    if store.read("MATCH (b:Codebook) RETURN count(b) AS n", timeout=0).rows[0]["n"]:
        return (
            "The graph was loaded with a codebook: give it again (--codebook) where this file is loaded.",
        )
    return ()
