"""Agreement of reviewers, from what they decided."""

import pytest

from kb.errors import UsageError
from kb.review.agreement import reviewers_agreement
from kb.review.journal import Entry, append, journal_beside
from kb.review.model import Key

KEYS = [Key("7", "causes", f"A-{n}", f"B-{n}") for n in range(10)]


def decide(path, reviewer, verdicts):
    for key, verdict in zip(KEYS, verdicts, strict=False):
        became = key.turned if verdict == "turned round" else None
        append(journal_beside(path), Entry(reviewer=reviewer, candidate=key, verdict=verdict, became=became))


def test_kappa_of_two_reviewers_worked_out_by_hand(tmp_path):
    path = tmp_path / "relations.yaml"
    decide(path, "Ada", ["accepted"] * 5 + ["refused"] * 5)
    decide(path, "Ben", ["accepted"] * 4 + ["refused"] * 5 + ["accepted"])
    [pair] = reviewers_agreement([path]).pairs
    # Agreed on 8 of 10; each accepted half: .5 by chance, and (.8 - .5) / (1 - .5) = .6
    assert (pair.observed, pair.expected, pair.candidates) == (0.8, 0.5, 10)
    assert pair.kappa == pytest.approx(0.6)
    assert [each.candidate for each in pair.differ] == [KEYS[4], KEYS[9]]
    assert pair.differing()[0] == {
        "interview": "7",
        "relation": "A-4 → B-4",
        "first": "Ada: accepted",
        "second": "Ben: refused",
    }


def test_the_reviewers_may_have_a_file_each(tmp_path):
    ada, ben = tmp_path / "ada.yaml", tmp_path / "ben.yaml"
    decide(ada, "Ada", ["accepted", "refused", "refused"])
    decide(ben, "Ben", ["accepted", "refused"])
    [pair] = reviewers_agreement([ada, ben, ada]).pairs
    assert (pair.kappa, pair.candidates, pair.differ) == (1.0, 2, ())


def test_which_way_round_is_part_of_what_is_compared_and_so_is_what_it_was_changed_to(tmp_path):
    path = tmp_path / "relations.yaml"
    decide(path, "Ada", ["accepted", "turned round"])
    decide(path, "Ben", ["turned round", "turned round"])
    for reviewer, end in (("Ada", "C-1"), ("Ben", "C-2")):
        changed = Entry(
            reviewer=reviewer, candidate=KEYS[5], verdict="changed", became=KEYS[5]._replace(end=end)
        )
        append(journal_beside(path), changed)
    [pair] = reviewers_agreement([path]).pairs
    assert [each.candidate for each in pair.differ] == [KEYS[0], KEYS[5]]


def test_what_was_taken_back_was_not_decided(tmp_path):
    path = tmp_path / "relations.yaml"
    decide(path, "Ada", ["accepted", "accepted"])
    decide(path, "Ben", ["accepted", "refused"])
    append(journal_beside(path), Entry(reviewer="Ben", candidate=KEYS[1]))
    [pair] = reviewers_agreement([path]).pairs
    assert (pair.candidates, pair.kappa, pair.reason is not None) == (1, None, True)


def test_two_who_decided_on_nothing_in_common_are_told_what_to_do(tmp_path):
    path = tmp_path / "relations.yaml"
    decide(path, "Ada", ["accepted", "refused"])
    append(journal_beside(path), Entry(reviewer="Ben", candidate=KEYS[9], verdict="accepted"))
    [pair] = reviewers_agreement([path]).pairs
    assert (pair.kappa, pair.candidates) == (None, 0)
    assert "no candidate both (Ada on 2, Ben on 1)" in pair.reason
    assert "--reviewer NAME" in pair.reason


@pytest.mark.parametrize("who", [(), ("Ada",)])
def test_one_reviewer_is_told_how_to_get_another(tmp_path, who):
    path = tmp_path / "relations.yaml"
    for name in who:
        decide(path, name, ["accepted"])
    with pytest.raises(UsageError, match="--reviewer NAME"):
        reviewers_agreement([path])
