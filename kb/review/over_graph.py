"""The candidates of a graph: what is suggested and what was proposed, put together for a reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from kb.ask.answer import known
from kb.ask.study import Study, read_study
from kb.codebook import Codebook
from kb.errors import InputError
from kb.ingest.load import Options, load
from kb.ingest.report import LoadReport
from kb.ingest.stored import kept_codebook
from kb.propose.model import Proposal
from kb.propose.queue import queue_beside, read_queue
from kb.records import Turn
from kb.relation import KINDS, place
from kb.review.candidates import from_proposals, from_suggestions, joined
from kb.review.model import Candidate, Key
from kb.review.review import Review
from kb.review.standing import Claimed
from kb.store.bolt import Store
from kb.suggest import Suggestion
from kb.suggest.learn import apply
from kb.suggest.learn import learn as fit
from kb.suggest.ledger import known_relations, refused_relations
from kb.suggest.over_graph import suggestions

Order = Literal["worth", "interview"]
KINDS_SUGGESTED: tuple[Literal["causes", "fixes"], ...] = ("causes", "fixes")


def open_review(
    store: Store,
    path: Path,
    *,
    reviewer: str | None = None,
    kinds: Sequence[Literal["causes", "fixes"]] = KINDS_SUGGESTED,
    interview: str | None = None,
    by: Order = "worth",
    most: int | None = None,
    stated: bool = False,
    learn: bool = False,
    language: str = "en",
    proposals: Path | None = None,
    tell: Callable[[str], object] = lambda _said: None,
) -> Review:
    """Begin, or take up, a review of what a graph's interviews may state.

    Args:
        store: The graph.
        path: The relations file that decisions go to; begun with the first.
        reviewer: Who reads; None where only one person does.
        kinds: Causes, fixes or both; of proposals, what is no cause counts as a fix.
        interview: Only this interview.
        by: In which order: by what is expected to be worth most, or as the interviews go.
        most: At most so many candidates.
        stated: Only candidates whose words state the link, none whose codes only stand together.
        learn: Order by what earlier decisions teach of the kinds of evidence, where there are enough.
        language: Of the shipped cue words.
        proposals: The queue of proposals; None for the one beside the relations file.
        tell: Told what is passed over, a sentence each.

    Raises:
        UsageError: No such interview, or no cue words of that language.
        CodebookError: The file is no relations file.
        InputError: The queue of proposals cannot be read.
    """
    scope = known(store, "interview", interview) if interview else None
    study = read_study(store, scope)
    turns: dict[str, list[Turn]] = defaultdict(list)
    for turn in study.turns:
        turns[turn.interview].append(turn)
    queue = proposals or queue_beside(path)
    found = [
        *from_suggestions(_suggested(store, kinds, scope, language, path if learn else None)),
        *from_proposals(_waiting(read_queue(queue, tell), kinds), turns),
    ]
    candidates = [each for each in joined(found) if not stated or any(p.states for p in each.passages)]
    return Review(
        _in_order(candidates, by, turns),
        path=path,
        turns=turns,
        names=names_of(study, book := kept_codebook(store)),
        concepts=in_words(study, book),
        reviewer=reviewer,
        proposals=queue,
        claimed=_claimed(store, path.name),
        most=most,
        whole=() if stated else kinds,
        tell=tell,
    )


def follow(store: Store, path: Path) -> LoadReport | None:
    """Bring the graph in step with a relations file; None where there is no file yet.

    Raises:
        UsageError: The graph's names were replaced (`--pseudonyms`): see `kb load`.
        InputError: The file cannot be taken in, such as for a code that there is not; the graph is as it was.
    """
    if not path.exists():
        return None
    report = load(store, [path], Options(shipped_relations=False))
    for source in report.sources:
        if source.status == "failed":
            raise InputError(source.error or "it was refused; `kb load` says why.", path)
    return report


def _suggested(
    store: Store,
    kinds: Iterable[Literal["causes", "fixes"]],
    interview: str | None,
    language: str,
    teaches: Path | None,
) -> Iterator[Suggestion]:
    """All suggestions, decided ones too; with their chances, where a relations file teaches some."""
    for kind in kinds:
        found = suggestions(store, kind, interview=interview, language=language)
        if teaches is not None and teaches.is_file():
            refused = refused_relations(teaches)
            accepted = known_relations([teaches]) - refused
            if (learned := fit(found, accepted, refused)) is not None:
                found = apply(learned, found)
        yield from found


def _waiting(proposals: Iterable[Proposal], kinds: Sequence[str]) -> list[Proposal]:
    wanted = [p for p in proposals if p.refusal is None]
    return [p for p in wanted if ("causes" if p.relation_kind.causal else "fixes") in kinds]


def _in_order(
    candidates: Sequence[Candidate], by: Order, turns: Mapping[str, Sequence[Turn]]
) -> list[Candidate]:
    """By worth, or as the interviews go; each in a fixed order."""
    interviews = {interview: n for n, interview in enumerate(turns)}
    at = {turn.id: n for said in turns.values() for n, turn in enumerate(said)}

    def place_of(candidate: Candidate) -> tuple[object, ...]:
        first = candidate.passages[0].quotes[-1].turn
        return interviews[candidate.key.interview], at[first], -candidate.worth, candidate.key

    if by == "interview":
        return sorted(candidates, key=place_of)
    return sorted(candidates, key=lambda candidate: (-candidate.worth, *place_of(candidate)))


def names_of(study: Study, book: Codebook) -> frozenset[str]:
    """Every name that a code of a study or of its codebook goes by."""
    labels = (label for concept in study.concepts.values() for label in concept.get("labels") or ())
    listed = (name for code, entry in book.entries.items() for name in (code, *entry.aliases))
    return frozenset({*study.concepts, *labels, *listed})


def in_words(study: Study, book: Codebook) -> frozenset[str]:
    """The names of `names_of` that are no codes: concepts that relations name in words."""
    coded = (name for name, concept in study.concepts.items() if concept.get("labels"))
    listed = (name for code, entry in book.entries.items() for name in (code, *entry.aliases))
    return names_of(study, book) - {*coded, *listed}


def _claimed(store: Store, file: str) -> list[Claimed]:
    """What readers' claims say that come from elsewhere than the reviewed file, which speaks for itself."""
    found = []
    for kind in KINDS:
        start, end = place(kind.start).claim, place(kind.end).claim
        rows = store.read(
            f"MATCH (k:Claim)-[:{start}]->(a:Concept) "
            "WHERE k.kind = $kind AND k.basis = 'reader' AND k.source <> $file "
            f"MATCH (k)-[:{end}]->(b:Concept) "
            "RETURN DISTINCT k.interview AS interview, a.name AS a, b.name AS b, k.reviewer AS reviewer",
            {"kind": kind.name, "file": file},
        ).rows
        found += [Claimed(Key(r["interview"], kind.name, r["a"], r["b"]), r["reviewer"]) for r in rows]
    return found
