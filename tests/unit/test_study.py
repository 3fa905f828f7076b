"""The invented study of ten interviews, and what its author wrote into it."""

from collections import defaultdict

import pytest

from kb.codebook import shipped_codebook
from kb.records import Coding, Turn
from kb.relations import find_all, load_relations, unknown_names
from loaders import detect, find_sources
from tests.shared import ROOT

STUDY = ROOT / "data" / "study"
FILES = sorted((STUDY / "interviews").iterdir())


@pytest.fixture(scope="module")
def read():
    return {path: list(detect(path).parse(path)) for path in FILES}


def test_ten_interviews_three_of_them_by_two_coders(read):
    coders = defaultdict(set)
    for path, records in read.items():
        coders[records[0].interview].add(records[0].coder)
        assert any(isinstance(record, Coding) for record in records), path
    assert len(coders) == 10
    assert sum(len(who) == 2 for who in coders.values()) == 3


def test_two_coders_read_the_same_words(read):
    said = defaultdict(set)
    for records in read.values():
        said[records[0].interview].add(tuple(r.text for r in records if isinstance(r, Turn)))
    assert all(len(readings) == 1 for readings in said.values())


def test_every_code_is_one_of_the_codebook(read):
    used = {record.label for records in read.values() for record in records if isinstance(record, Coding)}
    assert used <= set(shipped_codebook().canonical_of)


def test_every_relation_of_its_author_is_found_where_the_file_says(read):
    file = load_relations(STUDY / "gold.yaml")
    turns = {records[0].interview: [r for r in records if isinstance(r, Turn)] for records in read.values()}
    found = find_all(file, turns)
    assert not found.errors
    assert not found.absent
    lines = (STUDY / "gold.yaml").read_text(encoding="utf-8").splitlines()
    for evidence in found.found:
        said = lines[evidence.relation.line - 1].partition("# ")[2].split(", ")
        assert [passage.turn_id for passage in evidence.passages] == said
    assert not unknown_names(file.relations, set(shipped_codebook().canonical_of))


def test_no_load_takes_the_study_in_by_itself():
    demo = find_sources([ROOT / "data" / "interviews"]).sources
    assert not {source.path for source in demo} & set(FILES)
    assert STUDY not in (ROOT / "data" / "relations").parents
