"""How well a causal argument holds, and what a fix would cut off: rows for the canned queries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.causal.cut_off import cut_off, cut_off_by_all
from kb.causal.doubt import UNKNOWN, Argument
from kb.causal.links import Clock, Links
from kb.text.words import plural

_BESIDE = 200_000  # steps spent on robustness where it is only told beside the chains

Rows = tuple[list[dict[str, Any]], tuple[str, ...]]


def doubt(links: Links, values: Mapping[str, Any], clock: Clock) -> Rows:
    """Whose word must be doubted before no chain is left: of those told whole, and of all.

    Args:
        links: The causal graph.
        values: The parameters of the query `robustness`.
        clock: See `Clock`.

    Returns:
        Two rows, none where there is no chain; and what to know of them.
    """
    argument = Argument(links.rows, values["cause"], values["effect"], clock)
    if not argument.links:
        return [], ()
    whole, found = argument.tellers_of_whole(), argument.in_all()
    own_weight, own_chain = argument.strongest(whole)
    weight, chain = argument.strongest()
    notes = []
    if found.least < len(found.people):
        notes.append(
            f"For all chains it is at least {found.least} and at most {plural(len(found.people), 'person')}: "
            "the search for the least number was ended."
        )
    if unknown := [name for name in found.people if name.endswith(UNKNOWN)]:
        notes.append(
            f"{', '.join(unknown)}: who cannot be told from others in an interview is taken for one person."
        )
    return [
        {
            "chains": "told whole",
            "least": len(whole),
            "most": len(whole),
            "doubted": whole,
            "cut": [],
            "weight": own_weight,
            "strongest": list(own_chain),
        },
        {
            "chains": "all, stitched ones too",
            "least": found.least,
            "most": len(found.people),
            "doubted": list(found.people),
            "cut": [f"{cause} → {effect}" for cause, effect in found.cut],
            "weight": weight,
            "strongest": list(chain),
        },
    ], tuple(notes)


def beside_chains(links: Links, values: Mapping[str, Any], clock: Clock) -> tuple[str, ...]:
    """The same in a sentence, for below the chains from one cause."""
    argument = Argument(links.rows, values["cause"], values["effect"], clock)
    if not argument.links:
        return ()
    whole, found = len(argument.tellers_of_whole()), argument.in_all(_BESIDE)
    most = len(found.people)
    number = plural(most, "person") if found.least == most else f"{found.least} to {most} people"
    all_ = f"Doubt {number} and no chain is left"
    if whole and (whole, whole) != (found.least, most):
        all_ = f"Doubt {plural(whole, 'person')} and no chain told whole is left; {all_.lower()} at all"
    return (f"{all_}: `kb query robustness` says whom.",)


def fixed(links: Links, values: Mapping[str, Any], clock: Clock) -> list[dict[str, Any]]:
    """What fixing each cause would cut off, or fixing all that are asked for at once.

    Args:
        links: The causal graph.
        values: The parameters of the query `cut-off`.
        clock: See `Clock`.
    """
    names = values["issue"]
    if names is None:
        found = cut_off(links, clock)
    else:
        one = cut_off_by_all(links, links.numbers(names), clock)
        found = [] if one is None else [one]
    return [
        {
            "cause": links.names[cut.fixed] if names is None else names[0],
            "effects": links.chain(cut.effects),
            "leads_to": cut.leads_to,
        }
        for cut in found
    ]
