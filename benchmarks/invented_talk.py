"""Invented interviews in which people state causes and fixes, deny some, and are asked leading questions.

Unlike `invented_study`, whose words mean nothing, these are sentences as people speak them, with fillers and
stammers, and every statement is known: what it says, in which turn, and whether it is denied, only asked, or
asked and confirmed.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from kb.records import Turn, turn_id

# What goes wrong, as a clause that can be a cause and an effect: code, clause.
TROUBLES = (
    ("Data-missing-labels", "half of the labels were missing"),
    ("Data-stale", "the data was weeks old when it reached us"),
    ("Data-duplicates", "the same customer stood in the table three times"),
    ("Data-wrong-unit", "the pressure was sent in another unit"),
    ("Data-few-images", "we had only a handful of pictures of the rare defect"),
    ("Data-noisy-sensor", "the sensor on the roof gave nothing but noise"),
    ("Team-no-owner", "nobody felt responsible for the pipeline"),
    ("Team-turnover", "two of the engineers left in the same month"),
    ("Team-silos", "the departments did not talk to each other"),
    ("Model-overfit", "the network learned the examples by heart"),
    ("Model-slow", "a prediction took eleven seconds"),
    ("Model-bias", "the score was lower for people from the villages"),
    ("Model-unstable", "every training run ended somewhere else"),
    ("Eval-leak", "the test set had leaked into the training"),
    ("Eval-wrong-metric", "we had optimised the wrong metric"),
    ("Ops-crash", "the service fell over on Monday morning"),
    ("Ops-drift", "the accuracy sank from week to week"),
    ("Ops-no-alarm", "the alarm never went off"),
    ("Ops-cost", "the bill for the cloud doubled"),
    ("User-distrust", "the operators stopped believing the screen"),
    ("User-workaround", "the nurses kept their own list on paper"),
    ("Law-audit", "the auditors refused to sign"),
    ("Plan-deadline", "the release slipped into the autumn"),
    ("Plan-rework", "we had to build the whole thing again"),
)
FIXES = (
    ("Data-missing-labels-fix", "an hour of labelling together every Friday"),
    ("Data-stale-fix", "a nightly copy straight from the warehouse"),
    ("Data-duplicates-fix", "a key that the registry office gives out"),
    ("Model-slow-fix", "a smaller network on the same card"),
    ("Ops-crash-fix", "a second machine that takes over"),
    ("Ops-drift-fix", "training it anew on the first of the month"),
    ("User-distrust-fix", "showing the three nearest cases beside the score"),
    ("Team-silos-fix", "one stand-up for both departments"),
)
CAUSAL = (
    "Because {c}, {e}.",
    "{E}, because {c}.",
    "{C}, so {e}.",
    "{C}, and that's why {e}.",
    "{C}, which meant that {e}.",
    "{E}, and the reason was that {c}.",
    "Since {c}, {e}.",
    "{C}, and as a result {e}.",
)
FIXING = (
    "What helped was {f}: before that, {t}.",
    "We solved it with {f}, after {t}.",
    "When {t}, {f} took care of it.",
)
DENYING = (
    "I don't think {e} because {c}.",
    "It's not that {e} because {c}, not at all.",
    "{E}, but that was not because {c}.",
    "No, {c}, yes, but that never led to anything like {e}.",
)
LEADING = ("So {e} because {c}?", "{C}, so {e}, I take it?", "Would you say that {e} because {c}?")
YES = ("Yes, exactly, that is how it went in {place}.", "Yeah, absolutely, we saw it in {place} too.")
NO = ("No idea, honestly, I was not in {place} then.", "Hm, I would not say so, not in {place}.")
ASKING = (
    "And what happened in {place}?",
    "Can you tell me more about {place}?",
    "What was the hardest part in {place}?",
)
ASIDES = (
    "The canteen in {place} is good, I can tell you that.",
    "I have been with them for {n} years, first in {place}.",
    "There are {n} of us, most of them sit in {place}.",
    "We use the usual tools, nothing special, {n} repositories or so.",
)
PLACES = ("Ghent", "Malmo", "Bergen", "Porto", "Leeds", "Graz", "Turku", "Delft", "Essen", "Lugano", "Nantes",
          "Aarhus", "Tartu", "Brno", "Split", "Cork", "Parma", "Gdansk", "Bilbao", "Basel")  # fmt: skip
FILLERS = ("uh", "um", "you know", "like")


class Statement(NamedTuple):
    """Something that is said of two things.

    Attributes:
        interview: Id of the interview.
        turn: Id of the turn.
        kind: ``causes`` or ``fixes``.
        start, end: Codes.
        words: The sentence as it stands in the turn.
        sort: ``said``, ``denied``, ``asked`` (and not confirmed), or ``confirmed``.
    """

    interview: str
    turn: str
    kind: str
    start: str
    end: str
    words: str
    sort: str = "said"


def write_talk(number: int, statements: int = 24) -> tuple[list[Turn], list[Statement]]:
    """One interview with so many statements, the same for the same number."""
    rng = random.Random(number)
    interview = str(number)
    turns: list[Turn] = []
    found: list[Statement] = []

    def say(asks: bool, text: str) -> str:
        at = turn_id(interview, len(turns))
        turns.append(
            Turn(
                id=at,
                interview=interview,
                index=len(turns),
                speaker="Interviewer" if asks else "Interviewee",
                role="interviewer" if asks else "interviewee",
                text=text,
            )
        )
        return at

    pairs: set[tuple[str, str]] = set()
    sorts = ["said"] * 12 + ["fixed"] * 4 + ["denied"] * 4 + ["asked"] * 2 + ["confirmed"] * 2
    for n in range(statements):
        place = rng.choice(PLACES)
        sort = sorts[n % len(sorts)]
        cause, effect = rng.sample(TROUBLES, 2)
        while (cause[0], effect[0]) in pairs or (effect[0], cause[0]) in pairs:
            cause, effect = rng.sample(TROUBLES, 2)
        pairs.add((cause[0], effect[0]))
        clauses = {"c": f"{cause[1]} in {place}", "e": effect[1]}
        clauses |= {"C": _capital(clauses["c"]), "E": _capital(clauses["e"])}
        if sort in ("asked", "confirmed"):
            words = rng.choice(LEADING).format(**clauses)
            at = say(True, words)
            say(False, rng.choice(YES if sort == "confirmed" else NO).format(place=rng.choice(PLACES)))
            found.append(Statement(interview, at, "causes", cause[0], effect[0], words, sort))
            continue
        say(True, rng.choice(ASKING).format(place=place))
        kind, start, end = "causes", cause[0], effect[0]
        if sort == "fixed":
            fix = rng.choice(FIXES)
            trouble = next(each for each in TROUBLES if each[0] == fix[0].removesuffix("-fix"))
            kind, start, end = "fixes", trouble[0], fix[0]
            words = rng.choice(FIXING).format(f=fix[1], t=f"{trouble[1]} in {place}")
        else:
            words = rng.choice(DENYING if sort == "denied" else CAUSAL).format(**clauses)
        words = spoken(words, rng)
        aside = rng.choice(ASIDES).format(place=rng.choice(PLACES), n=rng.randrange(3, 60))
        texts = [aside, words] if rng.random() < 0.5 else [words, aside]
        at = say(False, " ".join(texts))
        sort = "said" if sort == "fixed" else sort
        found.append(Statement(interview, at, kind, start, end, words, sort))
    return turns, found


def spoken(words: str, rng: random.Random) -> str:
    """A sentence with fillers and stammers, as a transcript of the whole speech has them."""
    said = []
    for n, word in enumerate(words.split(" ")):
        if n and rng.random() < 0.08:
            said[-1] = said[-1].rstrip(",") + ","
            said.append(f"{rng.choice(FILLERS)},")
        if n and rng.random() < 0.04 and word.isalpha():
            said.append(f"{word},")
        said.append(word)
    return " ".join(said)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
