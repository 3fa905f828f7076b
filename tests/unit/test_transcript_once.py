"""Who speaks but once, and what stands after the talk, in forms whose labels have a line of their own."""

from pathlib import Path

import pytest

from tests.unit.test_transcript_kinds import said, told, write

LINES = "Priya\nHow did it go?\n\nTom\nThe oven broke.\n\nPriya\nWho saw it?\n\nTom\nNobody.\n\n"
STAMPED = (
    "Priya  0:01\nHow?\n\nTom  0:05\nThe oven broke.\n\nPriya  0:09\nWho saw it?\n\nTom  0:21\nNobody.\n\n"
)
TURNS = "".join(f"{'Priya' if n % 2 else 'Tom'}: It was so, for the {n}th time.\n\n" for n in range(1, 11))


@pytest.mark.parametrize(
    ("text", "nobodys"),
    [
        (LINES + "Ann\nIt was awful.\n\nPriya\nWhat then?\n", {"Ann", "It was awful."}),
        (STAMPED + "Ann: It was awful!\n\nPriya  0:30\nWhat then?\n", {"Ann: It was awful!"}),
        (TURNS + "Subscribe to our newsletter.\n", {"Subscribe to our newsletter."}),
        (TURNS + "To do:\n- Priya: send photos\n- Tom: call him\n",
         {"To do:", "- Priya: send photos", "- Tom: call him"}),
        (TURNS + "??: Hm.\n\nTom: Oh.\n\nPriya: Yes.\n", {"??: Hm."}),
    ],
)  # fmt: skip
def test_what_is_not_surely_a_speakers_is_nobodys_and_told(
    tmp_path: Path, text: str, nobodys: set[str]
) -> None:
    path = write(tmp_path, text)
    assert {words for speaker, words in said(path) if not speaker} == nobodys
    assert "someone unknown" in told(path) or "is not surely one" in told(path)


def test_the_last_answer_has_as_many_paragraphs_as_others_have(tmp_path: Path) -> None:
    text = TURNS.replace("\n\n", "\n\nAnd so on.\n\n", 1) + "And that was all.\n"
    assert all(speaker for speaker, _ in said(write(tmp_path, text)))


def test_a_name_beside_a_captions_times_is_who_speaks(tmp_path: Path) -> None:
    cues = (
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900 [{'Priya' if n % 2 else 'Tom'}]\nWords {n}.\n\n"
        for n in range(1, 9)
    )
    path = tmp_path / "Interview 7.srt"
    path.write_text("".join(cues), encoding="utf-8")
    assert [speaker for speaker, _ in said(path)] == ["Priya", "Tom"] * 4
