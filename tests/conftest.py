"""What every test gets: an environment without the user's settings, and the servers to test on."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping

import pytest

from tests.neo4j_server import compose_settings, docker_compose_command, docker_compose_file, neo4j_server

# Fixtures; pytest finds them by their names here.
__all__ = ["compose_settings", "docker_compose_command", "docker_compose_file", "neo4j_server"]


def pytest_configure() -> None:
    """Take a SIGTERM as Ctrl-C: the tests stop in order, and the servers they started with them."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a Neo4j server or a browser: ``-m "not neo4j"`` runs without Java and Docker."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        on_server = {"neo4j_server", "neo4j_store", "engines"} & set(fixtures)
        if on_server or "neo4j" in map(str, parameters.values()):
            item.add_marker("neo4j")
        if item.path.name == "test_browser.py":
            item.add_marker("browser")


def users_settings(environment: Mapping[str, str]) -> list[str]:
    """The variables that name a user's database or how to reach it."""
    return [name for name in environment if name.startswith(("NEO4J_", "KB_"))]


@pytest.fixture(scope="session", autouse=True)
def _clean_environment() -> Iterator[None]:
    """Take `NEO4J_*` and `KB_*` out of the environment, so that no test reaches a user's database.

    For the whole session, and autouse, which pytest sets up first: a session's fixture must not see
    them either. A test that needs one sets it with `monkeypatch`.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in users_settings(os.environ):
            patch.delenv(name)
        yield
