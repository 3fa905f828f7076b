"""Names of links, as kinds of relation."""

from __future__ import annotations

import pytest

from kb.records import End
from kb.relation import KINDS, RelationKind
from loaders._link_names import link_kind, named_relation


@pytest.mark.parametrize(
    ("name", "kind", "back"),
    [
        ("causes", "causes", False),
        ("is cause of", "causes", False),
        ("Is the root cause of", "causes", False),
        ("isCauseOf", "causes", False),
        ("IS_CAUSE_OF", "causes", False),
        ("leads to", "causes", False),
        ("led-to", "causes", False),
        ("  results   in ", "causes", False),
        ("führt zu", "causes", False),
        ("fuehrt zu", "causes", False),
        ("löst aus", "causes", False),
        ("entraîne", "causes", False),
        ("causa", "causes", False),
        ("mène à", "causes", False),
        ("lleva a", "causes", False),
        ("est dû à", "causes", True),
        ("è dovuto a", "causes", True),
        ("caused by", "causes", True),
        ("is caused by", "causes", True),
        ("has been caused by", "causes", True),
        ("has cause", "causes", True),
        ("is due to", "causes", True),
        ("because of", "causes", True),
        ("is a consequence of", "causes", True),
        ("wird verursacht durch", "causes", True),
        ("est causé par", "causes", True),
        ("fixes", "fixes", True),
        ("solves", "fixes", True),
        ("is the solution for", "fixes", True),
        ("löst", "fixes", True),
        ("is fixed by", "fixes", False),
        ("solved by", "fixes", False),
        ("gelöst durch", "fixes", False),
        ("does not fix", "does-not-fix", True),
        ("doesn't solve", "does-not-fix", True),
        ("is not fixed by", "does-not-fix", False),
        ("detects", "detects", True),
        ("is shown by", "detects", False),
    ],
)
def test_a_phrase_that_means_a_kind_of_relation_is_one(name: str, kind: str, back: bool) -> None:
    assert link_kind(name) == (kind, back)


@pytest.mark.parametrize(
    "name",
    ["", "→", "does not cause", "may cause", "is part of", "is a", "contradicts", "is associated with",
     "affects", "no cause", "not caused by", "is not due to", "prevents",
     "cause and effect", "führt nicht zu"],
)  # fmt: skip
def test_what_says_something_else_keeps_its_name(name: str) -> None:
    assert link_kind(name) is None
    relation = named_relation(name, End(code="A"), End(code="B"))
    assert (relation.kind, relation.start.code, relation.end.code) == (name or "is related to", "A", "B")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_read_from_its_own_verbs(kind: RelationKind) -> None:
    for phrase, back in ((kind.verb, False), (kind.back, True)):
        assert link_kind(phrase) == (kind.name, back)


def test_a_name_that_reads_the_other_way_changes_the_ends() -> None:
    relation = named_relation("is caused by", End(code="Effect"), End(code="Cause"), "Ann", "a note")
    assert (relation.kind, relation.start.code, relation.end.code) == ("causes", "Cause", "Effect")
    assert (relation.coder, relation.note) == ("Ann", "a note")
