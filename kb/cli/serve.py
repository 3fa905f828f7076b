"""``kb serve``: explore the graph and judge candidates in a web browser."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.browse import on_a_desktop
from kb.cli.options import Db, Timeout, store
from kb.cli.output import say
from kb.cli.suggest import DEFAULT_FILE, Language, read_in_time
from kb.errors import UsageError


def serve(
    into: Annotated[
        Path, typer.Option("--into", "-o", help="The relations file that decisions go to.")
    ] = DEFAULT_FILE,
    reviewer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who reads, where several do; each decides on all.")
    ] = None,
    proposals: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The queue of proposals, if not beside the file.")
    ] = None,
    language: Language = "en",
    port: Annotated[
        int, typer.Option(help="Port to listen at; 0 for any that is free.", min=0, max=65535)
    ] = 7700,
    host: Annotated[
        str, typer.Option(help="Address to listen at; another than this machine's own asks for a token.")
    ] = "127.0.0.1",
    token: Annotated[
        bool,
        typer.Option("--token", help="Ask for a token here too: other users of this machine reach the page."),
    ] = False,
    open_: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in a web browser, on a desktop.")
    ] = True,
    timeout: Timeout = None,
    db: Db = None,
) -> None:
    """Open a local page: the causal map, transcripts, and candidates to judge, without Neo4j.

    It is reached from this machine alone, unless --host names another address. Ctrl-C ends it.
    """
    import secrets

    from kb.api.graph import Graph
    from kb.serve.run import address, is_loopback, listen, run
    from kb.serve.served import Served
    from kb.suggest.over_graph import cue_file

    if not into.name or into.is_dir():
        raise UsageError(f"--into {into} is a folder: name a file in it.")
    if not into.parent.is_dir():
        raise UsageError(
            f"There is no folder {into.parent} for {into.name}: make it, or choose another place."
        )
    read_in_time(into)
    cue_file(language)  # one that there is not is told now, not on the page
    host = host.strip()
    if not host:
        raise UsageError("--host is the address to listen at, such as 0.0.0.0 for all of this machine's.")
    here = is_loopback(host)
    access = secrets.token_urlsafe(24) if token or not here else None
    with store(db, timeout=timeout) as graph, listen(host, port) as listening:
        served = Served(
            Graph(graph),
            into,
            (reviewer or "").strip() or None,
            proposals,
            language,
            where="" if db is None else f"--db {shlex.quote(str(db))}",
            access=access,
            tell=say,
        )
        if not here:
            served.hosts = None
        link = address(host, listening, access)

        def ready() -> None:
            typer.echo(link)
            if access:
                say(
                    "Who has this address may read the interviews and decide; it is not encrypted on its way."
                )
            say("Ctrl-C ends the page.")
            if open_ and on_a_desktop():
                import webbrowser

                webbrowser.open(link)

        run(served, listening, ready)
