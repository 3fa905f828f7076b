from pathlib import Path
from textwrap import dedent

import pytest
from pydantic import ValidationError

from kb.errors import CodebookError
from kb.records import Turn, turn_id
from kb.relations import (
    End,
    Relation,
    find_all,
    find_evidence,
    load_relations,
    relations_files,
    unknown_names,
)

GOOD = """\
# What people say of the oven.
interview: 7
relations:
- id: R1
  kind: causes
  cause: old thermometer
  effect: Bread-burnt
  effect_as: it is black
  explicit: stated
  quote: "the thermometer lies"
- id: 2
  interview: "012"
  kind: detects
  issue: Bread-burnt
  detection: smelling
    it
  explicit: across-turns
  speaker: Guest
  note: once only
  quotes:
  - "nobody sees it"
  - "until he smells it"
"""
TURNS = [
    Turn(id=turn_id("7", index), interview="7", index=index, text=text)
    for index, text in enumerate(
        ["So, the thermometer lies.", "It lies and lies.", "The bread burns, the bread burns away."]
    )
]


def entry(**changes: object) -> Relation:
    values = {
        "id": "R1",
        "interview": "7",
        "kind": "causes",
        "cause": "old thermometer",
        "effect": "Bread-burnt",
        "explicit": "stated",
        "quotes": ("the thermometer lies",),
    }
    return Relation(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "oven.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_file_is_read_whole(good: Path) -> None:
    file = load_relations(good)
    first, second = file.relations
    assert file.interviews == ("7", "12")
    assert file.of("12") == (second,)
    assert (first.id, first.interview, first.kind, first.explicit) == ("R1", "7", "causes", "stated")
    assert first.start == End("cause", "old thermometer")
    assert first.end == End("effect", "Bread-burnt", "it is black")
    assert first.quotes == ("the thermometer lies",)
    assert (first.path, first.line) == (good, 4)
    assert (second.id, second.speaker, second.note) == ("2", "Guest", "once only")
    assert (second.start, second.end) == (End("issue", "Bread-burnt"), End("detection", "smelling it"))
    assert second.quotes == ("nobody sees it", "until he smells it")
    assert second.line == 11


def test_where_an_entry_stands_is_no_part_of_what_it_says() -> None:
    dumped = entry(path=Path("a.yaml"), line=3).model_dump(exclude_none=True)
    assert "path" not in dumped
    assert "line" not in dumped


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("effect_as:", "efect_as:", 8, "'efect_as'. Did you mean 'effect_as'"),
        ("relations:", "relation:", 3, "Did you mean 'relations'"),
        ("kind: causes", "kind: cause", 5, "causes, fixes, does-not-fix, detects. Did you mean 'causes'"),
        ("explicit: stated", "explicit: yes", 9, "stated, across-turns, implied"),
        ("  explicit: stated\n", "", 4, "'explicit' is missing"),
        ("  cause: old thermometer\n", "", 4, "'cause' is missing"),
        ("effect: Bread-burnt", "effect: ''", 4, "'effect' is missing"),
        ("cause: old", "issue: x y\n  cause: old", 4, "has no 'issue'"),
        ("cause: old thermometer", "cause: bread-burnt", 4, "stands at both ends"),
        ("cause: old thermometer", "cause: 5", 6, "'cause' must be text, not 5"),
        ('  quote: "the thermometer lies"\n', "", 4, "'quote' is missing"),
        ('quote: "the thermometer lies"', 'quote: "?"', 10, "a quote has no words"),
        ('quote: "the thermometer lies"', "quote: [a b]", 10, "'quote' must be text"),
        ('quote: "the thermometer lies"', "quotes: []", 10, "'quotes' is empty"),
        ('quote: "the thermometer lies"', "quotes: a b", 10, "'quotes' must be a list"),
        ("  note: once only", "  quote: a b", 20, "both 'quote' and 'quotes'"),
        ("id: 2", "id: R1", 11, "'R1' stands twice, first in line 4"),
        ("- id: 2", "- id: 2\n  id: 3", 12, "not YAML"),
        ("- id: 2", "- just words\n- id: 2", 11, "Entry 2"),
        ("interview: 7\n", "", 3, "'interview' is missing"),
        ("  kind: causes", "  kind: [causes", 6, "not YAML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(good: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in GOOD
    good.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_relations(good)
    assert words in caught.value.message
    assert caught.value.path == good
    assert caught.value.line == line
    assert "\n" not in str(caught.value)


NO_RELATIONS = (b"", b"- 1\n", b"relations:\n", b"relations: x\n", b"\xff\xfe\x00a", b"a: \x01")


@pytest.mark.parametrize("content", NO_RELATIONS)
def test_what_is_no_relations_file_gets_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    with pytest.raises(CodebookError) as caught:
        load_relations(path)
    assert caught.value.path == path
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="no such file"):
        load_relations(tmp_path / "none.yaml")
    with pytest.raises(CodebookError, match="cannot be read"):
        relations_files(tmp_path / "none")


def test_a_folder_gives_its_files_by_name(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.YML", ".hidden.yaml", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in relations_files(tmp_path)] == ["a.YML", "b.yaml"]


def test_evidence_is_the_passage_of_each_quote() -> None:
    relation = entry(quotes=("the thermometer lies", "the bread burns away"))
    evidence = find_evidence(relation, TURNS)
    assert [match.turn_id for match in evidence.passages] == ["7:0000", "7:0002"]
    texts = [TURNS[0].text, TURNS[2].text]
    found = [text[m.start : m.end] for text, m in zip(texts, evidence.passages, strict=True)]
    assert found == ["the thermometer lies", "the bread burns away"]


def test_a_quote_found_twice_is_an_error_that_names_the_places() -> None:
    with pytest.raises(CodebookError) as caught:
        find_evidence(entry(quotes=("the bread burns",), path=Path("oven.yaml"), line=4), TURNS)
    assert caught.value.message.startswith("Relation 'R1': the quote 'the bread burns' is found 2 times")
    assert caught.value.message.count("7:0002") == 2
    assert (caught.value.path, caught.value.line) == (Path("oven.yaml"), 4)


def test_a_quote_not_found_is_an_error_that_names_the_nearest_passage() -> None:
    with pytest.raises(CodebookError, match=r"not found; the nearest is '.*thermometer.*' in 7:0000"):
        find_evidence(entry(quotes=("thermometer was lying",)), TURNS)
    with pytest.raises(CodebookError, match="is not found in the interview"):
        find_evidence(entry(quotes=("quite another zebra",)), TURNS)


def test_a_file_is_held_against_the_interviews_that_are_there(good: Path) -> None:
    file = load_relations(good)
    findings = find_all(file, {"7": TURNS})
    assert [evidence.relation.id for evidence in findings.found] == ["R1"]
    assert findings.errors == ()
    assert findings.absent == ("12",)
    (error,) = find_all(file, {"7": TURNS, "12": TURNS}).errors
    assert "nobody sees it" in error.message
    assert error.line == 11


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Bread-burned", "there is no code 'Bread-burned'. Did you mean 'Bread-burnt'?"),
        ("bread-BURNT", "is written 'Bread-burnt'"),
        ("overheating", "write a concept that is no code in several words"),
        ("Oven isues [OV]", "nearly the code 'Oven issues [OV]'"),
    ],
)
def test_a_misspelt_code_never_becomes_a_concept(name: str, words: str) -> None:
    codes = {"Bread-burnt", "Oven issues [OV]"}
    (error,) = unknown_names([entry(effect=name, path=Path("oven.yaml"), line=4)], codes)
    assert words in error.message
    assert (error.path, error.line) == (Path("oven.yaml"), 4)


def test_codes_and_concepts_in_words_are_let_through() -> None:
    codes = {"Bread-burnt", "Oven issues [OV]"}
    relations = [entry(), entry(effect="Oven issues [OV]"), entry(effect="oven that is never cleaned")]
    assert unknown_names(relations, codes) == []


def test_a_relation_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        entry().note = "x"  # type: ignore[misc]


def test_the_example_of_the_docs_is_a_relations_file(tmp_path: Path) -> None:
    docs = Path(__file__).resolve().parents[2] / "docs" / "relations.md"
    block = docs.read_text(encoding="utf-8").split("```yaml\n", 1)[1].split("```", 1)[0]
    path = tmp_path / "docs.yaml"
    path.write_text(dedent(block), encoding="utf-8")
    kinds = {relation.kind for relation in load_relations(path).relations}
    assert kinds == {"causes", "fixes", "does-not-fix", "detects"}


def test_jsons_two_escapes_of_one_character_are_read(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(
        '{"interview": "7", "relations": [{"id": "R1", "kind": "causes", "cause": "old \\ud83c\\udf5e",'
        ' "effect": "Bread-burnt \\\\ud83c", "explicit": "stated", "quote": "it lies"}]}'
    )
    (relation,) = load_relations(path).relations
    assert (relation.cause, relation.effect) == ("old \U0001f35e", "Bread-burnt \\ud83c")
