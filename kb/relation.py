"""The kinds of relations between concepts: one table, from which everything else takes them.

The schema (edges, and those of claims), relations files (kinds and places), the sums, figures, legend and
captions, the style and guide for Neo4j Browser, and the canned queries all read `KINDS` and `PLACES`. A
new kind is a row there, and a place of its own if it needs one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Place(NamedTuple):
    """One end of relations.

    Attributes:
        name: What an entry of a relations file calls it; what is said there may be noted as `name_as`.
        claim: The edge from a claim to the concept that stands there.
        concept: What a concept is that stands there and that no code names.
        about: The claim's edge in a sentence.
    """

    name: str
    claim: str
    concept: str
    about: str


class RelationKind(NamedTuple):
    """A kind of relation.

    Attributes:
        name: In relations files, and on claims.
        edge: Type of the edge between concepts that sums up its claims, from `start` to `end`.
        start, end: Its places.
        about: The edge in a phrase.
        verb, back: How it reads from start to end, and the other way.
        short: The same as `verb` in a legend.
        says: What a claim of it says, in a table.
        colour: Of the edge's head and line (``#RRGGBB``); none for ink.
        head: Its sign at the end: ``arrow``, ``dot``, ``bar`` or ``diamond`` (see `kb.figure.heads`).
        causal: Whether it is walked where causes and effects are asked for.
    """

    name: str
    edge: str
    start: str
    end: str
    about: str
    verb: str
    back: str
    short: str
    says: str
    colour: str
    head: str
    causal: bool


# A concept that no code names and that stands in several places is what the first of them says.
PLACES = (
    Place("issue", "ABOUT_ISSUE", "issue", "The issue of a claim on a fix or a detection."),
    Place("effect", "ABOUT_EFFECT", "issue", "The effect a claim names."),
    Place("fix", "ABOUT_FIX", "fix", "The fix, failed fix or detection a claim names."),
    Place("detection", "ABOUT_FIX", "detection", "The fix, failed fix or detection a claim names."),
    Place("cause", "ABOUT_CAUSE", "cause", "The cause a claim names."),
)

# Colours of Okabe and Ito's palette, which `kb.figure.style` says more of.
KINDS = (
    RelationKind(
        "causes", "CAUSES", "cause", "effect", "Cause to effect.",
        "causes", "is caused by", "causes", "causes", "", "arrow", True,
    ),
    RelationKind(
        "fixes", "HAS_FIX", "issue", "fix", "Issue to what fixed it.",
        "is fixed by", "fixes", "fixed by", "fixes", "#009E73", "dot", False,
    ),
    RelationKind(
        "does-not-fix", "NOT_FIXED_BY", "issue", "fix", "Issue to what was said not to fix it.",
        "is not fixed by", "does not fix", "not fixed by", "does not fix", "#D55E00", "bar", False,
    ),
    RelationKind(
        "detects", "DETECTED_BY", "issue", "detection", "Issue to what shows it.",
        "is shown by", "shows", "shown by", "detects", "#CC79A7", "diamond", False,
    ),
)  # fmt: skip

# How explicit a claim is, strongest first.
EXPLICIT = ("stated", "across-turns", "coded", "implied")


def place(name: str) -> Place:
    """A place by its name."""
    return next(each for each in PLACES if each.name == name)


def by_name() -> dict[str, RelationKind]:
    """The kinds by their names."""
    return {kind.name: kind for kind in KINDS}


def by_edge() -> dict[str, RelationKind]:
    """The kinds by the types of their edges."""
    return {kind.edge: kind for kind in KINDS}


_GROUP = re.compile(r"/\*:(\w+)\*/(?:[A-Z_|]+|\[\[.*?\]\])", re.DOTALL)


def filled(cypher: str) -> str:
    """A query with the kinds of the table where its comments ask for them.

    A comment before types of edges, or before a list, says what stands there; the file itself runs as it
    is, and here the table's takes its place:

    - ``/*:relations*/A|B``: the edges of all kinds; ``/*:causal*/A``: of those walked as causes;
      ``/*:remedies*/A|B``: of the others;
    - ``/*:starts*/A``, ``/*:ends*/A``: the edges from the others' claims to both ends;
    - ``/*:kinds*/[['A', 'a', 'b', 'c']]``: edge, name, `short` and `says` of each kind.
    """
    return _GROUP.sub(lambda match: f"/*:{match[1]}*/{_group(match[1])}", cypher)


def plain(cypher: str) -> str:
    """The same without the comments, for people to read."""
    return re.sub(r"/\*:\w+\*/", "", filled(cypher))


def _group(name: str) -> str:
    """What a comment in a query asks for.

    Raises:
        ValueError: There is no such group.
    """
    groups = {
        "relations": _types(kind.edge for kind in KINDS),
        "causal": _types(kind.edge for kind in KINDS if kind.causal),
        "remedies": _types(kind.edge for kind in KINDS if not kind.causal),
        "starts": _types(place(kind.start).claim for kind in KINDS if not kind.causal),
        "ends": _types(place(kind.end).claim for kind in KINDS if not kind.causal),
        "kinds": _listed((kind.edge, kind.name, kind.short, kind.says) for kind in KINDS),
    }
    if name not in groups:
        raise ValueError(f"/*:{name}*/ asks for one of {', '.join(groups)}")
    return groups[name]


def _types(names: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(names))


def _listed(rows: Iterable[tuple[str, ...]]) -> str:
    return f"[{', '.join(str(list(row)) for row in rows)}]"
