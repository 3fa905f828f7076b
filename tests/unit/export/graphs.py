"""Subgraphs for the tests of the figures: random ones, and one with every awkward name."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

from kb.graph import Edge, Node, Subgraph

AWKWARD = (
    'She said "no": it\'s 50% & <b>bold</b>',
    "under_score #1 {brace} $x^2$ ~ \\n \\end{document}",
    "Überanpassung – naïve Łódź, œuvre",
    "port:like:colons",
    "данные и λόγος",
    "漢字 and 😀👩‍💻",
    "control \x01\x0b characters\nand\ta new line",
    "</script><script>alert(1)</script>",
    "ends with a backslash \\",
    "graph",  # a keyword of DOT
    "end",  # and one of Mermaid
    "`backtick` ]] --> )) |pipe|",
    "*/ // -- ; MATCH (n) DETACH DELETE n",
    "=1+1,comma;semicolon",
)


def concept(name: str, kind: str = "issue", **properties: object) -> Node:
    labels = ("Concept", "Code", kind.capitalize())
    return Node(id=name, labels=labels, properties={"name": name, "kind": kind, **properties})


def relation(start: str, end: str, *interviews: str, type_: str = "CAUSES", **properties: object) -> Edge:
    told_in = interviews or ("3",)
    own = {
        "interviews": list(told_in),
        "people": [f"{name}/Interviewee" for name in told_in],
        "claims": len(told_in),
        "stated": "stated",
    }
    return Edge(type=type_, start=start, end=end, properties={**own, **properties})


def awkward() -> Subgraph:
    """Every awkward name, each causing the next, with itself as the quote."""
    nodes = [
        concept(name, ("issue", "cause", "fix")[i % 3], description=name) for i, name in enumerate(AWKWARD)
    ]
    edges = [relation(a, b, "3", "11", quotes=[a, b]) for a, b in itertools.pairwise(AWKWARD)]
    return Subgraph.of(nodes, edges)


def random_graph(seed: int, nodes: int, edges: int, backward: float = 0.1) -> Subgraph:
    """A graph with cycles, loops, parallel links and parts that do not hang together."""
    choose = random.Random(seed)
    words = [
        "data",
        "model",
        "drift",
        "label",
        "pipeline",
        "metric",
        "deployment",
        "user",
        "feedback",
        "unstable",
        "provider",
        "fix",
    ]
    names = [
        "-".join(choose.choice(words) for _ in range(choose.randint(1, 5))) + f"-{i}" for i in range(nodes)
    ]
    kinds = [choose.choice(("issue", "issue", "cause", "fix", "topic")) for _ in names]
    types: Sequence[str] = ("CAUSES", "CAUSES", "HAS_FIX", "NOT_FIXED_BY", "DETECTED_BY")
    links = []
    for _ in range(edges):
        a, b = sorted((choose.randrange(nodes), choose.randrange(nodes)))
        if choose.random() < backward:
            a, b = b, a
        told_in = [str(i) for i in range(1, 1 + choose.randint(1, 7))]
        links.append(
            relation(
                names[a],
                names[b],
                *told_in,
                type_=choose.choice(types),
                stated=choose.choice(("stated", "implied")),
                told=choose.choice(("whole", "stitched")),
            )
        )
    return Subgraph.of([concept(name, kind) for name, kind in zip(names, kinds, strict=True)], links)


def private() -> Subgraph:
    """What an interview leaves in the graph, with names that must not show."""
    return Subgraph.of(
        [
            concept("Data-drift", description="As Quentin Zzyzx coded it; see Interview 11 and 11:0042."),
            concept("sensor fault", "cause"),
            Node(id="11", labels=("Interview",), properties={"id": "11", "title": "Interview 11 - Quentin"}),
            Node(id="3", labels=("Interview",), properties={"id": "3", "title": "Interview 3"}),
            Node(id="pilot-wanda", labels=("Interview",), properties={"title": "Pilot Wanda"}),
            Node(
                id="11:0042",
                labels=("Turn",),
                properties={"id": "11:0042", "interview": "11", "speaker": "Xanthippe",
                            "text": "As Xanthippe told Quentin, sensors drift."},
            ),
            Node(
                id="11/Xanthippe",
                labels=("Speaker", "Interviewee"),
                properties={"id": "11/Xanthippe", "interview": "11", "label": "Xanthippe"},
            ),
            Node(id="Quentin Zzyzx", labels=("Coder",), properties={"name": "Quentin Zzyzx"}),
            Node(
                id="11/Xanthippe/causes/a/b",
                labels=("Claim",),
                properties={"kind": "causes", "interview": "11", "person": "11/Xanthippe", "ref": "11:0042"},
            ),
            Node(
                id="11|Quentin Zzyzx|coding",
                labels=("Source",),
                properties={"file": "Interview 11 - Quentin.pdf", "sha256": "c0ffee"},
            ),
            Node(id="Xanthippe of 11/3", labels=("Participant",), properties={"name": "Xanthippe of 11/3"}),
            Node(
                id="qda/Quentin.qda/memo/1",
                labels=("Memo",),
                properties={"title": "It drifted", "text": "Xanthippe: sensors drift.",
                            "coder": "Quentin Zzyzx", "project": "qda/Quentin.qda"},
            ),
            Node(
                id="qda/Quentin.qda",
                labels=("Project",),
                properties={"file": "Quentin.qda", "sha256": "c0ffee", "format": "qda"},
            ),
        ],
        [
            relation("sensor fault", "Data-drift", "3", "11", "pilot-wanda",
                     people=["11/Xanthippe", "3/Interviewee", "11/?"],
                     quotes=["Xanthippe: the sensors drifted, says I11", "11: 11 of them drifted"]),
            Edge(type="CODED", start="Quentin Zzyzx", end="11", properties={"round": "coding"}),
            Edge(type="SPOKEN_BY", start="11:0042", end="11/Xanthippe"),
            Edge(type="ON_TURN", start="qda/Quentin.qda/memo/1", end="11:0042",
                 properties={"quote": "sensors drift"}),
            Edge(type="LINKED_TO", start="11:0042", end="11:0042",
                 properties={"name": "see", "to_quote": "sensors drift", "coder": "Quentin Zzyzx"}),
            Edge(type="CASE_OF", start="Xanthippe of 11/3", end="qda/Quentin.qda"),
            Edge(type="CODED_AS", start="11:0042", end="Data-drift",
                 properties={"coder": "Quentin Zzyzx", "quote": "sensors drift", "label": "Data-drift"}),
            Edge(type="EVIDENCED_BY", start="11/Xanthippe/causes/a/b", end="11:0042",
                 properties={"quote": "the sensors drifted"}),
            Edge(type="HAS_SOURCE", start="11", end="11|Quentin Zzyzx|coding"),
        ],
    )  # fmt: skip
