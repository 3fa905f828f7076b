"""The records of a REFI-QDA project: codings with their coders, codes, participants and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kb.records import Code, Coding, Notice, Participant, Source, Turn
from loaders._passages import Place
from loaders._refi_docs import Doc, Docs
from loaders._refi_ends import Ends
from loaders._refi_kept import Kept
from loaders._refi_model import Body, Coded, Content, Link, Selection
from loaders._refi_notes import Notes
from loaders._refi_people import People

FORMAT = "refi-qda"
ROUND = "coding"


class Study:
    """Turns what a project holds into records.

    Args:
        path: The project.
        content: What its XML says.
        docs: Its texts.
        kept: What kb itself wrote down beside it.
    """

    def __init__(self, path: Path, content: Content, docs: Docs, kept: Kept) -> None:
        self._path, self._content, self._docs, self._kept = path, content, docs, kept
        self.labels = {code.guid: code.label for code in content.codes}
        self.ends = Ends(self.labels)
        self.lost: Counter[str] = content.lost + docs.lost
        self._users = self._coders()
        self.notes = Notes(content, kept, docs.note_text, self.coder, self.lost)

    def interviews(self) -> Iterator[Source | Turn | Coding | Notice]:
        """The sources with turns and codings, as they come."""
        for doc in self._docs.all:
            found = self._codings(doc)
            yield from self._sources(doc, found)
            yield from doc.placing.notices
            yield from doc.placing.turns
            yield from found
            self._notes_on(doc)
            self.ends.add_source(doc.item.guid, doc.interview)

    def codes(self) -> Iterator[Code]:
        """The tree of codes; its order says nothing."""
        for code in sorted(self._content.codes, key=lambda code: code.label):
            if self._kept.beyond("codes", code.guid).get("concept"):
                continue  # kb wrote it for a link's end: no code of the study
            yield Code(
                name=code.label, parent=code.parent, colour=code.colour,
                description=code.description and code.description.strip(),
            )  # fmt: skip
            self.notes.add(code.notes, code=code.label)

    def participants(self) -> Iterator[Participant | Notice]:
        """Cases, and documents with variables of their own."""
        people = People(self._path.name, self._content, self._docs.all, self.ends, self._kept)
        yield from people.all()
        self.lost.update(people.lost)
        for name, text in people.described:
            self.notes.describe(text, participant=name)

    def without_notes(self, links: list[Link]) -> list[Link]:
        """The links without those that join a note with something: the note is put on it."""
        left = []
        for link in links:
            notes = [guid for guid in link.ends if guid in self._content.notes]
            others = [guid for guid in link.ends if guid not in self._content.notes]
            on = self._noted(others[0]) if len(others) == 1 else None
            if on is None:
                left.append(link)
            else:
                self.notes.add(notes, **on)
        return left

    def _noted(self, guid: str) -> dict[str, str | None] | None:
        """Where a memo on something is; None if it is nothing that can have one."""
        if interviews := self.ends.source(guid):
            return {"interview": interviews[0]}
        found = self.ends.end(guid)
        return found and {"turn": found[0].turn, "quote": found[0].quote, "code": found[0].code}

    # Coders.

    def _coders(self) -> dict[str, tuple[str | None, str]]:
        """Coder and round of each user; users of one name are one coder."""
        found: dict[str, tuple[str | None, str]] = {}
        unnamed = [guid for guid, (name, id_) in self._content.users.items() if not name and not id_]
        for guid, (name, id_) in self._content.users.items():
            if self._content.origin.startswith("kb ") and id_.rpartition("/")[0]:
                own, _, round_ = id_.rpartition("/")
                found[guid] = (own, round_)
                continue
            number = f"coder {unnamed.index(guid) + 1}" if len(unnamed) > 1 and guid in unnamed else None
            found[guid] = (name or id_ or number, ROUND)
        return found

    def _coder(self, *guids: str) -> tuple[str | None, str]:
        """Who it is: the first user that is named; where none is, the only one there is."""
        for guid in guids:
            if guid.strip("0-"):
                return self._users.get(guid, (None, ROUND))
        if len(self._users) == 1:
            return next(iter(self._users.values()))
        return self._users.get(self._content.creator, (None, ROUND))

    def coder(self, guid: str) -> str | None:
        """The name of a user; None for nobody."""
        return self._users.get(guid, (None, ROUND))[0]

    # Codings.

    def _sources(self, doc: Doc, codings: list[Coding]) -> Iterator[Source]:
        """A source a coder; a plain transcript where nobody coded."""
        head = Source(interview=doc.interview, title=doc.title, file=self._path.name, format=FORMAT)
        whose: dict[tuple[str | None, str | None], bool] = {(c.coder, c.round): True for c in codings}
        for coder, round_, exported in self._kept.coders(doc.body.guid):
            whose.setdefault((coder, round_), exported)
        for own, exported in sorted(whose.items(), key=lambda item: str(item[0])):
            yield head.model_copy(update={"coder": own[0], "round": own[1], "codes_exported": exported})
        if not whose:
            yield head

    def _codings(self, doc: Doc) -> list[Coding]:
        found: dict[tuple[object, ...], Coding] = {}
        for selection, span in doc.marks:
            places = doc.placing.places(*span)
            self.ends.add_selection(selection, places)
            if not places:
                self.lost["codings of words that are no part of the talk"] += len(selection.codings)
                continue
            self._notes_on_selection(selection, places)
            for coded in selection.codings:
                self._code(doc, coded, places, selection.user, found)
        codings = [*doc.body.codings, *(doc.item.whole.codings if doc.item.whole is not doc.body else [])]
        for coded in codings:
            whole = [Place(turn.id, None, None, None) for turn in doc.placing.turns]
            self._code(doc, coded, whole, "", found)
        return sorted(found.values(), key=_order)

    def _code(
        self, doc: Doc, coded: Coded, places: list[Place], user: str, found: dict[tuple[object, ...], Coding]
    ) -> None:
        """One code on one selection: a coding in each turn that it touches."""
        label = self.labels.get(coded.code)
        if label is None:
            self.lost["codings whose code is not in the codebook"] += 1
            return
        self.ends.add_coding(coded.guid, label, places)
        coder, round_ = self._coder(coded.user, user, doc.body.user)
        bare = bool(self._kept.beyond("codings", coded.guid).get("label_without_underline"))
        for place in places:
            found.setdefault(
                (place.turn, label, coder, round_, place.start, place.end),
                Coding(
                    interview=doc.interview, turn=place.turn, label=label, code=label, coder=coder,
                    round=round_, quote=place.quote, start=place.start, end=place.end,
                    label_without_underline=bare,
                ),
            )  # fmt: skip
        self.notes.add(coded.notes, turn=places[0].turn, quote=places[0].quote, code=label)

    def _notes_on(self, doc: Doc) -> None:
        bodies: list[Body] = [doc.body] if doc.item.whole is doc.body else [doc.body, doc.item.whole]
        for body in bodies:
            self.notes.add(body.notes, interview=doc.interview)
            self.notes.describe(body.description, interview=doc.interview, coder=self.coder(body.user))

    def _notes_on_selection(self, selection: Selection, places: list[Place]) -> None:
        on = {"turn": places[0].turn, "quote": places[0].quote}
        self.notes.add(selection.notes, **on)
        # What is written on words with one code is on that code there.
        codes = {label for coded in selection.codings if (label := self.labels.get(coded.code))}
        if selection.description and len(codes) == 1:
            on["code"] = codes.pop()
        self.notes.describe(selection.description, coder=self._coder(selection.user)[0], **on)


def _order(coding: Coding) -> tuple[object, ...]:
    return (coding.turn, coding.start or 0, coding.end or 0, coding.label, coding.coder or "", coding.round)
