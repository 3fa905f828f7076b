"""The coded interviews in Python: agreement between coders, and saturation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.agreement import AgreementReport
    from kb.agreement.ratings import CodedSource
    from kb.ask.study import Study as Read
    from kb.records import Coding, Role, Turn
    from kb.statistics.saturation import Curve


class Study:
    """Turns, codings and who coded what, read once.

    Args:
        read: As `kb.ask.study.read_study` gives it.
    """

    def __init__(self, read: Read) -> None:
        self._read = read

    def __repr__(self) -> str:
        return f"<kb study: {len(self.interviews)} interviews, {len(self.codings)} codings>"

    @property
    def interviews(self) -> list[str]:
        """Ids of the interviews that have turns."""
        return list(dict.fromkeys(turn.interview for turn in self._read.turns))

    @property
    def turns(self) -> tuple[Turn, ...]:
        """By interview, in the order said."""
        return self._read.turns

    @property
    def codings(self) -> tuple[Coding, ...]:
        """Codes on these turns; `code` is the concept, `label` what the coder wrote."""
        return self._read.codings

    @property
    def sources(self) -> tuple[CodedSource, ...]:
        """Who coded which interview in which round."""
        return self._read.sources

    @property
    def concepts(self) -> dict[str, dict[str, Any]]:
        """Properties of the concepts by name."""
        return self._read.concepts

    def agreement(
        self,
        *,
        round: str | None = None,  # the field's word
        levels: Collection[str] | None = None,
        by_interview: bool = True,
        strict_spans: bool = False,
        interviewees_only: bool = False,
        questions: bool = False,
    ) -> AgreementReport:
        """How far coders agree: kappa and alpha (docs/agreement.md).

        Args:
            round: Only codings of this round, which are independent.
            levels: Of ``any``, ``category``, ``code``, ``set``; None for all.
            by_interview: Each interview too, not only all together.
            strict_spans: Leave out turns with a coder's label but no marked word.
            interviewees_only: Count only interviewees' turns.
            questions: Count the codes of the interview guide's questions too, which are no findings.
        """
        from kb.agreement import LEVELS, Ratings, agreement
        from kb.ask.study import findings

        sources = [source for source in self.sources if round in (None, source.round)]
        role: Role | None = "interviewee" if interviewees_only else None
        codings, left_out = (self.codings, "") if questions else findings(self._read)
        ratings = Ratings.build(self.turns, codings, sources, strict_spans=strict_spans, role=role)
        categories = {name: c["category"] for name, c in self.concepts.items() if c.get("category")}
        wanted = [level for level in LEVELS if levels is None or level in levels]
        report = agreement(ratings, categories, levels=wanted, by_interview=by_interview)
        said = (*report.treatment, left_out) if left_out else report.treatment
        return report.model_copy(update={"treatment": said})

    def saturation(self, *, questions: bool = False) -> Curve:
        """How many different codes so many interviews give (docs/plots.md).

        Args:
            questions: Count the codes of the interview guide's questions too, which are no findings.
        """
        from kb.statistics.saturation import saturation

        met: dict[str, set[str]] = defaultdict(set)
        for interview in self.interviews:
            met[interview] = set()
        for coding in self.codings:
            if questions or self.concepts.get(coding.code, {}).get("kind") != "question":
                met[coding.interview].add(coding.code)
        return saturation(met)
