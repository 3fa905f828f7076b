"""A study of another tool in the graph, out as a REFI-QDA project, and back; on both engines."""

from __future__ import annotations

import random
import re
import uuid
import zipfile
from pathlib import Path

import pytest

from kb.codebook import load_codebook
from kb.errors import ExportError
from kb.export.project import write_project
from kb.ingest.load import Options, load
from kb.ingest.report import LoadReport
from kb.store.bolt import Store
from kb.store.digest import digest, study_digest, study_lines
from tests.refi_factory import Source as Text
from tests.refi_factory import Study, Way, Writer
from tests.shared import ROOT, shared_path
from tests.unit.test_refi import PASSAGES, TALK

SURVEY = "I bake at home 🥖.\n\nMy oven is old, so the crust is pale."


def study(writer: Writer) -> Study:
    """All that a project can hold and the graph can, too."""
    code = {name: writer.guid(f"code {name}") for name in ("cold oven", "flat dough", "thermostat")}
    selection = [writer.guid(f"selection Talk 7 {n}") for n in range(4)]
    years, note, other, third = (writer.guid(name) for name in ("years", "note", "other", "third"))

    def link(name: str, start: str, end: str, inside: str = "") -> str:
        ends = f'originGUID="{start}" targetGUID="{end}"'
        return f'<Link guid="{writer.guid(name + start + end)}" name="{name}" {ends}>{inside}</Link>'

    return Study(
        [
            Text("Talk 7", TALK, [*PASSAGES], f'<NoteRef targetGUID="{note}"/>'),
            Text("Anna’s answer", SURVEY, [(0, 14, "home", "Ben"), (10, 46, "old oven", "Ada")]),
        ],
        parents={"cold oven": "Oven", "old oven": "Oven", "unused": "Oven"},
        colours={"Oven": "#a1b2c3"},
        variables=f'<Variable guid="{years}" name="years" typeOfVariable="Integer"/>',
        cases=f'<Case guid="{writer.guid("case")}" name="Ina"><Description>kind</Description><VariableValue>'
        f'<VariableRef targetGUID="{years}"/><IntegerValue>12</IntegerValue></VariableValue>'
        f'<SourceRef targetGUID="{writer.guid("source Talk 7")}"/></Case>',
        notes=f'<Note guid="{note}" name="First"><PlainTextContent>loud room</PlainTextContent></Note>'
        f'<Note guid="{other}"><PlainTextContent>on the study</PlainTextContent></Note>'
        f'<Note guid="{third}"><PlainTextContent>why so</PlainTextContent></Note>',
        links=link("causes", code["cold oven"], code["flat dough"], f'<NoteRef targetGUID="{third}"/>')
        + link("leads to", selection[0], selection[1])
        + link("fixes", selection[2], selection[3])
        + link("reminds of", selection[1], selection[3]),
    )


def into(store: Store, path: Path, **options: object) -> LoadReport:
    store.write("MATCH (n) DETACH DELETE n")
    report = load(store, [path], Options(**options))  # type: ignore[arg-type]
    assert not [source.error for source in report.sources if source.error]
    return report


def test_a_project_comes_back_as_it_went_out(store: Store, tmp_path: Path) -> None:
    writer = Writer(Way("utf-16", crlf_file=True, crlf_counted=True, bom=True))
    into(store, writer.write(tmp_path / "bakery.qdpx", study(writer)))
    before, said = digest(store), study_digest(store)
    claims = store.read("MATCH (c:Claim {basis: 'analyst'}) RETURN count(c) AS n").rows[0]["n"]
    assert claims == 2
    (tmp_path / "out").mkdir()
    written = write_project(store, tmp_path / "out" / "bakery.qdpx")
    assert not any(written.lost.values())
    into(store, tmp_path / "out" / "bakery.qdpx")
    assert digest(store) == before
    again = write_project(store, tmp_path / "elsewhere.qdpx")
    assert again == written
    into(store, tmp_path / "elsewhere.qdpx")
    assert study_digest(store) == said
    assert digest(store) != before  # its sources are of another file


def test_without_what_kb_keeps_beside_it_a_project_still_has_its_codings(
    store: Store, tmp_path: Path
) -> None:
    writer = Writer()
    into(store, writer.write(tmp_path / "bakery.qdpx", study(writer)))
    wanted = codings(store)
    write_project(store, tmp_path / "out.qdpx")
    with zipfile.ZipFile(tmp_path / "out.qdpx") as old, zipfile.ZipFile(tmp_path / "b.qdpx", "w") as new:
        for name in old.namelist():
            if name != "kb.json":
                new.writestr(name, old.read(name))
    into(store, tmp_path / "b.qdpx")
    assert codings(store) == wanted


def codings(store: Store) -> list[tuple[str, ...]]:
    rows = store.read(
        "MATCH (t:Turn)-[r:CODED_AS]->(c) RETURN t.text AS text, r.coder AS coder, r.label AS label, "
        "coalesce(r.quote, t.text) AS quote"
    ).rows
    return sorted(tuple(row.values()) for row in rows)


def test_coded_transcripts_come_back_as_the_same_study(store: Store, tmp_path: Path) -> None:
    load(store, [ROOT / "data" / "interviews"], Options())
    said = study_digest(store)
    written = write_project(store, tmp_path / "study.qdpx")
    # Statements of relations files are not carried, and told so; they come from their files again.
    assert [count for what, count in written.lost.items() if "relations files" in what] == [64]
    store.write("MATCH (n) DETACH DELETE n")
    load(store, [tmp_path / "study.qdpx"], Options())
    assert study_digest(store) == said


def test_fresh_guids_another_order_and_dates_change_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    one, two = Writer(), Writer(Way(braces=True, upper=True))
    into(store, one.write(tmp_path / "bakery.qdpx", study(one)))
    before = digest(store)
    other = study(two)
    other.sources.reverse()
    for source in other.sources:
        random.Random(1).shuffle(source.passages)
    # The selections are numbered by the factory, so the links name them by their words' place.
    order = {words: n for n, words in enumerate(other.sources[1].passages)}
    numbers = [order[words] for words in PASSAGES]
    for n, new in enumerate(numbers):
        other.links = other.links.replace(two.guid(f"selection Talk 7 {n}"), f"@{new}@")
    other.links = re.sub(r"@(\d)@", lambda m: two.guid(f"selection Talk 7 {m[1]}"), other.links)
    path = two.write(tmp_path / "again" / "bakery.qdpx", other)
    report = load(store, [path], Options())
    assert {source.status for source in report.sources} == {"unchanged"}
    into(store, path)
    assert digest(store) == before


def test_a_damaged_project_leaves_the_graph_as_it_was(store: Store, tmp_path: Path) -> None:
    writer = Writer()
    path = writer.write(tmp_path / "bakery.qdpx", study(writer))
    into(store, path)
    before = digest(store)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    report = load(store, [path], Options())
    assert [source.status for source in report.sources] == ["failed"]
    assert digest(store) == before


def test_what_goes_out_is_valid_and_shows_the_causes(store: Store, tmp_path: Path) -> None:
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(file=str(shared_path("samples", "xsd", "Project.xsd")))
    writer = Writer()
    into(store, writer.write(tmp_path / "bakery.qdpx", study(writer)))
    write_project(store, tmp_path / "out.qdpx")
    with zipfile.ZipFile(tmp_path / "out.qdpx") as archive:
        project = etree.fromstring(archive.read("project.qde"))
        texts = [name for name in archive.namelist() if name.startswith("sources/")]
    schema.assertValid(project)
    assert len(texts) == 2
    space = {"q": "urn:QDA-XML:project:1.0"}
    names = {code.get("guid"): code.get("name") for code in project.iterfind(".//q:Code", space)}
    links = {
        (link.get("name"), names.get(link.get("originGUID")), names.get(link.get("targetGUID")))
        for link in project.iterfind(".//q:Link", space)
    }
    assert ("causes", "cold oven", "flat dough") in links
    assert ("is fixed by", "cold oven", "thermostat") in links
    assert {user.get("name") for user in project.iterfind(".//q:User", space)} == {"Ada", "Ben"}
    assert all(uuid.UUID(guid) for guid in names)


def test_statements_of_interviews_go_out_as_links_of_codes(store: Store, tmp_path: Path) -> None:
    etree = pytest.importorskip("lxml.etree")
    load(store, [ROOT / "data" / "interviews"], Options())
    pairs = store.read("MATCH (a)-[r:CAUSES]->(b) RETURN a.name AS a, b.name AS b").rows
    assert pairs
    written = write_project(store, tmp_path / "out.qdpx")
    assert any(written.lost.values())
    with zipfile.ZipFile(tmp_path / "out.qdpx") as archive:
        project = etree.fromstring(archive.read("project.qde"))
    schema = shared_path("samples", "xsd", "Project.xsd")
    etree.XMLSchema(file=str(schema)).assertValid(project)
    space = {"q": "urn:QDA-XML:project:1.0"}
    names = {code.get("guid"): code.get("name") for code in project.iterfind(".//q:Code", space)}
    shown = {
        (names.get(link.get("originGUID")), names.get(link.get("targetGUID")))
        for link in project.iterfind(".//q:Link[@name='causes']", space)
    }
    assert shown == {(pair["a"], pair["b"]) for pair in pairs}


def test_codes_go_out_as_a_codebook_and_come_back(store: Store, tmp_path: Path) -> None:
    etree = pytest.importorskip("lxml.etree")
    writer = Writer()
    into(store, writer.write(tmp_path / "bakery.qdpx", study(writer)))
    tree = "MATCH (a)-[:CHILD_OF]->(b) RETURN a.name AS a, b.name AS b ORDER BY a, b"
    before = store.read(tree).rows
    assert before
    write_project(store, tmp_path / "codes.qdc")
    schema = shared_path("samples", "xsd", "Codebook.xsd")
    etree.XMLSchema(file=str(schema)).assertValid(etree.parse(tmp_path / "codes.qdc"))
    into(store, tmp_path / "codes.qdc")
    assert store.read(tree).rows == before
    book = load_codebook(tmp_path / "codes.qdc")
    assert {"cold oven", "unused"} <= set(book.entries)
    assert book.entries["cold oven"].category == "Oven"


def test_an_empty_graph_and_another_ending_are_told(store: Store, tmp_path: Path) -> None:
    for name, said in (("a.qdpx", "no interview"), ("a.qdc", "no code"), ("a.xyz", "no project goes by")):
        with pytest.raises(ExportError, match=said):
            write_project(store, tmp_path / name)
        assert not (tmp_path / name).exists()


def test_qualcoders_own_project_and_its_export_are_the_same_study(store: Store) -> None:
    """But for memos, of which the export tells less, and lines of graphs, which it leaves out."""
    found = []
    for name in ("demo.qda", "demo.qdpx"):
        store.write("MATCH (n) DETACH DELETE n")
        load(store, [shared_path("samples", "qualcoder", name)], Options())
        found.append(
            {line for line in study_lines(store) if '"Memo"' not in line and "RELATED_TO" not in line}
        )
    assert found[0] == found[1]
    assert any('"CODED_AS"' in line for line in found[0])
