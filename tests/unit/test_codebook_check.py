"""What is left to the researcher, and what the codebook decides."""

from __future__ import annotations

import pytest

from kb.codebook import Codebook, Entry, check, did_you_mean, nearest, problems_of, resolve
from kb.codebook.pairing import agree

EMPTY = Codebook.empty()


def near(labels: list[str], codebook: Codebook = EMPTY) -> set[tuple[str, ...]]:
    return {(p.code, *p.others) for p in problems_of(resolve(labels, codebook)) if p.kind == "near-duplicate"}


def test_near_labels_are_reported_and_never_merged() -> None:
    labels = ["Soil-dry", "soil-dry", "Soil-stone", "Soil-stones", "Soil-cold", "Soil-cold-issues"]
    assert near(labels) == {
        ("Soil-dry", "soil-dry"),
        ("Soil-stone", "Soil-stones"),
        ("Soil-cold", "Soil-cold-issues"),
    }
    assert [concept.name for concept in resolve(labels, EMPTY).concepts] == sorted(labels)


def test_a_slip_of_the_pen_is_near_and_another_number_or_kind_is_not() -> None:
    assert near(["Water-pressure", "Water-presure"]) == {("Water-pressure", "Water-presure")}
    assert near(["Data-low-quality", "Data-low-quantity"]) == {("Data-low-quality", "Data-low-quantity")}
    assert near(["Garden-2021", "Garden-2022", "Q5.1", "Q5.2", "cat", "car"]) == set()
    assert near(["Soil-dry", "Soil-dry-fix", "Soil-wet"]) == set()


def test_two_entries_are_two_things_and_an_alias_is_one() -> None:
    labels = ["Data-low-quality", "Data-low-quantity", "Soil-stone", "Soil-stones"]
    codebook = Codebook(
        entries={
            "Data-low-quality": Entry(),
            "Data-low-quantity": Entry(),
            "Soil-stone": Entry(aliases=("Soil-stones",)),
        }
    )
    assert near(labels, codebook) == set()
    study = resolve(labels, codebook)
    assert study.concept("Soil-stones").name == "Soil-stone"
    assert len(study.concepts) == 3


def test_the_codebook_wins_over_every_rule() -> None:
    codebook = Codebook(
        categories={"G": "Garden"},
        entries={
            "Soil-dry-fix": Entry(kind="topic", category="none", description="Talk of watering."),
            "Ground [GR]": Entry(kind="issue", category="G"),
            "Q1": Entry(kind="issue"),
        },
    )
    study = resolve(["Soil-dry-fix", "Soil-dry", "Soil-wet", "Ground [GR]", "Q1"], codebook)
    talk, ground = study.concept("Soil-dry-fix"), study.concept("Ground [GR]")
    assert (talk.kind, talk.category, talk.description) == ("topic", None, "Talk of watering.")
    assert (talk.issue, talk.issue_basis, talk.basis) == (None, "", "codebook")
    assert (ground.kind, ground.category, ground.category_name) == ("issue", "G", "Garden")
    assert ground.category_basis == "codebook"
    assert study.concept("Q1").kind == "issue"


def test_the_issue_of_a_fix_exists_though_nobody_coded_it() -> None:
    codebook = Codebook(
        entries={
            "Drought": Entry(kind="issue", aliases=("Soil-dry",), description="No rain."),
            "watering-fix": Entry(kind="fix", issue="Soil-dry"),
        }
    )
    study = resolve(["watering-fix", "soil_dry_fix"], codebook)
    assert [concept.name for concept in study.concepts] == ["Drought", "soil_dry_fix", "watering-fix"]
    assert study.concept("Drought").basis == "codebook"
    assert study.concept("watering-fix").issue == "Drought"
    assert study.concept("watering-fix").issue_basis == "codebook"
    # an alias is a name of its concept for the rules as well
    assert resolve(["Soil-dry-fix"], codebook).concept("Soil-dry-fix").issue == "Drought"


def test_a_fix_of_no_single_issue_is_decided_by_none() -> None:
    labels = ["preventive-fix"]
    (problem,) = problems_of(resolve(labels, EMPTY))
    assert (problem.kind, problem.code) == ("fix-without-issue", "preventive-fix")
    codebook = Codebook(entries={"preventive-fix": Entry(kind="fix", issue="none")})
    assert problems_of(resolve(labels, codebook)) == ()


def test_a_fix_without_issue_is_shown_the_nearest_ones() -> None:
    problems = problems_of(resolve(["Soil-acid-high-fix", "Soil-acid-highest", "Tubes"], EMPTY))
    assert [(p.kind, p.others) for p in problems] == [("fix-without-issue", ("Soil-acid-highest",))]


def test_counts_are_of_concepts_and_single_uses_are_told() -> None:
    codebook = Codebook(entries={"Soil-dry": Entry(kind="issue", aliases=("Drought",))})
    problems = check({"Soil-dry": 1, "Drought": 1, "Frost": 1, "Snow": 5}, codebook)
    assert [(p.kind, p.code, p.count) for p in problems] == [
        ("unknown", "Frost", 1),
        ("unknown", "Snow", 5),
        ("used-once", "Frost", 1),
    ]


def test_unknown_codes_are_told_only_against_a_codebook_and_with_the_nearest() -> None:
    labels = ["Soil-drie", "Q7.1"]
    assert problems_of(resolve(labels, EMPTY)) == ()
    unknown = problems_of(resolve(labels, Codebook(entries={"Soil-dry": Entry()})))
    assert [(p.kind, p.code, p.others) for p in unknown] == [("unknown", "Soil-drie", ("Soil-dry",))]
    assert "issue (default)" in unknown[0].message


def test_merge_lets_the_users_entries_win_whole() -> None:
    base = Codebook(
        categories={"S": "Soil", "W": "Water"},
        entries={
            "Dry": Entry(kind="issue", aliases=("Drought", "Arid"), description="old"),
            "Dry-fix": Entry(kind="fix", issue="Dry"),
            "Wet": Entry(kind="issue", aliases=("Damp",)),
        },
    )
    user = Codebook(
        categories={"S": "Ground"},
        entries={"Parched": Entry(kind="issue", aliases=("Dry",)), "Damp": Entry(kind="topic")},
    )
    merged = base.merge(user)
    assert merged.categories == {"S": "Ground", "W": "Water"}
    assert {alias: merged.canonical(alias) for alias in ("Dry", "Drought", "Arid", "Damp", "Wet")} == {
        "Dry": "Parched",
        "Drought": "Parched",
        "Arid": "Parched",
        "Damp": "Damp",
        "Wet": "Wet",
    }
    assert resolve(["Dry-fix"], merged).concept("Dry-fix").issue == "Parched"
    assert merged.merge(Codebook.empty()).digest == merged.digest
    assert Codebook.empty().merge(base).digest == base.digest


def test_an_issue_that_the_user_makes_a_topic_has_no_fix_any_more() -> None:
    base = Codebook(entries={"Dry": Entry(kind="issue"), "Dry-fix": Entry(kind="fix", issue="Dry")})
    merged = base.merge(Codebook(entries={"Dry": Entry(kind="topic")}))
    study = resolve(["Dry-fix", "Dry"], merged)
    assert study.concept("Dry-fix").issue is None
    assert [p.kind for p in problems_of(study)] == ["fix-without-issue"]


def test_the_digest_is_of_the_content() -> None:
    one = Codebook(entries={"A": Entry(aliases=("x", "y")), "B": Entry(kind="issue")})
    same = Codebook(entries={"B": Entry(kind="issue"), "A": Entry(aliases=("y", "x"))})
    assert one.digest == same.digest
    assert one.digest != Codebook(entries={"A": Entry(aliases=("x",)), "B": Entry(kind="issue")}).digest


def test_nearest_knows_slips_parts_and_case_and_gives_up_on_strangers() -> None:
    names = ["MT-overfitting", "MD-performance-drop", "Data-no-signal", "Data-no-signal-fix", "Misc"]
    assert nearest("MT-overfiting", names)[0] == "MT-overfitting"
    assert nearest("OVERFITTING", names)[0] == "MT-overfitting"
    assert nearest("data-nosignal", names) == ["Data-no-signal", "Data-no-signal-fix"]
    assert nearest("Data-no-signal", names, n=1) == ["Data-no-signal"]
    assert nearest("zebra crossing", names) == []
    assert nearest("mischievous-deeds", names) == []
    assert did_you_mean("MT-overfiting", names) == " Did you mean 'MT-overfitting'?"
    assert did_you_mean("zebra crossing", names) == ""


def test_a_few_letters_do_not_mean_a_long_sentence() -> None:
    assert nearest("Nope", ["operations do not know the language of the model", "MM-drift"]) == []
    assert nearest("overfit", ["MT-overfitting", "models that are too complex"]) == ["MT-overfitting"]


def test_names_with_numbers_are_not_each_compared_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many comparisons as the square of the labels take minutes where there are thousands."""
    compared = []

    def counted(one: tuple[str, ...], other: tuple[str, ...]) -> int | None:
        compared.append((one, other))
        return agree(one, other)

    monkeypatch.setattr("kb.codebook.pairing.agree", counted)
    names = [*(f"c{n}" for n in range(400)), "Soil-stone", "Soil-stones"]
    assert near(names) == {("Soil-stone", "Soil-stones")}
    assert len(compared) < len(names)
