"""Every file in ``cypher/`` keeps to the form of a canned query; the scanner sees what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.ask.query import Query, find_query, query_paths, read_query
from kb.errors import InputError, UsageError
from kb.resources import cypher_dir
from tests.shared import ROOT
from tests.unit.query_form import complaints

FILES = sorted(cypher_dir().glob("*.cypher"))
HEADER = """\
// title = "A question"
// topic = "Issues"
// description = "What it shows."
"""
GOOD = "MATCH (i:Issue) RETURN i.name AS issue ORDER BY issue"


def written(folder: Path, text: str, name: str = "own") -> Path:
    path = folder / f"{name}.cypher"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_canned_query_keeps_to_its_form(path: Path) -> None:
    query = read_query(path)
    assert list(complaints(query)) == []


def test_titles_tell_queries_apart() -> None:
    titles = [read_query(path).title for path in FILES]
    assert len(set(titles)) == len(titles) > 0


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("MATCH (i:Issue) RETURN i.name AS issue", "does not end in RETURN … ORDER BY"),
        ("MATCH (i:Isue) RETURN i.name AS issue ORDER BY issue", "no label Isue"),
        ("MATCH (i:Issue)-[:CAUSE]->(e) RETURN e.name AS e ORDER BY e", "no relationship type CAUSE"),
        ("MATCH (i:Issue)-[r:CAUSES|FIXES]->(e) RETURN e.name AS e ORDER BY e", "no relationship type FIXES"),
        ("MATCH (i:Issue) RETURN i.nam AS issue ORDER BY issue", "no property nam"),
        ("MATCH (i:Issue {nam: 'x'}) RETURN i.name AS issue ORDER BY issue", "no property nam"),
        ("MATCH (i:Issue)-[:CAUSES*]->(e:Issue) RETURN e.name AS e ORDER BY e", "not bounded"),
        ("MATCH (i:Issue)-[:CAUSES*2..]->(e:Issue) RETURN e.name AS e ORDER BY e", "not bounded"),
        ("MATCH (i:Issue)-[:CAUSES*1..20]->(e:Issue) RETURN e.name AS e ORDER BY e", "not bounded"),
        ("MATCH (i:Issue)(()-[:CAUSES]->()){1,3}(e) RETURN e.name AS e ORDER BY e", "quantified path"),
        ("MATCH p = SHORTEST 1 (a:Issue)-->(b:Issue) RETURN a.name AS a ORDER BY a", "SHORTEST"),
        ("MATCH p = shortestPath((a)-[:CAUSES*1..3]->(b)) RETURN a.name AS a ORDER BY a", "shortestPath()"),
        ("MATCH (i:Issue) RETURN elementId(i) AS i ORDER BY i", "an engine's id"),
        ("MATCH (i:Issue) RETURN apoc.text.join([i.name], '') AS i ORDER BY i", "apoc"),
        ("MATCH (i:Issue) SET i.kind = 'x' RETURN i.name AS issue ORDER BY issue", "it writes (SET)"),
        (
            "MATCH (i:Issue) CALL { MATCH (c:Coder) RETURN c } IN TRANSACTIONS RETURN i.name AS i ORDER BY i",
            "CALL {} IN TRANSACTIONS",
        ),
        (
            "MATCH p = (a:Issue)-[:CAUSES*1..3]->(b) WHERE all(n IN nodes(p) WHERE n.name >= a.name) "
            "RETURN b.name AS b ORDER BY b",
            "compares with a, which is first met in it",
        ),
        (
            "MATCH p = (:Issue)-[:CAUSES*1..3]->(:Issue) WITH relationships(p) AS links "
            "RETURN size(links) AS links ORDER BY size(links)",
            "links is a column here and was something else before",
        ),
        (
            "MATCH p = (i:Issue)-[:CAUSES]->(:Issue) RETURN i.name AS issue, p AS path ORDER BY issue",
            "what can be drawn has a column path",
        ),
    ],
)
def test_the_scanner_sees(tmp_path: Path, statement: str, complaint: str) -> None:
    assert complaint in "; ".join(complaints(read_query(written(tmp_path, HEADER + statement))))


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        (HEADER + '// columns.number = "how many"\n', "columns.number is not returned"),
        (HEADER.replace("shows.", "shows"), "description is no sentence"),
        (HEADER.replace('// topic = "Issues"\n', ""), "no topic"),
    ],
)
def test_the_scanner_sees_in_the_header(tmp_path: Path, header: str, complaint: str) -> None:
    assert complaint in "; ".join(complaints(read_query(written(tmp_path, header + GOOD))))


def test_what_keeps_to_the_form_has_no_complaints(tmp_path: Path) -> None:
    statement = (
        "MATCH (i:Issue) // SHORTEST, apoc.x and (i:Isue) in a comment are no code\n"
        "WHERE i.name STARTS WITH 'SET (x:Nothing)'\n"
        "MATCH p = (i)-[:CAUSES*1..3]->(e:Concept) WHERE none(n IN tail(nodes(p)) WHERE n.name = i.name)\n"
        "RETURN e.name AS effect, count(*) AS chains ORDER BY chains DESC, effect"
    )
    assert list(complaints(read_query(written(tmp_path, HEADER + statement)))) == []


# --- reading a file ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEADER + GOOD.replace("RETURN", "WHERE i.name = $name RETURN"), r"\$name is used but not declared"),
        (HEADER + '// params.name = { help = "a name" }\n' + GOOD, "name is declared but not used"),
        (HEADER, "no statement after the header"),
        (GOOD, "title: "),
        ("// title = A question\n" + GOOD, "the leading comments are not TOML"),
        (HEADER + '// returns = "table"\n' + GOOD, "returns: "),
        (HEADER + '// author = "me"\n' + GOOD, "author: "),
        (HEADER + '// name = "mine"\n' + GOOD, "repeats a reserved name"),
        (
            HEADER + '// params.n = { type = "choice", help = "which" }\n' + GOOD,
            "needs choices",
        ),
        (
            HEADER + '// params.n = { help = "n", required = true, default = "x" }\n' + GOOD + " // $n",
            "has no default",
        ),
    ],
)  # fmt: skip
def test_a_header_that_is_off_is_one_sentence_with_the_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_query(written(tmp_path, text))
    assert "own.cypher" in str(caught.value)
    assert "\n" not in str(caught.value).strip()


WALK = "MATCH (i:Issue)-[:CAUSES*1../*$far*/3]->(e:Concept) RETURN e.name AS effect ORDER BY effect"
FAR = '// params.far = { type = "int", help = "how far", default = 3, min = 1, max = 8, literal = true }\n'
CHAINS = "UNWIND $chains AS chain RETURN chain ORDER BY chain"
TAKEN = """\
// params.effect = { type = "code", help = "x", required = true }
// params.cause = { type = "code", help = "x" }
// params.interview = { type = "interview", help = "x" }
// params.limit = { type = "int", help = "x", default = 3, min = 1 }
// params.told = { type = "choice", help = "x", choices = ["any"], default = "any" }
"""
DEPTH = '// params.depth = { type = "int", help = "x", default = 3, min = 1 }\n'
STEP = '// steps.chains = "chains"\n'


def test_a_literal_parameter_is_written_into_the_statement(tmp_path: Path) -> None:
    query = read_query(written(tmp_path, HEADER + FAR + WALK))
    assert "*1..7]" in query.statement({"far": 7})
    assert "*1../*$far*/3]" in query.text  # as it stands, it runs anywhere


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FAR.replace(", literal = true", "") + WALK, "say literal = true"),
        (FAR + WALK.replace("/*$far*/3", "3"), r"is written /\*\$far\*/3"),
        (FAR + WALK.replace("/*$far*/3", "/*$far*/4"), "stands another number than its default 3"),
        (FAR.replace(", max = 8", "") + WALK, "an int with a default, a min and a max"),
        (WALK, r"\$far is used but not declared"),
        (STEP.replace('"chains"', '"chain"') + CHAINS, "there is no step 'chain'. Did you mean 'chains'"),
        (STEP + TAKEN + CHAINS, "the step 'chains' needs the parameter depth of type int"),
        (STEP + TAKEN + DEPTH.replace('"int"', '"float"') + CHAINS, "needs the parameter depth of type int"),
        (STEP + TAKEN + DEPTH + GOOD, "the parameter chains is declared but not used"),
        (STEP + TAKEN.replace(", required = true", "") + DEPTH + CHAINS, "needs a value of effect"),
        (STEP + TAKEN + DEPTH.replace(", default = 3", "") + CHAINS, "needs a value of depth"),
        (STEP + TAKEN + DEPTH.replace(", min = 1", "") + CHAINS, "needs depth to be 1 or more"),
        (STEP + TAKEN.replace('["any"]', '["any", "half"]') + DEPTH + CHAINS, "knows no 'half' for told"),
        (FAR.replace("default = 3", "default = 9") + WALK.replace("3]", "9]"), "is not between min and max"),
        (FAR.replace("min = 1", "min = 9") + WALK, "min 9 is larger than max 8"),
        (FAR.replace("default = 3", 'default = "3"') + WALK, "the default '3' is no whole number"),
        (FAR.replace("literal = true", 'literal = "yes"') + WALK, "valid boolean"),
    ],
)  # fmt: skip
def test_a_literal_or_a_step_that_is_off_is_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_query(written(tmp_path, HEADER + text))
    assert "own.cypher" in str(caught.value)


def test_what_a_step_takes_need_not_stand_in_the_statement(tmp_path: Path) -> None:
    query = read_query(written(tmp_path, HEADER + STEP + TAKEN + DEPTH + CHAINS))
    assert query.steps == {"chains": "chains"}


def test_a_parameter_in_a_remark_or_a_string_is_none(tmp_path: Path) -> None:
    text = f"{HEADER}// # a remark on $a\n{GOOD}\n// $b\n/* $c */ SKIP size('$d') - 2"
    assert read_query(written(tmp_path, text)).params == {}


def test_a_folder_adds_queries_and_may_replace_one(tmp_path: Path) -> None:
    written(tmp_path, HEADER + GOOD)
    written(tmp_path, HEADER.replace("A question", "Mine") + GOOD, "top-issues")
    assert "own" in query_paths([tmp_path])
    assert find_query("top-issues", [tmp_path]).title == "Mine"
    assert find_query("top-issues").title != "Mine"


def test_an_unknown_query_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean causal-chains"):
        find_query("causal-chain")


def test_a_folder_of_queries_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a folder of queries"):
        query_paths([tmp_path / "nothing"])


def test_queries_are_read_only_values(tmp_path: Path) -> None:
    query: Query = read_query(written(tmp_path, HEADER + GOOD))
    with pytest.raises(ValueError, match="frozen"):
        query.title = "Another"  # type: ignore[misc]


def test_the_documented_example_keeps_to_the_form(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    example = text.partition("```cypher\n")[2].partition("```")[0]
    query = read_query(written(tmp_path, example, "people-on"))
    assert list(query.params) == ["issue", "least"]
    assert list(complaints(query)) == []


def test_a_mark_of_byte_order_and_a_comment_after_the_end_change_nothing(tmp_path: Path) -> None:
    plain = read_query(written(tmp_path, HEADER + GOOD))
    marked = tmp_path / "marked.cypher"
    marked.write_bytes(f"\ufeff{HEADER}{GOOD};  // done;\n".replace("\n", "\r\n").encode())
    assert read_query(marked).text == plain.text
