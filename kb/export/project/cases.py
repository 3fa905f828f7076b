"""Participants of a study as cases of REFI-QDA, with variables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kb.export.project.codes import guid
from kb.export.project.notes import Notes
from kb.export.project.study import Matched
from kb.export.project.texts import Text
from kb.export.project.xml import Element, element
from kb.ingest.participants import FORMAT as PEOPLE
from kb.ingest.project import Project
from kb.records import Value

_TYPES: dict[type, str] = {bool: "Boolean", int: "Integer", float: "Float", str: "Text"}


class Cases:
    """All participants.

    Args:
        texts: The interviews.
        said: What files say of the study.
        notes: Its notes, of which some are on participants.
        people: What tables of participants say, as it was matched.

    Attributes:
        kept: For a case that speaks under a label, the label by interview.
    """

    def __init__(self, texts: Sequence[Text], said: Sequence[Project], notes: Notes, people: Matched) -> None:
        self._sources = {text.interview.id: text.guid for text in texts}
        self._values: dict[str, dict[str, Value]] = defaultdict(dict)
        self._homes: dict[str, dict[str, str | None]] = defaultdict(dict)
        for name, variable, value in people.values:
            self._values[name].setdefault(variable, value)
        for name, interview, label in people.homes:
            self._homes[name][interview] = self._homes[name].get(interview) or label
            self._values[name] |= {}
        for project in (project for project in said if project.format != PEOPLE):
            for person in project.participants:
                own = self._values[person.name]
                for name, value in person.attributes.items():
                    own.setdefault(name, value)
        for text in texts:
            for person in text.interview.participants:
                homes = self._homes[person.name]
                homes[text.interview.id] = homes.get(text.interview.id) or person.speaker
                self._values[person.name] |= {}
        for more in notes.kept.values():
            if participant := more.get("participant"):
                self._values[participant] |= {}
        self.kept: dict[str, dict[str, Any]] = {}

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._values)

    def add(self, root: Element) -> None:
        """Write variables and cases."""
        kinds: dict[str, set[str]] = defaultdict(set)
        for values in self._values.values():
            for name, value in values.items():
                kinds[name].add(_TYPES[type(value)])
        if kinds:
            variables = element(root, "Variables")
            for name, found in sorted(kinds.items()):
                kind = next(iter(found)) if len(found) == 1 else "Text"
                element(variables, "Variable", guid=guid("variable", name), name=name, typeOfVariable=kind)
        if not self._values:
            return
        cases = element(root, "Cases")
        for name, values in sorted(self._values.items()):
            made = guid("case", name)
            case = element(cases, "Case", guid=made, name=name)
            for variable, value in sorted(values.items()):
                one = element(case, "VariableValue")
                element(one, "VariableRef", targetGUID=guid("variable", variable))
                element(one, f"{_TYPES[type(value)]}Value", _written(value))
            homes = self._homes.get(name, {})
            for interview in sorted(homes):
                element(case, "SourceRef", targetGUID=self._sources[interview])
            self.kept[made] = {"speakers": dict(sorted(homes.items()))}


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)
