"""Groups of people compared: counts worked out by hand on an invented bakery, and what is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.ask.answer import Answer, ask
from kb.ask.query import find_query
from kb.errors import UsageError
from kb.ingest.load import Options, load
from kb.ingest.rebuild import differences
from kb.ingest.remove import remove
from kb.store.bolt import Store
from tests.integration.bakery import write_bakery
from tests.integration.conftest import ENGINES, engine_store

# Interview 2 has two interviewees; in 4 an unknown speaker.
TABLE = """interview,speaker,name,shop,years,town
1,,Ann,small,3,A
2,Interviewee 1,Bo,small,9,B
2,Interviewee 2,Cy,large,9,C
3,,Di,large,1,D
10,,Ed,large,4,E
4,,Fy,large,2,G
99,,Nobody,large,4,F
"""


@pytest.fixture(scope="module", params=ENGINES)
def bakery(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = engine_store(request.param, request)
    folder = tmp_path_factory.mktemp("bakery")
    table = tmp_path_factory.mktemp("table") / "people.tsv"
    table.write_text(TABLE.replace(",", "\t"), encoding="utf-8")
    report = load(store, [write_bakery(folder)], Options(participants=(table,)))
    assert [item.message for item in report.not_placed if item.source == "people.tsv"] == [
        "1 row that match no interview or speaker of the graph: Nobody (interview 99)."
    ]
    return store


def compared(store: Store, **given: Any) -> Answer:
    return ask(store, find_query("group-comparison"), given)


def test_counts_of_people(bakery: Store) -> None:
    answer = compared(bakery, attribute="shop", least=1)
    rows = {row["item"]: row for row in answer.rows}
    counts = {
        name: (row["what"], row["people"], row["of"], row["others"], row["of_others"])
        for name, row in rows.items()
    }
    # large: Cy, Di, Ed; small: Ann, Bo.
    assert {row["group"] for row in answer.rows} == {"shop=large"}
    assert counts["Oven-hot"] == ("issue", 2, 3, 1, 2)  # Di by a relation, Ed by a code, Ann by both
    assert counts["Crust-burnt"] == ("issue", 2, 3, 1, 2)
    assert counts["Oven-hot causes Crust-burnt"] == ("relation", 1, 3, 1, 2)
    assert counts["Crust-burnt causes customers staying away"] == ("relation", 1, 3, 1, 2)
    assert counts["damp flour causes sticky dough"] == ("relation", 0, 3, 1, 2)
    assert counts["torn belt causes sticky dough"] == ("relation", 1, 3, 0, 2)
    # Under the interviewer's label, and by somebody unknown: nobody's.
    assert "torn belt causes stopped shop" not in counts
    assert "old yeast causes flat loaves" not in counts
    assert rows["Oven-hot"]["p"] == pytest.approx(1)
    assert rows["damp flour causes sticky dough"]["p"] == pytest.approx(0.4)
    assert all(row["p"] <= row["p_holm"] <= 1 for row in answer.rows)
    assert answer.notes[0].startswith(f"{len(answer.rows)} tests (Fisher's exact, two-sided) on people: ")
    assert "shop=large (3), shop=small (2)" in answer.notes[0]
    assert any("1 participant of these groups left out" in note for note in answer.notes)  # Fy


def test_only_what_enough_people_speak_of_is_tested(bakery: Store) -> None:
    answer = compared(bakery, attribute="Shop", least=2, what="relation")
    assert [row["item"] for row in answer.rows] == [
        "Crust-burnt causes customers staying away",
        "Oven-hot causes Crust-burnt",
    ]
    assert "2 tests" in answer.notes[0]
    assert all(row["p_holm"] == 1 for row in answer.rows)


def test_numbers_are_split(bakery: Store) -> None:
    answer = compared(bakery, attribute="years", least=1, split=4)
    assert "years<4 (2), years>=4 (3)" in answer.notes[0]
    by_median = compared(bakery, attribute="years", least=1)
    assert any("split at its median, 4" in note for note in by_median.notes)
    assert by_median.rows == answer.rows


def test_several_groups_are_each_compared_with_the_rest(bakery: Store) -> None:
    answer = compared(bakery, attribute="town", least=3, what="issue")
    groups = {row["group"]: (row["people"], row["of"], row["others"], row["of_others"]) for row in answer.rows
              if row["item"] == "Oven-hot"}  # fmt: skip
    assert groups == {
        "town=A": (1, 1, 2, 4), "town=B": (0, 1, 3, 4), "town=C": (0, 1, 3, 4),
        "town=D": (1, 1, 2, 4), "town=E": (1, 1, 2, 4),
    }  # fmt: skip


def test_values_as_people_write_them(store: Store, tmp_path: Path) -> None:
    """Capitals make no other group, and what is no number among numbers is left out."""
    table = tmp_path / "people.csv"
    table.write_text(
        "interview,speaker,name,shop,years\n1,,Ann,Small,3\n2,Interviewee 1,Bo,small,n/a\n"
        "2,Interviewee 2,Cy,large,9\n3,,Di,LARGE,1\n10,,Ed,large,4\n",
        encoding="utf-8",
    )
    (tmp_path / "bakery").mkdir()
    load(store, [write_bakery(tmp_path / "bakery")], Options(participants=(table,)))
    answer = compared(store, attribute="shop", least=1)
    assert "shop=Small (2), shop=large (3)" in answer.notes[0]
    split = compared(store, attribute="years", least=1, split=3)
    assert "years<3 (1), years>=3 (3)" in split.notes[0]
    assert "1 participant of whom years is no number left out." in split.notes
    found = ask(store, find_query("top-issues"), {}, where=["shop==LARGE"])
    assert "3 of 5 participants" in found.within
    assert "shop=large" in found.within


def test_the_limit_is_told(bakery: Store) -> None:
    answer = compared(bakery, attribute="shop", least=1, limit=2)
    assert len(answer.rows) == 2
    assert any("first 2 rows of" in note for note in answer.notes)


def test_within_a_filter(bakery: Store) -> None:
    answer = ask(
        bakery,
        find_query("group-comparison"),
        {"attribute": "shop", "least": 1},
        where=["years>=3", "years<9"],
    )
    assert "shop=large (1), shop=small (1)" in answer.notes[0]
    assert "2 of 6 participants" in answer.within


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"attribute": "shp"}, "no attribute 'shp'.* Did you mean .*shop"),
        ({"attribute": "shop", "split": 2.0}, "No value of 'shop' is a number"),
        ({"attribute": "years", "split": 100.0}, "but one group"),
    ],
)
def test_what_cannot_be_compared(bakery: Store, given: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        compared(bakery, **given)


def test_without_participants_there_is_nothing_to_compare(store: Store) -> None:
    answer = ask(store, find_query("group-comparison"), {"attribute": "shop"})
    assert answer.rows == []
    assert "kb load --participants FILE" in answer.notes[0]


def test_pasted_elsewhere_the_query_counts_by_who_speaks(bakery: Store) -> None:
    query = find_query("group-comparison")
    given = {"compared": None, "attribute": "shop", **dict.fromkeys(("what", "split", "least", "limit"))}
    rows = {(row["item"], row["group"]): row["people"] for row in bakery.read(query.text, given).rows}
    assert rows["Oven-hot", "shop=small"] == 1  # Ann's
    assert rows["Crust-burnt", "shop=large"] == 1  # Ed's; Di tells a relation of it, and no passage is coded


def test_who_was_interviewed(bakery: Store) -> None:
    rows = ask(bakery, find_query("participants"), {}).rows
    assert [(row["participant"], row["speakers"], row["attributes"]) for row in rows[:2]] == [
        ("Ann", ["1/Interviewee"], ["shop=small", "town=A", "years=3"]),
        ("Bo", ["2/Interviewee 1"], ["shop=small", "town=B", "years=9"]),
    ]
    assert [row["speakers"] for row in rows if row["participant"] == "Fy"] == [[]]


def test_the_table_again_replaces_what_it_said(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "bakery"
    folder.mkdir()
    write_bakery(folder)
    table = tmp_path / "people.csv"

    def run(rows: str) -> list[tuple[str, list[str], list[str]]]:
        table.write_text(f"name,interview,shop\n{rows}", encoding="utf-8")
        load(store, [folder] if rows else [], Options(participants=(table,)))
        found = ask(store, find_query("participants"), {}).rows
        return [(r["participant"], r["interviews"], r["attributes"]) for r in found if r["participant"]]

    assert run("Ann,1,small\nDi,3,large\n") == [("Ann", ["1"], ["shop=small"]), ("Di", ["3"], ["shop=large"])]
    assert run("Ann,Interview 1,large\nAnn,3,\n") == [("Ann", ["1", "3"], ["shop=large"])]


def test_a_table_may_come_before_its_interviews(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "bakery"
    folder.mkdir()
    write_bakery(folder)
    table = tmp_path / "people.csv"
    table.write_text("interview,shop\n3,large\n", encoding="utf-8")
    report = load(store, [], Options(participants=(table,)))
    assert report.failed
    assert any("match no interview" in item.message for item in report.not_placed)
    assert not load(store, [folder]).failed
    rows = ask(store, find_query("participants"), {}).rows
    assert rows[0]["participant"] == "3/Interviewee"
    assert rows[0]["attributes"] == ["shop=large"]


def test_participants_stay_when_their_interview_is_written_anew(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "bakery"
    folder.mkdir()
    write_bakery(folder)
    table = tmp_path / "people.csv"
    table.write_text("interview,name,shop\n1,Ann,small\n3,Di,large\n", encoding="utf-8")

    def speakers() -> dict[str, list[str]]:
        found = ask(store, find_query("participants"), {}).rows
        return {row["participant"]: row["speakers"] for row in found if row["participant"]}

    wanted = {"Ann": ["1/Interviewee"], "Di": ["3/Interviewee"]}
    prints = folder / "codings"
    load(
        store, [prints / "Interview 1 - Ada.pdf", folder / "Interview 3.txt"], Options(participants=(table,))
    )
    assert speakers() == wanted
    load(store, [prints / "Interview 1 - Ben.pdf"])
    assert speakers() == wanted
    remove(store, "1")
    assert speakers() == {"Di": ["3/Interviewee"]}
    report = load(store, [folder])
    assert not report.failed
    assert speakers() == wanted
    assert not differences(store)
    remove(store, "participants/people.csv")
    assert speakers() == {}
