"""The searches behind the steps: names made into numbers and back, and what was left out told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.ask.step import Found, Values

if TYPE_CHECKING:
    from kb.causal.links import Clock, Links
    from kb.store.bolt import Store


def find_chains(links: Links, values: Values, clock: Clock) -> Found:
    """Chains to an issue, the first in the order of the query, and how many there are."""
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


def find_loops(links: Links, values: Values, clock: Clock) -> Found:
    """Feedback loops, and how many there are."""
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


def find_reach(links: Links, values: Values, clock: Clock) -> Found:
    """What each cause leads to."""
    from kb.causal.reach import reach

    found, complete = reach(links, values["depth"], clock)
    rows = [{"cause": links.names[r.cause], "effects": r.effects, "chains": r.chains} for r in found]
    note = "There are too many chains told whole to count: the numbers under chains are at least so high."
    return Found(rows, () if complete else (note,))


def find_roots(links: Links, values: Values, clock: Clock) -> Found:
    """Causes without a cause of their own."""
    from kb.causal.reach import roots

    ends = None if values["issue"] is None else links.numbers(values["issue"])
    found = roots(links, ends, values["depth"], clock)
    return Found([{"effects": root.effects, "chain": links.chain(root.chain)} for root in found])


def find_stops(links: Links, values: Values, clock: Clock) -> Found:
    """What lies on chains to an issue."""
    from kb.causal.along import stops

    effects, causes = values["effect"], values["cause"]
    numbers = None if causes is None else links.numbers(causes)
    found = stops(links, links.numbers(effects), numbers, values["depth"], clock)
    rows = {links.names[at]: before for at, before in found.items()}
    # An issue that is on no link is the end of its own chain of none.
    for name in effects if causes is None else set(effects).intersection(causes):
        rows[name] = 0
    return Found([{"issue": name, "links_before": before} for name, before in sorted(rows.items())])


def find_doubt(links: Links, values: Values, clock: Clock) -> Found:
    """Whose word must be doubted before no chain is left."""
    from kb.ask.robustness import doubt

    return Found(*doubt(links, values, clock))


def find_cut_off(links: Links, values: Values, clock: Clock) -> Found:
    """What has no root cause left if a cause were fixed."""
    from kb.ask.robustness import fixed

    return Found(fixed(links, values, clock))


def find_groups(store: Store, values: Values, timeout: float) -> Found:
    """What people of one group speak of more than others."""
    from kb.ask.compare import compare

    compared = compare(store, values, timeout)
    return Found(compared.rows, compared.notes)


def groups_read_by() -> str:
    """The statement by which groups are read, with what tells them."""
    from kb.ask.compare import statement

    # With what tells the groups: see `kb.ask.participants`.
    return f"{statement()} Participant HAS_VALUE Variable INTERVIEWED_IN SPEAKS_AS Interview Speaker"


def _many(count: int, complete: bool) -> str:
    return f"{count:,}" if complete else f"More than {count:,}"
