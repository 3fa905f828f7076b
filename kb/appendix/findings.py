"""The findings of a report: the causal map, and a card for each of the issues told of most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kb.appendix.asked import Asked, Study
from kb.appendix.blocks import Block, Figure, Heading, Items, Paragraph, Quote, Report, Table
from kb.ask.answer import to_subgraph
from kb.text.headed import headed
from kb.text.words import plural

_STRONGEST = 15  # links in the table beside the map
_QUOTES = 4  # of a card
_ALL = 100_000  # rows of an issue's card
_LISTED = 12  # of a card's causes, effects or fixes
_WITHOUT = ("is", "falls under", "spoken of")  # sections of a card that are no relations


def causal_map(study: Study, asked: Asked, report: Report) -> Iterator[Block]:
    """The map of causes, with the links that are told in most interviews."""
    from kb.export.privacy import shield
    from kb.figure.draw import compose

    yield Heading("The causal map")
    given = {"zoom": asked.zoom, "top": asked.links, "without_fixes": True}
    answer = study.ask("causal-map", **given)
    if not answer.rows:
        yield Paragraph("Nobody tells a cause: no relations are in the graph.")
        return
    graph, options = shield(to_subgraph(answer), study.figures)
    report.graph = graph
    yield Paragraph(
        "Causes stand left of their effects; the more interviews tell a link, the wider it is."
        + (f" Shown are the {len(answer.rows)} links told in most interviews." if answer.notes else "")
    )
    yield Figure("causal-map", compose(graph, options, report.notes.append), "Causes that people tell.")
    rows = study.ask("causal-map", zoom=asked.zoom, top=_STRONGEST).rows
    yield Heading("Links told in most interviews", 2)
    yield Table(
        ("from", "", "to", "interviews", "people", "told in"),
        tuple(
            (
                study.names.scrub(row["from"]),
                row["relation"],
                study.names.scrub(row["to"]),
                str(row["interviews"]),
                str(row["people"]),
                ", ".join(map(study.names.interview, row["told_in"])),
            )
            for row in rows
        ),
        frozenset({3, 4}),
    )


def cards(study: Study, asked: Asked) -> Iterator[Block]:
    """A card for each of the issues told of most, with people's words."""
    yield Heading("The issues told of most")
    issues = study.ask("top-issues", limit=asked.issues).rows
    if not issues:
        yield Paragraph("No passage is coded as an issue, and nobody tells of one.")
    for row in issues:
        yield from _card(study, asked, row)


def _card(study: Study, asked: Asked, issue: dict[str, Any]) -> Iterator[Block]:
    card = study.ask("issue-card", issue=issue["issue"], limit=_ALL).rows
    rows = [row for row in card if row["issue"] == issue["issue"]]
    scrub = study.names.scrub
    yield Heading(scrub(issue["issue"]), 2)
    own = next((row for row in rows if row["section"] == "is"), None)
    if own and any(own["quotes"]):
        yield Paragraph(scrub(" ".join(filter(None, own["quotes"]))))
    related = issue["related_in"]
    told = f"causes, effects or fixes of it told in {plural(related, 'interview')}" if related else ""
    coded = (
        f"coded in {plural(issue['coded_in'], 'interview')} ({plural(issue['passages'], 'passage')})"
        if issue["coded_in"]
        else "no passage coded so"
    )
    yield Paragraph(f"{coded[0].upper()}{coded[1:]}{'; ' if told else ''}{told}.")
    sections: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["section"] not in _WITHOUT and row["interviews"]:
            sections[row["section"]].append(f"{scrub(row['item'])} ({row['interviews']})")
    if sections:
        yield Items(tuple(f"{name}: {_listed(items)}" for name, items in sections.items()))
    if asked.quotes:
        asked_too = _questions(study, [row["item"] for row in rows if row["section"] == "spoken of"])
        for quote in _quotes(row for row in rows if row["item"] not in asked_too):
            yield study.names.quote(quote.who, quote.words)


def _listed(items: list[str]) -> str:
    more = f"; and {len(items) - _LISTED} more" if len(items) > _LISTED else ""
    return "; ".join(items[:_LISTED]) + more


def _questions(study: Study, turns: Sequence[str]) -> set[str]:
    """Those of some turns that an interviewer says."""
    statement = "MATCH (t:Turn) WHERE t.id IN $ids AND t.role = 'interviewer' RETURN t.id AS id"
    return {row["id"] for row in study.store.read(statement, {"ids": list(turns)}).rows}


def _quotes(shown_rows: Iterable[dict[str, Any]]) -> Iterator[Quote]:
    """Words behind the relations told in most interviews, of different people first; then passages."""
    rows = list(shown_rows)
    found: list[Quote] = []
    for row in sorted(rows, key=lambda row: -(row["interviews"] or 0)):
        if row["section"] in _WITHOUT or not row["interviews"]:
            continue
        for quote in row["quotes"][:2]:
            who, words = headed(quote)
            found.append(Quote(words, who))
    for row in rows:
        if row["section"] == "spoken of" and row["quotes"] and row["quotes"][0]:
            found.append(Quote(row["quotes"][0], row["item"]))
    shown: list[Quote] = []
    said: set[str] = set()
    for fresh in (True, False):
        for quote in found:
            heard = quote.who.partition(":")[0].partition("/")[0]
            if quote.words in said or (
                fresh and heard in {q.who.partition(":")[0].partition("/")[0] for q in shown}
            ):
                continue
            if len(shown) < _QUOTES:
                shown.append(quote)
                said.add(quote.words)
    yield from shown
