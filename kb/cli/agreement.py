"""``kb agreement``: how far coders agree."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.names import completer
from kb.cli.options import Db, Format, FormatOption, store
from kb.cli.output import print_rows, say
from kb.text.words import plural

if TYPE_CHECKING:
    from kb.agreement import Measure
    from kb.records import Role

_COLUMNS = (
    "interview", "level", "name", "coefficient", "distance", "value", "observed", "expected",
    "units", "uses", "coders", "all_coders", "reason",
)  # fmt: skip
_SHORT = ("interview", "compared", "measure", "value", "observed", "expected", "turns", "uses", "coders")
_MEANING = {
    "turns": "number of turns that at least two of these coders judged",
    "uses": "number of times these coders put it on a turn",
}


class LevelOption(StrEnum):
    """What is compared on a turn."""

    any = "any"
    category = "category"
    code = "code"
    set = "set"


def agreement(
    interview: Annotated[
        str | None, typer.Option(help="Only this interview.", autocompletion=completer("interview"))
    ] = None,
    level: Annotated[
        list[LevelOption] | None,
        typer.Option(help="Compare any code, each category, each code, or the set; may be repeated."),
    ] = None,
    round_: Annotated[
        str | None, typer.Option("--round", help="Only codings of this round, which are independent.")
    ] = None,
    strict_spans: Annotated[
        bool, typer.Option("--strict-spans", help="Leave out turns with a coder's label but no marked word.")
    ] = False,
    interviewee_only: Annotated[
        bool, typer.Option("--interviewee-only", help="Count only interviewees' turns.")
    ] = False,
    by_interview: Annotated[bool, typer.Option(help="Each interview too, not only all together.")] = True,
    questions: Annotated[
        bool, typer.Option("--questions", help="Count codes of the interview guide's questions, too.")
    ] = False,
    all_: Annotated[
        bool, typer.Option("--all", help="Print every level, pair and interview, not one screen of them.")
    ] = False,
    db: Db = None,
    format_: FormatOption = Format.table,
) -> None:
    """Measure how far coders agree: kappa and alpha.

    The unit is the turn. Only coders whose export carries codes take part. One screen: overall, and the
    codes on which they agree best and worst; --all and --level print the rest.
    """
    from kb.agreement import LEVELS, Ratings
    from kb.agreement import agreement as measure
    from kb.ask.answer import known
    from kb.ask.study import coded_sources, findings, read_study

    with store(db) as graph:
        scope = known(graph, "interview", interview) if interview else None
        sources = [s for s in coded_sources(graph, scope) if round_ in (None, s.round)]
        raters = Counter(interview for interview, _, _ in set(sources))
        if max(raters.values(), default=0) < 2 and format_ in (Format.table, Format.md):
            say(_nothing_to_compare(raters, round_))
            return
        study = read_study(graph, scope)
    role: Role | None = "interviewee" if interviewee_only else None
    codings, left_out = (study.codings, "") if questions else findings(study)
    ratings = Ratings.build(study.turns, codings, sources, strict_spans=strict_spans, role=role)
    categories = {name: c["category"] for name, c in study.concepts.items() if c.get("category")}
    wanted = {each.value for each in level or LevelOption}
    levels = [each for each in LEVELS if each in wanted]
    report = measure(ratings, categories, levels=levels, by_interview=by_interview)
    if left_out:
        report = report.model_copy(
            update={"treatment": (*report.treatment, f"{left_out} --questions counts them.")}
        )
    if format_ is Format.json:
        typer.echo(report.model_dump_json(indent=1))
        return
    if format_ is Format.table and not (all_ or level):
        from kb.cli.agreement_screen import print_screen

        print_screen(report)
        return
    for sentence in report.treatment:
        say(sentence)
    if format_ in (Format.csv, Format.excel):
        rows = [
            {**m.model_dump(), "interview": m.interview or "all", "coders": list(m.coders)}
            for m in report.measures
        ]
        print_rows(_COLUMNS, rows, format_)
        return
    defined = [m for m in report.measures if m.value is not None]
    print_rows(
        _SHORT, [_row(m) for m in defined], format_, title="Agreement between coders", headers=_MEANING
    )
    undefined = Counter(m.reason for m in report.measures if m.value is None)
    for reason, count in sorted(undefined.items(), key=str):
        say(f"{count} not shown, since not defined: {reason}; --format json and csv list them.")


def _nothing_to_compare(raters: Counter[str], round_: str | None) -> str:
    """Why there is no coefficient, where no interview has two coders."""
    in_round = f" in round {round_}" if round_ else ""
    if not raters:
        return f"Nothing to compare: no interview was coded{in_round}; load coded interviews first."
    return (
        f"Nothing to compare: each of {plural(len(raters), 'interview')} was coded by one coder{in_round}; "
        "agreement is measured where two coded the same interview."
    )


def _row(measure: Measure) -> dict[str, Any]:
    """A measure in fewer columns, for eyes."""
    set_distance = f" ({measure.distance})" if measure.level == "set" else ""
    all_of_many = measure.coefficient == "alpha" and len(measure.coders) > 2
    return {
        "interview": measure.interview or "all",
        "compared": f"{measure.level} {measure.name}" if measure.name else measure.level,
        "measure": f"{measure.coefficient}{set_distance}",
        "value": measure.value,
        "observed": measure.observed,
        "expected": measure.expected,
        "turns": measure.units,
        "uses": measure.uses,
        "coders": f"{len(measure.coders)} coders" if all_of_many else " × ".join(measure.coders),
    }
