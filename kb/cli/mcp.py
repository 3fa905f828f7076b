"""``kb mcp``: the graph for language-model agents, over the Model Context Protocol."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli.options import Db, Timeout, store
from kb.cli.output import say
from kb.cli.suggest import DEFAULT_FILE, Language

if TYPE_CHECKING:
    from kb.api.graph import Graph


def mcp(
    http: Annotated[
        bool,
        typer.Option("--http", help="Answer over HTTP on this machine's own address, not stdin and stdout."),
    ] = False,
    port: Annotated[
        int,
        typer.Option(help="With --http: the port to listen at; 0 for any that is free.", min=0, max=65535),
    ] = 7701,
    into: Annotated[
        Path, typer.Option("--into", "-o", help="The relations file that proposals wait beside.")
    ] = DEFAULT_FILE,
    folder: Annotated[
        Path | None, typer.Option(help="A folder with queries of your own.", show_default=False)
    ] = None,
    language: Language = "en",
    timeout: Timeout = None,
    db: Db = None,
) -> None:
    """Serve the graph to an agent (docs/agents.md): it reads; what it proposes waits for a reader.

    An agent's program starts this command itself. The graph is open only while a question is answered.
    """
    try:
        from kb.agents.server import build, over_http
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != "mcp":
            raise
        from kb.errors import UsageError

        raise UsageError(
            "kb mcp needs the protocol's own library: pip install 'kb-interviews[mcp]'."
        ) from error
    from kb.agents.looks import Looks
    from kb.errors import StoreLocked

    def opened() -> Graph:
        from kb.api.graph import Graph

        return Graph(store(db, timeout=timeout))

    # What is wrong with the graph is told now, not in an agent's first question; that another process has it
    # at this moment is no reason to leave the agent without kb for the rest of its session.
    with suppress(StoreLocked):
        opened().close()
    server = build(Looks(opened, folder), into, language)
    if not http:
        server.run("stdio")
        return
    from kb.serve.run import address, listen, serve_app

    with listen("127.0.0.1", port) as listening:
        link = address("127.0.0.1", listening, None, "/mcp")

        def ready() -> None:
            typer.echo(link)
            say("Ctrl-C ends it.")

        serve_app(over_http(server, listening.getsockname()[1]), listening, ready, lifespan="on")
