"""One store for two servers: both talk Bolt, so only how the server is reached differs.

`open_store` is the door; `Store` reads and writes; `kb.store.sync` keeps one interview's part of
the graph in step with its sources; `kb.store.digest` tells whether two graphs are the same.
Only this package imports the driver and the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.settings import Settings
    from kb.store.bolt import Store


def open_store(
    settings: Settings,
    *,
    create: bool = True,
    damaged: bool = False,
    meanwhile: Callable[[], object] = lambda: None,
) -> Store:
    """Connect to the graph that the settings name; use it in a ``with`` statement.

    Args:
        settings: A Neo4j server's address and login, or the embedded engine's folder.
        create: Make the embedded database if it is not there; False for reading, where an empty
            new database would only hide a mistyped folder.
        damaged: Open the embedded database even if files of it are gone or cut, and any that a restore
            left a part of, to make it anew.
        meanwhile: Called once, while the embedded engine starts: for imports that take as long.

    Raises:
        StoreDamaged: They are; or a restore is at work, or was broken off, and the graph is a part only.
        StoreUnavailable: No server answers, the login is wrong, or no engine for this platform.
        StoreLocked: Another process has the embedded database open.
    """
    if settings.embedded:
        from kb.store.embedded import open_embedded

        store = open_embedded(
            settings.db, create=create, timeout=settings.timeout, damaged=damaged, meanwhile=meanwhile
        )
    else:
        from kb.store import light

        light.ready()
        from kb.store.neo4j import open_neo4j

        meanwhile()
        store = open_neo4j(settings)
    if not damaged:
        try:
            _refuse_part(store)
        except BaseException:
            store.close()
            raise
    return store


def _refuse_part(store: Store) -> None:
    from kb.errors import StoreDamaged
    from kb.store.turn import BROKEN_OFF

    if store.read(f"MATCH (n:{BROKEN_OFF}) RETURN count(n) AS n", timeout=0).rows[0]["n"]:
        raise StoreDamaged(
            f"The graph in {store.name} is a part only: a restore is at work there, or was broken off; "
            "wait for it, or run `kb restore --replace FILE` again."
        )
