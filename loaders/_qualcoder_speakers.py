"""Who speaks in a file of QualCoder, where its text does not say: as the program marked, or by the cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from itertools import pairwise

from kb.records import Turn
from loaders._anchor import Anchors
from loaders._passages import Document
from loaders._roles import role_of
from loaders._sqlite import Database
from loaders._study import Told

_Passages = list[tuple[int, int, str]]  # start, end, name


class Speakers:
    """Names the turns of documents that name nobody.

    Args:
        db: The project.
        people: Labels of those who ask, and of those who answer, as the user says.
        told: Told of roles that cannot be told.
    """

    def __init__(self, db: Database, people: tuple[Collection[str], Collection[str]], told: Told) -> None:
        self._people, self._told = people, told
        self._unknown: set[str] = set()
        names = {row.number(0): row.text(1).strip() for row in db.rows("cases", ("caseid", "name"))}
        found: dict[int | None, _Passages] = defaultdict(list)
        for row in db.rows("case_text", ("caseid", "fid", "pos0", "pos1")):
            if name := names.get(row.number(0)):
                found[row.number(1)].append((row.number(2) or 0, row.number(3) or 0, name))
        self._cases = {file: places for file, places in found.items() if _apart(sorted(places))}

    def name(self, document: Document, anchors: Anchors, file: int | None, marked: _Passages) -> None:
        """Give the turns their speakers.

        Args:
            document: The file's text.
            anchors: Where offsets into it stand.
            file: Its number.
            marked: Passages that QualCoder marked as a speaker's, with the speaker.
        """
        cases = ((anchors.place(start, end), name) for start, end, name in self._cases.get(file, []))
        passages = marked or [(place.start, place.end, name) for place, name in cases if place]
        spoken: dict[str, Counter[str]] = defaultdict(Counter)
        for start, end, name in passages:
            for place in document.places(start, end):
                spoken[place.turn][name] += len(place.quote or "")
        if not spoken or len({turn.speaker for turn in document.turns}) > 1:
            return
        for n, turn in enumerate(document.turns):
            if turn.id in spoken:
                name = min(spoken[turn.id], key=lambda name: (-spoken[turn.id][name], name))
                document.turns[n] = self._said_by(turn, name, case=not marked)

    def tell(self) -> None:
        """Say whose role is not known."""
        if self._unknown:
            self._told.say(
                f"the roles of speakers marked in QualCoder ({', '.join(sorted(self._unknown))}) cannot be "
                "told from their names; name those who ask with --interviewer.",
                doubtful=True,
            )

    def _said_by(self, turn: Turn, name: str, *, case: bool) -> Turn:
        asks, answers = self._people
        role = "interviewer" if name in asks else "interviewee" if case or name in answers else role_of(name)
        if role is None and (asks or answers):
            role = "interviewee" if asks else "interviewer"
        if role is None:
            self._unknown.add(name)
        return turn.model_copy(update={"speaker": name, "role": role, "guessed": None})


def _apart(places: _Passages) -> bool:
    """Whether they are of several cases, and no two share a word: whole files say not who speaks where."""
    return len({name for *_, name in places}) > 1 and all(
        one[1] <= after[0] for one, after in pairwise(places)
    )
