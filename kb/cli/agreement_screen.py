"""The first screen of ``kb agreement``: overall, and the codes on which coders agree best and worst."""

from __future__ import annotations

import textwrap
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from kb.ask.next_step import some
from kb.cli.options import Format
from kb.cli.output import print_rows, say
from kb.text.words import plural

if TYPE_CHECKING:
    from kb.agreement import AgreementReport, Measure

_CODES = 5  # at each end
_PAIRS = 3  # of coders; more are for --all
# A coefficient of a code that is hardly ever used says little: it is neither best nor worst.
_USES = 4
_MEANING = {
    "value": "1 is all alike, 0 what chance would give",
    "turns": "number of turns that at least two of these coders judged",
    "uses": "number of times these coders put it on a turn",
}


def print_screen(report: AgreementReport) -> None:
    """Print it: rows to stdout, what to know of them to stderr."""
    everywhere = [m for m in report.measures if m.interview is None and m.value is not None]
    # The alphas of two of several coders are for --all: here a code has one alpha, of all who coded.
    overall = [m for m in everywhere if m.coefficient == "kappa" or m.all_coders]
    rows = [_row(m) for m in overall if m.level in ("any", "set") and m.coefficient == "alpha"]
    pairs = [m for m in overall if m.level == "any" and m.coefficient == "kappa"]
    rows += [_row(m) for m in pairs] if len(pairs) <= _PAIRS else []
    codes = [m for m in overall if m.level == "code" and m.coefficient == "alpha" and m.uses >= _USES]
    codes.sort(key=lambda m: (-(m.value or 0), -m.uses, m.name or ""))
    best = codes[:_CODES]
    worst = codes[max(_CODES, len(codes) - _CODES) :]
    rows = [{"which": "overall", **row} for row in rows]
    rows += [{"which": "best", **_row(m)} for m in best] + [{"which": "worst", **_row(m)} for m in worst]
    columns = ("which", "compared", "measure", "value", "turns", "uses", "coders")
    coded = [interview for interview, raters in report.interviews.items() if len(raters) > 1]
    print_rows(columns, rows, Format.table, title="Agreement between coders", headers=_MEANING)
    raters = sorted({rater for interview in coded for rater in report.interviews[interview]})
    _say(f"Over {plural(len(coded), 'interview')} that two or more coded: {some(raters)}.")
    for sentence in (report.treatment[0], *report.treatment[-1:]):
        _say(sentence)
    defined = sum(m.level == "code" and m.coefficient == "alpha" for m in overall)
    shown = len(best) + len(worst)
    more = (
        f"{plural(shown, 'code')} of {defined} shown, of those used {_USES} times or more; "
        if shown < defined
        else ""
    )
    _say(f"{more}--all prints every code, category, pair and interview, and how it was counted.")


def _say(sentence: str) -> None:
    """Talk to the user in lines that the screen has room for."""
    width = max(60, get_terminal_size((120, 24)).columns)
    say(textwrap.fill(sentence, width, break_long_words=False, break_on_hyphens=False))


def _row(measure: Measure) -> dict[str, Any]:
    what = {"any": "any code or none", "set": "all codes of a turn"}.get(measure.level, measure.name)
    distance = f" ({measure.distance})" if measure.level == "set" else ""
    pair = f", {' × '.join(measure.coders)}" if measure.coefficient == "kappa" else ""
    return {
        "compared": f"{what}{pair}",
        "measure": f"{measure.coefficient}{distance}",
        "value": measure.value,
        "turns": measure.units,
        "uses": measure.uses,
        "coders": len(measure.coders),
    }
