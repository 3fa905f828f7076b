"""Which sources were loaded with pseudonyms: kept for loading, no part of what the graph says."""

from __future__ import annotations

from collections.abc import Mapping

from kb.store.bolt import Store, Tx

LABEL = "Pseudonyms"


def read_lists(store: Store) -> tuple[str, dict[str, str]] | None:
    """The salt, and the hash of the list of names by the id of the source or project loaded with it.

    Those that are in the graph no longer are left out; None where none is.
    """
    rows = store.read(f"MATCH (p:{LABEL}) RETURN p.salt AS salt, p.lists AS lists", timeout=0).rows
    if not rows:
        return None
    lists = dict(zip(rows[0]["lists"][::2], rows[0]["lists"][1::2], strict=True))
    there = store.read(
        "UNWIND $ids AS id OPTIONAL MATCH (s:Source {id: id}) OPTIONAL MATCH (p:Project {id: id}) "
        "WITH id, s, p WHERE s IS NOT NULL OR p IS NOT NULL RETURN id",
        {"ids": list(lists)},
        timeout=0,
    ).rows
    left = {row["id"]: lists[row["id"]] for row in there}
    return (rows[0]["salt"], left) if left else None


def write_lists(store: Store, salt: str, lists: Mapping[str, str]) -> None:
    """Keep them."""
    pairs = [text for pair in sorted(lists.items()) for text in pair]

    def write(tx: Tx) -> None:
        tx.run(
            f"MERGE (p:{LABEL} {{id: 'pseudonyms'}}) SET p.salt = $salt, p.lists = $pairs",
            {"salt": salt, "pairs": pairs},
        )

    store.transaction(write)
