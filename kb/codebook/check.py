"""What neither codebook nor rules could decide, for `kb check`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from kb.codebook.labels import fold, marked, question_prefix
from kb.codebook.model import Codebook
from kb.codebook.pairing import LEVELS, Names
from kb.codebook.resolve import Concept, Resolution, resolve
from kb.text.nearest import nearest

ProblemKind = Literal[
    "fix-without-issue", "fix-with-several-issues", "near-duplicate", "unknown", "used-once"
]
PROBLEM_KINDS: tuple[ProblemKind, ...] = (
    "fix-without-issue",
    "fix-with-several-issues",
    "near-duplicate",
    "unknown",
    "used-once",
)

# Names this many edits apart (a letter more, less, other, or two swapped) may be a slip of the
# pen; in a short name a single edit makes another word.
_SLIP = 2
_MIN_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing for the researcher to decide.

    Attributes:
        kind: One of `PROBLEM_KINDS`.
        code: The concept (or, if unknown, the label) that it is about.
        message: One sentence with the remedy.
        others: The names that it may belong with.
        count: Codings of `code`; None if they were not counted.
    """

    kind: ProblemKind
    code: str
    message: str
    others: tuple[str, ...] = ()
    count: int | None = None


def check(counts: Mapping[str, int], codebook: Codebook) -> tuple[Problem, ...]:
    """What is undecided in a study.

    Args:
        counts: Codings of each label as written.
        codebook: What is decided.

    Returns:
        Problems by kind (in the order of `PROBLEM_KINDS`), then by code.
    """
    return problems_of(resolve(counts, codebook), counts)


def problems_of(resolution: Resolution, counts: Mapping[str, int] | None = None) -> tuple[Problem, ...]:
    """The same for labels that are resolved already; without counts, none is "used once"."""
    totals: dict[str, int] | None = None
    if counts is not None:
        totals = defaultdict(int)
        for label, count in counts.items():
            if fold(label):
                totals[resolution.names[fold(label)]] += count
    found = [
        *_fixes(resolution),
        *_near_duplicates(resolution),
        *_unknown(resolution),
        *(_used_once(totals) if totals is not None else ()),
    ]
    if totals is not None:
        found = [replace(problem, count=totals.get(problem.code, 0)) for problem in found]
    return tuple(sorted(found, key=lambda p: (PROBLEM_KINDS.index(p.kind), p.code, p.others)))


def _fixes(resolution: Resolution) -> Iterator[Problem]:
    issues = [concept.name for concept in resolution.concepts if concept.kind == "issue"]
    for fix, pairing in resolution.pairings.items():
        if pairing.candidates:
            yield Problem(
                "fix-with-several-issues",
                fix,
                "Several issues fit this fix equally well: name one as its 'issue' in the codebook.",
                pairing.candidates,
            )
        elif pairing.issue is None and pairing.basis != "codebook":
            mark = marked(fix)
            yield Problem(
                "fix-without-issue",
                fix,
                "No issue has this fix's name: give its 'issue' in the codebook, or 'none'.",
                tuple(nearest(mark.stem if mark else fix, issues)),
            )


def _near_duplicates(resolution: Resolution) -> Iterator[Problem]:
    """Names that may mean one thing. Two entries of the codebook are two things: that is decided."""
    groups: dict[str, list[str]] = defaultdict(list)
    for concept in resolution.concepts:
        if concept.kind != "question":
            groups[_group(concept)].append(concept.name)
    entries = resolution.codebook.entries
    for names in groups.values():
        reasons = {(one, other): LEVELS[level] for level, one, other in Names(names).pairs()}
        for one, other in _slips(names):
            reasons.setdefault((one, other), f"at most {_SLIP} letters differ")
        for (one, other), reason in reasons.items():
            if one in entries and other in entries:
                continue
            yield Problem(
                "near-duplicate",
                one,
                f"Near '{other}' ({reason}): if they are one, make one an alias of the other in the "
                "codebook; if not, give each an entry.",
                (other,),
            )


def _group(concept: Concept) -> str:
    """Concepts that may be one are of one group: an issue and a topic, never an issue and its fix."""
    return "issue" if concept.kind == "topic" else concept.kind


def _slips(names: list[str]) -> Iterator[tuple[str, str]]:
    """Names that differ by a slip of the pen and not by a number."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    alike: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        if len(name) >= _MIN_LETTERS:
            alike[_digits(name)].append(name)
    for long in alike.values():
        folded = [name.casefold() for name in long]
        for i, name in enumerate(long):
            near = process.extract(
                folded[i], folded[i + 1 :], scorer=OSA.distance, score_cutoff=_SLIP, limit=None
            )
            for _, _, j in sorted(near, key=lambda hit: hit[2]):
                yield name, long[i + 1 + j]


def _digits(name: str) -> str:
    return "".join(letter for letter in name if letter.isdigit())


def _unknown(resolution: Resolution) -> Iterator[Problem]:
    codebook = resolution.codebook
    if not codebook.entries:
        return
    for label, name in resolution.names.items():
        if name not in codebook.entries and not question_prefix(label):
            yield Problem(
                "unknown",
                label,
                f"Not in the codebook: read as {resolution.by_name[name].kind} "
                f"({resolution.by_name[name].basis}).",
                tuple(nearest(label, codebook.canonical_of)),
            )


def _used_once(totals: Mapping[str, int]) -> Iterator[Problem]:
    for name, count in totals.items():
        if count == 1:
            yield Problem("used-once", name, "Coded once only: is it a slip, or an alias of another code?")
