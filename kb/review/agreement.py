"""How far reviewers agree on candidates: Cohen's kappa over those that both decided on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from kb.agreement.coefficients import cohen_kappa
from kb.errors import UsageError
from kb.relation import by_name
from kb.review.journal import Entry, Verdict, journal_beside, read_journal, reviewers, standing
from kb.review.model import Key

_NOBODY = "(no name)"


class Differ(BaseModel):
    """A candidate on which two reviewers decided otherwise.

    Attributes:
        candidate: As it was offered.
        verdicts: The first reviewer's and the second's.
        became: What each made of it, where it was accepted as something else than offered.
    """

    model_config = ConfigDict(frozen=True)

    candidate: Key
    verdicts: tuple[Verdict, Verdict]
    became: tuple[Key | None, Key | None]


class Pair(BaseModel):
    """Two reviewers.

    Attributes:
        reviewers: Their names.
        kappa: Cohen's kappa; None if it is not defined, for the `reason`.
        observed, expected: Shares of candidates on which they agree, and would by chance.
        candidates: How many both decided on.
        differ: On which they differ.
    """

    model_config = ConfigDict(frozen=True)

    reviewers: tuple[str, str]
    kappa: float | None
    observed: float | None
    expected: float | None
    candidates: int
    reason: str | None
    differ: tuple[Differ, ...]

    def row(self) -> dict[str, Any]:
        """For a table."""
        return {
            "reviewers": " × ".join(self.reviewers),
            "compared": "accepted, turned round, changed, refused",
            "kappa": self.kappa,
            "observed": self.observed,
            "expected": self.expected,
            "candidates": self.candidates,
            "differ": len(self.differ),
        }

    def differing(self) -> list[dict[str, Any]]:
        """The candidates on which they differ, for a table."""
        return [
            {
                "interview": each.candidate.interview,
                "relation": _said(each.candidate),
                "first": f"{self.reviewers[0]}: {_verdict(each.verdicts[0], each.became[0])}",
                "second": f"{self.reviewers[1]}: {_verdict(each.verdicts[1], each.became[1])}",
            }
            for each in self.differ
        ]


class Agreement(BaseModel):
    """Every two reviewers who decided on a candidate both.

    Attributes:
        pairs: In the order of their names.
    """

    model_config = ConfigDict(frozen=True)

    pairs: tuple[Pair, ...]


def reviewers_agreement(files: Sequence[Path]) -> Agreement:
    """Agreement of the reviewers of relations files, from their journals.

    What is compared is what became of a candidate: accepted as offered, turned round, changed, or refused;
    two who changed it to different relations differ.

    Args:
        files: One relations file that several decided in, or each reviewer's.

    Raises:
        UsageError: There are not two reviewers.
        InputError: A journal cannot be read.
    """
    entries: list[Entry] = [e for file in dict.fromkeys(files) for e in read_journal(journal_beside(file))]
    who = sorted(reviewers(entries), key=str)
    if len(who) < 2:
        found = "one reviewer has" if who else "nobody has"
        raise UsageError(
            f"Agreement needs two reviewers, and {found} decided anything in {', '.join(map(str, files))}; "
            "each reviews with --reviewer NAME (and --with FILE, if each has a file)."
        )
    return Agreement(pairs=tuple(_pair(entries, a, b) for a, b in combinations(who, 2)))


def _pair(entries: Sequence[Entry], first: str | None, second: str | None) -> Pair:
    a, b = standing(entries, first), standing(entries, second)
    both = sorted(a.keys() & b.keys())
    values = [(_value(a[key]), _value(b[key])) for key in both]
    found = cohen_kappa(values)
    reason = found.reason
    if not both:
        one, other = first or _NOBODY, second or _NOBODY
        reason = (
            f"they decided on no candidate both ({one} on {len(a)}, {other} on {len(b)}): review the same "
            "interviews and kinds, each with `kb review --reviewer NAME --interview ID`"
        )
    differ = tuple(
        Differ(
            candidate=key,
            verdicts=(_verdict_of(a[key]), _verdict_of(b[key])),
            became=(a[key].became, b[key].became),
        )
        for key, (one, other) in zip(both, values, strict=True)
        if one != other
    )
    return Pair(
        reviewers=(first or _NOBODY, second or _NOBODY),
        kappa=found.value,
        observed=found.observed,
        expected=found.expected,
        candidates=found.units,
        reason=reason,
        differ=differ,
    )


def _verdict_of(entry: Entry) -> Verdict:
    assert entry.verdict is not None
    return entry.verdict


def _value(entry: Entry) -> tuple[Verdict, Key | None]:
    """What is compared: the verdict, and of a change to what."""
    return _verdict_of(entry), entry.became if entry.verdict == "changed" else None


def _said(key: Key) -> str:
    kind = by_name()[key.kind]
    return f"{key.start} {'→' if kind.causal else kind.verb} {key.end}"


def _verdict(verdict: Verdict, became: Key | None) -> str:
    return f"{verdict} to {_said(became)}" if became and verdict == "changed" else verdict
