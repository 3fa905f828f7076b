"""``kb status``: where the study stands, and the digest of the graph."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli.options import Db, Format, FormatOption, store
from kb.cli.output import say

_SHOWN = 12  # values of an attribute in a line


def status(
    full: Annotated[
        bool,
        typer.Option("--full", help="Calculate the digests from every node and edge, not from kept ones."),
    ] = False,
    counts_: Annotated[
        bool, typer.Option("--counts", help="Count every kind of node and edge, too.")
    ] = False,
    db: Db = None,
    format_: FormatOption = Format.table,
) -> None:
    """Show where the study stands and what comes next; and the digest of the graph.

    Two graphs of the same content have the same digest, on either engine. The digest of the study leaves out
    which files it came from: it is the same after a way through another tool that lost nothing.

    Each interview keeps its part of both: a property that something else than kb has changed there is seen
    with --full only.
    """
    import json

    from kb.ask.next_step import next_step
    from kb.ask.participants import read_people
    from kb.ask.standing import standing
    from kb.cli.names import counted_candidates
    from kb.cli.output import print_rows
    from kb.cli.standing import left_to_review, print_standing, undecided
    from kb.schema import NODE_TYPES
    from kb.store.digest import counts
    from kb.store.kept import told_digests

    with store(db) as graph:
        where, reviews = standing(graph), left_to_review(graph)
        if format_ is Format.table:  # first of all: a digest takes time
            say(graph.name)
            print_standing(where, undecided(graph), next_step(where, counted_candidates(db)), reviews)
        found, name = counts(graph), graph.name
        told = told_digests(graph, found, full=full)
        people = read_people(graph) if found["Participant"] else None
    attributes = people.counts if people else {}
    if told.why:
        say(f"The digests were calculated from every node and edge: {told.why}")
    if format_ is Format.json:
        said = {
            "store": name,
            "digest": told.digests.graph,
            "study": told.digests.study,
            "full": told.from_rows,
            "counts": found,
            "attributes": attributes,
            "standing": where.as_json(),
            "reviews": reviews,
        }
        typer.echo(json.dumps(said, indent=1))
        return
    rows = [
        {"what": what, "kind": "node" if what in NODE_TYPES else "edge", "count": count}
        for what, count in found.items()
        if count
    ]
    if format_ is not Format.table:
        say(name)
    if counts_ or format_ is not Format.table:
        print_rows(("what", "kind", "count"), rows, format_)
    for attribute, values in attributes.items():
        listed = [f"{value} ({count})" for value, count in values.items()]
        more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
        say(f"participants by {attribute}: {', '.join(listed[:_SHOWN])}{more}")
    # Under a table; CSV on stdout holds its rows and nothing else.
    aside = format_ in (Format.csv, Format.excel)
    typer.echo(f"digest {told.digests.graph}", err=aside)
    typer.echo(f"study  {told.digests.study}", err=aside)
