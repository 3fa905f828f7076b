"""What a user's own statement may have changed: the digests that interviews keep go with it."""

from __future__ import annotations

import neo4j

from kb.store.guard import writes

_FORGET = "MATCH (i:Interview) WHERE i.digests IS NOT NULL SET i.digests = null"


def forget_digests(
    tx: neo4j.ManagedTransaction | neo4j.Transaction, query: str, done: neo4j.SummaryCounters
) -> None:
    """Take away what interviews keep (`kb.store.kept`), in the transaction of a statement.

    Args:
        tx: The transaction.
        query: The statement, which has run.
        done: What the server says that it did; it does not count what a procedure does.
    """
    if done.indexes_added or done.indexes_removed or done.constraints_added or done.constraints_removed:
        return  # such a statement changes no data, and Neo4j takes none after it in its transaction
    if done.contains_updates or writes(query):
        tx.run(_FORGET).consume()
