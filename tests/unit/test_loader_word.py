"""Word and OpenDocument files: their text as it is read on the page, and the codes in their margin."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from kb.errors import InputError
from kb.records import Coding, Notice, Source, Turn
from loaders import detect, opendocument, word
from tests.unit.transcript_containers import odt

LINES = (
    "Interviewer: How did the pump go?",
    "Interviewee: Badly at first. The meter was wrong.",
    "Interviewer: Who?",
)


def write(folder: Path, name: str = "Interview 07.docx") -> Path:
    """A document in which two people coded the answer, one of them its second sentence."""
    document = docx.Document()
    paragraphs = [document.add_paragraph() for _ in LINES]
    paragraphs[0].add_run(LINES[0])
    first = paragraphs[1].add_run("Interviewee: Badly at first. ")
    second = paragraphs[1].add_run("The meter was wrong.")
    paragraphs[2].add_run(LINES[2])
    document.add_comment(second, text="Meter-fault; Wiring", author="Ada")
    document.add_comment([first, second], text="Code: Pump-dry", author="Ben")
    path = folder / name
    document.save(str(path))
    return path


def test_comments_are_codings_of_their_authors_on_the_words_they_are_anchored_to(tmp_path: Path) -> None:
    records = list(word.parse(write(tmp_path)))
    head = records[0]
    assert isinstance(head, Source)
    assert (head.interview, head.coder, head.codes_exported) == ("7", None, True)
    turns = [record for record in records if isinstance(record, Turn)]
    assert [turn.text for turn in turns] == [line.partition(": ")[2] for line in LINES]
    codings = [record for record in records if isinstance(record, Coding)]
    assert sorted((one.label, one.coder, one.quote, one.start) for one in codings if one.quote) == [
        ("Meter-fault", "Ada", "The meter was wrong.", 16),
        ("Wiring", "Ada", "The meter was wrong.", 16),
    ]
    # Ben's anchor takes in the whole turn, with its label.
    assert [(one.label, one.coder, one.quote) for one in codings if not one.quote] == [
        ("Pump-dry", "Ben", None)
    ]
    assert {one.turn for one in codings} == {turns[1].id}


def test_a_document_without_comments_is_no_coders(tmp_path: Path) -> None:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    head = next(iter(word.parse(tmp_path / "a.docx")))
    assert isinstance(head, Source)
    assert (head.coder, head.round, head.codes_exported) == (None, None, False)


def test_a_comment_across_two_turns_is_on_both_with_its_words_in_each(tmp_path: Path) -> None:
    document = docx.Document()
    runs = [document.add_paragraph().add_run(line) for line in LINES]
    document.add_comment([runs[0], runs[1]], text="Opening", author="Ada")
    document.save(str(tmp_path / "a.docx"))
    records = list(word.parse(tmp_path / "a.docx"))
    turns = [record.id for record in records if isinstance(record, Turn)]
    assert [record.turn for record in records if isinstance(record, Coding)] == turns[:2]


def test_a_comment_on_no_ones_words_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    title = document.add_heading(level=1).add_run("Interview 7")
    for line in LINES:
        document.add_paragraph(line)
    document.add_comment(title, text="Old version?", author="Ada")
    document.save(str(tmp_path / "a.docx"))
    told = [
        record
        for record in word.parse(tmp_path / "a.docx")
        if isinstance(record, Notice) and record.level == "lost"
    ]
    assert [("Old version?" in one.message, one.line) for one in told] == [(True, 1)]


def _changed(path: Path, old: str, new: str) -> Path:
    """Replace a piece of the document's XML."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts["word/document.xml"].decode()
    assert old in xml
    parts["word/document.xml"] = xml.replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_inserted_words_are_read_and_deleted_ones_are_not(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save(str(path))
    ins = '<w:ins w:id="9" w:author="Ada"><w:r><w:t xml:space="preserve">Very badly.</w:t></w:r></w:ins>'
    gone = '<w:del w:id="8" w:author="Ada"><w:r><w:delText>Fine.</w:delText></w:r></w:del>'
    old = "<w:t>Interviewee: Badly at first. The meter was wrong.</w:t></w:r>"
    _changed(path, old, f'<w:t xml:space="preserve">Interviewee: </w:t></w:r>{gone}{ins}')
    assert [record.text for record in word.parse(path) if isinstance(record, Turn)][1] == "Very badly."


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        ("a.docx", b"PK\x03\x04 cut short", "damaged"),
        ("a.docx", b"just text", "damaged"),
        ("a.odt", b"just text", "damaged"),
        ("a.rtf", b"just text", "not RTF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
        ("a.mp3", b"ID3\x03" + b"\0" * 600, "transcribe it first"),
        ("a.pages", b"PK\x03\x04" + b"\0" * 60, "export it as Word"),
    ],
)
def test_what_cannot_be_read_names_the_next_step(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        list(detect(path).parse(path))


def test_a_document_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", b" " * (80 * 2**20))
    with pytest.raises(InputError, match="too large"):
        list(word.parse(path))


def test_annotations_of_opendocument_are_codings(tmp_path: Path) -> None:
    words = "<dc:creator>Ada</dc:creator><text:p>Meter-fault</text:p>"
    note = f'<office:annotation office:name="n1">{words}</office:annotation>'
    end = '<office:annotation-end office:name="n1"/>'
    body = (
        "<text:p>Interviewer: How did the pump go?</text:p>"
        f"<text:p>Interviewee: Badly. {note}The meter was wrong.{end}</text:p>"
        "<text:p>Interviewer: Who?</text:p>"
    )
    path = tmp_path / "Interview 7.odt"
    path.write_bytes(odt(body))
    records = list(opendocument.parse(path))
    assert [record.text for record in records if isinstance(record, Turn)][1] == "Badly. The meter was wrong."
    codings = [record for record in records if isinstance(record, Coding)]
    assert [(one.label, one.coder, one.quote) for one in codings] == [
        ("Meter-fault", "Ada", "The meter was wrong.")
    ]


def test_xml_entities_of_opendocument_are_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        xml = odt("<text:p>Interviewer: &x; Hello?</text:p><text:p>Interviewee: Yes.</text:p>")
        content = zipfile.ZipFile(io.BytesIO(xml)).read("content.xml").decode()
        entity = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        archive.writestr("content.xml", content.replace("?>", f"?>{entity}", 1))
    path = tmp_path / "a.odt"
    path.write_bytes(out.getvalue())
    assert "secret" not in " ".join(one.text for one in opendocument.parse(path) if isinstance(one, Turn))


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_an_archive_of_a_version_to_come_is_refused_in_a_sentence(tmp_path: Path, ending: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("content.xml", "<a/>")
    raw = bytearray(out.getvalue())
    raw[raw.index(b"PK\x01\x02") + 6] = 155  # the version that is needed to unpack it, times ten
    file = tmp_path / f"Interview 7{ending}"
    file.write_bytes(raw)
    with pytest.raises(InputError) as refused:
        list(detect(file).parse(file))
    assert "\n" not in str(refused.value)
