"""``kb help``: what kb's own words mean."""

from __future__ import annotations

from typing import Annotated

import typer

from kb.cli.output import say


def _terms(incomplete: str) -> list[str]:
    from kb.glossary import TERMS

    return [term for term in TERMS if term.startswith(incomplete.casefold())]


def explain_word(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TERM",
            help="A word, such as claim or stitched.",
            autocompletion=_terms,
            show_default=False,
        ),
    ] = None,
) -> None:
    """Say what a word of kb's means; without one, list them."""
    from kb.cli.groups import commands
    from kb.cli.table import print_item
    from kb.errors import UsageError
    from kb.glossary import TERMS, find
    from kb.text.nearest import did_you_mean

    if not words:
        for term, entry in TERMS.items():
            print_item(term, "", [entry.short])
        say("`kb help TERM` says more; `kb --help` lists the commands.")
        return
    asked = " ".join(words)
    found = find(asked)
    if found is not None:
        entry = TERMS[found]
        print_item(found, "", [entry.text, *([f"See: {entry.see}"] if entry.see else [])])
        return
    if asked in commands:
        say(f"`kb {asked} --help` shows what the command takes.")
        return
    raise UsageError(f"{asked!r} is no word of kb's own.{did_you_mean(asked, TERMS)} `kb help` lists them.")
