"""How many of the suggested relations did a careful reader find too, beside plain co-occurrence?

    python benchmarks/suggest_causes.py [--show N] [--interview ID]

The reader's relations are those of one interview (`facts/interview-11-relations.yaml` in the shared
folder beside the clone), code pairs only. What they hold need not stand on the passage as a code, so
recall has a ceiling, which is printed. Weights were set by principle before this was run: the
ablation shows what each kind of evidence is worth, and how little hangs on single weights.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import yaml

from kb.codebook import Resolution, load_codebook, resolve
from kb.model import Coding, Turn, turn_id
from kb.suggest import CodedInterview, Codes, Suggestion, Weights, load_cues, suggest_causes, suggest_fixes
from kb.suggest.causes import CAUSE_KINDS, EFFECT_KINDS

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
STAGES = ("Data", "MT", "ME", "MD", "MM")
Pair = tuple[str, str]


def read_labels() -> list[str]:
    """The codes of the whole study, as written."""
    with (SHARED / "facts" / "codes.csv").open(encoding="utf-8") as file:
        return [row["code"] for row in csv.DictReader(file)]


def read_interviews(resolution: Resolution) -> list[CodedInterview]:
    """The interviews with the codings of all their coders, labels mapped to concepts."""
    turns: dict[str, dict[str, Turn]] = {}
    codings: dict[str, list[Coding]] = {}
    for path in sorted((SHARED / "interviews" / "expected").glob("*.json")):
        source = json.loads(path.read_text(encoding="utf-8"))
        name = str(source["interview"])
        for segment in source["segments"]:
            at = turn_id(name, segment["index"])
            turn = Turn(
                id=at,
                interview=name,
                index=segment["index"],
                speaker=segment["speaker_heading"] or "",
                role=segment["role"] if segment["role"] in {"interviewer", "interviewee"} else None,
                text=segment["text"],
            )
            turns.setdefault(name, {}).setdefault(at, turn)
            for code in segment["codes"]:
                codings.setdefault(name, []).append(
                    Coding(
                        interview=name,
                        turn=at,
                        label=code,
                        code=resolution.concept(code).name,
                        coder=source["coder"],
                        round=source["round"],
                        label_without_underline=segment["label_without_underline"],
                    )
                )
    return [
        CodedInterview(interview=name, turns=tuple(of.values()), codings=tuple(codings.get(name, ())))
        for name, of in turns.items()
    ]


def read_codes(resolution: Resolution, stages: Sequence[str] = STAGES) -> Codes:
    """What the shipped codebook says of the codes."""
    entries = resolution.codebook.entries
    phrases: dict[str, list[str]] = {}
    for concept in resolution.concepts:
        aliases = entries[concept.name].aliases if concept.name in entries else ()
        phrases[concept.name] = [*aliases, *([concept.description] if concept.description else ())]
    return Codes(
        kinds={c.name: c.kind for c in resolution.concepts},
        categories={c.name: c.category for c in resolution.concepts if c.category},
        stages=stages,
        phrases=phrases,
        issues={c.name: c.issue for c in resolution.concepts if c.issue},
    )


def read_gold(resolution: Resolution) -> tuple[set[Pair], set[Pair], list[str]]:
    """The reader's causes and fixes as pairs of codes, and openings of what must not be claimed."""

    def names(relation: dict[str, str]) -> Pair:
        return (
            resolution.concept(relation["from_code"]).name,
            resolution.concept(relation["to_code"]).name,
        )

    facts = yaml.safe_load((SHARED / "facts" / "interview-11-relations.yaml").read_text(encoding="utf-8"))
    both = [r for r in facts["relations"] if r.get("from_code") and r.get("to_code")]
    causes = {names(r) for r in both if r["kind"] in {"cause", "consequence"}}
    fixes = {names(r)[::-1] for r in both if r["kind"] == "fix"}
    causes = {pair for pair in causes if pair[0] != pair[1]}
    return causes, fixes, [entry["locator"] for entry in facts["must_not_be_claimed"]]


def cooccurrence(interview: CodedInterview, starts: set[str], ends: set[str]) -> list[Pair]:
    """Pairs by how often they stand on the same turn or on neighbouring ones, both directions."""
    on: dict[int, set[str]] = {}
    index = {turn.id: turn.index for turn in interview.turns}
    for coding in interview.codings:
        on.setdefault(index[coding.turn], set()).add(coding.code)
    count: Counter[Pair] = Counter()
    for at, codes in on.items():
        for other in (at - 1, at, at + 1):
            for a in codes:
                for b in on.get(other, ()):
                    if a != b and a in starts and b in ends:
                        count[a, b] += 1
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


def main() -> int:
    """Print the scores, the ablation and, if asked, suggestions to read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the N best suggestions")
    parser.add_argument("--interview", default="11", help="the interview; 'all' for all together")
    parser.add_argument("--ablate", action="store_true", help="print the scores with other weights")
    args = parser.parse_args()
    if not SHARED.exists():
        print(f"{SHARED} is missing: the interviews are not part of the clone", file=sys.stderr)
        return 1
    cues = load_cues(ROOT / "data" / "cues" / "en.yaml")
    resolution = resolve(read_labels(), load_codebook(ROOT / "data" / "codebook.yaml"))
    codes = read_codes(resolution)
    interviews = [i for i in read_interviews(resolution) if args.interview in ("all", i.interview)]
    causes, fixes, denied = read_gold(resolution)
    found = suggest_causes(interviews, codes, cues)
    found_fixes = suggest_fixes(interviews, codes, cues)
    if args.show:
        for kind, suggestions, gold in (("causes", found, causes), ("fixes", found_fixes, fixes)):
            print(f"== {kind}")
            show(suggestions, gold, args.show)
    if args.interview != "11":
        return 0
    [interview] = interviews
    on_it = {c.code for c in interview.codings}
    print(
        f"\ncauses: {len(causes)} pairs, {sum(a in on_it and b in on_it for a, b in causes)} with both coded"
    )
    cuts = (10, 20)
    any_code = {c for c, kind in codes.kinds.items() if kind in CAUSE_KINDS | EFFECT_KINDS}
    as_cause = {c for c in any_code if codes.kinds[c] in CAUSE_KINDS}
    as_effect = {c for c in any_code if codes.kinds[c] in EFFECT_KINDS}
    print("co-occurrence          ", score(cooccurrence(interview, any_code, any_code), causes, cuts))
    print("co-occurrence, by kind ", score(cooccurrence(interview, as_cause, as_effect), causes, cuts))
    print("suggest_causes         ", score(ends(found), causes, cuts))
    for changed in ABLATIONS if args.ablate else ():
        weights = Weights(**changed)
        label = ", ".join(f"{k}={v:g}" for k, v in changed.items())
        print(
            f"  {label:48}",
            score(ends(suggest_causes(interviews, codes, cues, weights=weights)), causes, cuts),
        )
    text = {t.id: t.text for t in interview.turns}
    wrong = [
        (rank, s.start, s.end)
        for rank, s in enumerate(found + found_fixes, 1)
        for e in s.evidence
        if any(text[e.turn].startswith(locator) for locator in denied)
    ]
    print("evidence on denied passages:", wrong or "none")
    issues = {c for c, kind in codes.kinds.items() if kind == "issue"}
    of_fix = {c for c, kind in codes.kinds.items() if kind == "fix"}
    print(f"\nfixes: {len(fixes)} pairs")
    print("co-occurrence ", score(cooccurrence(interview, issues, of_fix), fixes, (5, 10)))
    print("suggest_fixes ", score(ends(found_fixes), fixes, (5, 10)))
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
