"""Claims: who states which relation, with the words that support it.

From two sources: a relations file, where a reader wrote down cause and effect with a few words of
the passage; and the codes themselves, where a passage coded ``X-fix`` is somebody's statement that
X has this fix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.codebook import Concept
from kb.ingest.people import People
from kb.ingest.report import NotPlaced
from kb.records import Coding, Turn
from kb.schema import CLAIM_ENDS
from kb.store.rows import EdgeRow, NodeRow
from kb.store.told import Told, first_words

_SHOWN = 3


class Passage(NamedTuple):
    """Words of a turn that support a claim; the whole turn where no words are marked."""

    turn: Turn
    quote: str
    label_without_underline: bool = False


@dataclass(frozen=True)
class Claim:
    """One person's statement of one relation, or a catalogue's.

    Attributes:
        id: Made from interview, person, kind and ends, or from the reader's own id.
        kind: One of `kb.relation.KINDS`, by name.
        start, end: Concept names: cause and effect, or issue and fix.
        explicit: One of `kb.relation.EXPLICIT`.
        person: Speaker id, as `People.teller` gives it; None for a catalogue.
        basis: ``code``, ``reader`` (of a relations file), ``analyst`` (in their tool) or ``catalogue``.
        passages: At least one, in the order said; none for a catalogue.
        source, ref, note: The file, the reader's (or the catalogue's) id and words.
        start_as, end_as: What the person calls the ends.
        rests_on: What a catalogue's statement rests on, as it says.
        outcome: What came of a fix, as a catalogue says.
        coder: The analyst who drew the relation in their tool.
        by, reviewer: Who proposed a reader's relation, and which reader took it in.
    """

    id: str
    kind: str
    start: str
    end: str
    explicit: str
    person: str | None
    basis: str
    passages: tuple[Passage, ...]
    source: str | None = None
    ref: str | None = None
    note: str | None = None
    start_as: str | None = None
    end_as: str | None = None
    rests_on: tuple[str, ...] = ()
    outcome: str | None = None
    coder: str | None = None
    by: str | None = None
    reviewer: str | None = None

    def told(self, interview: str) -> Told:
        """What the sum of its pair takes from it, as a claim of an interview."""
        quotes = [
            (p.label_without_underline or p.turn.role == "interviewer", p.turn.index, p.quote, p.turn.id)
            for p in self.passages
            if p.quote
        ]
        return Told(self.id, self.explicit, interview, self.person, None, *first_words(quotes))

    def rows(
        self, interview: str | None = None, *, catalogue: str | None = None
    ) -> tuple[NodeRow, list[EdgeRow]]:
        """The claim as a node with its edges, of the interview or the catalogue it is in."""
        _, from_type, to_type = CLAIM_ENDS[self.kind]
        node = NodeRow(
            "Claim",
            self.id,
            ("Claim",),
            {
                "kind": self.kind,
                "explicit": self.explicit,
                "interview": interview,
                "catalogue": catalogue,
                "person": self.person,
                "basis": self.basis,
                "source": self.source,
                "ref": self.ref,
                "note": self.note,
                "start_as": self.start_as,
                "end_as": self.end_as,
                "rests_on": list(self.rests_on) or None,
                "outcome": self.outcome,
                "coder": self.coder,
                "by": self.by,
                "reviewer": self.reviewer,
            },
        )
        edges = [
            EdgeRow(from_type, node.ref, ("Concept", self.start), {}),
            EdgeRow(to_type, node.ref, ("Concept", self.end), {}),
        ]
        edges += [
            EdgeRow(
                "EVIDENCED_BY",
                node.ref,
                ("Turn", passage.turn.id),
                {
                    "quote": passage.quote,
                    "label_without_underline": passage.label_without_underline or None,
                },
            )
            for passage in self.passages
        ]
        return node, edges


def is_fix(coding: Coding, concepts: Mapping[str, Concept]) -> bool:
    """Whether a coding says that a passage tells a fix of an issue."""
    concept = concepts[coding.label]
    return concept.kind == "fix" and bool(concept.issue)


def asked_fixes(
    codings: Sequence[tuple[Turn, Coding]], concepts: Mapping[str, Concept], file: str
) -> list[NotPlaced]:
    """A remark on the passages coded with a fix that are the interviewer's words, and support no claim."""
    asked = sorted({turn.id for turn, c in codings if turn.role == "interviewer" and is_fix(c, concepts)})
    if not asked:
        return []
    shown = ", ".join(asked[:_SHOWN]) + (", …" if len(asked) > _SHOWN else "")
    what = "turn coded with a fix is" if len(asked) == 1 else "turns coded with a fix are"
    message = (
        f"{len(asked)} {what} the interviewer's ({shown}): the codes stay, and nobody tells a fix there; "
        "where a speaker's label is wrong, put it right in the file."
    )
    return [NotPlaced(level="info", source=file, message=message)]


def fix_claims(
    codings: Sequence[tuple[Turn, Coding]], concepts: Mapping[str, Concept], people: People
) -> list[Claim]:
    """What the codes say of fixes: every passage coded with a fix supports issue → fix.

    One claim a person, issue and fix, however many coders and passages. The interviewer's turns are no
    passages of a fix: what is asked there, or summed up, is told in the answer.

    Args:
        codings: Codings with the turn they are on, in the order said.
        concepts: The concept of each label.
        people: The interview's speakers.
    """
    found: dict[tuple[str, str, str], dict[str, Passage]] = defaultdict(dict)
    for turn, coding in codings:
        concept = concepts[coding.label]
        if not is_fix(coding, concepts) or not concept.issue or turn.role == "interviewer":
            continue
        passages = found[people.teller(turn), concept.issue, concept.name]
        passage = Passage(turn, coding.quote or turn.text, coding.label_without_underline)
        # Of several coders' marks on one passage, the longest words that were really marked.
        best = passages.get(turn.id, passage)
        passages[turn.id] = max(
            (best, passage), key=lambda p: (not p.label_without_underline, len(p.quote), p.quote)
        )
    claims = []
    for (person, issue, fix), passages in sorted(found.items()):
        ordered = sorted(passages.values(), key=lambda p: (p.turn.index, p.turn.id))
        claims.append(
            Claim(
                id=f"{person}/fixes/{fix}/{issue}",
                kind="fixes",
                start=issue,
                end=fix,
                explicit="coded",
                person=person,
                basis="code",
                passages=tuple(ordered),
            )
        )
    return claims
