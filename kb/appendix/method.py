"""The method in numbers, agreement and saturation: how much was heard, and how far it holds."""

from __future__ import annotations

from collections.abc import Iterator

from kb.agreement import Measure, Ratings
from kb.agreement import agreement as measure
from kb.appendix.asked import Asked, Names, Study
from kb.appendix.blocks import Block, Figure, Heading, Items, Paragraph, Table
from kb.ask.study import read_study
from kb.figure.kinds import natural
from kb.relation import EXPLICIT, KINDS
from kb.text.words import plural

_EXTREME = 8  # codes shown with the highest and the lowest agreement
_PEOPLE = (
    "MATCH (k:Claim) WHERE k.interview IS NOT NULL AND k.person CONTAINS '/' AND NOT k.person ENDS WITH '/?' "
    "RETURN count(DISTINCT k.person) AS n"
)


def in_numbers(study: Study) -> Iterator[Block]:
    """Interviews, codings and statements, counted."""
    yield Heading("The study in numbers")
    interviews = study.ask("by-interview").rows
    coders = sorted({name for row in interviews for name in row["coders"]})
    claims = sum(row["claims"] for row in interviews)
    numbers = [
        ("Interviews", len(interviews)),
        ("Interviewees", sum(row["interviewees"] for row in interviews)),
        ("Turns", sum(row["turns"] for row in interviews)),
        ("Interviews with codes", sum(bool(row["coders"]) for row in interviews)),
        ("Coders, in each round", len(coders)),
        ("Turns with a code", sum(row["coded_turns"] for row in interviews)),
        ("Codings", sum(row["codings"] for row in interviews)),
        ("Statements of a cause, a fix, a failed fix or a detection", claims),
        ("People who make them", study.count(_PEOPLE)),
    ]
    for kind in KINDS:
        found = study.store.read(
            f"MATCH (:Concept)-[r:{kind.edge}]->(:Concept) WHERE size(r.interviews) > 0 RETURN count(r) AS n"
        ).rows[0]["n"]
        numbers.append((f"Links that people tell: {kind.short}", found))
    yield Table(("", "number"), tuple((name, f"{number:,}") for name, number in numbers), frozenset({1}))
    yield Paragraph(
        "An interview counts where somebody in it says so; people are speakers, and one who cannot be told "
        "from others is not counted. A statement is one person's, of one link; a link is told by all who "
        "make it. A coding is one code on one passage by one coder."
    )
    if claims:
        yield Paragraph(_explicit(study))
    yield Heading("Interviews", 2)
    columns = ("interview", "interviewees", "turns", "coded turns", "codings", "statements", "coded by")
    yield Table(
        columns,
        tuple(
            (
                study.names.interview(row["interview"]),
                *(f"{row[c]:,}" for c in ("interviewees", "turns", "coded_turns", "codings", "claims")),
                study.names.scrub("; ".join(row["coders"]))
                or ("no codes exported" if row["without_codes"] else ""),
            )
            for row in sorted(interviews, key=lambda row: natural(row["interview"]))
        ),
        frozenset(range(1, 6)),
    )
    yield from _attributes(study)


def _explicit(study: Study) -> str:
    rows = study.store.read(
        "MATCH (k:Claim) WHERE k.interview IS NOT NULL RETURN k.explicit AS explicit, count(k) AS n"
    ).rows
    counts = {row["explicit"]: row["n"] for row in rows}
    parts = [f"{counts[level]:,} {level}" for level in EXPLICIT if counts.get(level)]
    return (
        f"How explicit the statements are: {', '.join(parts)}. Stated: in one go; across turns: put together "
        "from several; coded: an analyst's code stands for it; implied: a reader inferred it."
    )


def _attributes(study: Study) -> Iterator[Block]:
    from kb.ask.participants import read_people

    counts = read_people(study.store).counts
    if counts:
        yield Heading("Participants", 2)
        yield Items(
            tuple(
                f"{name}: {', '.join(f'{value} ({number})' for value, number in values.items())}"
                for name, values in counts.items()
            )
        )


def saturation(study: Study, asked: Asked) -> Iterator[Block]:
    """How many codes and relations each further interview brings."""
    from kb.plots import compose, find_plot, read
    from kb.plots.model import Asked as Wanted

    del asked
    yield Heading("Saturation")
    chart = find_plot("saturation")
    numbers, corpus = read(study.store, chart, Wanted(study.figures.width), study.figures)
    if not numbers.rows:
        yield Paragraph(f"There is no curve to draw: {chart.NOTHING}.")
        return
    scene = compose(chart, numbers, corpus, study.figures, lambda _: None)
    yield Figure("saturation", scene, f"{chart.TITLE}.")


def agreement(study: Study) -> Iterator[Block]:
    """How far the coders agree, on one page."""
    yield Heading("Agreement between coders")
    read = read_study(study.store)
    questions = {name for name, known in read.concepts.items() if known.get("kind") == "question"}
    codings = [coding for coding in read.codings if coding.code not in questions]
    ratings = Ratings.build(read.turns, codings, read.sources, strict_spans=False)
    report = measure(
        ratings,
        {name: known["category"] for name, known in read.concepts.items() if known.get("category")},
        by_interview=False,
    )
    several = {interview: group for interview, group in ratings.raters.items() if len(group) > 1}
    alphas = [m for m in report.measures if m.coefficient == "alpha" and m.all_coders and m.value is not None]
    if not several or not alphas:
        yield Paragraph("No interview was coded by two coders, so that agreement cannot be measured.")
        return
    yield Paragraph(
        f"Of {plural(len(ratings.raters), 'interview')} with codes, {len(several)} by two coders or more."
        + (" Codes of the interview guide's questions are left out." if questions else "")
    )
    pairs = any(not m.all_coders for m in report.measures)
    yield Items((*report.treatment, *(["The table has no alphas of pairs."] if pairs else [])))
    yield Table(
        ("compared", "Krippendorff's alpha", "observed", "by chance", "turns", "uses", "coders"),
        tuple(_measured(m, study.names) for m in _chosen(alphas)),
        frozenset(range(1, 7)),
    )


def _chosen(alphas: list[Measure]) -> list[Measure]:
    """Overall and by category; of the codes those with the highest and the lowest agreement."""
    overall = [m for m in alphas if m.level in ("any", "set")]
    categories = [m for m in alphas if m.level == "category"]
    codes = sorted(
        (m for m in alphas if m.level == "code"), key=lambda m: (-(m.value or 0), -m.uses, m.name or "")
    )
    if len(codes) > 2 * _EXTREME:
        codes = [*codes[:_EXTREME], *codes[-_EXTREME:]]
    return [*overall, *categories, *codes]


def _measured(m: Measure, names: Names) -> tuple[str, ...]:
    overall = {"any": "any code or none", "set": f"set of codes ({m.distance})"}
    name = overall.get(m.level, f"{m.level} {names.scrub(m.name or '')}")
    values = (f"{value:.2f}" for value in (m.value or 0.0, m.observed or 0.0, m.expected or 0.0))
    return (name, *values, str(m.units), str(m.uses), str(len(m.coders)))
