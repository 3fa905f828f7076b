"""Cypher that stands in Python outside kb/store names only what the schema declares."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared import ROOT
from tests.unit.query_form import KEPT, bare, outside_schema

_CYPHER = re.compile(r"\b(?:MATCH|MERGE|CREATE) ?\(")


def statements(source: str) -> Iterator[tuple[int, str]]:
    """The Cypher in a module's strings: line and text; what an f-string fills in is left blank."""
    tree = ast.parse(source)
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body and isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(p.value) if isinstance(p, ast.Constant) else " " for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            text = "" if id(node) in docstrings else node.value
        if _CYPHER.search(text):
            yield node.lineno, text


MODULES = [
    path for path in sorted((ROOT / "kb").rglob("*.py")) if "store" not in path.relative_to(ROOT / "kb").parts
]
FOUND = [
    pytest.param(text, id=f"{path.relative_to(ROOT)}:{line}")
    for path in MODULES
    for line, text in statements(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("text", FOUND)
def test_cypher_in_python_names_what_the_schema_declares(text: str) -> None:
    assert list(outside_schema(bare(text), KEPT)) == []


def test_the_reads_are_found() -> None:
    ids = {Path(str(param.id).split(":")[0]).parts[1] for param in FOUND}
    assert ids >= {"ask", "browser", "ingest", "suggest"}


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("x = 'MATCH (i:Isue) RETURN i.name AS n'", "there is no label Isue"),
        ("x = 'MATCH (i:Issue)' 'RETURN i.nam AS n'", "there is no property nam"),
        (
            "x = f'MATCH (i:Issue)-[:{t}]->(e) MATCH (e)-[:CAUSE]->() RETURN i.name'",
            "relationship type CAUSE",
        ),
        ("'''MATCH (i:Isue) in a docstring'''\nx = 1", ""),
        ("x = 'UNWIND $rows AS row MATCH (i:Issue {name: row.a}) RETURN i.name'", ""),
    ],
)
def test_what_is_not_declared_is_told(code: str, complaint: str) -> None:
    told = [said for _, text in statements(code) for said in outside_schema(bare(text))]
    assert (complaint in told[0]) if complaint else told == []
