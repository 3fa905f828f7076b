"""How many of the suggested relations did a careful reader find too, beside plain co-occurrence?

    python benchmarks/suggest_causes.py [--ablate] [--show N] [--interview ID]

Two sets of relations, pairs of codes only: those written down of the invented interviews that kb
ships, and those a reader found in one real interview (`facts/interview-11-relations.yaml` in the
shared folder beside the clone). The reader names codes that need not stand on the passage, or
anywhere in the interview, so recall has a ceiling: how many pairs have both codes in it is printed.
Weights were set by principle; the ablation shows what each is worth and how little hangs on one.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from coded_interviews import (
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
    Suggestion,
    Weights,
    load_cues,
    suggest_causes,
    suggest_fixes,
)
from kb.suggest.kinds import CAUSE_KINDS, EFFECT_KINDS


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
    """Precision at some ranks, and recall."""
    at = "  ".join(f"P@{n} {sum(p in gold for p in pairs[:n]) / n:.2f}" for n in cuts)
    found = len(gold.intersection(pairs))
    top = len(gold.intersection(pairs[: cuts[-1]]))
    return f"{at}  recall@{cuts[-1]} {top / len(gold):.2f}  recall {found / len(gold):.2f}  of {len(pairs)}"


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


def compare(
    interviews: list[CodedInterview], codes: Codes, cues: Cues, gold: set[Pair], *, ablate: bool
) -> None:
    """Print the scores of suggested causes beside those of co-occurrence."""
    cuts = (10, 20)
    causes = {c for c, kind in codes.kinds.items() if kind in CAUSE_KINDS}
    effects = {c for c, kind in codes.kinds.items() if kind in EFFECT_KINDS}
    either = causes | effects
    on_it = {c.code for i in interviews for c in i.codings}
    print(f"causes: {len(gold)} pairs of codes, {sum({a, b} <= on_it for a, b in gold)} with both coded")
    print(f"{'co-occurrence':38}", score(cooccurrence(interviews, either, either), gold, cuts))
    print(
        f"{'co-occurrence, ends of the right kind':38}",
        score(cooccurrence(interviews, causes, effects), gold, cuts),
    )
    print(f"{'suggest_causes':38}", score(ends(suggest_causes(interviews, codes, cues)), gold, cuts))
    for changed in ABLATIONS if ablate else ():
        found = suggest_causes(interviews, codes, cues, weights=Weights(**changed))
        label = ", ".join(f"{k}={v:g}" for k, v in changed.items())
        print(f"  {label:70}", score(ends(found), gold, cuts))


def main() -> int:
    """Print the scores, the ablation and, if asked, suggestions to read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the N best suggestions")
    parser.add_argument("--interview", default="11", help="the interview; 'all' for all together")
    parser.add_argument("--ablate", action="store_true", help="print the scores with other weights")
    args = parser.parse_args()
    cues = load_cues(ROOT / "data" / "cues" / "en.yaml")
    codebook = load_codebook(ROOT / "data" / "codebook.yaml")
    samples, of_samples, gold = read_samples(codebook)
    print("The invented interviews that kb ships")
    compare(samples, read_codes(of_samples), cues, gold, ablate=args.ablate)
    if not SHARED.exists():
        print(f"{SHARED} is missing: the interviews are not part of the clone", file=sys.stderr)
        return 1
    resolution = resolve(read_labels(), codebook)
    codes = read_codes(resolution)
    interviews = [i for i in read_interviews(resolution) if args.interview in ("all", i.interview)]
    causes, fixes, denied = read_gold(resolution)
    found = suggest_causes(interviews, codes, cues)
    found_fixes = suggest_fixes(interviews, codes, cues)
    if args.show:
        for kind, suggestions, of in (("causes", found, causes), ("fixes", found_fixes, fixes)):
            print(f"== {kind}")
            show(suggestions, of, args.show)
    if args.interview != "11":
        return 0
    print("\nInterview 11")
    compare(interviews, codes, cues, causes, ablate=args.ablate)
    text = {t.id: t.text for i in interviews for t in i.turns}
    wrong = [
        (s.start, s.end)
        for s in found + found_fixes
        for e in s.evidence
        if any(text[e.turn].startswith(locator) for locator in denied)
    ]
    print("evidence on passages that must not be claimed:", wrong or "none")
    issues = {c for c, kind in codes.kinds.items() if kind == "issue"}
    of_fix = {c for c, kind in codes.kinds.items() if kind == "fix"}
    print(f"fixes: {len(fixes)} pairs of codes")
    print(f"{'co-occurrence':38}", score(cooccurrence(interviews, issues, of_fix), fixes, (5, 10)))
    print(f"{'suggest_fixes':38}", score(ends(found_fixes), fixes, (5, 10)))
    return 0


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
    {"same": 1, "next": 0.5},
    {"same": 4, "next": 2},
    {"question": 1, "asked_issues": 0.5},
    {"question": 4, "asked_issues": 2},
    {"stage": 2},
    {"again": 0},
    {"again": 0.8},
)


if __name__ == "__main__":
    sys.exit(main())
