"""`kb browse` and `kb browser-pack` on the command line, without a server."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import Result as Invoked
from typer.testing import CliRunner

from kb.browser.pack import ABOUT
from kb.cli import browse
from kb.cli.app import app
from kb.errors import StoreUnavailable, UsageError

SEARCH = ("search", "--words", "it's")  # a query whose parameters need no look at the graph


class FakeStore:
    """A server that says where its HTTP port is, where nothing answers."""

    def __enter__(self) -> FakeStore:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def stream(self, query: str) -> Iterator[dict[str, str]]:
        told = {"server.http.enabled": "true", "server.http.advertised_address": "localhost:1"}
        return ({"name": name, "value": value} for name, value in told.items())


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:7687")
    monkeypatch.setattr(browse, "store", lambda _: FakeStore())


def invoke(*arguments: str) -> Invoked:
    return CliRunner().invoke(app, [*arguments])


@pytest.mark.parametrize(
    ("query", "instead"), [("causes-of", "kb export causes-of -o FILE.html"), ("top-issues", "kb query")]
)
def test_the_embedded_engine_has_no_neo4j_browser(tmp_path: Path, query: str, instead: str) -> None:
    error = invoke("browse", query, "--db", str(tmp_path)).exception
    assert isinstance(error, StoreUnavailable)
    assert "NEO4J_URI" in str(error)
    assert "kb load" in str(error)
    assert instead in str(error)


def test_a_folder_of_the_embedded_engine_goes_before_the_server(server: None, tmp_path: Path) -> None:
    error = invoke("browse", *SEARCH, "--db", str(tmp_path)).exception
    assert isinstance(error, StoreUnavailable)


@pytest.mark.usefixtures("server")
def test_without_a_terminal_the_link_is_printed_alone_on_stdout() -> None:
    shown = invoke("browse", *SEARCH)
    assert shown.exit_code == 0
    (link,) = shown.stdout.splitlines()
    assert link.startswith("http://127.0.0.1:1/browser/?")
    fields = parse_qs(urlsplit(link).query)
    assert fields["dbms"] == ["bolt://neo4j@127.0.0.1:7687"]
    assert "'it\\'s'" in fields["arg"][0]
    assert "No Neo4j Browser answers" in shown.stderr
    assert "NEO4J_PASSWORD" in shown.stderr


@pytest.mark.usefixtures("server")
def teston_a_desktop_the_link_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(browse, "on_a_desktop", lambda: True)
    monkeypatch.setattr(webbrowser, "open", lambda link: not opened.append(link))
    shown = invoke("browse", *SEARCH)
    assert [urlsplit(link).port for link in opened] == [1]
    assert shown.stdout == ""
    assert invoke("browse", *SEARCH, "--print").stdout.strip() == opened[0]
    assert len(opened) == 1


@pytest.mark.usefixtures("server")
def test_where_no_web_browser_opens_the_link_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browse, "on_a_desktop", lambda: True)
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    assert invoke("browse", *SEARCH).stdout.startswith("http://127.0.0.1:1/")


@pytest.mark.usefixtures("server")
def test_the_address_may_stand_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_BROWSER_URL", "https://graph.example.org/neo4j/browser")
    shown = invoke("browse", *SEARCH)
    assert shown.stdout.startswith("https://graph.example.org/neo4j/browser/?dbms=")
    assert "No Neo4j Browser answers" not in shown.stderr  # an address that the user names is not tried


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("address", ["localhost:7474", "ftp://x/browser/", "https:///browser/"])
def test_what_is_no_address_is_refused(address: str) -> None:
    error = invoke("browse", *SEARCH, "--browser-url", address).exception
    assert isinstance(error, UsageError)
    assert address in str(error)


def test_without_a_name_the_queries_are_listed_those_that_draw_first() -> None:
    rows = invoke("browse", "--format", "csv").stdout.splitlines()[1:]
    draws = [row.rsplit(",", 1)[1] for row in rows]
    assert draws == sorted(draws, key=lambda word: word == draws[-1])
    assert len(set(draws)) == 2


def test_the_pack_is_written_with_the_users_own_queries(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.cypher").write_text('// title = "Mine"\n// description = "D"\nMATCH (n) RETURN n\n')
    shown = invoke("browser-pack", "-o", str(tmp_path / "pack"), "--folder", str(own))
    assert shown.exit_code == 0
    assert {path.name for path in (tmp_path / "pack").iterdir()} == set(ABOUT)
    assert "Mine" in (tmp_path / "pack" / "guide.html").read_text()
    assert all(name in shown.stderr for name in ABOUT)
