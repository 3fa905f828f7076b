"""The role of each speaker of one source, and what to tell the user where it is unknown."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kb.records import Notice, Role
from loaders._labels import derived_role, is_unknown, key


class Speakers:
    """Roles by label.

    Args:
        source: Name of the file, for notices.
        interview: Id of the interview, for notices.
        labels: All labels of the source.
        interviewers: Labels that the user says are interviewers. If one of them speaks in this
            source, every other label without a derivable role is an interviewee, apart from one
            that says it is unknown.
    """

    def __init__(
        self, source: str, interview: str, labels: Iterable[str], interviewers: Collection[str] = ()
    ) -> None:
        self._source, self._interview = source, interview
        self._asking = {key(label) for label in interviewers}
        self._named = not self._asking.isdisjoint(key(label) for label in labels)
        self._told: set[str] = set()

    def role(self, label: str) -> Role | None:
        """The role of a label: as the user says, as its word says, else None."""
        if key(label) in self._asking:
            return "interviewer"
        derived = derived_role(label)
        if derived is None and self._named and label and not is_unknown(label):
            return "interviewee"
        return derived

    def notice(self, label: str, line: int) -> Notice | None:
        """A warning the first time that a label without a role is met, else None."""
        if not label or self.role(label) is not None or key(label) in self._told:
            return None
        self._told.add(key(label))
        if is_unknown(label):
            remedy = "its turns have no role"
        elif self._asking:
            remedy = "none of the interviewers you named speaks here, so check how they are written"
        else:
            remedy = "name the interviewers' labels (--interviewer) to tell who asks and who answers"
        return Notice(
            level="warning",
            message=f"the role of the speaker “{label}” cannot be told from the label; {remedy}.",
            source=self._source,
            interview=self._interview,
            line=line,
        )
