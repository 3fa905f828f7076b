"""Invented coded interviews, written as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kb.records import Coding, Role, Turn, turn_id
from kb.suggest import CodedInterview, Codes, Cues, load_cues

CUES = Path(__file__).resolve().parents[3] / "data" / "cues"
KINDS = {
    "Oven-cold": "issue",
    "Bread-burnt": "issue",
    "Bread-flat": "issue",
    "Dough-no-yeast": "issue",
    "Shop-empty": "issue",
    "Oven-cold-fix": "fix",
    "Flour-imported": "topic",
    "Bakery [B]": "category",
    "Q1": "question",
}
CATEGORIES = {
    "Dough-no-yeast": "Dough",
    "Oven-cold": "Oven",
    "Bread-burnt": "Bread",
    "Bread-flat": "Bread",
    "Shop-empty": "Shop",
    "Oven-cold-fix": "Oven",
    "Flour-imported": "Flour",
}


def english(*more: Path) -> Cues:
    return load_cues(CUES / "en.yaml", *more)


def codes(**changes: object) -> Codes:
    given: dict[str, object] = {
        "kinds": KINDS,
        "categories": CATEGORIES,
        "issues": {"Oven-cold-fix": "Oven-cold"},
    }
    return Codes.model_validate({**given, **changes})


def interview(
    name: str, *lines: str, spans: Mapping[tuple[int, str], tuple[int, int]] | None = None
) -> CodedInterview:
    """An interview of lines ``Q: …`` and ``A: … ## code, code``; ``A(Ana)`` names the speaker.

    Args:
        name: Its id.
        lines: The turns; a code with a question mark after it has a label without an underline.
        spans: The marked words, from and to, by line and code.
    """
    turns: list[Turn] = []
    codings: list[Coding] = []
    for index, line in enumerate(lines):
        who, rest = line.split(":", 1)
        text, _, labels = rest.partition("##")
        role: Role = "interviewer" if who.startswith("Q") else "interviewee"
        speaker = who[2:-1] if "(" in who else role.title()
        at = turn_id(name, index)
        turns.append(Turn(id=at, interview=name, index=index, speaker=speaker, role=role, text=text.strip()))
        for label in filter(None, map(str.strip, labels.split(","))):
            code = label.removesuffix("?")
            start, end = (spans or {}).get((index, code), (None, None))
            codings.append(
                Coding(
                    interview=name, turn=at, label=code, code=code, coder="Ada", round="coding",
                    start=start, end=end, label_without_underline=label.endswith("?"),
                )
            )  # fmt: skip
    return CodedInterview(interview=name, turns=tuple(turns), codings=tuple(codings))


def pairs(suggestions: Sequence[object]) -> list[tuple[str, str]]:
    return [(s.start, s.end) for s in suggestions]  # type: ignore[attr-defined]
