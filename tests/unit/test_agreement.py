"""Agreement between coders, held to published examples and to another implementation."""

import random
from types import SimpleNamespace

import pytest
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import jaccard_distance, masi_distance

from kb.agreement import (
    CodedSource,
    Ratings,
    agreement,
    cohen_kappa,
    jaccard,
    krippendorff_alpha,
    masi,
    nominal,
)
from kb.agreement.coefficients import NO_VARIATION, NOTHING_TO_PAIR
from kb.agreement.report import ONE_CODER
from kb.appendix import method
from kb.appendix.asked import Names
from kb.appendix.blocks import Table
from kb.cli.agreement_screen import print_screen
from kb.records import Coding, Turn, turn_id


def columns(*rows):
    """Reliability data as published, a row a coder, as units without the missing values (``.``)."""
    return [[v for v in unit if v != "."] for unit in zip(*(row.split() for row in rows), strict=True)]


# The three examples with nominal data of Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
BINARY = columns("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
NOMINAL = columns("a a b b d c c c e d d a", "b a b b b c c c e d d d")
MISSING = columns(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


@pytest.mark.parametrize(
    ("data", "units", "alpha"), [(BINARY, 10, 0.095), (NOMINAL, 12, 0.692), (MISSING, 11, 0.743)]
)
def test_alpha_is_krippendorffs_own(data, units, alpha):
    found = krippendorff_alpha(data, nominal)
    assert round(found.value, 3) == alpha
    assert found.units == units


def test_kappa_of_a_worked_table():
    # 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, expected 0.5.
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    found = cohen_kappa(pairs)
    assert (found.observed, found.expected) == (0.7, 0.5)
    assert found.value == pytest.approx(0.4)


def random_sets(seed):
    """Units of two to four coders' sets, never empty: the other implementation divides by their size."""
    rng = random.Random(seed)
    return {
        item: {
            coder: frozenset(rng.sample("abcde", rng.randint(1, 3)))
            for coder in rng.sample("WXYZ", rng.randint(1, 4))
        }
        for item in range(30)
    }


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("ours", "theirs"), [(jaccard, jaccard_distance), (masi, masi_distance)])
def test_alpha_over_sets_equals_nltk(seed, ours, theirs):
    data = random_sets(seed)
    triples = [(coder, item, labels) for item, given in data.items() for coder, labels in given.items()]
    expected = AnnotationTask(triples, distance=theirs).alpha()
    assert krippendorff_alpha([list(g.values()) for g in data.values()], ours).value == pytest.approx(
        expected
    )


def test_nominal_kappa_equals_nltk():
    rng = random.Random(7)
    pairs = [(rng.choice("abc"), rng.choice("abc")) for _ in range(40)]
    triples = [(coder, i, v) for i, pair in enumerate(pairs) for coder, v in zip("AB", pair, strict=True)]
    assert cohen_kappa(pairs).value == pytest.approx(AnnotationTask(triples).kappa())


def test_set_distances():
    assert masi({"a"}, {"a", "b"}) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi({"a", "b"}, {"b", "c"}) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert jaccard({"a", "b"}, {"b", "c"}) == pytest.approx(2 / 3)
    for distance in (jaccard, masi):
        assert distance(frozenset(), frozenset()) == 0
        assert distance(frozenset(), {"a"}) == 1


def test_undefined_coefficients_say_why():
    assert cohen_kappa([]).reason == NOTHING_TO_PAIR
    same = cohen_kappa([(0, 0)] * 4)
    assert (same.value, same.observed, same.reason) == (None, 1.0, NO_VARIATION)
    assert krippendorff_alpha([[1], [2]], nominal).reason == NOTHING_TO_PAIR
    same = krippendorff_alpha([[1, 1], [1, 1], [2]], nominal)
    assert (same.value, same.units, same.reason) == (None, 2, NO_VARIATION)


def turns(interview, n):
    roles = ("interviewer", "interviewee")
    return [
        Turn(id=turn_id(interview, i), interview=interview, index=i, text="…", role=roles[i % 2])
        for i in range(n)
    ]


def code(interview, index, name, coder, **more):
    return Coding(
        interview=interview, turn=turn_id(interview, index), label=name, code=name,
        coder=coder, round=more.pop("round", "coding"), **more,
    )  # fmt: skip


def measure(report, **wanted):
    [found] = [m for m in report.measures if all(getattr(m, k) == v for k, v in wanted.items())]
    return found


def test_who_did_not_code_an_interview_is_missing_there():
    # A and B agree on interview 1; C coded interview 2 alone, which must not change anything.
    codings = [code("1", 1, "X", "A"), code("1", 1, "X", "B"), code("2", 0, "X", "C")]
    report = agreement(Ratings.build(turns("1", 4) + turns("2", 9), codings))
    alpha = measure(report, interview=None, level="any", coefficient="alpha", all_coders=True)
    assert (alpha.value, alpha.units, alpha.uses) == (1.0, 4, 3)
    alone = measure(report, interview="2", level="any", coefficient="alpha")
    assert (alone.value, alone.reason) == (None, ONE_CODER)
    never_met = measure(report, interview=None, level="any", coders=("A (coding)", "C (coding)"))
    assert (never_met.value, never_met.reason) == (None, NOTHING_TO_PAIR)


def test_where_three_coded_each_pair_has_its_alpha_beside_that_of_all():
    codings = [code("1", n, x, who) for n, x, whom in ((1, "X", "ABC"), (2, "X", "AB"), (3, "Y", "C"))
               for who in whom]  # fmt: skip
    report = agreement(Ratings.build(turns("1", 6), codings), by_interview=False)
    two = agreement(Ratings.build(turns("1", 6), [c for c in codings if c.coder != "C"]), by_interview=False)
    for level, name, distance in (
        ("any", None, "nominal"), ("code", "X", "nominal"), ("set", None, "jaccard"), ("set", None, "masi")
    ):  # fmt: skip
        same = {"level": level, "name": name, "distance": distance, "coefficient": "alpha"}
        pair = measure(report, coders=("A (coding)", "B (coding)"), **same)
        assert not pair.all_coders
        assert (pair.value, pair.units) == (measure(two, **same).value, 6)
        every = measure(report, all_coders=True, **same)
        assert len(every.coders) == 3
        assert every.value < pair.value
    assert all(m.all_coders for m in two.measures)


def test_a_source_that_is_said_to_take_part_disagrees_by_silence():
    codings = [code("1", 1, "X", "A")]
    sources = [CodedSource("1", "A", "coding"), CodedSource("1", "B", "coding")]
    with_b = agreement(Ratings.build(turns("1", 4), codings, sources))
    found = measure(with_b, interview="1", level="any", coefficient="kappa")
    assert (found.observed, found.value) == (0.75, 0.0)


def test_codings_of_a_source_that_was_not_chosen_are_counted_as_left_out():
    codings = [code("1", 1, "X", "A"), code("1", 2, "X", "M", round="moderation")]
    report = agreement(Ratings.build(turns("1", 4), codings, [CodedSource("1", "A", "coding")]))
    assert (report.codings_used, report.codings_left_out) == (1, 1)
    assert report.interviews == {"1": ("A (coding)",)}


def test_any_category_code_and_set_answer_different_questions():
    codings = [
        code("1", 0, "Data-a", "A"), code("1", 0, "Data-b", "B"),
        code("1", 1, "MT-c", "A"), code("1", 1, "MT-c", "B"),
    ]  # fmt: skip
    categories = {"Data-a": "Data", "Data-b": "Data", "MT-c": "MT"}
    report = agreement(Ratings.build(turns("1", 4), codings), categories, by_interview=False)
    assert measure(report, level="any", coefficient="alpha").value == 1
    assert measure(report, level="category", name="Data", coefficient="kappa").value == 1
    assert measure(report, level="code", name="Data-a", coefficient="kappa").value == 0
    assert measure(report, level="code", name="Data-a", coefficient="alpha").uses == 1
    assert 0 < measure(report, level="set", distance="masi").value < 1


def test_a_pair_is_not_compared_on_a_code_that_neither_used():
    codings = [code("1", 1, "X", "A"), code("1", 1, "X", "B"), code("1", 2, "Y", "C")]
    report = agreement(Ratings.build(turns("1", 4), codings), levels=["code"], by_interview=False)
    compared = {m.coders for m in report.measures if m.name == "Y" and m.coefficient == "kappa"}
    assert compared == {("A (coding)", "C (coding)"), ("B (coding)", "C (coding)")}
    assert measure(report, name="Y", coefficient="alpha", all_coders=True).uses == 1


def test_strict_spans_leaves_flagged_codings_out_and_says_so():
    codings = [
        code("1", 1, "X", "A"), code("1", 1, "X", "B"),
        code("1", 2, "X", "A", label_without_underline=True),
    ]  # fmt: skip
    loose = agreement(Ratings.build(turns("1", 4), codings))
    strict = agreement(Ratings.build(turns("1", 4), codings, strict_spans=True))
    assert measure(loose, interview="1", level="any", coefficient="kappa").value < 1
    assert measure(strict, interview="1", level="any", coefficient="kappa").value == 1
    assert strict.codings_left_out == 1
    assert any("left out (strict spans)" in said for said in strict.treatment)
    assert not any("left out (strict spans)" in said for said in loose.treatment)


def test_strict_spans_takes_a_turn_with_unmarked_labels_alone_for_missing_and_not_for_none():
    codings = [
        code("1", 1, "X", "A"), code("1", 1, "X", "B"), code("1", 1, "X", "C"),
        code("1", 2, "X", "A", label_without_underline=True), code("1", 2, "X", "B"),
        code("1", 3, "X", "A", label_without_underline=True), code("1", 3, "Y", "A"),
    ]  # fmt: skip
    report = agreement(Ratings.build(turns("1", 4), codings, strict_spans=True), levels=["any"])
    units = {m.coders: m.units for m in report.measures if m.interview == "1" and m.coefficient == "kappa"}
    assert units == {
        ("A (coding)", "B (coding)"): 3,
        ("A (coding)", "C (coding)"): 3,
        ("B (coding)", "C (coding)"): 4,
    }
    assert (
        measure(report, interview="1", coefficient="alpha", all_coders=True).units == 4
    )  # B and C judged turn 2
    a_c = next(m for m in report.measures if m.interview == "1" and m.coders == ("A (coding)", "C (coding)"))
    assert a_c.observed == pytest.approx(2 / 3)  # turn 3 has A's marked code
    assert report.codings_left_out == 2


def test_units_can_be_the_interviewees_turns_alone():
    codings = [code("1", i, "X", coder) for i in (0, 1) for coder in "AB"]
    report = agreement(Ratings.build(turns("1", 6), codings, role="interviewee"))
    assert (report.turns, report.codings_used, report.codings_left_out) == (3, 2, 2)
    assert "Only turns of the interviewee count." in report.treatment


def test_the_report_does_not_depend_on_the_order_of_its_input():
    codings = [
        code("1", i % 4, name, coder)
        for i, name in enumerate("XYZXY")
        for coder in "AB"
        if i != 2 or coder == "A"
    ]
    given = turns("1", 4) + turns("2", 3)
    assert agreement(Ratings.build(given, codings)) == agreement(Ratings.build(given[::-1], codings[::-1]))


def three_coders():
    """Turns and codings of three coders who agree more or less on four codes."""
    used = ["X ABC", "X AB", "Y ABC", "Y C", "Z ABC", "Z AC", "W AB", "W BC"]
    marks = [(n, *each.split()) for n, each in enumerate(used)]
    codings = [code("1", n, name, who) for n, name, whom in marks for who in whom]
    return turns("1", 9), codings


def test_the_first_screen_has_one_alpha_of_a_code_that_of_all_coders(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    said, codings = three_coders()
    print_screen(agreement(Ratings.build(said, codings), by_interview=False))
    table = capsys.readouterr().out
    rows = [line.split() for line in table.splitlines() if line.startswith(("overall", "best", "worst"))]
    assert sum(row[1:6] == ["any", "code", "or", "none", "alpha"] for row in rows) == 1
    assert sorted(row[1] for row in rows if row[0] in ("best", "worst")) == ["W", "X", "Y", "Z"]
    assert {row[-1] for row in rows if "alpha" in row} == {"3"}
    assert all("×" in row for row in rows if "kappa" in row)


def test_notes_of_the_first_screen_are_as_wide_as_the_screen(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    said, codings = three_coders()
    print_screen(agreement(Ratings.build(said, codings), by_interview=False))
    notes = capsys.readouterr().err.splitlines()
    assert max(map(len, notes)) <= 60
    assert "--all prints every code, category, pair and interview" in " ".join(notes)


def test_the_appendix_has_a_code_once_with_its_coders(monkeypatch):
    said, codings = three_coders()
    sources = [CodedSource("1", who, "coding") for who in "ABC"]
    concepts = {name: {} for name in "WXYZ"}
    read = SimpleNamespace(turns=said, codings=codings, sources=sources, concepts=concepts)
    monkeypatch.setattr(method, "read_study", lambda _store: read)
    [table] = [
        b for b in method.agreement(SimpleNamespace(store=None, names=Names())) if isinstance(b, Table)
    ]
    names = [row[0] for row in table.rows]
    assert len(names) == len(set(names))
    assert {"code W", "code X", "code Y", "code Z"} <= set(names)
    assert table.columns[-1] == "coders"
    assert {row[-1] for row in table.rows} == {"3"}
