"""What the rules decide with no codebook, on names of studies that do not exist."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from kb.codebook import Codebook, Entry, problems_of, resolve

EMPTY = Codebook.empty()

STUDY = [
    "Soil-dry",
    "Soil-dry-fix",
    "Soil-stones",
    "Soil-stone-fix",
    "Soil-collection",
    "WT-leak-issues",
    "WT-leak-fix",
    "WT-pump-challenging",
    "WT-pump-difficult-fix",
    "Water-and-tubes [WT]",
    "Plants-Health (PH)",
    "Q1",
    "Q5.4",
    "neighbours",
    "no-sun",
    "no-sun-fix",
]


@pytest.mark.parametrize(
    ("label", "kind", "basis"),
    [
        ("Soil-dry-fix", "fix", "rule: suffix -fix"),
        ("soil_dry_fix", "fix", "rule: suffix -fix"),
        ("Soil dry fixes", "fix", "rule: suffix -fixes"),
        ("Fix: soil dry", "fix", "rule: begins with fix:"),
        ("FIX / soil dry", "fix", "rule: begins with fix:"),
        ("fix_soil_dry", "fix", "rule: begins with fix"),
        ("Soil dry (fix)", "fix", "rule: marked (fix)"),
        ("Soil dry [Fix]", "fix", "rule: marked (fix)"),
        ("Cause: rain", "cause", "rule: begins with cause:"),
        ("Tools (topic)", "topic", "rule: marked (topic)"),
        ("Q5.4", "question", "rule: question number"),
        ("q12", "question", "rule: question number"),
        ("RQ2", "question", "rule: question number"),
        ("Q5.4: what grew", "question", "rule: question number"),
        ("Water-and-tubes [WT]", "category", "rule: brackets"),
        ("Plants-Health (PH)", "category", "rule: brackets"),
        ("SP-pipes-leak (SPL)", "category", "rule: brackets"),
        ("neighbours", "issue", "default"),
        # no marks: verbs, words that only contain the mark, remarks in brackets
        ("hard-to-fix", "issue", "default"),
        ("prefix", "issue", "default"),
        ("suffixes wrong", "issue", "default"),
        ("Slow pump (GPU)", "issue", "default"),
        ("Leak (in the tube)", "issue", "default"),
        ("Quality-low", "issue", "default"),
        ("Q-fever", "issue", "default"),
    ],
)
def test_a_label_alone_has_a_kind_and_the_rule_that_gave_it(label: str, kind: str, basis: str) -> None:
    concept = resolve([label], EMPTY).concept(label)
    assert (concept.kind, concept.basis) == (kind, basis)


def test_a_shared_prefix_is_a_category_and_makes_an_issue() -> None:
    study = resolve(STUDY, EMPTY)
    soil = study.concept("Soil-stones")
    assert (soil.category, soil.category_basis, soil.basis) == ("Soil", "rule: prefix", "rule: prefix")
    assert study.concept("neighbours").category is None
    questions = resolve(["q5.4", "Question 3", "RQ2"], EMPTY)
    assert [concept.category for concept in questions.concepts] == ["Q", "RQ", "Q"]


def test_an_issue_and_its_fix_alone_share_no_category() -> None:
    study = resolve(["rust-red", "rust-red-fix"], EMPTY)
    assert [concept.category for concept in study.concepts] == [None, None]


def test_a_word_of_grammar_is_no_category() -> None:
    study = resolve(["no-sun", "no-rain", "how-to-dig", "how-to-sow", "2-rows", "2-beds"], EMPTY)
    assert {concept.category for concept in study.concepts} == {None}


def test_a_bracket_declares_the_category_of_a_prefix_used_once() -> None:
    study = resolve(["Water-and-tubes [WT]", "WT-leak"], EMPTY)
    leak = study.concept("WT-leak")
    assert (leak.category, leak.category_name) == ("WT", "Water-and-tubes")
    assert study.concept("Water-and-tubes [WT]").category == "WT"


def test_a_bracket_that_other_labels_use_as_their_prefix_is_a_category() -> None:
    assert resolve(["Ground (Soil)"], EMPTY).concept("Ground (Soil)").kind == "issue"
    assert resolve(["Ground (Soil)", "Soil-dry"], EMPTY).concept("Ground (Soil)").kind == "category"


def test_prefixes_in_another_case_are_one_category_as_most_labels_spell_it() -> None:
    study = resolve(["soil-dry", "Soil-stones", "Soil-cold"], EMPTY)
    assert {concept.category for concept in study.concepts} == {"Soil"}


@pytest.mark.parametrize("separator", ["-", "_", ": ", "/", ".", " > ", "\\"])
def test_any_separator_ends_a_prefix(separator: str) -> None:
    study = resolve([f"Soil{separator}dry", f"Soil{separator}cold"], EMPTY)
    assert {concept.category for concept in study.concepts} == {"Soil"}


@pytest.mark.parametrize(
    ("fix", "issue", "basis"),
    [
        ("Soil-dry-fix", "Soil-dry", "rule: same name"),
        ("Soil-dry-Fix", "soil-DRY", "rule: same name but for case or separators"),
        ("soil_dry_fix", "Soil dry", "rule: same name but for case or separators"),
        ("Fix: soil dry", "Issue: soil dry", "rule: same name but for case or separators"),
        ("Soil dry (fix)", "Soil dry", "rule: same name"),
        ("Soil-stone-fix", "Soil-stones", "rule: same name but for singular and plural"),
        ("Soil-stones-fix", "Soil-stone", "rule: same name but for singular and plural"),
        ("Soil-analyses-fix", "Soil-analysis", "rule: same name but for singular and plural"),
        ("Soil-boxes-lost-fix", "Soil-box-lost", "rule: same name but for singular and plural"),
        ("Soil-berry-fix", "Soil-berries", "rule: same name but for singular and plural"),
        ("WT-leak-issue-fix", "WT-leak-issues", "rule: same name but for singular and plural"),
        ("WT-leak-fix", "WT-leak-issues", "rule: same name but for an issue word"),
        ("WT-leak-issues-fix", "WT-leak", "rule: same name but for an issue word"),
        ("WT-leaks-problem-fix", "WT-leak-issue", "rule: same name but for an issue word"),
        ("WT-pump-difficult-fix", "WT-pump-challenging", "rule: same name but for an issue word"),
        ("WT-pump-fix", "WT-pump-is-difficult", "rule: same name but for an issue word"),
    ],
)
def test_a_fix_finds_its_issue_under_a_variant_of_its_name(fix: str, issue: str, basis: str) -> None:
    concept = resolve([fix, issue, "Soil-cold", "WT-frost"], EMPTY).concept(fix)
    assert (concept.kind, concept.issue, concept.issue_basis) == ("fix", issue, basis)


@pytest.mark.parametrize(
    ("fix", "other"),
    [
        ("Data-low-quality-fix", "Data-low-quantity"),  # letters alike, another thing
        ("Data-low-quality-fix", "Data-high-quality"),
        ("WT-leak-fix", "Soil-leak"),  # another category
        ("Soil-bia-fix", "Soil-biases"),
        ("Pump-1-fix", "Pump-1s-late"),
        ("Soil-fix", "Soil-dry"),
        ("Soil-dry-fix", "Soil-dry (topic)"),
        ("Soil-dry-fix", "Soil-dry-fix-fix"),
    ],
)
def test_a_fix_is_not_paired_by_likeness(fix: str, other: str) -> None:
    concept = resolve([fix, other], EMPTY).concept(fix)
    assert (concept.issue, concept.issue_basis) == (None, "none found")


def test_the_stronger_agreement_wins_and_a_tie_is_left_open() -> None:
    names = ["WT-leak", "WT-leaks", "WT-leak-issues"]
    assert resolve([*names, "WT-leak-fix"], EMPTY).concept("WT-leak-fix").issue == "WT-leak"
    assert resolve([*names[1:], "WT-leak-fix"], EMPTY).concept("WT-leak-fix").issue == "WT-leaks"
    tied = resolve(["WT-leak-problem", "WT-leak-issues", "WT-leak-fix"], EMPTY)
    assert tied.concept("WT-leak-fix").issue is None
    (problem,) = [p for p in problems_of(tied) if p.kind == "fix-with-several-issues"]
    assert problem.others == ("WT-leak-issues", "WT-leak-problem")


STYLES = {
    "kebab": ("{p}-{s}", "{p}-{s}-fix", "-"),
    "snake": ("{p}_{s}", "{p}_{s}_fix", "_"),
    "colon": ("{p}: {s}", "{p}: {s} (fix)", " "),
    "head": ("{p}/{s}", "Fix: {p}/{s}", " "),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", range(5))
def test_a_whole_study_pairs_in_any_style_with_any_variant(style: str, seed: int) -> None:
    random_ = random.Random(seed)
    issue_form, fix_form, blank = STYLES[style]
    vary: list[Callable[[str], str]] = [
        str.upper,
        str.lower,
        lambda subject: subject + "s",
        lambda subject: subject + blank + "issue",
    ]
    nouns = random_.sample(["valve", "tube", "hose", "pump", "meter", "tank", "filter"], 5)
    wanted = {}
    for noun in nouns:
        subject = blank.join([random_.choice(["bent", "old", "lost"]), noun])
        issue = issue_form.format(p="WT", s=random_.choice(vary)(subject))
        wanted[fix_form.format(p="WT", s=subject)] = issue
    labels = [*wanted, *wanted.values(), "other thing", "Q3"]
    random_.shuffle(labels)
    study = resolve(labels, EMPTY)
    assert {fix: study.concept(fix).issue for fix in wanted} == wanted
    assert {study.concept(label).category for label in [*wanted, *wanted.values()]} == {"WT"}
    assert {study.concept(issue).kind for issue in wanted.values()} == {"issue"}


@pytest.mark.parametrize("seed", range(10))
def test_order_and_repeats_of_labels_do_not_matter(seed: int) -> None:
    codebook = Codebook(entries={"Soil-dry": Entry(kind="issue", aliases=("Soil-drought",))})
    reference = resolve(STUDY, codebook)
    shuffled = [*STUDY, *random.Random(seed).choices(STUDY, k=7)]
    random.Random(seed).shuffle(shuffled)
    again = resolve(iter(shuffled), codebook)
    assert again.concepts == reference.concepts
    assert problems_of(again) == problems_of(reference)
    assert list(again.names) == list(reference.names)


def test_white_space_and_composition_of_accents_do_not_make_another_code() -> None:
    study = resolve(["Caf\u00e9 cold", "Cafe\u0301  cold\n"], EMPTY)
    assert [concept.name for concept in study.concepts] == ["Caf\u00e9 cold"]
    assert study.concept(" Cafe\u0301 cold").name == "Caf\u00e9 cold"


def test_labels_without_letters_are_each_their_own_concept() -> None:
    study = resolve(["???", "!!!", "-", "", " ", "-fix"], EMPTY)
    assert [concept.name for concept in study.concepts] == ["!!!", "-", "-fix", "???"]
    assert problems_of(study) == ()


def test_a_label_of_another_study_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        resolve(STUDY, EMPTY).concept("Soil-wet")
