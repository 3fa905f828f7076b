"""Where codings go, and what is said of two sources that are one."""

from __future__ import annotations

from kb.ingest.align import merge
from kb.ingest.place import copies, place_codings
from kb.ingest.reading import Reading
from kb.records import Coding, Source, Turn, turn_id
from tests.unit.test_align import LINES


def reading(coder: str, round_: str, codes: dict[int, str]) -> Reading:
    """A source of the invented interview with these codes on these turns."""
    head = Source(
        interview="7", title="Interview 7", file=f"{coder} {round_}.pdf", format="delve-pdf",
        coder=coder, round=round_, codes_exported=True,
    )  # fmt: skip
    turns = tuple(Turn(id=turn_id("7", i), interview="7", index=i, text=text) for i, text in enumerate(LINES))
    codings = tuple(
        Coding(interview="7", turn=turn_id("7", at), label=code, code=code, coder=coder, round=round_)
        for at, code in codes.items()
    )
    return Reading(head, turns, codings)


def remarks(*readings: Reading) -> list[str]:
    merged = merge(readings)
    placed = {r.id: place_codings(r, merged.placed[r.id], []) for r in readings}
    return [remark.message for remark in copies(readings, placed)]


def test_one_coders_same_codings_in_two_rounds_are_remarked() -> None:
    found = remarks(reading("Ada", "coding", {1: "X"}), reading("Ada", "moderation", {1: "X"}))
    assert len(found) == 1
    assert "kb remove 7 --coder 'Ada' --round coding" in found[0]


def test_other_codings_or_another_coder_are_not() -> None:
    assert remarks(reading("Ada", "coding", {1: "X"}), reading("Ada", "moderation", {2: "X"})) == []
    assert remarks(reading("Ada", "coding", {1: "X"}), reading("Ben", "coding", {1: "X"})) == []


def test_sources_without_codes_are_no_copies() -> None:
    assert remarks(reading("Ada", "coding", {}), reading("Ada", "moderation", {})) == []
