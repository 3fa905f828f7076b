"""Labels in italics, before a sign that points to the right, and in bold before a dash."""

from pathlib import Path

import pytest

from kb.errors import InputError
from tests.unit.test_transcript_kinds import said, told, write

NAMES = [("Ana", "Ben"), ("Interviewer", "Interviewee"), ("Dr. Rana Field", "T. O'Neill"), ("Łucja", "Жанна")]
WORDS = [
    "How was the winter?",
    "Long, and – as they say – cold.",
    "And the *old* stove?",
    "It went out > twice.",
    "Who lit it?",
    "The neighbour did.",
]
FORMS = [
    "*{0}* {1}",
    "_{0}_ {1}",
    "***{0}*** {1}",
    "*{0}* – {1}",
    "{0} » {1}",
    "{0} › {1}",
    "{0} > {1}",
    "{0} >> {1}",
    "**{0}** – {1}",
    "**{0}** - {1}",
    "__{0}__ — {1}",
    "<b>{0}</b> – {1}",
]


def written(form: str, names: tuple[str, str], words: list[str]) -> list[str]:
    return [form.format(names[n % 2], one) for n, one in enumerate(words)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("names", NAMES, ids=lambda names: names[0])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("name", ["talk.txt", "talk.md"])
def test_a_sign_around_or_behind_each_label_is_no_word(
    tmp_path: Path, form: str, names: tuple[str, str], gap: str, name: str
) -> None:
    path = write(tmp_path, gap.join(written(form, names, WORDS)) + "\n", name)
    assert said(path) == [(names[n % 2], one) for n, one in enumerate(WORDS)]


@pytest.mark.parametrize("form", [FORMS[0], FORMS[1], *FORMS[4:7]])
def test_what_stands_there_once_is_nobodys_and_told(tmp_path: Path, form: str) -> None:
    lines = written(form, ("Ana", "Ben"), WORDS)
    lines.insert(4, form.format("Never", "before, and not after."))
    path = write(tmp_path, "\n\n".join(lines) + "\n")
    assert said(path)[4] == ("", lines[4])
    assert "“Never” begins a paragraph like a label" in told(path)


@pytest.mark.parametrize("form", [FORMS[0], *FORMS[4:7]])
def test_paragraphs_that_begin_with_emphasis_now_and_then_have_no_labels(tmp_path: Path, form: str) -> None:
    lines = ["The winter was long.", "Nobody came.", "The stove went out.", "It was the damper."]
    marked = written(form, ("Never", "Always"), WORDS[:4])
    path = write(tmp_path, "\n\n".join(line for pair in zip(lines, marked, strict=True) for line in pair))
    with pytest.raises(InputError, match="name the labels"):
        said(path)


@pytest.mark.parametrize("form", [FORMS[0], *FORMS[4:7]])
def test_naming_the_labels_reads_what_was_refused(tmp_path: Path, form: str) -> None:
    more = ["It snowed.", "Then it rained.", "Then it froze again."]
    lines = written(form, ("Ana", "Ben"), WORDS)
    path = write(tmp_path, "\n\n".join([*lines[:4], *more, *more, *lines[4:], *more]) + "\n")
    with pytest.raises(InputError, match="name the labels"):
        said(path)
    got = said(path, interviewers=["Ana"], interviewees=["Ben"])
    assert [who for who, _ in got] == [*["Ana", "Ben"] * 2, *["Ben"] * 6, "Ana", "Ben", *["Ben"] * 3]
    assert [text for _, text in got if text in more] == more * 3


def test_a_list_of_what_to_click_is_no_talk(tmp_path: Path) -> None:
    lines = ["File > Save", "File > Close", "Edit > Undo", "Edit > Redo", "Then wait.", "Now it is done."]
    with pytest.raises(InputError, match="name the labels"):
        said(write(tmp_path, "\n".join(lines)))
