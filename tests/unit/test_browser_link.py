"""The link to Neo4j Browser: what it fills in, and where Neo4j Browser is."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from kb.ask.query import Query
from kb.browser.link import AURA_BROWSER, LONGEST, Server, address_of, answers, browser_link, query_text
from kb.errors import UsageError

SERVER = Server("bolt://localhost:7687", "neo4j", "neo4j")
BROWSER = "http://localhost:7474/browser/"


def fields(link: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query, strict_parsing=True).items()}


def test_the_form_and_the_editor_are_filled_in() -> None:
    link = browser_link(BROWSER, Server("neo4j+s://db.example.org", "ada", "study"), "RETURN 1 + 1")
    assert link.startswith(BROWSER + "?")
    assert fields(link) == {
        "dbms": "neo4j+s://ada@db.example.org",
        "db": "study",
        "cmd": "edit",
        "arg": "RETURN 1 + 1",
    }


def test_a_user_name_cannot_change_the_address() -> None:
    link = browser_link(BROWSER, Server("bolt://localhost:7687", "a@b/c", "neo4j"), "RETURN 1")
    assert fields(link)["dbms"] == "bolt://a%40b%2Fc@localhost:7687"


def test_no_sign_cuts_the_text_short() -> None:
    text = "// 100 % ä “x”?\nRETURN 'a & b' + '#1' + \"c=d;e\""
    link = browser_link(BROWSER, SERVER, text)
    assert fields(link)["arg"] == text.replace("&", r"\u0026").replace("#", r"\u0023")
    assert "#" not in link
    assert link.count("&") == 3  # between the four fields
    assert all(" " < sign < "\x7f" for sign in link)


def test_a_text_too_long_for_a_link_is_refused() -> None:
    browser_link(BROWSER, SERVER, "x" * (LONGEST - 200))
    with pytest.raises(UsageError, match="browser-pack"):
        browser_link(BROWSER, SERVER, "x" * LONGEST)


def test_the_editor_gets_the_title_and_the_values() -> None:
    query = Query(
        name="q",
        path=Path("q.cypher"),
        title="A question\nin two lines",
        description="More.",
        params={"code": {"type": "code", "help": "a code"}, "n": {"type": "int", "help": "how many"}},
        text="MATCH (c {name: $code}) RETURN c LIMIT $n\n",
    )
    text = query_text(query, query.text, {"code": ["it's"], "n": 3})
    assert text == "// A question in two lines\nMATCH (c {name: ['it\\'s']}) RETURN c LIMIT 3"


HTTP = {"server.http.enabled": "true", "server.http.advertised_address": "localhost:7474"}
HTTPS = {"server.https.enabled": "true", "server.https.advertised_address": "localhost:7473"}
HTTP_OFF = HTTP | {"server.http.enabled": "false"}
HTTPS_OFF = HTTPS | {"server.https.enabled": "false"}


@pytest.mark.parametrize(
    ("host", "settings", "encrypted", "address"),
    [
        # The server may not be asked: Neo4j's own ports.
        ("localhost", {}, False, "http://localhost:7474/browser/"),
        ("db.example.org", {}, True, "https://db.example.org:7473/browser/"),
        # A server that was told nothing advertises localhost: its host is the one of the Bolt address.
        ("db.example.org", HTTP | HTTPS_OFF, False, "http://db.example.org:7474/browser/"),
        # Ports as the server says.
        (
            "127.0.0.1",
            HTTP | {"server.http.advertised_address": "127.0.0.1:43701"} | HTTPS_OFF,
            False,
            "http://127.0.0.1:43701/browser/",
        ),
        # A name that the server was given.
        (
            "10.0.0.5",
            HTTP | {"server.http.advertised_address": "graph.example.org:80"},
            False,
            "http://graph.example.org:80/browser/",
        ),
        # Encrypted where both are offered; otherwise what is offered.
        ("db.example.org", HTTP | HTTPS, True, "https://db.example.org:7473/browser/"),
        ("db.example.org", HTTP | HTTPS, False, "http://db.example.org:7474/browser/"),
        ("db.example.org", HTTP | HTTPS_OFF, True, "http://db.example.org:7474/browser/"),
        ("db.example.org", HTTP_OFF | HTTPS, False, "https://db.example.org:7473/browser/"),
        # IPv6.
        ("::1", HTTP | {"server.http.advertised_address": "[::1]:7475"}, False, "http://[::1]:7475/browser/"),
    ],
)
def test_where_neo4j_browser_is(host: str, settings: dict[str, str], encrypted: bool, address: str) -> None:
    assert address_of(host, settings, encrypted=encrypted) == address


def test_an_aura_database_is_opened_in_the_browser_for_everybody() -> None:
    from kb.browser.link import browser_address

    # No store is asked: Aura's servers have no Neo4j Browser of their own.
    assert browser_address(None, "neo4j+s://abc.databases.neo4j.io") == AURA_BROWSER  # type: ignore[arg-type]


@pytest.mark.parametrize("browser", ["http://127.0.0.1:1/browser/", "file:///etc/passwd", "nonsense"])
def test_where_nothing_answers(browser: str) -> None:
    assert not answers(browser, seconds=1)
