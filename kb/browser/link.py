"""The link that opens Neo4j Browser with its connection form and its editor filled in.

Source of the link's parameters: https://neo4j.com/docs/browser/operations/browser-url-parameters/
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import urlopen

from kb.errors import StoreError, UsageError
from kb.text.cypher import inline

if TYPE_CHECKING:
    from kb.ask.query import Query
    from kb.store.bolt import Store

AURA = ".databases.neo4j.io"
# The Browser that Neo4j serves to everybody, for servers with TLS:
# https://neo4j.com/docs/browser-manual/current/deployment-modes/web-application/
AURA_BROWSER = "https://browser.neo4j.io/"
HTTP_PORT, HTTPS_PORT = 7474, 7473
# Neo4j's HTTP server takes headers, and so an address, of up to 20 KiB; proxies often only 8.
LONGEST = 16_000
LOOPBACK = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "::", "")  # noqa: S104  # compared, not bound
_SETTINGS = "SHOW SETTINGS YIELD name, value WHERE name STARTS WITH 'server.http' RETURN name, value"


class Server(NamedTuple):
    """What the connection form of Neo4j Browser is filled in with."""

    uri: str
    username: str
    database: str


def query_text(query: Query, statement: str, parameters: Mapping[str, Any]) -> str:
    """The query as it goes into the editor: its title as a comment, its parameters written out.

    A link holds one command, and `:param` would be another.

    Args:
        query: The query.
        statement: Its Cypher, literal parameters written in.
        parameters: The other parameters, those that steps fill too.
    """
    return f"// {' '.join(query.title.split())}\n{inline(statement, parameters).strip()}"


def browser_link(browser: str, server: Server, text: str) -> str:
    """The link.

    Args:
        browser: Address of Neo4j Browser, such as ``http://localhost:7474/browser/``.
        server: The Bolt server that Neo4j Browser is to connect to.
        text: What goes into the editor; it is not run by itself.

    Raises:
        UsageError: The text is too long for a link.
    """
    # Neo4j Browser 5.24 ends the text at an & or a #, quoted or not. Cypher reads its escapes instead.
    for cut in "&#":
        text = text.replace(cut, f"\\u{ord(cut):04x}")
    scheme, _, address = server.uri.partition("://")
    form = {
        "dbms": f"{scheme}://{quote(server.username, safe='')}@{address}",
        "db": server.database,
        "cmd": "edit",
        "arg": text,
    }
    link = f"{browser}?{urlencode(form, quote_via=quote, safe='')}"
    if len(link) > LONGEST:
        raise UsageError(
            f"The query makes a link of {len(link)} characters, and {LONGEST} is what a server takes; "
            "import it as a favourite instead (`kb browser-pack`)."
        )
    return link


def browser_address(store: Store, uri: str) -> str:
    """Where the Neo4j Browser of a server is, as the server itself says, else by Neo4j's defaults.

    Args:
        store: The server, connected.
        uri: Its address as the user gave it.
    """
    bolt = urlsplit(uri)
    host = bolt.hostname or "localhost"
    if host.endswith(AURA):
        return AURA_BROWSER
    try:
        told = {row["name"]: row["value"] for row in store.stream(_SETTINGS)}
    except StoreError:  # the user may not read settings
        told = {}
    return address_of(host, told, encrypted=bolt.scheme.endswith(("+s", "+ssc")))


def address_of(host: str, settings: Mapping[str, str], *, encrypted: bool) -> str:
    """The address by the server's settings.

    Args:
        host: The host under which the server is reached over Bolt.
        settings: The server's settings ``server.http.…`` and ``server.https.…``, as far as known.
        encrypted: Whether Bolt is encrypted, so that HTTPS is to be preferred.
    """
    offered = [scheme for scheme in ("http", "https") if settings.get(f"server.{scheme}.enabled") == "true"]
    scheme = "https" if encrypted else "http"
    if offered and scheme not in offered:
        scheme = offered[0]
    advertised = urlsplit(f"//{settings.get(f'server.{scheme}.advertised_address', '')}")
    # A server that was not told its name advertises localhost, which means another machine there.
    name = host if (advertised.hostname or "") in LOOPBACK else str(advertised.hostname)
    port = advertised.port or (HTTPS_PORT if scheme == "https" else HTTP_PORT)
    return f"{scheme}://{f'[{name}]' if ':' in name else name}:{port}/browser/"


def answers(browser: str, seconds: float = 3) -> bool:
    """Whether a Neo4j server answers at the address, told by its discovery document.

    Source: https://neo4j.com/docs/query-api/current/endpoints/ (the root of the HTTP server).
    """
    parts = urlsplit(browser)
    if parts.scheme not in ("http", "https"):
        return False
    try:
        with urlopen(f"{parts.scheme}://{parts.netloc}/", timeout=seconds) as answer:  # noqa: S310
            return "neo4j_version" in json.load(answer)
    except (URLError, OSError, ValueError):
        return False
