"""How many of the suggested relations did a careful reader find too, beside plain co-occurrence?

    python benchmarks/suggest_causes.py [--ablate] [--show N] [--only NAME]

Sets of relations, pairs of codes only: those written down of the invented interviews that kb ships
(`data/interviews`, and `data/study` if it is there), those of two that were held out while the rules were
written (`benchmarks/heldout`), those a reader found in one real interview
(`facts/interview-11-relations.yaml` in the shared folder beside the clone), and those that two more state
by strict reading. A reader names codes that need not stand on the passage, or anywhere in the interview,
so recall has a ceiling: how many pairs have both codes in it is printed. A candidate of which one end is
in words is no pair of codes, and is not counted. Average precision (AP) looks at the whole list, where
P@10 and P@20 hang on how ties are ordered. `--ablate` shows what each weight is worth, and what
learning from decisions leaves to read.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from coded_interviews import (
    READ,
    ROOT,
    SHARED,
    Pair,
    read_codes,
    read_gold,
    read_interviews,
    read_labels,
    read_samples,
)

from kb.codebook import load_codebook, resolve
from kb.suggest import (
    CodedInterview,
    Codes,
    Cues,
    Known,
    Suggestion,
    Weights,
    load_cues,
    suggest_causes,
    suggest_fixes,
)
from kb.suggest.kinds import CAUSE_KINDS, EFFECT_KINDS
from kb.suggest.learn import apply, learn


def cooccurrence(interviews: list[CodedInterview], starts: set[str], finish: set[str]) -> list[Pair]:
    """Pairs by how often they stand on the same turn or on neighbouring ones, both directions."""
    count: Counter[Pair] = Counter()
    for interview in interviews:
        on: dict[int, set[str]] = {}
        index = {turn.id: turn.index for turn in interview.turns}
        for coding in interview.codings:
            on.setdefault(index[coding.turn], set()).add(coding.code)
        for at, codes in on.items():
            near = (b for other in (at - 1, at, at + 1) for b in on.get(other, ()))
            count.update((a, b) for b in near for a in codes if a != b and a in starts and b in finish)
    return sorted(count, key=lambda pair: (-count[pair], pair))


def score(pairs: list[Pair], gold: set[Pair], cuts: tuple[int, ...]) -> str:
    """Precision at some ranks, recall, and average precision."""
    at = "  ".join(f"P@{n} {sum(p in gold for p in pairs[:n]) / n:.2f}" for n in cuts)
    found = len(gold.intersection(pairs))
    top = len(gold.intersection(pairs[: cuts[-1]]))
    ranks = [rank for rank, pair in enumerate(pairs, 1) if pair in gold]
    ap = sum(n / rank for n, rank in enumerate(ranks, 1)) / len(gold)
    recall = f"recall@{cuts[-1]} {top / len(gold):.2f}  recall {found / len(gold):.2f}"
    return f"{at}  {recall}  AP {ap:.2f}  of {len(pairs)}"


def ends(suggestions: list[Suggestion]) -> list[Pair]:
    """The pairs of suggestions, in order."""
    return [(s.start, s.end) for s in suggestions]


def show(suggestions: list[Suggestion], gold: set[Pair], n: int) -> None:
    """The best suggestions with their evidence."""
    for rank, s in enumerate(suggestions[:n], 1):
        mark = "+" if (s.start, s.end) in gold else " "
        print(f"{rank:3} {mark} {s.score:6.2f}  {s.start} -> {s.end}  ({s.interviews} interviews)")
        for e in s.evidence[:2]:
            print(f"        {e.turn} {e.points}: {'; '.join(e.why)}\n          {e.quote[:300]}")


def compare(study: Study, cues: Cues, *, ablate: bool, shown: int) -> None:
    """Print the scores of suggestions beside those of co-occurrence."""
    interviews, codes = study.interviews, study.codes
    on_it = {c.code for i in interviews for c in i.codings}
    held = {(issue, fix) for fix, issue in codes.issues.items()}
    print(f"\n{study.name}: {len(interviews)} interviews")
    for kind, suggest in (("causes", suggest_causes), ("fixes", suggest_fixes)):
        gold = study.gold[kind] - held  # what the codebook pairs, the graph holds already
        if not gold:
            continue
        both = sum({a, b} <= on_it for a, b in gold)
        print(f"{kind}: {len(gold)} pairs of codes, {both} with both coded")
        starts, finish = ends_of(kind, codes)
        together = [pair for pair in cooccurrence(interviews, starts, finish) if pair not in held]
        print(f"{'  co-occurrence, ends of the right kind':40}", score(together, gold, CUTS))
        found = suggest(interviews, codes, cues)
        print(f"{'  suggested':40}", score(fresh(found, held), gold, CUTS))
        ways = {frozenset(pair) for pair in gold}
        either = sum(frozenset(pair) in ways for pair in fresh(found, held)[: CUTS[-1]])
        words = sum(s.in_words is not None for s in found)
        print(
            f"  in the first {CUTS[-1]} whichever way round: {either}; besides, with an end in words: {words}"
        )
        if shown:
            show(found, gold, shown)
        if ablate:
            left_to_read(found, gold)
        for changed in ABLATIONS if ablate and kind == "causes" else ():
            label = ", ".join(f"{k}={v:g}" for k, v in changed.items())
            other = suggest(interviews, codes, cues, weights=Weights(**changed))
            print(f"    {label:60}", score(fresh(other, held), gold, CUTS))


def fresh(suggestions: list[Suggestion], held: set[Pair]) -> list[Pair]:
    """The pairs of codes that the graph does not hold."""
    return [pair for pair in ends([s for s in suggestions if not s.in_words]) if pair not in held]


def ends_of(kind: str, codes: Codes) -> tuple[set[str], set[str]]:
    """The codes that can be the start, and the end, of a relation."""
    kinds = (CAUSE_KINDS, EFFECT_KINDS) if kind == "causes" else ({"issue"}, {"fix"})
    first, second = ({c for c, of in codes.kinds.items() if of in wanted} for wanted in kinds)
    return first, second


def left_to_read(found: list[Suggestion], gold: set[Pair]) -> None:
    """How far down the right ones are, after half of the list was decided by the reader's relations."""
    pairs = [s for s in found if not s.in_words]
    decided, rest = pairs[: len(pairs) // 2], pairs[len(pairs) // 2 :]
    yes = {Known(s.kind, s.start, s.end) for s in decided if (s.start, s.end) in gold}
    no = {Known(s.kind, s.start, s.end) for s in decided if (s.start, s.end) not in gold}
    learned = learn(pairs, yes, no)
    for name, order in (("by points", rest), ("learned", apply(learned, rest) if learned else rest)):
        places = [i for i, s in enumerate(order, 1) if (s.start, s.end) in gold]
        last = places[-1] if places else 0
        half = places[(len(places) - 1) // 2] if places else 0
        print(f"    after {len(decided)} decisions, {name:9}: {len(places)} right of {len(order)} left; "
              f"half of them by {half}, all by {last}")  # fmt: skip


class Study(NamedTuple):
    """Interviews with the relations that a reader found."""

    name: str
    interviews: list[CodedInterview]
    codes: Codes
    gold: dict[str, set[Pair]]


def studies() -> Iterator[Study]:
    """The studies that are there."""
    codebook = load_codebook(ROOT / "data" / "codebook.yaml")
    relations = sorted((ROOT / "data" / "relations").glob("sample-*.yaml"))
    for name, folder, files in (
        ("invented, shipped", ROOT / "data" / "interviews", relations),
        (
            "invented, a study",
            ROOT / "data" / "study" / "interviews",
            [ROOT / "data" / "study" / "gold.yaml"],
        ),
        ("held out, two invented", HELD_OUT / "interviews", [HELD_OUT / "gold.yaml"]),
    ):
        if folder.is_dir():
            interviews, resolution, gold = read_samples(codebook, folder, files)
            yield Study(name, interviews, read_codes(resolution), gold)
    if not SHARED.exists():
        print(f"{SHARED} is missing: the real interviews are not part of the clone", file=sys.stderr)
        return
    resolution = resolve(read_labels(), codebook)
    codes, interviews = read_codes(resolution), read_interviews(resolution)
    causes, fixes, _ = read_gold(resolution)
    one = [i for i in interviews if i.interview == "11"]
    yield Study("real, interview 11", one, codes, {"causes": causes, "fixes": fixes})
    read = [i for i in interviews if i.interview in {"11", *READ}]
    every = {"causes": causes.union(*READ.values()), "fixes": fixes}
    yield Study("real, interviews 11, 12 and 43 together", read, codes, every)


def main() -> int:
    """Print the scores, the ablation and, if asked, suggestions to read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the N best suggestions")
    parser.add_argument("--only", default="", metavar="NAME", help="only studies whose name has this in it")
    parser.add_argument("--ablate", action="store_true", help="print the scores with other weights")
    args = parser.parse_args()
    cues = load_cues(ROOT / "data" / "cues" / "en.yaml")
    for study in studies():
        if args.only in study.name:
            compare(study, cues, ablate=args.ablate, shown=args.show)
    return 0


# Written before the rules on the order of telling were, whose author wrote them too.
HELD_OUT = ROOT / "benchmarks" / "heldout"
CUTS = (10, 20)
ABLATIONS: tuple[dict[str, float], ...] = (
    {"strong_both": 0, "weak_both": 0, "strong_one": 0, "near_cue": 0},
    {"strong_one": 0},
    {"weak_both": 0},
    {"near_cue": 0},
    {"same": 0, "next": 0},
    {"question": 0, "asked_issues": 0},
    {"stage": 0},
    {"doubt": 1},
    {"strong_both": 3, "weak_both": 2},
    {"strong_both": 8, "weak_both": 6},
    {"same": 1, "next": 0.25},
    {"same": 4, "next": 1},
    {"question": 1, "asked_issues": 0.5},
    {"question": 4, "asked_issues": 2},
    {"stage": 2},
    {"after": 0.5},
    {"several": 1},
    {"after": 0.5, "several": 1},
    {"next": 1},
    {"next": 0},
    {"again": 0},
    {"again": 0.8},
)


if __name__ == "__main__":
    sys.exit(main())
