"""A print's paragraphs without a heading, put right by a transcript that has the speakers' labels.

A paragraph that a page break cut in two is two turns of the print, of which the second has no heading;
and one whose heading was lost has the role of the turn before it, which may be the other's. A transcript
of the same talk shows both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kb.records import Turn, turn_id

Aligned = Callable[[tuple[str, ...], tuple[str, ...]], Sequence[Sequence[int]]]


class Mended(NamedTuple):
    """The turns of a source put right.

    Attributes:
        turns: In the order said.
        where: For each of the source's own turns, the one that has its words.
    """

    turns: tuple[Turn, ...]
    where: tuple[Turn, ...]


def mended(
    turns: Sequence[Turn], others: Sequence[Sequence[Turn]], align: Aligned, same: Callable[[str, str], bool]
) -> Mended:
    """Join what a page break cut, and name who speaks where no heading says it.

    Args:
        turns: Of the source whose turns count.
        others: Of the other sources that have the whole talk, the one that counts most first.
        align: For each of some texts, which of others hold its words, most words first.
        same: Whether two texts have the same words.
    """
    unheaded = {at for at, turn in enumerate(turns) if not turn.speaker}
    goes_on: set[int] = set()
    named: dict[int, Turn] = {}
    for other in others if unheaded else ():
        where = align(tuple(turn.text for turn in other), tuple(turn.text for turn in turns))
        for said, targets in zip(other, where, strict=True):
            at = sorted(targets)
            if not said.speaker or not unheaded.intersection(at):
                continue
            whole = " ".join(turns[i].text for i in at)
            in_one = at == list(range(at[0], at[0] + len(at))) and same(whole, said.text)
            if len(at) > 1 and in_one and all(_cut(turns[i - 1], turns[i]) for i in at[1:]):
                goes_on.update(at[1:])
            if at[0] in unheaded and (len(at) == 1 or in_one):
                named.setdefault(at[0], said)
    if not goes_on and not named:
        return Mended(tuple(turns), tuple(turns))
    groups: list[list[int]] = []
    for one in range(len(turns)):
        if one in goes_on:
            groups[-1].append(one)
        else:
            groups.append([one])
    found: list[Turn] = []
    where_: dict[int, Turn] = {}
    for index, group in enumerate(groups):
        first = turns[group[0]]
        who = named.get(group[0])
        changes: dict[str, object] = {
            "id": turn_id(first.interview, index),
            "index": index,
            "text": " ".join(turns[one].text for one in group),
        }
        if who is not None:
            changes |= {"speaker": who.speaker, "role": who.role, "guessed": None}
        found.append(first.model_copy(update=changes))
        where_.update(dict.fromkeys(group, found[-1]))
    return Mended(tuple(found), tuple(where_[one] for one in range(len(turns))))


def _cut(before: Turn, after: Turn) -> bool:
    """Whether a turn without a heading begins the page after the one before it."""
    return (
        not after.speaker and before.page is not None and after.page is not None and after.page > before.page
    )
