"""Projects of REFI-QDA, written as the programs write them, read as records."""

from __future__ import annotations

import random
import re
import uuid
import zipfile
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kb.errors import InputError
from kb.records import AnyRecord, Code, Coding, Memo, Notice, Participant, Relation, Source, Turn
from loaders import find_sources, refi
from tests.refi_factory import Source as Text
from tests.refi_factory import Study, Way, Writer
from tests.shared import shared_path

TALK = (
    "Interviewer: What went wrong in the bakery? 🥐\n"
    "Ina: The café’s oven 😀 was cold, and the dough did not rise.\n"
    "Interviewer: And what did you do?\n"
    "Ina: We bought a new thermostat, which fixed the oven.\n"
)


def passage(words: str, code: str, coder: str = "Ada", text: str = TALK) -> tuple[int, int, str, str]:
    start = text.index(words)
    return start, start + len(words), code, coder


PASSAGES = [
    passage("café’s oven 😀 was cold", "cold oven"),
    passage("the dough did not rise", "flat dough", "Ben"),
    passage("bought a new thermostat", "thermostat"),
    passage("fixed the oven", "cold oven", "Ben"),
]
STUDY = Study(
    [Text("Talk 7.docx", TALK, PASSAGES)], parents={"cold oven": "Oven"}, colours={"Oven": "#A1b2C3"}
)
WORDS = [
    ("cold oven", "Ada", "café’s oven 😀 was cold"),
    ("cold oven", "Ben", "fixed the oven"),
    ("flat dough", "Ben", "the dough did not rise"),
    ("thermostat", "Ada", "bought a new thermostat"),
]


def read(path: Path) -> list[AnyRecord]:
    return list(refi.parse(path))


def of(records: Iterable[AnyRecord], kind: type) -> list[Any]:
    return [record for record in records if isinstance(record, kind)]


def lost(records: Iterable[AnyRecord]) -> list[str]:
    return [notice.message for notice in of(records, Notice) if notice.level == "lost"]


def coded(records: Iterable[AnyRecord]) -> list[tuple[str, str | None, str | None]]:
    found = of(records, Coding)
    text = {turn.id: turn.text for turn in of(records, Turn)}
    assert all(c.quote is None or text[c.turn][c.start : c.end] == c.quote for c in found)
    return sorted(((c.label, c.coder, c.quote) for c in found), key=str)


WAYS = {
    "characters": Way(),
    "QualCoder": Way(bom=True),
    "mark counted": Way(bom=True, bom_counted=True),
    "NVivo": Way("utf-16", crlf_file=True, crlf_counted=True, bom=True, folder="Sources"),
    "ATLAS.ti": Way(crlf_file=True, upper=True, project="Bakery study.qde"),
    "bytes": Way("bytes"),
    "text in the XML, counted as on Windows": Way("utf-16", crlf_counted=True, inline=True),
    "last character's place": Way(inclusive=True),
    "braces": Way(braces=True),
    "no prefix": Way(prefix=""),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("named", [True, False])
def test_passages_are_exact_whatever_a_program_counts(way: Way, named: bool, tmp_path: Path) -> None:
    way = Way(**{**vars(way), "named": named})
    records = read(Writer(way).write(tmp_path / "s.qdpx", STUDY))
    assert coded(records) == WORDS
    assert [source.title for source in of(records, Source)] == ["Talk 7", "Talk 7"]
    assert [turn.speaker for turn in of(records, Turn)] == ["Interviewer", "Ina", "Interviewer", "Ina"]
    told = [n for n in of(records, Notice) if "offsets" in n.message]
    assert [n.level for n in told] == ["info"]


def test_a_reading_that_cannot_be_told_is_said_to_be_unsure(tmp_path: Path) -> None:
    text = "abcdefghijklmnop\nqrstuvwxyzabcdef"
    study = Study([Text("r", text, [(3, 9, "x", "Ada"), (20, 25, "y", "Ada")])])
    records = read(Writer(Way(named=False)).write(tmp_path / "s.qdpx", study))
    assert any(n.level == "warning" and "not sure" in n.message for n in of(records, Notice))


def test_the_tree_of_codes_comes_with_colours(tmp_path: Path) -> None:
    codes = {code.name: code for code in of(read(Writer().write(tmp_path / "s.qdpx", STUDY)), Code)}
    assert codes["cold oven"].parent == "Oven"
    assert codes["Oven"].colour == "#a1b2c3"


def test_codes_of_one_name_are_told_apart_by_those_above(tmp_path: Path) -> None:
    path = tmp_path / "c.qdc"
    path.write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:0:4"><Codes><Code guid="1" name="A">'
        '<Code guid="2" name="other"/>'
        '</Code><Code guid="3" name="B"><Code guid="4" name="other"/></Code></Codes></CodeBook>'
    )
    assert [code.name for code in of(read(path), Code)] == ["A", "A > other", "B", "B > other"]


@pytest.mark.parametrize(
    "space", ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:0:4", "urn:QDA-XML:codebook:1:0"]
)
def test_codebooks_of_every_version_are_read(space: str, tmp_path: Path) -> None:
    path = tmp_path / "c.qdc"
    path.write_text(
        f'<CodeBook xmlns="{space}"><Codes><Code guid="{{AB}}" name=" two  words "/>'
        "</Codes><Sets/></CodeBook>"
    )
    assert [code.name for code in of(read(path), Code)] == ["two words"]


def test_links_become_relations(tmp_path: Path) -> None:
    writer = Writer()
    code = {name: writer.guid(f"code {name}") for name in ("cold oven", "flat dough", "thermostat")}
    selection = [writer.guid(f"selection Talk 7.docx {n}") for n in range(4)]

    def link(name: str, start: str, end: str, direction: str = "OneWay") -> str:
        return (
            f'<Link guid="{writer.guid(name + start + end)}" name="{name}" direction="{direction}" '
            f'originGUID="{start}" targetGUID="{end}"/>'
        )

    study = Study(STUDY.sources, links="".join([
        link("is cause of", code["cold oven"], code["flat dough"]),
        link("fixes", code["thermostat"], code["cold oven"]),
        link("is a", code["cold oven"], code["thermostat"], "Associative"),
        link("leads to", selection[0], selection[1]),
        link("causes", code["flat dough"], code["thermostat"], "Bidirectional"),
        link("causes", writer.guid("source Talk 7.docx"), code["thermostat"]),
    ]))  # fmt: skip
    records = read(writer.write(tmp_path / "s.qdpx", study))
    found = {(r.kind, r.start.code, r.end.code, r.start.quote, r.end.quote) for r in of(records, Relation)}
    assert found == {
        ("causes", "cold oven", "flat dough", None, None),
        ("fixes", "cold oven", "thermostat", None, None),
        ("is a", "cold oven", "thermostat", None, None),
        ("causes", "cold oven", "flat dough", "café’s oven 😀 was cold", "the dough did not rise"),
        ("causes", "flat dough", "thermostat", None, None),
        ("causes", "thermostat", "flat dough", None, None),
    }
    assert lost(records) == ["links of sources, notes or things that are not in the file: 1."]


def test_cases_variables_and_notes_come_in(tmp_path: Path) -> None:
    writer = Writer()
    variable, note = writer.guid("variable"), writer.guid("note")
    study = Study(
        [Text("Talk 7", TALK, PASSAGES, f'<NoteRef targetGUID="{note}"/>')],
        variables=f'<Variable guid="{variable}" name="years" typeOfVariable="Integer"/>',
        cases=f'<Case guid="{writer.guid("case")}" name="Baker 1"><Description>kind</Description>'
        "<VariableValue>"
        f'<VariableRef targetGUID="{variable}"/><IntegerValue>12</IntegerValue></VariableValue>'
        f'<SourceRef targetGUID="{writer.guid("source Talk 7")}"/></Case>',
        notes=f'<Note guid="{note}" name="First"><PlainTextContent>loud room</PlainTextContent></Note>',
    )
    records = read(writer.write(tmp_path / "s.qdpx", study))
    assert of(records, Participant) == [
        Participant(name="Baker 1", interview="talk-7", attributes={"years": 12})
    ]
    memos = {(m.text, m.title, m.interview, m.participant) for m in of(records, Memo)}
    assert memos == {("loud room", "First", "talk-7", None), ("kind", None, None, "Baker 1")}


def test_a_recording_gives_its_transcript_with_times(tmp_path: Path) -> None:
    writer = Writer()
    one, two = TALK.index("The café"), TALK.index(", and the dough")
    points = "".join(
        f'<SyncPoint guid="{writer.guid(f"sync {at}")}" timeStamp="{time}" position="{at}"/>'
        for at, time in ((0, 0), (one, 4000), (two, 9000), (TALK.index("Ina: We"), 20000))
    )
    coding = '<Coding guid="{}"><CodeRef targetGUID="{}"/></Coding>'
    audio = (
        f'<AudioSource guid="{writer.guid("audio")}" name="tape.mp3" path="internal://tape.mp3">'
        f'<Transcript guid="{writer.guid("transcript")}"><PlainTextContent>{TALK}</PlainTextContent>{points}'
        f'<TranscriptSelection guid="{writer.guid("ts")}" fromSyncPoint="{writer.guid(f"sync {one}")}" '
        f'toSyncPoint="{writer.guid(f"sync {two}")}">{coding.format(writer.guid("a"), writer.guid("code x"))}'
        f"</TranscriptSelection></Transcript>"
        f'<AudioSelection guid="{writer.guid("as")}" begin="4000" end="9000">'
        f"{coding.format(writer.guid('b'), writer.guid('code y'))}</AudioSelection></AudioSource>"
    )
    study = Study([], more_sources=audio, parents={"x": "top", "y": "top"})
    records = read(writer.write(tmp_path / "s.qdpx", study))
    assert coded(records) == [(code, None, "The café’s oven 😀 was cold") for code in ("x", "y")]
    assert [turn.start for turn in of(records, Turn)] == [0.0, 4.0, None, 20.0]


def test_a_pdfs_text_is_read_and_regions_without_words_are_counted(tmp_path: Path) -> None:
    writer = Writer()
    coding = f'<Coding guid="{writer.guid("a")}"><CodeRef targetGUID="{writer.guid("code x")}"/></Coding>'
    pdf = (
        f'<PDFSource guid="{writer.guid("pdf")}" name="Report.pdf" path="relative:///Report.pdf">'
        f'<PDFSelection guid="{writer.guid("r")}" name="the dough did not rise" page="1">{coding}'
        "</PDFSelection>"
        f'<PDFSelection guid="{writer.guid("q")}" page="1">{coding}</PDFSelection>'
        f'<Representation guid="{writer.guid("t")}"><PlainTextContent>{TALK}</PlainTextContent>'
        "</Representation>"
        f'</PDFSource><PictureSource guid="{writer.guid("pic")}" name="p.png"><PictureSelection guid="z" '
        f'firstX="1">{coding}</PictureSelection></PictureSource>'
    )
    records = read(writer.write(tmp_path / "s.qdpx", Study([], more_sources=pdf, parents={"x": "top"})))
    assert coded(records) == [("x", None, "the dough did not rise")]
    assert lost(records) == ["codings of parts of pages: 1.", "codings of pictures: 1.", "pictures: 1."]


def test_sources_of_one_name_are_kept_apart_whatever_their_order(tmp_path: Path) -> None:
    first, second = Text("Notes", "I like the bread."), Text("notes", "I hate the bread.")
    found = []
    for n, order in enumerate(([first, second], [second, first])):
        records = read(Writer().write(tmp_path / f"{n}.qdpx", Study(order)))
        found.append({turn.interview: turn.text for turn in of(records, Turn)})
        assert any("kept apart" in notice.message for notice in of(records, Notice))
    assert found[0] == found[1]
    assert len(found[0]) == 2


def test_a_document_that_is_not_in_the_archive_is_told(tmp_path: Path) -> None:
    missing = '<TextSource guid="1" name="gone" plainTextPath="absolute:///C:/gone.txt"/>'
    records = read(Writer().write(tmp_path / "s.qdpx", Study(STUDY.sources, more_sources=missing)))
    assert coded(records) == WORDS
    assert "documents whose text is not in the file: 1." in lost(records)


def test_a_project_unpacked_by_hand_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(Writer(WAYS["NVivo"]).write(tmp_path / "s.qdpx", STUDY)) as archive:
        archive.extractall(tmp_path / "out")
    assert coded(read(tmp_path / "out" / "project.qde")) == WORDS


# Files that mean harm, or were hurt.


def repacked(path: Path, to: Path, change: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, data in change.items():
            new.writestr(name, data)
    return to


def one_sentence_at_most(path: Path) -> bool:
    """Whether it is read, or refused in one line; another error is a mistake of the loader."""
    try:
        read(path)
    except InputError as error:
        return "\n" not in error.message
    return True


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<Project xmlns="urn:QDA-XML:project:1.0" name="&b;"/>"""
SECRET = b"""<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<Project name="p"><Description>&a;</Description></Project>"""
HARM = {
    "entities": ({"project.qde": LAUGHS}, "declares a document type"),
    "a file of the computer": ({"project.qde": SECRET}, "declares a document type"),
    "a member that leads out": ({"../evil.txt": b"x"}, "leads out of the archive"),
    "an absolute member": ({"/etc/evil": b"x"}, "leads out of the archive"),
    "something else": ({"project.qde": b"<html/>"}, "is no Project of REFI-QDA"),
    "broken XML": ({"project.qde": b"<Project><Users>"}, "not well formed"),
}


@pytest.mark.parametrize(("change", "said"), HARM.values(), ids=HARM)
def test_an_archive_that_means_harm_is_refused(change: dict[str, bytes], said: str, tmp_path: Path) -> None:
    path = repacked(Writer().write(tmp_path / "a.qdpx", STUDY), tmp_path / "b.qdpx", change)
    with pytest.raises(InputError, match=said):
        read(path)


def test_a_path_in_the_project_leads_to_no_file_of_the_computer(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Ina: secret words are here.\n")
    more = "".join(
        f'<TextSource guid="{n}" name="s{n}" plainTextPath="{path}"/>'
        for n, path in enumerate(
            ("internal://../secret.txt", f"absolute://{tmp_path}/secret.txt", "../secret.txt")
        )
    )
    study = Study(STUDY.sources, more_sources=more)
    path = Writer(Way(inline=True)).write(tmp_path / "s.qdpx", study)
    with zipfile.ZipFile(path) as archive:
        (tmp_path / "x").mkdir()
        archive.extract("project.qde", tmp_path / "x")
    (tmp_path / "x" / "sources").mkdir()
    for project in (path, tmp_path / "x" / "project.qde"):
        assert not any("secret" in turn.text for turn in of(read(project), Turn))


def test_a_text_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    writer = Writer()
    path = writer.write(tmp_path / "a.qdpx", STUDY)
    bomb = {f"sources/{writer.guid('source Talk 7.docx')}.txt": b"\n" * (17 * 2**20)}
    with pytest.raises(InputError, match="larger than interviews are"):
        read(repacked(path, tmp_path / "b.qdpx", bomb))


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_project_gives_one_sentence_or_what_it_holds(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    whole = Writer(chance.choice(list(WAYS.values()))).write(tmp_path / "a.qdpx", STUDY).read_bytes()
    hurt = tmp_path / "b.qdpx"
    for _ in range(60):
        data = bytearray(whole)
        if chance.random() < 0.4:
            data = data[: chance.randrange(len(data))]
        for _ in range(chance.randrange(1, 4) if data else 0):
            data[chance.randrange(len(data))] = chance.randrange(256)
        hurt.write_bytes(data)
        assert one_sentence_at_most(hurt)


def test_damaged_xml_gives_one_sentence_or_what_it_holds(tmp_path: Path) -> None:
    chance = random.Random(5)
    path = Writer().write(tmp_path / "a.qdpx", STUDY)
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("project.qde")
    for _ in range(200):
        data = bytearray(xml)
        for _ in range(chance.randrange(1, 5)):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(3)] = chance.choice(
                [b"9", b"<", b'"', b"-", b"", b"&", b"99999999999"]
            )
        assert one_sentence_at_most(repacked(path, tmp_path / "b.qdpx", {"project.qde": bytes(data)}))


# Hard text.

LETTERS = st.text("ab cé😀\u0301\u200f\u05d0\t.,\u00a0漢", min_size=1, max_size=25)


@st.composite
def projects(draw: st.DrawFn) -> tuple[Way, list[Text]]:
    texts = []
    for n in range(draw(st.integers(1, 3))):
        text = "\n".join(draw(st.lists(LETTERS, min_size=1, max_size=5)))
        passages = []
        for m in range(draw(st.integers(1, 5))):
            start = draw(st.integers(0, len(text) - 1))
            end = draw(st.integers(start + 1, len(text)))
            if text[start:end].strip():
                passages.append((start, end, f"code {n} {m}", "Ada"))
        texts.append(Text(f"text {n}", text, passages))
    way = Way(
        draw(st.sampled_from(["characters", "utf-16"])), crlf_file=draw(st.booleans()),
        crlf_counted=draw(st.booleans()), bom=draw(st.booleans()),
    )  # fmt: skip
    return way, texts


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(projects())
def test_the_words_of_every_passage_are_the_selections(tmp_path: Path, made: tuple[Way, list[Text]]) -> None:
    way, texts = made
    assume(any(text.passages for text in texts))
    records = read(Writer(way).write(tmp_path / "s.qdpx", Study(texts)))
    # What looks like a table of speakers is one, and a label is no words of theirs.
    assume(all(turn.speaker.startswith("text ") for turn in of(records, Turn)))
    found: dict[str, str] = {}
    for coding in of(records, Coding):
        found[coding.label] = found.get(coding.label, "") + "".join((coding.quote or "").split())
    assert found == {
        code: "".join(text.text[start:end].split()) for text in texts for start, end, code, _ in text.passages
    }


# Samples.


@pytest.mark.parametrize("name", ["synthetic_links_spec", "synthetic_nvivo_win_shape"])
def test_the_samples_of_the_standard_come_out_exact(name: str) -> None:
    records = read(shared_path("samples", "refi", f"{name}.qdpx"))
    assert len(of(records, Turn)) == 4
    assert [label for label, _, _ in coded(records)] == ["drift", "drift", "no monitoring", "re-train"]
    assert [code.parent for code in of(records, Code) if code.name == "drift"] == ["Issues"]


def test_qualcoders_export_comes_in() -> None:
    records = read(shared_path("samples", "qualcoder", "demo.qdpx"))
    assert {turn.interview for turn in of(records, Turn)} == {"1", "2", "3"}
    assert (len(of(records, Coding)), len(of(records, Code))) == (13, 14)
    assert of(records, Participant)[0].attributes == {"role": "engineer"}
    assert not lost(records)


def test_a_coding_with_several_codes_and_one_of_a_user_who_is_not_there(tmp_path: Path) -> None:
    writer = Writer()
    path = writer.write(tmp_path / "a.qdpx", STUDY)
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("project.qde").decode()
    ada, code = writer.guid("user Ada"), writer.guid("code flat dough")
    two = f'<CodeRef targetGUID="{writer.guid("code thermostat")}"/></Coding>'
    xml = xml.replace(two, two.replace("</Coding>", f'<CodeRef targetGUID="{code}"/></Coding>'))
    xml = xml.replace(f'creatingUser="{ada}"', 'creatingUser="11111111-1111-1111-1111-111111111111"', 1)
    found = coded(read(repacked(path, tmp_path / "b.qdpx", {"project.qde": xml.encode()})))
    assert ("flat dough", "Ada", "bought a new thermostat") in found
    assert ("cold oven", None, "café’s oven 😀 was cold") in found


def test_a_transcript_that_is_a_document_too_is_one_interview(tmp_path: Path) -> None:
    point = f'<SyncPoint guid="s" timeStamp="4000" position="{TALK.index("Ina: The")}"/>'
    tape = (
        '<VideoSource guid="v" name="Talk 7.mp4"><Transcript guid="t">'
        f"<PlainTextContent>{TALK}</PlainTextContent>{point}</Transcript></VideoSource>"
    )
    records = read(Writer().write(tmp_path / "a.qdpx", Study(STUDY.sources, more_sources=tape)))
    assert coded(records) == WORDS
    assert [turn.start for turn in of(records, Turn)] == [None, 4.0, None, None]


def test_a_dated_name_has_the_id_of_its_file(tmp_path: Path) -> None:
    names = ["2023-06-04-Interview 11", "Interview 12 - Anna", "P07.docx"]
    study = Study([Text(name, TALK, []) for name in names])
    assert [s.interview for s in of(read(Writer().write(tmp_path / "a.qdpx", study)), Source)] == [
        "11", "interview-12-anna", "7"
    ]  # fmt: skip


def test_the_texts_of_an_unpacked_project_are_no_transcripts_of_their_own(tmp_path: Path) -> None:
    with zipfile.ZipFile(Writer().write(tmp_path / "a.qdpx", STUDY)) as archive:
        archive.extractall(tmp_path / "out")
    (tmp_path / "out" / "more.txt").write_text(TALK)
    assert [f.path.name for f in find_sources([tmp_path / "out"]).sources] == ["more.txt", "project.qde"]


def test_what_has_no_name_is_called_by_what_it_holds(tmp_path: Path) -> None:
    case = '<Case guid="{}"><Description>kind</Description></Case>'
    found = []
    for n in range(2):
        writer = Writer()
        study = Study([Text("", TALK, PASSAGES)], cases=case.format(writer.guid("case")))
        records = read(writer.write(tmp_path / f"{n}.qdpx", study))
        found.append(([s.interview for s in of(records, Source)], [p.name for p in of(records, Participant)]))
    assert found[0] == found[1]
    assert all(map(bool, found[0][1]))


def test_what_the_graph_has_no_place_for_is_counted(tmp_path: Path) -> None:
    more = '<TableSource guid="t" name="answers"/>'
    rest = '<Sets><Set guid="s" name="Group 1"/><Set guid="r" name="Group 2"/></Sets>'
    path = Writer().write(tmp_path / "a.qdpx", Study(STUDY.sources, more_sources=more, rest=rest))
    assert lost(read(path)) == [
        "parts of the project that kb does not know (Sources/TableSource): 1.",
        "sets of codes, sources or notes: 2.",
    ]
    codes = tmp_path / "c.qdc"
    codes.write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="1" name="A"/></Codes>'
        '<Sets><Set guid="2" name="B"><MemberCode guid="1"/></Set></Sets></CodeBook>'
    )
    assert lost(read(codes)) == ["sets of codes: 1."]


def test_a_case_of_selections_is_who_speaks_in_them(tmp_path: Path) -> None:
    talk = "Interviewer: What went wrong?\nOtto: The oven was cold.\nIna: And the dough was flat.\n"
    writer = Writer()
    passages = [
        passage("oven was cold", "cold oven", text=talk),
        passage("dough was flat", "dough", text=talk),
    ]
    refs = "".join(f'<SelectionRef targetGUID="{writer.guid(f"selection t {n}")}"/>' for n in (0, 0))
    case = f'<Case guid="{writer.guid("case")}" name="The baker">{refs}</Case>'
    records = read(writer.write(tmp_path / "a.qdpx", Study([Text("t", talk, passages)], cases=case)))
    assert of(records, Participant) == [Participant(name="The baker", interview="t", speaker="Otto")]


def test_an_end_after_the_last_line_end_is_the_texts_end(tmp_path: Path) -> None:
    text = "The oven was cold. The dough was flat"
    path = Writer().write(tmp_path / "a.qdpx", Study([Text("t", text, [(19, 37, "dough", "Ada")])]))
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("project.qde").replace(b'endPosition="37"', b'endPosition="39"')
    assert coded(read(repacked(path, tmp_path / "b.qdpx", {"project.qde": xml}))) == [
        ("dough", "Ada", "The dough was flat")
    ]


def recording(points: str, selections: str) -> str:
    return (
        '<AudioSource guid="a" name="tape.mp3" path="internal://tape.mp3"><Transcript guid="t">'
        f"<PlainTextContent>{TALK}</PlainTextContent>{points}{selections}</Transcript></AudioSource>"
    )


def between(code: str, **ends: str) -> str:
    sync = "".join(f' {name}="{guid}"' for name, guid in ends.items())
    return (
        f'<TranscriptSelection guid="{uuid.uuid4()}" name="Clip"{sync}><Coding guid="{uuid.uuid4()}">'
        f'<CodeRef targetGUID="{code}"/></Coding></TranscriptSelection>'
    )


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize("time", ["15000", "15000.0"])
def test_times_where_lines_begin_tell_how_a_transcript_is_counted(
    counted: bool, time: str, tmp_path: Path
) -> None:
    writer = Writer()
    code = writer.guid("code x")
    begins = [0, *(n + 1 for n, char in enumerate(TALK) if char == "\n")]
    points = "".join(
        f'<SyncPoint guid="p{n}" position="{at + n * counted}" timeStamp="{time}"/>'
        for n, at in enumerate(begins)
    )
    chosen = between(code, fromSyncPoint="p1", toSyncPoint="p2") + between(code, fromSyncPoint="p3")
    tape = recording(points, chosen)
    records = read(writer.write(tmp_path / "s.qdpx", Study([], more_sources=tape, parents={"x": "top"})))
    lines = [line.partition(": ")[2] for line in TALK.splitlines()]
    assert [quote for _, _, quote in coded(records)] == [lines[1], lines[3]]
    assert [turn.start for turn in of(records, Turn)] == [15.0] * 4
    assert [n.level for n in of(records, Notice) if "offsets" in n.message] == ["info"]


def test_a_line_is_selected_with_its_end(tmp_path: Path) -> None:
    text = "The oven was cold.\nThe dough was flat.\nWe waited.\nThen we baked.\n"
    lines = [0, *(n + 1 for n, char in enumerate(text) if char == "\n")]
    study = Study([Text("t", text, [(a, b, f"c{a}", "Ada") for a, b in pairwise(lines)])])
    for way in (Way(named=False), Way(named=False, crlf_file=True, crlf_counted=True)):
        records = read(Writer(way).write(tmp_path / "s.qdpx", study))
        assert sorted(quote or "" for _, _, quote in coded(records)) == sorted(text.splitlines())
        assert [n.level for n in of(records, Notice) if "offsets" in n.message] == ["info"]


def test_a_codebook_without_codes_around_them_and_with_sets(tmp_path: Path) -> None:
    path = Writer().write(tmp_path / "a.qdpx", STUDY)
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("project.qde")
    xml = xml.replace(b"<Codes>", b"").replace(b"</Codes>", b'<Sets><Set guid="s" name="g"/></Sets>')
    records = read(repacked(path, tmp_path / "b.qdpx", {"project.qde": xml}))
    assert coded(records) == WORDS
    assert {code.name: code.parent for code in of(records, Code)}["cold oven"] == "Oven"
    assert lost(records) == ["sets of codes, sources or notes: 1."]


def test_an_empty_text_in_the_xml_does_not_hide_that_of_the_archive(tmp_path: Path) -> None:
    path = Writer(Way(named=False)).write(tmp_path / "a.qdpx", STUDY)
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("project.qde").replace(b'.txt">', b'.txt"><PlainTextContent/>')
    assert coded(read(repacked(path, tmp_path / "b.qdpx", {"project.qde": xml}))) == WORDS


@pytest.mark.parametrize("elements", ["<Link/>", '<Code guid="1" name="a"/>', "<Other><a/></Other>"])
def test_a_project_of_countless_elements_is_refused(
    elements: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.text.refi.MAX_ELEMENTS", 10_000)
    study = Study(STUDY.sources, rest=f"<Things>{elements * 10_000}</Things>")
    with pytest.raises(InputError, match="more elements than a project has"):
        read(Writer().write(tmp_path / "a.qdpx", study))


def test_a_link_both_ways_is_two_relations_whatever_it_is_called(tmp_path: Path) -> None:
    writer = Writer()
    ends = [writer.guid("code cold oven"), writer.guid("code flat dough")]
    link = (
        f'<Link guid="l" name="contradicts" direction="Bidirectional" originGUID="{ends[0]}" '
        f'targetGUID="{ends[1]}"/>'
    )
    records = read(writer.write(tmp_path / "a.qdpx", Study(STUDY.sources, links=link)))
    assert [(r.kind, r.start.code, r.end.code) for r in of(records, Relation)] == [
        ("contradicts", "cold oven", "flat dough"),
        ("contradicts", "flat dough", "cold oven"),
    ]


def test_codes_that_cannot_be_told_apart_are_named(tmp_path: Path) -> None:
    path = tmp_path / "c.qdc"
    path.write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="1" name="A">'
        '<Code guid="2" name="x"/><Code guid="3" name="x"/></Code></Codes></CodeBook>'
    )
    assert [n.message for n in of(read(path), Notice)] == [
        "codes of one name at one place are taken as one: x."
    ]


CARELESS = "I a the data feed broke nobody checked café 😀 naïve don’t “missing” U.S. 3.5 co-op עברית 漢字"


@pytest.mark.parametrize(
    "name", ["characters", "ATLAS.ti", "NVivo", "text in the XML, counted as on Windows"]
)
def test_words_selected_without_care_are_exact_or_doubted(name: str, tmp_path: Path) -> None:
    way = Way(**{**vars(WAYS[name]), "named": False})
    chance = random.Random(name)
    wrong = 0
    for n in range(60):
        lines = [" ".join(chance.choices(CARELESS.split(), k=chance.randrange(3, 20))) for _ in range(9)]
        text = "\n".join(lines)
        passages = []
        for m in range(chance.randrange(1, 4)):
            words = list(re.finditer(r"\S+", text))
            first = chance.randrange(len(words))
            last = min(first + chance.randrange(9), len(words) - 1)
            begin, end = words[first].start(), words[last].end()
            end = min(len(text), end + 1) if chance.random() < 0.3 else end  # with the blank after it
            passages.append((begin, end, f"code {m}", "Ada"))
        records = read(Writer(way).write(tmp_path / f"{n}.qdpx", Study([Text("t", text, passages)])))
        found: dict[str, str] = {}
        for coding in of(records, Coding):
            found[coding.label] = found.get(coding.label, "") + "".join((coding.quote or "").split())
        if found != {code: "".join(text[a:b].split()) for a, b, code, _ in passages}:
            wrong += 1
            assert any(r.level == "warning" and "not sure" in r.message for r in of(records, Notice))
    assert wrong <= 6


def test_a_note_that_a_link_joins_with_something_is_on_it(tmp_path: Path) -> None:
    writer = Writer()
    ends = ("code cold oven", "selection Talk 7.docx 1", "source Talk 7.docx", "nothing")
    notes = "".join(
        f'<Note guid="n{n}"><PlainTextContent>on {end}</PlainTextContent></Note>'
        for n, end in enumerate(ends)
    )
    links = "".join(
        f'<Link guid="l{n}" name="" originGUID="{a}" targetGUID="{b}"/>'
        for n, (a, b) in enumerate(
            ((f"n{n}", writer.guid(end)) if n % 2 else (writer.guid(end), f"n{n}"))
            for n, end in enumerate(ends)
        )
    )
    records = read(writer.write(tmp_path / "a.qdpx", Study(STUDY.sources, notes=notes, links=links)))
    assert {memo.text: (memo.code, memo.quote, memo.interview) for memo in of(records, Memo)} == {
        "on code cold oven": ("cold oven", None, None),
        "on selection Talk 7.docx 1": (None, "the dough did not rise", None),
        "on source Talk 7.docx": (None, None, "talk-7"),
        "on nothing": (None, None, None),
    }
    assert lost(records) == ["links of sources, notes or things that are not in the file: 1."]


def test_a_name_that_is_the_words_says_more_than_edges_of_a_text_of_one_letter(tmp_path: Path) -> None:
    text = "aaaaaa\naaaaaaaaaaaaaaaaa\naaa  \naa"
    study = Study([Text("t", text, [(0, 32, "x", "Ada"), (24, 29, "y", "Ada")])])
    records = read(Writer(Way(crlf_counted=True)).write(tmp_path / "s.qdpx", study))
    assert sum(len(quote or "") for label, _, quote in coded(records) if label == "x") == 27
