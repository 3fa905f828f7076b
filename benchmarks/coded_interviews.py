"""Coded interviews, their codes and the relations a reader found in them, for benchmarks."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from ruamel.yaml import YAML

from kb.codebook import Codebook, Resolution, resolve
from kb.records import Coding, Turn, turn_id
from kb.relations import load_relations
from kb.suggest import CodedInterview, Codes
from kb.suggest.over_graph import STAGES
from loaders import loaders

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
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

    facts = YAML(typ="safe").load(SHARED / "facts" / "interview-11-relations.yaml")
    both = [r for r in facts["relations"] if r.get("from_code") and r.get("to_code")]
    causes = {names(r) for r in both if r["kind"] in {"cause", "consequence"}}
    fixes = {names(r)[::-1] for r in both if r["kind"] == "fix"}
    causes = {pair for pair in causes if pair[0] != pair[1]}
    return causes, fixes, [entry["locator"] for entry in facts["must_not_be_claimed"]]


# Causes between codes that two further real interviews state, by strict reading of their coded passages.
READ: dict[str, set[Pair]] = {
    "12": {("Data-unstable-provider", "ME-metrics-a-are-poor-proxy-of-quality")},
    "43": {
        ("Data-collection-manual", "Data-low-quantity"),
        ("Data-collection-manual", "Data-noisy-labels"),
        ("Data-missing-features", "MT-predictions-low-quality"),
        ("MM-drift", "MD-performance-drop"),
    },
}
Gold = dict[str, set[Pair]]


def read_samples(
    resolve_with: Codebook, interviews_in: Path, relations_in: Sequence[Path]
) -> tuple[list[CodedInterview], Resolution, Gold]:
    """Invented interviews that kb ships, and the relations between codes that are written down of them.

    Args:
        resolve_with: The codebook.
        interviews_in: Their folder.
        relations_in: Files with their relations.

    Returns:
        The interviews, what their labels mean, and the pairs by kind (causes, fixes).
    """
    turns: dict[str, dict[str, Turn]] = {}
    codings: dict[str, list[Coding]] = {}
    for path in sorted(interviews_in.iterdir()):
        loader = next(loader for loader in loaders() if loader.detect(path))
        for record in loader.parse(path):
            if isinstance(record, Turn):
                turns.setdefault(record.interview, {}).setdefault(record.id, record)
            elif isinstance(record, Coding):
                codings.setdefault(record.interview, []).append(record)
    resolution = resolve({c.label for of in codings.values() for c in of}, resolve_with)
    interviews = [
        CodedInterview(
            interview=name,
            turns=tuple(of.values()),
            codings=tuple(
                c.model_copy(update={"code": resolution.concept(c.label).name}) for c in codings.get(name, ())
            ),
        )
        for name, of in turns.items()
    ]
    relations = [r for path in relations_in for r in load_relations(path).relations]
    names = {c.name for c in resolution.concepts}
    gold: Gold = {"causes": set(), "fixes": set()}
    for r in relations:
        if r.kind in gold and {r.start.name, r.end.name} <= names:
            gold[r.kind].add((r.start.name, r.end.name))
    return interviews, resolution, gold
