"""What a reader decided re-weighs the kinds of evidence, and is told."""

import pytest

from kb.suggest import Known, Suggestion
from kb.suggest.learn import apply, learn, uncertain_first
from kb.suggest.model import Evidence, Quote


def suggestion(name, *signs, score=2.0, **more):
    quote = Quote(turn="1:0000", person="Ana", text="so it goes", start=0)
    item = Evidence(
        number=1, interview="1", turn="1:0000", person="Ana", quote="so it goes", quotes=(quote,),
        kind=signs[0], signs=signs, points=score, explicit="stated", passages=1, why=("a reason",),
    )  # fmt: skip
    return Suggestion(
        kind="causes", start=f"{name}-cause", end=f"{name}-effect", score=score, interviews=1, people=1,
        passages=1, evidence=(item,), **more,
    )  # fmt: skip


def known(*suggestions):
    return {Known(s.kind, s.start, s.end) for s in suggestions}


LINKS = [suggestion(f"link{n}", "strong cue") for n in range(8)]
PLACES = [suggestion(f"place{n}", "same passage", score=2.5) for n in range(8)]


def test_what_was_refused_again_and_again_falls_behind_what_was_accepted():
    fresh = [suggestion("newplace", "same passage", score=2.5), suggestion("newlink", "strong cue")]
    learned = learn([*LINKS, *PLACES, *fresh], known(*LINKS), known(*PLACES))
    assert learned is not None
    ordered = apply(learned, fresh)
    assert [s.start for s in ordered] == ["newlink-cause", "newplace-cause"]
    assert ordered[0].chance > 0.5 > ordered[1].chance
    assert ordered[0].learned == ("of 8 decided with 'strong cue', 8 accepted",)
    assert ordered[1].learned == ("of 8 decided with 'same passage', 0 accepted",)


@pytest.mark.parametrize(("yes", "no"), [(4, 4), (8, 2), (2, 8), (0, 0)])
def test_a_few_decisions_or_one_sort_of_them_teach_nothing(yes, no):
    assert learn([*LINKS, *PLACES], known(*LINKS[:yes]), known(*PLACES[:no])) is None


def test_decisions_on_what_was_never_suggested_do_not_count():
    others = {Known("causes", f"a{n}", f"b{n}") for n in range(20)}
    assert learn([*LINKS, *PLACES], known(*LINKS[:3]) | others, known(*PLACES[:3]) | others) is None


def test_points_count_where_the_kinds_were_decided_alike():
    strong, weak = suggestion("strong", "question", score=6), suggestion("weak", "question", score=1)
    learned = learn([*LINKS, *PLACES, strong, weak], known(*LINKS), known(*PLACES))
    assert [s.start for s in apply(learned, [weak, strong])] == ["strong-cause", "weak-cause"]


def test_the_same_decisions_in_any_order_teach_the_same():
    every = [*LINKS, *PLACES]
    one = learn(every, known(*LINKS), known(*PLACES))
    other = learn(every[::-1], known(*LINKS[::-1]), known(*PLACES[::-1]))
    assert one.chance(LINKS[0]) == pytest.approx(other.chance(LINKS[0]))


def test_the_doubtful_and_the_unseen_come_first_on_request():
    learned = learn([*LINKS, *PLACES], known(*LINKS), known(*PLACES))
    sure, unseen = suggestion("sure", "strong cue", score=6), suggestion("unseen", "question", score=2)
    assert uncertain_first(apply(learned, [sure, unseen]), learned)[0].start == "unseen-cause"
    assert uncertain_first([sure, unseen])[0].start == "unseen-cause"
