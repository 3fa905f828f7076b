"""A Neo4j server: reached by its address."""

from __future__ import annotations

import neo4j

from kb.errors import StoreUnavailable
from kb.settings import Settings
from kb.store.bolt import Store, one_line, translated

_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def open_neo4j(settings: Settings) -> Store:
    """Connect to the server that ``NEO4J_URI`` names.

    Raises:
        StoreUnavailable: It does not answer, or refuses the login.
    """
    uri = settings.neo4j_uri or ""
    name = f"Neo4j at {uri}"
    if uri.partition("://")[0] not in _SCHEMES:
        # The driver would try http:// too, the address of Neo4j Browser, with a library kb does not need.
        raise _no_address(uri, f"it begins with none of {', '.join(_SCHEMES)}")
    try:
        driver = neo4j.GraphDatabase.driver(
            uri,
            auth=(settings.neo4j_username, settings.neo4j_password.get_secret_value()),
            # The server remarks on labels that no node has yet; a user of kb can do nothing about it.
            notifications_min_severity="OFF",
            connection_acquisition_timeout=30,
            connection_timeout=10,
            max_transaction_retry_time=15,
        )
    except (ValueError, neo4j.exceptions.ConfigurationError) as error:
        raise _no_address(uri, one_line(error)) from error
    try:
        with translated(name):
            driver.verify_connectivity()
    except BaseException:
        driver.close()
        raise
    return Store(driver, settings.neo4j_database, name, embedded=False)


def _no_address(uri: str, why: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"NEO4J_URI is {uri!r}, which is no address of a Neo4j server ({why}); "
        "it looks like bolt://localhost:7687 or neo4j+s://….databases.neo4j.io."
    )
