"""Every canned query on an invented study, on both engines, against rows worked out by hand.

Only named columns are compared, lists inside rows and the order of rows included.
"""

from __future__ import annotations

from typing import Any

import pytest

from kb.ask.answer import ask
from kb.ask.query import find_query
from kb.errors import UsageError
from kb.ingest.load import load
from kb.store.bolt import Store
from tests.integration.bakery import AWAY as BURNT
from tests.integration.bakery import BURNS, HURRY, RUSS, SECOND, SENSOR, STRIP, write_bakery
from tests.integration.conftest import ENGINES, engine_store

AWAY, BENCH = "customers staying away", "hurrying at the bench"
ONE, THREE, TEN = "1/Interviewee", "3/Interviewee", "10/Interviewee"


@pytest.fixture(scope="module", params=ENGINES)
def bakery(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The bakery, loaded once an engine. Only read it."""
    store = engine_store(request.param, request)
    report = load(store, [write_bakery(tmp_path_factory.mktemp("bakery"))])
    assert not report.failed
    assert [n for n in report.not_placed if n.level == "lost"] == []
    return store


def rows(store: Store, query: str, columns: str, **given: object) -> list[Any]:
    """The named columns of a query's rows; of one column, its values."""
    names = columns.split()
    found = [tuple(row[name] for name in names) for row in ask(store, find_query(query), given).rows]
    return [row[0] for row in found] if len(names) == 1 else found


# --- causes ------------------------------------------------------------------------------------


def test_chains_one_person_told_whole_come_first(bakery: Store) -> None:
    assert rows(bakery, "causal-chains", "chain links told told_by tellers weakest", effect=AWAY) == [
        (["Crust-burnt", AWAY], 1, "whole", ["1", "3"], [ONE, THREE], "stated"),
        (["Oven-hot", "Crust-burnt", AWAY], 2, "whole", ["1"], [ONE], "across-turns"),
        (["Oven-sensor", "Oven-hot", "Crust-burnt", AWAY], 3, "whole", ["1"], [ONE], "across-turns"),
        ([BENCH, "Oven-hot", "Crust-burnt", AWAY], 3, "whole", ["1"], [ONE], "across-turns"),
    ]


def test_each_link_of_a_chain_has_its_quote_from_who_told_it_whole(bakery: Store) -> None:
    chains = dict(
        zip(
            *[rows(bakery, "causal-chains", column, effect=AWAY) for column in ("links", "quotes")],
            strict=True,
        )
    )
    assert chains[2] == [
        "1: so the oven runs too hot. [1:0001]",
        "1: burnt crust then drives the customers away. [1:0003]",
    ]


def test_links_from_different_interviews_are_stitched(bakery: Store) -> None:
    assert rows(bakery, "causal-chains", "chain told told_by weakest", effect="smoke in the shop") == [
        (["Oven-hot", "smoke in the shop"], "whole", ["3"], "stated"),
        (["Oven-sensor", "Oven-hot", "smoke in the shop"], "stitched", [], "stated"),
        ([BENCH, "Oven-hot", "smoke in the shop"], "stitched", [], "stated"),
        ([AWAY, BENCH, "Oven-hot", "smoke in the shop"], "stitched", [], "implied"),
        (["Crust-burnt", AWAY, BENCH, "Oven-hot", "smoke in the shop"], "stitched", [], "implied"),
    ]


def test_two_interviewees_of_one_interview_told_no_chain_whole(bakery: Store) -> None:
    # Interview 2 is on every link, and nobody in it told both.
    assert rows(bakery, "causal-chains", "chain told told_by tellers", effect="torn belt") == [
        (["sticky dough", "torn belt"], "whole", ["2"], ["2/Interviewee 2"]),
        (["damp flour", "sticky dough", "torn belt"], "stitched", [], []),
    ]


def test_a_passage_under_the_interviewers_label_is_nobodys_where_there_are_two_interviewees(
    bakery: Store,
) -> None:
    assert rows(bakery, "causal-chains", "chain told", effect="stopped shop", depth=2) == [
        (["torn belt", "stopped shop"], "stitched"),
        (["sticky dough", "torn belt", "stopped shop"], "stitched"),
    ]
    assert rows(bakery, "causes-of", "cause interviews people", issue="stopped shop") == [("torn belt", 1, 0)]


def test_an_unknown_speaker_tells_no_chain_whole(bakery: Store) -> None:
    assert rows(bakery, "causal-chains", "chain told told_by tellers", effect="angry bakers") == [
        (["flat loaves", "angry bakers"], "stitched", [], []),
        (["old yeast", "flat loaves", "angry bakers"], "stitched", [], []),
    ]
    assert rows(bakery, "effects-of", "effect interviews people told_in", issue="flat loaves") == [
        ("angry bakers", 1, 0, ["4"])
    ]


def test_chains_by_how_they_are_told_where_they_begin_how_long_and_how_many(bakery: Store) -> None:
    smoke = {"effect": "smoke in the shop"}
    assert rows(bakery, "causal-chains", "links", **smoke, told="whole") == [1]
    assert rows(bakery, "causal-chains", "links", **smoke, told="stitched") == [2, 2, 3, 4]
    assert rows(bakery, "causal-chains", "links", **smoke, depth=2) == [1, 2, 2]
    assert rows(bakery, "causal-chains", "links", **smoke, limit=2) == [1, 2]
    assert rows(bakery, "causal-chains", "links", **smoke, cause="Crust-burnt") == [4]
    assert rows(bakery, "causal-chains", "links", **smoke, cause="old yeast") == []


def test_chains_of_one_interview_are_those_that_somebody_told_whole_in_it(bakery: Store) -> None:
    assert rows(bakery, "causal-chains", "chain", effect=AWAY, interview="3") == [["Crust-burnt", AWAY]]
    assert len(rows(bakery, "causal-chains", "chain", effect=AWAY, interview="1")) == 4
    assert rows(bakery, "causal-chains", "chain", effect=AWAY, interview="2") == []


def test_a_chain_weighs_as_much_as_its_weakest_link_has_people(bakery: Store) -> None:
    assert rows(bakery, "causal-chains", "links weight", effect=AWAY) == [(1, 2), (2, 2), (3, 1), (3, 1)]
    assert rows(bakery, "causal-chains", "weight", effect="angry bakers") == [0, 0]


def test_how_many_people_must_be_doubted_before_no_chain_is_left(bakery: Store) -> None:
    columns = "chains people at_most doubted cut weight strongest_chain"
    whole = ["Oven-sensor", "Oven-hot", "Crust-burnt", AWAY]
    assert rows(bakery, "robustness", columns, cause="Oven-sensor", effect=AWAY) == [
        ("told whole", 1, 1, [ONE], [], 1, whole),
        ("all, stitched ones too", 1, 1, [ONE], ["Oven-sensor → Oven-hot"], 1, whole),
    ]
    # 1 tells both links, 10 the first and 3 the second.
    (told, every) = rows(bakery, "robustness", columns, cause="Oven-hot", effect=AWAY)
    assert told[1:4] == (1, 1, [ONE])
    assert every[1:3] == (2, 2)
    assert every[3:5] in [
        ([ONE, TEN], ["Oven-hot → Crust-burnt"]),
        ([ONE, THREE], ["Crust-burnt → customers staying away"]),
    ]
    assert every[5:] == (2, ["Oven-hot", "Crust-burnt", AWAY])
    smoke = rows(bakery, "robustness", "people weight", cause="Crust-burnt", effect="smoke in the shop")
    assert smoke == [(0, 0), (1, 1)]
    assert rows(bakery, "robustness", "people", cause=AWAY, effect="Oven-sensor") == []


def test_somebody_unknown_is_doubted_and_told_to_be(bakery: Store) -> None:
    asked = {"cause": "old yeast", "effect": "angry bakers"}
    assert rows(bakery, "robustness", "people doubted weight", **asked) == [(0, [], 0), (1, ["4/?"], 0)]
    assert "4/?: who cannot be told from others" in ask(bakery, find_query("robustness"), asked).notes[0]


def test_below_chains_from_a_cause_stands_how_well_they_hold(bakery: Store) -> None:
    chains = find_query("causal-chains")
    (note,) = ask(bakery, chains, {"effect": AWAY, "cause": "Oven-hot"}).notes
    assert note == (
        "Doubt 1 person and no chain told whole is left; doubt 2 people and no chain is left at all: "
        "`kb query robustness` says whom."
    )
    (same,) = ask(bakery, chains, {"effect": AWAY, "cause": "Oven-sensor"}).notes
    assert same == "Doubt 1 person and no chain is left: `kb query robustness` says whom."
    assert ask(bakery, chains, {"effect": AWAY}).notes == ()


def test_what_would_be_cut_off_if_one_were_fixed(bakery: Store) -> None:
    assert rows(bakery, "cut-off", "cause cut_off leads_to interviews fixes") == [
        ("Oven-sensor", 5, 5, 1, 1),
        ("Oven-hot", 4, 4, 3, 0),
        ("damp flour", 3, 3, 1, 0),
        ("Crust-burnt", 2, 4, 2, 0),
        ("old yeast", 2, 2, 1, 0),
        ("sticky dough", 2, 2, 1, 0),
        (AWAY, 1, 4, 1, 0),
        ("torn belt", 1, 2, 1, 0),
        ("flat loaves", 1, 1, 1, 0),
        (BENCH, 0, 4, 1, 0),
    ]
    assert rows(bakery, "cut-off", "cause effects", issue="sticky dough") == [
        ("sticky dough", ["stopped shop", "torn belt"])
    ]


def test_causes_of(bakery: Store) -> None:
    columns = "cause kind interviews people stated told_in quotes"
    assert rows(bakery, "causes-of", columns, issue="Oven-hot") == [
        ("Oven-sensor", "issue", 1, 1, "stated", ["1"], [f"1: {SENSOR} [1:0001]"]),
        (BENCH, "issue", 1, 1, "stated", ["1"], ["1: hurrying overheats everything again. [1:0008]"]),
    ]
    assert rows(bakery, "causes-of", "cause interviews people", issue=AWAY) == [("Crust-burnt", 2, 2)]
    assert rows(bakery, "causes-of", "cause", issue="Oven-sensor") == []


def test_effects_of_with_the_strongest_level_told(bakery: Store) -> None:
    assert rows(bakery, "effects-of", "effect interviews people stated told_in", issue="Oven-hot") == [
        ("Crust-burnt", 2, 2, "across-turns", ["1", "10"]),  # implied in 10
        ("smoke in the shop", 1, 1, "stated", ["3"]),
    ]


def test_root_causes_have_no_cause_themselves(bakery: Store) -> None:
    assert rows(bakery, "root-causes", "cause kind effects links nearest_chain told told_by") == [
        ("Oven-sensor", "issue", 5, 1, ["Oven-sensor", "Oven-hot"], "whole", ["1"]),
        ("damp flour", "cause", 3, 1, ["damp flour", "sticky dough"], "whole", ["2"]),
        ("old yeast", "cause", 2, 1, ["old yeast", "flat loaves"], "stitched", []),
    ]
    chain = ["Oven-sensor", "Oven-hot", "Crust-burnt", AWAY]
    assert rows(bakery, "root-causes", "cause effects links nearest_chain told_by", issue=AWAY) == [
        ("Oven-sensor", 1, 3, chain, ["1"])
    ]
    assert rows(bakery, "root-causes", "cause", issue=AWAY, depth=2) == []


def test_each_feedback_loop_once(bakery: Store) -> None:
    assert rows(bakery, "feedback-loops", "loop links told told_by tellers") == [
        (["sticky dough", "torn belt", "sticky dough"], 2, "whole", ["2"], ["2/Interviewee 2"]),
        (["Crust-burnt", AWAY, BENCH, "Oven-hot", "Crust-burnt"], 4, "whole", ["1"], [ONE]),
    ]
    assert rows(bakery, "feedback-loops", "links", depth=3) == [2]


def test_leverage(bakery: Store) -> None:
    # Told whole are the chains that interview 1 tells: 5 of two links, 5 of three, 1 of four.
    assert rows(bakery, "leverage", "cause effects chains interviews fixes") == [
        ("Oven-sensor", 5, 3, 1, 1),
        ("Oven-hot", 4, 8, 3, 0),
        ("Crust-burnt", 4, 7, 2, 0),
        (AWAY, 4, 6, 1, 0),
        (BENCH, 4, 5, 1, 0),
        ("damp flour", 3, 0, 1, 0),
        ("old yeast", 2, 0, 1, 0),
        ("sticky dough", 2, 0, 1, 0),
        ("torn belt", 2, 0, 1, 0),
        ("flat loaves", 1, 0, 1, 0),
    ]
    # Within two links: only the five chains of two links count.
    assert rows(bakery, "leverage", "cause effects chains", depth=2, limit=5) == [
        ("Oven-hot", 3, 3),
        (BENCH, 3, 2),
        ("Oven-sensor", 3, 1),
        ("Crust-burnt", 2, 2),
        (AWAY, 2, 2),
    ]


# --- fixes -------------------------------------------------------------------------------------


def test_fixes_failed_fixes_and_detections(bakery: Store) -> None:
    columns = "relation fix interviews people passages stated told_in"
    assert rows(bakery, "fixes-for", columns, issue="Oven-hot") == [
        ("does not fix", "praying to the oven", 1, 1, 1, "stated", ["1"]),
        ("detects", "a paper strip", 1, 1, 1, "stated", ["1"]),
    ]
    # A passage coded X-fix, by two coders, is one passage that says that X has this fix.
    assert rows(bakery, "fixes-for", columns, issue="Oven-sensor") == [
        ("fixes", "Oven-sensor-fix", 1, 1, 1, "coded", ["1"])
    ]
    assert rows(bakery, "fixes-for", "quotes", issue="Oven-sensor") == [
        ["1: We bought a second thermometer [1:0004]"]  # the longer of the two marks
    ]


def test_fixes_along_the_chains(bakery: Store) -> None:
    columns = "links_before issue fix interviews people"
    fix = (3, "Oven-sensor", "Oven-sensor-fix", 1, 1)
    assert rows(bakery, "fixes-along-chain", columns, effect=AWAY) == [fix]
    assert rows(bakery, "fixes-along-chain", columns, effect=AWAY, cause="Oven-sensor") == [fix]
    assert rows(bakery, "fixes-along-chain", columns, effect=AWAY, cause=BENCH) == []
    assert rows(bakery, "fixes-along-chain", columns, effect=AWAY, depth=2) == []
    # The issue at the end counts too.
    assert rows(bakery, "fixes-along-chain", columns, effect="Oven-sensor") == [(0, *fix[1:])]


def test_issues_without_fix(bakery: Store) -> None:
    assert rows(bakery, "issues-without-fix", "issue interviews passages effects failed") == [
        ("Oven-hot", 3, 5, 2, ["praying to the oven"]),
        ("Crust-burnt", 3, 2, 1, []),
        (AWAY, 2, 0, 1, []),
        ("Data-missing-value", 1, 1, 0, []),
        # Nobody coded these; people tell of them all the same.
        ("angry bakers", 1, 0, 0, []),
        ("flat loaves", 1, 0, 1, []),
        (BENCH, 1, 0, 1, []),
        ("smoke in the shop", 1, 0, 0, []),
        ("sticky dough", 1, 0, 1, []),
        ("stopped shop", 1, 0, 0, []),
        ("torn belt", 1, 0, 2, []),
    ]
    assert rows(bakery, "issues-without-fix", "issue", limit=2) == ["Oven-hot", "Crust-burnt"]


# --- issues ------------------------------------------------------------------------------------


def test_top_issues_by_interviews_then_passages(bakery: Store) -> None:
    columns = "issue interviews coded_in passages coders related_in causes fixes"
    expected = [
        ("Oven-hot", 3, 2, 5, 2, 3, 2, 0),
        ("Crust-burnt", 3, 2, 2, 2, 3, 1, 0),
        (AWAY, 2, 0, 0, 0, 2, 1, 0),
        ("Oven-sensor", 1, 1, 1, 2, 1, 0, 1),
        ("Data-missing-value", 1, 1, 1, 1, 0, 0, 0),
        ("angry bakers", 1, 0, 0, 0, 1, 1, 0),
        ("flat loaves", 1, 0, 0, 0, 1, 1, 0),
        (BENCH, 1, 0, 0, 0, 1, 1, 0),
        ("smoke in the shop", 1, 0, 0, 0, 1, 1, 0),
        ("sticky dough", 1, 0, 0, 0, 1, 2, 0),
        ("stopped shop", 1, 0, 0, 0, 1, 1, 0),
        ("torn belt", 1, 0, 0, 0, 1, 1, 0),
    ]
    without = {row[0]: row[1] for row in rows(bakery, "issues-without-fix", "issue interviews")}
    assert without == {row[0]: row[1] for row in expected if not row[-1]}
    assert rows(bakery, "top-issues", columns) == expected
    assert rows(bakery, "top-issues", columns, limit=2) == expected[:2]


def test_issue_card(bakery: Store) -> None:
    assert rows(bakery, "issue-card", "section item detail told_in interviews", issue="Oven-hot") == [
        ("is", "Oven-hot", "issue", ["1", "3", "10"], 3),  # coded in 1 and 10, told of in 1, 3 and 10
        ("caused by", "Oven-sensor", "stated", ["1"], 1),
        ("caused by", BENCH, "stated", ["1"], 1),
        ("leads to", "Crust-burnt", "across-turns", ["1", "10"], 2),
        ("leads to", "smoke in the shop", "stated", ["3"], 1),
        ("not fixed by", "praying to the oven", "stated", ["1"], 1),
        ("shown by", "a paper strip", "stated", ["1"], 1),
        ("spoken of", "10:0000", "Interviewer 1", ["10"], 1),
        ("spoken of", "10:0001", "Interviewee", ["10"], 1),
        ("spoken of", "1:0001", "Interviewee", ["1"], 1),
        ("spoken of", "1:0002", "Interviewee", ["1"], 1),
        ("spoken of", "1:0006", "Interviewee", ["1"], 1),
    ]
    card = rows(bakery, "issue-card", "section quotes", issue="Oven-sensor")
    assert ("fixed by", ["1: We bought a second thermometer [1:0004]"]) in card
    # Of the coders' marks in one turn, the one that begins first.
    assert card[-1] == ("spoken of", [SENSOR])
    only = rows(bakery, "issue-card", "section item", issue="Oven-hot", interview="10")
    assert [item for section, item in only if section == "spoken of"] == ["10:0000", "10:0001"]
    assert len(only) == 9
    assert rows(bakery, "issue-card", "section", issue="Oven-hot", limit=2) == ["is", "caused by"]
    assert rows(bakery, "issue-card", "section told_in interviews", issue="old yeast")[0] == ("is", ["4"], 1)


def test_neighbourhood_has_each_relation_once(bakery: Store) -> None:
    near = [
        ("damp flour", "CAUSES", "sticky dough", 1),
        ("sticky dough", "CAUSES", "torn belt", 1),
        ("torn belt", "CAUSES", "sticky dough", 1),
    ]
    columns = "from relation to interviews"
    assert rows(bakery, "neighbourhood", columns, issue="sticky dough") == near
    assert rows(bakery, "neighbourhood", columns, issue="sticky dough", steps=2) == [
        *near[:2],
        ("torn belt", "CAUSES", "sticky dough", 1),
        ("torn belt", "CAUSES", "stopped shop", 1),
    ]


# --- evidence ----------------------------------------------------------------------------------


def test_evidence_with_tails_and_several_coders(bakery: Store) -> None:
    columns = "interview turn speaker coded_by other_codes tail quote"
    both = ["Ada (coding)", "Ben (coding)"]
    crust = [
        ("1", "1:0002", "Interviewee", both, ["Oven-hot"], False, BURNS),  # a passage, once
        ("10", "10:0001", "Interviewee", both[:1], ["Oven-hot"], False, "the crust burns again"),
    ]
    assert rows(bakery, "evidence", columns, code="Crust-burnt") == crust
    assert rows(bakery, "evidence", columns, code="Crust-burnt", interview="10") == crust[1:]
    assert rows(bakery, "evidence", "turn coded_by tail", code="Crust-burnt", coder="Ben") == [
        ("1:0002", both[1:], True)
    ]
    assert rows(bakery, "evidence", "turn tail quote", code="Oven-hot") == [
        ("1:0001", False, SENSOR),
        ("1:0002", False, BURNS),
        ("1:0006", True, STRIP),
        ("10:0001", False, "the crust burns again"),
        ("10:0000", False, "too hot here"),  # the interviewer's words after the answers
    ]
    for role, turns in (("interviewer", ["10:0000"]), ("interviewee", ["1:0001", "1:0002"])):
        assert rows(bakery, "evidence", "turn", code="Oven-hot", role=role, limit=2) == turns


def test_marks_of_two_coders_on_the_same_words_are_one_passage(bakery: Store) -> None:
    # Ada marked all of it, Ben two words of it.
    assert rows(bakery, "evidence", "turn coded_by quote", code="Oven-sensor") == [
        ("1:0001", ["Ada (coding)", "Ben (coding)"], SENSOR)
    ]
    # "second thermometer" and "We bought a second thermometer".
    assert rows(bakery, "evidence", "quote", code="Oven-sensor-fix") == ["We bought a second thermometer"]


def test_turns_around_a_passage(bakery: Store) -> None:
    asked = "Interviewer 1: What goes wrong in the bakery?"
    sensor, burns = f"Interviewee: {SENSOR}", f"Interviewee: {BURNS}"
    columns = "turn before after"
    given = {"code": "Oven-sensor", "context": 1}
    assert rows(bakery, "evidence", columns, **given) == [("1:0001", [asked], [burns])]
    assert rows(bakery, "evidence", columns, code="Crust-burnt", interview="1", context=2) == [
        ("1:0002", [asked, sensor], [f"Interviewer 1: {BURNT}", f"Interviewee: {SECOND}"])
    ]
    assert rows(bakery, "evidence", columns, code="Oven-sensor") == [("1:0001", [], [])]
    assert rows(bakery, "search", columns, words="wrong bakery", context=1) == [("1:0000", [], [sensor])]
    assert rows(bakery, "evidence-of-relation", columns, of="Oven-sensor", interview="1", context=1)[0] == (
        "1:0001", [asked], [burns]
    )  # fmt: skip
    disputed = rows(bakery, "coder-disagreements", columns, code="Data-missing-value", context=1)
    assert disputed == [("1:0007", [f"Interviewee: {STRIP}"], [f"Interviewee: {HURRY}"])]


def test_a_label_as_written_finds_its_code(bakery: Store) -> None:
    expected = [(["Data-missing-value"], ["Data-missing-values"], "1:0007")]
    for name in ("Data-missing-values", "Data-missing-value", "data-missing-VALUE"):
        assert rows(bakery, "evidence", "codes labels turn", code=name) == expected


def test_evidence_of_a_relation_from_either_end(bakery: Store) -> None:
    columns = "from relation to explicit person turn quote ref"
    expected = [
        ("Crust-burnt", "causes", AWAY, "stated", ONE, "1:0003",
         "burnt crust then drives the customers away.", "R3"),
        ("Crust-burnt", "causes", AWAY, "stated", THREE, "3:0001", "the customers stay away.", "S1"),
    ]  # fmt: skip
    both = {"of": "Crust-burnt", "and": AWAY}
    assert rows(bakery, "evidence-of-relation", columns, **both) == expected
    assert rows(bakery, "evidence-of-relation", columns, **{"of": AWAY, "and": "Crust-burnt"}) == expected
    assert rows(bakery, "evidence-of-relation", "from to turn", of=AWAY) == [
        ("Crust-burnt", AWAY, "1:0003"),
        ("Crust-burnt", AWAY, "3:0001"),
        (AWAY, BENCH, "1:0008"),
    ]
    # One code at both ends means all relations of it.
    same = {"of": AWAY, "and": AWAY}
    assert rows(bakery, "evidence-of-relation", "turn", **same) == ["1:0003", "3:0001", "1:0008"]
    assert rows(bakery, "evidence-of-relation", "turn", of=AWAY, interview="3") == ["3:0001"]
    assert rows(bakery, "evidence-of-relation", "turn", of=AWAY, limit=1) == ["1:0003"]


def test_evidence_across_turns_has_a_row_for_each_passage(bakery: Store) -> None:
    both = {"of": "Oven-hot", "and": "Crust-burnt"}
    assert rows(bakery, "evidence-of-relation", "told_in explicit turn quote", **both) == [
        ("1", "across-turns", "1:0001", "so the oven runs too hot."),
        ("1", "across-turns", "1:0002", "the crust burns black."),
        ("10", "implied", "10:0001", "the crust burns again since the heat is up."),
    ]


def test_evidence_of_a_fix_that_codes_tell(bakery: Store) -> None:
    columns = "from relation to explicit basis person turn quote ref"
    said = (ONE, "1:0004", "We bought a second thermometer", None)
    assert rows(bakery, "evidence-of-relation", columns, of="Oven-sensor-fix") == [
        ("Oven-sensor", "fixed by", "Oven-sensor-fix", "coded", "code", *said)
    ]


def test_search(bakery: Store) -> None:
    def found(words: str, **given: object) -> list[str]:
        return rows(bakery, "search", "turn", words=words, **given)

    assert rows(bakery, "search", "turn speaker codes text", words="überall RUSS again") == []
    assert rows(bakery, "search", "turn speaker codes text", words="ÜBERALL ruß") == [
        ("10:0001", "Interviewee", ["Crust-burnt", "Oven-hot"], RUSS)
    ]
    assert found("BURNS crust") == ["1:0002", "10:0001"]  # every word, in any order
    assert found("hurry") == ["1:0008"]
    assert rows(bakery, "search", "text", words="  hurry   bench ") == [HURRY]
    assert found("hot") == ["1:0001", "1:0002", "3:0002", "10:0000"]
    assert found("hot", role="interviewer") == ["10:0000"]
    assert found("hot", role="interviewee", limit=2) == ["1:0001", "1:0002"]
    assert found("hot", interview="10") == ["10:0000"]
    assert found("100%") == []
    with pytest.raises(UsageError, match="needs --words"):
        found(" ")


# --- codes -------------------------------------------------------------------------------------


def test_co_occurrence_counts_turns_not_codings(bakery: Store) -> None:
    # Two coders gave Crust-burnt to 1:0002, which is one turn.
    pairs = [("Crust-burnt", "Oven-hot", 2, 2), ("Oven-hot", "Oven-sensor", 1, 1)]
    columns = "code other interviews passages"
    assert rows(bakery, "co-occurrence", columns) == pairs
    assert rows(bakery, "co-occurrence", columns, code="Oven-sensor") == pairs[1:]
    assert rows(bakery, "co-occurrence", columns, limit=1) == pairs[:1]
    assert rows(bakery, "co-occurrence", columns, interview="10") == [("Crust-burnt", "Oven-hot", 1, 1)]
    assert rows(bakery, "co-occurrence", columns, coder="Ben") == []  # never two codes on one turn


def test_coder_disagreements_without_those_whose_export_shows_no_codes(bakery: Store) -> None:
    ada, ben = "Ada (coding); not Ben (coding)", "Ben (coding); not Ada (coding)"
    expected = [
        ("1", "1:0001", [f"Oven-hot: {ada}"], ["Oven-sensor"], []),
        ("1", "1:0002", [f"Oven-hot: {ada}"], ["Crust-burnt"], []),
        ("1", "1:0006", [f"Oven-hot: {ben}"], [], ["Oven-hot"]),
        ("1", "1:0007", [f"Data-missing-value: {ada}"], [], []),
    ]
    columns = "interview turn disputed agreed tail_only"
    assert rows(bakery, "coder-disagreements", columns) == expected
    hot = rows(bakery, "coder-disagreements", "turn disputed", code="Oven-hot")
    assert hot == [(turn, disputed) for _, turn, disputed, _, _ in expected[:3]]
    assert rows(bakery, "coder-disagreements", columns, interview="10") == []
    assert rows(bakery, "coder-disagreements", "turn", coder="Ben") == ["1:0006"]
    assert rows(bakery, "coder-disagreements", "turn", role="interviewer") == []
    assert rows(bakery, "coder-disagreements", "turn", limit=1) == ["1:0001"]


# --- interviews --------------------------------------------------------------------------------


def test_by_interview_in_the_order_of_their_numbers(bakery: Store) -> None:
    columns = "interview turns interviewees coded_turns codings codes claims coders without_codes"
    expected = [
        ("1", 9, 1, 5, 10, 5, 8, ["Ada (coding)", "Ben (coding)"], ["Cyd (coding)"]),
        ("2", 5, 2, 0, 0, 0, 4, [], []),
        ("3", 3, 1, 0, 0, 0, 2, [], []),
        ("4", 3, 0, 0, 0, 0, 2, [], []),
        ("10", 3, 1, 2, 3, 2, 1, ["Ada (coding)"], []),
    ]
    assert rows(bakery, "by-interview", columns) == expected
    assert rows(bakery, "by-interview", columns, interview="10") == expected[4:]


def test_coverage_is_of_interviewees_turns_and_none_without_codes(bakery: Store) -> None:
    columns = "interview coders turns coded share coded_elsewhere codes"
    assert rows(bakery, "coverage", columns) == [
        ("1", ["Ada (coding)", "Ben (coding)"], 7, 5, 0.714, 0, 5),
        ("2", [], 3, 0, None, 0, 0),
        ("3", [], 2, 0, None, 0, 0),
        ("4", [], 0, 0, None, 0, 0),
        ("10", ["Ada (coding)"], 2, 1, 0.5, 1, 2),
    ]
    ben = rows(bakery, "coverage", columns, coder="Ben")
    assert ben[0] == ("1", ["Ben (coding)"], 7, 4, 0.571, 0, 4)
    assert ben[-1] == ("10", [], 2, 0, None, 0, 0)
    assert rows(bakery, "coverage", "interview", interview="3") == ["3"]


def test_saturation_rows_are_each_interviews_codes_and_relations(bakery: Store) -> None:
    assert rows(bakery, "saturation", "interview item interviews", what="code") == [
        ("1", "Crust-burnt", 2),
        ("1", "Data-missing-value", 1),
        ("1", "Oven-hot", 2),
        ("1", "Oven-sensor", 1),
        ("1", "Oven-sensor-fix", 1),
        ("10", "Crust-burnt", 2),
        ("10", "Oven-hot", 2),
    ]
    assert rows(bakery, "saturation", "interview item interviews", what="relation") == [
        ("1", f"Crust-burnt causes {AWAY}", 2),
        ("1", "Oven-hot causes Crust-burnt", 2),
        ("1", "Oven-hot not fixed by praying to the oven", 1),
        ("1", "Oven-hot shown by a paper strip", 1),
        ("1", "Oven-sensor causes Oven-hot", 1),
        ("1", "Oven-sensor fixed by Oven-sensor-fix", 1),
        ("1", f"{AWAY} causes {BENCH}", 1),
        ("1", f"{BENCH} causes Oven-hot", 1),
        ("2", "damp flour causes sticky dough", 1),
        ("2", "sticky dough causes torn belt", 1),
        ("2", "torn belt causes sticky dough", 1),
        ("2", "torn belt causes stopped shop", 1),
        ("3", f"Crust-burnt causes {AWAY}", 2),
        ("3", "Oven-hot causes smoke in the shop", 1),
        ("4", "flat loaves causes angry bakers", 1),
        ("4", "old yeast causes flat loaves", 1),
        ("10", "Oven-hot causes Crust-burnt", 2),
    ]
    assert len(rows(bakery, "saturation", "item")) == 7 + 17


# --- what is asked wrongly -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "given", "message"),
    [
        ("causes-of", {"issue": "Oven-hott"}, "Did you mean 'Oven-hot'"),
        ("causes-of", {}, "needs --issue"),
        ("causal-chains", {"effect": AWAY, "cause": "Crust-burned"}, "'Crust-burnt'"),
        ("causal-chains", {"effect": AWAY, "depth": 9}, "--depth is at most 8"),
        ("causal-chains", {"effect": AWAY, "depth": 0}, "--depth is at least 1"),
        ("causal-chains", {"effect": AWAY, "told": "half"}, "--told is one of any, whole"),
        ("feedback-loops", {"depth": 1}, "--depth is at least 2"),
        ("by-interview", {"interview": "11"}, "There is no interview '11'"),
        ("coverage", {"coder": "Bem"}, "Did you mean 'Ben'"),
        ("search", {"words": "hot", "limit": 0}, "--limit is at least 1"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_sentence(
    bakery: Store, query: str, given: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        rows(bakery, query, "path", **given)
