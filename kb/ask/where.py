"""Which people a filter means: conditions on attributes of participants, such as ``sector=health``."""

from __future__ import annotations

import operator
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kb.ask.participants import NOTHING_KNOWN, People, read_people
from kb.errors import UsageError
from kb.records import Value
from kb.store.bolt import Store
from kb.store.scope import Scope
from kb.text.nearest import did_you_mean

_CONDITION = re.compile(r"\s*(?P<name>[^=<>!]*?)\s*(?P<sign>!=|<=|>=|==?|<|>)\s*(?P<value>.*?)\s*", re.DOTALL)
_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_LISTED = 12  # values in a sentence


class Condition(NamedTuple):
    """One condition: an attribute as the graph has it, a sign and a value as written."""

    name: str
    sign: str
    value: str

    def __str__(self) -> str:
        return f"{self.name}{self.sign}{self.value}"

    def holds(self, values: Sequence[Value]) -> bool:
        """Whether it holds for somebody with these values of the attribute, one for each file that has it.

        For somebody without any it does not: nobody knows.
        """
        bound = _number(self.value)
        if self.sign in _ORDERS and bound is not None:
            return any(_ORDERS[self.sign](has, bound) for has in map(_number, values) if has is not None)
        same = any(_same(each, self.value) for each in values)
        return bool(values) and same == (self.sign == "=")


@dataclass(frozen=True)
class Filter:
    """Whose words count.

    Attributes:
        text: The conditions as a user would write them.
        scope: What the graph holds of these people.
        said: A sentence on who they are.
        notes: What could not be told, a sentence each.
    """

    text: str
    scope: Scope
    said: str
    notes: tuple[str, ...] = field(default=())


def find_people(store: Store, where: Sequence[str]) -> Filter:
    """The people for whom all conditions hold; of several ``=`` on one attribute one is enough.

    Args:
        store: The graph.
        where: Conditions: an attribute, one of ``= != < <= > >=``, a value. Case does not count.

    Raises:
        UsageError: One is none, or names an attribute or a value that nobody has.
    """
    people = read_people(store)
    conditions = [_condition(text, people) for text in where]
    groups: dict[tuple[str, str], list[Condition]] = defaultdict(list)
    for condition in conditions:
        # `=` on one attribute are alternatives; anything else stands for itself.
        key = condition.name if condition.sign == "=" else str(condition)
        groups[condition.sign, key].append(condition)
    matched = [
        name
        for name, attributes in people.attributes.items()
        if all(any(c.holds(attributes.get(c.name, ())) for c in group) for group in groups.values())
    ]
    text = " and ".join(" or ".join(map(str, group)) for group in groups.values())
    return _filter(people, frozenset(matched), text)


def conditions(where: str | Sequence[str] | Mapping[str, Any]) -> list[str]:
    """Conditions as the command line has them; of several values of one attribute each will do."""
    if isinstance(where, str):
        return [where]
    if not isinstance(where, Mapping):
        return list(where)
    return [
        f"{name}={value}"
        for name, values in where.items()
        for value in (values if isinstance(values, list | tuple | set | frozenset) else [values])
    ]


def _filter(people: People, matched: frozenset[str], text: str) -> Filter:
    whole, parts, speakers, vague = set(), set(), set(), []
    for interview, here in people.interviews.items():
        own = {name for name in here.participants if name in matched}
        if not own:
            continue
        if here.all_of(own):
            whole.add(interview)
        elif theirs := here.speakers_of(own):
            parts.add(interview)
            speakers |= theirs
        if interview not in whole and any(not here.participants[name] for name in own):
            vague.append(interview)
    interviews = len(whole) + len(parts)
    said = (
        f"Only what people with {text} told: {len(matched)} of {len(people.attributes)} participants, "
        f"{interviews} of {len(people.interviews)} interviews."
    )
    notes = []
    if vague:
        listed = ", ".join(sorted(vague)[:_LISTED])
        notes.append(
            f"In interviews with several interviewees it is not known which of them has {text}, and nothing "
            f"of these counts: {listed}; name the speaker in the table of participants."
        )
    scope = Scope(matched, frozenset(whole), frozenset(parts), frozenset(speakers))
    return Filter(text, scope, said, tuple(notes))


def _condition(text: str, people: People) -> Condition:
    found = _CONDITION.fullmatch(text)
    if found is None or not found["name"] or not found["value"]:
        raise UsageError(
            f"{text!r} is no condition: write an attribute, a sign and a value, such as sector=health or "
            "years>=3."
        )
    values = people.values
    if not values:
        raise UsageError(NOTHING_KNOWN)
    name = _as_written(found["name"], values)
    condition = Condition(name, found["sign"], found["value"])
    has = values[name]
    if condition.sign == "==":  # another way to write =, unless a value begins with one
        of_value = any(_same(each, f"={condition.value}") for each in has)
        condition = condition._replace(sign="=", value=f"={condition.value}" if of_value else condition.value)
    if condition.sign in _ORDERS:
        if _number(condition.value) is None:
            raise UsageError(f"{text!r} compares numbers, and {condition.value!r} is none.")
        if all(_number(each) is None for each in has):
            raise UsageError(f"No value of {name!r} is a number; there are {_list(has)}.")
        return condition
    for each in has:
        if _same(each, condition.value):
            return condition._replace(value=str(each))
    raise UsageError(
        f"No participant has {name}={condition.value}.{did_you_mean(condition.value, map(str, has))} "
        f"The values of {name!r} are {_list(has)}."
    )


def _as_written(name: str, values: Mapping[str, object]) -> str:
    """An attribute as the graph has it.

    Raises:
        UsageError: There is none of that name.
    """
    if name in values:
        return name
    same = [each for each in values if each.casefold() == name.casefold()]
    if len(same) == 1:
        return same[0]
    raise UsageError(
        f"Participants have no attribute {name!r}.{did_you_mean(name, values)} They have {_list(values)}."
    )


def _list(values: Iterable[object]) -> str:
    texts = [str(value) for value in values]
    more = f" and {len(texts) - _LISTED} more" if len(texts) > _LISTED else ""
    return f"{', '.join(texts[:_LISTED])}{more}"


def _same(value: Value, written: str) -> bool:
    one, other = _number(value), _number(written)
    if one is not None and other is not None:
        return one == other
    return str(value).casefold() == written.casefold()


def _number(value: Value) -> float | None:
    if isinstance(value, bool):
        return None
    try:
        return float(value if not isinstance(value, str) else value.replace(",", "."))
    except ValueError:
        return None
