"""Groups of participants compared: who of which group speaks of an issue, or tells a relation.

The unit is a participant, over all their interviews; so the counts are those of people, as the test wants.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kb.ask.participants import NOTHING_KNOWN, People, read_people
from kb.errors import UsageError
from kb.records import Value
from kb.relation import by_name, filled
from kb.resources import cypher_dir
from kb.statistics.fisher import fisher_exact, holm
from kb.store.bolt import Store
from kb.text.nearest import did_you_mean
from kb.text.words import plural

_MOST_GROUPS = 12


class Item(NamedTuple):
    """What is compared: an issue that people speak of, or a relation that they tell."""

    what: str
    name: str


class Compared(NamedTuple):
    """Rows for the query `group-comparison`, and what to know of them."""

    rows: list[dict[str, Any]]
    notes: tuple[str, ...]


def statement() -> str:
    """What is read: who says what."""
    return filled((cypher_dir() / "steps" / "said.cypher").read_text(encoding="utf-8"))


def compare(store: Store, values: Mapping[str, Any], timeout: float = 0) -> Compared:
    """Compare the groups of an attribute, each with all others; two groups are compared once.

    Args:
        store: The graph.
        values: The parameters of `group-comparison`.
        timeout: Seconds that reading may take; 0 for no bound.

    Raises:
        UsageError: Nobody has the attribute, or its values make no groups.
    """
    people = read_people(store)
    if not people.values:
        return Compared([], (NOTHING_KNOWN,))
    groups, notes = groups_of(people, str(values["attribute"]), values["split"])
    said, heard = _said(store, people, timeout)
    silent = sum(name not in heard for group in groups.values() for name in group)
    if silent:
        notes.append(
            f"{plural(silent, 'participant')} of these groups left out: nothing of what they say is coded or "
            "told of, or it cannot be told from others' words."
        )
    members = {name: group & heard for name, group in groups.items() if group & heard}
    if len(members) < 2:
        raise UsageError(
            "There is but one group of people of whom something is coded or told: nothing can be compared."
        )
    what = values["what"]
    items = {
        item: who
        for item, who in said.items()
        if what in ("any", item.what) and len(who & set().union(*members.values())) >= values["least"]
    }
    rows = list(_rows(items, members))
    adjusted = holm([row["p"] for row in rows])
    for row, p in zip(rows, adjusted, strict=True):
        row["p_holm"] = p
    rows.sort(
        key=lambda row: (row["p"], -row["people"], -row["others"], row["what"], row["item"], row["group"])
    )
    sizes = ", ".join(f"{name} ({len(group)})" for name, group in members.items())
    notes.insert(
        0,
        f"{plural(len(rows), 'test')} (Fisher's exact, two-sided) on people: {sizes}; p_holm is p adjusted "
        "for so many tests (Holm).",
    )
    if len(rows) > values["limit"]:
        notes.append(
            f"Only the first {values['limit']} rows of {len(rows)} are shown; ask for more with --limit."
        )
    return Compared(rows[: values["limit"]], tuple(notes))


def _rows(items: Mapping[Item, set[str]], groups: Mapping[str, set[str]]) -> Iterator[dict[str, Any]]:
    everybody = set().union(*groups.values())
    first = next(iter(groups))
    for item, who in items.items():
        for name, group in groups.items():
            if len(groups) == 2 and name != first:
                continue  # the same test again
            rest = everybody - group
            counts = (len(who & group), len(group), len(who & rest), len(rest))
            yield {
                "what": item.what,
                "item": item.name,
                "group": name,
                **dict(zip(("people", "of", "others", "of_others"), counts, strict=True)),
                "p": fisher_exact(*counts),
            }


def groups_of(people: People, attribute: str, split: float | None) -> tuple[dict[str, set[str]], list[str]]:
    """The participants of each group by the condition that tells it, the groups in order of their values.

    Args:
        people: All of them.
        attribute: Theirs; case does not count.
        split: Where an attribute of numbers is split; None for its median where there are many.

    Returns:
        The groups, and what to know of them, a sentence each.

    Raises:
        UsageError: Nobody has the attribute, or it has too many values.
    """
    values = people.values
    name = next((each for each in values if each == attribute), None) or next(
        (each for each in values if each.casefold() == attribute.casefold()), None
    )
    if name is None:
        known = (
            f"They have {', '.join(values)}."
            if values
            else "Load a table with `kb load --participants FILE`."
        )
        raise UsageError(
            f"Participants have no attribute {attribute!r}.{did_you_mean(attribute, values)} {known}"
        )
    has = {who: known[name] for who, known in people.attributes.items() if name in known}
    notes = []
    if unclear := [who for who, own in has.items() if len(own) > 1]:
        notes.append(f"{plural(len(unclear), 'participant')} with two values of {name} left out.")
    one = {who: own[0] for who, own in has.items() if len(own) == 1}
    numbers = {who: value for who, value in one.items() if isinstance(value, int | float)}
    distinct = len(set(one.values()))
    if (split is not None or distinct > _MOST_GROUPS) and len(one) / 2 < len(numbers) < len(one):
        # `unknown` or `n/a` among numbers.
        notes.append(
            f"{plural(len(one) - len(numbers), 'participant')} of whom {name} is no number left out."
        )
        one = {**numbers}
        distinct = len(set(one.values()))
    if distinct > _MOST_GROUPS and len(numbers) < len(one):
        raise UsageError(
            f"{name!r} has {distinct} different values, too many to be groups; the table of participants can "
            "have a column with fewer."
        )
    # Groups of one or two people tell nothing.
    if split is None and len(numbers) == len(one) and distinct > min(_MOST_GROUPS, len(one) / 3):
        ordered = sorted(numbers.values())
        split = ordered[len(ordered) // 2]
        notes.append(f"{name} is split at its median, {split:g}; --split says where else.")
    found: dict[str, set[str]] = defaultdict(set)
    if split is not None:
        if not numbers:
            raise UsageError(f"No value of {name!r} is a number, so --split says nothing; leave it out.")
        for who, number in numbers.items():
            found[f"{name}<{split:g}" if number < split else f"{name}>={split:g}"].add(who)
        return dict(sorted(found.items())), notes
    for value in values[name]:
        if who_has := {who for who, own in one.items() if own == value}:
            found[_text(name, value)] = who_has
    return dict(found), notes


def _text(name: str, value: Value) -> str:
    return f"{name}={value}"


def _said(store: Store, people: People, timeout: float) -> tuple[dict[Item, set[str]], set[str]]:
    """Who says what, and of whom anything at all is coded or told."""
    said: dict[Item, set[str]] = defaultdict(set)
    heard: set[str] = set()
    kinds = by_name()
    for what, item, end, interview, speaker in _told(store, timeout):
        here = people.interviews.get(interview)
        who = here.owner(speaker) if here else None
        if who is None:
            continue
        heard.add(who)
        if what in kinds:
            said[Item("relation", f"{item} {kinds[what].short} {end}")].add(who)
        elif what == "issue":
            said[Item("issue", item)].add(who)
    return dict(sorted(said.items())), heard


def _told(store: Store, timeout: float) -> Iterable[tuple[str, str, str, str, str]]:
    for row in store.read(statement(), timeout=timeout).rows:
        yield row["what"], row["item"], row["end"], row["interview"], row["speaker"]
