"""Suggestions over a graph: its interviews and codes handed to `kb.suggest`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from kb.ask.answer import known
from kb.ask.study import Study, read_study
from kb.codebook import Codebook
from kb.errors import UsageError
from kb.ingest.stored import kept_codebook
from kb.records import Coding, Turn
from kb.resources import data_dir
from kb.schema import CLAIM_ENDS
from kb.store.bolt import Store
from kb.suggest import CodedInterview, Codes, Known, Suggestion, load_cues, suggest_causes, suggest_fixes
from kb.suggest.ledger import known_relations
from kb.text.nearest import did_you_mean

# The order in which one thing comes before another where the study's categories are named so.
STAGES = ("Data", "MT", "ME", "MD", "MM")


def suggestions(
    store: Store,
    kind: Literal["causes", "fixes"],
    *,
    interview: str | None = None,
    language: str = "en",
    cues: Sequence[Path] = (),
    stages: Sequence[str] | None = None,
    ledger: Path | None = None,
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
            holds as a reader's claim is left out; None leaves nothing out.

    Raises:
        UsageError: No such interview, or no cue words of that language.
    """
    scope = known(store, "interview", interview) if interview else None
    study = read_study(store, scope)
    book = kept_codebook(store)
    decided = frozenset() if ledger is None else _claimed(store) | _decided(ledger)
    suggest = suggest_causes if kind == "causes" else suggest_fixes
    codes = _codes(study, book, stages or STAGES)
    return suggest(_interviews(study), codes, load_cues(_cue_file(language), *cues), known=decided)


def _interviews(study: Study) -> list[CodedInterview]:
    turns: dict[str, list[Turn]] = defaultdict(list)
    codings: dict[str, list[Coding]] = defaultdict(list)
    for turn in study.turns:
        turns[turn.interview].append(turn)
    for coding in study.codings:
        codings[coding.interview].append(coding)
    return [
        CodedInterview(interview=id_, turns=tuple(said), codings=tuple(codings[id_]))
        for id_, said in turns.items()
    ]


def _codes(study: Study, book: Codebook, stages: Sequence[str]) -> Codes:
    concepts = study.concepts
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


def _cue_file(language: str) -> Path:
    folder = data_dir() / "cues"
    file = folder / f"{language}.yaml"
    if not file.is_file():
        there = sorted(path.stem for path in folder.glob("*.yaml"))
        raise UsageError(
            f"There are no cue words for {language!r}, only for {', '.join(there)}."
            f"{did_you_mean(language, there)} Bring your own with --cues."
        )
    return file


def _claimed(store: Store) -> frozenset[Known]:
    """What readers have written down already; claims from codes alone are no decision."""
    found: set[Known] = set()
    for kind in ("causes", "fixes"):
        _, start, end = CLAIM_ENDS[kind]
        rows = store.read(
            f"MATCH (k:Claim)-[:{start}]->(a:Concept) WHERE k.kind = $kind AND k.basis <> 'code' "
            f"MATCH (k)-[:{end}]->(b:Concept) RETURN DISTINCT a.name AS a, b.name AS b",
            {"kind": kind},
        ).rows
        found |= {Known(kind, row["a"], row["b"]) for row in rows}
    return frozenset(found)


def _decided(ledger: Path) -> frozenset[Known]:
    return known_relations([ledger]) if ledger.is_file() else frozenset()
