"""A guide for Neo4j Browser: slides that walk a newcomer through the graph, with queries to run.

Its queries name no code, so that they run on any study. Neo4j Browser takes the ``<title>`` as the
guide's name, each ``<slide>`` as a page, and makes what is in ``<pre class="runnable">`` clickable.
Source: https://neo4j.com/developer/guide-create-neo4j-browser-guide/
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from kb.query import Query

TITLE = "Issues, causes and fixes"


class Slide(NamedTuple):
    """A page of the guide: a heading, paragraphs, and a query to run."""

    heading: str
    text: tuple[str, ...]
    query: str = ""


SLIDES = (
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
        "MATCH p = (:Concept)-[:CAUSES]->(:Concept)\nRETURN p\nLIMIT 60",
    ),
    Slide(
        "The issue with most causes",
        ("What leads to the issue that most causes are told of, up to four links back:",),
        "MATCH (e:Issue)<-[:CAUSES]-(c:Concept)\n"
        "WITH e, count(c) AS causes\nORDER BY causes DESC, e.name\nLIMIT 1\n"
        "MATCH p = (e)<-[:CAUSES*1..4]-(:Concept)\nRETURN p\nLIMIT 60",
    ),
    Slide(
        "Told whole, or stitched?",
        (
            "A chain whose links come from different people was told by nobody. Here, for each chain of two "
            "links, the people who told both; where there is nobody, it is stitched together from several.",
        ),
        "MATCH (a:Concept)-[r:CAUSES]->(b:Concept)-[s:CAUSES]->(c:Concept)\nWHERE a.name <> c.name\n"
        "RETURN a.name AS cause, b.name AS then, c.name AS effect,\n"
        "       [who IN r.people WHERE who IN s.people] AS told_whole_by\n"
        "ORDER BY size(told_whole_by) DESC, cause, then, effect\nLIMIT 50",
    ),
    Slide(
        "Who says so",
        (
            "Behind every arrow stand claims: one person's statement of one relation, with the passage it "
            "was taken from. This draws one relation down to the words; click a turn to read it.",
        ),
        "MATCH (a:Concept)-[r:CAUSES]->(b:Concept)\nWITH a, b, size(r.people) AS people\n"
        "ORDER BY people DESC, a.name, b.name\nLIMIT 1\n"
        "MATCH p = (a)<-[:ABOUT_CAUSE]-(k:Claim)-[:ABOUT_EFFECT]->(b)\n"
        "OPTIONAL MATCH q = (k)-[:EVIDENCED_BY]->(:Turn)\nRETURN p, q",
    ),
    Slide(
        "What fixes it",
        ("Issues with what fixed them, what was said not to, and what shows that they are there:",),
        "MATCH p = (:Issue)-[:HAS_FIX|NOT_FIXED_BY|DETECTED_BY]->(:Concept)\nRETURN p\nLIMIT 60",
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


def guide(queries: Iterable[Query]) -> str:
    """The guide as HTML; its last page lists the canned queries."""
    pages = [_page(slide) for slide in SLIDES] + [_more(queries)]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{escape(TITLE)}</title>\n</head>\n<body>\n<article class="guide">\n'
        f'<carousel class="deck container-fluid">\n{"".join(pages)}</carousel>\n'
        "</article>\n</body>\n</html>\n"
    )


def _page(slide: Slide) -> str:
    body = "".join(f"<p>{escape(text, quote=False)}</p>\n" for text in slide.text)
    if slide.query:
        body += f'<pre class="pre-scrollable code runnable">\n{escape(slide.query, quote=False)}\n</pre>\n'
    return _slide(slide.heading, body)


def _more(queries: Iterable[Query]) -> str:
    ordered = sorted(queries, key=lambda query: (query.topic, query.title))
    items = "".join(
        f"<li><b>{escape(query.title, quote=False)}</b> ({escape(query.topic, quote=False)})</li>\n"
        for query in ordered
    )
    return _slide(
        "Where to go from here",
        "<p>The favourites (the star on the left) hold these questions, once <code>favourites.zip</code> is "
        "dropped on this window. Their parameters come first: run the favourite that sets them.</p>\n"
        f"<ul>\n{items}</ul>\n"
        "<p>On the command line, <code>kb browse NAME</code> opens one here with its parameters "
        "filled in.</p>\n",
    )


def _slide(heading: str, body: str) -> str:
    return (
        '<slide class="row-fluid">\n<div class="col-sm-12">\n'
        f"<h3>{escape(heading, quote=False)}</h3>\n{body}</div>\n</slide>\n"
    )
