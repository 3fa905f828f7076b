"""A step: a search that a query's header may ask for, what it takes and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.relation import filled
from kb.resources import cypher_dir

if TYPE_CHECKING:
    from kb.causal.links import Clock, Links
    from kb.store.bolt import Store

Values = Mapping[str, Any]


class Found(NamedTuple):
    """What a step found.

    Attributes:
        value: For the parameter, in the shape that the step's `Step.gives` tells.
        notes: What was left out, a sentence each.
    """

    value: list[Any]
    notes: tuple[str, ...] = ()


class Taken(NamedTuple):
    """A step that was taken.

    Attributes:
        name: The step.
        found: What it found.
        links: How many links it searched.
        seconds: How long the search took, without reading the links.
    """

    name: str
    found: Found
    links: int
    seconds: float


def links_statement() -> str:
    """The statement that reads the causal graph."""
    return filled((cypher_dir() / "steps" / "links.cypher").read_text(encoding="utf-8"))


class Step(NamedTuple):
    """A search that a query's header may ask for.

    Attributes:
        about: What it finds, a phrase.
        takes: The parameters of the query that it reads, with their types. A query declares all of them.
        needs: Those among them that must have a value.
        choices: The words that a choice among them may have.
        gives: The shape of what it fills the parameter with.
        run: The search in the causal graph; None for a step that reads something else.
        read: What such a step does, on the graph, with seconds that it may take.
        reads: The statements that it reads by.
    """

    about: str
    takes: Mapping[str, str]
    needs: frozenset[str]
    gives: str
    run: Callable[[Links, Values, Clock], Found] | None
    choices: Mapping[str, tuple[str, ...]] = {}
    read: Callable[[Store, Values, float], Found] | None = None
    reads: Callable[[], str] = links_statement
