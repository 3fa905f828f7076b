"""Adding claims to what an edge says gives what all of them together say."""

from __future__ import annotations

import random

import pytest

from kb.relation import EXPLICIT
from kb.store.told import QUOTES, Told, added, pick, whole_sum

# Quotes that are part of one another, the same in other letters, long, and with brackets of their own.
WORDS = [
    "the lamp", "the lamp was old", "The Lamp", "nobody looked", "a queue", "a queue at night",
    "long " * 60, "long " * 60 + "and more", "short end…", "so [he laughs]", None,
]  # fmt: skip
SEVERAL = frozenset({"3", "12"})


def some_claims(rng: random.Random, count: int) -> list[Told]:
    found = []
    for number in rng.sample(range(1000), count):
        if rng.random() < 0.15:
            found.append(Told(f"c{number}", "stated", catalogue="book", words=rng.choice(WORDS)))
            continue
        interview = str(rng.randrange(1, 40))
        person = f"{interview}/{rng.choice(['Ann', 'Ben', '?'])}"
        words = f"only {number} says this" if rng.random() < 0.5 else rng.choice(WORDS)
        turn = f"{interview}:{number:04d}"
        explicit = rng.choice(EXPLICIT)
        found.append(Told(f"{interview}/{number}", explicit, interview, person, None, words, turn))
    return found


def whole(claims: list[Told]) -> dict[str, object]:
    ordered = sorted(claims, key=lambda told: told.order)
    return whole_sum(ordered, pick(ordered, SEVERAL))


@pytest.mark.parametrize("seed", range(300))
def test_added_up_is_as_read_anew(seed: int) -> None:
    rng = random.Random(seed)
    claims = some_claims(rng, rng.randrange(2, 40))
    edge: dict[str, object] = {}
    at = 0
    while at < len(claims):
        step = rng.randrange(1, 6)
        new = sorted(claims[at : at + step], key=lambda told: told.order)
        at += step
        sums = added(edge, new, SEVERAL)
        edge = whole(claims[:at])
        if sums is not None:
            assert sums == edge


def test_a_further_claim_seldom_needs_the_others() -> None:
    rng = random.Random(1)
    claims = [Told(f"{n}/a", "stated", str(n), f"{n}/Ann", None, f"only {n} says this") for n in range(500)]
    edge = whole(claims)
    later = [Told(f"{n}/b", rng.choice(EXPLICIT), str(n), None, None, "the lamp") for n in range(500, 600)]
    for told in later:
        sums = added(edge, [told], ())
        assert sums is not None
        edge = sums
    assert edge["claims"] == 600
    assert len(edge["quotes"]) == QUOTES  # type: ignore[arg-type]


def test_a_quote_is_whole_and_says_where_it_was_said() -> None:
    words = "word " * 400 + "the lamp"
    long = Told("2/b", "implied", "2", "2/Ann", None, words, "2:0007")
    assert whole([long])["quotes"] == [f"2: {words} [2:0007]"]
    elsewhere = Told("12/a", "stated", "12", "12/Ann", None, "a queue [he laughs]", "12:0310")
    assert whole([long, elsewhere])["quotes"] == [
        "12/Ann: a queue [he laughs] [12:0310]",  # several interviewees: the person is named
        f"2: {words} [2:0007]",
    ]


def test_where_it_was_said_makes_no_second_quote_of_the_same_words() -> None:
    marked = Told("2/a", "stated", "2", "2/Ann", None, "nobody saw the lamp", "2:0007")
    part = Told("2/b", "coded", "2", "2/Ann", None, "the lamp", "2:0007")
    assert whole([marked, part])["quotes"] == ["2: nobody saw the lamp [2:0007]"]
    assert added(whole([marked]), [part], ()) == whole([marked, part])
