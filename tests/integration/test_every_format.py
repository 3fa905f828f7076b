"""One study, coded once, carried through every format that can hold it, and back.

What a format holds is compared part by part: who says what, which words have which code by whom, who
states which relation, what is known of whom. What it has no place for is in `SHORT`. From each of them the
study goes out as a REFI-QDA project, as a workbook of Causal Map and as JSON Lines, and comes back as the
same one, by its digest, or with what was left out told by its number. It is invented: talks on a ferry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from kb.cli.app import app
from kb.codebook import load_codebook
from kb.export.causal_map import export_causal_map
from kb.export.project import write_project
from kb.ingest.load import Options, load
from kb.ingest.overrides import Overrides
from kb.ingest.report import LoadReport
from kb.store.bolt import Store
from kb.store.digest import digest, study_digest
from tests.integration.graph_check import check_graph
from tests.refi_factory import Source as RefiText
from tests.refi_factory import Study, Way, Writer
from tests.sheets import write_csv, write_xlsx
from tests.unit import projects

TALKS = {
    "21": [
        ("Interviewer 1", "What keeps the ferry at the pier?"),
        ("Interviewee", "Mostly the ramp. Salt gets into the hinge, and then the ramp jams 😀."),
        ("Interviewer 1", "And what do you do about it?"),
        ("Interviewee", "We grease the hinge every morning — “belt and braces”, as Otto says."),
    ],
    "22": [
        ("Interviewer 1", "What do you see from the bridge?"),
        ("Interviewee 1", "When the ramp jams we leave late, and then we race; racing wears out the engine."),
        ("Interviewee 2", "Nobody tells the passengers, so they are angry."),
        ("Interviewee 1", "Ja. The engine, über all the years, is what costs us."),
    ],
}
# Turn, its words, code, coder; the last one runs over two turns.
CODINGS = [
    ("21", 1, "Salt gets into the hinge", "salt", "Ada"),
    ("21", 1, "the ramp jams", "ramp stuck", "Ada"),
    ("21", 1, "the ramp jams", "ramp stuck", "Ben"),
    ("21", 3, "We grease the hinge every morning", "grease", "Ben"),
    ("22", 1, "we leave late", "delay", "Ada"),
    ("22", 1, "racing wears out the engine", "engine worn", "Ada"),
    ("22", 2, "Nobody tells the passengers", "silence", "Ben"),
    ("22", 3, "The engine, über all the years, is what costs us", "engine worn", "Ben"),
]
# Kind, from, to; where it is said.
RELATIONS = [
    ("causes", "salt", "ramp stuck", "21", 1, "Salt gets into the hinge, and then the ramp jams"),
    ("causes", "ramp stuck", "delay", "22", 1, "When the ramp jams we leave late"),
    ("causes", "delay", "engine worn", "22", 1, "then we race; racing wears out the engine"),
    ("fixes", "ramp stuck", "grease", "21", 3, "We grease the hinge every morning"),
]
# Who they are: interview, label, years, place.
PEOPLE = {
    "Ina": ("21", "Interviewee", "4", "deck"),
    "Otto": ("22", "Interviewee 1", "31", "bridge"),
    "Uma": ("22", "Interviewee 2", "9", "deck"),
}
CODES = sorted({code for *_, code, _ in CODINGS})


class Facts(NamedTuple):
    """What is in a graph, in the terms of the study."""

    turns: set[tuple[Any, ...]]
    codings: set[tuple[Any, ...]]
    relations: set[tuple[Any, ...]]
    claims: set[tuple[Any, ...]]
    people: set[tuple[Any, ...]]


STUDY = Facts(
    {
        (interview, n, who, "interviewer" if who == "Interviewer 1" else "interviewee", text)
        for interview, turns in TALKS.items()
        for n, (who, text) in enumerate(turns)
    },
    set(CODINGS),
    {(kind, a, b) for kind, a, b, *_ in RELATIONS},
    {(kind, a, b, f"{i}/{TALKS[i][n][0]}", words) for kind, a, b, i, n, words in RELATIONS},
    {(who, value) for who, (_, _, *values) in PEOPLE.items() for value in values},
)


def facts(store: Store) -> Facts:
    def rows(query: str) -> set[tuple[Any, ...]]:
        return {tuple(row.values()) for row in store.read(query).rows}

    claims = set()
    for kind, (start, end) in {"causes": ("CAUSE", "EFFECT"), "fixes": ("ISSUE", "FIX")}.items():
        claims |= rows(
            f"MATCH (a)<-[:ABOUT_{start}]-(c:Claim {{kind: '{kind}'}})-[:ABOUT_{end}]->(b), "
            "(c)-[r:EVIDENCED_BY]->(t:Turn) "
            "RETURN c.kind, a.name, b.name, c.person, coalesce(r.quote, t.text)"
        )
    related = rows("MATCH (a)-[r:RELATED_TO]->(b) RETURN r.name, a.name, b.name")
    return Facts(
        rows("MATCH (t:Turn) RETURN t.interview, t.index, t.speaker, t.role, t.text"),
        rows(
            "MATCH (t:Turn)-[r:CODED_AS]->(c:Concept) "
            "RETURN t.interview, t.index, coalesce(r.quote, t.text), c.name, r.coder"
        ),
        related | {claim[:3] for claim in claims},
        claims,
        rows("MATCH (p:Participant)-[v:HAS_VALUE]->(:Variable) RETURN p.name, toString(v.value)"),
    )


# --- The study as each tool keeps it ----------------------------------------------------------


def text_of(interview: str) -> str:
    return "\n\n".join(f"{who}: {text}" for who, text in TALKS[interview]) + "\n"


def transcripts(folder: Path) -> list[Path]:
    paths = []
    for interview in TALKS:
        paths.append(folder / f"Interview {interview}.txt")
        paths[-1].write_text(text_of(interview), encoding="utf-8")
    return paths


def passages() -> list[list[str]]:
    header = ["Document", "Quotation Content", "Codes", "Created by"]
    return [header, *([f"Interview {i}", words, code, who] for i, _, words, code, who in CODINGS)]


def relations() -> list[list[str]]:
    rows = [["Interview", "Cause", "Effect", "Issue", "Fix", "Quote"]]
    for kind, start, end, interview, _, words in RELATIONS:
        ends = [start, end, "", ""] if kind == "causes" else ["", "", start, end]
        rows.append([interview, *ends, words])
    return rows


def people() -> list[list[str]]:
    return [["interview", "speaker", "name", "years", "place"],
            *([i, label, who, *values] for who, (i, label, *values) in PEOPLE.items())]  # fmt: skip


def as_csv(folder: Path) -> tuple[list[Path], Options]:
    """Transcripts with tables, as a spreadsheet saves them in Germany."""
    found = transcripts(folder)
    found.append(write_csv(folder / "coded.csv", passages(), ";", "utf-16"))
    found.append(write_csv(folder / "why.csv", relations()))
    return found, Options(participants=(write_csv(folder / "people.csv", people()),))


def as_xlsx(folder: Path) -> tuple[list[Path], Options]:
    found = transcripts(folder)
    found.append(write_xlsx(folder / "coded.xlsx", {"Quotations": passages()}))
    found.append(write_xlsx(folder / "why.xlsx", {"Why": relations()}))
    return found, Options(participants=(write_xlsx(folder / "people.xlsx", {"People": people()}),))


def as_columns(folder: Path) -> tuple[list[Path], Options]:
    """A transcript in columns, a table of passages beside it."""
    rows = [["Interview", "Speaker", "Text"]]
    rows += [[f"Interview {i}", who, text] for i, turns in TALKS.items() for who, text in turns]
    found = [write_csv(folder / "talks.tsv", rows, "\t"), write_csv(folder / "coded.csv", passages())]
    return found, Options()


def as_delve(folder: Path) -> tuple[list[Path], Options]:
    """The text conversion, a file for each interview and coder: codes beneath their turns."""
    paths = []
    for interview, turns in TALKS.items():
        for coder in ("Ada", "Ben"):
            lines = [f"# Interview {interview} - {coder}"]
            for n, (who, text) in enumerate(turns):
                lines += [f"### {who}", text]
                lines += [code for i, m, _, code, by in CODINGS if (i, m, by) == (interview, n, coder)]
            paths.append(folder / f"Interview {interview} - {coder}.md")
            paths[-1].write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    book = write_csv(folder / "codes.csv", [["label", "kind"], *([code, "topic"] for code in CODES)])
    codebook = load_codebook(book)
    return paths, Options(Overrides(codes=tuple(codebook.canonical_of)), codebook=codebook)


def as_taguette(folder: Path) -> tuple[list[Path], Options]:
    documents = {f"Interview {i}": [f"{who}: {text}" for who, text in turns] for i, turns in TALKS.items()}
    highlights = [(f"Interview {i}", words, [code], who) for i, _, words, code, who in CODINGS]
    tags = dict.fromkeys(CODES, "")
    return [projects.taguette(folder / "ferry.sqlite3", documents, highlights, tags)], Options()


def as_qualcoder(folder: Path) -> tuple[list[Path], Options]:
    files = {f"Interview {i}.txt": text_of(i) for i in TALKS}
    codings = [(f"Interview {i}.txt", words, code, who) for i, _, words, code, who in CODINGS]
    number = {code: n for n, code in enumerate(CODES, 1)}
    more: list[tuple[str, dict[str, Any]]] = [
        ("attribute_type", {"name": "years", "caseOrFile": "case", "valuetype": "numeric"}),
        ("attribute_type", {"name": "place", "caseOrFile": "case", "valuetype": "character"}),
    ]
    for n, (who, (interview, label, years, place)) in enumerate(PEOPLE.items(), 1):
        text = files[f"Interview {interview}.txt"]
        more.append(("cases", {"caseid": n, "name": who}))
        for speaker, said in TALKS[interview]:
            if speaker == label:
                at = text.index(said)
                file = list(TALKS).index(interview) + 1
                more.append(("case_text", {"caseid": n, "fid": file, "pos0": at, "pos1": at + len(said)}))
        more += [("attribute", {"name": name, "attr_type": "case", "value": value, "id": n})
                 for name, value in (("years", years), ("place", place))]  # fmt: skip
    for kind, start, end, *_ in RELATIONS:
        line = {"fromcid": number[start], "tocid": number[end], "label": kind}
        if kind == "fixes":
            line = {"fromcid": number[end], "tocid": number[start], "label": kind}
        more.append(("gr_cdct_line_item", line))
    return [projects.qualcoder(folder / "ferry.qda", files, CODES, codings, more)], Options()


def as_refi(way: Way) -> Callable[[Path], tuple[list[Path], Options]]:
    """A project as another program writes it; its links join the passages that state the relation."""

    def write(folder: Path) -> tuple[list[Path], Options]:
        writer = Writer(way)
        sources, links = [], ""
        for interview in TALKS:
            text, name = text_of(interview), f"Interview {interview}"
            spans = [(text.index(words), text.index(words) + len(words), code, who)
                     for i, _, words, code, who in CODINGS if i == interview]  # fmt: skip
            sources.append(RefiText(name, text, spans))
        for kind, *ends, _, _, _ in RELATIONS:
            start, end = (writer.guid(f"code {code}") for code in (ends[::-1] if kind == "fixes" else ends))
            link = writer.guid(f"link {start} {end}")
            links += f'<Link guid="{link}" name="{kind}" originGUID="{start}" targetGUID="{end}"/>'
        return [writer.write(folder / "ferry.qdpx", Study(sources, links=links))], Options()

    return write


FORMATS: dict[str, Callable[[Path], tuple[list[Path], Options]]] = {
    "tables as CSV": as_csv,
    "tables as Excel": as_xlsx,
    "a transcript in columns": as_columns,
    "Delve's text": as_delve,
    "Taguette": as_taguette,
    "QualCoder": as_qualcoder,
    "REFI-QDA": as_refi(Way()),
    "REFI-QDA as NVivo counts": as_refi(Way("utf-16", crlf_file=True, crlf_counted=True, bom=True)),
}


def fresh(store: Store, paths: Sequence[Path], options: Options | None = None) -> LoadReport:
    store.write("MATCH (n) DETACH DELETE n")
    store._schema_done = False
    report = load(store, list(paths), options or Options())
    failed = [source.error for source in report.sources if source.error]
    assert not failed, failed
    check_graph(store)
    return report


# --- Into the graph, and back ------------------------------------------------------------------

CLAIMS = "claims"
# What a format has no place for: parts of `Facts`; "words" where its codes are on whole turns.
SHORT = {
    "tables as CSV": set(),
    "tables as Excel": set(),
    "a transcript in columns": {"relations", CLAIMS, "people"},
    "Delve's text": {"words", "relations", CLAIMS, "people"},
    "Taguette": {"relations", CLAIMS, "people"},
    "QualCoder": {CLAIMS},
    "REFI-QDA": {CLAIMS, "people"},
    "REFI-QDA as NVivo counts": {CLAIMS, "people"},
}


def expected(short: set[str]) -> Facts:
    study = STUDY._replace(**{name: set() for name in short & set(Facts._fields)})
    if "words" not in short:
        return study
    whole = {(i, n, TALKS[i][n][1], code, who) for i, n, _, code, who in CODINGS}
    return study._replace(codings=whole)


def is_the_study(found: Facts, wanted: Facts) -> None:
    for name in Facts._fields:
        assert getattr(found, name) == getattr(wanted, name), name


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_brings_in_the_study_and_it_goes_out_and_comes_back(
    name: str, store: Store, tmp_path: Path
) -> None:
    there, out = tmp_path / "in", tmp_path / "out"
    there.mkdir()
    out.mkdir()
    paths, options = FORMATS[name](there)
    report = fresh(store, paths, options)
    is_the_study(facts(store), expected(SHORT[name]))
    assert [item.message for item in report.not_placed if item.level == "lost"] == []
    study, whole = study_digest(store), digest(store)

    # As a project for another tool: nothing is lost, so nothing is told as lost.
    written = write_project(store, out / "study.qdpx")
    assert [what for what, n in written.lost.items() if n] == []
    told: list[str] = []
    mapped = CLAIMS not in SHORT[name] or "relations" not in SHORT[name]
    if mapped:
        export_causal_map(store, out / "map.xlsx", told.append)

    # By way of its records it is the same to the last property.
    book = ["--codebook", str(there / "codes.csv")] if options.codebook else []
    run = CliRunner().invoke(app, ["parse", *map(str, paths), *book])
    assert run.exit_code == 0, run.stderr
    (out / "study.jsonl").write_text(run.stdout, encoding="utf-8")
    fresh(store, [out / "study.jsonl"], options)
    assert digest(store) == whole

    fresh(store, [out / "study.qdpx"], Options(codebook=options.codebook))
    assert study_digest(store) == study

    if mapped:  # which holds what is said and what causes what, and tells the rest
        fresh(store, [out / "map.xlsx"])
        found, wanted = facts(store), expected(SHORT[name] | {"codings"})
        people = {(who, value) for who, value in wanted.people if who != "Uma"}
        is_the_study(found, wanted._replace(people=people))
        lost = [f"not in a causal map: codings: {len(CODINGS)}."]
        if people:  # a source is one participant's
            lost.insert(0, "not in a causal map: participants of an interview beside its first: 1.")
        assert told == lost


def test_formats_that_hold_the_same_are_the_same_study(store: Store, tmp_path: Path) -> None:
    """Whichever tool the study comes from: the part of it that both hold has one digest."""
    found: dict[str, str] = {}
    for name in ("tables as CSV", "tables as Excel", "REFI-QDA", "REFI-QDA as NVivo counts"):
        folder = tmp_path / name
        folder.mkdir()
        paths, options = FORMATS[name](folder)
        fresh(store, paths, options)
        found[name] = study_digest(store)
    assert found["tables as CSV"] == found["tables as Excel"]
    assert found["REFI-QDA"] == found["REFI-QDA as NVivo counts"]


def test_passages_found_in_their_transcript_go_out_with_their_words(store: Store, tmp_path: Path) -> None:
    """Of a table of quotes the graph knows the place of each, which the project names, too."""
    over = "and then we race; racing wears out the engine.\nNobody tells the passengers"
    rows = [["Interview", "Cause", "Effect", "Quote"], ["22", "racing", "anger", over]]
    noted = [
        ["Document", "Quote", "Codes", "Comment"],
        ["Interview 22", "we leave late", "delay", "how late?"],
    ]
    paths = [*transcripts(tmp_path), write_csv(tmp_path / "why.csv", rows),
             write_csv(tmp_path / "noted.csv", noted)]  # fmt: skip
    fresh(store, paths)
    claims = {words for *_, words in facts(store).claims}
    assert claims == {"and then we race; racing wears out the engine.", "Nobody tells the passengers"}
    memo = "MATCH (m:Memo)-[r:ON_TURN]->(t:Turn) RETURN m.text AS memo, r.quote AS quote"
    assert store.read(memo).rows == [{"memo": "how late?", "quote": "we leave late"}]
    study = study_digest(store)
    written = write_project(store, tmp_path / "out.qdpx")
    assert not any(written.lost.values())
    fresh(store, [tmp_path / "out.qdpx"])
    assert {words for *_, words in facts(store).claims} == claims
    assert store.read(memo).rows == [{"memo": "how late?", "quote": "we leave late"}]
    assert study_digest(store) == study


def test_what_a_statement_over_many_turns_loses_is_told(store: Store, tmp_path: Path) -> None:
    over = " ".join(text for _, text in TALKS["22"])
    rows = [["Interview", "Cause", "Effect", "Quote"], ["22", "racing", "anger", over]]
    fresh(store, [*transcripts(tmp_path), write_csv(tmp_path / "why.csv", rows)])
    assert len(facts(store).claims) == 4
    written = write_project(store, tmp_path / "out.qdpx")
    assert [n for what, n in written.lost.items() if "between its first and its last" in what] == [2]
