"""The Delve print loader, on prints that are made here; the real ones are in tests/integration."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4, A5, LETTER, landscape
from reportlab.pdfgen.canvas import Canvas

from kb.errors import InputError
from kb.records import Coding, Notice, Source, Turn
from loaders.delve_pdf import detect, parse
from tests.unit.delve_pdf_factory import CREDIT, HELVETICA, DelvePrint, Said, vera

LONG_LABEL = "Supplier-changed-the-format " * 5 + "[SF]"
SENTENCE = (
    "the kiln sensors drift in winter so we re-calibrate them by hand and state-of-the-art models fail "
    "“quietly” because nobody’s label is checked, 20-30 a week, um, or fewer - it depends"
)
WORDS = SENTENCE.split()


def words(seed: int, count: int) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(count))


def read(path: Path) -> tuple[Source, list[Turn], list[Coding], list[Notice]]:
    interview, *rest = parse(path)
    assert isinstance(interview, Source)
    return (
        interview,
        [record for record in rest if isinstance(record, Turn)],
        [record for record in rest if isinstance(record, Coding)],
        [record for record in rest if isinstance(record, Notice)],
    )


def assert_reads_as_said(path: Path, said: list[Said]) -> list[Notice]:
    _, turns, codings, notices = read(path)
    assert [(turn.speaker, turn.text) for turn in turns] == [(s.speaker, s.text) for s in said]
    for turn, expected in zip(turns, said, strict=True):
        own = [coding for coding in codings if coding.turn == turn.id]
        assert [coding.label for coding in own] == [" ".join(code.split()) for code in expected.codes]
        for coding in own:
            assert (coding.quote or "") == expected.underlined
            assert coding.label_without_underline is (not expected.underlined)
            if coding.quote is not None:
                assert turn.text[coding.start : coding.end] == coding.quote
    return notices


def some_talk() -> list[Said]:
    coded = words(3, 60)
    return [
        Said(words(1, 25), "Interviewer 1"),
        Said(
            coded, "Interviewee", ["Data-drift", "Model-deployment-issues [MD]", "Q1"], coded[40:230].strip()
        ),
        Said("What then?", "Interviewr", ["Q1"]),
        Said(words(4, 9), "", ["Data-drift", LONG_LABEL, "Data-drift-fix"], words(4, 9)),
        Said(words(5, 120), "Interviewee"),
        Said(words(6, 30), "Interviewee", [f"Code-{n}-with-a-long-name" for n in range(9)], words(6, 30)),
        Said("Right.", "Interviewer 1"),
    ]


@pytest.mark.parametrize(
    ("page", "scale", "margin", "furniture"),
    [
        (LETTER, 1.0, 45, True),
        (A4, 1.0, 45, False),
        (A4, 0.762, 40, True),  # the text is then as large as the page header
        (A5, 1.3, 35, True),
        (landscape(A4), 2.0, 60, True),
        (LETTER, 0.4, 90, False),
    ],
)
@pytest.mark.parametrize("font", ["standard", "embedded"])
def test_any_paper_scale_margin_and_font_reads_alike(
    tmp_path: Path, page: tuple[float, float], scale: float, margin: float, furniture: bool, font: str
) -> None:
    said = some_talk()
    fonts = HELVETICA if font == "standard" else vera()
    pdf = DelvePrint(said, page=page, scale=scale, margin=margin, furniture=furniture, fonts=fonts)
    notices = assert_reads_as_said(pdf.save(tmp_path / "x.pdf"), said)
    assert [notice for notice in notices if notice.level == "lost"] == []


@pytest.mark.parametrize("filler", range(0, 26, 2))
def test_a_page_may_break_anywhere(tmp_path: Path, filler: int) -> None:
    before = [Said("Line.", "Interviewer 1")] * (filler // 2) + [
        Said(words(filler, 14 * filler + 5), "Interviewee")
    ]
    said = before + some_talk()
    pdf = DelvePrint(said, page=A5)
    assert_reads_as_said(pdf.save(tmp_path / "x.pdf"), said)


def test_a_paragraph_that_ends_with_the_page_is_not_run_into_the_next(tmp_path: Path) -> None:
    # Without headings only the room left on the last line tells that a new paragraph begins.
    said = [Said("Begin.", "Interviewee")] + [Said(f"Short {n}.") for n in range(60)]
    notices = assert_reads_as_said(DelvePrint(said).save(tmp_path / "x.pdf"), said)
    assert any("without a speaker's heading: 60" in notice.message for notice in notices)


def test_interview_title_coder_and_round_come_from_the_print_not_the_file_name(tmp_path: Path) -> None:
    folder = tmp_path / "moderation"
    folder.mkdir()
    interview, turns, _, _ = read(DelvePrint(some_talk()).save(folder / "x.pdf"))
    assert (interview.interview, interview.title, interview.coder, interview.round) == (
        "7",
        "Interview 7",
        "Ada",
        "moderation",
    )
    assert (interview.file, interview.format, interview.codes_exported) == ("x.pdf", "delve-pdf", True)
    assert [turn.id for turn in turns[:2]] == ["7:0000", "7:0001"]
    assert turns[0].page == 1


def test_a_print_without_codes_is_a_fact_and_a_notice(tmp_path: Path) -> None:
    interview, turns, codings, notices = read(
        DelvePrint([Said(words(1, 300), "Interviewee")] * 8).save(tmp_path / "x.pdf")
    )
    assert interview.codes_exported is False
    assert (len(turns), codings) == (8, [])
    assert [notice.level for notice in notices if "no codes" in notice.message] == ["info"]


def test_roles_follow_labels_and_unheaded_paragraphs_the_turn_before(tmp_path: Path) -> None:
    said = [
        Said("Alright"),
        Said("Welcome.", "Interviewer 1"),
        Said("Please go on."),
        Said("Unknown Speaker"),
        Said("Is this on?"),
        Said("Interviewee"),
        Said("It is."),
        Said("Hm.", "Brunhilde"),
    ]
    _, turns, _, notices = read(DelvePrint(said).save(tmp_path / "x.pdf"))
    assert [turn.role for turn in turns] == [
        None,
        "interviewer",
        "interviewer",
        None,
        None,
        "interviewee",
        "interviewee",
        None,
    ]
    assert [turn.speaker for turn in turns] == ["", "Interviewer 1", "", "", "", "", "", "Brunhilde"]
    assert any("Brunhilde" in notice.message for notice in notices if notice.level == "warning")


def test_a_code_repeated_on_a_turn_counts_once(tmp_path: Path) -> None:
    said = [Said(words(2, 12), "Interviewee", ["Q1", "Data-drift", "Q1"])]
    _, _, codings, _ = read(DelvePrint(said).save(tmp_path / "x.pdf"))
    assert [coding.label for coding in codings] == ["Q1", "Data-drift"]


def test_coded_words_without_a_code_are_reported(tmp_path: Path) -> None:
    said = [Said("One two three four.", "Interviewee", [], "two three")]
    _, _, _, notices = read(DelvePrint(said).save(tmp_path / "x.pdf"))
    assert [notice.message for notice in notices if notice.level == "lost"] == [
        "Coded words have no code: “two three”."
    ]


def test_a_speaker_without_text_and_a_code_without_text_are_reported(tmp_path: Path) -> None:
    pdf = DelvePrint(some_talk())
    path = pdf.save(tmp_path / "x.pdf")
    pdf._pages[0].insert(0, ("text", "Nobody", 45, 90, "Helvetica-Bold", 10.5, (0, 0, 0)))
    pdf._pages[0].insert(0, ("box", 45, 34, 40, 12))
    pdf._pages[0].insert(0, ("text", "Lonely", 48, 43, "Helvetica", 7.9, (0, 0, 0)))
    pdf._pages[-1].append(("text", "a footnote", 300, 500, "Helvetica", 5, (0, 0, 0)))
    pdf._draw(path)
    _, turns, codings, notices = read(path)
    assert "Lonely" not in {coding.label for coding in codings}
    assert "Nobody" not in {turn.speaker for turn in turns}
    told = " ".join(notice.message for notice in notices)
    assert "Lonely" in told
    assert "Nobody" in told
    assert "a footnote" in told


def test_text_comes_out_as_written(tmp_path: Path) -> None:
    text = "“Naïve” café — it’s 5 % of Zoë’s ofﬁce… no\u00a0break, ½ über"
    said = [Said(text, "Interviewée 1", ["Qualité [Q]"], "café — it’s")]
    _, turns, codings, _ = read(DelvePrint(said, fonts=vera()).save(tmp_path / "x.pdf"))
    assert turns[0].text == "“Naïve” café — it’s 5 % of Zoë’s office… no break, ½ über"
    assert turns[0].speaker == "Interviewée 1"
    assert (codings[0].label, codings[0].quote) == ("Qualité [Q]", "café — it’s")


def test_a_label_typed_into_a_paragraph_gives_its_role(tmp_path: Path) -> None:
    said = [
        Said("Did it rain?", "Interviewer 1"),
        Said("Interviewee: No."),
        Said("And later?", "Interviewer 1"),
        Said("Interviewing: that is what we do."),
    ]
    _, turns, _, _ = read(DelvePrint(said).save(tmp_path / "x.pdf"))
    assert [turn.role for turn in turns] == ["interviewer", "interviewee", "interviewer", "interviewer"]
    assert turns[1].text == "Interviewee: No."


def test_lost_pages_are_reported(tmp_path: Path) -> None:
    pdf = DelvePrint([Said(words(n, 200), "Interviewee") for n in range(12)])
    path = pdf.save(tmp_path / "x.pdf")
    count = len(pdf._pages)
    furniture = pdf._furniture
    pdf._furniture = lambda number: (  # type: ignore[method-assign]
        (kind, text.replace(f"/{count - 1}", f"/{count}"), *rest) for kind, text, *rest in furniture(number)
    )
    del pdf._pages[1]
    pdf._draw(path)
    _, _, _, notices = read(path)
    assert f"The print had {count} pages, the file has {count - 1}." in {n.message for n in notices}


def test_two_prints_in_one_file_are_refused_with_the_page(tmp_path: Path) -> None:
    pdf = DelvePrint(some_talk())
    path = pdf.save(tmp_path / "x.pdf")
    first = len(pdf._pages)
    pdf._pages += pdf._pages
    pdf._draw(path)
    with pytest.raises(InputError, match="one file a transcript") as caught:
        list(parse(path))
    assert caught.value.page == first + 1


def test_a_print_without_header_credit_or_url_is_known_by_its_layout(tmp_path: Path) -> None:
    path = DelvePrint(some_talk(), furniture=False, credit="").save(tmp_path / "Interview 9 - Eve.pdf")
    _, _, _, notices = read(path)
    assert any(n.level == "warning" and "names Delve" in n.message for n in notices)


def other_pdf(path: Path, pages: int = 3) -> Path:
    canvas = Canvas(str(path))
    for page in range(pages):
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(72, 740, f"{page + 1} Introduction")
        canvas.setFont("Helvetica", 10)
        for line in range(20):
            canvas.drawString(72, 720 - 14 * line, words(page * 100 + line, 12))
        canvas.showPage()
    canvas.save()
    return path


def test_another_pdf_is_detected_as_pdf_and_refused_as_not_delves(tmp_path: Path) -> None:
    path = other_pdf(tmp_path / "paper.pdf")
    assert detect(path)
    with pytest.raises(InputError, match="not a Delve print"):
        list(parse(path))


def test_pictures_only_and_blank_pages_are_refused(tmp_path: Path) -> None:
    from PIL import Image

    canvas = Canvas(str(tmp_path / "scan.pdf"))
    canvas.drawInlineImage(Image.new("RGB", (20, 20)), 100, 100, 300, 300)
    canvas.showPage()
    canvas.save()
    with pytest.raises(InputError, match="only pictures"):
        list(parse(tmp_path / "scan.pdf"))
    canvas = Canvas(str(tmp_path / "blank.pdf"))
    canvas.showPage()
    canvas.save()
    with pytest.raises(InputError, match="no text"):
        list(parse(tmp_path / "blank.pdf"))


def test_pages_that_stand_sideways_are_refused(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "x.pdf"))
    canvas.rotate(90)
    canvas.drawString(100, -100, "Interviewee")
    canvas.showPage()
    canvas.save()
    with pytest.raises(InputError, match="sideways"):
        list(parse(tmp_path / "x.pdf"))


def test_asking_for_the_format_loads_no_pdf_library(tmp_path: Path) -> None:
    code = "import sys, pathlib, loaders.delve_pdf as d; d.detect(pathlib.Path('x')); "
    code += "sys.exit(any(m.startswith('pdf') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_broken_files_get_one_sentence_and_nothing_on_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = DelvePrint(some_talk()).save(tmp_path / "whole.pdf").read_bytes()
    for name, data, sentence in [
        ("empty", b"", "empty"),
        ("text", b"hello there", "not a PDF"),
        ("cut", whole[: len(whole) // 2], "cut short"),
        ("shell", b"%PDF-1.4\n%%EOF\n", "damaged"),
        ("streams", whole.replace(b"stream\n", b"stream\nxx"), "damaged|no text"),
    ]:
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(data)
        with pytest.raises(InputError, match=sentence) as caught:
            list(parse(path))
        assert caught.value.path == path
        assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_locked_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = DelvePrint(some_talk(), encrypt="secret").save(tmp_path / "x.pdf")
    with pytest.raises(InputError, match="password"):
        list(parse(path))


def test_a_book_of_a_thousand_pages_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders._delve_pages.MAX_PAGES", 5)
    with pytest.raises(InputError, match="more than 5 pages"):
        list(parse(other_pdf(tmp_path / "book.pdf", pages=6)))


def test_detect_never_raises(tmp_path: Path) -> None:
    path = tmp_path / "late.pdf"
    path.write_bytes(b"\n" * 500 + b"%PDF-1.7\n")
    assert detect(path)
    path.write_bytes(b"\n" * 2000 + b"%PDF-1.7\n")
    assert not detect(path)
    assert not detect(tmp_path)
    assert not detect(tmp_path / "none.pdf")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.pdf")
        assert not detect(tmp_path / "pipe.pdf")


def test_a_credit_broken_over_lines_is_no_turn(tmp_path: Path) -> None:
    said = [Said("Good bye.", "Interviewee", ["Q9"])]
    path = DelvePrint(said, page=A5, scale=1.6, margin=70).save(tmp_path / "x.pdf")
    assert_reads_as_said(path, said)
    assert len(CREDIT) > 60  # too long for the column of that print
