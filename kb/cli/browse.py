"""``kb browse``: a canned query opened in Neo4j Browser; ``kb browser-pack``: what to import there."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.options import Format, FormatOption, settings, store
from kb.cli.output import print_rows, say
from kb.cli.query import Folder, QueryGroup, all_queries, folders, keyword, query_command, query_group

if TYPE_CHECKING:
    from kb.ask.query import Query
    from kb.settings import Settings

_OPTIONS = (
    keyword(
        "print_",
        Annotated[
            bool,
            typer.Option(
                "--print", help="Print the link instead of opening it; so without a display or a terminal."
            ),
        ],
        False,
    ),
    keyword(
        "browser_url",
        Annotated[
            str | None,
            typer.Option(
                "--browser-url",
                envvar="KB_BROWSER_URL",
                help="Address of Neo4j Browser, such as https://graph.example.org/browser/ "
                "(default: as the server says).",
                show_default=False,
            ),
        ],
    ),
)


class BrowseGroup(QueryGroup):
    """The queries, as commands that open Neo4j Browser."""

    def command_of(self, query: Query) -> Any:
        """The command that opens a query."""
        return query_command(query, _browse, _OPTIONS)


app = query_group(BrowseGroup, "Open a query in Neo4j Browser; without a name, list them.")


@app.callback(invoke_without_command=True)
def _list(ctx: typer.Context, folder: Folder = None, format_: FormatOption = Format.table) -> None:
    if ctx.invoked_subcommand is not None:
        return
    queries = sorted(all_queries(folder), key=lambda query: (query.returns != "graph", query.name))
    rows = [{"query": q.name, "question": q.title, "draws": q.returns == "graph"} for q in queries]
    print_rows(("query", "question", "draws"), rows, format_, title="Queries for Neo4j Browser")
    say("`kb browse NAME [options of the query]` opens one; those that draw come first.")


def _browse(query: Query, params: dict[str, Any], options: dict[str, Any]) -> None:
    from kb.ask.answer import prepare, resolve
    from kb.browser.link import AURA_BROWSER, Server, answers, browser_address, browser_link, query_text
    from kb.errors import UsageError

    found = settings(options["db"])
    address = _server(found, query)
    named = _address(options["browser_url"])
    with store(options["db"]) as graph:
        ready = prepare(graph, query, resolve(graph, query, params))
        browser = named or browser_address(graph, address)
    server = Server(address, found.neo4j_username, found.neo4j_database)
    notes = ready.notes
    try:
        link = browser_link(browser, server, query_text(query, ready.statement, ready.parameters))
    except UsageError:
        if not query.steps:
            raise
        # What kb found is too long for a link: the query looks for it itself, as far as it does there.
        unfound = ready.parameters | dict.fromkeys(query.steps)
        link = browser_link(browser, server, query_text(query, ready.statement, unfound))
        notes = (
            "What kb finds for this query is too long for a link, so Neo4j Browser walks all paths: it may "
            "take long; a smaller --limit or --depth fits.",
        )
    for note in notes:
        say(note)
    if options["print_"] or not on_a_desktop():
        typer.echo(link)
    else:
        import webbrowser

        if not webbrowser.open(link):
            typer.echo(link)
    if named is None and browser != AURA_BROWSER and not answers(browser):
        say(f"No Neo4j Browser answers at {browser} from here; --browser-url (KB_BROWSER_URL) names another.")
    say(f"Log in as {server.username} with the password in NEO4J_PASSWORD, then run the query.")


def _server(found: Settings, query: Query) -> str:
    """The address of the server that the settings name.

    Raises:
        StoreUnavailable: They name none.
    """
    if found.neo4j_uri:
        return found.neo4j_uri
    from kb.errors import StoreUnavailable

    instead = (
        f"`kb export {query.name} -o FILE.html` draws" if query.returns == "graph" else "`kb query` answers"
    )
    raise StoreUnavailable(
        f"Neo4j Browser needs a Neo4j server, and the graph in {found.db} is in the embedded engine: start a "
        "server (`docker compose up --wait`), set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD, and load the "
        f"same files there with `kb load`; {instead} without a server."
    )


def _address(given: str | None) -> str | None:
    """The address as the user gave it, with the slash that the page's own links need."""
    if given is None:
        return None
    from urllib.parse import urlsplit

    from kb.errors import UsageError

    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"--browser-url is an address like http://localhost:7474/browser/, not {given!r}.")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def on_a_desktop() -> bool:
    """Whether opening a web browser would show it to the user."""
    if not sys.stdout.isatty():
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def browser_pack(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where to write.")],
    folder: Folder = None,
    serve: Annotated[
        int | None,
        typer.Option(
            "--serve",
            metavar="PORT",
            min=1024,
            max=65535,
            help="Then serve style and guide to Neo4j Browser on this machine until Ctrl-C.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write what Neo4j Browser and Bloom import: style, favourites, guide, perspective."""
    from kb.ask.query import query_paths, read_query
    from kb.browser.pack import ABOUT, write_pack

    queries = [read_query(path) for path in query_paths(folders(folder)).values()]
    for path in write_pack(output, queries):
        say(f"{path}  {ABOUT[path.name]}")
    if serve is not None:
        from kb.browser.serve import serve_pack

        serve_pack(output, serve, say)
