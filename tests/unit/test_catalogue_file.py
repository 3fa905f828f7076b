"""A catalogue file: its form, and errors that tell the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.catalogue import load_catalogue, shipped_catalogue
from kb.codebook import shipped_codebook
from kb.errors import CodebookError
from tests.shared import shared_path

GOOD = """\
id: own
title: Issues of the pump project
citation: Somebody (2020). A report.
issues:
- id: P1
  name: nothing to learn
    from
  causes:
  - what: sensors bought too early
    source: 2
  fixes:
  - what: ask first
    source: [chapter 4, chapter 5]
    note: Before buying.
    outcome: It took a year.
  codes:
  - Data-no-signal
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_words_over_lines_and_sources_with_and_without_list(tmp_path: Path) -> None:
    [issue] = load_catalogue(written(tmp_path, GOOD)).issues
    assert issue.title == "nothing to learn from (P1)"
    assert issue.causes[0].source == ("2",)
    assert issue.causes[0].line == 9
    assert issue.fixes[0].source == ("chapter 4", "chapter 5")
    assert issue.code_lines == (17,)


def test_a_statement_in_one_line_has_its_outcome_and_sources(tmp_path: Path) -> None:
    [issue] = load_catalogue(written(tmp_path, GOOD)).issues
    assert issue.fixes[0].text == ("ask first. Before buying. Outcome: It took a year (chapter 4, chapter 5)")
    assert issue.causes[0].text == "sensors bought too early (2)"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("title:", "titel:", 2, "no key 'titel'. Did you mean 'title'?"),
        ("  causes:", "  cause:", 8, "Issue 'P1' has no key 'cause'. Did you mean 'causes'"),
        ("    note:", "    nota:", 14, "a fix has no key 'nota'. Did you mean 'note'?"),
        ("    source: 2\n", "    source: 2\n    outcome: good\n", 11, "a cause has no key 'outcome'"),
        ("citation: Somebody (2020). A report.\n", "", 1, "'citation' is missing"),
        ("    source: 2\n", "", 9, "Issue 'P1', cause 1: 'source' is missing"),
        ("    source: 2\n", "    source: []\n", 10, "'source' is empty"),
        ("  - what: ask first", "  - what: ''", 12, "'what' is empty"),
        ("  - what: ask first", "  - what: [ask]", 12, "'what' must be text"),
        ("  - what: sensors bought too early\n    source: 2", "  - sensors", 9, "a cause is a mapping"),
        ("  - what: sensors bought too early", "  - what: P1", 9, "is the issue itself"),
        ("  codes:\n  - Data-no-signal\n", "  codes: Data-no-signal\n", 16, "'codes' must be a list"),
        ("  - Data-no-signal\n", "  - Data-no-signal\n  - Data-no-signal\n", 18, "first in line 17"),
        ("issues:\n", "issues: {}\nissues:\n", 5, "is not YAML"),
        ("- id: P1\n", "- id: P1\n  id: P2\n", 6, "is not YAML"),
        ("  - Data-no-signal\n", "  - Data-no-signal\n- id: p1\n  name: x\n", 18, "The id 'p1' stands twice"),
    ],
)  # fmt: skip
def test_errors_tell_the_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert GOOD.count(old) == 1
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(CodebookError) as caught:
        load_catalogue(path)
    assert words in caught.value.message
    assert (caught.value.path, caught.value.line) == (path, line)


@pytest.mark.parametrize(
    "text", ["", "- id: P1\n", "id: own\ntitle: T\ncitation: C\n", "id: own\nissues: []\n"]
)
def test_a_file_without_issues_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(CodebookError, match="'issues'"):
        load_catalogue(written(tmp_path, text))


def test_no_such_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="no such file"):
        load_catalogue(tmp_path / "absent.yaml")


def test_shipped_catalogue_cites_the_paper_and_names_known_codes() -> None:
    catalogue = load_catalogue(shipped_catalogue())
    assert catalogue.doi is not None
    assert catalogue.doi in catalogue.citation
    known = shipped_codebook().canonical_of
    unknown = [code for issue in catalogue.issues for code in issue.codes if code not in known]
    assert unknown == []
    for issue in catalogue.issues:
        assert issue.attribute
        assert issue.description
        assert issue.causes
        assert issue.consequences
        assert issue.fixes
        # A figure's box holds no more.
        assert len(issue.title) <= 45


def test_shipped_catalogue_says_what_the_study_found_in_other_words() -> None:
    from ruamel.yaml import YAML

    facts = YAML(typ="safe").load(shared_path("facts", "catalogue.yaml"))
    shipped = {issue.id: issue for issue in load_catalogue(shipped_catalogue()).issues}
    assert list(shipped) == [issue["id"] for issue in facts["issues"]]
    for fact in facts["issues"]:
        issue = shipped[fact["id"]]
        assert issue.attribute == fact["attribute"]
        assert list(issue.codes) == fact["codes"]
        for section in ("causes", "consequences", "fixes"):
            own = [statement.what.casefold() for statement in getattr(issue, section)]
            theirs = [entry["what"].casefold() for entry in fact[section]]
            assert len(own) >= len(theirs)
            assert not set(own) & set(theirs)
