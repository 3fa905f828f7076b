"""An invented study whose causal map has as many issues and links as asked for, to measure the page with.

Thirty interviews with 90 turns each, coded by one coder; a reader's relations say every link once or more,
each with the words of a turn. Names of issues are long, as in life, and fall into eight categories.
"""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

INTERVIEWS, TURNS = 30, 90
GROUPS = ("Data", "Model", "Deploy", "Team", "Label", "Monitor", "Cost", "Legal")
WORDS = ("drift", "delay", "gap", "loss", "noise", "overload", "mismatch", "silence", "churn", "conflict")


def write_map_study(folder: Path, issues: int = 300, links: int = 900) -> Path:
    """Write coded interviews, relations and a table of participants.

    Args:
        folder: Where to; made if it is not there.
        issues: How many issues the map has.
        links: How many links between them; every tenth leads against the others.

    Returns:
        The table of participants, in `folder` like the rest.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(3)
    names = [f"{GROUPS[n % 8]}-{WORDS[n % 10]}-{n:03d}" for n in range(issues)]
    shuffled = draw.sample(names, issues)
    weights = [(n + 1) ** -0.5 for n in range(issues)]
    pairs: dict[tuple[str, str], None] = dict.fromkeys(
        (shuffled[n // 3], shuffled[n]) for n in range(1, issues)
    )
    while len(pairs) < links:
        one, other = sorted(draw.choices(range(issues), weights, k=2))
        if one != other:
            pairs[
                (shuffled[other], shuffled[one]) if draw.random() < 0.1 else (shuffled[one], shuffled[other])
            ] = None
    told: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pair in list(pairs)[:links]:
        for number in draw.sample(range(1, INTERVIEWS + 1), draw.choice((1, 1, 1, 2, 4))):
            told[number].append(pair)
    rows = ["interview,sector,years"]
    for number in range(1, INTERVIEWS + 1):
        _interview(folder, number, told[number], draw)
        rows.append(f"{number},{('health', 'energy', 'trade')[number % 3]},{number % 12}")
    people = folder / "people.csv"
    people.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return people


def _interview(folder: Path, number: int, told: list[tuple[str, str]], draw: random.Random) -> None:
    parts = [f"# Interview {number} - Ann"]
    lines = [f'interview: "{number}"', "relations:"]
    for at in range(TURNS):
        answers = at % 2 == 1
        words = " ".join(draw.choices(WORDS, k=18))
        text = f"Turn {at} of {number} tells of {words}."
        parts += [f"## {'Interviewee' if answers else 'Interviewer'}", text]
        if not answers:
            continue
        here = told[at // 2 :: TURNS // 2]
        parts += sorted({end for pair in here for end in pair})
        for cause, effect in here:
            lines += [
                f"- id: r{len(lines)}\n  kind: causes\n  cause: {cause}\n  effect: {effect}\n"
                f'  explicit: stated\n  quote: "{" ".join(text.split()[:8])}"'
            ]
    (folder / f"Interview {number} - Ann.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    (folder / f"relations-{number}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
