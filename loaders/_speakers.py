"""The role of each speaker of one source, and what to tell the user where it is unknown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from kb.records import Notice, Role
from loaders._heads import label_key as key
from loaders._letters import asks_less, counted_mean, letter_roles
from loaders._roles import derived_role, is_unknown, normal

_LETTER = 1
_PAIR = 2


class Speakers:
    """Roles by label.

    Args:
        source: Name of the file, for notices.
        interview: Id of the interview, for notices.
        said: All labels of the source, each with what is said after it.
        interviewers: Labels that the user says are interviewers. If one of them speaks in this
            source, every other label without a derivable role is an interviewee, apart from one
            that says it is unknown, and unless interviewees are named too.
        interviewees: Labels that the user says are interviewees.
        legend: Roles that the document's own legend gives, by `key`; None where it gives another.
    """

    def __init__(
        self,
        source: str,
        interview: str,
        said: Iterable[tuple[str, str]],
        interviewers: Collection[str] = (),
        interviewees: Collection[str] = (),
        legend: Mapping[str, Role | None] | None = None,
    ) -> None:
        self._source, self._interview = source, interview
        turns = list(said)
        labels = [label for label, _ in turns]
        self._asking = {key(label) for label in interviewers}
        self._answering = {key(label) for label in interviewees}
        self._legend = dict(legend or {})
        here = {name for label in labels for name in _names(label)}
        self._interviewees, self._here = list(interviewees), here
        self._said = labels
        self._given = self._asking | self._answering
        self._named = not self._asking.isdisjoint(here)
        self._missing = bool(self._asking | self._answering) and (self._asking | self._answering).isdisjoint(
            here
        )
        named = self._asking | self._answering
        #: The user names every label, so a speaker that is carried is by their word.
        self.all_named = bool(labels) and not any(named.isdisjoint(_names(label)) for label in labels)
        self._letters = letter_roles(turns)
        known = {**self._legend}
        known.update(dict.fromkeys(self._answering, "interviewee"))
        known.update(dict.fromkeys(self._asking, "interviewer"))
        if any(one in known and known[one] != role for one, role in self._letters.items()):
            self._letters = {}  # the pair means something else here
        if any(self._legend.get(one) == "interviewee" for one in self._asking) or any(
            self._legend.get(one) == "interviewer" for one in self._answering
        ):
            self._legend = {}  # the user knows better, of the other side too
        others = {key(label) for label in labels} - self._asking
        if self._named and others and all(self._legend.get(one) == "interviewer" for one in others):
            self._legend = {}  # then nobody would answer
        self._counted = {
            label: counted_mean(turns, label)
            for label in set(labels)
            if len(normal(label)) == _LETTER and re.search(r"\d", label)
        }
        self._told: set[str] = set()
        #: The other one of two, where the one's role is known: by `key`.
        self._other: dict[str, Role] = {}
        if not named:
            self._other = self._by_the_other(turns)

    def absent(self, line: int | None) -> Notice | None:
        """A warning where interviewees that the user names speak nowhere here, and others do, else None."""
        gone = [label for label in self._interviewees if _names(label).isdisjoint(self._here)]
        others = [one for one in dict.fromkeys(self._said) if one and self._given.isdisjoint(_names(one))]
        if not gone or not others:
            return None
        return self._notice(
            f"nobody called “{gone[0]}”, whom you named with --interviewee, speaks here; those who do and "
            f"were not named are “{'”, “'.join(others[:3])}”: check how they are written.",
            line,
        )

    def _by_the_other(self, turns: list[tuple[str, str]]) -> dict[str, Role]:
        """The role of the second of two, where a legend gives the first one's."""
        two = {key(label): label for label, _ in turns if label and not is_unknown(label)}
        if len(two) != _PAIR:
            return {}
        roles = {one: self.role(label) for one, label in two.items()}
        open_ = [one for one, role in roles.items() if role is None and one not in self._legend]
        if len(open_) != 1:
            return {}
        (known,) = two.keys() - set(open_)
        other: Role = "interviewee" if roles[known] == "interviewer" else "interviewer"
        asks, answers = (known, open_[0]) if other == "interviewee" else (open_[0], known)
        by_key = [(key(label), text) for label, text in turns]
        said = self._legend.get(known) is not None and roles[known] is not None
        return {open_[0]: other} if said and not asks_less(by_key, asks, answers, key) else {}

    def role(self, label: str) -> Role | None:
        """The role of a label: as the user says, as the legend or its word says, else None."""
        names = _names(label)
        if not self._asking.isdisjoint(names):
            return "interviewer"
        if not self._answering.isdisjoint(names):
            return "interviewee"
        if key(label) in self._legend:
            derived = self._legend[key(label)]
            if derived is None:
                return None
        else:
            derived = self._derived(label)
        if derived is None and self._named and not self._answering and label and not is_unknown(label):
            return "interviewee"
        return derived or self._other.get(key(label))

    def _derived(self, label: str) -> Role | None:
        if len(normal(label)) == _LETTER and not re.search(r"\d", label):
            return self._letters.get(normal(label))
        if not self._counted.get(label, True):  # of ``I1`` and ``I2`` it is expected that they ask
            of_pair = self._letters.get(normal(label))
            return of_pair if of_pair == "interviewer" else None
        return derived_role(label) or self._letters.get(normal(label))

    def notice(self, label: str, line: int | None) -> Notice | None:
        """A warning the first time that a label without a role, or with a derived one, is met, else None."""
        one = key(label)
        if not label or one in self._told or (self.role(label) is not None and one not in self._other):
            return None
        self._told.add(one)
        if one in self._other:
            return self._notice(
                f"the role of the speaker “{label}” is taken from the other one's, of two: "
                f"{self._other[one]}; if it is wrong, name the labels (--interviewer, --interviewee).",
                line,
            )
        if is_unknown(label):
            remedy = "its turns have no role"
        elif self._missing:
            remedy = "none of the interviewers you named speaks here, so check how they are written"
        else:
            remedy = (
                "name the interviewers' labels (--interviewer) or the interviewees' (--interviewee) "
                "to tell who asks and who answers"
            )
        return self._notice(
            f"the role of the speaker “{label}” cannot be told from the label; {remedy}.", line
        )

    def _notice(self, message: str, line: int | None) -> Notice:
        return Notice(
            level="warning", message=message, source=self._source, interview=self._interview, line=line
        )


def _names(label: str) -> set[str]:
    """The label, and the label without what stands in brackets behind it."""
    return {key(label), key(re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$", "", label))}
