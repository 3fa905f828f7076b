"""``--explain``: what a canned query sends to the graph, in a form that Neo4j Browser takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

from kb.cli.options import Format

if TYPE_CHECKING:
    from kb.ask.answer import Prepared
    from kb.ask.query import Query


def print_prepared(query: Query, ready: Prepared, format_: Format) -> None:
    """Print the statement with its parameters to stdout, and which step of kb's filled which of them.

    Args:
        query: The canned query.
        ready: As it is sent.
        format_: JSON (an object with statement, parameters and steps), else text.
    """
    from kb.ask.step import links_statement
    from kb.ask.steps import STEPS
    from kb.text.cypher import literal

    if format_ is Format.json:
        steps = {
            parameter: {
                "step": taken.name,
                "about": STEPS[taken.name].about,
                "reads": links_statement(),
                "links": taken.links,
                "found": len(taken.found.value),
                "seconds": round(taken.seconds, 4),
            }
            for parameter, taken in ready.steps.items()
        }
        sent = {"statement": ready.statement, "parameters": ready.parameters, "steps": steps}
        typer.echo(json.dumps(sent, ensure_ascii=False, indent=1))
        return
    typer.echo(f"// {query.title}")
    for parameter, taken in ready.steps.items():
        typer.echo(
            f"// ${parameter} is filled by kb's step {taken.name}: {STEPS[taken.name].about}.\n"
            f"// It read {taken.links:,} links (cypher/steps/links.cypher) and found "
            f"{len(taken.found.value):,} in {taken.seconds:.3f} s."
        )
    for name, value in ready.parameters.items():
        typer.echo(f":param {name} => {literal(value)};")
    typer.echo(ready.statement, nl=False)
