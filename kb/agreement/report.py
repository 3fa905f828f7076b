"""Agreement of all coders on one interview or over all, as a report that states its unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from itertools import combinations
from typing import Literal

from pydantic import BaseModel, ConfigDict

from kb.agreement.coefficients import (
    Coefficient,
    Distance,
    cohen_kappa,
    jaccard,
    krippendorff_alpha,
    masi,
    nominal,
)
from kb.agreement.ratings import Rater, Ratings

Level = Literal["any", "category", "code", "set"]
LEVELS: tuple[Level, ...] = ("any", "category", "code", "set")
ONE_CODER = "only one coder coded it"
UNCATEGORISED = "(no category)"

_SET_DISTANCES: tuple[tuple[Literal["jaccard", "masi"], Distance[frozenset[str]]], ...] = (
    ("jaccard", jaccard),
    ("masi", masi),
)


class Measure(BaseModel):
    """One coefficient of one question.

    Attributes:
        interview: The interview's id; None over all interviews.
        level: What was compared: ``any`` code or none, a ``category``, a ``code``, the ``set``.
        name: The category or code; None for ``any`` and ``set``.
        coefficient: ``kappa`` (two coders) or ``alpha`` (any number).
        distance: How two values differ: ``nominal``, ``jaccard`` or ``masi``.
        coders: Who is compared, as ``name (round)``.
        all_coders: Whether these are all who coded what is measured, and not two of several.
        units: Turns that at least two of them judged.
        uses: Turns with the category or code (with any code), summed over these coders.
        observed, expected: Agreement seen and agreement by chance.
        value: The coefficient; None where it is not defined.
        reason: Why it is not defined; else None.
    """

    model_config = ConfigDict(frozen=True)

    interview: str | None
    level: Level
    name: str | None = None
    coefficient: Literal["kappa", "alpha"]
    distance: Literal["nominal", "jaccard", "masi"] = "nominal"
    coders: tuple[str, ...]
    all_coders: bool = True
    units: int
    uses: int
    observed: float | None
    expected: float | None
    value: float | None
    reason: str | None = None


class AgreementReport(BaseModel):
    """All measures, and in words what they were measured on.

    Attributes:
        unit: What one judgement is about.
        treatment: How codes become values, one sentence each.
        interviews: Coders of each interview, as ``name (round)``.
        turns: Units in all, judged or not.
        codings_used, codings_left_out: What went in, and what did not.
        measures: Over all interviews first, then by interview; in a fixed order.
    """

    model_config = ConfigDict(frozen=True)

    unit: str = "turn"
    treatment: tuple[str, ...]
    strict_spans: bool
    interviews: dict[str, tuple[str, ...]]
    turns: int
    codings_used: int
    codings_left_out: int
    measures: tuple[Measure, ...]


def agreement(
    ratings: Ratings,
    categories: Mapping[str, str] | None = None,
    *,
    levels: Collection[Level] = LEVELS,
    by_interview: bool = True,
) -> AgreementReport:
    """Measure the agreement between coders.

    Args:
        ratings: Who gave which turn which codes.
        categories: Category of each code; codes not in it fall under ``(no category)``.
        levels: Which of any code, category, code and set to measure.
        by_interview: Also each interview by itself, not only all together.
    """
    scopes: list[str | None] = [None]
    if by_interview:
        scopes += list(ratings.raters)
    measures = [m for scope in scopes for m in _scope(ratings, scope, categories or {}, levels)]
    return AgreementReport(
        treatment=_treatment(ratings, levels),
        strict_spans=ratings.strict_spans,
        interviews={name: tuple(map(str, group)) for name, group in ratings.raters.items()},
        turns=len(ratings.turns),
        codings_used=ratings.used,
        codings_left_out=ratings.left_out,
        measures=tuple(measures),
    )


def _scope(
    ratings: Ratings, interview: str | None, categories: Mapping[str, str], levels: Collection[Level]
) -> Iterator[Measure]:
    codes = ratings.uses(interview)
    if "any" in levels:
        yield from _presence(ratings, interview, "any", None, None)
    if "category" in levels:
        members: dict[str, set[str]] = {}
        for code in codes:
            members.setdefault(categories.get(code, UNCATEGORISED), set()).add(code)
        for name in sorted(members):
            yield from _presence(ratings, interview, "category", name, members[name])
    if "code" in levels:
        for code in codes:
            yield from _presence(ratings, interview, "code", code, {code})
    if "set" in levels:
        yield from _sets(ratings, interview)


def _presence(
    ratings: Ratings,
    interview: str | None,
    level: Level,
    name: str | None,
    codes: Collection[str] | None,
) -> Iterator[Measure]:
    """Alpha over all raters, then kappa for each pair of them, and alpha where they are more than two."""
    raters = ratings.scope(interview)
    units = ratings.presence(interview, codes)
    alpha = _one_coder(krippendorff_alpha(units, nominal), raters)
    uses = sum(sum(unit) * times for unit, times in units.items())
    yield _measure(alpha, raters, interview=interview, level=level, name=name, uses=uses)
    for a, b in combinations(raters, 2):
        pairs = ratings.pairs(a, b, interview, codes)
        used = sum((x + y) * times for (x, y), times in pairs.items())
        # That two coded no interview together is told once; a code that neither used is not told.
        if used or level == "any":
            every = len(raters) == 2
            of_pair = partial(
                _measure, interview=interview, level=level, name=name, uses=used, all_coders=every
            )
            yield of_pair(cohen_kappa(pairs), (a, b), coefficient="kappa")
            if pairs and not every:
                yield of_pair(krippendorff_alpha(pairs, nominal), (a, b))


def _sets(ratings: Ratings, interview: str | None) -> Iterator[Measure]:
    raters = ratings.scope(interview)
    units = ratings.sets(interview)
    uses = sum(times * sum(map(bool, unit)) for unit, times in units.items())
    for name, distance in _SET_DISTANCES:
        alpha = _one_coder(krippendorff_alpha(units, distance), raters)
        yield _measure(alpha, raters, interview=interview, level="set", distance=name, uses=uses)
    for a, b in combinations(raters, 2) if len(raters) > 2 else ():
        pairs = ratings.pair_sets(a, b, interview)
        uses = sum(times * sum(map(bool, unit)) for unit, times in pairs.items())
        for name, distance in _SET_DISTANCES if pairs else ():
            alpha = krippendorff_alpha(pairs, distance)
            yield _measure(
                alpha, (a, b), interview=interview, level="set", distance=name, uses=uses, all_coders=False
            )


def _one_coder(found: Coefficient, raters: tuple[Rater, ...]) -> Coefficient:
    """Name the commonest reason for nothing to pair."""
    return found._replace(reason=ONE_CODER) if found.reason and len(raters) == 1 else found


def _measure(
    found: Coefficient,
    raters: tuple[Rater, ...],
    *,
    interview: str | None,
    level: Level,
    name: str | None = None,
    coefficient: Literal["kappa", "alpha"] = "alpha",
    distance: Literal["nominal", "jaccard", "masi"] = "nominal",
    uses: int,
    all_coders: bool = True,
) -> Measure:
    return Measure(
        interview=interview,
        level=level,
        name=name,
        coefficient=coefficient,
        distance=distance,
        coders=tuple(map(str, raters)),
        all_coders=all_coders,
        units=found.units,
        uses=uses,
        observed=found.observed,
        expected=found.expected,
        value=found.value,
        reason=found.reason,
    )


def _treatment(ratings: Ratings, levels: Collection[Level]) -> tuple[str, ...]:
    """What a reader must know to read the numbers, in words."""
    said = [
        "Unit: one turn of the transcript; where in the turn a code stands does not matter.",
        "A turn that a coder of its interview left without a code counts as 'none'.",
        "Only sources that carry codes take part: who did not code an interview is missing there.",
        "Over all interviews, turns of all interviews are pooled; they are not averaged.",
    ]
    if ratings.role:
        said.append(f"Only turns of the {ratings.role} count.")
    if "category" in levels or "code" in levels:
        said.append("By category and by code: the turn has it or not; pairs are compared if one used it.")
    if "set" in levels:
        said.append("Sets: all codes on the turn by one coder; two turns without codes are equal.")
    if max(map(len, ratings.raters.values()), default=0) > 2:
        said.append("Where more than two coded, alpha is given over all of them first, then for each pair.")
    if ratings.strict_spans:
        said.append("Codings with a label but no underlined words are left out (strict spans).")
        said.append("A turn on which a coder has only such codings is missing for that coder, not 'none'.")
    else:
        said.append("Codings with a label but no underlined words count (strict spans is off).")
    if len({rater.round for rater in ratings.scope(None)}) > 1:
        said.append(
            "Several rounds are compared; a moderator who saw the codings did not judge independently."
        )
    return tuple(said)
