"""Numbers to draw, without a graph: long names, zeros, many rows, a single one."""

from __future__ import annotations

from typing import Any

from kb.plots.model import Corpus, Numbers
from kb.statistics.saturation import saturation

CORPUS = Corpus(("1", "2", "10"), ("1", "10"))
LONG = "Documentation-of-the-data-pipeline-is-missing-or-out-of-date [MLP]"


def issues(count: int) -> Numbers:
    rows = [
        {"issue": LONG if n == 1 else f"Data-{n}", "category": "Data", "interviews": count - n,
         "passages": 300 * (n % 7), "coders": 1, "causes": 0, "fixes": n % 2}
        for n in range(count)
    ]  # fmt: skip
    return Numbers(rows, 2 * count)


def matrix(count: int) -> Numbers:
    codes = [LONG if n == 1 else f"MT-{n}" for n in range(count)]
    rows: list[dict[str, Any]] = []
    for at, code in enumerate(codes):
        rows.append({"code": code, "other": code, "interviews": 9, "passages": 20})
        rows += [
            {"code": code, "other": other, "interviews": n + 1, "passages": n + 1}
            for n, other in enumerate(codes[:at])
            if n % 3 == 0
        ]
    return Numbers(rows, count)


def coverage(count: int) -> Numbers:
    rows: list[dict[str, Any]] = []
    for n in range(count):
        common = {"interview": str(n), "rounds": ["coding"], "turns": 1234}
        rows += [
            {**common, "coder": "Ada", "coded": 0, "share": 0.0},
            {**common, "coder": "Wilhelmina-Alexandra Featherstonehaugh", "coded": 1234, "share": 1.0},
            {**common, "coder": "anyone", "rounds": [], "coded": 1234, "share": 1.0},
        ]
    rows.append({"interview": "2", "coder": None, "rounds": [], "turns": 3, "coded": None, "share": None})
    return Numbers(rows)


def curves(count: int) -> Numbers:
    rows: list[dict[str, Any]] = []
    for what, each in (("code", 120), ("relation", 2)):
        items = {str(n): {(n * k) % (each * 9) for k in range(each)} for n in range(1, count + 1)}
        rows += [{"what": what, **step._asdict()} for step in saturation(items, orders=50).steps]
    return Numbers(rows, note="9 codes in 3 interviews.")


def causes(count: int) -> Numbers:
    rows = [
        {"cause": LONG if n == 1 else f"cause {n}", "kind": "cause", "effects": count - n, "chains": n % 2,
         "interviews": 1, "fixes": n % 3}
        for n in range(count)
    ]  # fmt: skip
    return Numbers(rows, count, "over at most 4 links")


OF = {
    "top-issues": issues,
    "co-occurrence": matrix,
    "coverage": coverage,
    "saturation": curves,
    "leverage": causes,
}
