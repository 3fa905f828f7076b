"""The part of a graph that some people told, asked in the place of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from kb.ask.query import Query
from kb.ask.steps import STEPS
from kb.store.bolt import Store


class Part(NamedTuple):
    """The part of a graph that is asked.

    Attributes:
        store: A graph of it.
        said: Whose words it holds, a sentence; empty for everybody's.
        notes: What of it could not be told, a sentence each.
    """

    store: Store
    said: str = ""
    notes: tuple[str, ...] = ()


@contextmanager
def within(store: Store, where: Sequence[str], query: Query | None = None) -> Iterator[Part]:
    """A graph of what some people told, to be asked as the whole one is.

    Args:
        store: The graph.
        where: Conditions on their attributes (`kb.ask.where`); none for all people.
        query: What will be asked; None for anything.

    Raises:
        UsageError: A condition is none, or nobody has that.
        StoreUnavailable: There is no embedded engine here, which holds it.
    """
    if not where:
        yield Part(store)
        return
    from kb.ask.where import find_people
    from kb.resources import cypher_dir
    from kb.store.excerpt import excerpt
    from kb.store.scope import Needs

    found = find_people(store, where)
    needs = Needs.everything()
    if query is not None and query.path.parent == cypher_dir():  # somebody's own may ask for anything
        needs = Needs.of("\n".join([query.text, *(STEPS[step].reads() for step in query.steps.values())]))
    with excerpt(store, found.scope, needs) as part:
        yield Part(part, found.said, found.notes)
