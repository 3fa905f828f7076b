"""Steps: what kb finds in the causal graph for a canned query, and hands to it as a parameter.

A query's header names them (``steps.chains = "chains"``: the step ``chains`` fills ``$chains``). The
causal graph is read once, by ``cypher/steps/links.cypher``, and searched by `kb.causal`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from kb.errors import QueryTimeout
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


def _chains(links: Links, values: Values, clock: Clock) -> Found:
    from kb.causal.chains import count_chains, first_chains
    from kb.causal.forward import Asked

    causes, interview, limit = values["cause"], values["interview"], values["limit"]
    asked = Asked(
        effects=tuple(links.numbers(values["effect"])),
        causes=None if causes is None else frozenset(links.numbers(causes)),
        depth=values["depth"],
        told=values["told"],
        people=None if interview is None else links.people_of(interview),
    )
    chains = first_chains(links, asked, limit + 1, clock)
    found = [links.chain(chain) for chain in chains[:limit]]
    holds: tuple[str, ...] = ()
    if causes is not None and interview is None and asked.told == "any":
        from kb.ask.robustness import beside_chains

        holds = beside_chains(links, values, clock)
    if len(chains) <= limit:
        return Found(found, holds)
    count, complete = count_chains(links, asked, clock)
    ways = {"--cause": causes, "--told": values["told"], "--interview": interview}
    narrow = ", ".join([*(option for option, given in ways.items() if given in (None, "any")), "--depth"])
    order = "shortest" if asked.told in ("stitched", "catalogue") else "told by most"
    shown = f"the {limit} {order} are shown" if limit > 1 else f"the one {order} is shown"
    many = _many(count, complete)
    note = f"{many} chains lead there; {shown}; narrow by {narrow}, or ask for more with --limit."
    return Found(found, (note, *holds))


def _loops(links: Links, values: Values, clock: Clock) -> Found:
    from kb.causal.loops import find_loops

    limit = values["limit"]
    loops, count, complete = find_loops(links, values["depth"], limit, clock)
    found = [links.chain(loop) for loop in loops]
    if complete and count <= limit:
        return Found(found)
    note = (
        f"There are {_many(count, complete).lower()} loops; {len(found)} are shown, those that one person "
        "told whole first, then the shortest through each link; narrow by --depth, or ask for more with "
        "--limit."
    )
    return Found(found, (note,))


def _reach(links: Links, values: Values, clock: Clock) -> Found:
    from kb.causal.reach import reach

    found, complete = reach(links, values["depth"], clock)
    rows = [{"cause": links.names[r.cause], "effects": r.effects, "chains": r.chains} for r in found]
    note = "There are too many chains told whole to count: the numbers under chains are at least so high."
    return Found(rows, () if complete else (note,))


def _roots(links: Links, values: Values, clock: Clock) -> Found:
    from kb.causal.reach import roots

    ends = None if values["issue"] is None else links.numbers(values["issue"])
    found = roots(links, ends, values["depth"], clock)
    return Found([{"effects": root.effects, "chain": links.chain(root.chain)} for root in found])


def _stops(links: Links, values: Values, clock: Clock) -> Found:
    from kb.causal.along import stops

    effects, causes = values["effect"], values["cause"]
    numbers = None if causes is None else links.numbers(causes)
    found = stops(links, links.numbers(effects), numbers, values["depth"], clock)
    rows = {links.names[at]: before for at, before in found.items()}
    # An issue that is on no link is the end of its own chain of none.
    for name in effects if causes is None else set(effects).intersection(causes):
        rows[name] = 0
    return Found([{"issue": name, "links_before": before} for name, before in sorted(rows.items())])


def _doubt(links: Links, values: Values, clock: Clock) -> Found:
    from kb.ask.robustness import doubt

    return Found(*doubt(links, values, clock))


def _cut_off(links: Links, values: Values, clock: Clock) -> Found:
    from kb.ask.robustness import fixed

    return Found(fixed(links, values, clock))


def _groups(store: Store, values: Values, timeout: float) -> Found:
    from kb.ask.compare import compare

    compared = compare(store, values, timeout)
    return Found(compared.rows, compared.notes)


def _groups_reads() -> str:
    from kb.ask.compare import statement

    # With what tells the groups: see `kb.ask.participants`.
    return f"{statement()} Participant HAS_VALUE Variable INTERVIEWED_IN SPEAKS_AS Interview Speaker"


def _many(count: int, complete: bool) -> str:
    return f"{count:,}" if complete else f"More than {count:,}"


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
        _chains,
        {"told": ("any", "whole", "stitched", "catalogue")},
    ),
    "loops": Step(
        "the feedback loops by length; where there are more than the limit, those told whole first, then "
        "the shortest through each link",
        {"depth": "int", "limit": "int"},
        frozenset({"depth", "limit"}),
        "a list of loops, each the list of its concepts' names, the alphabetically first at both ends",
        _loops,
    ),
    "reach": Step(
        "how many effects each cause leads to, and on how many chains told whole it is",
        {"depth": "int"},
        frozenset({"depth"}),
        "a list of maps: cause, effects, chains",
        _reach,
    ),
    "roots": Step(
        "the causes without a cause of their own, each with the shortest chain to the nearest issue",
        {"issue": "code", "depth": "int"},
        frozenset({"depth"}),
        "a list of maps: effects (their number), chain (names, the cause first)",
        _roots,
    ),
    "stops": Step(
        "the concepts on chains to an issue, each with the links to the end on the shortest of them",
        {"effect": "code", "cause": "code", "depth": "int"},
        frozenset({"effect", "depth"}),
        "a list of maps: issue, links_before",
        _stops,
    ),
    "doubt": Step(
        "whose word must be doubted before no chain from a cause to an effect is left",
        {"effect": "code", "cause": "code"},
        frozenset({"effect", "cause"}),
        "a list of maps: chains, least, most, doubted, cut, weight, strongest",
        _doubt,
    ),
    "cut-off": Step(
        "what has no root cause left if a cause were fixed; without one, for each cause alone",
        {"issue": "code"},
        frozenset(),
        "a list of maps: cause, effects (names), leads_to",
        _cut_off,
    ),
    "groups": Step(
        "what people of one group speak of more than others, with a test",
        {"attribute": "str", "what": "choice", "split": "float", "least": "int", "limit": "int"},
        frozenset({"attribute", "what", "least", "limit"}),
        "a list of maps: what, item, group, people, of, others, of_others, p, p_holm",
        None,
        {"what": ("any", "issue", "relation")},
        _groups,
        _groups_reads,
    ),
}
