"""The graph, declared once: node labels with their keys, edge types with their ends.

The store makes constraints and indexes from it, the digest walks it, the queries are checked
against it. Three layers, joined by evidence: transcript, coding, knowledge.
"""

from __future__ import annotations

from typing import NamedTuple

from kb import relation


class NodeType(NamedTuple):
    """A label with the property that tells its nodes apart, and what else they may carry."""

    label: str
    key: str
    also: tuple[str, ...]  # labels a node of this type may have besides
    properties: tuple[str, ...]
    about: str
    kept: tuple[str, ...] = ()  # properties that only loading uses: no part of what the graph says


class EdgeType(NamedTuple):
    """A relationship type with the labels of its ends."""

    type: str
    start: str
    end: str
    properties: tuple[str, ...]
    about: str


# The kinds a concept can have; the kind gives the extra label, where it has one.
KIND_LABELS = {
    "issue": "Issue",
    "fix": "Fix",
    "cause": "Cause",
    "topic": "Topic",
    "question": "Question",
    "category": "",
    "detection": "Detection",
}

# A claim's kind: the edge it sums up to, and the edges from the claim to that edge's ends.
CLAIM_ENDS = {
    kind.name: (kind.edge, relation.place(kind.start).claim, relation.place(kind.end).claim)
    for kind in relation.KINDS
}
# The edges from claims to what they are about.
ABOUT = {place.claim: place.about for place in sorted(relation.PLACES, key=lambda place: place.claim)}

NODES = (
    NodeType("Interview", "id", (), ("title", "turns", "build"), "One interview.", ("digests",)),
    NodeType(
        "Speaker",
        "id",
        ("Interviewee", "Interviewer"),
        ("interview", "label", "role"),
        "A person in one interview, by the label as written.",
    ),
    NodeType(
        "Turn",
        "id",
        (),
        ("interview", "index", "speaker", "role", "text", "start", "end", "only_in"),
        "One segment of a transcript.",
    ),
    NodeType("Coder", "name", (), (), "Who coded interviews."),
    NodeType(
        "Concept",
        "name",
        ("Code", "Issue", "Fix", "Cause", "Detection", "Topic", "Question"),
        ("kind", "category", "title", "description", "basis", "issue", "catalogue", "ref", "attribute"),
        "What a code, a cause or a fix means; with label Code if a code of the study names it, with a "
        "catalogue if it is an issue of one.",
    ),
    NodeType("Category", "name", (), ("title",), "A group of codes: their prefix, or as the codebook says."),
    NodeType(
        "Claim",
        "id",
        (),
        ("kind", "explicit", "interview", "person", "basis", "source", "ref", "note",
         "start_as", "end_as", "catalogue", "rests_on", "outcome", "coder"),
        "One person's statement of one relation, or a catalogue's.",
    ),
    NodeType(
        "Catalogue",
        "id",
        (),
        ("title", "citation", "doi", "about", "file", "sha256", "reading", "build"),
        "A publication's issues, with what it says of them.",
    ),
    NodeType(
        "Codebook",
        "id",
        (),
        ("file", "sha256", "text"),
        "The user's codebook, kept so that every later load reads the labels the same way.",
    ),
    NodeType(
        "Source",
        "id",
        (),
        ("interview", "coder", "round", "format", "file", "sha256", "codes_exported",
         "turns", "codings", "labels", "digest", "reading", "project"),
        "One reading of the interview, a transcript or a coding, from which it is put together.",
        ("parts", "relations", "lines", "lost"),
    ),
    NodeType(
        "Project",
        "id",
        (),
        ("file", "format", "sha256", "reading", "build"),
        "A file that says something of the whole study, or holds several sources.",
    ),
    NodeType("Participant", "name", (), (), "A person who was interviewed, over all interviews."),
    NodeType("Variable", "name", (), (), "Something that is known of participants, such as their job."),
    NodeType(
        "Memo",
        "id",
        (),
        ("interview", "project", "title", "text", "coder"),
        "An analyst's note on a turn, an interview, a code, a participant or the study.",
    ),
)  # fmt: skip

# What an edge between concepts carries: the sums over the claims behind it.
_SUMS = ("interviews", "people", "catalogues", "claims", "stated", "quotes")

EDGES = (
    EdgeType("HAS_SOURCE", "Interview", "Source", (), "The files an interview was put together from."),
    EdgeType("HAS_TURN", "Interview", "Turn", (), "The turns of an interview."),
    EdgeType("NEXT", "Turn", "Turn", (), "The turn said next."),
    EdgeType("SPOKEN_BY", "Turn", "Speaker", (), "Who said it."),
    EdgeType("TOOK_PART_IN", "Speaker", "Interview", (), "Who was there."),
    EdgeType("CODED", "Coder", "Interview", ("round", "codes_exported"), "Who coded it, and in which round."),
    EdgeType(
        "CODED_AS",
        "Turn",
        "Concept",
        ("coder", "round", "label", "quote", "start", "end", "label_without_underline"),
        "One code on one turn by one coder; quote, start and end where words were marked.",
    ),
    EdgeType("IN_CATEGORY", "Concept", "Category", (), "The group of a code."),
    EdgeType("IN_CATALOGUE", "Concept", "Catalogue", (), "The catalogue of an issue."),
    EdgeType("BROADER", "Concept", "Concept", (), "A code to the catalogue's issue that it falls under."),
    *(EdgeType(kind.edge, "Concept", "Concept", _SUMS, kind.about) for kind in relation.KINDS),
    *(EdgeType(type_, "Claim", "Concept", (), about) for type_, about in ABOUT.items()),
    EdgeType(
        "LINKED_TO",
        "Turn",
        "Turn",
        ("name", "note", "coder", "quote", "to_quote"),
        "A passage to another that an analyst related it to, under the analyst's name for it.",
    ),
    EdgeType(
        "RELATED_TO",
        "Concept",
        "Concept",
        ("name", "note", "coder", "turn", "quote", "to_turn", "to_quote", "project"),
        "A code to another that an analyst related it to; nobody's statement, so no sum counts it.",
    ),
    EdgeType("CHILD_OF", "Concept", "Concept", ("project",), "A code to the one above it in a code tree."),
    EdgeType(
        "CODE_OF",
        "Concept",
        "Project",
        ("label", "parent", "colour", "description"),
        "The code tree that has the code, and what it says of it.",
    ),
    EdgeType("CASE_OF", "Participant", "Project", (), "The file that knows the participant."),
    EdgeType("HAS_VALUE", "Participant", "Variable", ("value", "project"), "What is known of them."),
    EdgeType("INTERVIEWED_IN", "Participant", "Interview", ("project",), "Whom an interview was with."),
    EdgeType("SPEAKS_AS", "Participant", "Speaker", ("project",), "Who they are in a transcript."),
    EdgeType("ON_TURN", "Memo", "Turn", ("quote",), "The passage of a memo."),
    EdgeType("ON_INTERVIEW", "Memo", "Interview", (), "The interview of a memo."),
    EdgeType("ON_CODE", "Memo", "Concept", (), "The code of a memo."),
    EdgeType("ON_PARTICIPANT", "Memo", "Participant", (), "The participant of a memo."),
    EdgeType("ON_PROJECT", "Memo", "Project", (), "The study of a memo on nothing else."),
    EdgeType("EVIDENCED_BY", "Claim", "Turn", ("quote", "label_without_underline"), "The words behind it."),
)  # fmt: skip

# Besides the keys: what the store looks nodes up by.
EXTRA_INDEXES = (
    ("Turn", "interview"),
    ("Speaker", "interview"),
    ("Claim", "interview"),
    ("Claim", "catalogue"),
    ("Source", "interview"),
    ("Source", "file"),
    ("Memo", "interview"),
    ("Memo", "project"),
)

KEYS = {node.label: node.key for node in NODES}
NODE_TYPES = {node.label: node for node in NODES}
EDGE_TYPES = {edge.type: edge for edge in EDGES}
