"""A Neo4j server: reached by its address."""

from __future__ import annotations

import neo4j

from kb.errors import StoreUnavailable
from kb.settings import Settings
from kb.store.bolt import Store, one_line, translated


def open_neo4j(settings: Settings) -> Store:
    """Connect to the server that ``NEO4J_URI`` names.

    Raises:
        StoreUnavailable: It does not answer, or refuses the login.
    """
    uri = settings.neo4j_uri or ""
    name = f"Neo4j at {uri}"
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
        raise StoreUnavailable(
            f"NEO4J_URI is {uri!r}, which is no address of a Neo4j server ({one_line(error)}); "
            "it looks like bolt://localhost:7687 or neo4j+s://….databases.neo4j.io."
        ) from error
    try:
        with translated(name):
            driver.verify_connectivity()
    except BaseException:
        driver.close()
        raise
    return Store(driver, settings.neo4j_database, name, embedded=False)
