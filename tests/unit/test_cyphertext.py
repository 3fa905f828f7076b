"""Cypher as text: parameters found and replaced only where they are code, values as literals."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from kb.errors import UsageError
from kb.text.cypher import inline, literal, parameters, statements, substitute

TRICKY = """\
// $comment stays
MATCH (n:`$name`) /* $block
stays */ WHERE n.x = $value AND n.y = "say \\"$quoted\\"" AND n.z = 'it\\'s $single'
RETURN n.`a``$b`, $value, $values, '//' + $other // $end"""


def test_only_parameters_in_code_are_found() -> None:
    assert parameters(TRICKY) == ["value", "values", "other"]


def test_only_parameters_in_code_are_replaced() -> None:
    written = inline(TRICKY, dict.fromkeys(["value", "comment", "block", "name", "quoted", "single", "b"], 1))
    assert written.replace("$value ", "1 ") == TRICKY.replace("$value ", "1 ").replace("$value,", "1,")


def test_a_name_that_begins_another_replaces_only_itself() -> None:
    assert inline("RETURN $a, $ab, $a_b", {"a": 1}) == "RETURN 1, $ab, $a_b"


def test_what_is_put_in_is_not_looked_at_again() -> None:
    assert inline("RETURN $a, $b", {"a": "$b", "b": "\\1 $a"}) == r"RETURN '$b', '\\1 $a'"


def test_a_negative_number_keeps_its_distance() -> None:
    assert inline("RETURN 1-$n", {"n": -2}) == "RETURN 1-(-2)"
    assert inline("RETURN 1-$n", {"n": -0.5}) == "RETURN 1-(-0.5)"


def test_text_may_be_put_in_as_it_is() -> None:
    assert substitute("UNWIND $issue AS name RETURN '$issue'", {"issue": "[$issue]"}) == (
        "UNWIND [$issue] AS name RETURN '$issue'"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (-1.5, "-1.5"),
        (1e300, "1e+300"),
        (math.nan, "toFloat('NaN')"),
        (-math.inf, "toFloat('-Infinity')"),
        ("", "''"),
        ("naïve “quotes”", "'naïve “quotes”'"),
        ("it's a \\ back\nline\ttab", r"'it\'s a \\ back\nline\ttab'"),
        ("\x00\u2028", r"'\u0000\u2028'"),
        ([], "[]"),
        (["a", None, [1, True]], "['a', null, [1, true]]"),
        (("a",), "['a']"),
    ],
)
def test_literals(value: object, text: str) -> None:
    assert literal(value) == text


def test_a_literal_ends_where_it_should_whatever_stands_in_it() -> None:
    # One string token, nothing after it: no quote in the value can close it.
    one_string = re.compile(r"'(?:\\.|[^'\\\n])*'")
    for value in ("'", "\\", "\\'", "'; MATCH (n) DETACH DELETE n //", "\\\\'", "`'\"`", "a\r\nb"):
        assert one_string.fullmatch(literal(value))


def test_what_cypher_cannot_write_is_said() -> None:
    with pytest.raises(UsageError, match="no literal"):
        literal(Path("x"))


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("RETURN 1", ["RETURN 1"]),
        ("RETURN 1;\n", ["RETURN 1"]),
        ("RETURN ';' AS a; RETURN \"it's;\" AS `b;c`", ["RETURN ';' AS a", 'RETURN "it\'s;" AS `b;c`']),
        ("// it's; a comment\nRETURN 1; /* ; */ ;", ["// it's; a comment\nRETURN 1"]),
        ("RETURN 'http://x;y'; // end", ["RETURN 'http://x;y'"]),
        ("// nothing", []),
    ],
)
def test_a_script_is_split_where_a_semicolon_ends_a_statement(script: str, found: list[str]) -> None:
    assert statements(script) == found


def test_every_canned_query_names_its_columns() -> None:
    from kb.ask.query import query_paths, read_query
    from kb.text.cypher import columns

    for path in query_paths().values():
        found = columns(read_query(path).text)
        assert all(name.isidentifier() for name in found), (path.name, found)
        assert len(set(found)) == len(found)
