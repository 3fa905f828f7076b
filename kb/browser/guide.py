"""A guide for Neo4j Browser: slides that walk a newcomer through the graph, with queries to run.

Its queries name no code, so that they run on any study.

- HTML, for Neo4j Browser 5: the ``<title>`` is the guide's name, each ``<slide>`` a page, and what is
  in ``<pre class="runnable">`` can be clicked.
  Source: https://github.com/neo4j-contrib/neo4j-guides/blob/master/docs/html-guides.adoc
- AsciiDoc, for the Neo4j Browser of 2025 and later, which reads no HTML guides.
  Source: https://neo4j.com/docs/browser/operations/custom-guides/
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from kb.ask.query import Query
from kb.relation import plain

TITLE = "Issues, causes and fixes"
MORE = "Where to go from here"
MORE_TEXT = (
    "On the command line, kb browse NAME opens one of these questions here, with its parameters filled in.",
    "Neo4j Browser 5 keeps them as favourites (the star on the left) once favourites.zip is dropped on its "
    "window. Run the favourite that sets their parameters first.",
)


class Slide(NamedTuple):
    """A page of the guide: a heading, paragraphs, and a query to run."""

    heading: str
    text: tuple[str, ...]
    query: str = ""


_SLIDES = (
    Slide(
        "What is in this graph",
        (
            "People were interviewed about problems in their work; analysts coded what they said. The "
            "graph holds the words, the codes, and what follows from them: which issue causes which, and "
            "what fixes it.",
            "Click a query to put it into the editor, then run it. What there is, by label:",
        ),
        "MATCH (n)\nUNWIND labels(n) AS label\nRETURN label, count(*) AS nodes\nORDER BY nodes DESC, label",
    ),
    Slide(
        "Causes and effects",
        (
            "An arrow CAUSES runs from cause to effect, so a chain reads as people tell it. On the arrow "
            "stand the interviews in which somebody says so.",
            "Drag the nodes apart; double-click one to see what else hangs on it.",
        ),
        "MATCH p = (:Concept)-[:/*:causal*/CAUSES]->(:Concept)\nRETURN p\nLIMIT 60",
    ),
    Slide(
        "The issue with most causes",
        ("What leads to the issue that most causes are told of, up to four links back:",),
        "MATCH (e:Issue)<-[:/*:causal*/CAUSES]-(c:Concept)\n"
        "WITH e, count(c) AS causes\nORDER BY causes DESC, e.name\nLIMIT 1\n"
        "MATCH p = (e)<-[:/*:causal*/CAUSES*1..4]-(:Concept)\nRETURN p\nLIMIT 60",
    ),
    Slide(
        "Told whole, or stitched?",
        (
            "A chain whose links come from different people was told by nobody. Here, for each chain of two "
            "links, the people who told both; where there is nobody, it is stitched together from several.",
        ),
        "MATCH (a:Concept)-[r:/*:causal*/CAUSES]->(b:Concept)-[s:/*:causal*/CAUSES]->(c:Concept)\n"
        "WHERE a.name <> c.name\nRETURN a.name AS cause, b.name AS then, c.name AS effect,\n"
        "       [who IN r.people WHERE who IN s.people] AS told_whole_by\n"
        "ORDER BY size(told_whole_by) DESC, cause, then, effect\nLIMIT 50",
    ),
    Slide(
        "Who says so",
        (
            "Behind every arrow stand claims: one person's statement of one relation, with the passage it "
            "was taken from. This draws one relation down to the words; click a turn to read it.",
        ),
        "MATCH (a:Concept)-[r:/*:causal*/CAUSES]->(b:Concept)\nWITH a, b, size(r.people) AS people\n"
        "ORDER BY people DESC, a.name, b.name\nLIMIT 1\n"
        "MATCH p = (a)<-[:ABOUT_CAUSE]-(k:Claim)-[:ABOUT_EFFECT]->(b)\n"
        "OPTIONAL MATCH q = (k)-[:EVIDENCED_BY]->(:Turn)\nRETURN p, q",
    ),
    Slide(
        "What fixes it",
        ("Issues with what fixed them, what was said not to, and what shows that they are there:",),
        "MATCH p = (:Issue)-[:/*:remedies*/HAS_FIX|NOT_FIXED_BY|DETECTED_BY]->(:Concept)\nRETURN p\nLIMIT 60",
    ),
    Slide(
        "How it was coded",
        ("The passages of one interview that carry codes, in the order they were said:",),
        "MATCH (i:Interview)\nWITH i ORDER BY i.id LIMIT 1\n"
        "MATCH (i)-[:HAS_TURN]->(t:Turn)-[r:CODED_AS]->(c:Concept)\n"
        "RETURN t.id AS turn, t.speaker AS speaker, c.name AS code, r.coder AS coder, "
        "coalesce(r.quote, t.text) AS words\nORDER BY t.index, code, coder",
    ),
)

#: The pages, with all kinds of relations in their queries.
SLIDES = tuple(slide._replace(query=plain(slide.query)) for slide in _SLIDES)


def guide_html(queries: Iterable[Query]) -> str:
    """The guide as HTML; its last page lists the canned queries."""
    pages = [_page(slide) for slide in SLIDES] + [_last_page(queries)]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{escape(TITLE)}</title>\n</head>\n<body>\n<article class="guide">\n'
        f'<carousel class="deck container-fluid">\n{"".join(pages)}</carousel>\n'
        "</article>\n</body>\n</html>\n"
    )


def guide_asciidoc(queries: Iterable[Query]) -> str:
    """The guide as AsciiDoc; its last section lists the canned queries."""
    blocks = [f"= {TITLE}"]
    for slide in SLIDES:
        blocks += [f"== {slide.heading}", *slide.text]
        if slide.query:
            blocks.append(f"[source,cypher]\n----\n{slide.query}\n----")
    blocks += [f"== {MORE}", *MORE_TEXT]
    blocks.append("\n".join(f"* {query.title} ({query.topic})" for query in _sorted(queries)))
    return "\n\n".join(blocks) + "\n"


def _sorted(queries: Iterable[Query]) -> list[Query]:
    return sorted(queries, key=lambda query: (query.topic, query.title))


def _page(slide: Slide) -> str:
    body = _paragraphs(slide.text)
    if slide.query:
        query = escape(slide.query, quote=False)
        body += f'<pre class="pre-scrollable code runnable">\n{query}\n</pre>\n'
    return _slide(slide.heading, body)


def _last_page(queries: Iterable[Query]) -> str:
    items = "".join(
        f"<li><b>{escape(query.title, quote=False)}</b> ({escape(query.topic, quote=False)})</li>\n"
        for query in _sorted(queries)
    )
    return _slide(MORE, f"{_paragraphs(MORE_TEXT)}<ul>\n{items}</ul>\n")


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text, quote=False)}</p>\n" for text in texts)


def _slide(heading: str, body: str) -> str:
    return (
        '<slide class="row-fluid">\n<div class="col-sm-12">\n'
        f"<h3>{escape(heading, quote=False)}</h3>\n{body}</div>\n</slide>\n"
    )
