"""Suggestions over a graph: its interviews and codes handed to `kb.suggest`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from kb.ask.answer import known
from kb.codebook import Codebook
from kb.errors import UsageError
from kb.ingest.stored import kept_codebook
from kb.records import Coding, Turn
from kb.relation import by_name
from kb.relations import load_relations
from kb.resources import data_dir
from kb.schema import CLAIM_ENDS
from kb.store.bolt import Store
from kb.suggest import CodedInterview, Codes, Known, Suggestion, load_cues, suggest_causes, suggest_fixes
from kb.suggest.learn import Learned, apply, uncertain_first
from kb.suggest.learn import learn as fit
from kb.suggest.ledger import known_relations, refused_relations
from kb.suggest.model import KINDS
from kb.suggest.rank import undecided
from kb.text.nearest import did_you_mean

# The order in which one thing comes before another where the study's categories are named so: data, pipeline,
# training, evaluation, deployment, and the qualities that suffer. Maintenance goes on beside deployment.
STAGES = ("Data", "MLP", "MT", "ME", "MD", "QM")

_AT_ONCE = 25  # interviews that are held at a time
_TURNS = (
    "UNWIND $ids AS id MATCH (i:Interview {id: id})-[:HAS_TURN]->(t:Turn) "
    "RETURN t.id AS id, id AS interview, t.index AS index, t.speaker AS speaker, t.role AS role, "
    "t.text AS text"
)
_CODINGS = (
    "UNWIND $ids AS id MATCH (i:Interview {id: id})-[:HAS_TURN]->(t:Turn)-[r:CODED_AS]->(c:Concept) "
    "RETURN id AS interview, t.id AS turn, r.label AS label, c.name AS code, r.coder AS coder, "
    "r.round AS round, r.quote AS quote, r.start AS start, r.end AS end, "
    "coalesce(r.label_without_underline, false) AS label_without_underline"
)


def suggestions(
    store: Store,
    kind: Literal["causes", "fixes"],
    *,
    interview: str | None = None,
    language: str = "en",
    cues: Sequence[Path] = (),
    stages: Sequence[str] | None = None,
    ledger: Path | None = None,
    learn: bool = False,
    uncertain: bool = False,
) -> list[Suggestion]:
    """Rank candidate relations over the interviews of a graph.

    Args:
        store: The graph.
        kind: Causes or fixes.
        interview: Only this interview.
        language: Of the shipped cue words.
        cues: Files with cue words of the user's own, on top.
        stages: Categories in their natural order; None for `STAGES`.
        ledger: The relations file that remembers decisions. With it, what it holds and what the graph
            holds is left out; None leaves nothing out.
        learn: Re-weigh the kinds of evidence by what readers decided in this study, where there are
            decisions enough (`kb.suggest.learn`).
        uncertain: Those first of which a decision tells most.

    Raises:
        UsageError: No such interview, or no cue words of that language.
    """
    scope = known(store, "interview", interview) if interview else None
    decided = frozenset() if ledger is None else _told(store) | _decided(ledger)
    suggest = suggest_causes if kind == "causes" else suggest_fixes
    codes = _codes(store, kept_codebook(store), stages or STAGES)
    interviews = StoredInterviews(store, scope)
    every = suggest(interviews, codes, load_cues(cue_file(language), *cues))
    found = undecided(every, decided)
    learned = _learned(store, every, ledger) if learn else None
    if learned:
        found = apply(learned, found)
    return uncertain_first(found, learned) if uncertain else found


def _learned(store: Store, suggestions: Sequence[Suggestion], ledger: Path | None) -> Learned | None:
    """What the decisions of readers teach: their claims in the graph, and those of the relations file."""
    accepted = {
        Known(row["kind"], row["a"], row["b"])
        for kind in KINDS
        for row in store.read(
            f"MATCH (k:Claim)-[:{CLAIM_ENDS[kind][1]}]->(a:Concept) "
            "WHERE k.kind = $kind AND k.basis IN ['reader', 'analyst'] "
            f"MATCH (k)-[:{CLAIM_ENDS[kind][2]}]->(b:Concept) "
            "RETURN DISTINCT k.kind AS kind, a.name AS a, b.name AS b",
            {"kind": kind},
        ).rows
    }
    refused: set[Known] = set()
    if ledger is not None and ledger.is_file():
        own = {Known(r.kind, r.start.name, r.end.name) for r in load_relations(ledger).relations}
        refused = set(refused_relations(ledger)) - accepted - own
        accepted |= own
    return fit(suggestions, accepted, refused)


class StoredInterviews:
    """The coded interviews of a graph, read a few at a time, as often as they are gone through.

    Args:
        store: The graph.
        only: Only this interview; None for all.
    """

    def __init__(self, store: Store, only: str | None = None) -> None:
        self._store = store
        self._ids = [only] if only else _ids(store)

    def __iter__(self) -> Iterator[CodedInterview]:
        for first in range(0, len(self._ids), _AT_ONCE):
            yield from self._read(self._ids[first : first + _AT_ONCE])

    def texts(self) -> Iterator[str]:
        """What is said in all of them, in any order."""
        if len(self._ids) == 1:
            yield from (turn.text for interview in self for turn in interview.turns)
        else:
            yield from (row["text"] for row in self._store.stream("MATCH (t:Turn) RETURN t.text AS text"))

    def _read(self, ids: Sequence[str]) -> Iterator[CodedInterview]:
        turns: dict[str, list[Turn]] = {id_: [] for id_ in ids}
        codings: dict[str, list[Coding]] = {id_: [] for id_ in ids}
        for row in self._store.read(_TURNS, {"ids": list(ids)}, timeout=0).rows:
            turns[row["interview"]].append(Turn(**{**row, "speaker": row["speaker"] or ""}))
        for row in self._store.read(_CODINGS, {"ids": list(ids)}, timeout=0).rows:
            codings[row["interview"]].append(Coding(**row))
        for id_ in ids:
            yield CodedInterview(
                interview=id_,
                turns=tuple(sorted(turns[id_], key=lambda turn: (turn.index, turn.id))),
                codings=tuple(codings[id_]),
            )


def _ids(store: Store) -> list[str]:
    return [row["id"] for row in store.read("MATCH (i:Interview) RETURN i.id AS id ORDER BY id").rows]


def _codes(store: Store, book: Codebook, stages: Sequence[str]) -> Codes:
    rows = store.read("MATCH (c:Concept) RETURN properties(c) AS p ORDER BY c.name").rows
    concepts = {row["p"]["name"]: row["p"] for row in rows}
    phrases = {}
    for name, concept in concepts.items():
        aliases = book.entries[name].aliases if name in book.entries else ()
        phrases[name] = [*aliases, *([concept["description"]] if concept.get("description") else ())]
    return Codes(
        kinds={name: c["kind"] for name, c in concepts.items()},
        categories={name: c["category"] for name, c in concepts.items() if c.get("category")},
        stages=tuple(stages),
        phrases=phrases,
        issues={name: c["issue"] for name, c in concepts.items() if c.get("issue")},
    )


def cue_file(language: str) -> Path:
    """The file of the shipped cue words of a language.

    Raises:
        UsageError: There is none.
    """
    folder = data_dir() / "cues"
    file = folder / f"{language}.yaml"
    if not file.is_file():
        there = sorted(path.stem for path in folder.glob("*.yaml"))
        raise UsageError(
            f"There are no cue words for {language!r}, only for {', '.join(there)}."
            f"{did_you_mean(language, there)} Bring your own with --cues."
        )
    return file


def _told(store: Store) -> frozenset[Known]:
    """The relations that the graph holds, whoever states them: readers, codes, a catalogue."""
    found: set[Known] = set()
    for kind in KINDS:
        rows = store.read(
            f"MATCH (a:Concept)-[:{by_name()[kind].edge}]->(b:Concept) RETURN a.name AS a, b.name AS b"
        ).rows
        found |= {Known(kind, row["a"], row["b"]) for row in rows}
    return frozenset(found)


def _decided(ledger: Path) -> frozenset[Known]:
    return known_relations([ledger]) if ledger.is_file() else frozenset()
