"""Steps: what kb finds in the causal graph for a canned query, and hands to it as a parameter.

A query's header names them (``steps.chains = "chains"``: the step ``chains`` fills ``$chains``). The
causal graph is read once, by ``cypher/steps/links.cypher``, and searched by `kb.causal`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kb.ask import searches
from kb.ask.step import Step, Taken, Values, links_statement
from kb.errors import QueryTimeout

if TYPE_CHECKING:
    from kb.store.bolt import Store


def run_steps(store: Store, steps: Mapping[str, str], values: Values, timeout: float = 0) -> dict[str, Taken]:
    """Take the steps of a query, on the causal graph read once.

    Args:
        store: The graph.
        steps: Names of steps by the parameter that each fills.
        values: The query's other parameters, checked.
        timeout: Seconds that they may take together; 0 for no bound.

    Raises:
        QueryTimeout: The time is over.
    """
    if not steps:
        return {}
    from kb.causal.links import Clock, LinkRow, Links, OutOfTime

    clock = Clock(timeout or None)
    links = Links(())
    if any(STEPS[name].run for name in steps.values()):
        rows = store.read(links_statement(), timeout=timeout).rows[0]["links"]
        links = Links(LinkRow(*row) for row in rows)
    taken = {}
    for parameter, name in steps.items():
        begin = time.monotonic()
        step = STEPS[name]
        try:
            if step.read is not None:
                found = step.read(store, values, timeout)
            else:
                assert step.run is not None  # a step has one of the two
                found = step.run(links, values, clock)
        except OutOfTime as error:
            raise QueryTimeout(timeout) from error
        taken[parameter] = Taken(name, found, len(links), time.monotonic() - begin)
    return taken


STEPS: dict[str, Step] = {
    "chains": Step(
        "the chains of causes to an issue: told whole by most people first, then stitched ones by length",
        {
            "effect": "code",
            "cause": "code",
            "depth": "int",
            "told": "choice",
            "interview": "interview",
            "limit": "int",
        },
        frozenset({"effect", "depth", "told", "limit"}),
        "a list of chains, each the list of its concepts' names, the first cause first",
        searches.find_chains,
        {"told": ("any", "whole", "stitched", "catalogue")},
    ),
    "loops": Step(
        "the feedback loops by length; where there are more than the limit, those told whole first, then "
        "the shortest through each link",
        {"depth": "int", "limit": "int"},
        frozenset({"depth", "limit"}),
        "a list of loops, each the list of its concepts' names, the alphabetically first at both ends",
        searches.find_loops,
    ),
    "reach": Step(
        "how many effects each cause leads to, and on how many chains told whole it is",
        {"depth": "int"},
        frozenset({"depth"}),
        "a list of maps: cause, effects, chains",
        searches.find_reach,
    ),
    "roots": Step(
        "the causes without a cause of their own, each with the shortest chain to the nearest issue",
        {"issue": "code", "depth": "int"},
        frozenset({"depth"}),
        "a list of maps: effects (their number), chain (names, the cause first)",
        searches.find_roots,
    ),
    "stops": Step(
        "the concepts on chains to an issue, each with the links to the end on the shortest of them",
        {"effect": "code", "cause": "code", "depth": "int"},
        frozenset({"effect", "depth"}),
        "a list of maps: issue, links_before",
        searches.find_stops,
    ),
    "doubt": Step(
        "whose word must be doubted before no chain from a cause to an effect is left",
        {"effect": "code", "cause": "code"},
        frozenset({"effect", "cause"}),
        "a list of maps: chains, least, most, doubted, cut, weight, strongest",
        searches.find_doubt,
    ),
    "cut-off": Step(
        "what has no root cause left if a cause were fixed; without one, for each cause alone",
        {"issue": "code"},
        frozenset(),
        "a list of maps: cause, effects (names), leads_to",
        searches.find_cut_off,
    ),
    "groups": Step(
        "what people of one group speak of more than others, with a test",
        {"attribute": "str", "what": "choice", "split": "float", "least": "int", "limit": "int"},
        frozenset({"attribute", "what", "least", "limit"}),
        "a list of maps: what, item, group, people, of, others, of_others, p, p_holm",
        None,
        {"what": ("any", "issue", "relation")},
        searches.find_groups,
        searches.groups_read_by,
    ),
}
