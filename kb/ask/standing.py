"""Where a study stands: what is loaded, who coded it, what people tell, and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from kb.store.bolt import Store

_INTERVIEWS = "MATCH (i:Interview) RETURN i.id AS id, i.turns AS turns ORDER BY toInteger(id), id"
_CODERS = (
    "MATCH (w:Coder)-[d:CODED]->(i:Interview) WHERE d.codes_exported "
    "RETURN w.name AS coder, i.id AS interview ORDER BY coder, toInteger(interview), interview"
)
# A passage coded with a fix is a claim as well; those that a reader wrote down are what a study is asked for.
_CLAIMS = (
    "MATCH (k:Claim) WHERE k.interview IS NOT NULL "
    "RETURN k.interview AS interview, k.basis <> 'code' AS written, count(k) AS n"
)
_COUNTS = (
    "MATCH (c:Code) RETURN 'codes' AS what, count(c) AS n UNION ALL "
    "MATCH (p:Participant) RETURN 'participants' AS what, count(p) AS n UNION ALL "
    "MATCH (g:Catalogue) RETURN 'catalogues' AS what, count(g) AS n"
)


class Standing(NamedTuple):
    """What a graph holds of a study.

    Attributes:
        turns: Of each interview, by its id, in the order of their numbers.
        coded: The interviews of each coder, of those whose export shows codes.
        relations: Relations that readers wrote down, by interview; those with none are left out.
        by_code: Relations that codes alone tell (a passage coded with a fix), by interview.
        codes, participants, catalogues: Their numbers.
    """

    turns: Mapping[str, int]
    coded: Mapping[str, tuple[str, ...]]
    relations: Mapping[str, int]
    by_code: Mapping[str, int]
    codes: int = 0
    participants: int = 0
    catalogues: int = 0

    @property
    def uncoded(self) -> list[str]:
        """Interviews that nobody coded, as far as files show codes."""
        coded = {interview for interviews in self.coded.values() for interview in interviews}
        return [interview for interview in self.turns if interview not in coded]

    @property
    def unrelated(self) -> list[str]:
        """Interviews of which nobody wrote down a relation."""
        return [interview for interview in self.turns if interview not in self.relations]

    @property
    def compared(self) -> list[str]:
        """Interviews that two coders or more coded."""
        times = Counter(interview for interviews in self.coded.values() for interview in interviews)
        return [interview for interview in self.turns if times[interview] > 1]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "interviews": len(self.turns),
            "turns": sum(self.turns.values()),
            "coded_by": {coder: list(interviews) for coder, interviews in self.coded.items()},
            "uncoded": self.uncoded,
            "codes": self.codes,
            "relations": dict(self.relations),
            "relations_by_code": dict(self.by_code),
            "participants": self.participants,
            "catalogues": self.catalogues,
        }


def standing(store: Store) -> Standing:
    """Ask a graph where its study stands, in four reads."""
    turns = {str(row["id"]): int(row["turns"] or 0) for row in store.read(_INTERVIEWS).rows}
    coded: dict[str, dict[str, None]] = {}
    for row in store.read(_CODERS).rows:
        coded.setdefault(row["coder"], {})[row["interview"]] = None  # two rounds are one interview
    relations: dict[str, int] = {}
    by_code: dict[str, int] = {}
    for row in store.read(_CLAIMS).rows:
        (relations if row["written"] else by_code)[row["interview"]] = int(row["n"])
    order = {interview: at for at, interview in enumerate(turns)}
    counts = {row["what"]: int(row["n"]) for row in store.read(_COUNTS).rows}
    return Standing(
        turns,
        {coder: tuple(interviews) for coder, interviews in coded.items()},
        dict(sorted(relations.items(), key=lambda item: order.get(item[0], 0))),
        dict(sorted(by_code.items(), key=lambda item: order.get(item[0], 0))),
        counts.get("codes", 0),
        counts.get("participants", 0),
        counts.get("catalogues", 0),
    )
