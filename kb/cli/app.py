"""The commands of ``kb``, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from kb import __version__
from kb.cli import agreement, browse, check, cypher, export, load, parse, plot, query, status, suggest

app = typer.Typer(
    name="kb",
    help="A graph knowledge base of issues, their causes and their fixes, from coded interviews.",
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help: rich alone would double the time of `kb --help`
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"kb {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


app.command("load")(load.load)
app.command("parse")(parse.parse)
app.command("remove")(load.remove)
app.add_typer(query.app, name="query")
app.add_typer(export.app, name="export")
app.command("plot")(plot.plot)
app.add_typer(browse.app, name="browse")
app.command("browser-pack")(browse.browser_pack)
app.command("cypher")(cypher.cypher)
app.command("status")(status.status)
app.command("check")(check.check)
app.command("agreement")(agreement.agreement)
app.command("suggest")(suggest.suggest)
app.command("relate")(suggest.relate)
