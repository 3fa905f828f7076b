"""The Delve text loader: what it makes of noise, on invented interviews and on the real one."""

from __future__ import annotations

import json
import random
import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from kb.errors import InputError
from kb.records import Coding, Notice, Source, Turn
from loaders import delve_text
from tests.shared import shared_path
from tests.unit.delve_noise import FOOTER, STYLES, Said, interview, noisy

SHAPED = ("kebab", "tagged", "snake", "camel")


class Reading:
    """The records of one file by kind."""

    def __init__(self, path: Path, codebook: tuple[str, ...] = ()) -> None:
        records = list(delve_text.parse(path, codebook=codebook))
        assert isinstance(records[0], Source)
        self.interview = records[0]
        self.turns = [record for record in records if isinstance(record, Turn)]
        self.notices = [record for record in records if isinstance(record, Notice)]
        self.labels: dict[str, list[str]] = {turn.id: [] for turn in self.turns}
        for record in records:
            if isinstance(record, Coding):
                assert record.quote is None
                self.labels[record.turn].append(record.label)

    def said(self) -> list[Said]:
        return [Said(turn.speaker, turn.text, tuple(self.labels[turn.id])) for turn in self.turns]


@pytest.fixture
def read(tmp_path: Path):
    def read_(text: str, name: str = "Interview 7.txt", codebook: tuple[str, ...] = ()) -> Reading:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return Reading(path, codebook)

    return read_


def blocks(*lines: str) -> str:
    return "\n\n".join(lines)


def aligned(got: list[str], expected: list[str]) -> dict[int, int]:
    """Index of the expected turn by index of the turn that has the same words."""
    matcher = SequenceMatcher(None, got, expected, autojunk=False)
    return {a + k: b + k for a, b, size in matcher.get_matching_blocks() for k in range(size)}


def scores(got: list[Said], expected: list[Said]) -> tuple[float, float, float, float]:
    """Precision and recall of (passage, code), share of turns with the words, and the speaker."""
    same = aligned([squeezed(turn.text) for turn in got], [squeezed(turn.text) for turn in expected])
    found = {(same.get(i, -1 - i), label) for i, turn in enumerate(got) for label in turn.labels}
    wanted = {(i, label) for i, turn in enumerate(expected) for label in turn.labels}
    right = len(found & wanted)
    speakers = sum(got[i].speaker == expected[j].speaker for i, j in same.items())
    return right / len(found), right / len(wanted), len(same) / len(expected), speakers / len(expected)


def squeezed(text: str) -> str:
    """The words alone: the conversion changes blanks and points between them."""
    return " ".join(re.findall(r"[\w']+", text))


@pytest.mark.parametrize("style", SHAPED)
@pytest.mark.parametrize("seed", range(6))
def test_noise_is_undone_for_labels_with_a_shape(read, seed: int, style: str) -> None:
    expected = interview(seed, style)
    text = noisy(expected, seed + 100)
    precision, recall, turns, speakers = scores(read(text).said(), expected)
    assert (precision, recall) == (1.0, 1.0)
    assert turns >= 0.98
    assert speakers >= 0.95


@pytest.mark.parametrize("seed", range(6))
def test_noise_is_undone_for_labels_of_plain_words(read, seed: int) -> None:
    expected = interview(seed, "blanks")
    precision, recall, turns, speakers = scores(read(noisy(expected, seed + 100)).said(), expected)
    assert min(precision, recall) >= 0.97
    assert turns >= 0.98
    assert speakers >= 0.95


def test_the_noise_is_there() -> None:
    expected = [interview(seed, "kebab") for seed in range(6)]
    texts = [noisy(turns, seed + 100) for seed, turns in enumerate(expected)]
    lost = [
        len(turns) - len(re.findall(r"^#+ Interview(?:er 1|ee)$", text, re.MULTILINE))
        for turns, text in zip(expected, texts, strict=True)
    ]
    assert min(lost) > 0
    assert any(re.search(r"^#+ (?!Interview)", text, re.MULTILINE) for text in texts)
    assert any(re.search(r"^\S+-\S+ \S+-\S+$", text, re.MULTILINE) for text in texts)


@pytest.mark.parametrize("style", list(STYLES))
def test_a_codebook_only_helps(read, style: str) -> None:
    expected = interview(3, style)
    text = noisy(expected, 7, joined=1.0)  # every line of several codes is one
    without = scores(read(text).said(), expected)
    codebook = tuple({label for turn in expected for label in turn.labels})
    with_it = scores(read(text, codebook=codebook).said(), expected)
    assert with_it[:2] == (1.0, 1.0)
    assert with_it >= without


def test_real_conversion() -> None:
    path = shared_path("interviews", "Interview 11 - Amin (text conversion).txt")
    truth = json.loads(
        shared_path("interviews", "expected", "moderation - 2023-06-04-Interview 11 - Amin.json").read_text()
    )["segments"]
    expected = [Said(turn["speaker_heading"], turn["text"], tuple(turn["codes"])) for turn in truth]
    reading = Reading(path)
    precision, recall, turns, speakers = scores(reading.said(), expected)
    assert (precision, recall) == (1.0, 1.0)
    assert turns * len(expected) >= 189
    assert speakers * len(expected) >= 188
    assert (reading.interview.interview, reading.interview.coder) == ("11", "Amin")
    assert reading.interview.codes_exported


def test_interview_names_its_coder_not_the_interviewee(read) -> None:
    reading = read(blocks("# Interview 7 - Berta", "## Interviewee", "Hello.", FOOTER), "export.md")
    assert reading.interview.title == "Interview 7"
    assert reading.interview.coder == "Berta"
    assert reading.interview.format == "delve-text"
    assert reading.turns[0].speaker == "Interviewee"
    assert not reading.interview.codes_exported
    assert [notice.level for notice in reading.notices] == ["info"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("2023-06-04-Interview 7 - Ann (text conversion).txt", False),
        ("Interview 7.txt", False),
        ("export.txt", False),
        ("Interview 7 - Bea.txt", True),  # a copy, renamed: it is still Ann's
        ("Interview 8 - Ann.txt", True),
    ],
)
def test_a_file_named_otherwise_than_its_title_is_told(read, name: str, told: bool) -> None:
    text = blocks(
        "# Interview 7 - Ann", "### Interviewer", "How is it?", "### Interviewee", "It leaks.", FOOTER
    )
    reading = read(text, name)
    assert (reading.interview.interview, reading.interview.coder) == ("7", "Ann")
    assert any("the title counts" in notice.message for notice in reading.notices) == told


def test_frame_is_no_text_and_levels_say_nothing(read) -> None:
    reading = read(
        blocks(
            "#### Interview 7", "# Interviewer 1", "How so?", "#### Interviewee", "By hand.", "## " + FOOTER
        )
    )
    assert [(t.speaker, t.role, t.text, t.line) for t in reading.turns] == [
        ("Interviewer 1", "interviewer", "How so?", 5),
        ("Interviewee", "interviewee", "By hand.", 9),
    ]


def test_codes_between_make_an_unheaded_paragraph_a_turn_of_its_own(read) -> None:
    reading = read(
        blocks("# Interview 7", "# Interviewee", "We weigh and", "Hive-losses", "we count.", "Hive-losses")
    )
    assert [turn.text for turn in reading.turns] == ["We weigh and", "we count."]
    assert list(reading.labels.values()) == [["Hive-losses"], ["Hive-losses"]]
    (notice,) = reading.notices
    assert (notice.level, notice.line) == ("warning", 9)


def test_codes_repeat_under_the_interviewer_and_stand_once_on_a_passage(read) -> None:
    reading = read(
        blocks(
            "# Interview 7",
            "# Interviewee",
            "By hand.",
            "Count-by-hand Hive-mites",
            "Count-by-hand",
            "# Interviewer 1",
            "I see.",
            "Hive-mites",
        )
    )
    assert list(reading.labels.values()) == [["Count-by-hand", "Hive-mites"], ["Hive-mites"]]


def test_brackets_and_blanks_belong_to_a_label(read) -> None:
    reading = read(
        blocks(
            "# Interview 7",
            "# Interviewee",
            "By hand.",
            "Hive-issues [HI]",
            "# Interviewee",
            "By ear.",
            "Count-by-hand Hive-issues [HI] Lack of time",
            "Lack of time",
            "# Interviewee",
            "By eye.",
            "Lack of time",
        )
    )
    assert list(reading.labels.values()) == [
        ["Hive-issues [HI]"],
        ["Count-by-hand", "Hive-issues [HI]", "Lack of time"],
        ["Lack of time"],
    ]


def test_escaped_markdown_is_read_as_written(read) -> None:
    reading = read(
        blocks("# Interview 7", "# Interviewee", "By hand.", r"hive\_losses", r"Hive-issues \[HI\]")
    )
    assert list(reading.labels.values()) == [["hive_losses", "Hive-issues [HI]"]]


def test_what_is_said_is_no_code(read) -> None:
    reading = read(
        blocks(
            "# Interview 7",
            "# Interviewee",
            "I did the follow-up myself.",
            "Hive-losses",
            "follow-up",
            "[laughs]",
            "# Interviewer 1",
            "Thank you",
            "# Interviewee",
            "Fine.",
        )
    )
    assert [label for labels in reading.labels.values() for label in labels] == ["Hive-losses"]
    assert "Thank you" in [turn.text for turn in reading.turns]


def test_a_doubtful_code_is_told(read) -> None:
    reading = read(blocks("# Interview 7", "# Interviewee", "We weigh by hand.", "Misc"))
    assert list(reading.labels.values()) == [["Misc"]]
    assert [(notice.level, notice.line) for notice in reading.notices] == [("warning", 7)]


def test_lines_without_blank_lines_between(read) -> None:
    reading = read(
        "# Interview 7\n# Interviewee\nWe weigh each of them\nby hand, twice.\nHive-losses\nCount-by-hand\n"
        "## Interviewer 1\nI see.\n"
    )
    assert [turn.text for turn in reading.turns] == ["We weigh each of them by hand, twice.", "I see."]
    assert reading.labels[reading.turns[0].id] == ["Hive-losses", "Count-by-hand"]


def test_what_has_no_place_is_told(read) -> None:
    reading = read(
        blocks("# Interview 7", "# Interviewee", "Yes.", "# Interviewer 1", "# Interviewee", "No.")
    )
    lost = [(notice.level, notice.line) for notice in reading.notices if notice.level == "lost"]
    assert lost == [("lost", 7)]


def test_a_name_in_place_of_a_role_is_a_speaker_when_it_recurs(read) -> None:
    turns = [line for n in range(3) for line in ("# Berta", f"Well, {n}.", "## Carl", f"And {n}?")]
    reading = read(blocks("# Interview 7", *turns))
    assert [turn.speaker for turn in reading.turns] == ["Berta", "Carl"] * 3
    assert {turn.role for turn in reading.turns} == {None}
    assert len([notice for notice in reading.notices if notice.level == "warning"]) == 6


def test_no_speaker_heading_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("# Notes\n\nNothing was said.\n")
    with pytest.raises(InputError, match="speaker's heading"):
        list(delve_text.parse(path))


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("# Interview 7 - Berta\n\n### Interviewer 1\n\nHow so?\n", True),
        ("### Interviewee\nBy hand.\n", True),
        ("Interviewer 1: How so?\n\nInterviewee: By hand.\n", False),
        ("# Interview 7\n\nInterviewer 1: How so?\n\nInterviewee: By hand.\n", False),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n# Interviewee\nBy hand.\n", False),
        ("1\n00:00:01,000 --> 00:00:02,000\nHow so?\n", False),
        ("# Notes\n\n## Usage\n\nRun it.\n\n## Licence\n\nFree.\n", False),
        ("", False),
    ],
)
def test_detect(tmp_path: Path, text: str, claimed: bool) -> None:
    path = tmp_path / "some.name"
    path.write_text(text)
    assert delve_text.detect(path) is claimed


def test_detect_never_raises(tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(b"%PDF-1.4\x00\xff\xfe")
    assert not delve_text.detect(tmp_path / "binary.txt")
    assert not delve_text.detect(tmp_path / "missing.txt")
    assert not delve_text.detect(tmp_path)


def test_broken_markdown_loses_no_word(read) -> None:
    rng = random.Random(5)
    atoms = (
        "# ",
        "### Interviewee",
        "\n\n",
        "\n",
        "Data-x",
        "Data-y Z",
        "[MD]",
        "** **",
        "#",
        "\\",
        "\t",
        '"',
        "a.",
    )
    for _ in range(300):
        body = "".join(rng.choice(atoms) + rng.choice(("", " ", "\n\n")) for _ in range(rng.randint(1, 40)))
        reading = read(f"# Interview 7\n\n### Interviewee\n\nWell.\n\n{body}")
        told = " ".join(
            [turn.speaker + " " + turn.text for turn in reading.turns]
            + [label for labels in reading.labels.values() for label in labels]
            + [notice.message for notice in reading.notices]
        )
        assert set(re.findall(r"[\w-]+", body)) <= set(re.findall(r"[\w-]+", told))


def test_without_a_trace_of_delve_a_paragraph_goes_on_with_the_heading_above(read) -> None:
    reading = read(
        blocks(
            "### Ina Torf", "How did it go?", "I mean the early ones.",
            "### Bo Lund", "The belt stopped.", "It was the camera, I think.", "And the trucks came late.",
            "### Ina Torf", "What did you do?", "### Bo Lund", "We sorted by hand.",
            "### Ina Torf", "And now?", "### Bo Lund", "Now we test it.",
        ),
        "talk.md",
    )  # fmt: skip
    assert [turn.speaker.split()[0] for turn in reading.turns] == [
        "Ina", "Ina", "Bo", "Bo", "Bo", "Ina", "Bo", "Ina", "Bo"
    ]  # fmt: skip
    assert not any(turn.guessed for turn in reading.turns)
