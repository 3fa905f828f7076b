"""The commands of ``kb``, put together."""

from __future__ import annotations

import os
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kb import __version__
from kb.cli import (
    agreement,
    appendix,
    backup,
    browse,
    check,
    cypher,
    explain_word,
    export,
    load,
    mcp,
    parse,
    plot,
    propose,
    query,
    relate,
    review,
    serve,
    status,
    suggest,
)
from kb.cli.groups import GROUPS, commands, group_of, write_groups
from kb.cli.usage import told_plainly


class Root(TyperGroup):
    """The commands; without options of its own while the shell asks for a command's name.

    Typer asks pydantic about every option even then, which takes as long as all the rest.
    """

    def get_params(self, ctx: Any) -> list[Any]:
        """The root's options, unless they can play no part."""
        words = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
        if "_KB_COMPLETE" in os.environ and not words.split(" ")[-1].startswith("-"):
            return []
        return list(super().get_params(ctx))

    def make_context(self, *args: Any, **options: Any) -> Any:
        """As the library does; what is wrong with the words is told as kb tells it."""
        with told_plainly():
            return super().make_context(*args, **options)

    def invoke(self, ctx: Any) -> Any:
        """The same for the words of a command."""
        with told_plainly():
            return super().invoke(ctx)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The commands by what they are for."""
        names = self.list_commands(ctx)
        listed = {group: [n for n in order if n in names] or [] for group, order in GROUPS.items()}
        rest = [name for name in names if not any(name in found for found in listed.values())]
        for name in rest:
            listed.setdefault(group_of(name), []).append(name)
        write_groups(ctx, formatter, listed)


app = typer.Typer(
    name="kb",
    cls=Root,
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
app.command("report")(appendix.report)
app.add_typer(browse.app, name="browse")
app.command("browser-pack")(browse.browser_pack)
app.command("cypher")(cypher.cypher)
app.command("dump")(backup.dump)
app.command("restore")(backup.restore)
app.command("status")(status.status)
app.command("check")(check.check)
app.command("agreement")(agreement.agreement)
app.command("suggest")(suggest.suggest)
app.command("relate")(relate.relate)
app.command("propose")(propose.propose)
app.command("review")(review.review)
app.command("mcp")(mcp.mcp)
app.command("serve")(serve.serve)
app.command("help")(explain_word.explain_word)
commands.update(each.name for each in app.registered_commands if each.name)
commands.update(each.name for each in app.registered_groups if isinstance(each.name, str))
