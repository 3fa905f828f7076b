"""Labels that look like none: what recurs where the document has its labels, and what the user names."""

from pathlib import Path

import pytest

from kb.errors import InputError
from loaders import detect
from tests.unit.test_transcript_kinds import said, told, turns, write

WORDS = (
    "How did the pump go?",
    "Badly at first.",
    "And then?",
    "The valve broke: nobody saw it.",
    "Who noticed?",
    "A fitter did.",
    "And now?",
    "It runs again.",
)
OTHERS = [
    "+1 202 555 0101",
    "mo@x.org",
    "1001",
    "Mo?",
    "Mo 2020",
    "Mo Lake | Pump Co.",
    "Lake, Mo (Dept. of Water Supply and Sanitation, Field Unit)",
]
LAYOUTS = [
    "{s}   0:{t:02d}\n{x}",
    "{s} (0:{t:02d}):\n{x}",
    "00:00:{t:02d} {s}\n{x}",
    "[00:00:{t:02d}] {s}\n{x}",
    "[{s}] 10:00:{t:02d}\n{x}",
    "[00:00:{t:02d}.440] - {s}\n{x}",
    "0:{t:02d} - {s}\n{x}",
    "{s} | 0:{t:02d}\n{x}",
]
IN_LINE = [
    "{s}: {x}",
    "{s}\t{x}",
    ">> {s}: {x}",
    "**{s}:** {x}",
    "{s}: [00:00:{t:02d}] {x}",
    "**{s}**\n\n{x}",
]


def talk(layout: str, *speakers: str) -> list[tuple[str, str, str]]:
    """Speaker, words and paragraph of each turn; the speakers take turns."""
    out = []
    for n, words in enumerate(WORDS):
        who = speakers[n % len(speakers)]
        out.append((who, words, layout.format(s=who, t=n * 6, x=words)))
    return out


def text_of(rows: list[tuple[str, str, str]]) -> str:
    return "\n\n".join(row[2] for row in rows) + "\n"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("first", ["Dana Field", "Interviewer"])
def test_what_recurs_in_the_place_of_a_label_is_one_whatever_it_looks_like(
    tmp_path: Path, layout: str, first: str
) -> None:
    for other in OTHERS:
        rows = talk(layout, first, other)
        got = said(write(tmp_path, text_of(rows)))
        assert got == [(who, words) for who, words, _ in rows], other


@pytest.mark.parametrize("layout", [*LAYOUTS[:4], *LAYOUTS[6:]])
def test_a_strange_label_that_comes_once_makes_its_words_nobodys(tmp_path: Path, layout: str) -> None:
    rows = talk(layout, "Dana Field", "Mo Lake")
    rows[4] = ("", WORDS[4], layout.format(s="+1 202 555 0101", t=24, x=WORDS[4]))
    path = write(tmp_path, text_of(rows))
    assert [(who, words) for who, words in said(path) if words == WORDS[4]] == [("", WORDS[4])]
    assert "“+1 202 555 0101” begins a paragraph like a label" in told(path)


@pytest.mark.parametrize("layout", LAYOUTS + IN_LINE)
def test_labels_that_the_user_names_are_read_whatever_they_look_like(tmp_path: Path, layout: str) -> None:
    for other in OTHERS:
        rows = talk(layout, "Interviewer", other)
        got = turns(write(tmp_path, text_of(rows)), interviewers=["Interviewer"], interviewees=[other])
        assert [(t.speaker, t.text) for t in got] == [(who, words) for who, words, _ in rows], other
        assert [t.role for t in got] == ["interviewer", "interviewee"] * 4, other


@pytest.mark.parametrize(
    "layout",
    ["{s} -> {x}", "{s}> {x}", "{s} = {x}", "<b>{s}:</b> {x}", "{s}.  {x}"],
)
def test_any_sign_parts_a_label_that_the_user_names(tmp_path: Path, layout: str) -> None:
    rows = talk(layout, "Dana", "Mo")
    got = said(write(tmp_path, text_of(rows)), interviewers=["Dana"], interviewees=["Mo"])
    assert got == [(who, words) for who, words, _ in rows]


def test_one_side_alone_is_refused_though_a_label_that_is_not_there_was_named(tmp_path: Path) -> None:
    lines = [f"Interviewer: {words}" if not n % 2 else words for n, words in enumerate(WORDS)]
    path = write(tmp_path, "\n\n".join(lines) + "\n")
    with pytest.raises(InputError, match="only “Interviewer” has a label"):
        turns(path, interviewers=["Interviewer"], interviewees=["Mo"])


def test_an_interviewee_who_was_named_and_speaks_nowhere_is_told(tmp_path: Path) -> None:
    rows = talk("{s}: {x}", "Dana", "Mo")
    path = write(tmp_path, text_of(rows))
    found = detect(path).parse(path, interviewees=["Mho"])
    assert any("“Mho”" in getattr(one, "message", "") for one in found)


@pytest.mark.parametrize("layout", ["{s}  0:{t:02d}\n{x}", "[00:00:{t:02d}] {s}\n{x}"])
def test_a_time_without_its_name_is_nobodys(tmp_path: Path, layout: str) -> None:
    rows = talk(layout, "Dana Field", "Mo Lake")
    bare = layout.format(s="", t=24, x=WORDS[4]).lstrip().replace("] \n", "]\n")
    rows[4] = ("", WORDS[4], bare)
    assert said(write(tmp_path, text_of(rows))) == [(who, words) for who, words, _ in rows]


@pytest.mark.parametrize("time", ["0;24", "0.24"])
def test_a_time_that_is_misspelled_does_not_hide_its_label(tmp_path: Path, time: str) -> None:
    rows = talk("{s}  0:{t:02d}\n{x}", "Dana Field", "Mo Lake")
    rows[4] = ("Dana Field", WORDS[4], f"Dana Field  {time}\n{WORDS[4]}")
    assert said(write(tmp_path, text_of(rows))) == [(who, words) for who, words, _ in rows]
