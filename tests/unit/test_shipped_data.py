"""The shipped sample interviews and relations: read by the loaders, and telling what they are for."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from kb.records import AnyRecord, Coding, Notice, Source, Turn, turn_id
from kb.relations import RelationsFile, find_all, load_relations, relations_files, unknown_names
from loaders import loaders
from tests.shared import ROOT, shared_path

INTERVIEWS = sorted((ROOT / "data" / "interviews").iterdir())
RELATIONS = relations_files(ROOT / "data" / "relations")
SAMPLES = [path for path in RELATIONS if path.name.startswith("sample-")]
CHAIN = ("Data-no-signal", "MT-overfitting", "MD-performance-drop")
STITCHED = (
    "friction-separated-teams",
    "Data-metadata-issue",
    "Data-integration-issues",
    "MD-performance-drop",
)


@cache
def records(path: Path) -> tuple[AnyRecord, ...]:
    loader = next(loader for loader in loaders() if loader.detect(path))
    return tuple(loader.parse(path))


def turns_of(path: Path) -> list[Turn]:
    return [record for record in records(path) if isinstance(record, Turn)]


def codings_of(path: Path) -> list[Coding]:
    return [record for record in records(path) if isinstance(record, Coding)]


def interview_of(path: Path) -> Source:
    first = records(path)[0]
    assert isinstance(first, Source)
    return first


@cache
def relations(path: Path) -> RelationsFile:
    return load_relations(path)


def tellers(*names: str) -> list[set[str]]:
    """For each link of a chain, the sample interviews that tell it."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path in SAMPLES:
        for relation in relations(path).relations:
            if relation.kind == "causes":
                told[relation.start.name, relation.end.name].add(relation.interview)
    return [told[link] for link in pairwise(names)]


def test_the_samples_cover_the_forms_that_loaders_read() -> None:
    found = {
        (interview_of(path).interview, interview_of(path).format, interview_of(path).coder)
        for path in INTERVIEWS
    }
    assert found == {
        ("901", "delve-text", "Ada"),
        ("901", "delve-text", "Ben"),
        ("902", "delve-text", "Ada"),
        ("903", "delve-text", "Ben"),
        ("904", "transcript", None),
        ("905", "captions", None),
    }


@pytest.mark.parametrize("path", INTERVIEWS, ids=lambda path: path.name)
def test_a_sample_is_read_without_loss(path: Path) -> None:
    turns = turns_of(path)
    assert 25 <= len(turns) <= 60
    assert all(turn.role for turn in turns)
    assert {turn.role for turn in turns} == {"interviewer", "interviewee"}
    assert [r.message for r in records(path) if isinstance(r, Notice) and r.level == "lost"] == []
    assert bool(codings_of(path)) == (interview_of(path).coder is not None)


def test_both_coders_of_901_read_the_same_turns_and_code_some_differently() -> None:
    ada, ben = (path for path in INTERVIEWS if interview_of(path).interview == "901")
    assert len(turns_of(ada)) == len(turns_of(ben))
    pairs = zip(turns_of(ada), turns_of(ben), strict=True)
    differing = [(a.text, b.text) for a, b in pairs if a.text != b.text]
    assert len(differing) == 1  # the anonymised name
    codes_a, codes_b = ({(c.turn, c.label) for c in codings_of(path)} for path in (ada, ben))
    assert len(codes_a & codes_b) > len(codes_a ^ codes_b) > 5


def test_902_has_two_interviewees() -> None:
    (path,) = (path for path in INTERVIEWS if interview_of(path).interview == "902")
    assert {turn.speaker for turn in turns_of(path) if turn.role == "interviewee"} == {
        "Interviewee 1",
        "Interviewee 2",
    }


@pytest.mark.parametrize("path", INTERVIEWS, ids=lambda path: path.name)
def test_every_quote_of_a_sample_is_found_once_and_exactly(path: Path) -> None:
    interview = interview_of(path).interview
    file = relations(ROOT / "data" / "relations" / f"sample-{interview}.yaml")
    findings = find_all(file, {interview: turns_of(path)})
    assert [str(error) for error in findings.errors] == []
    assert findings.absent == ()
    assert len(findings.found) == len(file.relations) > 0
    assert all(match.exact for evidence in findings.found for match in evidence.passages)


def test_one_chain_is_told_whole_and_one_only_stitched() -> None:
    whole = tellers(*CHAIN)
    assert all(whole)
    assert "901" in set.intersection(*whole)
    stitched = tellers(*STITCHED)
    assert all(stitched)
    assert not set.intersection(*stitched)


def test_one_interview_tells_a_circle() -> None:
    circle = ("Data-low-quality", "MT-predictions-low-quality", "people overriding the forecast by hand")
    assert set.intersection(*tellers(*circle, circle[0])) == {"902"}


def test_there_are_fixes_along_the_chain_and_issues_without_one() -> None:
    fixed, caused = set(), set()
    for path in SAMPLES:
        for relation in relations(path).relations:
            if relation.kind == "fixes":
                fixed.add(relation.start.name)
            if relation.kind == "causes":
                caused |= {relation.start.name, relation.end.name}
    assert {"Data-no-signal", "MT-overfitting"} <= fixed
    assert {"stack-not-standardized", "friction-separated-teams"} <= caused - fixed


def test_ids_are_unique_over_all_files() -> None:
    ids = [relation.id for path in RELATIONS for relation in relations(path).relations]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", RELATIONS, ids=lambda path: path.name)
def test_every_code_of_the_shipped_relations_is_one_of_the_study(path: Path) -> None:
    with shared_path("facts", "codes.csv").open(encoding="utf-8", newline="") as lines:
        codes = {row["code"] for row in csv.DictReader(lines)}
    assert [str(error) for error in unknown_names(relations(path).relations, codes)] == []


def test_the_locators_of_interview_11_are_found_once_in_every_reading_of_it() -> None:
    folder = shared_path("interviews", "expected")
    file = relations(ROOT / "data" / "relations" / "interview-11.yaml")
    readings = sorted(folder.glob("*Interview 11 - *.json"))
    assert len(readings) == 3
    for reading in readings:
        turns = [
            Turn(id=turn_id("11", index), interview="11", index=index, text=segment["text"])
            for index, segment in enumerate(json.loads(reading.read_text(encoding="utf-8"))["segments"])
        ]
        findings = find_all(file, {"11": turns})
        assert [str(error) for error in findings.errors] == []
        assert all(match.exact for evidence in findings.found for match in evidence.passages)


def test_interview_11_holds_every_statement_of_the_facts() -> None:
    from ruamel.yaml import YAML

    facts = YAML(typ="safe").load(shared_path("facts", "interview-11-relations.yaml"))
    kinds = {"cause": "causes", "consequence": "causes", "fix": "fixes", "does_not_fix": "does-not-fix"}
    by_id = {r.id: r for r in relations(ROOT / "data" / "relations" / "interview-11.yaml").relations}
    assert set(by_id) == {fact["id"] for fact in facts["relations"]}
    for fact in facts["relations"]:
        relation = by_id[fact["id"]]
        assert relation.kind == kinds.get(fact["kind"], fact["kind"])
        assert relation.explicit == fact["explicit"].removeprefix("stated-")
        # Facts run from the cause or the fix; a relation on a fix starts at the issue.
        source, target = relation.start, relation.end
        if relation.kind != "causes":
            source, target = target, source
        assert source.name == fact.get("from_code", source.name)
        assert target.name == fact.get("to_code", target.name)
        assert len(relation.quotes[0].split()) <= 8


def test_interview_11_tells_the_chain_and_names_one_concept_once() -> None:
    file = relations(ROOT / "data" / "relations" / "interview-11.yaml")
    links = {(r.start.name, r.end.name) for r in file.relations if r.kind == "causes"}
    assert set(pairwise(CHAIN)) <= links
    obliged = {r.id for r in file.relations if r.start.name == "being obliged to ship a model"}
    assert obliged == {"G59", "G61", "G78"}
